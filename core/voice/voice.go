// Package voice is what the playground says in its own voice, beside the tools: one table of notes.
// A note is an id and arguments, so that it can be rendered, translated and tested apart from the
// code that says it. Notes never mix with a tool's output. Style: first the fact, then the reason,
// then what to type; at most two sentences; no exclamation marks, no praise.
package voice

import (
	"fmt"
	"strings"
)

// ID names a note: a row of [Table].
type ID string

// Note is one remark: its id and the values for the blanks of its text. Args alternate name, value.
type Note struct {
	ID   ID       `json:"id"`
	Args []string `json:"args,omitempty"`
}

// Say returns the note with its arguments, given as name, value, name, value.
func Say(id ID, args ...any) Note {
	n := Note{ID: id}
	for _, a := range args {
		n.Args = append(n.Args, fmt.Sprint(a))
	}
	return n
}

// Else names an argument that may stand in place of the one called line: a note may bring several
// lines, of which the first that works is shown.
const Else = "else"

// Has reports whether a note has an argument.
func (n Note) Has(name string) bool {
	for i := 0; i+1 < len(n.Args); i += 2 {
		if n.Args[i] == name {
			return true
		}
	}
	return false
}

// Instead is the note with the next of its lines, and whether there is one.
func (n Note) Instead() (Note, bool) {
	for i := 0; i+1 < len(n.Args); i += 2 {
		if n.Args[i] != Else {
			continue
		}
		next := Note{ID: n.ID}
		for j := 0; j+1 < len(n.Args); j += 2 {
			switch {
			case n.Args[j] == "line":
				next.Args = append(next.Args, "line", n.Args[i+1])
			case j != i:
				next.Args = append(next.Args, n.Args[j], n.Args[j+1])
			}
		}
		return next, true
	}
	return n, false
}

// Part is a run of a rendered note; code parts are words to type or that a tool printed.
type Part struct {
	Text string `json:"text"`
	Code bool   `json:"code,omitempty"`
}

// Parts renders a note. In a row's text, {name} is a blank and a back-quoted run is code; a value
// never opens or closes code, whatever characters it has. A sentence in which a run of code comes
// out empty is left out. An unknown id renders as the id itself.
func (n Note) Parts() []Part {
	row, ok := Lookup(n.ID)
	if !ok {
		return []Part{{Text: string(n.ID)}}
	}
	return n.In(row.Text)
}

// In renders a note in another text than that of its row, as of another language.
func (n Note) In(text string) []Part {
	var parts []Part
	for i, run := range strings.Split(text, "`") {
		if run != "" || i%2 == 1 {
			parts = append(parts, Part{Text: n.fill(run), Code: i%2 == 1})
		}
	}
	return Keep(parts, blankless)
}

// String renders a note as plain text.
func (n Note) String() string {
	var b strings.Builder
	for _, p := range n.Parts() {
		b.WriteString(p.Text)
	}
	return b.String()
}

// names are standing blanks: what the tools are called and where they are, so that no sentence
// holds a vendor's names.
var names = []string{
	"{kmu}", "key_mgmt_util", "{cmu}", "cloudhsm_mgmt_util",
	"{bin}", "/opt/cloudhsm/bin", "{etc}", "/opt/cloudhsm/etc",
}

// fill puts the arguments and the standing names into the blanks of a text.
func (n Note) fill(text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	pairs := make([]string, 0, len(n.Args)+len(names))
	for i := 0; i+1 < len(n.Args); i += 2 {
		pairs = append(pairs, "{"+n.Args[i]+"}", n.Args[i+1])
	}
	return strings.NewReplacer(append(pairs, names...)...).Replace(text)
}

// Row is one line of the table of notes.
type Row struct {
	ID    ID
	Text  string
	Error bool // stays when notes are set to "errors only"
}

// Lookup returns the row of an id and whether there is one.
func Lookup(id ID) (Row, bool) {
	for _, row := range Table {
		if row.ID == id {
			return row, true
		}
	}
	return Row{}, false
}

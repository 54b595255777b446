// Package same says a command line in other words: the same work in the other tools, as calls of
// PKCS#11 and as lines of OpenSSL, filled in with the line's values. It reads lines by the tools'
// own tables and runs nothing. The rows are the files rows_*.go (spec/cloudhsm-cli.md 6,
// spec/migration.json); how one is written is in row.go. Begin with [Of].
package same

import (
	"fmt"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/hsm"
)

// World is what the rows look up in a world. Nothing is called, so that asking causes no events.
type World interface {
	// UserName is the name of the user with an id, "" where there is none.
	UserName(id int) string
	// UserID is the id of the user with a name, 0 where there is none.
	UserID(name string) int
	// Key is the key with a handle, nil where there is none.
	Key(handle uint32) *hsm.Key
	// Labelled are the handles of the keys with a label.
	Labelled(label string) []uint32
	// Clusters are the ids of the clusters, that of the daemon first.
	Clusters() []string
	// ReadFile is the content of a file of the client machine.
	ReadFile(name string) ([]byte, error)
}

// Answer is a line in other words.
type Answer struct {
	Tool    string   `json:"tool"`    // whose command the line is
	Command string   `json:"command"` // its name
	Others  []Other  `json:"others"`  // the same elsewhere
	Differs string   `json:"differs"` // why the CLI's line and the older tools' cannot come to the same, "" where they do
	Notes   []string `json:"notes"`   // what else there is to know of the pair
}

// Other is the same work in one other place.
type Other struct {
	Name  string `json:"name"`  // a tool, PKCS#11 or OpenSSL
	Lines []Line `json:"lines"` // none where there is nothing like it
	Why   string `json:"why"`   // why there is none
}

// Line is one line, and the program at whose prompt it is typed; "" is a call.
type Line struct {
	At   string `json:"at"`
	Text string `json:"text"`
}

// Unread is why a line has no other words.
type Unread struct {
	Word  string   // what is no command, "" where something else is wrong
	Near  []string // lines that begin with the commands that may be meant
	Name  string   // the command at fault
	Fault *command.Fault
}

// Error says so in a few words, and nothing of what was typed but the word that is no command.
func (u *Unread) Error() string {
	switch {
	case u.Fault != nil && u.Name != "":
		return u.Name + ": " + u.Fault.Error()
	case u.Word != "":
		return "no tool has the command " + u.Word
	}
	return "no command"
}

// Of says a line in other words. prefer is the name of the tool that has read it, "" where nobody
// knows: the line may begin with the tool's name then. The error is an [Unread].
func Of(w World, prefer, line string) (Answer, error) {
	l, other, err := read(prefer, line)
	if err != nil {
		return Answer{}, err
	}
	f := filler{world: w, line: l}
	r := rowOf(&f)
	a := Answer{Tool: l.tool.name, Command: l.path, Others: []Other{}, Notes: []string{}}
	for _, p := range places {
		if p.name == l.tool.name {
			continue
		}
		f.place = p
		a.Others = append(a.Others, inPlace(&f, p, p.cell(r)))
	}
	f.place = nil
	a.Differs = f.fill(r.differs)
	if r.note != "" {
		a.Notes = append(a.Notes, r.note)
	}
	a.remark(&f)
	if other != "" {
		a.Notes = append(a.Notes, fmt.Sprintf("%s has a command of this name too: same %s", other, shortOf(other)+" "+l.text))
	}
	return a, nil
}

// inPlace fills in what a row has for a place.
func inPlace(f *filler, p *place, cell string) Other {
	o := Other{Name: p.name, Lines: []Line{}}
	if why, none := strings.CutPrefix(cell, none); none || cell == "" {
		o.Why = why
		if cell == "" {
			o.Why = p.none
		}
		return o
	}
	for template := range strings.SplitSeq(cell, "\n") {
		for _, text := range f.each(template) {
			text = strings.TrimRight(text, " ")
			line, atBash := strings.CutPrefix(text, "$ ")
			switch {
			case atBash:
				o.Lines = append(o.Lines, Line{bash, line})
			case text != "":
				o.Lines = append(o.Lines, Line{p.at, text})
			}
		}
	}
	return o
}

// remark adds what the options of the line have to say.
func (a *Answer) remark(f *filler) {
	for _, r := range remarks {
		if r.tool != f.line.tool.short || !f.line.knows(r.when) || !f.holds(r.when) {
			continue
		}
		if r.differs && a.Differs == "" {
			a.Differs = r.says
			continue
		}
		a.Notes = append(a.Notes, r.says)
	}
}

// Text is an answer as a terminal shows it.
func (a Answer) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s of %s, in other words:\n", a.Command, a.Tool)
	for _, o := range a.Others {
		fmt.Fprintf(&b, "\n%s\n", o.Name)
		if len(o.Lines) == 0 {
			fmt.Fprintf(&b, "    nothing like it%s\n", lead(": ", o.Why))
		}
		for _, l := range o.Lines {
			sign := ""
			if l.At == bash && o.Name != openSSL {
				sign = "$ "
			}
			fmt.Fprintf(&b, "    %s%s\n", sign, l.Text)
		}
	}
	if a.Differs != "" {
		fmt.Fprintf(&b, "\nNot quite the same: %s\n", a.Differs)
	}
	for _, n := range a.Notes {
		fmt.Fprintf(&b, "\nNote: %s\n", n)
	}
	return b.String()
}

// lead is a text behind what leads to it, "" for none.
func lead(before, text string) string {
	if text == "" {
		return ""
	}
	return before + text
}

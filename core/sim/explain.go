package sim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/glossary"
	"hsmplay/core/retcode"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// explain is the program `explain`: return codes, words of the field, attributes.
func explain(p *shell.Process) int {
	if len(p.Args) < 2 {
		p.Print("usage: explain CODE|TERM\n")
		return 2
	}
	asked := strings.Join(p.Args[1:], " ")
	if text, ok := Meaning(asked); ok {
		p.Print(text)
		if code := firstWord(text); strings.HasPrefix(code, "0x") {
			p.Note(voice.CodePage, "code", code)
		}
		return 0
	}
	note := voice.Say(voice.NoSuchTerm)
	what := "term"
	if strings.HasPrefix(strings.ToLower(asked), "0x") {
		what, note = "return code", voice.Say(voice.CodesAre, "codes", codes())
	}
	p.Complain("no %s %s is known", what, asked)
	if line := explainMeant(p, p.Args[1:]); line != "" {
		note = voice.Say(voice.NearestTerm, "line", line)
	}
	p.Note(note.ID, anys(note.Args)...)
	return 1
}

// Meaning is what `explain` prints of a return code, a term, an attribute or a command, and whether
// there is something.
func Meaning(asked string) (string, bool) {
	digits, isCode := strings.CutPrefix(strings.ToLower(asked), "0x")
	if row, ok := glossary.Lookup(asked); ok && !isCode {
		return fmt.Sprintf("%s\n%s\nFrom:  %s\n", strings.Join(row.Words(), ", "), row.Means, row.Source), true
	}
	for _, row := range attr.Table {
		if strings.EqualFold(row.Name, asked) || strings.EqualFold(row.PKCS11, asked) || row.CLI != "" && strings.EqualFold(row.CLI, asked) {
			return fmt.Sprintf("%s (%d)  %s\nMeans: %s\n", row.Name, row.Attr, strings.Trim(row.PKCS11+" "+row.CLI, " "), row.Means), true
		}
	}
	if n, err := strconv.ParseUint(digits, 16, 32); err == nil {
		if row, known := retcode.Lookup(retcode.Code(n)); known {
			return fmt.Sprintf("0x%02x  %s\nWhy:   %s\nDo:    %s\nFrom:  %s\nPage:  %s\n", n, row.Text, row.Cause, row.Repair, row.Source, row.Page()), true
		}
	}
	text := meaningOfCommand(asked)
	return text, text != ""
}

// codes lists the known codes.
func codes() string {
	var words []string
	for _, row := range retcode.Table {
		words = append(words, fmt.Sprintf("0x%02x", uint32(row.Code)))
	}
	return strings.Join(words, " ")
}

// terms lists what can be explained, but for return codes: terms first.
func terms() []string {
	all := glossary.Terms()
	for _, row := range attr.Table {
		all = append(all, row.Name)
	}
	return all
}

// completeTerm lists the terms, attributes and codes that begin with what was typed.
func completeTerm(_ func(string) []string, words string, cursor int) command.Completion {
	c := command.Completion{From: cursor - len(strings.TrimLeft(words[:cursor], " ")), To: cursor, Choices: []command.Choice{}}
	typed := strings.ToLower(words[c.From:cursor])
	for _, term := range slices.Concat(terms(), strings.Fields(codes())) {
		if strings.HasPrefix(strings.ToLower(term), typed) {
			c.Choices = append(c.Choices, command.Choice{Word: term, Means: means(term), Space: false})
		}
	}
	return c
}

// means is the sentence about a term, an attribute or a code.
func means(term string) string {
	if row, ok := glossary.Lookup(term); ok {
		return row.Means
	}
	for _, row := range attr.Table {
		if row.Name == term {
			return row.Means
		}
	}
	for _, row := range retcode.Table {
		if fmt.Sprintf("0x%02x", uint32(row.Code)) == term {
			return row.Text
		}
	}
	return ""
}

// explainTerm says what the line so far is about.
func explainTerm(_ func(string) []string, words string, _ int) command.Explanation {
	term := strings.TrimSpace(words)
	x := command.Explanation{Summary: "says what a return code, a word or an attribute means", Current: 1, Means: means(term),
		Slots: []command.Slot{{Word: "explain", Filled: true}, {Word: "CODE|TERM", Filled: term != "", Value: term}}}
	return x
}

// TermRow is a term of the glossary.
type TermRow struct {
	Term   string   `json:"term"`
	Also   []string `json:"also"`
	Means  string   `json:"means"`
	Source string   `json:"source"`
}

// Terms returns what has a sentence: the glossary by alphabet, attributes and return codes by
// number.
func Terms() []TermRow {
	rows := []TermRow{}
	for _, r := range glossary.Table {
		rows = append(rows, TermRow{r.Term, append([]string{}, r.Also...), r.Means, r.Source})
	}
	for _, r := range attr.Table {
		row := TermRow{r.Name, []string{}, fmt.Sprintf("Attribute %d: %s.", r.Attr, r.Means), attributesSource}
		if r.PKCS11 != "" {
			row.Also = []string{r.PKCS11}
		}
		rows = append(rows, row)
	}
	for _, r := range retcode.Table {
		rows = append(rows, TermRow{fmt.Sprintf("0x%02x", uint32(r.Code)), []string{}, r.Text + ". " + r.Cause, r.Source})
	}
	return rows
}

// attributesSource is where attributes are listed.
const attributesSource = "spec/kmu.md 3.42"

package command

import (
	"strings"

	"hsmplay/core/voice"
)

// Making is how what a blank takes comes into the world. Of several rows for a blank the one with
// its command counts, the first one.
type Making struct {
	Command string // or the words that it begins with, "" for all that have the option
	Option  string // its flag, or the name of its value where it is positional
	What    string // an AES key that wraps: what the blank takes
	Line    string // the line of this tool that makes one; "" where Shell has it
	Shell   string // the line of bash that makes one
}

// lacking is what the playground says where a line cannot be offered because nothing in this world
// fits one of its blanks: what is missing, and the line that makes one. It answers false where
// nothing is lacking, or the table does not say how it is made.
func (t Table[E]) lacking(guesses []*guess[E]) (voice.Note, bool) {
	if len(guesses) == 0 || guesses[0].lacks == nil {
		return voice.Note{}, false
	}
	g := guesses[0]
	row := t.making(g.spec.Name, g.lacks.name())
	args := []any{"command", t.Lead + g.spec.Name, "option", g.lacks.name(), "what", row.What}
	switch {
	case row.What == "":
		return voice.Note{}, false
	case row.Line != "":
		return voice.Say(voice.BlankMade, append(args, "line", strings.TrimSpace(t.Lead+row.Line))...), true
	case row.Shell != "":
		return voice.Say(voice.BlankMadeShell, append(args, "shell", row.Shell)...), true
	}
	return voice.Say(voice.BlankLacks, args...), true
}

// making is the row for a blank, an empty one where there is none.
func (t Table[E]) making(command, option string) (common Making) {
	for _, row := range t.Makes {
		switch {
		case row.Option != option:
		case row.Command == "":
			common = row
		case strings.HasPrefix(command+" ", row.Command+" "):
			return row
		}
	}
	return common
}

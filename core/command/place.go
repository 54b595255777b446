package command

import (
	"iter"
	"slices"
	"strings"
)

// Place is a blank of a line: a parameter of a command, and what the rest of the line gives.
type Place struct {
	Command string
	Param   *Param
	// Given is the value of another parameter by its flag, or the name of its value where it is
	// positional; "" for one that has none.
	Given func(name string) string
}

// Saying is how people of other tools and systems say a line: in one of the ways of Said, which
// commas part, with all of its words, in any order behind the first. A star at the end of a word
// stands for the rest of it, and for the star in Line; a star alone is the word behind the one
// before. What else was typed comes in the place of … in Line, or behind it, and is left out of a
// Whole one.
type Saying struct {
	Said, Line string
	Whole      bool
}

// Behind are sayings with the name of a program in front.
func Behind(program string, says []Saying) []Saying {
	var all []Saying
	for way := range Ways(says) {
		way.Said = program + " " + way.Said
		all = append(all, way)
	}
	return all
}

// Ways are sayings with one way each.
func Ways(says []Saying) iter.Seq[Saying] {
	return func(yield func(Saying) bool) {
		for _, say := range says {
			for said := range strings.SplitSeq(say.Said, ", ") {
				if !yield(Saying{Said: said, Line: say.Line, Whole: say.Whole}) {
					return
				}
			}
		}
	}
}

// Calling is what others call an option, or a value of it.
type Calling struct {
	Command string // "" for all that have the option
	Option  string // its flag, or the name of its value where it is positional
	Value   string // "" for the option itself
	Words   string // with blanks between
	Per     int    // of a number in a smaller unit, how many make one here: 8 for bits of an option in bytes
}

// Absence is what a tool does not do, whatever it is called.
type Absence struct {
	Words string // the words that are typed for it, with blanks between
	What  string // what they would do
	Where string // who does it instead
}

// called reports whether a word stands for parameter i, or for a value of it.
func (g *guess[E]) called(i int, value, word string) bool {
	p := &g.spec.Params[i]
	for _, row := range g.table.Called {
		if row.Option != p.name() || row.Value != value || row.Command != "" && row.Command != g.spec.Name {
			continue
		}
		for name := range strings.FieldsSeq(row.Words) {
			if value == "" && bareOption(name) == word || value != "" && bareValue(name) == word {
				return true
			}
		}
	}
	return false
}

// per is how many units of what a word counts in make one of an option, 1 where it says no other.
func per(rows []Calling, option, word string) int {
	for i := range rows {
		if rows[i].Option == option && rows[i].Per > 0 && slices.ContainsFunc(strings.Fields(rows[i].Words), func(name string) bool { return bareOption(name) == word }) {
			return rows[i].Per
		}
	}
	return 1
}

// absence is what a word would do that a tool does not, an empty row for none.
func absence(rows []Absence, word string) (none Absence) {
	for i := range rows {
		if slices.ContainsFunc(strings.Fields(rows[i].Words), func(said string) bool { return bareValue(said) == bareValue(word) }) {
			return rows[i]
		}
	}
	return none
}

// callings are the other words for parameter i, or for a value of it.
func (g *guess[E]) callings(i int, value string) []string {
	var words []string
	for _, row := range g.table.Called {
		if row.Option == g.spec.Params[i].name() && row.Value == value && (row.Command == "" || row.Command == g.spec.Name) {
			words = append(words, strings.Fields(row.Words)...)
		}
	}
	return words
}

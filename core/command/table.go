package command

import (
	"slices"
	"strings"
)

// Table is a tool's commands as data. E is the state its handlers work on, a pointer, so that all
// tables share the code below. Everything that is known about a command line is read from here:
// [Table.Match], [Table.Run], [Table.Complete], [Table.Explain], [Table.Usage].
type Table[E any] struct {
	Tool  string // key_mgmt_util: what the notes call it
	Lead  string // what stands before a command where it is typed, with its blank: `hsm ` for a program's verbs
	Leave string // what leads out of the tool: exit
	Specs []Spec[E]
	Style Style

	// Live gives the values of a parameter that are known only now: handles, users, files. The word
	// typed so far is for bodies that can search by it; what does not begin with it is left out
	// anyway, and Space is set here. May be nil.
	Live func(e E, p Param, typed string) []Choice

	// Fill gives the values that a blank of a line can have for the line to work, the best first.
	// Asked is false where the table's own values and examples will do. May be nil.
	Fill func(e E, at Place) (values []string, asked bool)
	// Takes gives those values of a parameter that are not refused in this world, whatever else is
	// typed; nil where that is all of the table's. May be nil.
	Takes func(e E, at Place) []string

	// Wants reports whether this world wants a parameter that may be left out elsewhere. May be nil.
	Wants func(e E, at Place) bool

	Says   []Saying  // how people of other tools say lines
	Called []Calling // what others call options and values
	Makes  []Making  // how what a blank takes is made
	Absent []Absence // what the tool does not do, though people ask it to

	Others func(E) []Other // tools whose commands are often typed here by mistake; may be nil
}

// Other is another tool, the names of its commands, and how people of other tools say its lines.
type Other struct {
	Tool  string // cloudhsm_mgmt_util
	Start string // the line that starts it
	Names []string
	Says  []Saying
	Reads func(line string) string // [Table.Reads] of the tool; may be nil
}

// Means is the command of the tool that words say otherwise, "" for none: create user, useradd.
func (o Other) Means(words []string) string {
	if line, ok := Say(o.Says, words); ok {
		first, _, _ := strings.Cut(line, " ")
		if slices.Contains(o.Names, first) {
			return first
		}
		return ""
	}
	for n := min(nameWordsMax, len(words)); n > 0; n-- {
		typed := nameWords(strings.Join(words[:n], " "))
		for _, name := range o.Names {
			if len(typed) > 1 && slices.Equal(nameWords(name), typed) {
				return name
			}
		}
	}
	return ""
}

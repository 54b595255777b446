package command

import "strings"

// Table is a tool's commands as data. E is the state its handlers work on. Everything that is known about
// a command line is read from here: [Table.Match], [Table.Run], [Table.Complete], [Table.Explain], [Usage].
type Table[E any] struct {
	Tool  string // key_mgmt_util: what the notes call it
	Lead  string // what stands before a command where it is typed, with its blank: `hsm ` for a program's verbs
	Specs []Spec[E]
	Style Style

	// Live gives the values of a parameter that are known only now: handles, users, files. The word typed so
	// far is for bodies that can search by it; what does not begin with it is left out anyway, and Space is set
	// here. May be nil.
	Live func(e E, p Param, typed string) []Choice

	Others []Other // tools whose commands are often typed here by mistake
}

// Style is how a tool reads a line. The zero value splits at blanks and takes whole names only, with their
// capital letters.
type Style struct {
	AnyCase  bool   // capital letters do not count in command names and options
	Prefixes bool   // the beginning of a command's name will do if only one begins so (spec/cmu.md 1.3)
	Quotes   bool   // double quotes group, there are no escapes (spec/kmu.md 6, question 23)
	Help     string // the flag that asks for the usage, in any command and before anything else: -h
}

// Other is another tool and the names of its commands.
type Other struct {
	Tool  string // cloudhsm_mgmt_util
	Leave string // the command of this tool that leads away from it: exit
	Start string // the line that starts the other tool, "" where leaving is enough
	Names []string
}

// Lookup returns the command that a word names under the table's style, nil for none or for several.
func (t Table[E]) Lookup(word string) *Spec[E] {
	for i := range t.Specs {
		if t.Style.same(t.Specs[i].Name, word) {
			return &t.Specs[i]
		}
	}
	if !t.Style.Prefixes || word == "" {
		return nil
	}
	var found *Spec[E]
	for i := range t.Specs {
		if s := &t.Specs[i]; !s.Hidden && t.Style.begins(s.Name, word) {
			if found != nil {
				return nil
			}
			found = s
		}
	}
	return found
}

// same reports whether word is the name.
func (s Style) same(name, word string) bool {
	return name == word || s.AnyCase && strings.EqualFold(name, word)
}

// begins reports whether name begins with the word.
func (s Style) begins(name, word string) bool {
	return strings.HasPrefix(name, word) || s.AnyCase && foldPrefix(name, word)
}

// foldPrefix reports whether name begins with the word, capital or not.
func foldPrefix(name, word string) bool {
	return len(word) <= len(name) && strings.EqualFold(name[:len(word)], word)
}

// isHelp reports whether a word asks for the usage.
func (s Style) isHelp(w Word) bool {
	return s.Help != "" && !w.Quoted && s.same(s.Help, w.Text)
}

package command

import (
	"strings"

	"hsmplay/core/voice"
)

// Style is how a tool reads a line and answers one that it cannot carry out. The zero value splits
// at blanks, takes whole names only, with their capital letters, has no flag for help and answers
// nothing.
type Style struct {
	AnyCase  bool     // capital letters do not count in command names and options
	Prefixes bool     // the beginning of a command's name will do if only one begins so (spec/cmu.md 1.3)
	Quotes   Quotes   // what holds a word with blanks together
	Form     Form     // how options and values stand in a line
	Help     []string // the flags that ask for the usage of a command: -h, --help
	HelpWord string   // the word that asks for it in front of a command, as in `help key list` and `key help list`
	InTurn   bool     // a flag for help counts where it stands: not behind a fault. Otherwise it counts before anything else
	Longest  int      // the length in bytes up to which a line is read; 0 is LineMax

	Usage  func(Shape) string         // the usage of a command, or of a category; nil: there is none
	Refuse func(Fault, Shape) Refusal // what is said to a line with a fault; nil: nothing
}

// Form is how options and their values stand in a line. The zero value is an option and its value
// in two words.
type Form struct {
	Equals  bool // --role=admin says the same as --role admin, and -a1 as -a 1
	Dashes  bool // one dash or two before any option (OpenSSL's opt_next)
	Greedy  bool // the word behind an option is its value even where it is an option's name
	Strict  bool // a word with a dash is never a value (clap)
	Ordered bool // the first word that is no option ends them
	End     bool // so do two dashes alone
	Again   bool // an option that is given again counts where it stands last, and that is no fault
}

// Shape is a command, or a category of commands, as layouts are made from it: all but its handler.
type Shape struct {
	Name           string // its path; "" is the tool as a whole
	Summary, Usage string
	Means          string
	Params         []Param
	Tail           string
	Column         int
	Commands       []Line // what stands below it; nil for a command alone
	Asked          string // the flag or word that asked for the usage, "" for a refusal: -h may print less than --help
}

// HelpTwice is what has asked for the help of the word for help itself: `help help`.
const HelpTwice = "help help"

// Line is a command or a category in a list.
type Line struct {
	Name  string // its last word
	Means string
}

// Refusal is what a tool says to a line that it cannot carry out.
type Refusal struct {
	Text   string
	Errors bool         // the text goes to standard error
	Status int          // the exit status of a program that was started for this line alone
	Notes  []voice.Note // in place of the matcher's own note; nil: that one
	Tipped bool         // the text names what was meant: the matcher's notes add the whole line, or nothing
}

// shape returns what layouts are made from of a path: "" is the table itself.
func (t Table[E]) shape(path string) Shape {
	s := Shape{Name: path}
	for i := range t.Specs {
		if spec := &t.Specs[i]; spec.Name == path {
			s = spec.shape()
		}
	}
	for _, name := range t.heads(path, false) {
		s.Commands = append(s.Commands, Line{name, t.shape(join(path, name)).means()})
	}
	return s
}

// shape returns what layouts are made from of a command.
func (s *Spec[E]) shape() Shape {
	return Shape{Name: s.Name, Summary: s.Summary, Usage: s.Usage, Means: s.Means, Params: s.Params,
		Tail: s.Tail, Column: s.Column}
}

// means is a line for a learner, or else the vendor's.
func (s Shape) means() string {
	if s.Means != "" {
		return s.Means
	}
	return s.Summary
}

// Usage returns the usage of the command or category with a path, in the tool's layout; no words
// are the tool itself.
func (t Table[E]) Usage(path ...string) string {
	return t.usage(t.shape(strings.Join(path, " ")))
}

func (t Table[E]) usage(s Shape) string {
	if t.Style.Usage == nil {
		return ""
	}
	return t.Style.Usage(s)
}

// longest is the length in bytes up to which a line is read.
func (s *Style) longest() int {
	if s.Longest > 0 {
		return s.Longest
	}
	return LineMax
}

// same reports whether word is the name.
func (s *Style) same(name, word string) bool {
	return name == word || s.AnyCase && strings.EqualFold(name, word)
}

// begins reports whether name begins with the word.
func (s *Style) begins(name, word string) bool {
	return strings.HasPrefix(name, word) || s.AnyCase && foldPrefix(name, word)
}

// foldPrefix reports whether name begins with the word, capital or not.
func foldPrefix(name, word string) bool {
	return len(word) <= len(name) && strings.EqualFold(name[:len(word)], word)
}

// isHelp reports whether a word is a flag for help.
func (s *Style) isHelp(w Word) bool {
	if w.Quoted {
		return false
	}
	for _, flag := range s.Help {
		if s.same(flag, w.Text) || s.Form.Dashes && bare(flag) == bare(w.Text) {
			return true
		}
	}
	return false
}

// help is the flag for help that is named to a learner, "" for none.
func (s *Style) help() string {
	if len(s.Help) == 0 {
		return ""
	}
	return s.Help[len(s.Help)-1]
}

// bare is a word without one or two dashes before it, "" for a word without any.
func bare(word string) string {
	if len(word) < 2 || word[0] != '-' {
		return ""
	}
	return strings.TrimPrefix(word[1:], "-")
}

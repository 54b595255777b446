// Package command is a tool as data: a table of commands drives matching, usage, help, completion,
// explanation and "did you mean" alike. It knows no HSM: the state a handler works on is the type
// parameter. Begin with [Table].
package command

// Spec is one command of a tool. Its name is a path of words: `key list` is the command list of the
// category key. A row without Run whose name begins others says what a category is for. A row with
// Run may begin others too: its parameters stand before the further word then, and the rows below
// name them again. A program that is one command has a row without a name.
type Spec[E any] struct {
	Name    string // genECCKeyPair; of several words with a blank between them: key generate-symmetric aes
	Summary string // the vendor's sentence, printed by help and usage
	Usage   string // sentence of the usage text where it differs from Summary
	Means   string // the playground's line for a learner, for completion and the dock
	Params  []Param
	Tail    string // literal text of the usage that the parameters do not say: a list of curves, the names of operands
	Column  int    // width of the option column in the usage; 0 is the tool's own
	Any     bool   // words that belong to no parameter are no fault: it is refused whatever they are
	Hidden  bool   // an alias, left out of help and completion
	Loose   bool   // whatever follows the name is let through unread, as with genPBEKey; Params is empty then
	Run     func(E, Args) Outcome
}

// Kind says what a parameter's value is, and so how it is checked and completed.
type Kind int

const (
	// Text is any string.
	Text Kind = iota
	// Number is a decimal number ≥ 0.
	Number
	// Hex is hexadecimal, with or without 0x.
	Hex
	// Switch takes no value.
	Switch
	// Path is a file to read; Output is one to write.
	Path
	Output
	// Secret is a password: never explained, never in history lists.
	Secret
	// Handle is the handle of a key; Users is a list of user ids such as 4,5; User a user's name.
	Handle
	Users
	User
	// Node is the number of an HSM.
	Node
	// Choices is one of Param.Values.
	Choices
	// Named is an option that is called like its value, which is one of Values: -sha256. Its Flag
	// is a sign for all of them that nobody types: -*.
	Named
)

// Param is one parameter of a command.
type Param struct {
	Flag     string // -i; "" is positional
	Also     string // another spelling of the flag: -v beside --verbose
	Value    string // how the syntax names the value: EC curve id
	Help     string // the vendor's text in the usage
	Means    string // one line for a learner, for the dock: what it is, its range, what it needs
	Kind     Kind
	Values   []Value // the words that are offered; with Kind Choices the only ones that are taken
	Min, Max int64   // of a Number; of a text, Max is its length in bytes; checked when Max > 0
	Example  string  // a value that works, for the notes; "" is the first of Values, or one made for the kind
	Optional bool
	Many     bool                     // takes all words up to the next option
	Bare     bool                     // may stand without a value
	Over     bool                     // of a Switch that asks for a password: one that stands behind it all the same is passed over
	Repeat   bool                     // may be given several times, and all its values count
	AnyCase  bool                     // of Choices and Named: capital letters do not count
	Before   bool                     // the option of a command above: it stands before the word that leads below it
	Needs    string                   // the flag without which this one is refused, as -timeout needs -min_srv
	Spare    bool                     // of a OneOf: may stand beside the others, and is passed over then
	Loose    bool                     // of Choices: another value is carried out too, for others to refuse, with the note to it
	Reads    func(text string) string // of a text: the value that a word was meant to be, "" for none: 10 min is 10m
	Pairs    string                   // the flag of the value that is often typed in one word with this name: encrypt=false
	Hides    func(text string) bool   // of a text: a value holds a password, as pass:x does, and no offer has one
	Alone    string                   // a number with which it needs none, as -m_value 0 is the default
	Lone     bool                     // of Choices: a number that is not in the list prints the usage alone (spec/kmu.md 3.15, 3.25, 3.33)
	OneOf    string                   // the name of a group of which one is to be given, as -p or -hpswd; none will do where all are Optional
}

// mayEnd reports whether an option may stand without a word behind it.
func (p *Param) mayEnd() bool { return p.Bare || p.Over }

// Value is a word that may stand as a parameter's value, with its meaning.
type Value struct {
	Word   string
	Means  string
	Hidden bool // taken, but not offered
}

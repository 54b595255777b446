package command

// FaultKind says what is wrong with a line.
type FaultKind int

const (
	// UnknownCommand: no command has this name, or, where beginnings will do, several have.
	UnknownCommand FaultKind = iota + 1
	// UnknownOption: the command has no such option.
	UnknownOption
	// MissingValue: the option wants a value, and none follows.
	MissingValue
	// NotANumber: a decimal number ≥ 0 is wanted.
	NotANumber
	// NotHex: hexadecimal digits are wanted.
	NotHex
	// OutOfRange: a number below Min, above Max, or too large for any.
	OutOfRange
	// NotAChoice: the value is none of Values.
	NotAChoice
	// NotAList: a list such as 4,5 is wanted, without blanks and empty places.
	NotAList
	// TooLong: the text has more than Max bytes.
	TooLong
	// Missing: parameters without which the command is not run were not given.
	Missing
	// Needs: the option is refused without another one.
	Needs
	// Both: two options were given of which one stands in place of the other.
	Both
	// Repeated: an option was given twice.
	Repeated
	// ExtraWord: a word that belongs to nothing.
	ExtraWord
	// NoValue: an option that takes none has a value in its word.
	NoValue
	// NoCommand: the line ends where the word of a command must follow.
	NoCommand
	// LineTooLong: the line has more than LineMax bytes and was not read on.
	LineTooLong
)

// Fault is the first thing that is wrong with a line. As an error it says so in a few words of the
// playground.
type Fault struct {
	Kind    FaultKind
	Span    Span    // the bytes at fault; empty, at the end of the line, for what is missing
	Word    string  // the word at fault without quotes, "" for what is missing
	Param   Param   // the parameter concerned, with ExtraWord the one before; the zero value for none
	Other   Param   // with Both: the parameter that was given too
	Missing []Param // with Missing: what was not given

	// Near are the commands, options or values that the word may have meant, best first, and Given the
	// options that stand before the fault, in their order; Said is that the line is said in other words
	// here ([Table.Says]). A match leaves them empty; [Table.Carry] fills them in for [Style.Refuse].
	Near  []string
	Given []Param
	Said  bool
}

// OfValue reports whether the value of an option is at fault: missing, of the wrong form, not
// allowed, too large or too long (spec/kmu.md 2.2). Where Param.Lone says so, a value that is not
// in the list is not meant.
func (f *Fault) OfValue() bool {
	switch f.Kind {
	case MissingValue, NotANumber, NotHex, OutOfRange, NotAList, TooLong:
		return true
	case NotAChoice:
		return !f.Param.Lone
	}
	return false
}

// faultWords says each kind in a few words.
var faultWords = [...]string{
	UnknownCommand: "unknown command",
	UnknownOption:  "unknown option",
	MissingValue:   "value missing",
	NotANumber:     "not a number",
	NotHex:         "not hexadecimal",
	OutOfRange:     "out of range",
	NotAChoice:     "no such value",
	NotAList:       "not a list of numbers",
	TooLong:        "too long",
	Missing:        "required option missing",
	Needs:          "another option needed",
	Both:           "two options in each other's place",
	Repeated:       "option given twice",
	ExtraWord:      "one word too many",
	NoValue:        "value not wanted",
	NoCommand:      "command missing",
	LineTooLong:    "line too long",
}

// Error says the kind of the fault in a few words, and nothing of what was typed.
func (f *Fault) Error() string { return faultWords[f.Kind] }

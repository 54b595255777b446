package command

// Tool is a running interactive program as the machine it runs on sees it. key_mgmt_util and
// cloudhsm_mgmt_util are its bodies. All methods are called under the world's lock.
type Tool interface {
	// Start begins the program with its arguments (without its name). An Exit in the outcome ends
	// it at once, as singlecmd does.
	Start(args []string) Outcome
	// Line carries out one typed line.
	Line(line string) Outcome
	// Prompt is what stands before the next line, `Command:  ` for one.
	Prompt() string
	// User is who is logged in, "" for nobody.
	User() string
	// Complete and Explain read a line that is being typed; cursor counts bytes.
	Complete(line string, cursor int) Completion
	Explain(line string, cursor int) Explanation
	// Next is a few whole lines that make sense now, the best first.
	Next() []string
	// Status is the exit status of the program, asked after it has ended.
	Status() int
	// Close ends the program's sessions; it is called once, however the program ends.
	Close()
	// Save returns what Restore needs to go on at the prompt in another run: plain data.
	Save() []byte
	Restore(saved []byte) error
}

// Host is what a tool may ask of the machine that it runs on. A process that is attached to a host
// of its own gets that one's in the same place.
type Host struct {
	Files
	Env      func(name string) string // a variable of the environment, "" for one that is not set; never nil
	Terminal bool                     // somebody sits at a terminal: lines and answers are typed
	Others   []Other                  // the other tools of the machine
}

// NoEnv is an environment without variables.
func NoEnv(string) string { return "" }

// Files is the file system as a tool sees it; names are relative to the working directory. The
// errors of the bodies satisfy errors.Is with io/fs's.
type Files interface {
	ReadFile(name string) ([]byte, error)
	// WriteFile replaces the file whole or leaves the old one.
	WriteFile(name string, data []byte) error
	// Names lists what begins with the prefix, directories with a slash at the end, sorted.
	Names(prefix string) []string
}

// Completion is what may stand at the cursor: replacing line[From:To] by a choice's Word completes
// it.
type Completion struct {
	From    int      `json:"from"`
	To      int      `json:"to"`
	Choices []Choice `json:"choices"`
}

// Choice is one completion with its meaning in a line. Space says whether a blank follows.
type Choice struct {
	Word  string `json:"word"`
	Means string `json:"means"`
	Space bool   `json:"space"`
}

// Explanation ties the words of a line to their meaning, for the dock.
type Explanation struct {
	Summary string `json:"summary"` // of the command, "" when it is not known yet
	Slots   []Slot `json:"slots"`   // the command and its options in the order of its syntax
	Current int    `json:"current"` // index in Slots of what the cursor is in, -1 for none
	Means   string `json:"means"`   // the sentence about it
	Fault   string `json:"fault"`   // what is wrong so far, "" for nothing: unknown option, not a number …
	Real    string `json:"real"`    // how much of the command is documented, "" for one that is nowhere
	Page    string `json:"page"`    // of the reference, as the site calls it; "" for none
}

// Slot is a word of a command's syntax: filled, or still missing.
type Slot struct {
	Word     string `json:"word"`  // -i
	Value    string `json:"value"` // 14; never the value of a secret
	Filled   bool   `json:"filled"`
	Optional bool   `json:"optional"`
}

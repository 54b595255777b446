package shell

import (
	"io"
	"regexp"
	"strconv"
	"sync"
)

// Pattern is a regular expression that is compiled when it is first used: not while the page waits
// for its first prompt.
func Pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

// complaints is the standard error of the interpreter. It puts the interpreter's messages in bash's
// words; what commands print to standard error goes through as it is.
type complaints struct {
	b  *bash
	to io.Writer

	level  int // how many + more than one stand before a line of the trace
	mu     sync.Mutex
	held   bool        // the interpreter has written a command's line, which is yet to be shown
	before string      // what stands before a line of the trace, as it was last looked at
	outer  *complaints // where the command's own line goes, nil for here
	all    bool        // all lines go there
}

// Write words a message.
func (c *complaints) Write(data []byte) (int, error) {
	text := string(data)
	if stopped().MatchString(text) || traced().MatchString(text) {
		return len(data), nil
	}
	if c.holdTrace(text) {
		return len(data), nil
	}
	if said := c.b.unsetMessage(text); said != "" {
		c.b.expansionFailed(true)
		_, err := io.WriteString(c.to, said)
		return len(data), err
	}
	for _, row := range messages {
		if m := row.is().FindStringSubmatchIndex(text); m != nil {
			c.b.failed.Store(c.b.failed.Load() || row.fails)
			c.b.expansionFailed(row.ends)
			line := uint64(0)
			if row.line < 0 {
				line = uint64(c.b.line.Load())
			} else if row.line > 0 {
				line, _ = strconv.ParseUint(text[m[2*row.line]:m[2*row.line+1]], 10, 32)
			}
			text = c.b.prefix(uint(line)) + string(row.is().ExpandString(nil, row.say, text, m))
			break
		}
	}
	if _, err := io.WriteString(c.to, text); err != nil {
		return 0, err
	}
	return len(data), nil
}

// stopped are the words of a line that was stopped: they are said once, when all of it has ended.
var stopped = Pattern(`^(context canceled|broken pipe|CPU time limit exceeded|File size limit exceeded|` +
	`maximum function nesting level exceeded|xrealloc: cannot allocate memory|fork: retry: .*)\n$`)

// traced are commands of the playground's own in the trace of set -x.
var traced = Pattern(`^\++ (` + hidden + `|` + hiddenVariable + `).*\n$`)

// saidHere stands before the message of ${x:?message}, which the interpreter prints as it is.
const saidHere = hidden + "says:"

// ofCalled is the line of the command that was called last.
const ofCalled = -1

// messages are the interpreter's messages and bash's for the same.
var messages = []struct {
	is    func() *regexp.Regexp
	say   string
	fails bool // an expansion failed: the line's status is 1 where the interpreter leaves 0
	ends  bool // an expansion ends the shell, which is no failure for the ERR trap
	line  int  // the group of the expression that holds the line, 0 for none, or ofCalled
}{
	{Pattern(`^(\w+): unbound variable\n$`), "$1: unbound variable\n", false, true, 0},
	{Pattern(`^(\w+): readonly variable\n$`), "$1: readonly variable\n", false, false, 0},
	{Pattern(`^division by zero\n$`), "division by 0 (error token is \"0\")\n", true, false, 0},
	{Pattern(`^exponent less than 0\n$`), "exponent less than 0\n", true, false, 0},
	{Pattern(`(?s)^(\w+): ` + saidHere + `(\d+):(.*)$`), "$1: $3", false, true, 2},
	{Pattern(`^(\w+): (parameter (?:null or )?not set)\n$`), "$1: $2\n", false, true, 0},
	{Pattern(`^local: can only be used in a function\n$`), "local: can only be used in a function\n", false, false, 0},
	{Pattern(`^(break|continue) is only useful in a loop\n$`), "$1: only meaningful in a `for', `while', or `until' loop\n", false, false, ofCalled},
	{Pattern(`^return: can only be done from a func or sourced script\n$`),
		"return: can only `return' from a function or sourced script\n", false, false, ofCalled},
	{Pattern(`^(\w+): invalid identifier "(.*)"\n$`), "$1: `$2': not a valid identifier\n", false, false, 0},
	{Pattern(`^declare: (.*): not found\n$`), "declare: $1: not found\n", false, false, 0},
	{Pattern(`^alias: "(.*)" not found\n$`), "alias: $1: not found\n", false, false, ofCalled},
	{Pattern(`^set: invalid option: "(.*)"\n$`), "set: $1: invalid option name\n", false, false, ofCalled},
	{Pattern(`^shopt: invalid option name "(.*)"\n$`), "shopt: $1: invalid shell option name\n", false, false, ofCalled},
	{Pattern(`^wait: pid (.*) is not a child of this shell\n$`), "wait: pid $1 is not a child of this shell\n", false, false, ofCalled},
	{Pattern(`^(\S+: bad array subscript)\n$`), "$1\n", false, false, 0},
	{Pattern(`^invalid indirect expansion\n$`), "invalid indirect expansion\n", true, false, 0},
	{Pattern(`^(unsupported redirect fd.*|unhandled .*)\n$`), "$1\n", false, false, 0},
	{Pattern(`^getopts: (option requires an argument|illegal option) -- "(.*)"\n$`), "$1 -- $2\n", false, false, 0},
	{Pattern(`^(\w+): unsupported builtin\n$`), "$1: not supported\n", false, false, 0},
}

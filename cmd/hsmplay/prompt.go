package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"unicode/utf8"
)

// onceAsked has the line editor ask, and keeps its prompt from being printed again with each change
// of a line that is too long for the terminal: pexpect and its like take that for the next prompt.
func onceAsked(prompt string, ask func(string) (string, error)) (string, error) {
	from, to, err := os.Pipe()
	if prompt == "" || err != nil || runtime.GOOS == "windows" { // its cursor moves beside the output
		return ask(prompt)
	}
	screen, shown := os.Stdout, make(chan struct{})
	go func() {
		defer close(shown)
		once := &promptOnce{to: screen, prompt: []byte(prompt), there: true}
		io.Copy(once, from)
		screen.Write(once.held)
	}()
	os.Stdout = to
	defer func() {
		os.Stdout = screen
		to.Close()
		<-shown
		from.Close()
	}()
	return ask(prompt)
}

// promptOnce writes what the line editor prints. Where it begins its line anew and the prompt still
// stands there, the cursor passes over it.
type promptOnce struct {
	to     io.Writer
	prompt []byte
	there  bool   // the prompt stands in front of the line
	held   []byte // the beginning of what may be the prompt once more
}

// lineStarts are what brings the cursor to the first column.
var lineStarts = [][]byte{[]byte("\x1b[1G"), []byte("\r")}

// cleared is a screen of which everything is wiped.
var cleared = []byte("\x1b[2J")

// Write implements [io.Writer].
func (o *promptOnce) Write(data []byte) (int, error) {
	rest := append(o.held, data...)
	var out []byte
	for len(rest) > 0 {
		shown, used := o.next(rest)
		if used == 0 {
			break
		}
		out, rest = append(out, shown...), rest[used:]
	}
	o.held = bytes.Clone(rest)
	_, err := o.to.Write(out)
	return len(data), err
}

// next returns what is shown of the first bytes, and how many they are: none where more must come.
func (o *promptOnce) next(rest []byte) (shown []byte, used int) {
	if i := bytes.IndexAny(rest, "\x1b\r\n"); i != 0 {
		used = max(i, 0)
		if i < 0 {
			used = len(rest)
		}
		return rest[:used], used
	}
	for _, start := range lineStarts {
		after, ok := bytes.CutPrefix(rest, start)
		whole := len(start) + len(o.prompt)
		switch {
		case bytes.HasPrefix(start, rest) || ok && bytes.HasPrefix(o.prompt, after) && len(rest) < whole:
			return nil, 0
		case !ok:
			continue
		case !bytes.HasPrefix(after, o.prompt):
			o.there = o.there && after[0] == '\x1b' // else something else is written there
			return start, len(start)
		case o.there:
			return fmt.Appendf(bytes.Clone(start), "\x1b[%dC", utf8.RuneCount(o.prompt)), whole
		}
		o.there = true
		return rest[:whole], whole
	}
	if len(rest) < len(cleared) && bytes.HasPrefix(cleared, rest) {
		return nil, 0
	}
	o.there = o.there && rest[0] != '\n' && !bytes.HasPrefix(rest, cleared)
	return rest[:1], 1
}

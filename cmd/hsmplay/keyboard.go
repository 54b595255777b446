package main

import (
	"errors"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/peterh/liner"
	"golang.org/x/term"
)

// keyboard is where a tool's lines come from. Errors: errCtrlC, and anything else for the end.
type keyboard interface {
	// line and secret print a prompt and read a line; a secret is not shown.
	line(prompt string) (string, error)
	secret(prompt string) (string, error)
	// live reports whether somebody sits there.
	live() bool
	// complete sets what completes a word at the cursor, which counts bytes.
	complete(func(line string, cursor int) (words []string, from, to int))
	close()
}

// errCtrlC is Ctrl-C instead of a line.
var errCtrlC = errors.New("interrupted")

// newKeyboard is the terminal, if input and output both are one.
func newKeyboard(h host) keyboard {
	in, isFile := h.in.(*os.File)
	out, _ := h.out.(*os.File)
	if isFile && out != nil && term.IsTerminal(int(in.Fd())) && term.IsTerminal(int(out.Fd())) {
		return &liveKeyboard{in: in, out: out}
	}
	return &pipe{script: newScript(h.in), out: h.out, in: in}
}

// pipe is input that is not typed: prompts are printed all the same, as the tools do.
type pipe struct {
	script *script
	out    io.Writer
	in     *os.File // nil in tests
}

func (p *pipe) line(prompt string) (string, error) {
	if _, err := io.WriteString(p.out, prompt); err != nil {
		return "", err
	}
	return p.script.line()
}

// secret reads from the terminal without showing it, if only the output goes elsewhere. It ends the
// line itself, as whoever reads in the dark does.
func (p *pipe) secret(prompt string) (line string, err error) {
	if p.in == nil || !term.IsTerminal(int(p.in.Fd())) {
		line, err = p.line(prompt)
	} else if _, err = io.WriteString(p.out, prompt); err == nil {
		var typed []byte
		typed, err = term.ReadPassword(int(p.in.Fd()))
		line = string(typed)
	}
	if err == nil {
		_, err = io.WriteString(p.out, "\n")
	}
	return line, err
}

func (p *pipe) live() bool { return false }

func (p *pipe) complete(func(string, int) ([]string, int, int)) {}

func (p *pipe) close() {}

// liveKeyboard is a line editor with a history and completion. It has the terminal only while it
// reads a line.
type liveKeyboard struct {
	in      *os.File
	out     *os.File
	edit    *liner.State // nil until the first line: a single command needs none
	choices func(string, int) ([]string, int, int)
}

func (k *liveKeyboard) line(prompt string) (string, error) {
	line, err := k.read(prompt, (*liner.State).Prompt)
	if err == nil && strings.TrimSpace(line) != "" {
		k.edit.AppendHistory(line)
	}
	return line, err
}

// secret reads without the editor where that hides nothing: on a terminal that is dumb or without a
// size, as expect's are.
func (k *liveKeyboard) secret(prompt string) (string, error) {
	if width, _, err := term.GetSize(int(k.out.Fd())); err == nil && width > 0 && liner.TerminalSupported() {
		return k.read(prompt, (*liner.State).PasswordPrompt)
	}
	io.WriteString(k.out, prompt)
	line, err := term.ReadPassword(int(k.in.Fd()))
	io.WriteString(k.out, "\n")
	return string(line), err
}

// read prints all but the last line of a prompt itself: the editor wants a single one.
func (k *liveKeyboard) read(prompt string, read func(*liner.State, string) (string, error)) (string, error) {
	if k.edit == nil {
		k.open()
	}
	if i := strings.LastIndexByte(prompt, '\n'); i >= 0 {
		io.WriteString(k.out, prompt[:i+1])
		prompt = prompt[i+1:]
	}
	line, err := onceAsked(prompt, func(prompt string) (string, error) { return read(k.edit, prompt) })
	switch {
	case errors.Is(err, liner.ErrPromptAborted):
		return "", errCtrlC
	case err != nil:
		io.WriteString(k.out, "\n")
	}
	return line, err
}

func (k *liveKeyboard) open() {
	k.edit = liner.NewLiner()
	k.edit.SetCtrlCAborts(true)
	k.edit.SetTabCompletionStyle(liner.TabPrints)
	k.edit.SetWordCompleter(func(line string, pos int) (string, []string, string) {
		words, from, to := k.choices(line, bytesBefore(line, pos))
		return line[:from], words, line[to:]
	})
}

func (k *liveKeyboard) live() bool { return true }

func (k *liveKeyboard) complete(choices func(string, int) ([]string, int, int)) { k.choices = choices }

// close gives the terminal back as it was.
func (k *liveKeyboard) close() {
	if k.edit != nil {
		k.edit.Close()
	}
}

// bytesBefore returns how many bytes the first characters of a line are.
func bytesBefore(line string, characters int) int {
	at := 0
	for ; characters > 0 && at < len(line); characters-- {
		_, size := utf8.DecodeRuneInString(line[at:])
		at += size
	}
	return at
}

package shell

import (
	"slices"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/voice"
)

// Ended is a line that has ended: one typed at bash, or that a tool has carried out, from wherever
// it read it.
type Ended struct {
	Terminal int
	Dir      string       // where bash was
	Tool     string       // the program that read it
	Line     string       // "" for the start of a tool
	Args     []string     // of the start of a tool, without its name
	Status   int          // of bash, and of a tool that has ended
	Err      error        // of a tool: carries a retcode.Code where the HSM answered with one
	Secrets  []string     // answers to hidden questions, since the line before
	By       command.Tool // the tool; nil for bash
	Typed    bool         // at the terminal's prompt
	Noted    bool         // something was said to it in the playground's voice
	Exits    []Exit       // of bash: how the programs of the line ended, where the line's status does not tell
}

// Exit is how a program of a line ended: one that ran more than once by its first failure.
type Exit struct {
	Program string
	Status  int
}

// exitsMax is how many programs of a line are told apart.
const exitsMax = 16

// exit notes how a program ended.
func (t *Terminal) exit(program string, status int) {
	program = program[strings.LastIndex(program, "/")+1:]
	t.mu.Lock()
	defer t.mu.Unlock()
	i := slices.IndexFunc(t.exits, func(e Exit) bool { return e.Program == program })
	switch {
	case i >= 0 && t.exits[i].Status == 0:
		t.exits[i].Status = status
	case i < 0 && len(t.exits) < exitsMax:
		t.exits = append(t.exits, Exit{program, status})
	}
}

// tookExits are the exits since they were taken last; none where all are the line's own.
func (t *Terminal) tookExits(status int) []Exit {
	t.mu.Lock()
	defer t.mu.Unlock()
	exits := t.exits
	t.exits = nil
	if !slices.ContainsFunc(exits, func(e Exit) bool { return e.Status != status }) {
		return nil
	}
	return exits
}

// ended tells the host of a line, and says what that answers. Nobody hears of an empty one.
func (t *Terminal) ended(e Ended) {
	if t.m.o.Ended == nil || e.Line == "" && e.Args == nil {
		return
	}
	t.mu.Lock()
	e.Noted = len(t.screen.notes) > 0
	e.Terminal, e.Dir, e.Secrets, t.secrets = t.Number, t.saved.Dir, t.secrets, nil
	t.mu.Unlock()
	var notes []voice.Note
	t.m.Do(func() { notes = t.m.o.Ended(e) })
	for _, n := range notes {
		t.say(n)
	}
}

// secret remembers the answer to a hidden question until the line has ended that asked it.
func (t *Terminal) secret(answer string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.secrets = append(t.secrets, answer)
}

// Dir is the working directory of bash as of its last prompt.
func (t *Terminal) Dir() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.saved.Dir
}

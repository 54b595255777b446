package shell

import (
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

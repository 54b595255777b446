package shell

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"hsmplay/core/command"
	"hsmplay/core/voice"
	"mvdan.cc/sh/v3/expand"
)

// Process is a running program as it sees itself, and all that it may ask of the machine. A program
// returns its exit status; one that went over a limit of its line, was stopped, or writes where
// nobody reads ends inside the method that it called.
//
//   - streams: Print, Complain, Errorf, Stdin, OnTerminal, ToTerminal, Columns; Note is the playground's own voice
//   - files: Open, ReadFile, WriteFile and, by row, Stat, List, Put, Store, Change, Remove, Rename (process_files.go)
//   - other programs: Run, Spawn, Which (process_run.go)
//   - user, environment, clock, chance and limits: process_machine.go
//   - the cluster: World, Wait, Sleep
type Process struct {
	Args []string // with the name it was called by first
	Dir  string   // working directory

	t       *Terminal
	m       *Machine
	ctx     context.Context
	budget  *budget
	env     expand.Environ
	in      io.Reader // nil: the terminal
	out     io.Writer
	err     io.Writer
	root    bool // under sudo
	behind  bool // in the background: it never takes the terminal
	sh      *bash
	line    uint // of the script, 0 for none
	lines   *bufio.Reader
	rest    string   // of a typed line that is not read yet
	builtin bool     // it stands for a builtin of bash
	locked  bool     // it holds the world's lock
	held    []func() // prints until the lock is free
	stays   bool     // Ctrl-C ends its command, not itself
}

// exit is thrown to end a program from deep inside.
type exit int

// Exit ends the program with a status.
func (p *Process) Exit(status int) { panic(exit(status)) }

// Env returns a variable of the environment, "" if there is none.
func (p *Process) Env(name string) string {
	if p.env == nil {
		return ""
	}
	return p.env.Get(name).String()
}

// Print writes to standard output.
func (p *Process) Print(text string) { p.put(p.out, text, false) }

// Printf writes to standard output.
func (p *Process) Printf(format string, args ...any) {
	p.put(p.out, fmt.Sprintf(format, args...), false)
}

// Write writes to standard output; it never fails, a process that cannot write ends.
func (p *Process) Write(data []byte) (int, error) {
	p.put(p.out, string(data), false)
	return len(data), nil
}

// Complain writes to standard error, with the program's name in front, and returns 1: the status of
// most failures.
func (p *Process) Complain(format string, args ...any) int {
	p.put(p.err, p.Args[0]+": "+fmt.Sprintf(format, args...)+"\n", true)
	return 1
}

// Faulty writes what a builtin of bash complains of, with the shell and the script's line in front.
func (p *Process) Faulty(format string, args ...any) {
	p.Errorf("%s%s\n", p.prefix(), fmt.Sprintf(format, args...))
}

// Errorf writes to standard error as it is.
func (p *Process) Errorf(format string, args ...any) {
	p.put(p.err, fmt.Sprintf(format, args...), true)
}

// put writes; aside says that it is for standard error.
func (p *Process) put(to io.Writer, text string, aside bool) {
	if p.locked {
		p.held = append(p.held, func() { p.put(to, text, aside) })
		return
	}
	if intoPipe(to) {
		p.check(p.budget.pipe(len(text)))
	} else {
		p.check(p.budget.write(len(text)))
	}
	for len(text) > 0 {
		piece := text[:min(len(text), 32<<10)]
		if _, err := io.WriteString(to, piece); err != nil {
			p.unwritten(err, aside)
			return
		}
		text = text[len(piece):]
		p.Yield()
	}
}

// unwritten ends a program whose output is lost: without a word where nobody reads it any more.
func (p *Process) unwritten(err error, aside bool) {
	var why Errno
	switch {
	case aside && errors.Is(err, BadDescriptor): // there is nobody to tell
		return
	case aside || !errors.As(err, &why):
		panic(errPipe)
	case p.builtin:
		p.Errorf("%s", p.prefix())
	}
	p.Exit(p.Complain("write error: %s", why))
}

// intoPipe reports whether a writer is the interpreter's end of a pipe: of the host's natively, of
// Go's in a page.
func intoPipe(to io.Writer) bool {
	if _, ok := to.(*io.PipeWriter); ok {
		return true
	}
	_, ok := to.(interface{ Fd() uintptr })
	return ok
}

// Yield is called in long loops: it ends the program when its line was stopped, and lets others go
// on.
func (p *Process) Yield() { p.check(p.ctx.Err()) }

func (p *Process) check(err error) {
	if err != nil {
		panic(err)
	}
}

// Note says something in the playground's voice.
func (p *Process) Note(id voice.ID, args ...any) { p.t.say(voice.Say(id, args...)) }

// World runs f under the world's lock: all that a program does with the engine. f must not wait or
// read; what it prints goes out when the lock is free again.
func (p *Process) World(f func()) {
	p.m.Do(func() {
		p.t.enter()
		p.locked = true
		defer func() { p.locked = false }()
		f()
	})
	held := p.held
	p.held = nil
	for _, print := range held {
		print()
	}
}

// Stdin returns standard input. On the terminal each line is one of the learner's.
func (p *Process) Stdin() *bufio.Reader {
	if p.lines == nil {
		var in io.Reader = (*terminalReader)(p)
		if p.in != nil {
			in = &reader{p, p.in}
		} else if p.behind {
			in = strings.NewReader("")
		}
		p.lines = bufio.NewReader(in)
	}
	return p.lines
}

// OnTerminal reports whether standard input is the terminal.
func (p *Process) OnTerminal() bool { return p.in == nil && !p.behind }

// reader counts what is read, so that a program that only reads can be stopped too.
type reader struct {
	p *Process
	r io.Reader
}

func (r *reader) Read(data []byte) (int, error) {
	r.p.Yield()
	n, err := r.r.Read(data)
	r.p.check(r.p.budget.step())
	return n, err
}

// terminalReader reads the learner's lines.
type terminalReader Process

func (r *terminalReader) Read(data []byte) (int, error) {
	p := (*Process)(r)
	if p.rest != "" {
		n := copy(data, p.rest)
		p.rest = p.rest[n:]
		return n, nil
	}
	in := p.ask(handover{state: Ready})
	switch in.kind {
	case typed:
		p.rest = in.line + "\n"
		return r.Read(data)
	case interrupted:
		p.t.stop()
		p.Yield()
	}
	return 0, io.EOF
}

// AskHidden asks on the terminal, as a program that opens /dev/tty does: standard input stays as it
// is. It is false where nobody answers, as behind the prompt.
func (p *Process) AskHidden(question string) (answer string, ok bool) {
	if p.behind {
		p.Errorf("%s", question)
		return "", false
	}
	in := p.ask(handover{state: Asks, prompt: question, hidden: true})
	if in.kind == interrupted {
		p.t.stop()
		p.Yield()
	}
	if in.kind == typed {
		p.t.secret(in.line)
	}
	return in.line, in.kind == typed
}

// ask hands the terminal over and returns the host's answer. Processes of a pipe take turns.
func (p *Process) ask(h handover) input {
	p.t.fore.Lock()
	defer p.t.fore.Unlock()
	if p.budget.forks.Load() > 0 || h.state == Waits {
		time.Sleep(settle)
	}
	return p.t.handOver(p.ctx, h)
}

// settle is how long a process of a pipe lets the others print and begin to wait before it hands
// the terminal over.
const settle = 3 * time.Millisecond

// handOver stops the process until the host answers.
func (t *Terminal) handOver(ctx context.Context, h handover) input {
	if t.killed.Load() {
		return input{kind: hangup}
	}
	if ctx != nil && ctx.Err() != nil {
		return input{kind: interrupted}
	}
	t.toHost <- h
	in := <-t.toProc
	if l, ok := ctx.(*leash); ok && in.kind == typed {
		l.refresh()
	}
	return in
}

// Wait waits until w is over and returns its outcome, false if the program was interrupted. Work is
// done here, without the world's lock.
func (p *Process) Wait(w *command.Wait) (command.Outcome, bool) {
	w = p.within(w)
	var out command.Outcome
	if w.Work != nil && !p.work(w) {
		p.World(func() { out = w.End(command.Interrupted) })
		return out, false
	}
	done := false
	p.World(func() { out, done = w.Poll() })
	switch {
	case done:
		return out, true
	case p.behind:
		return p.waitBehind(w)
	case p.ctx.Err() != nil:
		p.World(func() { out = w.End(command.Interrupted) })
		return out, false
	}
	in := p.ask(handover{state: Waits, wait: w})
	switch in.kind {
	case over:
		return in.outcome, true
	case hangup:
		return out, false
	}
	if !p.stays {
		p.t.stop()
	}
	return in.outcome, false
}

// work lets the host do the long work of a wait, and reports whether it has ended. Ctrl-C does not
// wait for it: what it still makes is taken by nobody.
func (p *Process) work(w *command.Wait) bool {
	ctx, cancel := context.WithCancel(p.ctx)
	defer cancel()
	p.t.offer()
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.Work(ctx)
	}()
	select {
	case <-done:
		return true
	case <-p.ctx.Done():
		return false
	}
}

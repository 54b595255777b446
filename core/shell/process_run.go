package shell

import (
	"context"
	"io"
	"strings"
	"time"

	"hsmplay/core/command"
	"hsmplay/core/voice"
)

// Child is a program that another one runs: with its streams and environment, but for what is set
// here.
type Child struct {
	Args   []string // with the name first
	In     io.Reader
	Out    io.Writer
	Env    []Variable // nil: as the parent's
	Root   bool       // with root's rights
	Within int64      // milliseconds of the simulated clock after which it is ended, 0 for no limit
}

// ranOut is the status of a program that its time limit has ended, as timeout has it.
const ranOut = 124

// Run runs another program with this one's streams and returns its exit status.
func (p *Process) Run(args []string) int { return p.Spawn(Child{Args: args}) }

// Spawn runs a child until its end and returns its exit status.
func (p *Process) Spawn(c Child) int {
	q := *p
	q.Args = c.Args
	switch {
	case c.In != nil:
		q.in, q.lines = c.In, nil
	case p.OnTerminal():
		q.lines = nil
	default:
		q.lines = p.Stdin()
	}
	if c.Out != nil {
		q.out = c.Out
	}
	if c.Env != nil {
		q.env = &environ{vars: c.Env}
	}
	q.root = q.root || c.Root
	if c.Within > 0 {
		return p.spawnWithin(&q, c.Within)
	}
	r := p.sh.spawn(&q, q.Args)
	p.check(r.err)
	return r.status
}

// spawnWithin runs a child that ends at a time of the simulated clock, or when it has computed so
// long.
func (p *Process) spawnWithin(q *Process, ms int64) int {
	var now int64
	p.World(func() { now = p.m.now() })
	inner, cancel := context.WithTimeout(p.ctx, time.Duration(ms)*time.Millisecond)
	defer cancel()
	q.ctx = &leash{context.WithValue(inner, deadlineKey{}, deadline{now + ms, cancel}), p.budget}
	r := p.sh.spawn(q, q.Args)
	p.Yield()
	if inner.Err() != nil {
		return ranOut
	}
	p.check(r.err)
	return r.status
}

// deadlineKey is where a process finds its deadline in a context.
type deadlineKey struct{}

// deadline is until when a process may wait, in milliseconds of the simulated clock, and what ends
// it then.
type deadline struct {
	until int64
	end   context.CancelFunc
}

// within makes a wait end at the deadline of its process, if there is one.
func (p *Process) within(w *command.Wait) *command.Wait {
	last, ok := p.ctx.Value(deadlineKey{}).(deadline)
	if !ok {
		return w
	}
	short := *w
	short.Poll = func() (command.Outcome, bool) {
		if p.m.now() < last.until {
			return w.Poll()
		}
		last.end()
		return w.End(command.Interrupted), true
	}
	short.Due = func() int64 {
		due := int64(0)
		if w.Due != nil {
			due = w.Due()
		} else {
			due = w.Progress().Until
		}
		if due == 0 {
			return last.until
		}
		return min(due, last.until)
	}
	return &short
}

// Sleep waits until so many milliseconds have passed on the simulated clock.
func (p *Process) Sleep(ms int64) {
	var since int64
	p.World(func() { since = p.m.now() })
	until := since + ms
	_, ok := p.Wait(&command.Wait{
		Progress: func() command.Progress {
			return command.Progress{About: voice.Say(voice.ShellSleeps), Since: since, Until: until}
		},
		Poll: func() (command.Outcome, bool) { return command.Outcome{}, p.m.now() >= until },
		End:  func(command.Ending) command.Outcome { return command.Outcome{} },
		Due:  func() int64 { return until },
	})
	if !ok {
		p.Yield()
	}
}

// Which returns the path of the program or script that a name runs, "" for one that is nowhere, and
// whether there is one.
func (p *Process) Which(name string) (file string, ok bool) {
	row, file, why := p.sh.find(p, name)
	if row != nil {
		file = row.path()
	}
	return file, why == ""
}

// Advise notes what may have been meant by the last of the process's words, which name a program
// that there is not.
func (p *Process) Advise(words []string) {
	n := p.m.advice(words)
	before := command.Joined(p.Args[:len(p.Args)-len(words)]) + " "
	for i := 0; i+1 < len(n.Args) && (n.ID == voice.ShellNearest || n.ID == voice.ShellSaid); i += 2 {
		if name := n.Args[i]; (name == "line" || name == voice.Else) && !strings.HasPrefix(n.Args[i+1], "sudo ") {
			n.Args[i+1] = before + n.Args[i+1]
		}
	}
	p.t.say(n)
}

// prefix begins a message of bash on behalf of the process.
func (p *Process) prefix() string { return p.sh.prefix(p.line) }

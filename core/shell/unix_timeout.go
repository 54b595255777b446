package shell

import (
	"context"
	"strings"
	"time"

	"hsmplay/core/command"
)

// timeoutPrograms run another program in some other way.
var timeoutPrograms = []Program{
	{Name: "timeout", Means: "runs a command with a time limit", Run: runTimeout,
		Help: usage("timeout [-k TIME] [-s SIGNAL] DURATION COMMAND [ARG]...", "Run COMMAND and end it after DURATION; the status is 124 then.")},
	{Name: "nohup", Run: runThrough}, {Name: "setsid", Run: runThrough}, {Name: "stdbuf", Run: runThrough}, {Name: "nice", Run: runThrough},
	{Name: "flock", Run: runFlock, Help: usage("flock [-n] [-w SECONDS] FD|FILE [COMMAND [ARG]...]", "Take a lock, which is always free on this machine, and run COMMAND.")},
}

// deadlineKey is where a process finds its deadline in a context.
type deadlineKey struct{}

// deadline is until when a process may wait, in milliseconds of the simulated clock, and what ends it then.
type deadline struct {
	until int64
	end   context.CancelFunc
}

func runTimeout(p *Process) int {
	args := p.Args[1:]
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		if (args[0] == "-k" || args[0] == "-s") && len(args) > 1 {
			args = args[1:]
		}
		args = args[1:]
	}
	if len(args) < 2 {
		p.Errorf("Try 'timeout --help' for more information.\n")
		return 125
	}
	ms, ok := seconds(args[0])
	if !ok {
		p.misused(125, "invalid time interval "+quoted(args[0]))
	}
	if ms == 0 {
		return p.Run(args[1:])
	}
	var now int64
	p.World(func() { now = p.m.now() })
	inner, cancel := context.WithTimeout(p.ctx, time.Duration(ms)*time.Millisecond)
	defer cancel()
	q := *p
	q.ctx = &leash{context.WithValue(inner, deadlineKey{}, deadline{now + ms, cancel}), p.budget}
	q.Args, q.lines = args[1:], nil
	r := p.sh.spawn(&q, args[1:])
	p.Yield()
	if inner.Err() != nil {
		return 124
	}
	p.check(r.err)
	return r.status
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

// runThrough runs a command as it is: there are no hangups, sessions or priorities here.
func runThrough(p *Process) int {
	args := p.Args[1:]
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		if args[0] == "-n" && len(args) > 1 {
			args = args[1:]
		}
		args = args[1:]
	}
	if len(args) == 0 {
		p.misused(125, "missing operand")
	}
	return p.Run(args)
}

func runFlock(p *Process) int {
	args := p.Args[1:]
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		if args[0] == "-w" && len(args) > 1 {
			args = args[1:]
		}
		args = args[1:]
	}
	switch {
	case len(args) == 0:
		p.misused(64, "requires a file descriptor, file or directory")
	case len(args) == 1:
		return 0
	case args[1] == "-c" && len(args) > 2:
		return p.Run([]string{"sh", "-c", args[2]})
	}
	return p.Run(args[1:])
}

package shell

import (
	"context"
	"slices"
	"time"
)

// Root reports whether the process runs with root's rights.
func (p *Process) Root() bool { return p.root }

// User is the name of the user that the process runs as.
func (p *Process) User() string {
	if p.root {
		return "root"
	}
	return "ec2-user"
}

// Environ returns the exported variables of the environment, by name.
func (p *Process) Environ() []Variable { return exportedOf(p.env) }

// IsSet reports whether a variable of the shell is set, exported or not.
func (p *Process) IsSet(name string) bool { return p.env.Get(name).IsSet() }

// Now is the time that files are marked with: simulated milliseconds.
func (p *Process) Now() (now int64) {
	p.World(func() { now = p.m.now() })
	return now
}

// Date is a time of the files as a calendar has it, in UTC.
func (p *Process) Date(ms int64) time.Time { return time.UnixMilli(p.began() + ms).UTC() }

// Time is the reverse of Date.
func (p *Process) Time(date time.Time) int64 { return date.UnixMilli() - p.began() }

// began is when the simulated clock stood at 0, in milliseconds since 1970.
func (p *Process) began() (ms int64) {
	p.World(func() { ms = p.m.epoch() - p.m.now() })
	return ms
}

// Columns is the width of the terminal in characters.
func (p *Process) Columns() int { return p.t.Columns() }

// ToTerminal reports whether standard output is the terminal.
func (p *Process) ToTerminal() bool {
	_, ok := p.out.(terminalWriter)
	return ok
}

// Chance returns a number from 0 to n-1 by the machine's own chance, which is not for keys.
func (p *Process) Chance(n int) (number int) {
	p.World(func() { number = p.m.chance.IntN(n) })
	return number
}

// Limits are those of the line that the process belongs to.
func (p *Process) Limits() Limits { return p.budget.limits }

// Room ends the program when it is about to hold more bytes than one expansion may make.
func (p *Process) Room(bytes int64) { p.check(p.budget.room(bytes)) }

// Step counts a step of a loop that neither reads nor prints.
func (p *Process) Step() { p.check(p.budget.step()) }

// Steps counts a step that does as much as so many.
func (p *Process) Steps(n int) {
	p.budget.steps.Add(int64(n) - 1)
	p.Step()
}

// SetVariable returns a list of variables with an exported one added or replaced.
func SetVariable(list []Variable, name, value string) []Variable {
	return setVariable(list, name, value, true)
}

// UnsetVariable returns a list of variables without one.
func UnsetVariable(list []Variable, name string) []Variable {
	return slices.DeleteFunc(slices.Clone(list), func(v Variable) bool { return v.Name == name })
}

// HungUp reports whether the terminal of the process is being closed.
func (p *Process) HungUp() bool { return p.t.life.Err() != nil || p.t.killed.Load() }

// Counted is a context for code that asks one at each of its steps whether it goes on: each counts
// as Step does.
func (p *Process) Counted() context.Context { return counted{p.ctx, p} }

type counted struct {
	context.Context
	p *Process
}

// Done counts a step.
func (c counted) Done() <-chan struct{} {
	c.p.Step()
	return c.Context.Done()
}

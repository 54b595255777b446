package shell

import (
	"slices"

	"hsmplay/core/command"
)

// background is a wait of a job that runs beside its terminal: it never takes the terminal.
type background struct {
	terminal *Terminal
	wait     *command.Wait
	over     chan command.Outcome
}

// pollBackground lets the jobs go on whose wait is over and reports whether there was one.
func (m *Machine) pollBackground() bool {
	m.mu.Lock()
	list := slices.Clone(m.later)
	m.mu.Unlock()
	moved := false
	for _, b := range list {
		var out command.Outcome
		done := false
		m.Do(func() { b.terminal.enter(); out, done = b.wait.Poll() })
		if done && m.drop(b) {
			b.over <- out
			moved = true
		}
	}
	return moved
}

// drop takes a wait off the list and reports whether it was there.
func (m *Machine) drop(b *background) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := slices.Index(m.later, b)
	if i < 0 {
		return false
	}
	m.later = slices.Delete(m.later, i, i+1)
	return true
}

// waitBehind waits without taking the terminal, until the wait is over or the job is ended.
func (p *Process) waitBehind(w *command.Wait) (command.Outcome, bool) {
	b := &background{p.t, w, make(chan command.Outcome, 1)}
	p.m.mu.Lock()
	p.m.later = append(p.m.later, b)
	p.m.mu.Unlock()
	select {
	case out := <-b.over:
		return out, true
	case <-p.ctx.Done():
		p.m.drop(b)
		var out command.Outcome
		p.World(func() { out = w.End(command.Interrupted) })
		return out, false
	}
}

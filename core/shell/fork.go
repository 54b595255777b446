package shell

import (
	"math/rand/v2"
	"slices"
)

// Fork returns an instance with other options whose terminals stand as this one's: each begins at
// its prompt with directory, variables and history, as [Machine.Restore] has it, but only when it
// is used first. Jobs in the background, open questions and waits stay behind. It is called under
// [Machine.Do].
func (m *Machine) Fork(o Options) *Machine { return m.Rest().Machine(o) }

// Rest is an instance at rest, as plain data: what [Machine.Fork] takes along. Lists are shared
// with the instance, which only adds to them.
type Rest struct {
	Terminals []Saved
	dice      rand.PCG
	fresh     bool // there is none
	number    int
}

// Rest returns how the instance stands. It is called under [Machine.Do].
func (m *Machine) Rest() Rest {
	r := Rest{dice: *m.dice}
	m.mu.Lock()
	defer m.mu.Unlock()
	r.number = m.number
	for _, t := range m.terminals {
		r.Terminals = append(r.Terminals, t.stand())
	}
	return r
}

// Rested returns an instance at rest with saved terminals. Its chance begins anew with a machine.
func Rested(terminals []Saved) Rest {
	r := Rest{Terminals: slices.SortedFunc(slices.Values(terminals), func(a, b Saved) int { return a.Number - b.Number }), fresh: true}
	if n := len(terminals); n > 0 {
		r.number = r.Terminals[n-1].Number
	}
	return r
}

// Machine returns an instance that goes on from there.
func (r Rest) Machine(o Options) *Machine {
	f := New(o)
	if !r.fresh {
		f.dice = &r.dice
		f.chance = rand.New(f.dice)
	}
	f.number = r.number
	for _, s := range r.Terminals {
		f.terminals = append(f.terminals, f.asleep(s))
	}
	return f
}

// asleep makes a terminal whose bash is yet to begin.
func (m *Machine) asleep(s Saved) *Terminal {
	t := m.terminal(m.housed(s))
	t.Number, t.asleep = s.Number, true
	return t
}

// stand is [Terminal.Save] under the world's lock.
func (t *Terminal) stand() Saved {
	s, tool := t.bare()
	if tool != nil {
		s.State = tool.Save()
	}
	return s
}

// Resting returns how the terminals of a fork stand that have not been used yet: their tools wait
// to go on.
func (m *Machine) Resting() []Saved {
	var list []Saved
	for _, t := range m.Terminals() {
		if t.sleeps() {
			list = append(list, t.saved)
		}
	}
	return list
}

// wake lets the bash of a terminal of a fork begin, before the terminal is used.
func (t *Terminal) wake() {
	if !t.sleeps() {
		return
	}
	t.host.Lock()
	defer t.host.Unlock()
	if !t.sleeps() { // somebody else has been faster
		return
	}
	t.mu.Lock()
	t.asleep, t.at.state = false, Runs
	t.mu.Unlock()
	go t.live(t.saved)
	t.await()
}

func (t *Terminal) sleeps() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.asleep
}

// Shut closes all terminals, for an instance that is used no more: those that have begun would hold
// it for ever.
func (m *Machine) Shut() {
	for _, t := range m.Terminals() {
		if !t.sleeps() {
			t.Close()
		}
	}
}

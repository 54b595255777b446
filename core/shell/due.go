package shell

import "hsmplay/core/command"

// Due returns when time alone next changes something about what the terminal waits for, in
// simulated milliseconds; 0 is never, also where it does not wait.
func (t *Terminal) Due() (due int64) {
	if w := t.waiting(); w != nil {
		t.m.Do(func() { due = dueOf(w) })
	}
	return due
}

// dueOf is when time alone next changes something about a wait. The caller holds the world's lock.
func dueOf(w *command.Wait) int64 {
	switch {
	case w.Due != nil:
		return w.Due()
	case w.Progress != nil:
		return w.Progress().Until
	}
	return 0
}

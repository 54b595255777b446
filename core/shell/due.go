package shell

// Due returns when time alone next changes something about what the terminal waits for, in simulated milliseconds; 0 is
// never, also where it does not wait.
func (t *Terminal) Due() (due int64) {
	w := t.waiting()
	if w == nil {
		return 0
	}
	t.m.Do(func() {
		switch {
		case w.Due != nil:
			due = w.Due()
		case w.Progress != nil:
			due = w.Progress().Until
		}
	})
	return due
}

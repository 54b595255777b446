package sim

import "hsmplay/core/shell"

// Advance lets simulated milliseconds pass and returns the time, and when something happens by
// itself next; 0 is never.
func (w *World) Advance(ms int64) (now, due int64) {
	w.advance(ms)
	return w.Clock()
}

// Clock returns the simulated time, and when something happens by itself next; 0 is never.
func (w *World) Clock() (now, due int64) {
	due = w.machine.Due()
	w.machine.Do(func() {
		now = w.cluster.Now
		if d := w.cluster.Due(); d > 0 && (due == 0 || d < due) {
			due = d
		}
	})
	return now, due
}

// Jump moves the clock to the next moment at which time alone changes something about what a
// terminal waits for. False means that there is none, or that it does not wait.
func (w *World) Jump(terminal int) bool {
	t := w.machine.Terminal(terminal)
	if t == nil {
		return false
	}
	due := t.Due()
	if due == 0 {
		return false
	}
	w.advance(due - w.cluster.Now)
	return true
}

// advance lets time pass, and those go on who have waited for it.
func (w *World) advance(ms int64) {
	w.machine.Do(func() {
		before := w.cluster.LastEvent()
		w.cluster.Terminal = 0
		w.cluster.Advance(ms)
		if w.cluster.LastEvent() > before {
			w.ran.settle(w)
		}
	})
	w.machine.Poll()
}

// GiveUp ends a terminal's wait because nothing that is due can end it.
func (w *World) GiveUp(terminal int) Turn {
	t := w.machine.Terminal(terminal)
	if t == nil {
		return Turn{Terminal: terminal, State: "closed"}
	}
	turn := w.machine.GiveUp(t)
	w.machine.Poll()
	return turn
}

// See tells the world the host's wall clock, milliseconds since 1970, and lets the time pass that
// has passed there since the last call, which may have been before the world was saved. A clock
// that was set back moves nothing. A world that no host has seen begins at the time that Date
// tells, but not before since.
func (w *World) See(wall, since int64) (now, due int64) {
	if w.seen == 0 {
		w.seen = max(w.Date(), since)
	}
	passed := max(wall-w.seen, 0)
	w.seen = wall
	return w.Advance(passed)
}

// Date returns the simulated wall clock, milliseconds since 1970.
func (w *World) Date() (date int64) {
	w.machine.Do(func() { date = w.cluster.Wall + w.cluster.Now })
	return date
}

// diskClock is the clock of a real directory. It is read under the world's lock.
func (w *World) diskClock() shell.DiskClock {
	return shell.DiskClock{Strict: w.options.Strict, Now: func() int64 { return w.cluster.Now },
		Epoch: func() int64 { return w.cluster.Wall + w.cluster.Now }}
}

// SetDate sets the simulated wall clock; nothing happens by it.
func (w *World) SetDate(date int64) {
	w.machine.Do(func() { w.cluster.Wall = date - w.cluster.Now })
}

package shell

import (
	"context"
	"slices"
)

// push puts a program that reads lines on the terminal's stack.
func (t *Terminal) push(r *running) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.stack = append(t.stack, r)
}

// pop takes it off again.
func (t *Terminal) pop(r *running) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if i := slices.Index(t.stack, r); i >= 0 {
		t.stack = slices.Delete(t.stack, i, i+1)
	}
}

// top returns the program that reads the next line.
func (t *Terminal) top() *running {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.stack) == 0 {
		return nil
	}
	return t.stack[len(t.stack)-1]
}

func (t *Terminal) setUser(r *running, user string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r.user = user
}

func (t *Terminal) setCode(code *uint32) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.screen.code = code
}

func (t *Terminal) setStatus(status int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.screen.status = status
}

func (t *Terminal) lastStatus() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.screen.status
}

// setCancel sets what Ctrl-C does while a line runs.
func (t *Terminal) setCancel(cancel context.CancelFunc) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cancel = cancel
}

// lineContext is what Ctrl-C ends from now on: called when a line was typed, and a Ctrl-C since
// then counts. One that came before, while the last line ended, does not.
func (t *Terminal) lineContext() context.Context {
	ctx, cancel := context.WithCancel(t.life)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cancel = cancel
	if t.stopped == t.inputs {
		cancel()
	}
	return ctx
}

// swapCancel sets what Ctrl-C does and returns what it did before.
func (t *Terminal) swapCancel(cancel context.CancelFunc) context.CancelFunc {
	t.mu.Lock()
	defer t.mu.Unlock()
	before := t.cancel
	t.cancel = cancel
	return before
}

package shell

import (
	"context"
	"strconv"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
)

// of is what the shell with some variables knows. It is called under the lock.
func (f *failures) of(env expand.Environ) *failing {
	if inner := f.inner[env.Get(ownFailure).String()]; inner != nil {
		return inner
	}
	return &f.failing
}

// enter begins a subshell with the options of the shell around it, and gives it a number.
func (f *failures) enter(env expand.Environ) (inner *failing, number string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.inner == nil {
		f.inner = map[string]*failing{}
	}
	outer := f.of(env)
	f.shells++
	inner, number = &failing{traced: outer.traced, errexit: outer.errexit}, strconv.Itoa(f.shells)
	f.inner[number] = inner
	return inner, number
}

// left ends the subshell with some variables, and reports whether errexit has ended it and its ERR
// trap has not run for that.
func (f *failures) left(env expand.Environ) (inner *failing, open bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	inner = f.of(env)
	open = inner.open && inner.ends && !inner.leaves && !inner.dying
	inner.open = false
	return inner, open
}

// returned notes that a function returns with a failure.
func (f *failures) returned(env expand.Environ, status string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if status != "0" {
		f.of(env).returns = env.Get(inFunction).String()
	}
}

// leavesNow notes that the shell with some variables ends for a reason that sets off no ERR trap.
func (f *failures) leavesNow(env expand.Environ) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.of(env).leaves = true
}

// inheritError gives a subshell the ERR trap of the shell around it under `set -E`: the interpreter
// gives it none. Where failures do not count, they do not in the subshell either.
func (b *bash) inheritError(ctx context.Context) error {
	hc := interp.HandlerCtx(ctx)
	b.failure.mu.Lock()
	traced := b.failure.of(hc.Env).traced
	b.failure.mu.Unlock()
	if !traced || hc.Env.Get(trapVariable+"ERR").String() == "" || hc.Env.Get(uncounted).IsSet() {
		return nil
	}
	return hc.Builtin(ctx, []string{"trap", watchErrors, "ERR"})
}

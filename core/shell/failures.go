package shell

import (
	"context"
	"strconv"
	"sync"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// failing is what a shell or a subshell knows about the failure that its ERR trap is for.
type failing struct {
	open    bool   // a statement has failed and nobody has looked yet
	ends    bool   // errexit ends the shell for it
	dying   bool   // errexit ends the shell from within a function, where the trap does not reach
	handles bool   // the trap's text is running
	leaves  bool   // `exit` was called
	reached bool   // the text ran to its end
	status  string // that the trap was set off with
	returns string // what inFunction was where `return` was called
	code    string // that a subshell has ended with
	stack   string // sets the lists of the functions that ran when it failed
	traced  bool   // set -E: functions and subshells have the trap too
	errexit bool   // set -e
}

// failures are those of a shell and its subshells.
type failures struct {
	mu sync.Mutex
	failing
	inner   map[string]*failing // of subshells that run
	shells  int                 // how many there have been
	errors  bool                // ERR is mentioned in what this shell has read
	fast    bool                // set -e is mentioned in what this shell has read
	nounset bool                // set -u
	strict  bool                // it is set for good
	mentioned
	before  *syntax.Stmt      // see ranBefore
	outer   *complaints       // see openTrace
	steps   bool              // set -T: functions have the traps for DEBUG and RETURN too
	debugs  bool              // DEBUG is mentioned in what this shell has read
	returns bool              // RETURN is
	told    map[uint][]string // the statements of each line, as they were typed
}

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

package shell

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// The variables of a shell in which its traps are kept, so that a subshell has its own:
// _hsmplay_trap_EXIT holds the numbers of two kept texts, as it was typed and as it runs.
const (
	trapVariable = "_hsmplay_trap_"
	trapLine     = "_hsmplay_line"
	trapCommand  = "_hsmplay_command"
	inFunction   = "_hsmplay_function"  // the line on which the function was called
	ownTrap      = "_hsmplay_own"       // the EXIT trap that a subshell has inherited and does not run
	ownFailure   = "_hsmplay_sub"       // the number of a subshell, see failures.inner
	uncounted    = "_hsmplay_uncounted" // of functions whose failures do not count
)

// conditions are what can be trapped, in the order in which bash lists them. Of the signals those
// arrive that kill sends to the shell itself, and Ctrl-C (signals.go).
var conditions = []struct{ name, number, shown string }{
	{"EXIT", "0", "EXIT"}, {"HUP", "1", "SIGHUP"}, {"INT", "2", "SIGINT"}, {"QUIT", "3", "SIGQUIT"}, {"USR1", "10", "SIGUSR1"},
	{"USR2", "12", "SIGUSR2"}, {"PIPE", "13", "SIGPIPE"}, {"ALRM", "14", "SIGALRM"}, {"TERM", "15", "SIGTERM"},
	{"CHLD", "17", "SIGCHLD"}, {"CONT", "18", "SIGCONT"}, {"TSTP", "20", "SIGTSTP"}, {"WINCH", "28", "SIGWINCH"},
	{"DEBUG", "", "DEBUG"}, {"ERR", "", "ERR"}, {"RETURN", "", "RETURN"},
}

// condition returns the index of a condition by name or number, -1 for none.
func condition(word string) int {
	name := strings.TrimPrefix(strings.ToUpper(word), "SIG")
	for i, row := range conditions {
		if name == row.name || word == row.number && word != "" {
			return i
		}
	}
	return -1
}

// noteFailure is what the interpreter's ERR trap runs: with $? and $-.
func (b *bash) noteFailure(ctx context.Context, args []string) error {
	env := interp.HandlerCtx(ctx).Env
	b.failure.mu.Lock()
	defer b.failure.mu.Unlock()
	ends := strings.Contains(args[1], "e")
	switch f := b.failure.of(env); {
	case f.handles || f.dying || f.leaves:
	case ends && b.silent.Load():
		f.leaves = true
	case f.returns != "" && f.returns == env.Get(inFunction).String():
		// the call has failed, not the `return`
		line, _ := strconv.Atoi(f.returns)
		b.line.Store(uint32(line))
	case env.Get(inFunction).IsSet() && !f.traced:
		f.dying = ends
	default:
		if !f.open {
			f.stack = listText(env, functionsVariable) + listText(env, linesVariable)
		}
		f.open, f.ends = true, ends
	}
	return b.exitStatus(ctx, args[:1])
}

// listText sets an array to what it is.
func listText(env expand.Environ, name string) string {
	return name + "=(" + strings.Join(env.Get(name).List, " ") + "); "
}

// entered marks the scope of a function. It begins without the RETURN trap that is set outside, but
// under `set -T`.
func (b *bash) entered(ctx context.Context, args []string) error {
	hc := interp.HandlerCtx(ctx)
	mark := fmt.Sprintf("local %s=%d", inFunction, b.line.Load())
	b.failure.mu.Lock()
	b.failure.of(hc.Env).returns = ""
	if hc.Env.Get(trapVariable+"RETURN").String() != "" && !b.failure.steps {
		mark += " " + trapVariable + "RETURN="
	}
	b.failure.mu.Unlock()
	if err := hc.Builtin(ctx, []string{"eval", mark}); err != nil {
		return err
	}
	return b.exitStatus(ctx, args)
}

// caught stands behind a statement: its kind, line and text, and its status. It sets off the ERR
// trap if the statement has failed, and has its status.
func (b *bash) caught(ctx context.Context, args []string) error {
	env := interp.HandlerCtx(ctx).Env
	inside := env.Get(inFunction).IsSet()
	b.failure.mu.Lock()
	f := b.failure.of(env)
	runs := f.open && !f.handles && args[0] == "leaf" && args[3] != "0" && (f.traced || !inside)
	f.open = false
	b.failure.mu.Unlock()
	if runs {
		number, _ := strconv.Atoi(args[2])
		if err := b.runNamed(ctx, "ERR", args[3], args[1], b.t.keptText(number)); err != nil {
			return err
		}
	}
	return b.exitStatus(ctx, args[3:])
}

// runNamed carries the text of a trap out that stands between commands. What it returns ends the
// shell or the function.
func (b *bash) runNamed(ctx context.Context, name, status, line, command string) error {
	hc := interp.HandlerCtx(ctx)
	_, text := b.trapText(hc.Env.Get(trapVariable + name).String())
	if text == "" {
		return nil
	}
	b.failure.mu.Lock()
	f := b.failure.of(hc.Env)
	b.failure.mu.Unlock()
	defer b.handle(f, status)()
	err := hc.Builtin(ctx, []string{"eval", trapPrelude(status, line, command) + text + "\n" + hidden + "reached"})
	b.failure.mu.Lock()
	defer b.failure.mu.Unlock()
	if f.reached {
		return nil
	}
	return err
}

// handle marks that a trap is running, until the function that it returns is called.
func (b *bash) handle(f *failing, status string) (done func()) {
	set := func(on bool) {
		b.failure.mu.Lock()
		defer b.failure.mu.Unlock()
		f.handles, f.reached, f.status = on, false, status
	}
	set(true)
	return func() { set(false) }
}

// trapPrelude sets what the text of a trap may ask for, and puts it on the line of what has set it
// off.
func trapPrelude(status, line, command string) string {
	n, _ := strconv.Atoi(line)
	return strings.Repeat("\n", max(n-1, 0)) +
		fmt.Sprintf("%s=%s %s=%s; %sstatus %s && %[5]sstatus 0; ", trapLine, line, trapCommand, quote(command), hidden, status)
}

// trapEnd is the last command of a trap's text.
func (b *bash) trapEnd(ctx context.Context, _ []string) error {
	b.failure.mu.Lock()
	defer b.failure.mu.Unlock()
	b.failure.of(interp.HandlerCtx(ctx).Env).reached = true
	return nil
}

// trapText returns a trap's text as it was typed and as it runs.
func (b *bash) trapText(numbers string) (typed, runs string) {
	first, second, ok := strings.Cut(numbers, ":")
	if !ok {
		return "", ""
	}
	i, _ := strconv.Atoi(first)
	j, _ := strconv.Atoi(second)
	return b.t.keptText(i), b.t.keptText(j)
}

// rewriteTrap makes the text of a trap safe and lets [bash.trap] keep it.
func rewriteTrap(b *bash, ctx context.Context, args []string) []string {
	if len(args) > 1 && args[1] == "--" {
		args = append(args[:1:1], args[2:]...)
	}
	args = append([]string{hidden + "trap"}, args[1:]...)
	if len(args) < 3 || args[1] == "-" || args[1] == "" || args[1] == "-p" || args[1] == "-l" {
		return args
	}
	stmts, err := read(b.keyedText(args[1]))
	exits := slices.ContainsFunc(args[2:], func(word string) bool { return condition(word) == 0 })
	if err == nil {
		stmts, err = b.prepareTrap(stmts, exits)
	}
	text, ok := b.safeStmts(ctx, "trap", stmts, err)
	if !ok {
		return status(2)
	}
	numbers := fmt.Sprintf("%d:%d", b.t.keepText(args[1]), b.t.keepText(text))
	return slices.Concat([]string{hidden + "trap", numbers}, args[2:])
}

// trap carries the builtin out: the numbers of the texts, - or "", and the conditions.
func (b *bash) trap(ctx context.Context, args []string) error {
	switch {
	case len(args) == 0 || args[0] == "-p":
		return b.listTraps(ctx, args[min(1, len(args)):])
	case args[0] == "-l":
		return nil
	case len(args) == 1 && condition(args[0]) < 0:
		fmt.Fprint(raw(interp.HandlerCtx(ctx).Stderr), "trap: usage: trap [-lp] [[arg] signal_spec ...]\n")
		return interp.ExitStatus(2)
	case len(args) == 1:
		args = []string{"-", args[0]}
	}
	status := 0
	for _, word := range args[1:] {
		i := condition(word)
		if i < 0 {
			fmt.Fprintf(raw(interp.HandlerCtx(ctx).Stderr), "%s: trap: %s: invalid signal specification\n", b.arg0, oneLine(word))
			status = 1
			continue
		}
		if err := b.setTrap(ctx, conditions[i].name, args[0]); err != nil {
			return err
		}
	}
	return b.exitStatus(ctx, []string{strconv.Itoa(status)})
}

// watchErrors is the interpreter's own ERR trap.
const watchErrors = hidden + `failed $? "$-"`

// setTrap keeps a trap in its variable; "-" takes it away, "" ignores the condition.
func (b *bash) setTrap(ctx context.Context, name, numbers string) error {
	hc := interp.HandlerCtx(ctx)
	if name == "ERR" {
		watch := watchErrors
		if numbers == "-" || numbers == "" {
			watch = "-"
		}
		if err := hc.Builtin(ctx, []string{"trap", watch, "ERR"}); err != nil {
			return err
		}
	}
	if numbers == "-" {
		return hc.Builtin(ctx, []string{"unset", trapVariable + name})
	}
	return hc.Builtin(ctx, []string{"eval", trapVariable + name + "=" + quote(numbers)})
}

// listTraps prints the traps that are set, or those named.
func (b *bash) listTraps(ctx context.Context, named []string) error {
	hc := interp.HandlerCtx(ctx)
	for i, row := range conditions {
		value := hc.Env.Get(trapVariable + row.name)
		if !value.IsSet() || len(named) > 0 && !slices.ContainsFunc(named, func(word string) bool { return condition(word) == i }) {
			continue
		}
		typed, _ := b.trapText(value.String())
		fmt.Fprintf(hc.Stdout, "trap -- '%s' %s\n", strings.ReplaceAll(typed, "'", `'\''`), row.shown)
	}
	return nil
}

// rewriteLeave is the `exit` of a subshell that sets an EXIT trap: it carries that out first.
func rewriteLeave(b *bash, ctx context.Context, args []string) []string {
	env := interp.HandlerCtx(ctx).Env
	_, text := b.trapText(env.Get(trapVariable + "EXIT").String())
	args = exitArgs(b, ctx, args)
	if text == "" || args[0] != "exit" || env.Get(trapVariable+"EXIT").String() == env.Get(ownTrap).String() {
		return args
	}
	code := append(args, "0")[1]
	return []string{"eval", "unset " + trapVariable + "EXIT\n" + trapPrelude(code, "1", "exit") + text + "\nexit " + code}
}

// ownShell runs a kept text as all of a subshell, and fails: behind it stands [bash.leftShell], and
// the interpreter goes on from a builtin's failure only.
func (b *bash) ownShell(ctx context.Context, args []string) error {
	hc := interp.HandlerCtx(ctx)
	before := hc.Env.Get(trapVariable + "EXIT").String()
	n, _ := strconv.Atoi(args[0])
	f, number := b.failure.enter(hc.Env)
	if err := b.inheritError(ctx); err != nil {
		return err
	}
	err := hc.Builtin(ctx, []string{"eval",
		ownFailure + "=" + number + " " + ownTrap + "=" + quote(before) + "; " + b.t.keptText(n)})
	if ctx.Err() != nil {
		return err
	}
	f.code = fmt.Sprint(statusOf(err))
	return hc.Builtin(ctx, []string{"false"})
}

// leftShell runs the traps of a subshell that has run its text: ERR if errexit has ended it, and
// EXIT. The subshell itself has failed on the line that is given then.
func (b *bash) leftShell(ctx context.Context, args []string) error {
	hc := interp.HandlerCtx(ctx)
	f, open := b.failure.left(hc.Env)
	if open {
		at := b.line.Load()
		if err := b.runNamed(ctx, "ERR", f.code, fmt.Sprint(at), b.toldAt(uint(at))); err != nil {
			f.code = fmt.Sprint(statusOf(err))
		}
	}
	line, _ := strconv.Atoi(args[0])
	b.line.Store(uint32(line))
	numbers := hc.Env.Get(trapVariable + "EXIT").String()
	if _, text := b.trapText(numbers); text != "" && numbers != hc.Env.Get(ownTrap).String() {
		hc.Builtin(ctx, []string{"eval", trapPrelude(f.code, "1", "exit") + text})
	}
	return b.exitStatus(ctx, []string{f.code})
}

// leave runs the traps of a shell that ends: ERR if errexit has ended it, then EXIT, whose `exit`
// may change the status.
func (b *bash) leave(l *leash) int {
	defer func() { b.exited = true }()
	status := b.t.lastStatus()
	b.failure.mu.Lock()
	failed := b.failure.open && !b.failure.leaves && !b.failure.dying
	b.failure.open = false
	b.failure.mu.Unlock()
	if failed && b.exited {
		status = b.runTrap(l, "ERR", status)
	}
	return b.runTrap(l, "EXIT", status)
}

// runTrap runs a trap of a shell that has read its last command, and returns the status that the
// shell ends with.
func (b *bash) runTrap(l *leash, name string, status int) int {
	_, text := b.trapText(b.r.Vars[trapVariable+name].String())
	if text == "" || l.Context.Err() != nil || l.spent.Load() != nil {
		return status
	}
	at := b.line.Load()
	if name == "EXIT" {
		at = 1
	}
	command, stack := "exit", ""
	if name == "ERR" {
		command, stack = b.toldAt(uint(at)), b.failure.stack
	}
	stmts, err := read(stack + trapPrelude(fmt.Sprint(status), fmt.Sprint(at), command) + text)
	if err != nil {
		return status
	}
	defer b.handle(&b.failure.failing, fmt.Sprint(status))()
	for _, stmt := range stmts {
		if b.runNode(l, stmt); b.exited {
			return b.t.lastStatus()
		}
	}
	b.t.setStatus(status)
	return status
}

// toldAt is the statement on a line that has failed, as it was typed: the one of the command that was
// called last, else the line's last.
func (b *bash) toldAt(line uint) string {
	b.failure.mu.Lock()
	defer b.failure.mu.Unlock()
	called, _ := b.called.Load().(string)
	text := "exit"
	for _, told := range b.failure.told[line] {
		text = told
		if first, _, _ := strings.Cut(told, " "); first == called {
			break
		}
	}
	return text
}

// prepareTrap is [bash.prepare] for the text of a trap.
// Its commands show themselves with one + more, but for those of a shell that ends.
func (b *bash) prepareTrap(stmts []*syntax.Stmt, exits bool) ([]*syntax.Stmt, error) {
	p := b.preparer(stmts)
	p.inTrap = true
	stmts, err := p.all(stmts)
	if err == nil && !exits {
		stmts = p.deeper(nil, stmts)
	}
	return stmts, err
}

// watches reports whether ERR is mentioned in statements, or was in what the shell has read before.
func (b *bash) watches(stmts []*syntax.Stmt) bool {
	taken := b.takenIn(stmts)
	b.failure.mu.Lock()
	defer b.failure.mu.Unlock()
	b.failure.errors = b.failure.errors || trapsErrors(stmts) || strings.Contains(taken, " ERR")
	return b.failure.errors
}

// watchesSteps reports whether DEBUG and RETURN are mentioned in statements, or were in what the
// shell has read before.
func (b *bash) watchesSteps(stmts []*syntax.Stmt) (debugs, returns bool) {
	b.failure.mu.Lock()
	defer b.failure.mu.Unlock()
	b.failure.debugs = b.failure.debugs || trapsSteps(stmts)
	b.failure.returns = b.failure.returns || trapsReturns(stmts)
	return b.failure.debugs, b.failure.returns
}

// failsFast reports whether `set -e` is mentioned in statements, or was in what the shell has read
// before.
func (b *bash) failsFast(stmts []*syntax.Stmt) bool {
	taken := b.takenIn(stmts)
	b.failure.mu.Lock()
	defer b.failure.mu.Unlock()
	b.failure.fast = b.failure.fast || setsErrexit(stmts) || strings.Contains(taken, "set -")
	return b.failure.fast
}

// takenIn is what the files hold that statements of a script take in, as far as their names tell:
// "$dir/lib.sh" is looked for beside the script.
func (b *bash) takenIn(stmts []*syntax.Stmt) (text string) {
	visit(stmts, func(n syntax.Node) bool {
		c, ok := n.(*syntax.CallExpr)
		if !ok || b.inLine || len(c.Args) < 2 || c.Args[0].Lit() != "." && c.Args[0].Lit() != "source" {
			return true
		}
		name := strings.Trim(typedStmt(&syntax.Stmt{Cmd: &syntax.CallExpr{Args: c.Args[1:2]}}), `"`)
		for _, file := range []string{name, path.Join(path.Dir(b.arg0), path.Base(name))} {
			if data, err := b.fileAt(b.r.Dir, file); err == nil {
				text += string(data)
				break
			}
		}
		return true
	})
	return text
}

// expansionFailed notes that the shell ends for a reason that sets off no ERR trap.
func (b *bash) expansionFailed(ends bool) {
	if ends {
		b.failure.mu.Lock()
		b.failure.leaves = true
		b.failure.mu.Unlock()
		b.lost.Store(true)
	}
}

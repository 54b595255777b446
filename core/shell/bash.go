package shell

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"

	"hsmplay/core/voice"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// bash is one shell: the terminal's own, or one that runs a script.
type bash struct {
	t          *Terminal
	m          *Machine
	r          *interp.Runner
	env        *environ
	arg0       string // bash, or the script's name
	inLine     bool   // messages name no line of a script
	root       bool
	err        io.Writer
	exited     bool
	failed     atomic.Bool // an expansion failed
	fds        descriptors
	jobs       jobs
	options    optionPlace // of getopts
	failure    failures
	line       atomic.Uint32 // of the last command
	called     atomic.Value  // its name
	file       atomic.Value  // where it was read from
	random     random
	lost       atomic.Bool  // an expansion ends the shell, or the subshell that has run last
	command    bool         // it runs what stood behind -c
	calculated atomic.Bool  // arithmetic may drop a line
	dropped    bool         // it has
	lastWord   atomic.Value // of it

	substituted atomic.Int32 // see given
	silent      atomic.Bool  // the failure of the last command ends the shell under set -e without its ERR trap
}

// setup is what a new bash is given.
type setup struct {
	vars     []Variable
	dir      string
	params   []string
	arg0     string
	script   bool
	root     bool
	in       io.Reader // nil: the terminal
	out, err io.Writer
}

// newBash makes a shell that touches nothing of the host.
func (t *Terminal) newBash(s setup) *bash {
	b := &bash{t: t, m: t.m, arg0: s.arg0, inLine: !s.script, root: s.root, err: s.err}
	b.jobs.first = 1001 + 1000*t.Number
	b.env = &environ{vars: setVariable(s.vars, "BASH_ARGV0", s.arg0, false)}
	b.env.vars = setVariable(b.env.vars, "BASHPID", fmt.Sprint(1000+t.Number), false)
	r, err := interp.New(
		interp.Env(b.env),
		func(r *interp.Runner) error { r.Dir = s.dir; return nil },
		interp.StdIO(s.in, s.out, &complaints{b: b, to: s.err}),
		interp.Interactive(!s.script),
		interp.Params(append([]string{"--"}, s.params...)...),
		interp.CallHandler(b.call),
		interp.ExecHandlers(func(interp.ExecHandlerFunc) interp.ExecHandlerFunc { return b.exec }),
		interp.OpenHandler(b.openFile),
		interp.ReadDirHandler2(b.readDir),
		interp.StatHandler(b.stat),
		interp.AccessHandler(b.access),
	)
	if err != nil {
		panic("shell: " + err.Error())
	}
	b.env.booting = true
	r.Reset()
	b.env.booting = false
	b.r = r
	return b
}

// terminalWriter prints to the terminal. What is too much is dropped: the line ends at its next
// step.
type terminalWriter struct{ t *Terminal }

func (w terminalWriter) Write(data []byte) (int, error) {
	for rest := data; len(rest) > 0 && !w.t.full(); {
		piece := rest[:min(len(rest), 4<<10)]
		w.t.write(string(piece))
		w.t.settleAhead()
		rest = rest[len(piece):]
	}
	return len(data), nil
}

// runText parses a text as a whole and runs it; a line that cannot be read is not begun. It returns
// the exit status.
func (b *bash) runText(ctx *leash, text string) int {
	stmts, err := b.parse(text)
	if err != nil {
		return b.misread(err)
	}
	for _, stmt := range stmts {
		b.runNode(ctx, stmt)
		if b.exited || b.dropped || ctx.Err() != nil {
			break
		}
	}
	return b.lastStatus(ctx)
}

// runNode runs one statement or file, and comes out of it whatever happens there.
func (b *bash) runNode(ctx *leash, node syntax.Node) {
	defer func() {
		if thrown := recover(); thrown != nil {
			if err, ok := thrown.(error); ok && isEnding(err) {
				return
			}
			ctx.end(&overrun{"internal error", 1, voice.Say(voice.ShellFault)})
		}
	}()
	err := b.r.Run(ctx, node)
	if b.failed.Swap(false) && err == nil {
		err = interp.ExitStatus(1)
	}
	b.exited = b.r.Exited() && ctx.spent.Load() == nil && ctx.Context.Err() == nil
	b.keepStatus(err)
	if b.exited && b.command && b.lost.Load() && !b.failure.errexit {
		b.t.setStatus(127) // that of bash -c alone
	}
	b.dropped = b.exited && b.drops()
}

// keepStatus notes the exit status of what has run.
func (b *bash) keepStatus(err error) {
	var status interp.ExitStatus
	switch {
	case err == nil:
		b.t.setStatus(0)
	case errors.As(err, &status):
		b.t.setStatus(int(status))
	default:
		b.t.setStatus(1)
	}
}

// lastStatus is the exit status of the line, and says why it was stopped if it was.
func (b *bash) lastStatus(ctx *leash) int {
	status := b.t.lastStatus()
	if o := ctx.spent.Load(); o != nil {
		b.t.shown.reset()
		b.say("%s", o.text)
		b.t.note(Render(o.note))
		status = int(o.status)
	} else if ctx.Context.Err() != nil {
		status = 130
	}
	b.setStatus(status)
	return status
}

// setStatus makes $? what a stopped line ended with. A bare command sets off neither traps nor
// errexit.
func (b *bash) setStatus(status int) {
	b.t.setStatus(status)
	ctx, cancel := b.t.newLeash()
	defer cancel()
	_ = b.r.Run(ctx, call(hidden+"status", fmt.Sprint(status)))
}

// misread says what is wrong with a text and returns the status of a syntax error.
func (b *bash) misread(err error) int {
	var bad *syntaxError
	if errors.As(err, &bad) {
		file := b.arg0
		if b.command {
			file += ": -c"
		}
		b.misreadIn(file, bad)
	}
	b.setStatus(2)
	return 2
}

// misreadIn says what is wrong with a file.
func (b *bash) misreadIn(file string, bad *syntaxError) {
	fmt.Fprintf(b.err, "%s%s\n", b.prefixIn(file, bad.line), bad.text)
	if !b.inLine && bad.source != "" {
		fmt.Fprintf(b.err, "%s`%s'\n", b.prefixIn(file, bad.line), oneLine(bad.source))
	}
	if bad.note.ID != "" {
		b.t.note(Render(bad.note))
	}
}

// say prints a message of bash on its standard error.
func (b *bash) say(format string, args ...any) {
	fmt.Fprintf(b.err, b.arg0+": "+format+"\n", args...)
}

// isEnding reports whether a thrown error only ends the program: its line was stopped, or nobody
// reads it.
func isEnding(err error) bool {
	var spent *overrun
	return errors.Is(err, context.Canceled) || errors.Is(err, errPipe) || errors.As(err, &spent)
}

// call makes a simple command of literal words.
func call(words ...string) *syntax.CallExpr {
	c := &syntax.CallExpr{}
	for _, w := range words {
		var part syntax.WordPart = &syntax.Lit{Value: w}
		if strings.ContainsAny(w, "#<>|&;()$*?[{~ ") { // where the tree is printed it stays a word
			part = &syntax.SglQuoted{Value: w}
		}
		c.Args = append(c.Args, &syntax.Word{Parts: []syntax.WordPart{part}})
	}
	return c
}

// live is the goroutine of a terminal: bash reads lines until it exits.
func (t *Terminal) live(s Saved) {
	b := t.newBash(setup{vars: s.variables(), dir: s.Dir, arg0: "bash",
		out: terminalWriter{t}, err: terminalWriter{t}})
	t.push(&running{name: "bash"})
	t.bootBash(b, s)
	b.readLines(t.life)
	b.survive(t.keepHistory)
	t.m.mu.Lock()
	t.m.terminals = without(t.m.terminals, t)
	t.m.mu.Unlock()
	t.die()
	t.toHost <- handover{state: Closed}
}

func without(list []*Terminal, t *Terminal) []*Terminal {
	kept := make([]*Terminal, 0, len(list))
	for _, other := range list {
		if other != t {
			kept = append(kept, other)
		}
	}
	return kept
}

// readLines is the loop of an interactive bash: it reads a line, and more while the line is not
// complete, and runs it. outer is the context of the line that started this bash, the terminal's
// life for its own.
func (b *bash) readLines(outer context.Context) {
	for alive := true; alive && !b.exited; {
		b.survive(func() { b.t.keep(b) })
		b.survive(func() { alive = b.readLine(outer) })
	}
}

// survive runs f; a fault in it ends in a note, and bash goes on at its prompt.
func (b *bash) survive(f func()) {
	defer func() {
		if thrown := recover(); thrown != nil {
			b.t.setStatus(1)
			b.t.note(Render(voice.Say(voice.ShellFault)))
		}
	}()
	f()
}

// readLine reads a command and runs it under a context of its own; it is false when the shell is
// left.
func (b *bash) readLine(outer context.Context) bool {
	text, ok := b.readCommand(outer)
	ctx := b.t.newLine()
	switch {
	case !ok:
		b.t.write("exit\n")
		b.leave(ctx)
		return false
	case strings.TrimSpace(text) == "":
		return true
	}
	ctx.refresh()
	b.t.remember("bash", text)
	b.setColumns(ctx)
	dir := b.r.Dir
	status := b.runText(ctx, text)
	if ctx.Context.Err() != nil {
		b.trapped("INT", status)
	} else {
		b.t.sayMeant(text, dir, status)
	}
	if b.exited {
		if b.failure.errexit && !b.failure.leaves {
			b.t.note(Render(voice.Say(voice.ShellErrexit)))
		}
		b.leave(ctx)
	}
	b.t.ended(Ended{Tool: "bash", Line: text, Status: status, Typed: true, Exits: b.t.tookExits(status)})
	return true
}

// readCommand reads lines until they make a complete command. It is false when the shell is left.
func (b *bash) readCommand(outer context.Context) (string, bool) {
	text, prompt := "", "$ "
	for {
		b.t.fore.Lock()
		in := b.t.handOver(outer, handover{state: Ready, prompt: prompt})
		b.t.fore.Unlock()
		switch in.kind {
		case interrupted:
			b.setStatus(130)
			b.trapped("INT", 130)
			return "", true
		case ended:
			if text != "" {
				_, err := read(text)
				b.misread(err)
				return "", true
			}
			return "", false
		case hangup:
			return "", false
		}
		text += in.line
		if !b.incomplete(text) {
			return text, true
		}
		text, prompt = text+"\n", "> "
	}
}

// setColumns keeps $COLUMNS at the terminal's width.
func (b *bash) setColumns(ctx *leash) {
	width := fmt.Sprint(b.t.Columns())
	if b.r.Vars["COLUMNS"].Str == width {
		return
	}
	status := b.t.lastStatus()
	assign := &syntax.Assign{Name: &syntax.Lit{Value: "COLUMNS"},
		Value: &syntax.Word{Parts: []syntax.WordPart{&syntax.Lit{Value: width}}}}
	b.runNode(ctx, &syntax.CallExpr{Assigns: []*syntax.Assign{assign}})
	b.setStatus(status)
}

// runFile runs a script statement by statement, as far as it can be read, and then its EXIT trap.
func (b *bash) runFile(ctx context.Context, text string) int {
	l := &leash{ctx, budgetOf(ctx)}
	stmts, err := b.parseScript(text)
	b.runLines(l, stmts)
	if err != nil && !b.exited && l.spent.Load() == nil {
		b.misread(err)
	}
	if l.Context.Err() != nil {
		return b.struck(ctx)
	}
	return b.leave(l)
}

package shell

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/voice"
	"mvdan.cc/sh/v3/interp"
)

// inner are the commands that [bash.prepare] and the rewrites put into a program.
var inner map[string]func(b *bash, ctx context.Context, args []string) error

func init() {
	inner = map[string]func(*bash, context.Context, []string) error{
		hidden + "calc":      (*bash).calculate,
		hidden + "caught":    (*bash).caught,
		hidden + "debug":     (*bash).debugged,
		hidden + "entered":   (*bash).entered,
		hidden + "returned":  (*bash).returned,
		hidden + "failed":    (*bash).noteFailure,
		hidden + "own":       (*bash).ownShell,
		hidden + "left":      (*bash).leftShell,
		hidden + "reached":   (*bash).trapEnd,
		hidden + "trap":      (*bash).trap,
		hidden + "trace":     (*bash).traceLine,
		hidden + "fixed":     (*bash).askFixed,
		hidden + "fork":      (*bash).fork,
		hidden + "functions": (*bash).showFunctions,
		hidden + "gather":    (*bash).gather,
		hidden + "glob":      (*bash).failGlob,
		hidden + "in":        (*bash).inFile,
		hidden + "line":      (*bash).lineOf,
		hidden + "list":      (*bash).list,
		hidden + "loose":     (*bash).goesOn,
		hidden + "room":      (*bash).room,
		hidden + "stays":     (*bash).stays,
		hidden + "noloop":    (*bash).noLoop,
		hidden + "refused":   (*bash).misdeclared,
		hidden + "gave":      (*bash).gave,
		hidden + "given":     (*bash).given,
		hidden + "transform": (*bash).transform,
		hidden + "status":    (*bash).exitStatus,
		hidden + "var":       (*bash).variable,
		hidden + "count":     (*bash).count,
		hidden + "declared":  (*bash).showDeclared,
		hidden + "named":     (*bash).showNamed,
		hidden + "match":     (*bash).match,
		hidden + "calling":   (*bash).calling,
		hidden + "anchor":    (*bash).anchor,
		hidden + "run":       (*bash).runBuiltin,
		hidden + "unset":     (*bash).unset,
		hidden + "fd":        (*bash).fd,
		hidden + "job":       (*bash).job,
		hidden + "unless":    (*bash).unless,
		hidden + "wait":      (*bash).wait,
		hidden + "sides":     (*bash).pipeStatus,
	}
}

// exec is asked by the interpreter to run what is neither a function nor built in.
func (b *bash) exec(ctx context.Context, args []string) error {
	if run, ok := inner[args[0]]; ok {
		return run(b, ctx, args[1:])
	}
	over := b.runs(ctx, args)
	ended := b.spawn(b.process(ctx, args), args)
	over()
	if ended.err == nil {
		b.t.exit(args[0], ended.status)
	}
	return b.finish(ctx, ended)
}

// result is how a program ended: a status, or the error that ended it.
type result struct {
	status int
	err    error
}

// finish turns a result into what the interpreter wants. A process that nobody reads ends quietly,
// as by a signal: so does the side of the pipe that it is on.
func (b *bash) finish(ctx context.Context, r result) error {
	switch {
	case errors.Is(r.err, errPipe):
		if side, ok := ctx.Value(sideKey{}).(*pipeSide); ok {
			side.broken = true
			return errPipe
		}
		return interp.ExitStatus(141)
	case r.err != nil:
		return r.err
	case r.status != 0:
		return interp.ExitStatus(r.status & 255)
	}
	return nil
}

// process makes the process of a command of this shell.
func (b *bash) process(ctx context.Context, args []string) *Process {
	hc := interp.HandlerCtx(ctx)
	p := &Process{Args: args, Dir: hc.Dir, t: b.t, m: b.m, ctx: ctx, budget: budgetOf(ctx), env: hc.Env,
		in: hc.Stdin, out: hc.Stdout, err: raw(hc.Stderr), root: b.root, sh: b, line: hc.Pos.Line()}
	if side, ok := ctx.Value(sideKey{}).(*pipeSide); ok {
		p.behind = side.behind
	}
	return p
}

// budgetOf finds the budget of the line in a context that the interpreter has wrapped.
func budgetOf(ctx context.Context) *budget {
	b, ok := ctx.Value(budgetKey{}).(*budget)
	if !ok {
		panic("shell: a context without a leash")
	}
	return b
}

type budgetKey struct{}

// Value makes the budget findable from wrapped contexts.
func (l *leash) Value(key any) any {
	if _, ok := key.(budgetKey); ok {
		return l.budget
	}
	return l.Context.Value(key)
}

// raw is the writer behind the one that words the interpreter's messages.
func raw(w io.Writer) io.Writer {
	if c, ok := w.(*complaints); ok {
		return c.to
	}
	return w
}

// spawn finds a program by its name or path and runs it.
func (b *bash) spawn(p *Process, args []string) result {
	name := args[0]
	row, file, why := b.find(p, name)
	switch {
	case why != "":
		return b.notFound(p, name, why)
	case row != nil:
		status, err := row.run(p)
		return result{status, err}
	}
	return b.script(p, file, args[1:])
}

// find looks a name up: a program's row, or a file that may be a script, or why there is neither.
func (b *bash) find(p *Process, name string) (row *Program, file, why string) {
	if !strings.Contains(name, "/") {
		if row, ok := b.m.row(name); ok && (row.path() == "" || onPath(p, path.Dir(row.path()))) {
			return &row, "", ""
		}
		file, ok := b.search(p.handler(), name)
		if !ok {
			return nil, "", "command not found"
		}
		return nil, file, ""
	}
	file, err := resolve(p.Dir, name)
	if err != nil {
		return nil, "", Reason(err)
	}
	if row, ok := b.m.installed(b.m.real(file)); ok {
		return &row, "", ""
	}
	var f *File
	b.m.Do(func() { f, err = b.m.fs.Stat(file) })
	switch {
	case err != nil:
		return nil, "", Reason(err)
	case f.IsDir():
		return nil, "", string(IsDirectory)
	case !f.Executable():
		return nil, "", string(Permission)
	}
	return nil, file, ""
}

// onPath reports whether $PATH has a directory. An unset one has all: the names of a bare
// environment still work.
func onPath(p *Process, dir string) bool {
	list := p.env.Get("PATH")
	if !list.IsSet() {
		return true
	}
	for entry := range strings.SplitSeq(list.String(), ":") {
		entry = strings.TrimSuffix(entry, "/")
		if entry == dir || entry == "/bin" && dir == "/usr/bin" || dir == "/usr/sbin" {
			return true
		}
	}
	return false
}

// handler is what a search needs to know of the place where a program runs.
func (p *Process) handler() interp.HandlerContext {
	return interp.HandlerContext{Dir: p.Dir, Env: p.env}
}

// search looks along $PATH for a file that can be run.
func (b *bash) search(hc interp.HandlerContext, name string) (string, bool) {
	for entry := range strings.SplitSeq(hc.Env.Get("PATH").String(), ":") {
		file, err := resolve(hc.Dir, path.Join("./"+entry, name))
		if strings.HasPrefix(entry, "/") {
			file, err = resolve("/", path.Join(entry, name))
		}
		if err != nil {
			continue
		}
		var row *File
		b.m.Do(func() { row, err = b.m.fs.Stat(file) })
		if err == nil && !row.IsDir() && row.Executable() {
			return file, true
		}
	}
	return "", false
}

// notFound says what bash says, and what may have been meant.
func (b *bash) notFound(p *Process, name, why string) result {
	p.Errorf("%s%s: %s\n", b.prefix(p.line), oneLine(name), why)
	switch why {
	case "command not found":
		b.t.say(b.m.advice(append([]string{name}, p.Args[min(1, len(p.Args)):]...)))
		return result{status: 127}
	case string(NotExist), string(NotDir):
		if note := b.m.advice(append([]string{name}, p.Args[min(1, len(p.Args)):]...)); note.ID == voice.ShellNearest {
			b.t.say(note)
		}
		return result{status: 127}
	}
	return result{status: 126}
}

// prefix begins a message of bash; in a script it names the line.
func (b *bash) prefix(line uint) string {
	file, _ := b.file.Load().(string)
	return b.prefixIn(cmp.Or(file, b.arg0), line)
}

func (b *bash) prefixIn(file string, line uint) string {
	if b.inLine || line == 0 {
		return file + ": "
	}
	return fmt.Sprintf("%s: line %d: ", file, line)
}

// script runs a file of the instance as a shell script.
func (b *bash) script(p *Process, file string, args []string) result {
	data, err := p.readFile(file)
	if err != nil {
		return b.notFound(p, p.Args[0], Reason(err))
	}
	first, _, _ := bytes.Cut(data, []byte("\n"))
	if bytes.IndexByte(first, 0) >= 0 {
		p.Errorf("%s%s: cannot execute binary file: Exec format error\n", b.prefix(p.line), p.Args[0])
		return result{status: 126}
	}
	var asks bashCall
	if line, ok := strings.CutPrefix(string(first), "#!"); ok {
		fields := strings.Fields(line)
		if len(fields) > 0 && !isShell(fields) {
			return b.interpreter(p, fields, file, args)
		}
		if i := slices.IndexFunc(fields, func(word string) bool { return word[0] == '-' }); i > 0 {
			asks, _ = readBashCall(fields[i:])
		}
	}
	return result{status: p.runCalled(asks, p.Args[0], string(data), args)}
}

// isShell reports whether the interpreter named in a script's first line is bash or sh.
func isShell(fields []string) bool {
	if path.Base(fields[0]) == "env" && len(fields) > 1 {
		fields = fields[1:]
	}
	name := path.Base(fields[0])
	return name == "bash" || name == "sh"
}

// interpreter runs the program named in a script's first line on the file.
func (b *bash) interpreter(p *Process, fields []string, file string, args []string) result {
	words := append(append(fields[:len(fields):len(fields)], file), args...)
	row, _, why := b.find(p, fields[0])
	if why != "" || row == nil {
		p.Errorf("%s%s: %s: bad interpreter: No such file or directory\n", b.prefix(p.line), p.Args[0], fields[0])
		return result{status: 126}
	}
	p.Args = words
	status, err := row.run(p)
	return result{status, err}
}

// runScript runs a text as a script in a shell of its own, with the process's streams, and returns
// its exit status; command is true for one that stood behind -c.
func (p *Process) runScript(name, text string, args []string, command bool) int {
	sh := p.newScript(name, args)
	sh.command = command
	sh.fds.inherit(&p.sh.fds)
	defer sh.fds.closeAll(p.ctx)
	return sh.runFile(p.ctx, text)
}

// newScript is a shell for a script, with the process's streams.
func (p *Process) newScript(name string, args []string) *bash {
	return p.t.newBash(setup{vars: p.childVariables(), dir: p.Dir, params: args, arg0: name, script: true, root: p.root,
		in: p.in, out: p.out, err: p.err})
}

// childVariables is the environment of a program started from here.
func (p *Process) childVariables() []Variable {
	vars := exportedOf(p.env)
	for _, v := range loginEnv() {
		if v.Exported || !strings.HasPrefix(v.Name, "BASH") && v.Name != "UID" && v.Name != "EUID" && v.Name != "GID" && v.Name != "PS4" {
			continue
		}
		vars = append(vars, v)
	}
	if mask := p.env.Get(maskVariable); mask.IsSet() {
		vars = setVariable(vars, maskVariable, mask.Str, false)
	}
	vars = setVariable(vars, "SECONDS", strconv.FormatInt(p.Now()/1000, 10), false)
	if !hasVariable(vars, "HOME") {
		vars = setVariable(vars, "HOME", "", false)
	}
	return vars
}

func hasVariable(list []Variable, name string) bool {
	for _, v := range list {
		if v.Name == name {
			return true
		}
	}
	return false
}

// fileAt reads a file of the instance.
func (b *bash) fileAt(dir, name string) (data []byte, err error) {
	file, err := resolve(dir, name)
	if err != nil {
		return nil, err
	}
	b.m.Do(func() {
		b.m.sync()
		data, err = b.m.fs.Read(file)
	})
	return data, err
}

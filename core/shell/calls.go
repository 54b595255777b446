package shell

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"hsmplay/core/voice"
	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// rewrite changes a command before the interpreter carries it out: another name, other arguments,
// or a status when it has been carried out already.
type rewrite func(b *bash, ctx context.Context, args []string) []string

// rewrites are the builtins of bash that the interpreter has not, has differently, or answers from
// the host.
var rewrites map[string]rewrite

func init() {
	rewrites = map[string]rewrite{
		"eval": rewriteEval, "source": rewriteSource, ".": rewriteSource, "trap": rewriteTrap, "alias": rewriteAlias,
		"unset": rewriteUnset, "command": rewriteCommand, "builtin": rewriteCommand,
		"cd": rewriteCd, "getopts": rewriteGetopts, "read": rewriteRead, "mapfile": rewriteMapfile, "readarray": rewriteMapfile,
		"shopt": rewriteShopt, "caller": rewriteCaller,
		hidden + "shopt": func(_ *bash, _ context.Context, args []string) []string {
			return append([]string{"shopt"}, args[1:]...)
		},
		"wait": func(_ *bash, _ context.Context, args []string) []string {
			return append([]string{hidden + "wait"}, args[1:]...)
		},
		"exit": rewriteExit, "logout": rewriteExit, "break": rewriteLoop, "continue": rewriteLoop,
		hidden + "exit": rewriteExitInner, hidden + "leave": rewriteLeave, "set": rewriteSet, "printf": rewritePrintf, "return": rewriteReturn,
		"shift": rewriteShift, hidden + "shift": func(_ *bash, _ context.Context, args []string) []string {
			return append([]string{"shift"}, args[1:]...)
		},
		hidden + "read": func(_ *bash, _ context.Context, args []string) []string {
			return append([]string{"read"}, args[1:]...)
		},
		hidden + "break": func(_ *bash, _ context.Context, _ []string) []string { return []string{"break"} },
		hidden + "return": func(_ *bash, _ context.Context, args []string) []string {
			return append([]string{"return"}, args[1:]...)
		},
	}
	for _, name := range []string{"[", "echo", "help", "history", "pwd", "test", "type"} {
		rewrites[name] = toProgram
	}
	for _, name := range noJobs {
		rewrites[name] = toProgram
	}
	rewrites["kill"] = rewriteKill
	rewrites["umask"], rewrites["compgen"] = rewriteUmask, rewriteCompgen
}

// noJobs are the builtins of bash for what the instance has not: jobs, an editor of lines, other
// limits.
var noJobs = []string{"bg", "bind", "complete", "compopt", "disown", "enable", "fc", "fg", "jobs",
	"kill", "newgrp", "suspend", "ulimit"}

// builtins are the names built into bash, for completion and did-you-mean.
var builtins = []string{"alias", "break", "cd", "command", "continue", "declare", "eval", "exec", "exit", "export", "false",
	"getopts", "local", "mapfile", "read", "readonly", "return", "set", "shift", "shopt", "source", "trap", "true", "type",
	"unalias", "unset", "wait"}

// call is asked by the interpreter before every simple command.
func (b *bash) call(ctx context.Context, args []string) ([]string, error) {
	b.asTyped(args)
	b.showTrace(ctx, args)
	if !strings.HasPrefix(args[0], hidden) {
		b.lost.Store(false)
		b.silent.Store(false)
		b.line.Store(uint32(interp.HandlerCtx(ctx).Pos.Line()))
		b.called.Store(args[0])
		b.lastWord.Store(args[len(args)-1])
		b.file.Store(b.fileOf(ctx))
	}
	if b.refuses(ctx, args) {
		return status(2), nil
	}
	if change, ok := rewrites[args[0]]; ok {
		return change(b, ctx, args), nil
	}
	return args, nil
}

// status is a command that does nothing but end with a status.
func status(n int) []string { return []string{hidden + "status", strconv.Itoa(n)} }

// toProgram lets a program of that name carry a builtin out.
func toProgram(_ *bash, _ context.Context, args []string) []string {
	return append([]string{hidden + "run"}, args...)
}

// complain prints a message of a builtin on its standard error.
func (b *bash) complain(ctx context.Context, format string, args ...any) {
	hc := interp.HandlerCtx(ctx)
	fmt.Fprintf(raw(hc.Stderr), b.prefixIn(b.fileOf(ctx), uint(hc.Pos.Line()))+format+"\n", args...)
}

// safe parses and prepares a text for a builtin that parses it again, and prints it.
func (b *bash) safe(ctx context.Context, builtin, text string) (string, bool) {
	stmts, err := b.parse(text)
	return b.safeStmts(ctx, builtin, stmts, err)
}

// safeStmts is [bash.safe] for statements that have been prepared.
func (b *bash) safeStmts(ctx context.Context, builtin string, stmts []*syntax.Stmt, err error) (string, bool) {
	if err != nil {
		b.complain(ctx, "%s: %v", builtin, err)
		if bad, ok := err.(*syntaxError); ok && bad.note.ID != "" {
			b.t.note(Render(bad.note))
		}
		return "", false
	}
	return placed(stmts), true
}

func rewriteEval(b *bash, ctx context.Context, args []string) []string {
	if len(args) > 1 && args[1] == "--" {
		args = args[1:]
	}
	text := strings.Join(args[1:], " ")
	if line := interp.HandlerCtx(ctx).Pos.Line(); !b.inLine && line > 1 && !strings.HasPrefix(text, hidden) {
		text = strings.Repeat("\n", int(line)-1) + text // what it says of lines counts from here
	}
	stmts, err := b.parseRead(ctx, text, "")
	var bad *syntaxError
	if !b.inLine && errors.As(err, &bad) {
		b.misreadIn(b.fileOf(ctx)+": eval", bad)
	} else if text, ok := b.safeStmts(ctx, "eval", stmts, err); ok {
		return []string{"eval", b.byLines(stmts, text)}
	}
	return status(2)
}

// rewriteSource reads the file here and lets the interpreter open the safe text of it.
func rewriteSource(b *bash, ctx context.Context, args []string) []string {
	if len(args) < 2 {
		return status(2) // `command .`
	}
	hc := interp.HandlerCtx(ctx)
	data, err := b.fileAt(hc.Dir, args[1])
	if err != nil && !strings.Contains(args[1], "/") {
		if file, ok := b.search(hc, args[1]); ok {
			data, err = b.fileAt("/", file)
		}
	}
	if strings.HasPrefix(args[1], "/dev/") { // `source <(…)`, `. /dev/stdin`
		data, err = b.process(ctx, args).ReadFile(args[1])
	}
	if err != nil {
		b.complain(ctx, "%s: %s", args[1], Reason(err))
		b.silent.Store(true)
		return status(1)
	}
	name := "_hsmplay_source" + strconv.Itoa(b.t.keepText(args[1]))
	stmts, err := b.parseRead(ctx, string(data), name)
	var bad *syntaxError
	if !b.inLine && errors.As(err, &bad) {
		b.misreadIn(args[1], bad)
		return status(2)
	}
	if _, ok := b.safeStmts(ctx, args[1], stmts, err); !ok {
		return status(2)
	}
	text := b.byLines(stmts, placed(stmts))
	if !b.inLine {
		text = fileVariable + "=" + quote(args[1]) + " " + hidden + "in " + strconv.Itoa(b.t.keepText(text))
	}
	text = name + "=" + quote(args[1]) + "; " + text
	if _, returns := b.watchesSteps(nil); returns {
		text += "\n" + hidden + "returned $? && " + hidden + "status 0\n"
	}
	return append([]string{"source", sourceDir + strconv.Itoa(b.t.keepText(text))}, args[2:]...)
}

// fileVariable holds the name of the file that a command was read from, in functions that of theirs.
const fileVariable = hiddenVariable + "file"

// inFile carries a kept text out that was read from a file.
func (b *bash) inFile(ctx context.Context, args []string) error {
	number, _ := strconv.Atoi(args[0])
	return interp.HandlerCtx(ctx).Builtin(ctx, []string{"eval", b.t.keptText(number)})
}

// fileOf is the name that messages of a script begin with.
func (b *bash) fileOf(ctx context.Context) string {
	if b.inLine {
		return b.arg0
	}
	if own := interp.HandlerCtx(ctx).Env.Get(fileVariable); own.IsSet() {
		return own.String()
	}
	return b.arg0
}

// sourceDir is where the interpreter opens safe texts; the NUL byte keeps it apart from all paths.
const sourceDir = "/\x00/"

// rewriteAlias takes aliases that are words without expansions: the interpreter does not check
// others.
func rewriteAlias(b *bash, ctx context.Context, args []string) []string {
	for _, arg := range args[1:] {
		_, value, ok := strings.Cut(arg, "=")
		if !ok {
			continue
		}
		if strings.ContainsAny(value, "$`(){}~|;&<>") {
			b.complain(ctx, "alias: %s: invalid alias", arg)
			b.t.note(Render(voice.Say(voice.ShellUnsupported, "what", "aliases with expansions or more than one command; a function can have them")))
			return status(1)
		}
	}
	return args
}

// rewriteUnset refuses subscripts that the interpreter would parse without a limit.
func rewriteUnset(b *bash, ctx context.Context, args []string) []string {
	for _, arg := range args[1:] {
		if len(arg) > 256 {
			b.complain(ctx, "unset: `%s...': not a valid identifier", arg[:32])
			return status(1)
		}
	}
	if len(args) > 1 && args[1] == "-f" {
		return args
	}
	return b.unsetFixed(ctx, args)
}

// rewriteCommand changes what `command` and `builtin` run like any other command.
func rewriteCommand(b *bash, ctx context.Context, args []string) []string {
	if len(args) < 2 {
		return status(0)
	}
	if args[0] == "command" && (args[1] == "-v" || args[1] == "-V") {
		return append([]string{hidden + "run"}, args...)
	}
	if args[1] == "-p" || args[1] == "--" {
		args = append(args[:1:1], args[2:]...)
	}
	if len(args) < 2 {
		return status(0)
	}
	if change, ok := rewrites[args[1]]; ok {
		return change(b, ctx, args[1:])
	}
	if args[0] == "builtin" && !interp.IsBuiltin(args[1]) {
		b.complain(ctx, "builtin: %s: not a shell builtin", args[1])
		return status(1)
	}
	return append([]string{"command"}, args[1:]...)
}

// rewriteShift fails where there are not so many arguments; the interpreter drops all of them.
func rewriteShift(b *bash, ctx context.Context, args []string) []string {
	count := "1"
	if len(args) > 1 {
		count = args[1]
	}
	switch n, err := strconv.Atoi(count); {
	case len(args) > 2:
		b.complain(ctx, "shift: too many arguments")
		return status(1)
	case err != nil:
		b.complain(ctx, "shift: %s: numeric argument required", count)
		return status(1)
	case n < 0:
		b.complain(ctx, "shift: %s: shift count out of range", count)
		return status(1)
	}
	return []string{"eval", "(($# >= " + count + ")) && " + hidden + "shift " + count + " || " + hidden + "status 1"}
}

func rewriteCd(b *bash, ctx context.Context, args []string) []string {
	hc := interp.HandlerCtx(ctx)
	for len(args) > 1 && (args[1] == "-P" || args[1] == "-L" || args[1] == "--") {
		args = append(args[:1:1], args[2:]...)
	}
	if len(args) > 2 {
		b.complain(ctx, "cd: too many arguments")
		return status(1)
	}
	name := hc.Env.Get("HOME").String()
	if len(args) == 2 {
		name = args[1]
	}
	switch {
	case len(args) == 1 && name == "":
		b.complain(ctx, "cd: HOME not set")
		return status(1)
	case name == "-" && !hc.Env.Get("OLDPWD").IsSet():
		b.complain(ctx, "cd: OLDPWD not set")
		return status(1)
	case name == "":
		return status(0)
	case name == "-":
		return args
	}
	if why := b.cannotEnter(hc.Dir, name); why != nil {
		b.complain(ctx, "cd: %s: %s", name, Reason(why))
		return status(1)
	}
	return []string{"cd", name}
}

// cannotEnter says why a directory cannot be the working directory, nil if it can.
func (b *bash) cannotEnter(dir, name string) error {
	file, err := resolve(dir, name)
	if err != nil {
		return err
	}
	var row *File
	b.m.Do(func() { row, err = b.m.fs.Stat(file) })
	switch {
	case err != nil:
		return err
	case !row.IsDir():
		return NotDir
	case !row.Readable() && !b.root:
		return Permission
	}
	return nil
}

// rewritePrintf carries out printf by the program; with -v the text goes to a variable.
func rewritePrintf(b *bash, ctx context.Context, args []string) []string {
	if len(args) < 4 || args[1] != "-v" {
		return toProgram(b, ctx, args)
	}
	name, key, element := strings.Cut(strings.TrimSuffix(args[2], "]"), "[")
	if !syntax.ValidName(name) || element != strings.HasSuffix(args[2], "]") {
		b.complain(ctx, "printf: `%s': not a valid identifier", args[2])
		return status(2)
	}
	if b.refusesFixed(ctx, name) {
		return status(1)
	}
	var text bounded
	p := b.process(ctx, append([]string{"printf"}, args[3:]...))
	text.budget, p.out = p.budget, &text
	r := b.spawn(p, p.Args)
	if element {
		return b.setElement(ctx, name, key, text.String(), r.status)
	}
	return []string{"eval", name + "=" + quote(text.String()) + b.foldRead(args[2:3]) + "; " + hidden + "status " + strconv.Itoa(r.status)}
}

// setElement gives an element of an array a value, for `printf -v`.
func (b *bash) setElement(ctx context.Context, array, key, value string, code int) []string {
	if variableOf(ctx, array).Kind == expand.Associative {
		key = quote(key)
	}
	text, ok := b.safe(ctx, "printf", array+"["+key+"]="+quote(value))
	if !ok {
		return status(2)
	}
	return []string{"eval", text + "\n" + hidden + "status " + strconv.Itoa(code)}
}

// quote makes a text one literal word of bash, without a backslash: the interpreter keeps those in
// assignments, see [preparer.escapes].
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'"'"'`) + "'" }

// bounded gathers what a program prints, as much as one expansion may make.
type bounded struct {
	strings.Builder
	budget *budget
}

// Write appends.
func (w *bounded) Write(data []byte) (int, error) {
	if err := w.budget.room(int64(w.Len() + len(data))); err != nil {
		return 0, err
	}
	return w.Builder.Write(data)
}

package shell

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// The interpreter knows no DEBUG and no RETURN trap. Where DEBUG is mentioned, `hsmplay-debug $? …`
// stands before each simple command; where RETURN is, `hsmplay-returned $?` stands at the end of
// each function and file, and `return` runs the trap's text itself.

// trapsSteps reports whether statements set the DEBUG trap.
func trapsSteps(stmts []*syntax.Stmt) bool { return sets(stmts, "DEBUG") }

// trapsReturns reports whether statements set the RETURN trap.
func trapsReturns(stmts []*syntax.Stmt) bool { return sets(stmts, "RETURN") }

// isStep reports whether the DEBUG trap runs before a command.
func isStep(cmd syntax.Command) bool {
	switch cmd.(type) {
	case *syntax.CallExpr, *syntax.DeclClause, *syntax.TestClause, *syntax.ArithmCmd, *syntax.LetClause, *syntax.CaseClause, *syntax.ForClause:
		return true
	}
	return false
}

// step keeps a command as it was typed, for its DEBUG trap.
func (p *preparer) step(stmt *syntax.Stmt) {
	if p.steps == nil || p.shown[stmt] || p.inTrap || !isStep(stmt.Cmd) || isInner(stmt) {
		return
	}
	bare := *stmt
	bare.Negated, bare.Background, bare.Disown = false, false, false
	text := typedStmt(&bare)
	switch cmd := stmt.Cmd.(type) {
	case *syntax.CaseClause:
		text = "case " + typedWord(cmd.Word) + " in "
	case *syntax.ForClause:
		if _, ok := cmd.Loop.(*syntax.WordIter); !ok {
			return
		}
		text, _, _ = strings.Cut(text, ";")
	}
	p.steps[stmt] = toldStmt{line: stmt.Pos().Line(), text: text}
}

func typedWord(w *syntax.Word) string {
	return typedStmt(&syntax.Stmt{Cmd: &syntax.CallExpr{Args: []*syntax.Word{w}}})
}

// debug puts before a command, or in a loop before each of its rounds, what runs the DEBUG trap.
// For the sides of a pipe it stands before the pipe.
func (p *preparer) debug(stmt *syntax.Stmt) {
	var outer syntax.Node
	if len(p.path) > 0 {
		outer = p.path[len(p.path)-1]
	}
	both, side := outer.(*syntax.BinaryCmd)
	side = side && isPipe(both)
	step, ok := p.steps[stmt]
	if ok {
		kind := "own"
		if slices.ContainsFunc(p.path, isSubshell) {
			kind = "inner"
		}
		p.piping = append(p.piping, quietly(stmt, p.running(step, kind)))
	}
	if side || len(p.piping) == 0 {
		return
	}
	before := p.piping
	p.piping = nil
	if loop, ok := stmt.Cmd.(*syntax.ForClause); ok {
		loop.Do = slices.Concat(before, loop.Do)
		return
	}
	alone := &syntax.Stmt{Position: stmt.Position, Cmd: stmt.Cmd, Redirs: stmt.Redirs}
	stmt.Cmd, stmt.Redirs = block(append(before, alone)...), nil
}

// running is the command that runs the DEBUG trap for a step.
func (p *preparer) running(step toldStmt, kind string) *syntax.Stmt {
	return withStatus(hidden+"debug", fmt.Sprint(step.line), fmt.Sprint(p.b.t.keepText(step.text)), kind)
}

// isSubshell reports whether the DEBUG trap reaches what is in a node under `set -T` only.
func isSubshell(n syntax.Node) bool {
	switch n.(type) {
	case *syntax.Subshell, *syntax.CmdSubst, *syntax.ProcSubst:
		return true
	}
	return false
}

// enter has a function say that it is one, where a trap asks for that.
func (p *preparer) enter(n *syntax.FuncDecl) {
	if p.told == nil && p.steps == nil && !p.returns {
		return
	}
	body := *n.Body
	list := []*syntax.Stmt{quietly(n.Body, withStatus(hidden+"entered"))}
	if p.steps != nil {
		list = append(list, quietly(n.Body, p.running(toldStmt{line: n.Pos().Line(), text: n.Name.Value}, "inner")))
	}
	list = append(list, &body)
	if p.returns {
		list = append(list, quietly(n.Body, withStatus(hidden+"returned")))
	}
	n.Body = &syntax.Stmt{Position: body.Position, Cmd: block(list...)}
}

// debugged carries the DEBUG trap out before a command: its line, its text, whether it is one of
// the shell's own, and the status before.
func (b *bash) debugged(ctx context.Context, args []string) error {
	b.failure.mu.Lock()
	inside := interp.HandlerCtx(ctx).Env.Get(inFunction).IsSet()
	runs := !b.failure.of(interp.HandlerCtx(ctx).Env).handles && (b.failure.steps || !inside && args[2] == "own")
	b.failure.mu.Unlock()
	if runs {
		number, _ := strconv.Atoi(args[1])
		if err := b.runNamed(ctx, "DEBUG", args[3], args[0], b.t.keptText(number)); err != nil {
			return err
		}
	}
	return b.exitStatus(ctx, args[3:])
}

// returned carries the RETURN trap out at the end of a function or a file.
func (b *bash) returned(ctx context.Context, args []string) error {
	if b.hasReturnTrap(ctx) {
		line := strconv.Itoa(int(interp.HandlerCtx(ctx).Pos.Line()))
		if err := b.runNamed(ctx, "RETURN", args[0], line, "return"); err != nil {
			return err
		}
	}
	return b.exitStatus(ctx, args)
}

// hasReturnTrap reports whether the function or file that a command stands in sets off a RETURN
// trap.
func (b *bash) hasReturnTrap(ctx context.Context) bool {
	b.failure.mu.Lock()
	defer b.failure.mu.Unlock()
	return !b.failure.of(interp.HandlerCtx(ctx).Env).handles && interp.HandlerCtx(ctx).Env.Get(trapVariable+"RETURN").String() != ""
}

// returnTrapped is a `return` that runs the RETURN trap first, with the status from before.
func returnTrapped(status string) []string {
	return []string{"eval", elementStatus + "=$?\n" + hidden + "returned $" + elementStatus + " || :\n" + hidden + "return " + status}
}

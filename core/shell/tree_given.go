package shell

import (
	"context"
	"fmt"
	"strconv"

	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// In the words of one command $? is what the substitution before it has ended with: `echo "$(date)
// $?"` shows that of date. The interpreter leaves $? as the command has found it. So such a
// substitution keeps its status, and what stands behind it asks for that.

// given has the words of a command see the statuses of its substitutions.
func (p *preparer) given(n *syntax.CallExpr) {
	var before []*syntax.CmdSubst
	needed := 0
	var look func(parts []syntax.WordPart)
	look = func(parts []syntax.WordPart) {
		for i, part := range parts {
			switch part := part.(type) {
			case *syntax.DblQuoted:
				look(part.Parts)
			case *syntax.ParamExp:
				if len(before) > 0 && isPlainStatus(part) {
					parts[i] = &syntax.CmdSubst{Left: part.Pos(), Right: part.Pos(),
						Stmts: []*syntax.Stmt{{Position: part.Pos(), Cmd: call(hidden+"given", "1")}}}
					needed = len(before)
				} else if part.Exp != nil && part.Exp.Word != nil {
					look(part.Exp.Word.Parts)
				}
			case *syntax.CmdSubst:
				if len(part.Stmts) == 0 || part.Stmts[0].Cmd == nil || isInner(part.Stmts[0]) {
					continue
				}
				if first := part.Stmts[0]; len(before) > 0 && asksStatus(first) {
					needed = len(before)
					again := quietly(first, &syntax.Stmt{Cmd: call(hidden + "given")})
					part.Stmts = append([]*syntax.Stmt{again}, part.Stmts...)
				}
				before = append(before, part)
			}
		}
	}
	for _, as := range n.Assigns {
		if as.Value != nil {
			look(as.Value.Parts)
		}
	}
	for _, word := range n.Args {
		look(word.Parts)
	}
	for _, subst := range before[:needed] {
		at := subst.Stmts[0].Position
		inner := &syntax.Stmt{Position: at, Cmd: &syntax.Subshell{Lparen: at, Rparen: subst.Right, Stmts: subst.Stmts}}
		keep := withStatus(hidden + "gave")
		keep.Position = at
		p.guarded[inner], p.guarded[keep] = true, true
		subst.Stmts = []*syntax.Stmt{inner, keep}
	}
}

// isPlainStatus reports whether an expansion is $? and no more.
func isPlainStatus(n *syntax.ParamExp) bool {
	return n.Param != nil && n.Param.Value == "?" && n.Exp == nil && n.Repl == nil && n.Slice == nil && !n.Length && !n.Excl
}

// gave keeps the status of a substitution.
func (b *bash) gave(ctx context.Context, args []string) error {
	n, _ := strconv.Atoi(args[0])
	b.substituted.Store(int32(n))
	return b.exitStatus(ctx, args)
}

// given ends with the kept status, which it also prints if it has an argument.
func (b *bash) given(ctx context.Context, args []string) error {
	status := strconv.Itoa(int(b.substituted.Load()))
	if len(args) > 0 {
		fmt.Fprint(interp.HandlerCtx(ctx).Stdout, status)
	}
	return b.exitStatus(ctx, []string{status})
}

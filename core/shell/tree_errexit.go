package shell

import (
	"context"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// After `set -e` a loop or another compound command whose last `a && b` has failed does not end the
// shell, since the failure was one of those that do not count (bash's manual, `set -e`). The
// interpreter looks at the status of the compound command alone. So such a command is negated,
// which keeps it from ending the shell, and `hsmplay-unless $?` behind it turns its status round
// again.

// setsErrexit reports whether `set -e` stands somewhere in statements.
func setsErrexit(stmts []*syntax.Stmt) (found bool) {
	visit(stmts, func(n syntax.Node) bool {
		if c, ok := n.(*syntax.CallExpr); ok && len(c.Args) > 1 && c.Args[0].Lit() == "set" {
			found = found || slices.ContainsFunc(c.Args[1:], func(w *syntax.Word) bool {
				word := w.Lit()
				return word == "errexit" || strings.HasPrefix(word, "-") && strings.Contains(word, "e")
			})
		}
		return !found
	})
	return found
}

// spared has the compound commands of a list survive a failure that does not count.
func (p *preparer) spared(stmts []*syntax.Stmt) []*syntax.Stmt {
	if !p.errexit {
		return stmts
	}
	var list []*syntax.Stmt
	for _, stmt := range stmts {
		list = append(list, stmt)
		if isCompound(stmt.Cmd) && !stmt.Negated && !stmt.Background && !stmt.Disown && endsUncounted(stmt.Cmd) && !leavesShell(stmt) {
			stmt.Negated = true
			list = append(list, quietly(stmt, withStatus(hidden+"unless")))
		}
	}
	return list
}

// unless is a failure for 0 and success for other numbers.
func (b *bash) unless(ctx context.Context, args []string) error {
	if args[0] == "0" {
		return b.exitStatus(ctx, []string{"1"})
	}
	return nil
}

func isCompound(cmd syntax.Command) bool {
	switch cmd.(type) {
	case *syntax.Block, *syntax.IfClause, *syntax.ForClause, *syntax.WhileClause, *syntax.CaseClause:
		return true
	}
	return false
}

// endsUncounted reports whether a command may end with a failure that does not count.
func endsUncounted(cmd syntax.Command) bool {
	switch cmd := cmd.(type) {
	case *syntax.BinaryCmd:
		return !isPipe(cmd)
	case *syntax.Block:
		return lastUncounted(cmd.Stmts)
	case *syntax.IfClause:
		return lastUncounted(cmd.Then) || cmd.Else != nil && endsUncounted(cmd.Else)
	case *syntax.ForClause:
		return lastUncounted(cmd.Do)
	case *syntax.WhileClause:
		return lastUncounted(cmd.Do)
	case *syntax.CaseClause:
		return slices.ContainsFunc(cmd.Items, func(item *syntax.CaseItem) bool { return lastUncounted(item.Stmts) })
	}
	return false
}

// lastUncounted is [endsUncounted] for a list; what was put in behind its last command is passed
// over.
func lastUncounted(stmts []*syntax.Stmt) bool {
	for _, stmt := range slices.Backward(stmts) {
		if !isInner(stmt) {
			return stmt.Negated || endsUncounted(stmt.Cmd)
		}
	}
	return false
}

// leavesShell reports whether a statement may leave the function or the shell with success, which
// the negation would turn round.
func leavesShell(stmt *syntax.Stmt) (found bool) {
	visit([]*syntax.Stmt{stmt}, func(n syntax.Node) bool {
		if c, ok := n.(*syntax.CallExpr); ok && len(c.Args) > 0 {
			name := strings.TrimPrefix(c.Args[0].Lit(), hidden)
			fails := len(c.Args) == 2 && strings.Trim(c.Args[1].Lit(), "123456789") == "" && c.Args[1].Lit() != ""
			found = found || !fails && slices.Contains([]string{"exit", "leave", "return", "exec", "logout"}, name)
		}
		return !found
	})
	return found
}

// loose has the commands of a substitution go on after a failure, as bash does without
// `shopt -s inherit_errexit`. One command alone ends there in any case.
func (p *preparer) loose(stmts []*syntax.Stmt) []*syntax.Stmt {
	if !p.errexit || len(stmts) == 0 || len(stmts) == 1 && p.isAlone(stmts[0].Cmd) ||
		strings.HasPrefix(source(stmts[:1]), hidden+"loose") {
		return stmts
	}
	return append([]*syntax.Stmt{quietly(stmts[0], withStatus(hidden+"loose"))}, stmts...)
}

// isAlone reports whether a command carries out no other one of the shell.
func (p *preparer) isAlone(cmd syntax.Command) bool {
	c, ok := cmd.(*syntax.CallExpr)
	if !ok || len(c.Args) == 0 {
		return cmd == nil || ok
	}
	name := c.Args[0].Lit()
	return name != "" && !p.functions[name] && !slices.Contains([]string{"eval", "source", ".", "command"}, name)
}

// goesOn takes `set -e` from a substitution, and from a subshell whose failures do not count (all).
// It has the status that it is given.
func (b *bash) goesOn(ctx context.Context, args []string) error {
	hc := interp.HandlerCtx(ctx)
	if args[0] == "all" || hc.Env.Get(optionVariable+"inherit_errexit").String() == "" {
		if err := hc.Builtin(ctx, []string{"set", "+e"}); err != nil {
			return err
		}
	}
	return b.exitStatus(ctx, args[len(args)-1:])
}

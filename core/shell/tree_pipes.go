package shell

import (
	"fmt"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// mentions reports whether a parameter is used somewhere.
func mentions(stmts []*syntax.Stmt, name string) (found bool) {
	visit(stmts, func(n syntax.Node) bool {
		if param, ok := n.(*syntax.ParamExp); ok && param.Param != nil {
			found = found || param.Param.Value == name
		}
		return !found
	})
	return found
}

// isPipe reports whether a node is a pipe.
func isPipe(n syntax.Node) bool {
	pipe, ok := n.(*syntax.BinaryCmd)
	return ok && (pipe.Op == syntax.Pipe || pipe.Op == syntax.PipeAll)
}

// piped runs the sides of a pipe in shells of their own, the last one too, as in bash without
// lastpipe. Where PIPESTATUS is asked for, each notes how it ended: the sides of a | b | c count
// from the last, since the tree leans to the left.
func (p *preparer) piped(n *syntax.BinaryCmd) {
	left := isPipe(n.X.Cmd)
	n.X, n.Y = p.ownedSide(n, n.X), p.ownedSide(n, n.Y)
	if p.sides {
		last := p.leaning()
		if !left {
			n.X = p.b.forked(n.X, "side", fmt.Sprintf("%d:%d", n.Pos().Offset(), last+1))
		}
		n.Y = p.b.forked(n.Y, "side", fmt.Sprintf("%d:%d", n.Pos().Offset(), last))
	}
	if left || !p.sides {
		n.X = p.b.forked(n.X)
	}
	n.Y = &syntax.Stmt{Position: n.Y.Pos(), Cmd: &syntax.Subshell{Lparen: n.Y.Pos(), Rparen: n.Y.End(), Stmts: []*syntax.Stmt{n.Y}}}
}

// lone finds the commands that ask for PIPESTATUS behind one that is no pipe: there it is that one's
// status. before is what ran last, nil where nobody knows.
func (p *preparer) lone(stmts []*syntax.Stmt, before *syntax.Stmt) *syntax.Stmt {
	for _, stmt := range stmts {
		switch cmd := stmt.Cmd.(type) {
		case *syntax.BinaryCmd:
			p.lone([]*syntax.Stmt{cmd.X}, before)
			p.lone([]*syntax.Stmt{cmd.Y}, cmd.X)
		case *syntax.Block:
			p.lone(cmd.Stmts, before)
		case *syntax.Subshell:
			p.lone(cmd.Stmts, before)
		case *syntax.IfClause:
			for ; cmd != nil; cmd = cmd.Else {
				before = p.lone(cmd.Cond, before)
				p.lone(cmd.Then, before)
			}
		case *syntax.WhileClause:
			p.lone(cmd.Do, p.lone(cmd.Cond, nil))
		case *syntax.ForClause:
			p.lone(cmd.Do, nil)
		case *syntax.CaseClause:
			for _, item := range cmd.Items {
				p.lone(item.Stmts, nil)
			}
		case *syntax.FuncDecl:
			p.lone([]*syntax.Stmt{cmd.Body}, nil)
		default:
			if before != nil && isOne(before.Cmd) && mentions([]*syntax.Stmt{stmt}, "PIPESTATUS") {
				p.alone[stmt] = true
			}
		}
		before = stmt
	}
	return before
}

// ranBefore is what stands for the last command of the line that was typed before, nil if that was a
// pipe or nobody knows.
func (b *bash) ranBefore(stmts []*syntax.Stmt) *syntax.Stmt {
	if !b.inLine || len(stmts) == 0 {
		return nil
	}
	b.failure.mu.Lock()
	defer b.failure.mu.Unlock()
	before := b.failure.before
	if b.failure.before = nil; isOne(stmts[len(stmts)-1].Cmd) {
		b.failure.before = &syntax.Stmt{Cmd: &syntax.TestClause{}}
	}
	return before
}

// isOne reports whether a command has one status, and is none that was put in.
func isOne(cmd syntax.Command) bool {
	switch cmd := cmd.(type) {
	case *syntax.CallExpr:
		return len(cmd.Args) == 0 || !strings.HasPrefix(cmd.Args[0].Lit(), hidden)
	case *syntax.BinaryCmd:
		return !isPipe(cmd) && isOne(cmd.X.Cmd) && isOne(cmd.Y.Cmd)
	case *syntax.Subshell, *syntax.DeclClause, *syntax.TestClause, *syntax.ArithmCmd, *syntax.LetClause:
		return true
	}
	return false
}

// keepAlone puts the command before a statement that makes PIPESTATUS the status of one command.
func (p *preparer) keepAlone(stmt *syntax.Stmt) {
	if p.alone[stmt] {
		inner := &syntax.Stmt{Position: stmt.Position, Cmd: stmt.Cmd}
		stmt.Cmd = block(quietly(stmt, withStatus(hidden+"sides")), inner)
	}
}

// leaning counts the pipes of which the node that is left is the left side.
func (p *preparer) leaning() (n int) {
	for i := len(p.path) - 1; i > 0; i -= 2 {
		outer, ok := p.path[i-1].(*syntax.BinaryCmd)
		if !ok || !isPipe(outer) || outer.X != p.path[i] {
			break
		}
		n++
	}
	return n
}

// keepSides puts the command that sets PIPESTATUS behind a whole pipe.
func (p *preparer) keepSides(stmt *syntax.Stmt) {
	if !p.sides || !isPipe(stmt.Cmd) {
		return
	}
	if len(p.path) > 0 && isPipe(p.path[len(p.path)-1]) && p.path[len(p.path)-1].(*syntax.BinaryCmd).X == stmt {
		return
	}
	inner := *stmt
	inner.Negated, inner.Background = false, false
	stmt.Cmd, stmt.Redirs = block(&inner, withStatus(hidden+"sides", fmt.Sprint(stmt.Cmd.Pos().Offset()))), nil
}

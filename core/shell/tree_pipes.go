package shell

import (
	"fmt"

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

package shell

import (
	"fmt"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// The interpreter has an ERR trap, but it sets it off for each statement around a failure, inside
// their redirections, knows no line, and takes no `exit` from it. So its trap only notes that a
// statement has failed where a failure counts ([bash.noteFailure]), and behind each statement of a
// list stands `hsmplay-caught $? …`, which runs the trap's text once, in the place and with the
// status of the statement. That happens only where ERR is mentioned.

// toldStmt is a statement as it was typed, before anything was rewritten.
type toldStmt struct {
	line  uint
	text  string
	group bool // what fails in it is a statement of its own
}

// trapsErrors reports whether statements set the ERR trap.
func trapsErrors(stmts []*syntax.Stmt) bool { return sets(stmts, "ERR") }

// sets reports whether a trap is set for a condition somewhere in statements.
func sets(stmts []*syntax.Stmt, conditions ...string) (found bool) {
	visit(stmts, func(n syntax.Node) bool {
		if c, ok := n.(*syntax.CallExpr); ok && len(c.Args) > 1 && c.Args[0].Lit() == "trap" {
			found = found || slices.ContainsFunc(c.Args[1:], func(w *syntax.Word) bool {
				return slices.Contains(conditions, strings.TrimPrefix(w.Lit(), "SIG"))
			})
		}
		return !found
	})
	return found
}

// tell keeps a statement as it is before it is rewritten.
func (p *preparer) tell(stmt *syntax.Stmt) {
	if p.told == nil || stmt.Cmd == nil || p.guarded[stmt] {
		return
	}
	last := stmt
	for {
		both, ok := last.Cmd.(*syntax.BinaryCmd)
		if !ok {
			break
		}
		last = both.Y
	}
	p.told[stmt] = toldStmt{last.Pos().Line(), typedStmt(last), isGroup(stmt.Cmd)}
}

// typedStmt is a statement as $BASH_COMMAND has it.
func typedStmt(stmt *syntax.Stmt) string {
	bare := *stmt
	bare.Comments = nil
	var b strings.Builder
	syntax.NewPrinter(syntax.SpaceRedirects(true)).Print(&b, &syntax.File{Stmts: []*syntax.Stmt{&bare}})
	return strings.TrimSpace(b.String())
}

// isGroup reports whether a failure in a command is one of a statement inside, or sets no trap off.
func isGroup(cmd syntax.Command) bool {
	switch cmd := cmd.(type) {
	case *syntax.Block, *syntax.IfClause, *syntax.ForClause, *syntax.WhileClause, *syntax.CaseClause, *syntax.FuncDecl:
		return true
	case *syntax.BinaryCmd:
		return !isPipe(cmd) && isGroup(cmd.Y.Cmd)
	}
	return false
}

// caught puts behind each statement of a list what sets off the ERR trap for it, and spares those
// that fail where it does not count.
func (p *preparer) caught(stmts []*syntax.Stmt) []*syntax.Stmt {
	stmts = p.spared(stmts)
	if p.told == nil {
		return stmts
	}
	var list []*syntax.Stmt
	for _, stmt := range stmts {
		list = append(list, stmt)
		told, ok := p.told[stmt]
		if !ok || isInner(stmt) {
			continue
		}
		kind := "leaf"
		if told.group {
			kind = "group"
		} else {
			p.b.keepTold(told)
		}
		check := withStatus(hidden+"caught", kind, fmt.Sprint(told.line), fmt.Sprint(p.b.t.keepText(told.text)))
		list = append(list, quietly(stmt, check))
	}
	return list
}

// toldMost is how many statements of a line are kept.
const toldMost = 50

// keepTold keeps a statement for the trap of a shell that ends there.
func (b *bash) keepTold(told toldStmt) {
	b.failure.mu.Lock()
	defer b.failure.mu.Unlock()
	if b.failure.told == nil {
		b.failure.told = map[uint][]string{}
	}
	if list := b.failure.told[told.line]; !slices.Contains(list, told.text) {
		b.failure.told[told.line] = append(list[max(0, len(list)-toldMost+1):], told.text) // each line that is typed is line 1
	}
}

// quietly runs a command whose status counts for $? only: neither a trap nor errexit minds it.
func quietly(at *syntax.Stmt, check *syntax.Stmt) *syntax.Stmt {
	check.Position = at.Position
	return &syntax.Stmt{Position: at.Position, Cmd: &syntax.BinaryCmd{OpPos: at.Position, Op: syntax.AndStmt,
		X: check, Y: &syntax.Stmt{Position: at.Position, Cmd: call(hidden+"status", "0")}}}
}

// isInner reports whether a statement is one that [preparer.caught] has put in.
func isInner(stmt *syntax.Stmt) bool {
	cmd := stmt.Cmd
	if both, ok := cmd.(*syntax.BinaryCmd); ok && both.Op == syntax.AndStmt {
		cmd = both.X.Cmd
	}
	c, ok := cmd.(*syntax.CallExpr)
	return ok && len(c.Args) > 0 && strings.HasPrefix(c.Args[0].Lit(), hidden)
}

// leaveLists puts checks into the lists of a node.
func (p *preparer) leaveLists(n syntax.Node) {
	if p.told == nil && !p.errexit {
		return
	}
	switch n := n.(type) {
	case *syntax.Block:
		n.Stmts = p.caught(n.Stmts)
	case *syntax.Subshell:
		n.Stmts = p.caught(n.Stmts)
	case *syntax.CmdSubst:
		n.Stmts = p.spared(n.Stmts)
	case *syntax.IfClause:
		n.Then = p.caught(n.Then)
	case *syntax.WhileClause:
		n.Do = p.caught(n.Do)
	case *syntax.ForClause:
		n.Do = p.caught(n.Do)
	case *syntax.CaseItem:
		n.Stmts = p.caught(n.Stmts)
	}
}

// ownExit makes a subshell that sets an EXIT trap run through [bash.ownShell], which sets it off.
func (p *preparer) ownExit(stmts []*syntax.Stmt) []*syntax.Stmt {
	if !sets(stmts, "EXIT", "0") {
		return stmts
	}
	text := source(stmts)
	if !p.b.inLine && stmts[0].Pos().Line() > 1 {
		text = strings.Repeat("\n", int(stmts[0].Pos().Line())-1) + text
	}
	return []*syntax.Stmt{{Position: stmts[0].Position, Cmd: call(hidden+"own", fmt.Sprint(p.b.t.keepText(text)))}}
}

// nameExit tells the `exit` of a subshell from that of the shell: it sets off another trap.
func (p *preparer) nameExit(n *syntax.CallExpr) {
	if len(n.Args) == 0 || n.Args[0].Lit() != "exit" {
		return
	}
	for _, outer := range slices.Backward(p.path) {
		var stmts []*syntax.Stmt
		switch outer := outer.(type) {
		case *syntax.FuncDecl:
			return
		case *syntax.Subshell:
			stmts = outer.Stmts
		case *syntax.CmdSubst:
			stmts = outer.Stmts
		default:
			continue
		}
		name := hidden + "exit"
		if sets(stmts, "EXIT", "0") {
			name = hidden + "leave"
		}
		n.Args[0] = literal(name)
		return
	}
}

// renameInTrap answers $LINENO and $BASH_COMMAND in the text of a trap by what has set it off.
func (p *preparer) renameInTrap(n *syntax.ParamExp) {
	name := map[string]string{"LINENO": trapLine, "BASH_COMMAND": trapCommand}[n.Param.Value]
	if name == "" || n.Param.Value == "LINENO" && !p.inTrap {
		return
	}
	n.Param, n.Short = &syntax.Lit{ValuePos: n.Param.ValuePos, ValueEnd: n.Param.ValueEnd, Value: name}, false
}

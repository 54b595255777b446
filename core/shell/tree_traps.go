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
	line := last.Cmd.Pos().Line()
	if _, ok := last.Cmd.(*syntax.Subshell); ok {
		line = last.Cmd.End().Line() // bash reads as far before it knows what it is
	}
	p.told[stmt] = toldStmt{line, typedStmt(last), isGroup(stmt.Cmd)}
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

// owned makes a subshell with traps of its own run through [bash.ownShell], which sets them off: one
// that sets an EXIT trap, and where ERR is mentioned each whose failures count. n is what is left,
// and fails on the line of a position.
func (p *preparer) owned(n syntax.Node, stmts []*syntax.Stmt, at syntax.Pos) []*syntax.Stmt {
	if len(stmts) == 0 || stmts[0].Cmd == nil || isCall(stmts[0], hidden+"own") || isCall(stmts[0], hidden+"given") {
		return stmts
	}
	quiet := p.isUncounted(n)
	if _, ok := n.(*syntax.Subshell); ok && quiet && p.errexit &&
		!strings.HasPrefix(source(stmts[:1]), hidden+"loose") {
		stmts = append([]*syntax.Stmt{quietly(stmts[0], withStatus(hidden+"loose", "all"))}, stmts...)
	}
	if (p.told == nil || quiet) && !sets(stmts, "EXIT", "0") {
		return stmts
	}
	number := fmt.Sprint(p.b.t.keepText(placed(stmts)))
	start := stmts[0].Position
	return []*syntax.Stmt{{Position: start, Negated: true, Cmd: call(hidden+"own", number)},
		{Position: start, Cmd: call(hidden+"left", fmt.Sprint(at.Line()))}}
}

// ownedSide is owned for the side of a pipe. A failure of a command alone is one of the pipe.
func (p *preparer) ownedSide(pipe *syntax.BinaryCmd, side *syntax.Stmt) *syntax.Stmt {
	if !p.ownsFailures(side.Cmd) {
		return side
	}
	if list := p.owned(pipe, []*syntax.Stmt{side}, side.Pos()); len(list) > 1 {
		return &syntax.Stmt{Position: side.Position, Cmd: block(list...)}
	}
	return side
}

// ownsFailures reports whether something may fail in a side of a pipe, or in a job, without being
// that side, and in no subshell of its own.
func (p *preparer) ownsFailures(side syntax.Command) bool {
	switch side := side.(type) {
	case *syntax.CallExpr:
		return len(side.Args) > 0 && p.functions[side.Args[0].Lit()]
	case *syntax.Subshell:
		return false
	}
	return !isPipe(side)
}

// isUncounted reports whether the failures in a node that is left do not count, as those of
// conditions do not.
func (p *preparer) isUncounted(child syntax.Node) bool {
	holds := func(list []*syntax.Stmt) bool {
		stmt, ok := child.(*syntax.Stmt)
		return ok && slices.Contains(list, stmt)
	}
	for _, outer := range slices.Backward(p.path) {
		found := false
		switch outer := outer.(type) {
		case *syntax.FuncDecl:
			return false
		case *syntax.Stmt:
			found = outer.Negated
		case *syntax.BinaryCmd:
			found = !isPipe(outer) && child == outer.X
		case *syntax.IfClause:
			found = holds(outer.Cond)
		case *syntax.WhileClause:
			found = holds(outer.Cond)
		}
		if found {
			return true
		}
		child = outer
	}
	return false
}

// sparesFunction tells a function that its failures do not count, for the subshells in it.
func (p *preparer) sparesFunction(n *syntax.CallExpr) {
	if p.told != nil && len(n.Args) > 0 && p.functions[n.Args[0].Lit()] &&
		len(n.Assigns) == 0 && p.isUncounted(n) {
		n.Assigns = []*syntax.Assign{{Name: lit(uncounted), Value: literal("1")}}
	}
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

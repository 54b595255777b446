package shell

import (
	"context"
	"slices"
	"strconv"

	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// The interpreter leaves a loop behind the command of its body that has said `break` or `continue`,
// and carries out what stands behind that word in the command. So there the rest of a list goes
// where it counts: `if a; then b || break; c; fi` becomes `if a; then if b; then c; else break; fi;
// fi`, and `break; c` loses c. Where that would put the rest in two places, what leaves the loop
// says so:
//
//	_hsmplay_left=; …{ _hsmplay_left=1; break; }…; if hsmplay-stays "$_hsmplay_left"; then c; fi
//
// A text that eval or source reads in a loop is such a list too. A function has its own loops only.
const (
	loopVariable = hiddenVariable + "loop"
	leftVariable = hiddenVariable + "left"
)

// cutLists rewrites the lists of a node in a loop, those of the loop itself left out.
func (p *preparer) cutLists(n syntax.Node) {
	switch n := n.(type) {
	case *syntax.IfClause:
		if p.inLoop() {
			n.Then = cutBehind(n.Then)
		}
	case *syntax.Block:
		if p.inLoop() {
			n.Stmts = cutBehind(n.Stmts)
		}
	case *syntax.CaseItem:
		if p.inLoop() {
			n.Stmts = cutBehind(n.Stmts)
		}
	case *syntax.Stmt:
		p.cutBoth(n)
	case *syntax.CallExpr:
		p.ownLoops(n)
		if readsText(n) && p.inLoop() {
			n.Assigns = append(n.Assigns, &syntax.Assign{Name: lit(loopVariable), Value: literal("1")})
		}
	}
}

// readsText reports whether a command reads a text that does not know yet that it is in a loop.
func readsText(n *syntax.CallExpr) bool {
	return len(n.Args) > 0 && slices.Contains([]string{"eval", ".", "source"}, n.Args[0].Lit()) && len(n.Assigns) == 0
}

// cutBoth takes what stands behind `break &&` away.
func (p *preparer) cutBoth(stmt *syntax.Stmt) {
	both, ok := stmt.Cmd.(*syntax.BinaryCmd)
	if !ok || both.Op != syntax.AndStmt || !p.inLoop() {
		return
	}
	first, isBoth := both.X.Cmd.(*syntax.BinaryCmd)
	if leavesLoop(both.X) || isBoth && first.Op == syntax.AndStmt && leavesLoop(first.Y) {
		stmt.Cmd = block(both.X)
	} else if isBoth {
		if choice := choosing(both.X, []*syntax.Stmt{both.Y}); choice != nil {
			stmt.Cmd = choice
		}
	}
}

// ownLoops has a function leave no loop of its callers.
func (p *preparer) ownLoops(n *syntax.CallExpr) {
	levels := leavesLevels(&syntax.Stmt{Cmd: n})
	loops, inside := p.loopsAround()
	switch {
	case levels == 0 || !inside || levels <= loops:
	case loops == 0:
		first := literal(hidden + "noloop")
		first.Parts[0].(*syntax.Lit).ValuePos = n.Args[0].Pos()
		n.Args = append([]*syntax.Word{first}, n.Args...)
	default:
		n.Args[1] = literal(strconv.Itoa(loops))
	}
}

// loopsAround is how many loops of its function or file are around the node that is checked, if it
// is in one.
func (p *preparer) loopsAround() (count int, inside bool) {
	for _, outer := range slices.Backward(p.path) {
		if _, ok := outer.(*syntax.FuncDecl); ok {
			return count, true
		}
		if isForked(outer) {
			return count, false
		}
		if loops(outer) {
			count++
		}
	}
	return count, p.sourced != "" && !p.looped
}

// noLoop says that there is no loop to leave, which is no failure.
func (b *bash) noLoop(ctx context.Context, args []string) error {
	b.complain(ctx, "%s: only meaningful in a `for', `while', or `until' loop", args[0])
	return nil
}

// rewriteLoop refuses numbers of loops that are none.
func rewriteLoop(b *bash, ctx context.Context, args []string) []string {
	if len(args) != 2 {
		return args
	}
	switch n, err := strconv.Atoi(args[1]); {
	case err != nil:
		b.complain(ctx, "%s: %s: numeric argument required", args[0], args[1])
		return []string{"exit", "128"}
	case n < 1:
		b.complain(ctx, "%s: %s: loop count out of range", args[0], args[1])
		return []string{"break", strconv.Itoa(maxDepth)}
	}
	return args
}

// inLoop reports whether the node that is checked stands in a loop of its shell.
func (p *preparer) inLoop() bool {
	for _, outer := range slices.Backward(p.path) {
		switch {
		case loops(outer):
			return true
		case isForked(outer):
			return false
		}
	}
	return p.looped
}

// parseRead is [bash.parse] for what eval or source reads, in a loop or not. sourced is
// the variable with the name of the file that it was read from, "" for none.
func (b *bash) parseRead(ctx context.Context, text, sourced string) ([]*syntax.Stmt, error) {
	looped := interp.HandlerCtx(ctx).Env.Get(loopVariable).IsSet()
	text = b.keyedText(text)
	stmts, err := read(text)
	if err != nil {
		return nil, err
	}
	if looped {
		stmts = cutBehind(stmts)
	}
	p := b.preparer(stmts)
	p.looped, p.sourced, p.text = looped, sourced, text
	return p.all(stmts)
}

// cutBehind is a list in which nothing stands behind what leaves the loop.
func cutBehind(list []*syntax.Stmt) []*syntax.Stmt {
	for i, stmt := range list[:max(len(list)-1, 0)] {
		if leavesLoop(stmt) {
			return list[:i+1]
		}
		if choice := choosing(stmt, list[i+1:]); choice != nil {
			return append(list[:i:i], &syntax.Stmt{Position: stmt.Position, Cmd: choice})
		}
		if (i == 0 || !setsLeft(list[i-1])) && marksLeaving(stmt) {
			return append(list[:i:i], marking(stmt, list[i+1:])...)
		}
	}
	return list
}

// leavesLoop reports whether a statement ends with leaving the loop whatever happens.
func leavesLoop(stmt *syntax.Stmt) bool {
	if stmt.Negated || stmt.Background || stmt.Disown {
		return false
	}
	switch cmd := stmt.Cmd.(type) {
	case *syntax.Block:
		return leavesLoop(cmd.Stmts[len(cmd.Stmts)-1])
	case *syntax.BinaryCmd:
		return cmd.Op == syntax.AndStmt && leavesLoop(cmd.X)
	}
	return isCall(stmt, "break") || isCall(stmt, "continue")
}

// choosing is a statement that may leave the loop, with the rest of its list where it does not; nil
// for one that needs no such care, or whose rest would stand in two places.
func choosing(stmt *syntax.Stmt, rest []*syntax.Stmt) *syntax.IfClause {
	if stmt.Negated || stmt.Background || stmt.Disown || len(stmt.Redirs) > 0 {
		return nil
	}
	switch cmd := stmt.Cmd.(type) {
	case *syntax.BinaryCmd:
		if isPipe(cmd) || !leavesLoop(cmd.Y) {
			return nil
		}
		choice := written("if :; then :; else :; fi").Cmd.(*syntax.IfClause)
		choice.Position, choice.Else.Position = stmt.Position, stmt.Position
		choice.Cond = []*syntax.Stmt{cmd.X}
		choice.Then, choice.Else.Then = rest, []*syntax.Stmt{cmd.Y}
		if cmd.Op == syntax.AndStmt {
			choice.Then, choice.Else.Then = choice.Else.Then, rest
		}
		return choice
	case *syntax.IfClause:
		return joined(cmd, rest)
	}
	return nil
}

// joined puts what follows a choice into the one of its lists that does not leave the loop.
func joined(choice *syntax.IfClause, rest []*syntax.Stmt) *syntax.IfClause {
	var open *syntax.IfClause
	leaving, last := 0, choice
	for c := choice; c != nil; c = c.Else {
		if last = c; leavesLoop(c.Then[len(c.Then)-1]) {
			leaving++
			continue
		}
		if open != nil {
			return nil
		}
		open = c
	}
	switch complete := len(last.Cond) == 0; {
	case leaving == 0 || open != nil && !complete:
		return nil
	case open == nil && complete:
		return choice
	case open == nil:
		last.Else = &syntax.IfClause{Position: last.Position, Then: succeeding(rest)}
	default:
		open.Then = slices.Concat(open.Then, rest)
	}
	return choice
}

// succeeding is the rest of a list behind a choice of which nothing was chosen: that is no failure.
func succeeding(rest []*syntax.Stmt) []*syntax.Stmt {
	if !asksStatus(rest[0]) {
		return rest
	}
	end := quietly(rest[0], &syntax.Stmt{Cmd: call(hidden+"status", "0")})
	return append([]*syntax.Stmt{end}, rest...)
}

// setsLeft reports whether a statement begins with the note that a loop is left, or that it is not.
func setsLeft(stmt *syntax.Stmt) bool {
	if list, ok := stmt.Cmd.(*syntax.Block); ok && len(list.Stmts) > 0 {
		stmt = list.Stmts[0]
	}
	c, ok := stmt.Cmd.(*syntax.CallExpr)
	return ok && len(c.Assigns) == 1 && c.Assigns[0].Name.Value == leftVariable
}

// marking is a statement that notes whether it leaves the loop, with the rest of its list.
func marking(stmt *syntax.Stmt, rest []*syntax.Stmt) []*syntax.Stmt {
	keep := func() *syntax.Stmt { return assigned(elementStatus, nil, quotedWord(shortParam("?"))) }
	again := func() *syntax.Stmt {
		end := call(hidden + "status")
		end.Args = append(end.Args, quotedWord(shortParam(elementStatus)))
		return quietly(stmt, &syntax.Stmt{Cmd: end})
	}
	list := []*syntax.Stmt{assigned(leftVariable, nil, nil), stmt}
	if asksStatus(stmt) {
		list = []*syntax.Stmt{keep(), list[0], again(), stmt}
	}
	choice := written("if " + hidden + `stays "$` + leftVariable + `"; then :; fi`)
	then := &choice.Cmd.(*syntax.IfClause).Then
	if *then = rest; asksStatus(rest[0]) {
		*then = append([]*syntax.Stmt{again()}, rest...)
		list = append(list, keep())
	}
	list = append(list, choice)
	for _, s := range list {
		s.Position = stmt.Position
	}
	return list
}

// marksLeaving has what leaves the loop around a statement note it, and reports whether there is
// any.
func marksLeaving(stmt *syntax.Stmt) (found bool) {
	depth, open := 0, []syntax.Node{}
	syntax.Walk(stmt, func(n syntax.Node) bool {
		if n == nil {
			if last := len(open) - 1; loops(open[last]) {
				depth--
			}
			open = open[:len(open)-1]
			return true
		}
		if len(open) >= maxDepth || isForked(n) {
			return false
		}
		if inner, ok := n.(*syntax.Stmt); ok && leavesLevels(inner) > depth {
			note := assigned(leftVariable, nil, literal("1"))
			note.Position = inner.Position
			inner.Cmd = block(note, &syntax.Stmt{Position: inner.Position, Cmd: inner.Cmd})
			found = true
			return false
		}
		if open = append(open, n); loops(n) {
			depth++
		}
		return true
	})
	return found
}

// stays fails where a loop is being left.
func (b *bash) stays(_ context.Context, args []string) error {
	if args[0] != "" {
		return interp.ExitStatus(1)
	}
	return nil
}

// loops reports whether a node is a loop.
func loops(n syntax.Node) bool {
	switch n.(type) {
	case *syntax.ForClause, *syntax.WhileClause:
		return true
	}
	return false
}

// isForked reports whether what is in a node cannot leave a loop around it.
func isForked(n syntax.Node) bool {
	switch n := n.(type) {
	case *syntax.FuncDecl, *syntax.Subshell, *syntax.CmdSubst, *syntax.ProcSubst:
		return true
	case *syntax.Stmt:
		return n.Background || n.Disown
	}
	return isPipe(n)
}

// leavesLevels is how many loops a command leaves, 0 for others.
func leavesLevels(stmt *syntax.Stmt) int {
	if !isCall(stmt, "break") && !isCall(stmt, "continue") {
		return 0
	}
	args := stmt.Cmd.(*syntax.CallExpr).Args
	if len(args) < 2 {
		return 1
	}
	n, _ := strconv.Atoi(args[1].Lit())
	return n
}

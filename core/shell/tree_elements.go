package shell

import (
	"fmt"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// The interpreter's arithmetic assigns to names, not to elements of arrays, and takes `a[1]+=x` for
// a[0] and `m+=([k]=x)` for nothing. So `((a[i]++))` works on a variable beside:
//
//	{ _hsmplay_at0=$((i)); _hsmplay_element0=${a[_hsmplay_at0]}; ((_hsmplay_element0++)) && _hsmplay_status=0 || _hsmplay_status=1
//	  a[_hsmplay_at0]=$_hsmplay_element0; hsmplay-status $_hsmplay_status; }
//
// and the others are written out.
const (
	elementAt     = "_hsmplay_at"
	elementValue  = "_hsmplay_element"
	elementStatus = "_hsmplay_status"
	elementLater  = "_hsmplay_later"
	elementWords  = "_hsmplay_words"
	elementPart   = "_hsmplay_part"
)

// elements rewrites a statement whose arithmetic assigns to elements.
func (p *preparer) elements(stmt *syntax.Stmt) {
	var before, after []*syntax.Stmt
	for _, expr := range arithmetic(stmt.Cmd) {
		walkArithm(expr, func(target **syntax.Word) {
			element := elementOf(*target)
			at, value := fmt.Sprint(elementAt, len(before)/2), fmt.Sprint(elementValue, len(before)/2)
			key, again := p.keyOf(element.Param.Value, element.Index, at)
			before = append(before, assigned(at, nil, key),
				assigned(value, nil, quotedWord(&syntax.ParamExp{Param: lit(element.Param.Value), Index: again})))
			after = append(after, assigned(element.Param.Value, again, quotedWord(shortParam(value))))
			text := wordText(*target)
			*target = literal(value)
			sameElement(*expr, text, value)
		})
	}
	if len(before) == 0 {
		return
	}
	list := slices.Concat(before, withKeptStatus(stmt.Cmd), after)
	end := call(hidden + "status")
	end.Args = append(end.Args, quotedWord(shortParam(elementStatus)))
	list = append(list, &syntax.Stmt{Cmd: end})
	for _, s := range list {
		s.Position = stmt.Position
	}
	stmt.Cmd = block(list...)
}

// sameElement has an expression that assigns to an element ask for its value where the element stands
// once more.
func sameElement(expr syntax.ArithmExpr, text, value string) {
	syntax.Walk(expr, func(n syntax.Node) bool {
		if word, ok := n.(*syntax.Word); ok && elementOf(word) != nil && wordText(word) == text {
			word.Parts = literal(value).Parts
		}
		return true
	})
}

// wordText is a word as it is written.
func wordText(word *syntax.Word) string {
	return source([]*syntax.Stmt{{Cmd: &syntax.CallExpr{Args: []*syntax.Word{word}}}})
}

// withKeptStatus carries a command out and keeps its status; that of arithmetic alone ends no
// shell.
func withKeptStatus(cmd syntax.Command) []*syntax.Stmt {
	switch cmd.(type) {
	case *syntax.CallExpr, *syntax.DeclClause:
		return []*syntax.Stmt{{Cmd: cmd}, assigned(elementStatus, nil, quotedWord(shortParam("?")))}
	}
	told := func(op syntax.BinCmdOperator, x syntax.Command, status string) *syntax.BinaryCmd {
		return &syntax.BinaryCmd{Op: op, X: &syntax.Stmt{Cmd: x}, Y: assigned(elementStatus, nil, literal(status))}
	}
	return []*syntax.Stmt{{Cmd: told(syntax.OrStmt, told(syntax.AndStmt, cmd, "0"), "1")}}
}

// arithmetic returns the expressions of a command that are carried out in its own shell, of `let`
// with what stands in its quotes.
func arithmetic(cmd syntax.Command) (list []*syntax.ArithmExpr) {
	switch cmd := cmd.(type) {
	case *syntax.ArithmCmd:
		list = append(list, &cmd.X)
	case *syntax.LetClause:
		for i, expr := range cmd.Exprs {
			cmd.Exprs[i] = unquoted(expr)
			list = append(list, &cmd.Exprs[i])
		}
	case *syntax.CallExpr, *syntax.DeclClause, *syntax.TestClause:
		shallow(cmd, func(n syntax.Node) bool {
			switch n := n.(type) {
			case *syntax.CmdSubst, *syntax.ProcSubst:
				return false
			case *syntax.ArithmExp:
				list = append(list, &n.X)
			}
			return true
		})
	}
	return list
}

// heads takes the arithmetic out of the head of a loop or a case that assigns to elements there, so
// that [preparer.elements] sees it:
//
//	{ _hsmplay_words=(); _hsmplay_words+=(word); …; for x in "${_hsmplay_words[@]}"; do …; done; }
//	{ _hsmplay_words=word; case "$_hsmplay_words" in …; esac; }
//	{ ((init)); _hsmplay_later=0; for ((;;)); do if ((_hsmplay_later)); then ((post)); else _hsmplay_later=1; fi; ((cond)) || break; …; done; }
//
// One name does for loops in each other: all of them leave 1 in it.
func (p *preparer) heads(stmt *syntax.Stmt) {
	switch cmd := stmt.Cmd.(type) {
	case *syntax.CallExpr:
		spread(stmt, cmd)
	case *syntax.CaseClause:
		p.caseHead(stmt, cmd)
	case *syntax.ForClause:
		switch head := cmd.Loop.(type) {
		case *syntax.WordIter:
			p.wordsHead(stmt, cmd, head)
		case *syntax.CStyleLoop:
			p.arithmeticHead(stmt, cmd, head)
		}
	}
}

// caseHead takes out the word that a case looks at.
func (p *preparer) caseHead(stmt *syntax.Stmt, cmd *syntax.CaseClause) {
	if !wordAssigns(cmd.Word) && !p.computes(cmd.Word) {
		return
	}
	word := assigned(elementWords, nil, cmd.Word)
	word.Position = stmt.Position
	cmd.Word = quotedWord(shortParam(elementWords))
	stmt.Cmd = block(word, &syntax.Stmt{Position: stmt.Position, Cmd: cmd})
}

// wordsHead takes out the words that a loop goes through, one by one: each sees what those before it
// have assigned.
func (p *preparer) wordsHead(stmt *syntax.Stmt, loop *syntax.ForClause, head *syntax.WordIter) {
	if !slices.ContainsFunc(head.Items, wordAssigns) && !slices.ContainsFunc(head.Items, p.computes) {
		return
	}
	again := *head
	again.Items = oneByOne(stmt, loop, head.Items)
	loop.Loop = &again
}

// oneByOne puts the expansion of words before a command, each in a statement of its own, and returns
// what stands for them in the command.
func oneByOne(stmt *syntax.Stmt, cmd syntax.Command, words []*syntax.Word) []*syntax.Word {
	list := []*syntax.Stmt{{Cmd: &syntax.CallExpr{Assigns: []*syntax.Assign{{Name: lit(elementWords), Array: &syntax.ArrayExpr{}}}}}}
	for _, word := range words {
		list = append(list, partByPart(word)...)
		more := &syntax.ArrayExpr{Elems: []*syntax.ArrayElem{{Value: word}}}
		list = append(list, &syntax.Stmt{Cmd: &syntax.CallExpr{Assigns: []*syntax.Assign{{Append: true, Name: lit(elementWords), Array: more}}}})
	}
	list = append(list, &syntax.Stmt{Cmd: cmd})
	for _, s := range list {
		s.Position = stmt.Position
	}
	stmt.Cmd = block(list...)
	return []*syntax.Word{quotedWord(&syntax.ParamExp{Param: lit(elementWords), Index: literal("@")})}
}

// partByPart takes the arithmetic out of a word that has several of it.
func partByPart(word *syntax.Word) (list []*syntax.Stmt) {
	parts := word.Parts
	if quoted, ok := parts[0].(*syntax.DblQuoted); ok && len(parts) == 1 {
		parts = quoted.Parts
	}
	count := 0
	for _, part := range parts {
		if _, ok := part.(*syntax.ArithmExp); ok {
			count++
		}
	}
	if count < 2 {
		return nil
	}
	for i, part := range parts {
		if exp, ok := part.(*syntax.ArithmExp); ok {
			name := fmt.Sprint(elementPart, i)
			list = append(list, assigned(name, nil, &syntax.Word{Parts: []syntax.WordPart{exp}}))
			parts[i] = &syntax.ParamExp{Param: lit(name)}
		}
	}
	return list
}

// spread has the words of a command expanded one after the other where one assigns to an element and
// another may ask for it.
func spread(stmt *syntax.Stmt, cmd *syntax.CallExpr) {
	if len(cmd.Args) < 2 || len(cmd.Assigns) > 0 || !slices.ContainsFunc(cmd.Args[1:], wordAssigns) {
		return
	}
	asks := 0
	shallow(cmd, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.CmdSubst, *syntax.ProcSubst:
			return false
		case *syntax.ArithmExp:
			asks++
			return false
		case *syntax.ParamExp:
			if n.Index != nil {
				asks++
			}
		}
		return true
	})
	if asks > 1 {
		cmd.Args = append(cmd.Args[:1:1], oneByOne(stmt, cmd, cmd.Args[1:])...)
	}
}

// wordAssigns reports whether the arithmetic of a word assigns to elements.
func wordAssigns(word *syntax.Word) (found bool) {
	if word == nil {
		return false
	}
	for _, expr := range arithmetic(&syntax.CallExpr{Args: []*syntax.Word{word}}) {
		walkArithm(expr, func(**syntax.Word) { found = true })
	}
	return found
}

// arithmeticHead takes out the three expressions of a loop, also where `set -x` shows them.
func (p *preparer) arithmeticHead(stmt *syntax.Stmt, loop *syntax.ForClause, head *syntax.CStyleLoop) {
	if !assignsElements(head) && (!p.traces || head.Init == nil && head.Cond == nil && head.Post == nil) {
		return
	}
	at := func(cmd syntax.Command) *syntax.Stmt { return &syntax.Stmt{Position: stmt.Position, Cmd: cmd} }
	part := func(x syntax.ArithmExpr) *syntax.Stmt { return at(p.typedArithm(x)) }
	var outer []*syntax.Stmt
	if head.Init != nil {
		outer = append(outer, quietly(stmt, part(head.Init)))
	}
	later := assigned(elementLater, nil, literal("1"))
	round := []*syntax.Stmt{later}
	if head.Post != nil {
		round[0] = at(&syntax.IfClause{Cond: []*syntax.Stmt{at(&syntax.ArithmCmd{X: literal(elementLater)})},
			Then: []*syntax.Stmt{quietly(stmt, part(head.Post))}, Else: &syntax.IfClause{Then: []*syntax.Stmt{later}}})
	}
	if head.Cond != nil {
		round = append(round, at(&syntax.BinaryCmd{Op: syntax.OrStmt, X: part(head.Cond), Y: at(call(hidden + "break"))}))
	}
	loop.Loop = &syntax.CStyleLoop{Lparen: head.Lparen, Rparen: head.Rparen}
	loop.Do = slices.Concat(round, loop.Do)
	stmt.Cmd = block(append(outer, assigned(elementLater, nil, literal("0")), at(loop))...)
}

// assignsElements reports whether one of the three expressions does.
func assignsElements(head *syntax.CStyleLoop) (found bool) {
	for _, expr := range []*syntax.ArithmExpr{&head.Init, &head.Cond, &head.Post} {
		if *expr != nil {
			walkArithm(expr, func(**syntax.Word) { found = true })
		}
	}
	return found
}

// unquoted is an expression in quotes as arithmetic, for `let "x = 1"`.
func unquoted(expr syntax.ArithmExpr) syntax.ArithmExpr {
	word, ok := expr.(*syntax.Word)
	if !ok || len(word.Parts) != 1 {
		return expr
	}
	text := ""
	switch part := word.Parts[0].(type) {
	case *syntax.SglQuoted:
		text = part.Value
	case *syntax.DblQuoted:
		text = strings.Trim(strings.TrimSpace(source([]*syntax.Stmt{{Cmd: &syntax.CallExpr{Args: []*syntax.Word{word}}}})), `"`)
	}
	stmts, err := read("((" + text + "))")
	if err != nil || len(stmts) != 1 {
		return expr
	}
	if read, ok := stmts[0].Cmd.(*syntax.ArithmCmd); ok && read.X != nil {
		return read.X
	}
	return expr
}

// walkArithm shows the places of an expression that elements are assigned at, inner ones first.
func walkArithm(expr *syntax.ArithmExpr, show func(target **syntax.Word)) {
	walkArithmAt(expr, 0, show)
}

func walkArithmAt(expr *syntax.ArithmExpr, depth int, show func(target **syntax.Word)) {
	if depth > maxDepth {
		return // the whole is refused
	}
	assigns := func(x *syntax.ArithmExpr) {
		word, ok := (*x).(*syntax.Word)
		if !ok || elementOf(word) == nil {
			walkArithmAt(x, depth+1, show)
			return
		}
		show(&word)
		*x = word
	}
	switch n := (*expr).(type) {
	case *syntax.ParenArithm:
		walkArithmAt(&n.X, depth+1, show)
	case *syntax.UnaryArithm:
		if n.Op == syntax.Inc || n.Op == syntax.Dec {
			assigns(&n.X)
			return
		}
		walkArithmAt(&n.X, depth+1, show)
	case *syntax.BinaryArithm:
		walkArithmAt(&n.Y, depth+1, show)
		if slices.Contains(assigning, n.Op) {
			assigns(&n.X)
			return
		}
		walkArithmAt(&n.X, depth+1, show)
	}
}

// assigning are the operators that change what stands to their left.
var assigning = []syntax.BinAritOperator{syntax.Assgn, syntax.AddAssgn, syntax.SubAssgn, syntax.MulAssgn, syntax.QuoAssgn, syntax.RemAssgn,
	syntax.AndAssgn, syntax.OrAssgn, syntax.XorAssgn, syntax.ShlAssgn, syntax.ShrAssgn}

// elementOf is the element that a word of arithmetic is, nil for other words.
func elementOf(word *syntax.Word) *syntax.ParamExp {
	if len(word.Parts) != 1 {
		return nil
	}
	n, ok := word.Parts[0].(*syntax.ParamExp)
	if !ok || !n.Short || n.Param == nil || n.Index == nil || n.Exp != nil {
		return nil
	}
	return n
}

// keyOf is what a variable gets that stands for an element's key, and how the key is written by it.
func (p *preparer) keyOf(array string, index syntax.ArithmExpr, at string) (value *syntax.Word, again syntax.ArithmExpr) {
	again = quotedWord(shortParam(at))
	if word, ok := index.(*syntax.Word); ok && p.keyed[array] {
		return word, again
	}
	return &syntax.Word{Parts: []syntax.WordPart{&syntax.ArithmExp{X: index}}}, again
}

// assigned is the statement that gives a variable or an element a value.
func assigned(name string, index syntax.ArithmExpr, value *syntax.Word) *syntax.Stmt {
	return &syntax.Stmt{Cmd: &syntax.CallExpr{Assigns: []*syntax.Assign{{Name: lit(name), Index: index, Value: value}}}}
}

func shortParam(name string) *syntax.ParamExp { return &syntax.ParamExp{Short: true, Param: lit(name)} }

func lit(text string) *syntax.Lit { return &syntax.Lit{Value: text} }

// appendElements writes out `a[i]+=x`, and `m+=([k]=x)` of arrays with words for keys.
func (p *preparer) appendElements(n *syntax.CallExpr) {
	var list []*syntax.Assign
	for _, as := range n.Assigns {
		switch {
		case as.Append && as.Index != nil && as.Value != nil:
			old := quotedWord(&syntax.ParamExp{Param: lit(as.Name.Value), Index: as.Index})
			as.Append, as.Value = false, &syntax.Word{Parts: slices.Concat(old.Parts, as.Value.Parts)}
		case as.Append && as.Array != nil && p.keyed[as.Name.Value] && !slices.ContainsFunc(as.Array.Elems, withoutKey):
			for _, e := range as.Array.Elems {
				list = append(list, &syntax.Assign{Name: as.Name, Index: e.Index, Value: e.Value})
			}
			continue
		}
		list = append(list, as)
	}
	n.Assigns = list
}

func withoutKey(e *syntax.ArrayElem) bool { return e.Index == nil }

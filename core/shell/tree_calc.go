package shell

import (
	"fmt"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// The interpreter takes a variable that holds an expression for 0, 08 and `5 files` for numbers, one
// that is not set for 0 under `set -u`, and goes on after a division by 0. So a command whose
// arithmetic may come to that is looked through before ([calc]):
//
//	if hsmplay-calc 4 "$-" "$x"; then echo $((y / $x)); else hsmplay-status $_hsmplay_status; fi
//
// where 4 is the number under which its expressions are kept. `hsmplay-calc` succeeds where the
// interpreter counts as bash does. Else it carries the command out itself, with numbers for the
// expressions, or says what is wrong.

// calcSite is a place in a command where an expression stands.
type calcSite struct {
	kind  string // what a message begins with
	x     syntax.Node
	from  int          // where it begins in the text
	to    int          // and ends
	put   func(string) // puts a number there; nil where the expression is the command
	plain bool         // a word, of which all but its letters is expanded
}

const (
	calcExpanded = "\x01" // stands in a kept expression for what is expanded there
	calcNames    = "\x02" // before the names in it, or calcHard
	calcHard     = "/"    // where it is not enough that they hold numbers
	calcOutside  = "\x03" // begins one that fails in a process of its own
	calcBetween  = "\x00" // between the expressions of a command, and before its text
	droppedLine  = hiddenVariable + "dropped"
	calcPart     = hiddenVariable + "calc"
)

var (
	calcName   = Pattern(`(^|[^\w#@])([A-Za-z_]\w*)`)
	calcDivide = Pattern(`[/%]=?\s*([^1-9\s]|$)|\*\*|(^|[^\w#])0\d*[89]|\.`)
)

// calcSites finds the places of a command, and those of its redirections behind them.
func (p *preparer) calcSites(cmd syntax.Command, redirs ...*syntax.Redirect) (list []calcSite) {
	defer func() { list = append(list, p.calcInRedirects(cmd, redirs)...) }()
	whole := func(kind string, x syntax.ArithmExpr) {
		if x != nil {
			list = append(list, calcSite{kind: kind, x: x, from: int(x.Pos().Offset()), to: int(x.End().Offset())})
		}
	}
	switch cmd := cmd.(type) {
	case *syntax.ArithmCmd:
		if whole("((: ", cmd.X); cmd.X != nil {
			list[0].from, list[0].to = int(cmd.Left.Offset())+2, int(cmd.Right.Offset())
		}
	case *syntax.LetClause:
		for _, typed := range cmd.Exprs {
			from, to, x := int(typed.Pos().Offset()), int(typed.End().Offset()), unquoted(typed)
			if x != typed {
				from, to = from+1, to-1
			}
			list = append(list, calcSite{kind: "let: ", x: x, from: from, to: to})
		}
	case *syntax.ForClause:
		if head, ok := cmd.Loop.(*syntax.CStyleLoop); ok { // as it begins
			whole("((: ", head.Init)
			whole("((: ", head.Cond)
		}
	case *syntax.CallExpr, *syntax.DeclClause, *syntax.TestClause:
		shallow(cmd, func(n syntax.Node) bool { return p.calcInWords(n, &list) })
	}
	return list
}

// calcInRedirects finds the places in redirections and here-documents. What is wrong there ends a
// program that is not built in, and not the line.
func (p *preparer) calcInRedirects(cmd syntax.Command, redirs []*syntax.Redirect) (list []calcSite) {
	for _, rd := range redirs {
		for _, word := range []*syntax.Word{rd.Word, rd.Hdoc} {
			if word != nil {
				shallow(word, func(n syntax.Node) bool { return p.calcInWords(n, &list) })
			}
		}
	}
	if c, ok := cmd.(*syntax.CallExpr); ok && len(c.Args) > 0 && !isBuiltin(c.Args[0].Lit()) && !p.functions[c.Args[0].Lit()] {
		for i := range list {
			list[i].kind = calcOutside
		}
	}
	return list
}

// calcInWords adds the places of one node, and reports whether there may be more inside.
func (p *preparer) calcInWords(n syntax.Node, list *[]calcSite) bool {
	in := func(parts []syntax.WordPart) {
		for i, part := range parts {
			if exp, ok := part.(*syntax.ArithmExp); ok && exp.X != nil {
				*list = append(*list, calcSite{x: exp.X, from: int(exp.Left.Offset()) + 3, to: int(exp.Right.Offset()),
					put: func(number string) { parts[i] = lit(number) }})
			}
		}
	}
	key := func(array string, index *syntax.ArithmExpr) {
		if *index != nil && !isAll(*index) && !p.keyed[array] {
			x := *index
			*list = append(*list, calcSite{x: x, from: int(x.Pos().Offset()), to: int(x.End().Offset()),
				put: func(number string) { *index = literal(number) }})
		}
	}
	switch n := n.(type) {
	case *syntax.CmdSubst, *syntax.ProcSubst, *syntax.ArithmExp:
		return false
	case *syntax.ParamExp:
		if n.Param != nil && !n.Excl {
			key(n.Param.Value, &n.Index)
		}
		return false
	case *syntax.Assign:
		if n.Name != nil {
			key(n.Name.Value, &n.Index)
		}
	case *syntax.Word:
		in(n.Parts)
	case *syntax.DblQuoted:
		in(n.Parts)
	case *syntax.BinaryTest:
		if n.Op >= syntax.TsEql && n.Op <= syntax.TsGtr {
			for _, side := range []*syntax.TestExpr{&n.X, &n.Y} {
				*list = append(*list, calcSite{kind: "[[: ", x: *side, from: int((*side).Pos().Offset()), to: int((*side).End().Offset()), plain: true,
					put: func(number string) { *side = literal(number) }})
			}
			return false
		}
	}
	return true
}

// calculates has a command looked through whose arithmetic may fail, or be one of expressions.
func (p *preparer) calculates(stmt *syntax.Stmt) {
	if choice, ok := stmt.Cmd.(*syntax.IfClause); ok && isCall(choice.Cond[0], hidden+"calc") {
		for _, inner := range choice.Then {
			p.guarded[inner] = true
		}
	}
	if p.guarded[stmt] || stmt.Cmd == nil {
		return
	}
	before := p.calcParts(stmt)
	kept, args, risky := "", "", len(before) > 0
	redirs := stmt.Redirs
	if len(p.calcInRedirects(nil, redirs)) == 0 {
		redirs = nil
	}
	for _, site := range p.calcSites(stmt.Cmd, stmt.Redirs...) {
		text, expanded, known := p.calcTemplate(site, len(before) > 0)
		if !known {
			text = ""
		}
		kept += site.kind + text + calcNames + p.namesIn(text) + calcBetween
		args += expanded
		risky = risky || known && p.isRisky(text, expanded)
	}
	if !risky {
		return
	}
	if loop, ok := stmt.Cmd.(*syntax.ForClause); !ok || overWords(loop) {
		kept += source([]*syntax.Stmt{{Cmd: stmt.Cmd, Redirs: redirs}})
	}
	p.guard(stmt, before, kept, args)
}

// guard puts the look through a command before it, and behind what has to run before that.
func (p *preparer) guard(stmt *syntax.Stmt, before []*syntax.Stmt, kept, args string) {
	guard, err := read("if " + hidden + "calc " + strconv.Itoa(p.b.t.keepText(kept)) + ` "$-"` + args +
		"; then :; else " + hidden + `status "$` + elementStatus + `"; fi`)
	if err != nil {
		return
	}
	p.b.calculated.Store(true)
	alone := &syntax.Stmt{Position: stmt.Position, Cmd: stmt.Cmd}
	if len(p.calcInRedirects(nil, stmt.Redirs)) > 0 {
		alone.Redirs, stmt.Redirs = stmt.Redirs, nil
	}
	p.guarded[alone], p.shown[alone] = true, true
	choice := guard[0].Cmd.(*syntax.IfClause)
	choice.Position, choice.Cond[0].Position = stmt.Position, stmt.Position
	choice.Cond[0].Cmd.(*syntax.CallExpr).Args[0].Parts[0].(*syntax.Lit).ValuePos = stmt.Position
	choice.Then = []*syntax.Stmt{alone}
	if asksStatus(alone) && len(before) == 0 {
		end := call(hidden + "status")
		end.Args = append(end.Args, quotedWord(shortParam(elementStatus)))
		choice.Then = []*syntax.Stmt{quietly(stmt, &syntax.Stmt{Cmd: end}), alone}
		before = []*syntax.Stmt{assigned(elementStatus, nil, quotedWord(shortParam("?")))}
	}
	stmt.Cmd = choice
	if len(before) > 0 {
		for _, s := range before {
			s.Position = stmt.Position
		}
		stmt.Cmd = block(append(before, &syntax.Stmt{Position: stmt.Position, Cmd: choice})...)
	}
}

// calcParts has what commands print in the arithmetic of a command gone through before: it is part of
// the expression.
func (p *preparer) calcParts(stmt *syntax.Stmt) (before []*syntax.Stmt) {
	for _, site := range p.calcSites(stmt.Cmd, stmt.Redirs...) {
		if site.plain {
			continue
		}
		syntax.Walk(site.x, func(n syntax.Node) bool {
			word, ok := n.(*syntax.Word)
			if !ok {
				return true
			}
			for i, part := range word.Parts {
				if subst, ok := part.(*syntax.CmdSubst); ok {
					name := fmt.Sprint(calcPart, len(before))
					before = append(before, quietly(stmt, assigned(name, nil, quotedWord(subst))))
					word.Parts[i] = &syntax.ParamExp{Param: lit(name)}
				}
			}
			return false
		})
	}
	return before
}

// calcTemplate is an expression as it was typed, with a mark for each expansion, and the expansions as
// words. It is not known where it has commands or variables of the instance in it.
func (p *preparer) calcTemplate(site calcSite, changed bool) (template, expanded string, known bool) {
	text, x, from, to := p.text, site.x, site.from, site.to
	if changed || from > to || to > len(text) || text == "" || site.kind == "let: " && strings.Contains(text[from:to], "$") {
		expr, ok := x.(syntax.ArithmExpr)
		if !ok || site.plain {
			return "", "", false
		}
		text = strings.ReplaceAll(source([]*syntax.Stmt{{Cmd: &syntax.ArithmCmd{X: expr}}}), "\\\n", "")
		stmts, err := read(text)
		if err != nil {
			return "", "", false
		}
		cmd := stmts[0].Cmd.(*syntax.ArithmCmd)
		x, from, to = cmd.X, int(cmd.Left.Offset())+2, int(cmd.Right.Offset())
	}
	at, known := from, true
	syntax.Walk(x, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.CmdSubst, *syntax.ArithmExp, *syntax.ProcSubst, *syntax.SglQuoted:
			known = false
		case *syntax.Lit:
			known = known && (!dynamic[n.Value] || n.Value == "_") && n.Value != "LINENO"
		case *syntax.ParamExp:
			begin, end := int(n.Pos().Offset()), int(n.End().Offset())
			if begin < at || end > to || end > len(text) || text[begin] != '$' {
				return true
			}
			template, at = template+text[at:begin]+calcExpanded, end
			expanded += ` "` + text[begin:end] + `"`
			known = known && !dynamic[n.Param.Value] && n.Exp == nil
			return false
		}
		return known
	})
	return strings.ReplaceAll(template+text[at:to], `"`, ""), expanded, known
}

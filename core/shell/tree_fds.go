package shell

import (
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// lowerFDs turns redirections of numbers above 2 into what the interpreter has: `CMD 3>F` becomes {
// hsmplay-fd …; CMD; } with the number closed behind it, `exec 3>F` the first of these alone, `>&3`
// a redirection to a name that [bash.openFile] knows.
func lowerFDs(stmt *syntax.Stmt) {
	if !slices.ContainsFunc(stmt.Redirs, highFD) {
		return
	}
	readByNumber(stmt)
	if isCall(stmt, "exec") && len(stmt.Cmd.(*syntax.CallExpr).Args) == 1 {
		stmt.Cmd, stmt.Redirs = block(execStmts(stmt)...), nil
		return
	}
	inner := &syntax.Stmt{Position: stmt.Position, Cmd: stmt.Cmd}
	for _, rd := range slices.Backward(stmt.Redirs) {
		switch {
		case !numbered(rd):
			inner.Redirs = append([]*syntax.Redirect{duplicated(rd)}, inner.Redirs...)
		case namedFD(rd) && !closes(rd): // it stays open behind the command
			inner = &syntax.Stmt{Position: stmt.Position, Cmd: block(openStmt(rd), inner)}
		case !closes(rd):
			inner = &syntax.Stmt{Position: stmt.Position, Cmd: block(openStmt(rd), inner, endStmt(rd.N.Value))}
		}
	}
	stmt.Cmd, stmt.Redirs = inner.Cmd, inner.Redirs
}

// execStmts are the redirections of `exec`, one by one: they stay.
func execStmts(stmt *syntax.Stmt) (list []*syntax.Stmt) {
	for _, rd := range stmt.Redirs {
		if numbered(rd) {
			list = append(list, openStmt(rd))
			continue
		}
		list = append(list, &syntax.Stmt{Position: stmt.Position, Cmd: stmt.Cmd, Redirs: []*syntax.Redirect{duplicated(rd)}})
	}
	return list
}

// highFD reports whether a redirection has to do with a number above 2, or closes one.
func highFD(rd *syntax.Redirect) bool {
	return numbered(rd) || duplicates(rd) && (above2(fdWord(rd)) || closes(rd) || ofVariable(rd))
}

// namedFD reports whether a redirection chooses a number and puts it into a variable: `exec {fd}>f`.
func namedFD(rd *syntax.Redirect) bool { return rd.N != nil && strings.HasPrefix(rd.N.Value, "{") }

// ofVariable reports whether a redirection duplicates a number out of a variable: `>&$fd`.
func ofVariable(rd *syntax.Redirect) bool {
	if !duplicates(rd) || len(rd.Word.Parts) != 1 {
		return false
	}
	switch part := rd.Word.Parts[0].(type) {
	case *syntax.ParamExp:
		return true
	case *syntax.DblQuoted:
		return len(part.Parts) == 1 && ofVariable(&syntax.Redirect{Op: rd.Op, Word: &syntax.Word{Parts: part.Parts}})
	}
	return false
}

// numbered reports whether a redirection is one of a number above 2.
func numbered(rd *syntax.Redirect) bool { return rd.N != nil && above2(rd.N.Value) }

func above2(number string) bool { return number != "" && (len(number) > 1 || number > "2") }

func duplicates(rd *syntax.Redirect) bool { return rd.Op == syntax.DplIn || rd.Op == syntax.DplOut }

// fdWord is the number that a duplication names, "" for one that is not a literal or closes.
func fdWord(rd *syntax.Redirect) string {
	text := strings.TrimSuffix(rd.Word.Lit(), "-")
	if text == "" || strings.Trim(text, "0123456789") != "" {
		return ""
	}
	return text
}

func closes(rd *syntax.Redirect) bool { return duplicates(rd) && rd.Word.Lit() == "-" }

// duplicated is a redirection of 0 to 2 that takes a number above 2 from where [bash.openFile]
// finds it.
func duplicated(rd *syntax.Redirect) *syntax.Redirect {
	if !highFD(rd) {
		return rd
	}
	other := *rd
	other.Word = literal(lineMark(rd) + descriptorDir + fdWord(rd))
	if ofVariable(rd) {
		other.Word = &syntax.Word{Parts: append([]syntax.WordPart{lit(lineMark(rd) + descriptorDir)}, unsplit(rd.Word).Parts...)}
	}
	if closes(rd) { // the interpreter would go on with nothing there
		other.Word = literal(closedName)
	}
	if other.Op = syntax.AppOut; rd.Op == syntax.DplIn {
		other.Op = syntax.RdrIn
	}
	return &other
}

// redirectLine begins the name of a file that a redirection opens: behind it stands the line, since the
// interpreter does not tell where a file is opened, and messages name the line.
const redirectLine = hidden + "line:"

func lineMark(rd *syntax.Redirect) string {
	return redirectLine + strconv.Itoa(int(rd.OpPos.Line())) + ":"
}

// markLine puts the line before the name of a file. A text may be prepared again; it does so once.
func (p *preparer) markLine(rd *syntax.Redirect) {
	switch rd.Op {
	case syntax.RdrIn, syntax.RdrOut, syntax.AppOut, syntax.RdrInOut, syntax.RdrAll, syntax.AppAll:
	default:
		return
	}
	if rd.Word == nil || len(rd.Word.Parts) == 0 {
		return
	}
	if last := len(p.path) - 1; last >= 0 {
		if stmt, ok := p.path[last].(*syntax.Stmt); ok && stmt.Cmd == nil { // the interpreter reads $(<file) by itself
			return
		}
	}
	first, ok := rd.Word.Parts[0].(*syntax.Lit)
	if ok && (strings.HasPrefix(first.Value, "~") || strings.HasPrefix(first.Value, hidden) || strings.HasPrefix(first.Value, descriptorDir)) {
		return
	}
	rd.Word = &syntax.Word{Parts: append([]syntax.WordPart{lit(lineMark(rd))}, rd.Word.Parts...)}
}

// markedLine takes the line off a name.
func markedLine(name string) (line uint, rest string) {
	rest, ok := strings.CutPrefix(name, redirectLine)
	number, file, found := strings.Cut(rest, ":")
	n, err := strconv.Atoi(number)
	if !ok || !found || err != nil {
		return 0, name
	}
	return uint(n), file
}

// openStmt is the command that carries out one redirection of a number above 2.
func openStmt(rd *syntax.Redirect) *syntax.Stmt {
	var c *syntax.CallExpr
	stmt := &syntax.Stmt{Position: rd.Pos()}
	switch {
	case rd.Op == syntax.Hdoc || rd.Op == syntax.DashHdoc || rd.Op == syntax.WordHdoc:
		c = call(hidden+"fd", "here", rd.N.Value)
		other := *rd
		other.N = nil
		stmt.Redirs = []*syntax.Redirect{&other}
	case closes(rd):
		c = call(hidden+"fd", "close", rd.N.Value)
	case duplicates(rd):
		c = call(hidden+"fd", "dup", rd.N.Value)
		c.Args = append(c.Args, unsplit(rd.Word))
	default:
		c = call(hidden+"fd", rd.Op.String(), rd.N.Value)
		c.Args = append(c.Args, unsplit(rd.Word))
	}
	stmt.Cmd = c
	return stmt
}

// endStmt closes a number and keeps the status of the command before.
func endStmt(number string) *syntax.Stmt {
	return withStatus(hidden+"fd", "end", number)
}

// withStatus is a command whose last argument is the status of the one before.
func withStatus(words ...string) *syntax.Stmt {
	c := call(words...)
	c.Args = append(c.Args, &syntax.Word{Parts: []syntax.WordPart{
		&syntax.ParamExp{Short: true, Param: &syntax.Lit{Value: "?"}}}})
	return &syntax.Stmt{Cmd: c}
}

// unsplit keeps a word of a redirection one word: its expansions are not split there.
func unsplit(w *syntax.Word) *syntax.Word {
	other := &syntax.Word{}
	for _, part := range w.Parts {
		switch part.(type) {
		case *syntax.ParamExp, *syntax.CmdSubst, *syntax.ArithmExp:
			part = &syntax.DblQuoted{Parts: []syntax.WordPart{part}}
		}
		other.Parts = append(other.Parts, part)
	}
	return other
}

// readByNumber turns `read x <&3` into `read -u 3 x`: a redirection would read ahead.
func readByNumber(stmt *syntax.Stmt) {
	if !isCall(stmt, "read") {
		return
	}
	c := stmt.Cmd.(*syntax.CallExpr)
	for i, rd := range stmt.Redirs {
		if rd.Op == syntax.DplIn && above2(fdWord(rd)) && (rd.N == nil || rd.N.Value == "0") {
			with := call("read", "-u", fdWord(rd)).Args
			stmt.Cmd = &syntax.CallExpr{Assigns: c.Assigns, Args: append(with, c.Args[1:]...)}
			stmt.Redirs = slices.Delete(slices.Clone(stmt.Redirs), i, i+1)
			return
		}
	}
}

func isCall(stmt *syntax.Stmt, name string) bool {
	c, ok := stmt.Cmd.(*syntax.CallExpr)
	return ok && len(c.Args) > 0 && c.Args[0].Lit() == name
}

// lowerProcSubst turns `CMD <(A)` into { hsmplay-fd fill 63; (A) > 63; CMD /dev/fd/63; }: A ends
// before CMD begins. The other direction, `CMD >(A)`, runs A beside it, and waits for its end.
func lowerProcSubst(b *bash, stmt *syntax.Stmt) {
	var before, after []*syntax.Stmt
	n := 63
	for _, word := range substWords(stmt) {
		for i, part := range word.Parts {
			subst, ok := part.(*syntax.ProcSubst)
			if !ok {
				continue
			}
			number := strconv.Itoa(n)
			inner := &syntax.Stmt{Position: subst.Pos(), Cmd: &syntax.Subshell{Lparen: subst.Pos(), Rparen: subst.End(), Stmts: subst.Stmts}}
			if subst.Op == syntax.CmdIn {
				before = append(before, &syntax.Stmt{Cmd: call(hidden+"fd", "fill", number)}, filling(inner, number))
			} else {
				inner.Redirs = []*syntax.Redirect{{Op: syntax.RdrIn, Word: literal(descriptorDir + "drain/" + number)}}
				job := b.forked(inner, "behind")
				job.Background = true
				before = append(before, &syntax.Stmt{Cmd: call(hidden+"fd", "sink", number)}, job)
			}
			if !isCall(stmt, "exec") {
				after = append(after, endStmt(number))
			}
			word.Parts[i] = &syntax.Lit{ValuePos: subst.Pos(), ValueEnd: subst.End(), Value: "/dev/fd/" + number}
			n--
		}
	}
	if before == nil {
		return
	}
	inner := *stmt
	inner.Negated, inner.Background = false, false
	lowerFDs(&inner)
	stmt.Cmd, stmt.Redirs = block(slices.Concat(before, []*syntax.Stmt{&inner}, after)...), nil
}

// filling runs a statement for what it prints; a bad end of it is nobody's.
func filling(inner *syntax.Stmt, number string) *syntax.Stmt {
	inner.Redirs = []*syntax.Redirect{{Op: syntax.RdrOut, Word: literal(descriptorDir + "fill/" + number)}}
	return &syntax.Stmt{Position: inner.Pos(), Cmd: &syntax.BinaryCmd{Op: syntax.OrStmt, X: inner,
		Y: &syntax.Stmt{Cmd: call(":")}}}
}

// substWords are the words of a statement that hold process substitutions, those of inner
// statements left out.
func substWords(root *syntax.Stmt) (list []*syntax.Word) {
	syntax.Walk(root, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Stmt:
			return n == root
		case *syntax.ProcSubst:
			return false
		case *syntax.Word:
			list = append(list, n)
		}
		return true
	})
	return list
}

func literal(text string) *syntax.Word {
	return &syntax.Word{Parts: []syntax.WordPart{&syntax.Lit{Value: text}}}
}

func block(stmts ...*syntax.Stmt) *syntax.Block { return &syntax.Block{Stmts: stmts} }

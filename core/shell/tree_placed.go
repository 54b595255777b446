package shell

import (
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// The printer lays a tree out anew, but messages and $LINENO are about the lines that were read. So
// each list in a statement is left to a mark that no text has, the printer puts what is between the
// marks on one line, and for each mark the statements of its list are written on their own lines.

// placed prints statements on the lines that they were read from, also those that share one.
func placed(stmts []*syntax.Stmt) string {
	w := &placer{line: 1}
	w.list(stmts)
	return w.String()
}

// placer is a text of statements that is being written.
type placer struct {
	strings.Builder
	line int  // that the text has come to
	open bool // it ends with a here-document
}

// write appends what the printer has made.
func (w *placer) write(text string) {
	before := w.String()
	single := strings.HasPrefix(text, ";") && !strings.HasPrefix(text, ";;")
	switch {
	case text == "":
		return
	case w.open && single:
		text = "\n" + text[1:]
	case w.open:
		text = "\n" + text
	case single && strings.HasSuffix(before, "&"):
		text = text[1:]
	case text[0] == '(' && strings.HasSuffix(before, "("): // no arithmetic
		text = " " + text
	}
	w.open = false
	w.line += strings.Count(text, "\n")
	w.WriteString(text)
}

// list appends statements.
func (w *placer) list(stmts []*syntax.Stmt) {
	for i, stmt := range stmts {
		switch behind := int(stmt.Pos().Line()) - w.line; {
		case behind > 0:
			w.open = false
			w.write(strings.Repeat("\n", behind))
		case i > 0:
			w.write("; ")
		}
		w.stmt(stmt)
		w.open = hasDocument(stmt)
	}
}

// stmt appends a statement.
func (w *placer) stmt(stmt *syntax.Stmt) {
	if isOpenInside(stmt) {
		w.write(strings.TrimSpace(source([]*syntax.Stmt{stmt})))
		return
	}
	lists, restore := marked(stmt)
	var text strings.Builder
	syntax.NewPrinter(syntax.SingleLine(true)).Print(&text, &syntax.File{Stmts: []*syntax.Stmt{stmt}})
	restore()
	for i, piece := range strings.Split(strings.TrimSpace(text.String()), "\x00") {
		if i%2 == 0 {
			w.write(piece)
			continue
		}
		number, _ := strconv.Atoi(piece)
		w.list(lists[number])
	}
}

// marked puts marks in the place of the lists of a statement, and gives a function that puts them
// back.
func marked(stmt *syntax.Stmt) (lists [][]*syntax.Stmt, restore func()) {
	var back []func()
	mark := func(list *[]*syntax.Stmt) {
		if len(*list) == 0 {
			return
		}
		old := *list
		back = append(back, func() { *list = old })
		text := "\x00" + strconv.Itoa(len(lists)) + "\x00"
		lists = append(lists, old)
		*list = []*syntax.Stmt{{Position: old[0].Position, Cmd: call(text)}}
	}
	side := func(side **syntax.Stmt) {
		old := *side
		list := []*syntax.Stmt{old}
		mark(&list)
		back = append(back, func() { *side = old })
		*side = list[0]
	}
	syntax.Walk(stmt, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.BinaryCmd:
			side(&n.X)
			side(&n.Y)
		case *syntax.IfClause:
			mark(&n.Cond)
			mark(&n.Then)
		case *syntax.WhileClause:
			mark(&n.Cond)
			mark(&n.Do)
		case *syntax.ForClause:
			mark(&n.Do)
		case *syntax.CaseItem:
			mark(&n.Stmts)
		case *syntax.Block:
			mark(&n.Stmts)
		case *syntax.Subshell:
			mark(&n.Stmts)
		case *syntax.CmdSubst:
			mark(&n.Stmts)
		case *syntax.ProcSubst:
			mark(&n.Stmts)
		}
		return true
	})
	return lists, func() {
		for _, put := range back {
			put()
		}
	}
}

// isOpenInside reports whether more of a statement than its redirections stands behind the beginning
// of a here-document.
func isOpenInside(stmt *syntax.Stmt) bool {
	switch cmd := stmt.Cmd.(type) {
	case *syntax.FuncDecl:
		return isOpenInside(cmd.Body)
	case *syntax.Block, *syntax.Subshell, *syntax.IfClause, *syntax.ForClause, *syntax.WhileClause, *syntax.CaseClause:
		return false
	}
	return hasDocument(stmt)
}

// hasDocument reports whether a here-document begins in a node.
func hasDocument(stmt *syntax.Stmt) (found bool) {
	shallow(stmt, func(n syntax.Node) bool {
		rd, ok := n.(*syntax.Redirect)
		found = found || ok && rd.Hdoc != nil
		return !found
	})
	return found
}

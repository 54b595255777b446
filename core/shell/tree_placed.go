package shell

import (
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// placed prints statements on the lines that they were read from, also those that share one.
func placed(stmts []*syntax.Stmt) (text string) {
	for i, stmt := range stmts {
		between := "; "
		switch behind := int(stmt.Pos().Line()) - 1 - strings.Count(text, "\n"); {
		case behind > 0:
			between = strings.Repeat("\n", behind)
		case i == 0:
			between = ""
		case endsLine(text):
			between = "\n"
		case strings.HasSuffix(text, "&"):
			between = " "
		}
		text += between + unmoved(stmt)
	}
	return text
}

// unmoved prints a statement so that what a function begins with, see [preparer.named], takes no
// line: for the printer a mark that no text has stands for such a function's body.
func unmoved(stmt *syntax.Stmt) string {
	var functions []*syntax.FuncDecl
	var bodies []*syntax.Stmt
	mark := func(i int) string { return "\x00" + strconv.Itoa(i) + "\x00" }
	syntax.Walk(stmt, func(n syntax.Node) bool {
		f, ok := n.(*syntax.FuncDecl)
		if !ok || !isNamed(f.Body) {
			return true
		}
		if list, ok := f.Body.Cmd.(*syntax.Block); !ok || len(list.Stmts) < 2 {
			return true // nobody's but somebody's who writes our names
		}
		bodies, functions = append(bodies, f.Body), append(functions, f)
		f.Body = &syntax.Stmt{Position: f.Body.Position, Cmd: call(mark(len(functions) - 1))}
		return false
	})
	text := strings.TrimSpace(source([]*syntax.Stmt{stmt}))
	for i, f := range functions {
		f.Body = bodies[i]
		text = strings.Replace(text, mark(i), unmovedBody(f.Body), 1)
	}
	return text
}

// unmovedBody prints what a function begins with, and its body as it was typed.
func unmovedBody(body *syntax.Stmt) string {
	list := body.Cmd.(*syntax.Block).Stmts
	last := len(list) - 1
	text := "{ "
	for _, stmt := range list[:last] {
		text += strings.TrimSpace(source([]*syntax.Stmt{stmt})) + "; "
	}
	own := unmoved(list[last])
	if endsLine(own) {
		return text + own + "\n}"
	}
	return text + own + "; }"
}

// endsLine reports whether a text may end in a here-document, which ends with its line.
func endsLine(text string) bool { return strings.Contains(text, "<<") }

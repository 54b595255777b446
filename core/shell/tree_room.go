package shell

import (
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// braces returns how many words a word's brace expansions make, at least 1. It stops counting past
// the limit.
func braces(w *syntax.Word) int {
	split := *w
	if !syntax.SplitBraces(&split) {
		return 1
	}
	return braceWords(split.Parts)
}

func braceWords(parts []syntax.WordPart) int {
	n := 1
	for _, part := range parts {
		brace, ok := part.(*syntax.BraceExp)
		if !ok {
			continue
		}
		inner := 0
		if brace.Sequence {
			inner = sequence(brace)
		} else {
			for _, elem := range brace.Elems {
				inner = min(inner+braceWords(elem.Parts), maxBrace+1)
			}
		}
		n = min(n*max(inner, 1), maxBrace+1)
	}
	return n
}

// sequence returns the length of {from..to..step}.
func sequence(brace *syntax.BraceExp) int {
	from, err1 := strconv.Atoi(brace.Elems[0].Lit())
	to, err2 := strconv.Atoi(brace.Elems[1].Lit())
	if err1 != nil || err2 != nil {
		return 256
	}
	step := 1
	if len(brace.Elems) > 2 {
		n, _ := strconv.Atoi(brace.Elems[2].Lit())
		step = max(n, -n, 1)
	}
	length := max(from-to, to-from)
	if length < 0 {
		return maxBrace + 1
	}
	return min(length/step+1, maxBrace+1)
}

// grower finds the expansions of one statement that could make long words. What numbers are made of
// cannot; inner statements have a guard of their own.
type grower struct {
	words  []*syntax.Word // outermost, with an expansion
	args   []*syntax.ParamExp
	ops    strings.Builder // per expansion: + adds its length, * multiplies the one before
	append bool
}

// guardRoom puts a call of [bash.room] before the first expansion of a statement if its words could
// grow: when it expands more than once, replaces one expansion by another, or appends. The call
// prints nothing.
func guardRoom(stmt *syntax.Stmt) {
	g := &grower{}
	g.look(stmt)
	if len(g.words) == 0 || len(g.args) < 2 && !g.append {
		return
	}
	guard := call(hidden+"room", g.ops.String())
	for _, param := range g.args {
		guard.Args = append(guard.Args, &syntax.Word{Parts: []syntax.WordPart{
			&syntax.DblQuoted{Parts: []syntax.WordPart{valueOf(param)}}}})
	}
	subst := &syntax.CmdSubst{Stmts: []*syntax.Stmt{{Cmd: guard}}}
	w := g.words[0]
	for i, part := range w.Parts {
		if hasParam(part) {
			w.Parts = append(w.Parts[:i:i], append([]syntax.WordPart{subst}, w.Parts[i:]...)...)
			return
		}
	}
}

// valueOf is a plain expansion of the same parameter, "" where it is not set, a list joined.
func valueOf(n *syntax.ParamExp) *syntax.ParamExp {
	plain := &syntax.ParamExp{Param: n.Param, Excl: n.Excl && n.Names == 0,
		Exp: &syntax.Expansion{Op: syntax.DefaultUnset}}
	if n.Index != nil {
		plain.Index = &syntax.Word{Parts: []syntax.WordPart{&syntax.Lit{Value: "*"}}}
	}
	if n.Param.Value == "@" {
		plain.Param = &syntax.Lit{Value: "*"}
	}
	return plain
}

// look gathers from a statement; nested ones are left out.
func (g *grower) look(root *syntax.Stmt) {
	inWord := 0
	var path []syntax.Node
	syntax.Walk(root, func(n syntax.Node) bool {
		if n == nil {
			if _, ok := path[len(path)-1].(*syntax.Word); ok {
				inWord--
			}
			path = path[:len(path)-1]
			return true
		}
		switch n := n.(type) {
		case *syntax.Stmt:
			if n != root {
				return false
			}
		case *syntax.CmdSubst, *syntax.ArithmExp, *syntax.ArithmCmd, *syntax.CStyleLoop, *syntax.LetClause:
			return false
		case *syntax.Assign:
			g.append = g.append || n.Append
		case *syntax.ParamExp:
			g.param(n)
		case *syntax.Word:
			if inWord == 0 && hasParam(n) {
				g.words = append(g.words, n)
			}
			inWord++
		}
		path = append(path, n)
		return true
	})
}

// param takes an expansion in. Special parameters of one character but @ and * are short.
func (g *grower) param(n *syntax.ParamExp) {
	if n.Param == nil || n.Length || len(n.Param.Value) == 1 && strings.ContainsAny(n.Param.Value, "?#$!-_") {
		return
	}
	g.args = append(g.args, n)
	g.ops.WriteByte('+')
	if n.Repl == nil || n.Repl.With == nil {
		return
	}
	syntax.Walk(n.Repl.With, func(inner syntax.Node) bool {
		if p, ok := inner.(*syntax.ParamExp); ok && p.Param != nil && !p.Length {
			g.args = append(g.args, p)
			g.ops.WriteByte('*')
		}
		return true
	})
}

// hasParam reports whether a part of a word expands a parameter, quoted or not, outside of commands
// and numbers.
func hasParam(n syntax.Node) (found bool) {
	syntax.Walk(n, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.CmdSubst, *syntax.ArithmExp:
			return false
		case *syntax.ParamExp:
			found = found || n.Param != nil && !n.Length
		}
		return !found
	})
	return found
}

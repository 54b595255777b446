package shell

import (
	"context"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"
)

// Under `set -u` the interpreter does not say where a variable is not set, and takes an element that
// is not there for an empty one. So where a script has set the option for good, `$x` in line 17
// becomes `${x?hsmplay-unset:17:4}`, where 4 is the number under which the name is kept.
const unsetMark = hidden + "unset:"

// unset is the interpreter's message for such a name.
var unset = Pattern(`^(?:\w+: )?` + unsetMark + `(\d+):(\d+)\n$`)

// unsetFrom is the place behind which a script has `set -u` for good, 0 for none. What such a script
// reads later, by eval and its like, is strict once the option is set.
func (b *bash) unsetFrom(stmts []*syntax.Stmt) (from uint, strict bool) {
	from, off := unsetFrom(stmts)
	b.failure.mu.Lock()
	defer b.failure.mu.Unlock()
	f := &b.failure
	f.strict = (f.strict || from > 0) && !off
	return from, f.strict && f.nounset
}

// unsetFrom is that place, and whether the option may be off somewhere.
func unsetFrom(stmts []*syntax.Stmt) (from uint, off bool) {
	for _, stmt := range stmts {
		if c, ok := stmt.Cmd.(*syntax.CallExpr); ok && from == 0 && isCall(stmt, "set") && setsUnset(c.Args[1:]) {
			from = stmt.End().Offset()
		}
	}
	visit(stmts, func(n syntax.Node) bool {
		if word, ok := n.(*syntax.Lit); ok && strings.HasPrefix(word.Value, "+") && strings.ContainsAny(word.Value, "uo") {
			from, off = 0, true
		}
		return !off
	})
	return from, off
}

func setsUnset(args []*syntax.Word) bool {
	for i, word := range args {
		text := word.Lit()
		named := strings.HasSuffix(text, "o") && i+1 < len(args) && args[i+1].Lit() == "nounset"
		if strings.HasPrefix(text, "-") && (named || strings.Contains(text, "u") && !strings.HasPrefix(text, "--")) {
			return true
		}
	}
	return false
}

// namedUnset has an expansion say where it stands.
func (p *preparer) namedUnset(n *syntax.ParamExp) {
	if p.isStrict(n) && isPlain(n) {
		n.Short, n.Exp = false, &syntax.Expansion{Op: syntax.ErrorUnset, Word: literal(p.unsetText(n))}
	}
}

// isStrict reports whether an expansion stands where `set -u` is set for good.
func (p *preparer) isStrict(n *syntax.ParamExp) bool {
	return (p.strict || p.unsetFrom > 0 && n.Pos().Offset() >= p.unsetFrom) && !p.folding
}

// unsetParts puts before an expansion that makes something of a value one that says where it stands and
// comes to nothing: `${x%y}` becomes `${_hsmplay_none+${x?hsmplay-unset:17:4}}${x%y}`. The interpreter
// looks into what stands behind + also where it does not count.
func (p *preparer) unsetParts(parts []syntax.WordPart) (list []syntax.WordPart) {
	for _, part := range parts {
		if n, ok := part.(*syntax.ParamExp); ok && p.isStrict(n) && changesValue(n) {
			plain := &syntax.ParamExp{Param: n.Param, Index: n.Index}
			plain.Exp = &syntax.Expansion{Op: syntax.ErrorUnset, Word: literal(p.unsetText(n))}
			list = append(list, &syntax.ParamExp{Dollar: n.Dollar, Rbrace: n.Rbrace, Param: lit(hiddenVariable + "none"),
				Exp: &syntax.Expansion{Op: syntax.AlternateUnset, Word: &syntax.Word{Parts: []syntax.WordPart{plain}}}})
		}
		list = append(list, part)
	}
	return list
}

// unsetLists gives "${x[*]}" no value where there is no such array: that is no fault.
func (p *preparer) unsetLists(n *syntax.DblQuoted) {
	for _, part := range n.Parts {
		param, ok := part.(*syntax.ParamExp)
		index, all := syntax.ArithmExpr(nil), false
		if ok && p.isStrict(param) && param.Exp == nil && param.Slice == nil && param.Repl == nil && !param.Length && !param.Excl {
			index = param.Index
		}
		if word, ok := index.(*syntax.Word); ok {
			all = word.Lit() == "*"
		}
		if all {
			param.Exp = &syntax.Expansion{Op: syntax.DefaultUnset}
		}
	}
}

// changesValue reports whether an expansion makes something of the value of a variable that has to be
// set.
func changesValue(n *syntax.ParamExp) bool {
	if n.Exp == nil && n.Slice == nil && n.Repl == nil && !n.Length || n.Exp != nil && lazily[n.Exp.Op] != "" {
		return false
	}
	plain := *n
	plain.Exp, plain.Slice, plain.Repl, plain.Length = nil, nil, nil, false
	return isPlain(&plain)
}

// isPlain reports whether an expansion is nothing but the value of a variable, an element or a
// parameter, that may be not set.
func isPlain(n *syntax.ParamExp) bool {
	if n.Param == nil || n.Exp != nil || n.Slice != nil || n.Repl != nil || n.Excl || n.Length || n.Names != 0 ||
		n.Short && n.Index != nil || isList(n) {
		return false
	}
	name := n.Param.Value
	_, err := strconv.ParseUint(name, 10, 16)
	return (err == nil || syntax.ValidName(name)) && renamed[name] == "" && !dynamic[name] &&
		!strings.HasPrefix(name, hiddenVariable) && !strings.HasPrefix(name, "BASH")
}

// unsetText holds the line and the name of an expansion for [bash.unsetMessage].
func (p *preparer) unsetText(n *syntax.ParamExp) string {
	name := n.Param.Value
	switch {
	case name[0] <= '9' && !changesValue(n):
		name = "$" + name
	case n.Index != nil:
		text := strings.TrimSpace(wordText(&syntax.Word{Parts: []syntax.WordPart{&syntax.ParamExp{Param: n.Param, Index: n.Index}}}))
		name = strings.TrimSuffix(strings.TrimPrefix(text, "${"), "}")
	}
	line := n.Pos().Line()
	for _, outer := range p.path {
		if stmt, ok := outer.(*syntax.Stmt); ok && stmt.Pos().IsValid() {
			line = stmt.Pos().Line() // bash names the line of the command
		}
	}
	return unsetMark + strconv.Itoa(int(line)) + ":" + strconv.Itoa(p.b.t.keepText(name))
}

// unsetMessage is the message for a name that [preparer.unsetText] has kept, with its line; "" for
// other texts.
func (b *bash) unsetMessage(text string) string {
	m := unset().FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	line, _ := strconv.ParseUint(m[1], 10, 32)
	number, _ := strconv.Atoi(m[2])
	return b.prefix(uint(line)) + b.t.keptText(number) + ": unbound variable\n"
}

// The interpreter expands what stands behind :- and its like even where it counts for nothing. So a
// command there asks first: `${x:-$(cmd)}` becomes `${x:-$(if [[ -z ${x-} ]]; then cmd; fi)}`; and
// under `set -u` a variable there, which is `$(if [[ -z ${x-} && -z ${y+s} ]]; then hsmplay-unset …;
// fi)${y-}`.

// lazily are the operators with a word that may count for nothing, and when it counts.
var lazily = map[syntax.ParExpOperator]string{
	syntax.DefaultUnset: "-z +s", syntax.AssignUnset: "-z +s", syntax.ErrorUnset: "-z +s", syntax.AlternateUnset: "-n +s",
	syntax.DefaultUnsetOrNull: "-z -", syntax.AssignUnsetOrNull: "-z -", syntax.ErrorUnsetOrNull: "-z -", syntax.AlternateUnsetOrNull: "-n -",
}

// lazy has the word of an expansion expanded only where it counts.
func (p *preparer) lazy(n *syntax.ParamExp) {
	if n.Exp == nil || n.Exp.Word == nil || n.Param == nil || n.Excl || lazily[n.Exp.Op] == "" {
		return
	}
	test, with, _ := strings.Cut(lazily[n.Exp.Op], " ")
	counts := "[[ " + test + " " + paramText(n, with) + " "
	n.Exp.Word.Parts = p.lazyParts(n.Exp.Word.Parts, counts)
}

func (p *preparer) lazyParts(parts []syntax.WordPart, counts string) (list []syntax.WordPart) {
	for _, part := range parts {
		switch inner := part.(type) {
		case *syntax.DblQuoted:
			inner.Parts = p.lazyParts(inner.Parts, counts)
		case *syntax.CmdSubst:
			onlyIf(inner, counts+"]]")
		case *syntax.ParamExp:
			if p.unsets && isUnsure(inner) {
				stop := &syntax.CmdSubst{Stmts: []*syntax.Stmt{{Cmd: call(hidden+"unset", p.unsetText(inner))}}}
				onlyIf(stop, counts+"&& -z "+paramText(inner, "+s")+" && $- == *u* ]]")
				inner.Short, inner.Exp = false, &syntax.Expansion{Op: syntax.DefaultUnset}
				list = append(list, stop)
			}
		}
		list = append(list, part)
	}
	return list
}

// isUnsure reports whether an expansion in a word that may not count could end the shell.
func isUnsure(n *syntax.ParamExp) bool {
	if n.Exp != nil && n.Exp.Op == syntax.ErrorUnset && strings.HasPrefix(n.Exp.Word.Lit(), unsetMark) {
		n.Exp = nil
	}
	return isPlain(n)
}

// onlyIf has a substitution run its commands under a condition, which leaves $? as it was for the
// first of them. A text may be prepared again; it does so once.
func onlyIf(n *syntax.CmdSubst, condition string) {
	if len(n.Stmts) == 0 || strings.HasPrefix(source(n.Stmts[len(n.Stmts)-1:]), "if "+condition) {
		return
	}
	choice := written("if " + condition + "; then :; fi")
	first := n.Stmts[0]
	choice.Position = first.Position
	asks := asksStatus(first)
	for _, stmt := range n.Stmts {
		if stmt.Cmd == nil { // $(<file)
			stmt.Cmd = call("cat")
		}
	}
	then := &choice.Cmd.(*syntax.IfClause).Then
	if *then = n.Stmts; !asks {
		n.Stmts = []*syntax.Stmt{choice}
		return
	}
	end := call(hidden + "status")
	end.Args = append(end.Args, quotedWord(shortParam(elementStatus)))
	*then = append([]*syntax.Stmt{quietly(first, &syntax.Stmt{Cmd: end})}, n.Stmts...)
	keep := assigned(elementStatus, nil, quotedWord(shortParam("?")))
	keep.Position = first.Position
	n.Stmts = []*syntax.Stmt{keep, choice}
}

// paramText is an expansion of the same parameter with an operator behind it.
func paramText(n *syntax.ParamExp, operator string) string {
	plain := &syntax.ParamExp{Param: n.Param, Index: n.Index}
	if n.Param.Value == "@" {
		plain.Param = lit("*")
	}
	text := strings.TrimSpace(wordText(&syntax.Word{Parts: []syntax.WordPart{plain}}))
	return `"` + strings.TrimSuffix(text, "}") + operator + `}"`
}

// unset ends the shell for a variable that is not set.
func (b *bash) unset(_ context.Context, args []string) error {
	return expand.UnsetParameterError{Node: &syntax.ParamExp{Param: lit("x")}, Message: args[0]}
}

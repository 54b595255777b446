package shell

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// Under `set -x` the interpreter shows neither `[[ … ]]` nor `(( … ))` nor declarations. So where
// `set -x` is mentioned each has `hsmplay-trace "$-" $? 'text' "$@"` before it. The interpreter also
// looks at both sides of && and || in `[[ … ]]`, where bash leaves the second one alone: `[[ a && b ]]`
// becomes `if [[ a ]]; then [[ b ]]; else hsmplay-status 1; fi` where that one expands something, or
// is to be shown. A command substitution in what is shown goes into a variable before, or it would run
// twice.
const tracedValue = hiddenVariable + "traced"

// mentioned is what a shell has read of once, and has to be ready for from then on.
type mentioned struct{ traces, folding, callers, extends, unsets, fails bool }

// watchesWords reports what is mentioned in statements, or was in what the shell has read before:
// `set -x`, `set -u`, `shopt -s nocasematch`, failglob, `caller` or BASH_LINENO, and extended patterns as a text.
func (b *bash) watchesWords(stmts []*syntax.Stmt) mentioned {
	b.failure.mu.Lock()
	defer b.failure.mu.Unlock()
	m := &b.failure.mentioned
	setting := false
	visit(stmts, func(n syntax.Node) bool {
		if quoted, ok := n.(*syntax.SglQuoted); ok {
			m.extends = m.extends || extendedOperator().MatchString(quoted.Value)
			m.callers = m.callers || strings.Contains(quoted.Value, "BASH_LINENO") // a trap
		}
		word, ok := n.(*syntax.Lit)
		if !ok {
			return true
		}
		switch text := word.Value; text {
		case "set":
			setting = true
		case "xtrace":
			m.traces = true
		case "nounset":
			m.unsets = true
		case "failglob":
			m.fails = true
		case "nocasematch":
			m.folding = true
		case "caller", "BASH_LINENO":
			m.callers = true
		case "extglob":
			m.extends = true
		default:
			m.extends = m.extends || extendedOperator().MatchString(text)
			m.unsets = m.unsets || setting && strings.HasPrefix(text, "-") && strings.Contains(text, "u")
			m.traces = m.traces || setting && strings.HasPrefix(text, "-") && strings.Contains(text, "x")
			setting = setting && strings.HasPrefix(text, "-")
		}
		return true
	})
	return *m
}

// trace rewrites a statement that shows itself, or a test with a side that may not be looked at. A
// text may be prepared again; it does so once.
func (p *preparer) trace(stmt *syntax.Stmt) {
	p.expandsFirst(stmt)
	p.keepTrace(stmt)
	if p.shown[stmt] {
		return
	}
	alone := &syntax.Stmt{Position: stmt.Position, Cmd: stmt.Cmd}
	switch cmd := stmt.Cmd.(type) {
	case *syntax.Block:
		for i, inner := range cmd.Stmts[min(1, len(cmd.Stmts)):] {
			if both, ok := cmd.Stmts[i].Cmd.(*syntax.BinaryCmd); ok && isCall(both.X, hidden+"trace") {
				p.shown[inner] = true
			}
		}
	case *syntax.TestClause:
		if p.traces || isLazy(cmd.X) {
			stmt.Cmd = block(p.tests(stmt, cmd.X)...)
		}
	case *syntax.ArithmCmd:
		if text := p.arithmText(cmd); p.traces && !strings.Contains(text, hiddenVariable) {
			p.shown[alone] = true
			stmt.Cmd = block(showing(stmt, "(( "+text+" ))"), alone)
		}
	case *syntax.BinaryCmd:
		p.pipeErrors(cmd)
	case *syntax.CallExpr:
		if p.traces && len(cmd.Assigns) > 0 && !strings.HasPrefix(cmd.Assigns[0].Name.Value, hiddenVariable) {
			p.traceAssigns(stmt, alone, cmd)
		}
	case *syntax.ForClause, *syntax.CaseClause, *syntax.LetClause:
		if loop, ok := cmd.(*syntax.ForClause); ok && !overWords(loop) {
			return
		}
		if p.traces {
			p.shown[alone] = true
			stmt.Cmd = block(showing(stmt, ""), alone)
		}
	case *syntax.DeclClause:
		if text := typedStmt(alone); p.traces && !strings.Contains(text, hiddenVariable) {
			p.shown[alone] = true
			before := hoist(alone)
			stmt.Cmd = block(append(before, showing(stmt, typedStmt(alone)), alone)...)
		}
	}
}

// overWords reports whether a loop is one that the interpreter shows.
func overWords(loop *syntax.ForClause) bool {
	_, ok := loop.Loop.(*syntax.WordIter)
	return ok
}

// traceAssigns shows the variables that a command is given, or notes where a statement stands that sets
// some.
func (p *preparer) traceAssigns(stmt, alone *syntax.Stmt, cmd *syntax.CallExpr) {
	p.shown[alone] = true
	if len(cmd.Args) == 0 {
		stmt.Cmd = block(showing(stmt, ""), alone)
		return
	}
	if strings.HasPrefix(cmd.Args[0].Lit(), hidden) {
		return
	}
	before := hoist(&syntax.Stmt{Position: stmt.Position, Cmd: &syntax.CallExpr{Assigns: cmd.Assigns}})
	text := typedStmt(&syntax.Stmt{Cmd: &syntax.CallExpr{Assigns: cmd.Assigns}})
	stmt.Cmd = block(append(before, showing(stmt, text), alone)...)
}

// showing is the command that shows a text.
func showing(at *syntax.Stmt, text string) *syntax.Stmt {
	stmt := written(hidden + `trace "$-" "$?" "` + inQuotes.Replace(text) + `" "$@" && ` + hidden + "status 0")
	stmt.Position = at.Position
	first := stmt.Cmd.(*syntax.BinaryCmd).X
	first.Position, first.Cmd.(*syntax.CallExpr).Args[0].Parts[0].(*syntax.Lit).ValuePos = at.Position, at.Position
	return stmt
}

// inQuotes makes a text one that may stand in double quotes.
var inQuotes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`")

// tests is an expression as statements, one for each test.
func (p *preparer) tests(at *syntax.Stmt, x syntax.TestExpr) []*syntax.Stmt {
	stmt := func(cmd syntax.Command) []*syntax.Stmt { return []*syntax.Stmt{{Position: at.Position, Cmd: cmd}} }
	end := func(status string) []*syntax.Stmt { return stmt(call(hidden+"status", status)) }
	choose := func(cond syntax.TestExpr, then, other []*syntax.Stmt) []*syntax.Stmt {
		return stmt(&syntax.IfClause{Cond: p.tests(at, cond), Then: then, Else: &syntax.IfClause{Then: other}})
	}
	switch test := x.(type) {
	case *syntax.ParenTest:
		return p.tests(at, test.X)
	case *syntax.BinaryTest:
		switch test.Op {
		case syntax.AndTest:
			return choose(test.X, p.tests(at, test.Y), end("1"))
		case syntax.OrTest:
			return choose(test.X, end("0"), p.tests(at, test.Y))
		}
	case *syntax.UnaryTest:
		if _, paren := test.X.(*syntax.ParenTest); paren && test.Op == syntax.TsNot {
			return choose(test.X, end("1"), end("0"))
		}
	}
	alone := stmt(&syntax.TestClause{X: x})
	p.shown[alone[0]] = true
	if !p.traces {
		return alone
	}
	before := hoist(alone[0])
	return append(append(before, showing(at, typedStmt(alone[0]))), alone...)
}

// hoist puts the commands in the words of a statement into variables and returns what does it.
func hoist(stmt *syntax.Stmt) (before []*syntax.Stmt) {
	take := func(parts []syntax.WordPart) {
		for i, part := range parts {
			switch part.(type) {
			case *syntax.CmdSubst, *syntax.ArithmExp:
				name := fmt.Sprint(tracedValue, len(before))
				before = append(before, quietly(stmt, assigned(name, nil, quotedWord(part))))
				parts[i] = &syntax.ParamExp{Param: lit(name)}
			}
		}
	}
	shallow(stmt.Cmd, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Word:
			take(n.Parts)
		case *syntax.DblQuoted:
			take(n.Parts)
		}
		return true
	})
	return before
}

// typedArithm is an expression as a command, with how it was typed.
func (p *preparer) typedArithm(x syntax.ArithmExpr) *syntax.ArithmCmd {
	cmd := &syntax.ArithmCmd{X: x}
	if from, to := int(x.Pos().Offset()), int(x.End().Offset()); p.traces && from < to && to <= len(p.text) {
		p.arithm[cmd] = p.text[from:to]
	}
	return cmd
}

// arithmText is what stands in `(( … ))`, as it was typed where that is known.
func (p *preparer) arithmText(cmd *syntax.ArithmCmd) string {
	from, to := int(cmd.Left.Offset())+2, int(cmd.Right.Offset())
	if 2 <= from && from <= to && to < len(p.text) && p.text[from-2:from] == "((" && p.text[to] == ')' {
		return p.text[from:to]
	}
	if text, ok := p.arithm[cmd]; ok {
		return text
	}
	text := strings.TrimSpace(source([]*syntax.Stmt{{Cmd: cmd}}))
	return strings.TrimSuffix(strings.TrimPrefix(text, "(("), "))")
}

// isLazy reports whether a second side of && or || expands something, which counts when it is not to
// be looked at.
func isLazy(x syntax.TestExpr) (found bool) {
	syntax.Walk(x, func(n syntax.Node) bool {
		both, ok := n.(*syntax.BinaryTest)
		if ok && (both.Op == syntax.AndTest || both.Op == syntax.OrTest) {
			syntax.Walk(both.Y, func(n syntax.Node) bool {
				switch n.(type) {
				case *syntax.ParamExp, *syntax.CmdSubst, *syntax.ArithmExp:
					found = true
				}
				return !found
			})
		}
		return !found
	})
	return found
}

// ofShell answers for the parameters of a shell too, of which the environment of a command knows
// nothing.
type ofShell struct {
	expand.Environ
	status string
	params []string
	line   uint
}

// Get returns a variable or parameter.
func (e ofShell) Get(name string) expand.Variable {
	n, err := strconv.Atoi(name)
	text := ""
	switch {
	case name == "@" || name == "*":
		return expand.Variable{Set: true, Kind: expand.Indexed, List: e.params}
	case name == tracedLine:
		text = strconv.Itoa(int(e.line))
	case renamed[name] != "":
		return e.Environ.Get(renamed[name])
	case name == "?":
		text = e.status
	case name == "#":
		text = strconv.Itoa(len(e.params))
	case err == nil && n <= len(e.params):
		text = e.params[n-1]
	default:
		return e.Environ.Get(name)
	}
	return expand.Variable{Set: true, Kind: expand.String, Str: text}
}

// traceLine shows a command under `set -x`: the flags of the shell, the status before, the text, and
// the shell's parameters.
func (b *bash) traceLine(ctx context.Context, args []string) error {
	text := args[2]
	placeTrace(ctx)
	stmts, err := read(b.keyedText(text))
	if err == nil && len(stmts) == 1 && strings.Contains(args[0], "x") {
		env := &expand.Config{Env: ofShell{interp.HandlerCtx(ctx).Env, args[1], args[3:], interp.HandlerCtx(ctx).Pos.Line()}}
		switch cmd := stmts[0].Cmd.(type) {
		case *syntax.TestClause:
			showLine(ctx, "[[ "+tracedTest(env, cmd.X)+" ]]")
		case *syntax.DeclClause:
			traceDeclaration(ctx, env, cmd)
		case *syntax.CallExpr:
			for _, as := range cmd.Assigns {
				value, _ := expand.Literal(env, as.Value)
				showLine(ctx, as.Name.Value+"="+strings.TrimSuffix(tracedQuote(value), "''"))
			}
		default:
			showLine(ctx, text)
		}
	}
	return b.exitStatus(ctx, args[1:2])
}

// tracedTest is one test with its words expanded; quotes in a pattern are shown as backslashes.
func tracedTest(env *expand.Config, x syntax.TestExpr) string {
	switch x := x.(type) {
	case *syntax.UnaryTest:
		return x.Op.String() + " " + tracedTest(env, x.X)
	case *syntax.BinaryTest:
		right := tracedTest(env, x.Y)
		if word, ok := x.Y.(*syntax.Word); ok && slices.Contains([]string{"==", "=", "!=", "=~"}, x.Op.String()) {
			right = ""
			for _, part := range word.Parts {
				text, _ := expand.Literal(env, &syntax.Word{Parts: []syntax.WordPart{part}})
				switch part.(type) {
				case *syntax.SglQuoted, *syntax.DblQuoted:
					text = strings.Join(append([]string{""}, strings.Split(text, "")...), `\`)
				case *syntax.Lit, *syntax.ExtGlob:
					text = strings.TrimSpace(wordText(&syntax.Word{Parts: []syntax.WordPart{part}}))
				}
				right += text
			}
		}
		if right == "" {
			right = "''"
		}
		return tracedTest(env, x.X) + " " + x.Op.String() + " " + right
	case *syntax.Word:
		if text, _ := expand.Literal(env, x); text != "" {
			return text
		}
	}
	return "''"
}

// traceDeclaration shows a declaration, of exported and constant variables also what they get.
func traceDeclaration(ctx context.Context, env *expand.Config, cmd *syntax.DeclClause) {
	text, also := cmd.Variant.Value, []string{}
	for _, as := range cmd.Args {
		value, _ := expand.Literal(env, as.Value)
		switch {
		case as.Array != nil:
			return
		case as.Name == nil:
			text += " " + value
		case as.Naked:
			text += " " + as.Name.Value
		default:
			text += " " + tracedQuote(as.Name.Value+"="+value)
			also = append(also, as.Name.Value+"="+strings.TrimSuffix(tracedQuote(value), "''"))
		}
	}
	showLine(ctx, text)
	if c, ok := interp.HandlerCtx(ctx).Stderr.(*complaints); ok {
		c.called()
	}
	for _, line := range also {
		if cmd.Variant.Value == "export" || cmd.Variant.Value == "readonly" {
			showLine(ctx, line)
		}
	}
}

// tracedQuote is a word as `set -x` shows it.
func tracedQuote(word string) string {
	plain := word != "" && word[0] != '~' && word[0] != '#' && !strings.ContainsAny(word, " \t\n'\"\\|&;()<>!{}*[]?^$`") &&
		!strings.Contains(word, "=~") && !strings.Contains(word, ":~")
	if plain {
		return word
	}
	if strings.ContainsFunc(word, func(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\t' }) {
		return Quoted(word)
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

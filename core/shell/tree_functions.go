package shell

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// The interpreter does not tell which functions run. So each function begins with putting its name
// before those that have called it, and FUNCNAME reads that list:
//
//	f() { { [[ ${_hsmplay_functions+set} ]] || local _hsmplay_functions=(main); local _hsmplay_functions=(f "${_hsmplay_functions[@]}"); } …; }
//
// A script is main, a typed line is not. Outside of functions the list is empty.
const functionsVariable = hiddenVariable + "functions"

// named has a function put its name into the list. A text may be prepared again; it does so once.
func (p *preparer) named(n *syntax.FuncDecl) {
	if n.Name == nil || n.Body == nil || isNamed(n.Body) {
		return
	}
	var frame []*syntax.Stmt
	asks := asksStatus(n.Body)
	if asks {
		frame = append(frame, assigned(elementStatus, nil, quotedWord(shortParam("?"))))
	}
	if p.callers {
		if !p.b.inLine { // the last one is that of the script
			frame = append(frame, written("[[ ${"+linesVariable+"+set} ]] || local "+linesVariable+"=(0)"))
		}
		frame = append(frame, localLine())
	}
	if !p.b.inLine {
		set := &syntax.TestClause{X: quotedWord(&syntax.ParamExp{Param: lit(functionsVariable),
			Exp: &syntax.Expansion{Op: syntax.AlternateUnset, Word: literal("set")}})}
		frame = append(frame, &syntax.Stmt{Cmd: &syntax.BinaryCmd{Op: syntax.OrStmt, X: &syntax.Stmt{Cmd: set}, Y: localList("main")}})
	}
	if p.sourced != "" && !p.b.inLine {
		frame = append(frame, localFile(p.sourced))
	}
	callers := quotedWord(&syntax.ParamExp{Param: lit(functionsVariable), Index: literal("@")})
	frame = append(frame, localList(n.Name.Value, callers))
	if asks {
		end := call(hidden + "status")
		end.Args = append(end.Args, quotedWord(shortParam(elementStatus)))
		frame = append(frame, quietly(n.Body, &syntax.Stmt{Cmd: end}))
	}
	for _, stmt := range frame {
		stmt.Position = n.Body.Position
	}
	body := *n.Body
	n.Body = &syntax.Stmt{Position: body.Position, Cmd: block(append(frame, &body)...)}
}

// localLine puts the line of the call before those of the functions around it.
func localLine() *syntax.Stmt {
	return written("local " + linesVariable + `=("$(` + hidden + `calling)" "${` + linesVariable + `[@]}")`)
}

// localList gives the function that runs its own list: a name, and what a word is.
func localList(name string, rest ...*syntax.Word) *syntax.Stmt {
	list := &syntax.ArrayExpr{}
	for _, word := range append([]*syntax.Word{literal(name)}, rest...) {
		list.Elems = append(list.Elems, &syntax.ArrayElem{Value: word})
	}
	return &syntax.Stmt{Cmd: &syntax.DeclClause{Variant: lit("local"),
		Args: []*syntax.Assign{{Name: lit(functionsVariable), Array: list}}}}
}

// localFile has a function know the file that it was read from, which a variable holds.
func localFile(variable string) *syntax.Stmt {
	return &syntax.Stmt{Cmd: &syntax.DeclClause{Variant: lit("local"),
		Args: []*syntax.Assign{{Name: lit(fileVariable), Value: quotedWord(shortParam(variable))}}}}
}

// isNamed reports whether the body of a function puts a name into the list.
func isNamed(body *syntax.Stmt) (found bool) {
	syntax.Walk(body, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.FuncDecl:
			return false
		case *syntax.Assign:
			found = found || n.Name != nil && n.Name.Value == functionsVariable
		}
		return !found
	})
	return found
}

// readsStatus are builtins that take the status of the command before them.
var readsStatus = []string{"return", "exit", "eval", "source", ".", "trap"}

// asksStatus reports whether the body of a function may look at the status that its call has found.
func asksStatus(body *syntax.Stmt) (asks bool) {
	syntax.Walk(body, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.ParamExp:
			asks = asks || n.Param != nil && n.Param.Value == "?"
		case *syntax.CallExpr:
			asks = asks || len(n.Args) > 0 && slices.Contains(readsStatus, n.Args[0].Lit())
		}
		return !asks
	})
	return asks
}

// giveStatus writes out what a bare `return` returns; the interpreter takes 0.
func giveStatus(n *syntax.CallExpr) {
	if len(n.Args) == 1 && n.Args[0].Lit() == "return" {
		n.Args = append(n.Args, quotedWord(shortParam("?")))
	}
}

// renameCallers answers FUNCNAME by the list, and BASH_LINENO by that of the lines.
func (p *preparer) renameCallers(n *syntax.ParamExp) {
	if n.Param != nil && n.Param.Value == "BASH_LINENO" && p.callers {
		n.Param, n.Short = lit(linesVariable), n.Short && n.Index != nil
		if n.Index != nil && !n.Length && n.Exp == nil && n.Slice == nil && n.Repl == nil {
			n.Exp = &syntax.Expansion{Op: syntax.DefaultUnset, Word: literal("0")} // of the script
		}
		return
	}
	if n.Param == nil || n.Param.Value != "FUNCNAME" {
		return
	}
	n.Param, n.Short = lit(functionsVariable), n.Short && n.Index != nil
}

// shownFunctions has `declare -f` and `declare -F` show functions as they were typed.
func (p *preparer) shownFunctions(stmt *syntax.Stmt) {
	decl, ok := stmt.Cmd.(*syntax.DeclClause)
	if !ok || len(decl.Args) == 0 || decl.Args[0].Value == nil {
		return
	}
	how := decl.Args[0].Value.Lit()
	if slices.Contains([]string{"export", "readonly"}, decl.Variant.Value) && how == "-f" { // no shell gets functions from another here
		stmt.Redirs = append(stmt.Redirs, &syntax.Redirect{Op: syntax.RdrOut, Word: literal("/dev/null")})
		return
	}
	if decl.Variant.Value != "declare" && decl.Variant.Value != "typeset" || how != "-f" && how != "-F" {
		return
	}
	names, all := []string{}, len(decl.Args) == 1
	for _, as := range decl.Args[1:] {
		if as.Name == nil {
			return
		}
		names = append(names, as.Name.Value)
	}
	if all {
		names = slices.Sorted(maps.Keys(p.functions))
	}
	how += map[bool]string{true: "a"}[all]
	stmt.Cmd = block(&syntax.Stmt{Position: stmt.Position, Cmd: shownPipe(how, names...)})
}

// shownPipe hands functions as the interpreter prints them to [bash.showFunctions].
func shownPipe(how string, names ...string) syntax.Command {
	print := &syntax.DeclClause{Variant: lit("declare"), Args: []*syntax.Assign{{Naked: true, Value: literal("-f")}}}
	for _, name := range names {
		print.Args = append(print.Args, &syntax.Assign{Naked: true, Name: lit(name)})
	}
	return &syntax.BinaryCmd{Op: syntax.Pipe, X: &syntax.Stmt{Cmd: print}, Y: &syntax.Stmt{Cmd: call(append([]string{hidden + "functions", how}, names...)...)}}
}

// showFunctions prints functions as they were typed: -f their texts, -F their names; with an "a"
// all that there are.
func (b *bash) showFunctions(ctx context.Context, args []string) error {
	hc := interp.HandlerCtx(ctx)
	data, err := io.ReadAll(io.LimitReader(hc.Stdin, budgetOf(ctx).limits.Output))
	if err != nil {
		return interp.ExitStatus(1)
	}
	stmts, _ := read(string(data))
	found := 0
	for _, stmt := range stmts {
		decl, ok := stmt.Cmd.(*syntax.FuncDecl)
		if !ok {
			continue
		}
		found++
		switch args[0] {
		case "-F":
			fmt.Fprintln(hc.Stdout, decl.Name.Value)
		case "-Fa":
			fmt.Fprintln(hc.Stdout, "declare -f "+decl.Name.Value)
		default:
			fmt.Fprint(hc.Stdout, b.t.functionText(decl.Name.Value, decl.Body))
		}
	}
	if found < len(args)-1 && !strings.HasSuffix(args[0], "a") {
		return interp.ExitStatus(1)
	}
	return nil
}

// functionText is a function as bash prints it, as far as the layout of the printer goes.
func (t *Terminal) functionText(name string, body *syntax.Stmt) string {
	text := source([]*syntax.Stmt{body})
	t.mu.Lock()
	typed, ok := t.typedBody[bodyKey(text)]
	t.mu.Unlock()
	if stmts, err := read(typed); ok && err == nil && len(stmts) == 1 {
		body = stmts[0]
	}
	list := []*syntax.Stmt{body}
	redirs := ""
	if braces, ok := body.Cmd.(*syntax.Block); ok && !body.Negated {
		list = braces.Stmts
		redirs = typedStmt(&syntax.Stmt{Cmd: call(":"), Redirs: body.Redirs})[1:]
		redirs = strings.ReplaceAll(redirs, "\\\n\t", "") // the printer keeps them where they stood
	}
	var b strings.Builder
	b.WriteString(name + " () \n{ \n")
	for i, stmt := range list {
		end := ";\n"
		if i == len(list)-1 || stmt.Background {
			end = "\n"
		}
		var one strings.Builder
		syntax.NewPrinter(syntax.Indent(4), syntax.SpaceRedirects(true)).Print(&one, &syntax.File{Stmts: []*syntax.Stmt{stmt}})
		b.WriteString("    " + strings.ReplaceAll(strings.TrimSpace(one.String()), "\n", "\n    ") + end)
	}
	return b.String() + "}" + redirs + "\n"
}

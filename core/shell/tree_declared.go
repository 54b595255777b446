package shell

import (
	"cmp"
	"context"
	"io"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// The interpreter prints nothing for `export`, `export -p`, `readonly` and `declare -x` without
// names.

// shownVariables has them print the variables that they are about.
func (p *preparer) shownVariables(stmt *syntax.Stmt) {
	decl, ok := stmt.Cmd.(*syntax.DeclClause)
	if !ok {
		return
	}
	which := map[string]string{"export": "x", "readonly": "r"}[decl.Variant.Value]
	for _, as := range decl.Args {
		flags := ""
		if as.Name == nil && as.Value != nil {
			flags = as.Value.Lit()
		}
		if len(flags) < 2 || flags[0] != '-' || strings.Trim(flags, "-pxr") != "" {
			return
		}
		which += strings.Trim(flags, "-p")
	}
	if which != "" && decl.Variant.Value != "local" {
		stmt.Cmd = call(hidden+"declared", which)
	}
}

// showDeclared prints the variables with the letters as lines that would make them.
func (b *bash) showDeclared(ctx context.Context, args []string) error {
	hc := interp.HandlerCtx(ctx)
	all := map[string]Variable{}
	for name, v := range hc.Env.Each {
		delete(all, name)
		if v.IsSet() && holdsAll(v.Flags(), args[0]) && !strings.HasPrefix(name, hiddenVariable) {
			all[name] = Variable{Name: name}
		}
	}
	for _, row := range sortedVariables(all) {
		io.WriteString(hc.Stdout, b.t.declaration(row.Name, variableOf(ctx, row.Name))+"\n")
	}
	return nil
}

func holdsAll(text, letters string) bool {
	return !strings.ContainsFunc(letters, func(c rune) bool { return !strings.ContainsRune(text, c) })
}

// shownNamed has `declare -p` of names that were declared so show their letters, which the
// interpreter does not know.
func (p *preparer) shownNamed(stmt *syntax.Stmt) {
	n, ok := stmt.Cmd.(*syntax.DeclClause)
	if !ok || n.Variant.Value != "declare" && n.Variant.Value != "typeset" || len(n.Args) < 2 || n.Args[0].Value == nil || n.Args[0].Value.Lit() != "-p" {
		return
	}
	names := []string{hidden + "named"}
	found := false
	for _, as := range n.Args[1:] {
		if as.Name == nil || !as.Naked {
			return
		}
		names = append(names, as.Name.Value)
		found = found || p.b.t.foldOf(as.Name.Value) != "" || p.b.t.isInteger(as.Name.Value)
	}
	if found {
		stmt.Cmd = call(names...)
	}
}

// showNamed carries `declare -p NAME…` out.
func (b *bash) showNamed(ctx context.Context, names []string) (err error) {
	hc := interp.HandlerCtx(ctx)
	for _, name := range names {
		text := b.t.declaration(name, hc.Env.Get(name))
		if text == "" {
			b.complain(ctx, "declare: %s: not found", name)
			err = interp.ExitStatus(1)
			continue
		}
		io.WriteString(hc.Stdout, text+"\n")
	}
	return err
}

// declaration is the line that would make a variable, "" for none.
func (t *Terminal) declaration(name string, v expand.Variable) string {
	flags := t.flagsOf(name, v)
	switch {
	case v.Kind == expand.Indexed || v.Kind == expand.Associative:
		return transformedList("A", name, flags, v)[0]
	case v.IsSet():
		return "declare -" + cmp.Or(flags, "-") + " " + name + "=" + doubleQuoted(v.String())
	case flags != "":
		return "declare -" + flags + " " + name
	}
	return ""
}

// flagsOf are the letters of a variable in the order in which bash has them.
func (t *Terminal) flagsOf(name string, v expand.Variable) string {
	flags := v.Flags()
	if t.isInteger(name) {
		at := strings.LastIndexAny(flags, "aA") + 1
		flags = flags[:at] + "i" + flags[at:]
	}
	return flags + t.foldOf(name)
}

package shell

import (
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
		v := variableOf(ctx, row.Name)
		text := "declare -" + v.Flags() + " " + row.Name + "=" + doubleQuoted(v.Str)
		if v.Kind != expand.String {
			text = transformedList("A", row.Name, v.Flags(), v)[0]
		}
		io.WriteString(hc.Stdout, text+"\n")
	}
	return nil
}

func holdsAll(text, letters string) bool {
	return !strings.ContainsFunc(letters, func(c rune) bool { return !strings.ContainsRune(text, c) })
}

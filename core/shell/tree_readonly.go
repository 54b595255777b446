package shell

import (
	"context"
	"maps"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// The interpreter says that a variable is read-only, without the line, and goes on; bash drops the
// rest of the line behind `x=2`, and neither begins a loop over such a name nor declares it again.
// So where a text has made a name read-only, what gives it a value asks first:
//
//	if hsmplay-fixed = x; then x=2; else hsmplay-status 1; fi

// alwaysFixed are read-only in each bash.
var alwaysFixed = map[string]bool{"EUID": true, "PPID": true, "UID": true}

// fixedIn returns the names that this terminal has seen made read-only, with those of statements.
// The map is shared and not to be changed.
func (t *Terminal) fixedIn(stmts []*syntax.Stmt) map[string]bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.fixed == nil {
		t.fixed = alwaysFixed
	}
	visit(stmts, func(n syntax.Node) bool {
		decl, ok := n.(*syntax.DeclClause)
		if !ok || decl.Variant.Value != "readonly" && !slices.ContainsFunc(decl.Args, fixes) {
			return true
		}
		for _, as := range decl.Args {
			if as.Name != nil && !t.fixed[as.Name.Value] {
				t.fixed = maps.Clone(t.fixed)
				t.fixed[as.Name.Value] = true
			}
		}
		return true
	})
	return t.fixed
}

// fixes reports whether an argument of a declaration is one like -r.
func fixes(as *syntax.Assign) bool {
	return as.Name == nil && as.Value != nil && strings.HasPrefix(as.Value.Lit(), "-") &&
		strings.Contains(as.Value.Lit(), "r")
}

// asksFixed has a statement ask whether it may give its names values.
func (p *preparer) asksFixed(stmt *syntax.Stmt) {
	how, names := p.fixedNames(stmt.Cmd)
	if len(names) == 0 || p.asked() {
		return
	}
	p.b.calculated.Store(true)
	alone := &syntax.Stmt{Position: stmt.Position, Cmd: stmt.Cmd}
	choice := written("if " + hidden + "fixed " + how + " " + strings.Join(names, " ") +
		"; then :; else " + hidden + "status 1; fi").Cmd.(*syntax.IfClause)
	choice.Position, choice.Cond[0].Position = stmt.Position, stmt.Position
	choice.Cond[0].Cmd.(*syntax.CallExpr).Args[0].Parts[0].(*syntax.Lit).ValuePos = stmt.Position
	choice.Then = []*syntax.Stmt{alone}
	if how == "with" {
		choice.Else.Then = []*syntax.Stmt{withoutAssigns(alone, names)}
	}
	if stmt.Cmd = choice; !asksStatus(alone) {
		return
	}
	again := call(hidden + "status")
	again.Args = append(again.Args, quotedWord(shortParam(elementStatus)))
	choice.Then = []*syntax.Stmt{quietly(stmt, &syntax.Stmt{Cmd: again}), alone}
	keep := assigned(elementStatus, nil, quotedWord(shortParam("?")))
	keep.Position = stmt.Position
	stmt.Cmd = block(keep, &syntax.Stmt{Position: stmt.Position, Cmd: choice})
}

// withoutAssigns is a command without those that stand before it and have one of the names.
func withoutAssigns(stmt *syntax.Stmt, names []string) *syntax.Stmt {
	bare := *stmt.Cmd.(*syntax.CallExpr)
	bare.Assigns = slices.DeleteFunc(slices.Clone(bare.Assigns), func(as *syntax.Assign) bool {
		return slices.Contains(names, as.Name.Value)
	})
	return &syntax.Stmt{Position: stmt.Position, Cmd: &bare}
}

// asked reports whether the statement that is being left stands behind such a question already: a
// text may be prepared again.
func (p *preparer) asked() bool {
	if len(p.path) == 0 {
		return false
	}
	choice, ok := p.path[len(p.path)-1].(*syntax.IfClause)
	return ok && len(choice.Cond) > 0 && isCall(choice.Cond[0], hidden+"fixed")
}

// fixedNames are the names that a command gives values, of those that may be read-only, and how it
// does: "=", "with" a command behind, "for", or the word of a declaration.
func (p *preparer) fixedNames(cmd syntax.Command) (how string, names []string) {
	assigns := []*syntax.Assign{}
	switch cmd := cmd.(type) {
	case *syntax.ForClause:
		if iter, ok := cmd.Loop.(*syntax.WordIter); ok {
			how, assigns = "for", append(assigns, &syntax.Assign{Name: iter.Name})
		}
	case *syntax.CallExpr:
		if how, assigns = "=", cmd.Assigns; len(cmd.Args) > 0 {
			how = "with"
		}
	case *syntax.DeclClause:
		how, assigns = cmd.Variant.Value, cmd.Args
	}
	for _, as := range assigns {
		if as.Name != nil && p.fixed[as.Name.Value] && (!as.Naked || how == "local") {
			names = append(names, as.Name.Value)
		}
	}
	return how, names
}

// fixedPrefix are the declarations that a message about a name begins with.
var fixedPrefix = map[string]string{
	"declare": "declare: ", "typeset": "typeset: ", "local": "local: ",
}

// askFixed fails where one of the names is read-only; of an assignment it drops the line.
func (b *bash) askFixed(ctx context.Context, args []string) error {
	name := fixedOf(ctx, args[1:])
	if name == "" {
		return nil
	}
	b.complain(ctx, "%s%s: readonly variable", fixedPrefix[args[0]], name)
	hc := interp.HandlerCtx(ctx)
	b.failure.mu.Lock()
	errexit := b.failure.of(hc.Env).errexit && ctx.Value(lineKey{}) == nil
	b.failure.mu.Unlock()
	switch {
	case args[0] != "=":
		return interp.ExitStatus(1)
	case errexit: // arithmetic drops the line also then
		b.failure.leavesNow(hc.Env)
		return hc.Builtin(ctx, []string{"exit", "1"})
	}
	return b.drop(ctx)
}

// fixedOf is the first of some names that is read-only, "" for none.
func fixedOf(ctx context.Context, names []string) string {
	for _, name := range names {
		if alwaysFixed[name] || variableOf(ctx, name).ReadOnly {
			return name
		}
	}
	return ""
}

// refusesFixed says of a builtin that it cannot give a read-only name a value.
func (b *bash) refusesFixed(ctx context.Context, names ...string) bool {
	name := fixedOf(ctx, names)
	if name != "" {
		b.complain(ctx, "%s: readonly variable", name)
	}
	return name != ""
}

// readFixed reads into other names where some are read-only, and fails.
func (b *bash) readFixed(ctx context.Context, args []string, fixed string) []string {
	rest := slices.Clone(args)
	for i, word := range rest {
		if word == fixed {
			rest[i] = hiddenVariable + "none"
		}
	}
	return []string{"eval", atLine(ctx, quoteAll(rest)+"; "+hidden+"fixed for "+fixed)}
}

// atLine puts a text on the line of the command that runs it, for what messages say of lines.
func atLine(ctx context.Context, text string) string {
	return strings.Repeat("\n", max(int(interp.HandlerCtx(ctx).Pos.Line())-1, 0)) + text
}

// unsetFixed refuses to unset names that are read-only, and unsets the others.
func (b *bash) unsetFixed(ctx context.Context, args []string) []string {
	var rest []string
	for _, word := range args {
		name, _, _ := strings.Cut(word, "[")
		if v := variableOf(ctx, name); !v.ReadOnly || v.Kind == expand.NameRef {
			rest = append(rest, word)
			continue
		}
		b.complain(ctx, "unset: %s: cannot unset: readonly variable", name)
	}
	if len(rest) == len(args) {
		return args
	}
	return []string{"eval", quoteAll(rest) + "; " + hidden + "status 1"}
}

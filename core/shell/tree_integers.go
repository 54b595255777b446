package shell

import (
	"maps"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// The interpreter knows no `declare -i`. So the names that it declares are kept, and what is
// assigned to them is made arithmetic: `n+=3` becomes `n=$((n + (3)))`.

// isInteger reports whether a name was declared with -i in this terminal.
func (t *Terminal) isInteger(name string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.integers[name]
}

// keepInteger keeps such a name.
func (t *Terminal) keepInteger(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.integers = maps.Clone(t.integers)
	if t.integers == nil {
		t.integers = map[string]bool{}
	}
	t.integers[name] = true
	if t.integersEver == nil {
		t.integersEver = map[string]bool{}
	}
	t.integersEver[name] = true
}

// declareIntegers takes -i out of a declaration and keeps its names.
func (p *preparer) declareIntegers(n *syntax.DeclClause) {
	found := false
	for _, as := range n.Args {
		if as.Name != nil || as.Value == nil || !strings.HasPrefix(as.Value.Lit(), "-") || !strings.Contains(as.Value.Lit(), "i") {
			continue
		}
		found = true
		as.Value = literal(strings.ReplaceAll(as.Value.Lit(), "i", ""))
	}
	n.Args = slices.DeleteFunc(n.Args, func(as *syntax.Assign) bool { return as.Name == nil && as.Value != nil && as.Value.Lit() == "-" })
	for _, as := range n.Args {
		if as.Name != nil && found {
			p.b.t.keepInteger(as.Name.Value)
		}
		p.assignInteger(as)
	}
}

// assignInteger makes an assignment to such a name arithmetic.
func (p *preparer) assignInteger(as *syntax.Assign) {
	if as.Name == nil || as.Value == nil || as.Array != nil || as.Index != nil || !p.b.t.isInteger(as.Name.Value) {
		return
	}
	text := strings.TrimSpace(source([]*syntax.Stmt{{Cmd: &syntax.CallExpr{Args: []*syntax.Word{as.Value}}}}))
	text = strings.Trim(text, `"'`)
	if as.Append {
		text = as.Name.Value + " + (" + text + ")"
	}
	stmts, err := read(": $((" + text + "))")
	if err != nil || len(stmts) != 1 {
		return
	}
	if c, ok := stmts[0].Cmd.(*syntax.CallExpr); ok && len(c.Args) == 2 {
		as.Append, as.Value = false, c.Args[1]
	}
}

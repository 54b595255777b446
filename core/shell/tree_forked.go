package shell

import "mvdan.cc/sh/v3/syntax"

// In a subshell that a function runs, the interpreter does not know any more that it is in a
// function. There `local` is `declare`, whose variables end with the subshell too, and `return`
// ends it as `exit` does: `cut -f1 keys | while read -r k; do local n=$k; … || return 1; done`.

// forkedInFunction reports whether a node that is being left runs in a subshell of a function: the
// side of a pipe, a substitution, a job or what stands in parentheses. Of a file that another one
// takes in, its own subshells count for return as well.
func (p *preparer) forkedInFunction(sourced bool) bool {
	forked := false
	for i := len(p.path) - 1; i >= 0; i-- {
		switch outer := p.path[i].(type) {
		case *syntax.FuncDecl:
			return forked
		case *syntax.Subshell, *syntax.CmdSubst, *syntax.ProcSubst:
			forked = true
		case *syntax.Stmt:
			forked = forked || outer.Background
		case *syntax.BinaryCmd:
			forked = forked || isPipe(outer)
		}
	}
	return forked && sourced
}

// declareForked makes `local` in a subshell of a function `declare`.
func (p *preparer) declareForked(n *syntax.DeclClause) {
	if n.Variant.Value == "local" && p.forkedInFunction(false) {
		variant := *n.Variant
		variant.Value = "declare"
		n.Variant = &variant
	}
}

// exitForked makes `return` in a subshell of a function `exit`.
func (p *preparer) exitForked(n *syntax.CallExpr) {
	if len(n.Args) > 0 && n.Args[0].Lit() == "return" && p.forkedInFunction(p.sourced != "") {
		first := literal("exit")
		first.Parts[0].(*syntax.Lit).ValuePos = n.Args[0].Pos()
		n.Args[0] = first
	}
}

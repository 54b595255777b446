package shell

import (
	"maps"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// The interpreter knows no `declare -l` and `declare -u`. So the names that they declare are kept,
// and what is assigned to them is folded: `x=$y` becomes `x=$y x="${x[@],,}"`, behind `read x`
// stands `x=${x,,}`, and `for x in …` begins its rounds with it. A name that a function declares is
// forgotten behind it, but for `read`, of which nobody knows where it stands.

// folding is what is done to the letters of a variable.
var folding = map[string]syntax.ParExpOperator{"l": syntax.LowerAll, "u": syntax.UpperAll}

// foldOf is l or u for a name that was declared with it in this terminal, "" for others.
func (t *Terminal) foldOf(name string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.folds[name]
}

// keepFold keeps such a name, "" for one that was declared without.
func (t *Terminal) keepFold(name, fold string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.folds[name] == fold {
		return
	}
	t.folds = maps.Clone(t.folds)
	if t.folds == nil {
		t.folds = map[string]string{}
	}
	t.folds[name] = fold
	if fold != "" {
		if t.foldsEver == nil {
			t.foldsEver = map[string]string{}
		}
		t.foldsEver[name] = fold
	}
}

// declared are the names that `declare -i`, `-l` and `-u` have told of up to a place in a text.
type declared struct {
	integers map[string]bool
	folds    map[string]string
}

// declaredNow is what was declared so far.
func (t *Terminal) declaredNow() declared {
	t.mu.Lock()
	defer t.mu.Unlock()
	return declared{t.integers, t.folds}
}

// declaredAgain forgets what was declared since.
func (t *Terminal) declaredAgain(d declared) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.integers, t.folds = d.integers, d.folds
}

// declareFolds takes -l and -u out of a declaration and keeps its names.
func (p *preparer) declareFolds(n *syntax.DeclClause) {
	fold, shows := "", false
	for _, as := range n.Args {
		if as.Name != nil || as.Value == nil {
			continue
		}
		word := as.Value.Lit()
		shows = shows || strings.HasPrefix(word, "-") && strings.ContainsAny(word, "pfF")
		if strings.HasPrefix(word, "-") && strings.ContainsAny(word, "lu") {
			fold = map[bool]string{true: "l", false: "u"}[strings.Contains(word, "l")]
			as.Value = literal(strings.NewReplacer("l", "", "u", "").Replace(word))
		}
		if strings.HasPrefix(word, "+") && strings.ContainsAny(word, "lu") {
			as.Value = literal("-")
		}
	}
	if shows {
		return
	}
	n.Args = slices.DeleteFunc(n.Args, func(as *syntax.Assign) bool { return as.Name == nil && as.Value != nil && as.Value.Lit() == "-" })
	for _, as := range n.Args {
		if as.Name != nil && n.Variant.Value != "export" && n.Variant.Value != "readonly" {
			p.b.t.keepFold(as.Name.Value, fold)
		}
	}
	n.Args = p.folded(n.Args)
}

// unfold forgets a name with its variable.
func (p *preparer) unfold(n *syntax.CallExpr) {
	if len(n.Args) > 1 && n.Args[0].Lit() == "unset" {
		for _, word := range n.Args[1:] {
			if p.b.t.foldOf(word.Lit()) != "" {
				p.b.t.keepFold(word.Lit(), "")
			}
		}
	}
}

// folded has each assignment to such a name followed by one that folds it.
func (p *preparer) folded(list []*syntax.Assign) (all []*syntax.Assign) {
	for _, as := range list {
		all = append(all, as)
		if as.Name == nil || as.Naked {
			continue
		}
		fold := folding[p.b.t.foldOf(as.Name.Value)]
		if fold == 0 || isFolded(as) {
			continue
		}
		var index syntax.ArithmExpr = literal("@")
		if as.Index != nil {
			index = as.Index
		}
		value := quotedWord(&syntax.ParamExp{Param: as.Name, Index: index, Exp: &syntax.Expansion{Op: fold}})
		again := &syntax.Assign{Name: as.Name, Index: as.Index, Value: value}
		if as.Array != nil {
			again.Value, again.Array = nil, &syntax.ArrayExpr{Elems: []*syntax.ArrayElem{{Value: value}}}
		}
		all = append(all, again)
	}
	return all
}

// isFolded reports whether an assignment is one that [preparer.folded] has made.
func isFolded(as *syntax.Assign) bool {
	word := as.Value
	if as.Array != nil && len(as.Array.Elems) > 0 {
		word = as.Array.Elems[0].Value
	}
	return word != nil && strings.HasPrefix(wordText(word), `"${`+as.Name.Value+"[")
}

// foldLoop has a loop over words begin its rounds with what is declared of its variable.
func (p *preparer) foldLoop(n *syntax.ForClause) {
	iter, ok := n.Loop.(*syntax.WordIter)
	if !ok {
		return
	}
	name := iter.Name.Value
	var again *syntax.Stmt
	switch fold := folding[p.b.t.foldOf(name)]; {
	case fold != 0:
		again = assigned(name, nil, quotedWord(&syntax.ParamExp{Param: lit(name), Exp: &syntax.Expansion{Op: fold}}))
	case p.b.t.isInteger(name):
		again = written(computed(name))
	default:
		return
	}
	again.Position = n.DoPos
	n.Do = append([]*syntax.Stmt{again}, n.Do...)
}

// computed gives a variable the value of the expression that it holds.
func computed(name string) string { return `eval "` + name + `=\$((${` + name + `:-0}))"` }

// foldRead is what follows `read` of such names.
func (b *bash) foldRead(words []string) (text string) {
	for _, name := range words {
		b.t.mu.Lock()
		fold, integer := b.t.foldsEver[name], b.t.integersEver[name]
		b.t.mu.Unlock()
		if fold != "" {
			text += "; " + name + "=${" + name + map[string]string{"l": ",,", "u": "^^"}[fold] + "}"
		}
		if integer {
			text += "; " + computed(name)
		}
	}
	return text
}

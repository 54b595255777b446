package shell

import (
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// escapes makes quoted characters of the ones behind a backslash where a word becomes one text: the
// interpreter keeps the backslash there.
func (p *preparer) escapes(n syntax.Node) {
	switch n := n.(type) {
	case *syntax.Assign:
		quoteEscaped(n.Value)
	case *syntax.ArrayElem:
		if key, ok := n.Index.(*syntax.Word); ok {
			quoteEscaped(key)
			quoteEscaped(n.Value)
		}
	case *syntax.Redirect:
		if n.Hdoc == nil {
			quoteEscaped(n.Word)
		}
	case *syntax.BinaryTest:
		if left, ok := n.X.(*syntax.Word); ok {
			quoteEscaped(left)
		}
	case *syntax.CaseClause:
		quoteEscaped(n.Word)
	case *syntax.ParamExp:
		if n.Repl != nil {
			quoteEscaped(n.Repl.With)
		}
		isQuoted := func(outer syntax.Node) bool { _, ok := outer.(*syntax.DblQuoted); return ok }
		if n.Exp != nil && n.Exp.Op <= syntax.AssignUnsetOrNull && !slices.ContainsFunc(p.path, isQuoted) {
			quoteEscaped(n.Exp.Word)
		}
	}
}

// quoteEscaped puts the characters that are behind a backslash into quotes.
func quoteEscaped(word *syntax.Word) {
	if word == nil {
		return
	}
	var parts []syntax.WordPart
	for _, part := range word.Parts {
		lit, ok := part.(*syntax.Lit)
		if !ok || !strings.Contains(lit.Value, `\`) {
			parts = append(parts, part)
			continue
		}
		rest := lit.Value
		for {
			plain, escaped, found := strings.Cut(rest, `\`)
			if plain != "" {
				parts = append(parts, &syntax.Lit{ValuePos: lit.ValuePos, ValueEnd: lit.ValueEnd, Value: plain})
			}
			if !found || escaped == "" {
				break
			}
			switch escaped[0] {
			case '\n':
			case '\'':
				parts = append(parts, quotedWord(&syntax.Lit{Value: "'"}).Parts[0])
			default: // the first byte is enough: what follows joins it
				parts = append(parts, &syntax.SglQuoted{Value: escaped[:1]})
			}
			rest = escaped[1:]
		}
	}
	word.Parts = parts
}

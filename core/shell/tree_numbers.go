package shell

import (
	"strings"

	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// Where everything in an expression is a number, and nothing is divided, the interpreter counts as bash
// does. What can be seen of that in a text needs no look when it runs, and what is a number then needs
// no more than that look.

// isRisky reports whether the interpreter may count otherwise than bash.
func (p *preparer) isRisky(template, expanded string) bool {
	if calcDivide().MatchString(template) {
		return true
	}
	for _, name := range calcName().FindAllStringSubmatch(template, -1) {
		if !p.numbers[name[2]] || p.fixed[name[2]] {
			return true
		}
	}
	for word := range strings.FieldsSeq(expanded) {
		if name := strings.Trim(word, `"${}`); name != "#" && name != "?" && !p.numbers[name] {
			return true
		}
	}
	return false
}

// computes reports whether the arithmetic of a word is risky.
func (p *preparer) computes(word *syntax.Word) bool {
	if word == nil {
		return false
	}
	for _, site := range p.calcSites(&syntax.CallExpr{Args: []*syntax.Word{word}}) {
		if text, expanded, known := p.calcTemplate(site, false); !known || p.isRisky(text, expanded) {
			return true
		}
	}
	return false
}

// namesIn are the names in an expression that counts right where they hold numbers.
func (p *preparer) namesIn(template string) string {
	if calcDivide().MatchString(template) || strings.Contains(template, "[") {
		return calcHard
	}
	var names []string
	for _, name := range calcName().FindAllStringSubmatch(template, -1) {
		if p.fixed[name[2]] {
			return calcHard
		}
		names = append(names, name[2])
	}
	return strings.Join(names, " ")
}

// holdNumbers reports whether the expressions of a command count right as it is.
func holdNumbers(hc interp.HandlerContext, kept, expanded []string, strict bool) bool {
	for _, value := range expanded {
		if !isPlainNumber(value) {
			return false
		}
	}
	for _, text := range kept {
		_, names, _ := strings.Cut(text, calcNames)
		if names == calcHard {
			return false
		}
		for name := range strings.FieldsSeq(names) {
			if v := hc.Env.Get(name); !isPlainNumber(v.Str) && (strict || v.IsSet()) {
				return false
			}
		}
	}
	return true
}

// isPlainNumber reports whether a text is a number that each reader takes for the same.
func isPlainNumber(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	if digits == "" || len(digits) > 18 || digits[0] == '0' && len(digits) > 1 {
		return false
	}
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return false
		}
	}
	return true
}

// numbersIn are the variables that statements give nothing but numbers.
func numbersIn(stmts []*syntax.Stmt) map[string]bool {
	numbers, others := map[string]bool{}, map[string]bool{}
	target := func(x syntax.ArithmExpr, names map[string]bool) {
		if word, ok := x.(*syntax.Word); ok {
			names[word.Lit()] = true
		}
	}
	visit(stmts, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Assign:
			switch {
			case n.Name == nil:
			case n.Index == nil && n.Array == nil && !n.Append && isNumber(n.Value):
				numbers[n.Name.Value] = true
			default:
				others[n.Name.Value] = true
			}
		case *syntax.BinaryArithm:
			if n.Op == syntax.Assgn {
				target(n.X, numbers)
			}
		case *syntax.WordIter:
			others[n.Name.Value] = true
		case *syntax.CallExpr:
			for _, word := range n.Args {
				others[word.Lit()] = true
			}
		}
		return true
	})
	for name := range others {
		delete(numbers, name)
	}
	return numbers
}

// isNumber reports whether a word is a number or an expression.
func isNumber(word *syntax.Word) bool {
	if word == nil || len(word.Parts) != 1 {
		return false
	}
	_, counts := word.Parts[0].(*syntax.ArithmExp)
	return counts || isPlainNumber(word.Lit())
}

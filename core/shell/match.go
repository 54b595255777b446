package shell

import (
	"context"
	"io"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// match prints a value without what a pattern matches in it, or with another text for that; for a
// test and a case the other text where all of it matches. It gets the operator, the value, the
// Pattern as it is written, the other text and the shell's parameters.
func (b *bash) match(ctx context.Context, args []string) error {
	operator, text, with := args[0], []rune(args[1]), args[3]
	hc := interp.HandlerCtx(ctx)
	env := &expand.Config{Env: ofShell{hc.Env, "", args[4:], hc.Pos.Line()}}
	written, ok := readPattern(env, args[2], operator == "==" || hc.Env.Get(optionVariable+"extglob").String() != "")
	if !ok {
		b.complain(ctx, "%s: not supported in an expansion", args[2])
		return interp.ExitStatus(1)
	}
	g := readGlob(written, hc.Env.Get(foldsMatches).String() != "" && !strings.ContainsAny(operator[:1], "#%"))
	var out string
	switch {
	case operator == "==" || operator == "case":
		if out = noMatch; slices.Contains(g.ends(text, []int{0}), len(text)) {
			out = with
		}
	case strings.ContainsAny(operator, "#%"):
		out = g.cutOff(operator, text, with)
	default:
		var err error
		if out, err = g.replace(budgetOf(ctx), text, with, operator == "//"); err != nil {
			return err
		}
	}
	_, err := io.WriteString(hc.Stdout, out)
	return err
}

// replace is a text with another one for the longest match, or for each.
func (g glob) replace(budget *budget, text []rune, with string, all bool) (string, error) {
	var out strings.Builder
	for at := 0; at < len(text); {
		if err := budget.step(); err != nil {
			return "", err
		}
		ends := g.ends(text, []int{at})
		if len(ends) == 0 || ends[len(ends)-1] == at {
			out.WriteRune(text[at])
			at++
			continue
		}
		out.WriteString(with)
		if at = ends[len(ends)-1]; !all {
			return out.String() + string(text[at:]), nil
		}
	}
	return out.String(), nil
}

// cutOff is a text with another one for what matches at one end of it, as little or as much as can
// be.
func (g glob) cutOff(operator string, text []rune, with string) string {
	if strings.Contains(operator, "#") {
		ends := g.ends(text, []int{0})
		switch {
		case len(ends) == 0:
			return string(text)
		case operator == "#":
			return with + string(text[ends[0]:])
		}
		return with + string(text[ends[len(ends)-1]:])
	}
	for i := range len(text) + 1 {
		at := i
		if operator == "%" {
			at = len(text) - i
		}
		if ends := g.ends(text, []int{at}); len(ends) > 0 && ends[len(ends)-1] == len(text) {
			return string(text[:at]) + with
		}
	}
	return string(text)
}

// readPattern reads a pattern from how it is written and puts its variables in. What is quoted
// stands for itself, and so do lists out of variables where extended patterns are off.
func readPattern(env *expand.Config, text string, extended bool) (string, bool) {
	stmts, err := read("[[ x == " + signsApart(text) + " ]]")
	if err != nil || len(stmts) != 1 {
		return "", false
	}
	test, ok := stmts[0].Cmd.(*syntax.TestClause)
	if !ok {
		return "", false
	}
	var out strings.Builder
	for _, part := range test.X.(*syntax.BinaryTest).Y.(*syntax.Word).Parts {
		if plain, ok := part.(*syntax.Lit); ok {
			out.WriteString(plain.Value)
			continue
		}
		value, err := expand.Literal(env, &syntax.Word{Parts: []syntax.WordPart{part}})
		if err != nil {
			return "", false
		}
		switch part.(type) {
		case *syntax.SglQuoted, *syntax.DblQuoted:
			value = everyCharacter().ReplaceAllString(value, `\$0`)
		default:
			if !extended {
				value = strings.ReplaceAll(value, "(", `\(`)
			}
		}
		out.WriteString(value)
	}
	return signsBack.Replace(out.String()), true
}

var everyCharacter = Pattern(`(?s:.)`)

// The signs of a list would end the word that a pattern is read as; while it is read, private
// characters stand for those that are not quoted.
const (
	listSigns    = "|()&;<> \t\n"
	privateSigns = "\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue008\ue009"
)

var signsBack = strings.NewReplacer(pairs(privateSigns, listSigns)...)

func pairs(from, to string) (list []string) {
	other := []rune(to)
	for i, c := range []rune(from) {
		list = append(list, string(c), string(other[i]))
	}
	return list
}

// signsApart puts the private characters in.
func signsApart(text string) string {
	var out strings.Builder
	quote := rune(0)
	for i, c := range text {
		escaped := i > 0 && text[i-1] == '\\' && quote != '\''
		switch at := strings.IndexRune(listSigns, c); {
		case quote == 0 && at >= 0:
			c = []rune(privateSigns)[at]
		case !escaped && (c == '"' || c == '\'') && (quote == 0 || quote == c):
			quote ^= c
		}
		out.WriteRune(c)
	}
	return out.String()
}

package shell

import (
	"context"
	"io"
	"regexp"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
	patterns "mvdan.cc/sh/v3/pattern"
	"mvdan.cc/sh/v3/syntax"
)

// The interpreter knows @(a|b) and its like in `[[ … ]]`, in `case` and in names of files, not in
// ${x##+(0)} and ${x//@(a|b)/c}. Those become `$(hsmplay-match '##' "$x" "+(0)")`.

// extendedOperator begins a list of patterns.
var extendedOperator = pattern(`(^|[^\\])[?*+@!]\(`)

// extended returns the command for an expansion with an extended pattern, nil for all others.
func extended(n *syntax.ParamExp) *syntax.CallExpr {
	if n.Param == nil || n.Excl || n.Length || n.Slice != nil || n.Index != nil && isAll(n.Index) ||
		n.Param.Value == "@" || n.Param.Value == "*" {
		return nil
	}
	var operator string
	var word *syntax.Word
	switch {
	case n.Repl != nil:
		operator, word = "/", n.Repl.Orig
		if n.Repl.All {
			operator = "//"
		}
	case n.Exp != nil && strings.Trim(n.Exp.Op.String(), "#%") == "":
		operator, word = n.Exp.Op.String(), n.Exp.Word
	}
	if word == nil {
		return nil
	}
	text := strings.TrimSpace(wordText(word))
	if !extendedOperator().MatchString(text) {
		return nil
	}
	if operator == "/" && strings.ContainsAny(text[:1], "#%") {
		operator, text = operator+text[:1], text[1:]
	}
	end := &syntax.Word{Parts: []syntax.WordPart{&syntax.DblQuoted{}}}
	if n.Repl != nil && n.Repl.With != nil {
		end = quoted(n.Repl.With)
	}
	c := call(hidden+"match", operator)
	c.Args = append(c.Args, quotedWord(&syntax.ParamExp{Param: n.Param, Index: n.Index}),
		&syntax.Word{Parts: []syntax.WordPart{&syntax.DblQuoted{Parts: []syntax.WordPart{lit(inQuotes.Replace(text))}}}},
		end, quotedWord(shortParam("@")))
	return c
}

// match prints a value without what a pattern matches in it, or with another text for that: the
// operator, the value, the pattern as it is written, the other text and the shell's parameters.
func (b *bash) match(ctx context.Context, args []string) error {
	operator, text, with := args[0], args[1], args[3]
	hc := interp.HandlerCtx(ctx)
	stmts, err := read("[[ x == " + args[2] + " ]]")
	if err != nil || len(stmts) != 1 {
		return interp.ExitStatus(1)
	}
	word := stmts[0].Cmd.(*syntax.TestClause).X.(*syntax.BinaryTest).Y.(*syntax.Word)
	glob, err := expand.Pattern(&expand.Config{Env: ofShell{hc.Env, "", args[4:]}}, word)
	if err != nil {
		return interp.ExitStatus(1)
	}
	expr, err := patterns.Regexp(glob, patterns.ExtendedOperators)
	if err != nil {
		b.complain(ctx, "%s: not supported in an expansion", args[2])
		return interp.ExitStatus(1)
	}
	expr = strings.ReplaceAll(expr, "(?s)", "(?s:") + ")"
	if !strings.Contains(expr, "(?s:") {
		expr = "(?:" + expr
	}
	if strings.ContainsAny(operator, "#%") {
		text = cutOff(regexp.MustCompile("^"+expr+"$"), operator, text, with)
	} else {
		any := regexp.MustCompile(expr)
		any.Longest()
		from := 0
		var out strings.Builder
		for _, at := range any.FindAllStringIndex(text, -1) {
			if at[0] < at[1] && (operator == "//" || from == 0) {
				out.WriteString(text[from:at[0]] + with)
				from = at[1]
			}
		}
		text = out.String() + text[from:]
	}
	_, err = io.WriteString(hc.Stdout, text)
	return err
}

// cutOff is a text with another one for what matches at one end of it, as little or as much as can
// be.
func cutOff(glob *regexp.Regexp, operator, text, with string) string {
	front := strings.Contains(operator, "#")
	for i := range len(text) + 1 {
		at := i
		if operator != "#" && operator != "%%" && operator != "/%" {
			at = len(text) - i
		}
		switch {
		case front && glob.MatchString(text[:at]):
			return with + text[at:]
		case !front && glob.MatchString(text[at:]):
			return text[:at] + with
		}
	}
	return text
}

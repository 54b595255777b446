package shell

import (
	"cmp"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// The interpreter knows @(a|b) and its like in `[[ … ]]`, in `case` and in names of files, not in
// ${x##+(0)} and ${x//@(a|b)/c}; nowhere more than the simplest !(…), none that comes out of a
// variable, and it takes "@(a)" for one though it is quoted. Those become
// `$(hsmplay-match '##' "$x" '' "+(0)" "$@")`, in a test `$(hsmplay-match == …) == *`.

// extendedOperator begins a list of patterns.
var extendedOperator = Pattern(`(^|[^\\])[?*+@!]\(`)

// noMatch is what a pattern becomes that does not match.
const noMatch = hidden + "none"

// extended returns the command for an expansion that the interpreter would match wrongly, nil for
// all others and for lists.
func (p *preparer) extended(n *syntax.ParamExp) *syntax.CallExpr {
	if n.Param == nil || n.Excl || n.Length || n.Slice != nil || isList(n) {
		return nil
	}
	operator, word := matched(n)
	if word == nil || !p.isExtended(word) && !(p.folding && n.Repl != nil) {
		return nil
	}
	text := strings.TrimSpace(wordText(word))
	if operator == "/" && strings.ContainsAny(text[:1], "#%") {
		operator, text = operator+text[:1], text[1:]
	}
	end := &syntax.Word{Parts: []syntax.WordPart{&syntax.DblQuoted{}}}
	if n.Repl != nil && n.Repl.With != nil {
		end = quoted(n.Repl.With)
	}
	return matching(operator, quotedWord(&syntax.ParamExp{Param: n.Param, Index: n.Index}), text, end)
}

// isList reports whether an expansion is one of an array or of the shell's parameters.
func isList(n *syntax.ParamExp) bool {
	return n.Index != nil && isAll(n.Index) || n.Param.Value == "@" || n.Param.Value == "*"
}

// matched is the operator of an expansion that matches, with its pattern; nil for others.
func matched(n *syntax.ParamExp) (string, *syntax.Word) {
	switch {
	case n.Repl != nil && n.Repl.Orig != nil && len(n.Repl.Orig.Parts) > 0:
		return map[bool]string{true: "//", false: "/"}[n.Repl.All], n.Repl.Orig
	case n.Exp != nil && strings.Trim(n.Exp.Op.String(), "#%") == "" && n.Exp.Word != nil:
		return n.Exp.Op.String(), n.Exp.Word
	}
	return "", nil
}

// matching is the command that matches.
func matching(operator string, value *syntax.Word, text string, with *syntax.Word) *syntax.CallExpr {
	c := call(hidden+"match", operator)
	written := &syntax.Word{Parts: []syntax.WordPart{&syntax.DblQuoted{Parts: []syntax.WordPart{lit(inQuotes.Replace(text))}}}}
	c.Args = append(c.Args, value, written, with, quotedWord(shortParam("@")))
	return c
}

// isExtended reports whether a pattern in an expansion has to be matched here.
func (p *preparer) isExtended(word *syntax.Word) bool {
	return extendedOperator().MatchString(wordText(word)) || p.extends && ofVariables(word)
}

// ofVariables reports whether a pattern has variables in it, and no commands.
func ofVariables(word *syntax.Word) (found bool) {
	commands := false
	syntax.Walk(word, func(n syntax.Node) bool {
		switch n.(type) {
		case *syntax.ParamExp:
			found = true
		case *syntax.CmdSubst, *syntax.ArithmExp, *syntax.ProcSubst:
			commands = true
		}
		return true
	})
	return found && !commands
}

// isHardPattern reports whether the interpreter would match the pattern of a test or a case wrongly.
func (p *preparer) isHardPattern(word *syntax.Word) bool {
	hard := false
	for _, part := range word.Parts {
		if list, ok := part.(*syntax.ExtGlob); ok {
			hard = hard || list.Op == syntax.GlobExcept || strings.ContainsAny(list.Pattern.Value, "$'\"") || strings.Contains(list.Pattern.Value, "!(")
		}
	}
	return hard || p.extends && ofVariables(word)
}

// extendedTest has a comparison with a pattern that is hard matched here.
func (p *preparer) extendedTest(n *syntax.BinaryTest) {
	value, ok := n.X.(*syntax.Word)
	word, also := n.Y.(*syntax.Word)
	compares := n.Op == syntax.TsMatch || n.Op == syntax.TsMatchShort || n.Op == syntax.TsNoMatch
	if !ok || !also || !compares || !p.isHardPattern(word) {
		return
	}
	c := matching("==", quoted(value), strings.TrimSpace(wordText(word)), literal("any"))
	n.X, n.Y = &syntax.Word{Parts: []syntax.WordPart{&syntax.CmdSubst{Stmts: []*syntax.Stmt{{Cmd: c}}}}}, literal("any")
}

// extendedCase does the same for a case, whose word it keeps:
//
//	{ _hsmplay_case=word; case "$_hsmplay_case" in $(hsmplay-match case "$_hsmplay_case" "+($a)" "*" "$@")) …; esac; }
func (p *preparer) extendedCase(stmt *syntax.Stmt) {
	cmd, ok := stmt.Cmd.(*syntax.CaseClause)
	if !ok {
		return
	}
	hard := false
	for _, item := range cmd.Items {
		for i, word := range item.Patterns {
			if p.isHardPattern(word) {
				hard = true
				c := matching("case", quotedWord(shortParam(caseWord)), strings.TrimSpace(wordText(word)), quotedWord(lit("*")))
				item.Patterns[i] = &syntax.Word{Parts: []syntax.WordPart{&syntax.CmdSubst{Stmts: []*syntax.Stmt{{Cmd: c}}}}}
			}
		}
	}
	if hard {
		keep := quietly(stmt, assigned(caseWord, nil, quoted(cmd.Word)))
		cmd.Word = quotedWord(shortParam(caseWord))
		alone := &syntax.Stmt{Position: stmt.Position, Cmd: cmd}
		p.foldCase(alone)
		stmt.Cmd = block(keep, alone)
	}
}

// caseWord holds the word that a case looks at.
const caseWord = hiddenVariable + "case"

// The interpreter looks for files only where a word has one of *?[ in it. So `rm !(a|b)` becomes
// `rm !([a]|b)`; where no file is found, [bash.asTyped] takes that back.
func (p *preparer) globbed(word *syntax.Word) {
	switch p.path[len(p.path)-1].(type) {
	case *syntax.CallExpr, *syntax.WordIter, *syntax.ArrayElem:
	default:
		return
	}
	for _, part := range word.Parts {
		list, ok := part.(*syntax.ExtGlob)
		if !ok || strings.ContainsAny(list.Pattern.Value, `*?[$'"\`) || list.Op == syntax.GlobZeroOrOne || list.Op == syntax.GlobZeroOrMore {
			continue
		}
		if at := firstPlain().FindStringIndex(list.Pattern.Value); at != nil {
			typed := list.Pattern.Value
			list.Pattern.Value = typed[:at[0]] + "[" + typed[at[0]:at[1]] + "]" + typed[at[1]:]
			p.b.t.keepBody("("+list.Pattern.Value+")", "("+typed+")")
		}
	}
}

var firstPlain = Pattern(`\w`)

// changedList is a list that [preparer.globbed] may have changed.
var changedList = Pattern(`\([^()]*\[\w\][^()]*\)`)

// asTyped takes back what [preparer.globbed] has changed in the words of a command.
func (b *bash) asTyped(args []string) {
	for i, arg := range args {
		if strings.Contains(arg, "([") || strings.Contains(arg, "|[") {
			args[i] = changedList().ReplaceAllStringFunc(arg, func(list string) string { return cmp.Or(b.t.bodyTyped(list), list) })
		}
	}
}

package shell

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// The interpreter has no `shopt -s nocasematch`. So where that is mentioned, a test and a `case` are
// there twice, once in small letters: `if [[ $_hsmplay_shopt_nocasematch ]]; then [[ ${x,,} == a* ]];
// else [[ $x == A* ]]; fi`. What commands print is compared as it is.
const foldsMatches = optionVariable + "nocasematch"

// foldCase makes a test or `case` twice.
func (p *preparer) foldCase(stmt *syntax.Stmt) {
	if !p.folding {
		return
	}
	var small syntax.Command
	text := source([]*syntax.Stmt{{Cmd: stmt.Cmd}})
	switch cmd := stmt.Cmd.(type) {
	case *syntax.TestClause:
		stmts, err := read(smallText(text))
		if err != nil || strings.Contains(text, foldsMatches) || !strings.ContainsAny(text, "=~") {
			return
		}
		small = stmts[0].Cmd
		visit(stmts, func(n syntax.Node) bool {
			if test, ok := n.(*syntax.BinaryTest); ok && test.Op == syntax.TsReMatch {
				word := test.Y.(*syntax.Word)
				word.Parts = append([]syntax.WordPart{lit("(?i)")}, word.Parts...)
			}
			return true
		})
	case *syntax.CaseClause:
		if strings.HasPrefix(text, "case ${"+foldsMatches) {
			return
		}
		other := *cmd
		other.Word, other.Items = smallWord(cmd.Word), nil
		for _, item := range cmd.Items {
			again := *item
			again.Patterns = nil
			for _, word := range item.Patterns {
				again.Patterns = append(again.Patterns, smallWord(word))
			}
			other.Items = append(other.Items, &again)
		}
		small = &other
	default:
		return
	}
	choice := written("if [[ $" + foldsMatches + " ]]; then :; else :; fi").Cmd.(*syntax.IfClause)
	choice.Then[0].Cmd, choice.Else.Then[0].Cmd = small, stmt.Cmd
	stmt.Cmd = block(&syntax.Stmt{Position: stmt.Position, Cmd: choice})
}

// smallWord is a word in small letters.
func smallWord(word *syntax.Word) *syntax.Word {
	if stmts, err := read("[[ x == " + smallText(strings.TrimSpace(wordText(word))) + " ]]"); err == nil {
		return stmts[0].Cmd.(*syntax.TestClause).X.(*syntax.BinaryTest).Y.(*syntax.Word)
	}
	return word
}

// smallPart is what small letters are made of apart: variables, operators, and what is left as it is.
var smallPart = Pattern(`\$\w+|\$\{\w+\}|\$\(|\$\{[^}]*\}|-[A-Z] |\[:\w+:\]|[^$[-]+|(?s:.)`)

// smallText is a text of bash with the values in it in small letters.
func smallText(text string) string {
	if strings.Contains(text, "$(") {
		return text
	}
	var out strings.Builder
	for _, at := range smallPart().FindAllStringIndex(text, -1) {
		part := text[at[0]:at[1]]
		name := strings.Trim(part, "${}")
		switch {
		case strings.HasPrefix(part, "$") && syntax.ValidName(name), len(part) == 2 && part[0] == '$':
			part = "${" + name + ",,}"
		case strings.HasPrefix(part, "$"), len(part) == 3 && part[0] == '-', strings.HasPrefix(part, "[:"):
		default:
			part = strings.ToLower(part)
		}
		out.WriteString(part)
	}
	return out.String()
}

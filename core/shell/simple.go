package shell

import (
	"slices"

	"mvdan.cc/sh/v3/syntax"
)

// Simple is a line of bash that is one program with plain words, as it was parsed: nothing of it
// has been run.
type Simple struct {
	Words   []string // the program first
	Written []string // the files that its output goes to, in place of what is in them
}

// ReadSimple parses a line, false where it is anything else: several commands, a pipe, words that
// bash would make of others.
func ReadSimple(line string) (s Simple, ok bool) {
	stmts, err := read(line)
	if err != nil || len(stmts) != 1 {
		return s, false
	}
	stmt := stmts[0]
	call, ok := stmt.Cmd.(*syntax.CallExpr)
	if !ok || len(call.Assigns) > 0 || stmt.Negated || stmt.Background || stmt.Coprocess {
		return s, false
	}
	for _, word := range call.Args {
		text, plain := plainWord(word)
		if !plain {
			return s, false
		}
		s.Words = append(s.Words, text)
	}
	for _, r := range stmt.Redirs {
		name, plain := plainWord(r.Word)
		if !plain || r.Hdoc != nil {
			return s, false
		}
		if slices.Contains(replacing, r.Op) {
			s.Written = append(s.Written, name)
		}
	}
	return s, len(s.Words) > 0
}

// replacing are the redirections that put something in place of a file's content.
var replacing = []syntax.RedirOperator{syntax.RdrOut, syntax.RdrClob, syntax.RdrAll}

// plainWord is a word of which bash makes nothing else.
func plainWord(word *syntax.Word) (text string, plain bool) {
	if word == nil {
		return "", false
	}
	for _, part := range word.Parts {
		switch part := part.(type) {
		case *syntax.SglQuoted:
			if part.Dollar {
				return "", false
			}
			text += part.Value
		case *syntax.DblQuoted:
			inner, plain := plainWord(&syntax.Word{Parts: part.Parts})
			if !plain || part.Dollar {
				return "", false
			}
			text += inner
		case *syntax.Lit:
			if slices.ContainsFunc([]rune(part.Value), special) {
				return "", false
			}
			text += part.Value
		default:
			return "", false
		}
	}
	return text, true
}

// special reports whether bash may make something else of a word with a character.
func special(r rune) bool { return slices.Contains([]rune("\\*?[~{"), r) }

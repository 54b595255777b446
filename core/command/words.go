package command

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a run of bytes of a line, [From, To).
type Span struct {
	From, To int
}

// Word is one word of a line: where it stands with its quotes, and what it says without them.
type Word struct {
	Span
	Text   string
	Quoted bool // it has quotes, so it is never an option
	Param  int  // the index of the parameter it names or is the value of, -1 for none; set by a match
}

// Split cuts a line into words at its blanks. Where the style knows quotes, a run between two of them
// belongs to the word, blanks and all; a quote without partner reaches to the end of the line.
func Split(line string, style Style) []Word {
	words := make([]Word, 0, 16)
	for at := 0; ; {
		for at < len(line) && blank(line[at]) {
			at++
		}
		if at == len(line) {
			return words
		}
		end, quoted := wordEnd(line, at, style.Quotes)
		w := Word{Span{at, end}, line[at:end], quoted, -1}
		if quoted {
			w.Text = unquote(w.Text, style)
		}
		words = append(words, w)
		at = end
	}
}

// wordEnd returns where the word that begins at from ends, and whether it has quotes.
func wordEnd(line string, from int, quotes bool) (end int, quoted bool) {
	open := false
	for end = from; end < len(line) && (open || !blank(line[end])); end++ {
		if quotes && line[end] == '"' {
			quoted = true
			open = !open
		}
	}
	return end, quoted
}

// blank reports whether a byte parts words.
func blank(b byte) bool { return b == ' ' || '\t' <= b && b <= '\r' }

// unquote is what a word says.
func unquote(word string, style Style) string {
	if !style.Quotes {
		return word
	}
	return strings.ReplaceAll(word, `"`, "")
}

// quote writes a text so that Split reads it back as one word that is no option. It answers false where the
// style has no way to write it, and for control characters, which nobody types.
func quote(text string, style Style) (string, bool) {
	switch {
	case strings.ContainsFunc(text, unicode.IsControl), !utf8.ValidString(text):
		return "", false
	case text != "" && !dashed(text) && !strings.ContainsAny(text, ` "`):
		return text, true
	case !style.Quotes || strings.Contains(text, `"`):
		return "", false
	}
	return `"` + text + `"`, true
}

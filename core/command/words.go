package command

import (
	"strconv"
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
	Quoted bool // it has quotes that keep it from being an option
	Param  int  // the index of the parameter it names or is the value of, -1 for none, pathWord; set by a match
}

// pathWord is the Param of a word that is part of the command's name.
const pathWord = -2

// Quotes says what holds a word with blanks together. A way of reading words is also one of writing
// them, so that what is completed is read back.
type Quotes int

const (
	// NoQuotes parts at each blank.
	NoQuotes Quotes = iota
	// DoubleQuotes knows " without escapes; what has them is never an option (spec/kmu.md 6,
	// question 23).
	DoubleQuotes
	// ShellQuotes knows ", ' and the backslash, as a shell does.
	ShellQuotes
)

// Split cuts a line into words at its blanks. A run between two quotes belongs to the word, blanks
// and all; a quote without partner reaches to the end of the line.
func Split(line string, quotes Quotes) []Word {
	words := make([]Word, 0, min(strings.Count(line, " ")+1, 64))
	for at := 0; ; {
		for at < len(line) && blank(line[at]) {
			at++
		}
		if at == len(line) {
			return words
		}
		end, quoted := wordEnd(line, at, quotes)
		w := Word{Span{at, end}, line[at:end], quoted && quotes == DoubleQuotes, -1}
		if quoted {
			w.Text = unquote(w.Text, quotes)
		}
		words = append(words, w)
		at = end
	}
}

// Texts are what words say.
func Texts(words []Word) []string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.Text
	}
	return texts
}

// wordEnd returns where the word that begins at from ends, and whether it has quotes.
func wordEnd(line string, from int, quotes Quotes) (end int, quoted bool) {
	open := byte(0)
	for end = from; end < len(line) && (open != 0 || !blank(line[end])); end++ {
		switch c := line[end]; {
		case quotes == NoQuotes:
		case quotes == ShellQuotes && c == '\\' && open != '\'':
			quoted = true
			end = min(end+1, len(line)-1)
		case c == open:
			open = 0
		case open == 0 && quotes.has(c):
			quoted, open = true, c
		}
	}
	return end, quoted
}

// has reports whether a byte is a quote.
func (q Quotes) has(c byte) bool {
	return c == '"' && q != NoQuotes || c == '\'' && q == ShellQuotes
}

// blank reports whether a byte parts words.
func blank(b byte) bool { return b == ' ' || '\t' <= b && b <= '\r' }

// unquote is what a word says.
func unquote(word string, quotes Quotes) string {
	switch quotes {
	case DoubleQuotes:
		return strings.ReplaceAll(word, `"`, "")
	case ShellQuotes:
		return unquoteShell(word)
	}
	return word
}

// unquoteShell takes quotes and backslashes off a word; between double quotes a backslash is one
// but before what is special there.
func unquoteShell(word string) string {
	var b strings.Builder
	open := byte(0)
	for i := 0; i < len(word); i++ {
		switch c := word[i]; {
		case c == '\\' && open == 0 && i+1 < len(word),
			c == '\\' && open == '"' && i+1 < len(word) && strings.IndexByte("\"\\$`", word[i+1]) >= 0:
			i++
			b.WriteByte(word[i])
		case c == open:
			open = 0
		case open == 0 && (c == '"' || c == '\''):
			open = c
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// quote writes a text so that Split reads it back as one word that is no option. It answers false
// where the quotes have no way to write it, and for control characters, which nobody types.
func quote(text string, quotes Quotes) (string, bool) {
	switch {
	case strings.ContainsFunc(text, unicode.IsControl), !utf8.ValidString(text):
		return "", false
	case quotes == ShellQuotes && dashed(text):
		return "", false
	case quotes == ShellQuotes:
		return quoteShell(text), true
	case text != "" && !dashed(text) && !strings.ContainsAny(text, ` "`):
		return text, true
	case quotes == NoQuotes || strings.Contains(text, `"`):
		return "", false
	}
	return `"` + text + `"`, true
}

// quoteShell puts quotes around a text that has something special in it, but not around ~/, which
// is home without them.
func quoteShell(text string) string {
	switch {
	case len(text) > 2 && text[:2] == "~/":
		return "~/" + quoteShell(text[2:])
	case text != "" && !strings.ContainsAny(text, " !\"#$&'()*;<>?[\\]^`{|}~"):
		return text
	case !strings.ContainsAny(text, "\"\\$`!"):
		return `"` + text + `"`
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// ShownHandle is the handle of a key as a note shows it: tools cut larger numbers to the largest
// handle, which no key has.
func ShownHandle(handle uint32) string {
	if handle == 1<<32-1 {
		return "4294967295 or more"
	}
	return strconv.FormatUint(uint64(handle), 10)
}

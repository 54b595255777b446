package voice

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible makes text safe to show: every character that a terminal would obey or hide is written
// out. Line feeds and tabs stay. Control characters become ^[ and ^?, C1 controls, bidirectional
// marks and other invisible characters <U+202E>, bytes that are not UTF-8 \xff. All text that
// reaches a terminal passes here; pipes and files carry it raw.
func Visible(text string) string {
	clean := 0
	for clean < len(text) && plain(text[clean]) {
		clean++
	}
	if clean == len(text) {
		return text
	}
	var b strings.Builder
	b.WriteString(text[:clean])
	for i := clean; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		b.WriteString(shown(r, text[i:i+size]))
		i += size
	}
	return b.String()
}

// OneLine is Visible on one line: line feeds become ^J, tabs ^I.
func OneLine(text string) string {
	return inOneLine.Replace(Visible(text))
}

// inOneLine shows what parts lines and columns; making it costs more than using it.
var inOneLine = strings.NewReplacer("\n", "^J", "\t", "^I")

// wordMax is how many characters of a typed word a note repeats.
const wordMax = 40

// Word is a typed word as a note repeats it: on one line, and cut where it is long.
func Word(text string) string {
	runes := 0
	for i := range text {
		if runes++; runes > wordMax {
			return OneLine(text[:i]) + "…"
		}
	}
	return OneLine(text)
}

// HSMs names HSMs by their nodes: HSM 1, HSMs 0 and 2, HSMs 0, 1 and 2.
func HSMs(nodes []int) string {
	words := make([]string, len(nodes))
	for i, node := range nodes {
		words[i] = strconv.Itoa(node)
	}
	if len(words) == 1 {
		return "HSM " + words[0]
	}
	last := max(0, len(words)-1)
	return "HSMs " + strings.Join(words[:last], ", ") + " and " + strings.Join(words[last:], "")
}

// plain reports whether a byte is an ordinary ASCII character, a line feed or a tab.
func plain(c byte) bool { return c >= 0x20 && c < 0x7f || c == '\n' || c == '\t' }

// shown returns how one character is shown; raw is its bytes.
func shown(r rune, raw string) string {
	switch {
	case r == utf8.RuneError && len(raw) == 1:
		return fmt.Sprintf(`\x%02x`, raw[0])
	case r == '\n' || r == '\t':
		return raw
	case r < 0x20:
		return "^" + string(r+'@')
	case r == 0x7f:
		return "^?"
	case unicode.Is(unicode.Zs, r) || unicode.IsPrint(r) && !unseen(r):
		return raw
	}
	return fmt.Sprintf("<U+%04X>", r)
}

// unseen reports whether a letter, mark or symbol has no shape of its own: fillers, joiners,
// selectors.
func unseen(r rune) bool {
	switch r {
	case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0:
		return true
	}
	return r >= 0x180b && r <= 0x180f || r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0100 && r <= 0xe01ef
}

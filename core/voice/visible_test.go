package voice

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
)

func TestVisible(t *testing.T) {
	for _, row := range []struct{ raw, want string }{
		{"plain text\n\twith tab", "plain text\n\twith tab"},
		{"Grüße, 世界 🔑", "Grüße, 世界 🔑"},
		{"\x1b[31mred\x1b[0m", "^[[31mred^[[0m"},
		{"a\x00b\rc\x7f\b", "a^@b^Mc^?^H"},
		{"\u0085\u009b", "<U+0085><U+009B>"},
		{"abc\u202edef\u2066", "abc<U+202E>def<U+2066>"},
		{"zero\u200bwidth\ufeff\u00ad\u2028", "zero<U+200B>width<U+FEFF><U+00AD><U+2028>"},
		{"\u3164\u115f\ufe0f\U000e0001", "<U+3164><U+115F><U+FE0F><U+E0001>"},
		{"bad \xff\xc3(", `bad \xff\xc3(`},
		{"\xed\xa0\x80", `\xed\xa0\x80`},
	} {
		require.Equal(t, row.want, Visible(row.raw))
	}
}

func FuzzVisible(f *testing.F) {
	for _, seed := range []string{"\x1b]0;x\a", "\u202e", "a\xc3", "\r\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		shown := Visible(raw)
		for _, r := range shown {
			require.True(t, r == '\n' || r == '\t' || unicode.IsPrint(r) || unicode.Is(unicode.Zs, r), "%q shows %U", raw, r)
		}
		require.Equal(t, shown, Visible(shown), "what is visible stays as it is")
	})
}

func TestAWordIsShownInItsPlace(t *testing.T) {
	for _, row := range []struct{ raw, want string }{
		{"genECCKeyPair", "genECCKeyPair"},
		{"\x1b[31m", "^[[31m"},
		{"two\nlines\tand a tab", "two^Jlines^Iand a tab"},
		{strings.Repeat("ü", 40), strings.Repeat("ü", 40)},
		{strings.Repeat("ü", 41), strings.Repeat("ü", 40) + "…"},
		{strings.Repeat("\xff", 41), strings.Repeat(`\xff`, 40) + "…"},
	} {
		require.Equal(t, row.want, Word(row.raw))
	}
}

package shell_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"hsmplay/core/shell"
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
		require.Equal(t, row.want, shell.Visible(row.raw))
	}
}

func FuzzVisible(f *testing.F) {
	for _, seed := range []string{"\x1b]0;x\a", "\u202e", "a\xc3", "\r\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		shown := shell.Visible(raw)
		for _, r := range shown {
			require.True(t, r == '\n' || r == '\t' || unicode.IsPrint(r) || unicode.Is(unicode.Zs, r), "%q shows %U", raw, r)
		}
		require.Equal(t, shown, shell.Visible(shown), "what is visible stays as it is")
	})
}

// Everything that a turn holds is visible, whoever made it; files and pipes carry bytes.
func TestTurnsAreVisible(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	for _, line := range []string{`printf '\x1b[2J'`, `printf '\xff\xfe'`, "touch $'a\\e[31m'; ls; ls | cat; cat $'b\\e'", "$'c\\e[0m'", "echo \x1b[1m",
		`printf '\xc3'; printf '\xa9\n'`} {
		turn := term.Type(line)
		all := turn.Text + *turn.Line + turn.Prompt + turn.Command + turn.Said
		for _, n := range turn.Notes {
			for _, p := range n.Parts {
				all += p.Text
			}
		}
		require.Equal(t, shell.Visible(all), all, line)
	}
	require.Equal(t, "é\n", term.Type(`printf '\xc3'; printf '\xa9\n'`).Text, "a character may come in two pieces")
	require.Equal(t, "1b\n", term.Type(`printf '\x1b' > f; xxd -p f`).Text)
	require.Equal(t, "1b\n", term.Type(`printf '\x1b' | xxd -p`).Text)
	require.False(t, strings.Contains(term.Type(`fake $'\e'`).Text, "\x1b"))
}

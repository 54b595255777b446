package shell_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/voice"
)

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
		require.Equal(t, voice.Visible(all), all, line)
	}
	require.Equal(t, "é\n", term.Type(`printf '\xc3'; printf '\xa9\n'`).Text, "a character may come in two pieces")
	require.Equal(t, "1b\n", term.Type(`printf '\x1b' > f; xxd -p f`).Text)
	require.Equal(t, "1b\n", term.Type(`printf '\x1b' | xxd -p`).Text)
	require.False(t, strings.Contains(term.Type(`fake $'\e'`).Text, "\x1b"))
}

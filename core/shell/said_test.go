package shell_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// A note is said once for a line, also where the host hears of the line in pieces, as a page does of
// a long one; the next line says it again.
func TestANoteIsSaidOnceForALine(t *testing.T) {
	w := newWorld()
	term, _ := w.Open("", 80)
	const refused = `alias x='a; b'`
	for range 2 {
		turn := term.Type(refused + "; sleep 1; " + refused + "; sleep 1; " + refused)
		require.Equal(t, shell.Waits, turn.State)
		require.Equal(t, []voice.ID{voice.ShellUnsupported}, notes(turn))
		for range 2 {
			for _, turn := range w.after(1000) {
				require.Empty(t, notes(turn))
			}
		}
	}
	require.Equal(t, []voice.ID{voice.ShellUnsupported}, notes(term.Type(refused)), "the line has ended")
}

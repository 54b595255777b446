package shell_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/voice"
)

func TestACommandOfAToolAtBash(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	for _, row := range []struct{ line, want string }{
		{"genKeyPair -a 1", "genKeyPair is a command of fake. Type fake start first, then the line there."},
		{"genKeypair", "There is no genKeypair here, but genKeyPair, a command of fake. Type fake start first, then genKeyPair there."},
		{"genKeyPiar", "There is no genKeyPiar here, but genKeyPair, a command of fake. Type fake start first, then genKeyPair there."},
		{"genKeyPiar -a 1", "There is no genKeyPiar here, but genKeyPair, a command of fake. Type fake start first, then genKeyPair -a 1 there."},
		{"fk", "There is no fk here. Did you mean fake start?"},
		{"sl", "There is no sl here. Did you mean ls?"},
		{"LS", "There is no LS here. Did you mean ls?"},
		{"ssh", "The client instance has no ssh. help lists what it has."},
		{"cmu", "The client instance has no cmu. help lists what it has."},
	} {
		require.Equal(t, row.want, plainNote(term.Type(row.line).Notes[0]), row.line)
	}
}

func TestAProgramOfBashAtATool(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	term.Type("fake")
	turn := term.Type("grep x f")
	require.Equal(t, "unknown grep\n", turn.Text, "the tool's own words stay")
	require.Len(t, turn.Notes, 1)
	require.Equal(t, "grep belongs to bash, and fake has no such command. Type the line in a new tab, where fake goes on beside it, or leave with quit first.",
		plainNote(turn.Notes[0]))
	require.Equal(t, []voice.ID{voice.ShellOfBash}, notes(term.Type("cd /")))
	require.Equal(t, []voice.ID{voice.ShellUnknown}, notes(term.Type("zzz")))
}

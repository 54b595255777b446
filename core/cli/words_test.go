package cli

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWordsOfGuidesAreAnswered types what this tool does not have: clap refuses it, and the note
// names the real command where the tip does not.
func TestWordsOfGuidesAreAnswered(t *testing.T) {
	rows := []struct{ line, near string }{
		{"cluster identify", "cluster hsm-info"},
		{"cluster info", "cluster hsm-info"},
		{"key describe --key-reference 0x6", "key list"},
		{"key generate-aes --label a", "key generate-symmetric aes"},
		{"exit", "quit"},
		{"listUsers", "user list"},
		{"user create --username a --role crypto-user --password-stdin", "--password"},
		{"key generate-symmetric aes --label a --key-size-in-bits 256", "--key-length-bytes"},
	}
	for _, row := range rows {
		d := newDesk(t)
		d.line("login --username example_user --role crypto-user --password aws")
		text := d.line(row.line)
		require.True(t, strings.HasPrefix(text, "error: un"), "%s: %s", row.line, text)
		require.Equal(t, 2, d.out.Status)
		require.Contains(t, text, row.near, row.line)
	}
}

// TestEveryLineOfGuidesIsAnswered types the lines that guides print: the note names the command that is
// meant, also where clap's tip names another.
func TestEveryLineOfGuidesIsAnswered(t *testing.T) {
	for _, row := range Guides() {
		d := newDesk(t)
		d.line("login --username example_user --role crypto-user --password aws")
		_, notes, _ := strings.Cut(d.line(row.Said), "~ ")
		command, _, _ := strings.Cut(row.Line, " --")
		require.Contains(t, notes, command, row.Said)
	}
}

// TestEverySayingIsACommand finds lines of other tools that are put into words this tool lacks.
func TestEverySayingIsACommand(t *testing.T) {
	for _, row := range says {
		path := strings.Fields(row.Line)
		for i, word := range path {
			if strings.HasPrefix(word, "-") {
				path = path[:i]
				break
			}
		}
		if row.Line != "help" {
			require.NotNil(t, Commands.Lookup(path...), row.Line)
		}
	}
	for _, row := range called {
		found := false
		for _, s := range Commands.Specs {
			for _, p := range s.Params {
				found = found || p.Flag == row.Option
			}
		}
		require.True(t, found, row.Option)
	}
}

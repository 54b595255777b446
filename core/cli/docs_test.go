package cli

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/command"
	"hsmplay/core/internal/transcript"
)

//go:generate go test -run TestTheReferenceIsWhatTheTableSays -update

const pagesOf = "../../docs/commands/"

// sections are where spec/cloudhsm-cli.md has commands, by the words that they begin with; the
// longest counts.
var sections = []struct{ path, section, anchor string }{
	{"cluster", "2.2", "22-cluster"}, {"login", "2.3", "23-login-logout"}, {"logout", "2.3", "23-login-logout"}, {"user", "2.4", "24-user"},
	{"quorum", "2.5", "25-quorum-token-sign"}, {"key wrap", "2.8", "28-key-wrap"}, {"key unwrap", "2.9", "29-key-unwrap"},
	{"key generate-symmetric", "2.7", "27-key-generate-"}, {"key generate-asymmetric-pair", "2.7", "27-key-generate-"},
	{"key generate-file", "2.7", "27-key-generate-"}, {"key import", "2.7", "27-key-generate-"},
	{"key", "2.6", "26-key--listing-deleting-sharing-attributes"}, {"crypto sign", "2.10", "210-crypto-sign"},
	{"crypto verify", "2.11", "211-crypto-verify"}, {"quit", "1.2", "12-interactive-mode"},
}

// cited is the line that leads to the specification of a command.
func cited(t *testing.T, name string) string {
	t.Helper()
	for _, row := range sections {
		if name == row.path || strings.HasPrefix(name, row.path+" ") {
			return "\nSpecification: [spec/cloudhsm-cli.md " + row.section + "](../spec/cloudhsm-cli.md#" + row.anchor + ")\n"
		}
	}
	t.Fatalf("no section is about %s", name)
	return ""
}

// TestTheReferenceIsWhatTheTableSays compares docs/commands/cli.md and its pages with the table.
func TestTheReferenceIsWhatTheTableSays(t *testing.T) {
	index := "# cloudhsm-cli\n\nA page for each command, made from the table of commands in core/cli. Each is typed at the tool's prompt,\n" +
		"or behind the program's name.\n\n"
	pages := []string{}
	for _, s := range Commands.Specs {
		if s.Run == nil || s.Hidden {
			continue
		}
		page := "cli-" + strings.ReplaceAll(s.Name, " ", "-") + ".md"
		pages = append(pages, page)
		means := s.Means
		if means == "" {
			means, _, _ = strings.Cut(s.Summary, "\n")
		}
		index += fmt.Sprintf("- [%s](%s): %s\n", s.Name, page, means)
		syntax := strings.TrimPrefix(strings.Split(Commands.Usage(s.Path()...)[strings.Index(Commands.Usage(s.Path()...), "Usage: "):], "\n")[0], "Usage: ")
		transcript.Golden(t, pagesOf+page, command.Reference(s, syntax)+cited(t, s.Name)+transcript.Real(t, cited(t, s.Name)))
	}
	transcript.Golden(t, pagesOf+"cli.md", index)
	found, err := filepath.Glob(pagesOf + "cli-*.md")
	require.NoError(t, err)
	for i := range found {
		found[i] = filepath.Base(found[i])
	}
	slices.Sort(pages)
	require.Equal(t, pages, found, "a page for every command, and no others")
}

package kmu

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/command"
	"hsmplay/core/internal/transcript"
)

//go:generate go test -run TestTheReferenceIsWhatTheTableSays -update

const reference = "../../docs/commands/"

// TestTheReferenceIsWhatTheTableSays compares docs/commands/kmu.md and its pages with the table.
func TestTheReferenceIsWhatTheTableSays(t *testing.T) {
	index := "# key_mgmt_util\n\nA page for each command, made from the table of commands in core/kmu.\n"
	pages := []string{}
	for _, g := range groups {
		if heading := strings.Trim(g.heading, " :"); heading != "" {
			index += "\n## " + strings.Join(strings.Fields(strings.ReplaceAll(heading, "\n\n", ":")), " ") + "\n"
		}
		index += "\n"
		for _, s := range g.specs {
			page := "kmu-" + s.Name + ".md"
			pages = append(pages, page)
			index += fmt.Sprintf("- [%s](%s): %s\n", s.Name, page, s.Means)
			cited := transcript.Cited(t, "kmu.md", s.Name)
			transcript.Golden(t, reference+page, command.Reference(s, command.Syntax(s))+cited+transcript.Real(t, cited))
		}
	}
	transcript.Golden(t, reference+"kmu.md", index)
	found, err := filepath.Glob(reference + "kmu-*.md")
	require.NoError(t, err)
	for _, file := range found {
		require.Contains(t, pages, filepath.Base(file), "a page of a command that is gone")
	}
	require.Len(t, found, len(pages))
}

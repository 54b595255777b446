package cmu

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/command"
	"hsmplay/core/internal/transcript"
)

//go:generate go test -run TestTheReferenceIsWhatTheTableSays -update

const reference = "../../docs/commands/"

// TestTheReferenceIsWhatTheTableSays compares docs/commands/cmu.md and its pages with the table.
func TestTheReferenceIsWhatTheTableSays(t *testing.T) {
	index := "# cloudhsm_mgmt_util\n\nA page for each command, made from the table of commands in core/cmu.\n"
	pages := []string{}
	for _, mode := range []struct {
		in               modes
		heading, prompts string
	}{
		{globalMode | serverMode, "In both modes", "`aws-cloudhsm>`, `server0>`"},
		{globalMode, "On all servers", "`aws-cloudhsm>`"},
		{serverMode, "In server mode", "`server0>`"},
	} {
		index += "\n## " + mode.heading + "\n\n"
		for _, r := range rows {
			if r.in != mode.in {
				continue
			}
			page := "cmu-" + r.Name + ".md"
			pages = append(pages, page)
			index += fmt.Sprintf("- [%s](%s): %s\n", r.Name, page, r.Means)
			cited := transcript.Cited(t, "cmu.md", r.Name)
			transcript.Golden(t, reference+page, command.Reference(r.Spec, r.synopsis)+"\nPrompt: "+mode.prompts+"\n"+cited+transcript.Real(t, cited))
		}
	}
	transcript.Golden(t, reference+"cmu.md", index)
	found, err := filepath.Glob(reference + "cmu-*.md")
	require.NoError(t, err)
	for i := range found {
		found[i] = filepath.Base(found[i])
	}
	slices.Sort(pages)
	require.Equal(t, pages, found, "a page for every command, and no others")
}

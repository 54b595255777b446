package same_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/internal/transcript"
	"hsmplay/core/same"
	"hsmplay/core/sim"
)

//go:generate go test -run TestThePageIsWhatTheRowsSay -update

const pageHead = `# same

says a tool's line in the words of the other tools, of PKCS#11 and of OpenSSL

` + "```" + `
same [LINE]
` + "```" + `

At the bash prompt of the instance, at a tool's prompt, and natively as ` + "`hsmplay same LINE`" + `. It runs nothing.

| argument | meaning | rule |
|---|---|---|
| ` + "`LINE`" + ` | a command of key_mgmt_util, cloudhsm_mgmt_util or cloudhsm-cli with its options; the tool's name may stand before it, also short: ` + "`kmu`, `cmu`, `cli`" + ` | optional; without one the last line that a tool has read |

What the line gives is filled in: handles become key references and back, ids of users their names, numbers of curves, mechanisms and
attributes the other tool's words. What it does not give stands in angle brackets, and passwords always do. It ends with status 1, and a
proposal, where no tool has such a command.

The tables were made from the rows of core/same. They show each command without options; with options a line may come to others.
Lines of one tool and of the other were played in two copies of a world and have come to the same keys, users and files, but for those
of which the last column says why they cannot.

`

// TestThePageIsWhatTheRowsSay compares docs/commands/same.md with the rows.
func TestThePageIsWhatTheRowsSay(t *testing.T) {
	w := sim.New(sim.Options{})
	page := pageHead
	for _, tool := range []string{"kmu", "cmu", "cli"} {
		page += table(t, w, tool)
	}
	transcript.Golden(t, "../../docs/commands/same.md", strings.TrimSuffix(page, "\n"))
}

// table is what the page has of a tool's commands.
func table(t *testing.T, w *sim.World, tool string) string {
	t.Helper()
	var b strings.Builder
	for _, name := range same.Commands(tool) {
		a, err := w.Same(names[tool], name)
		require.NoError(t, err, name)
		if b.Len() == 0 {
			fmt.Fprintf(&b, "## %s\n\n| command |", names[tool])
			for _, o := range a.Others {
				fmt.Fprintf(&b, " %s |", o.Name)
			}
			b.WriteString(" not quite the same |\n|" + strings.Repeat("---|", len(a.Others)+2) + "\n")
		}
		fmt.Fprintf(&b, "| `%s` |", name)
		for _, o := range a.Others {
			fmt.Fprintf(&b, " %s |", cell(o))
		}
		fmt.Fprintf(&b, " %s |\n", a.Differs)
	}
	return b.String() + "\n"
}

// cell is one place of a row.
func cell(o same.Other) string {
	if len(o.Lines) == 0 {
		return strings.TrimSpace("– " + o.Why)
	}
	var lines []string
	for _, l := range o.Lines {
		lines = append(lines, "`"+strings.ReplaceAll(l.Text, "|", `\|`)+"`")
	}
	return strings.Join(lines, "<br>")
}

package sim

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cli"
	"hsmplay/core/cmu"
	"hsmplay/core/internal/transcript"
	"hsmplay/core/kmu"
)

//go:generate go test -run TestEachCommandTellsWhatIsReal -update

var realOf = regexp.MustCompile(`(?s)^# ([^\n]+)\n.*\nSpecification: \[(spec/[^\]]+)\].*derived or measured: (\d+); made up: (\d+)\.`)

// The rows are those of the reference, which is made from the tables and the specification; each
// command of each tool has one, and explain tells it.
func TestEachCommandTellsWhatIsReal(t *testing.T) {
	text, seen := "", map[string]bool{}
	for _, tool := range []struct{ name, page string }{{kmu.Name, "kmu"}, {cmu.Name, "cmu"}, {cli.Name, "cli"}} {
		files, err := filepath.Glob("../../docs/commands/" + tool.page + "-*.md")
		require.NoError(t, err)
		for _, file := range files {
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			m := realOf.FindStringSubmatch(string(data))
			require.NotNil(t, m, file)
			text += strings.Join(append([]string{tool.name}, m[1:]...), "\t") + "\n"
			seen[tool.name+" "+m[1]] = true
		}
	}
	transcript.Golden(t, "real.txt", text)
	for _, tool := range installed {
		for _, name := range tool.names() {
			if tool.name != cli.Name { // whose names are words of commands
				require.True(t, seen[tool.name+" "+name], "%s of %s", name, tool.name)
			}
		}
	}
	for _, s := range cli.Commands.Specs {
		require.True(t, s.Run == nil || s.Hidden || seen[cli.Name+" "+s.Name], s.Name)
	}
	p := start(t, Options{})
	require.Contains(t, p.do("explain genECCKeyPair").Text, "genECCKeyPair of key_mgmt_util\nMeans: makes an elliptic curve key pair\nReal:  documented in spec/kmu.md 3.15; derived or measured: 0; made up: 1\n")
	require.Contains(t, p.do("explain key list").Text, "key list of cloudhsm-cli\n")
}

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

var realRowOf = regexp.MustCompile(`(?s)^# ([^\n]+)\n.*\nSpecification: \[(spec/[^\]]+)\].*derived or measured: (\d+); made up: (\d+)\.`)

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
			m := realRowOf.FindStringSubmatch(string(data))
			require.NotNil(t, m, file)
			text += strings.Join(append([]string{tool.name}, m[1:]...), "\t") + "\n"
			seen[tool.name+" "+m[1]] = true
		}
	}
	data, err := os.ReadFile("../../docs/commands/openssl.md")
	require.NoError(t, err)
	for _, m := range regexp.MustCompile(`(?m)^## (\S+)$`).FindAllStringSubmatch(string(data), -1) {
		manual := "openssl-" + m[1] + "(1)"
		if m[1] == "help" {
			manual = "openssl(1)"
		}
		text += strings.Join([]string{"openssl", m[1], manual, "0", "0"}, "\t") + "\n"
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
	require.Contains(t, p.do("explain genECCKeyPair").Text, "genECCKeyPair of key_mgmt_util\nMeans: makes an elliptic curve key pair\nReal:  documented in spec/kmu.md 3.15; derived or measured: 0; made up: 1\nPage:  docs/kmu-genECCKeyPair.html\n")
	require.Contains(t, p.do("explain key list").Text, "key list of cloudhsm-cli\n")
	require.Contains(t, p.do("explain genrsa").Text, "genrsa of openssl\nMeans: an RSA key\nReal:  documented in openssl-genrsa(1), of which it is a part; compared with the real program\nPage:  docs/openssl.html#genrsa\n")
}

// While a line is typed its command tells how much of it is documented, and on which page: of every
// tool and of openssl.
func TestALineTellsWhatIsReal(t *testing.T) {
	p := start(t, Options{})
	s, u, c := p.in(), p.in(), p.in()
	u.do("cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg")
	c.do("cloudhsm-cli interactive")
	for _, row := range []struct {
		at               player
		line, real, page string
	}{
		{p, "genECCKeyPair -i 14", "documented, 1 made up", "docs/kmu-genECCKeyPair.html"},
		{p, "exSymKey", "documented", "docs/kmu-exSymKey.html"},
		{p, "gen", "", ""},
		{u, "listU", "documented, 1 made up", "docs/cmu-listUsers.html"},
		{u, "createU CU alice", "documented, 3 made up", "docs/cmu-createUser.html"},
		{u, "list", "", ""},
		{c, "login --username alice --role admin mfa-token-sign --token f", "documented, 2 made up", "docs/cli-login-mfa-token-sign.html"},
		{c, "key", "", ""},
		{s, "openssl genrsa -out k", "as openssl-genrsa(1) has it, a part", "docs/openssl.html#genrsa"},
		{s, "cloudhsm-cli key list", "documented, 5 made up", "docs/cli-key-list.html"},
		{s, "sudo /opt/cloudhsm/bin/cloudhsm-cli key list | jq .", "documented, 5 made up", "docs/cli-key-list.html"},
		{s, "key_mgmt_util singlecmd loginHSM -u CU -s example_user -p aws findKey", "documented, 3 made up", "docs/kmu-findKey.html"},
		{s, "hsm stop 2", "the playground's own", ""},
		{s, "ls -l", "", ""},
	} {
		e := p.w.Explain(row.at.n, row.line, len(row.line))
		require.Equal(t, []string{row.real, row.page}, []string{e.Real, e.Page}, row.line)
		if row.page != "" {
			file, _, _ := strings.Cut(strings.TrimPrefix(row.page, "docs/"), ".")
			require.FileExists(t, "../../docs/commands/"+file+".md")
		}
	}
	for r := range reals {
		for end := range len(r.name) { // each beginning that the tool takes for a command tells of it
			begun := r.name[:end+1]
			if r.tool == cmu.Name && cmu.Global.Lookup(begun) != nil {
				e := p.w.Explain(u.n, begun, len(begun))
				require.Equal(t, "docs/cmu-"+cmu.Global.Lookup(begun).Name+".html", e.Page, begun)
			}
		}
		file, _, _ := strings.Cut(strings.TrimPrefix(r.page(), "docs/"), ".")
		require.FileExists(t, "../../docs/commands/"+file+".md", r.name)
	}
}

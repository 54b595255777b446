package sim_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/sim"
	"hsmplay/core/voice"
)

// A line typed at the wrong prompt is told where it belongs.
func TestLinesAtTheWrongPrompt(t *testing.T) {
	for _, row := range []struct {
		start, line string
		note        voice.ID
	}{
		{"", "genECCKeyPair -i 14 -l ecc14", voice.ShellOfTool},
		{"", "loginHSM -u CU -s example_user -p aws", voice.ShellOfTool},
		{"", "createUser CU ann secret", voice.ShellOfTool},
		{"", "syncUser 3 1", voice.ShellOfTool},
		{"", "genEccKeypair", voice.ShellNearOfTool},
		{"", "kmu", voice.ShellNearest},
		{"", "cmu", voice.ShellNearest},
		{"", "ssh", voice.ShellNoNetwork},
		{"key_mgmt_util", "openssl version", voice.ShellOfBash},
		{"key_mgmt_util", "createUser CU ann secret", voice.CommandElsewhere},
		{"key_mgmt_util", "registerMofnPubKey", voice.CommandElsewhere},
		{"cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "getCaviumPrivKey -k 7 -out f", voice.CommandElsewhere},
		{"cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "genEccKeyPair", voice.CommandElsewhere},
		{"key_mgmt_util", "cd /tmp", voice.ShellOfBash},
		{"cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "grep x f", voice.ShellOfBash},
		{"cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "exit", voice.CMUExitIsQuit},
	} {
		w := sim.New(sim.Options{})
		terminal := w.Open("", 80).Terminal
		if row.start != "" {
			w.Type(terminal, row.start)
		}
		turn := w.Type(terminal, row.line)
		require.NotEmpty(t, turn.Notes, row.line)
		require.Equal(t, row.note, turn.Notes[0].ID, row.line)
	}
}

// TestALineOfAnotherToolNamesThatTool types lines in the form of another tool at a prompt that knows a
// similar word: a note says whose line it is as it stands.
func TestALineOfAnotherToolNamesThatTool(t *testing.T) {
	const kmu, cmu, cli = "key_mgmt_util", "cloudhsm_mgmt_util", "cloudhsm-cli"
	starts := map[string]string{kmu: kmu, cmu: cmu + " /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", cli: cli + " interactive"}
	for _, row := range []struct{ at, line, of string }{
		{cmu, "login --username admin --role admin --password password", cli}, {cmu, "login --username admin", cli}, {cmu, "logout --cluster-id cluster-1", cli},
		{kmu, "login --username example_user --role crypto-user --password aws", cli}, {kmu, "login --username=example_user --role=crypto-user", cli},
		{cmu, "loginHSM -u CU -s example_user -p aws", kmu}, {cmu, "loginHSM -u CU -s example_user", kmu}, {cmu, "getAttribute -o 7 -a 512 -out f", kmu}, {cmu, "setAttribute -o 7 -a 1", kmu},
		{kmu, "loginHSM CU example_user aws", cmu}, {kmu, "getAttribute 7 512", cmu}, {kmu, "setAttribute 7 1 1", cmu}, {kmu, "getKeyInfo 7", cmu},
		{cli, "login CO admin password", cmu}, {cli, "loginHSM -u CU -s example_user -p aws", kmu}, {cli, "loginHSM CO admin password", cmu}, {cli, "sign -f m -k 7 -m 1 -out s", kmu},
	} {
		w := sim.New(sim.Options{})
		terminal := w.Open("", 80).Terminal
		w.Type(terminal, starts[row.at])
		turn := w.Type(terminal, row.line)
		text := ""
		for _, n := range turn.Notes {
			for _, p := range n.Parts {
				text += p.Text
			}
			text += "\n"
		}
		require.Contains(t, text, "command of "+row.of, "%s at %s:\n%s", row.line, row.at, text)
	}
}

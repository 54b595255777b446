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
		{"", "ssh", voice.ShellUnknown},
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

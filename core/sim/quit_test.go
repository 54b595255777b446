package sim

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The end of the input is like quit (spec/cmu.md 1.3): typed, from a pipe, at a question and in
// server mode.
func TestTheEndOfInputLeavesCloudhsmMgmtUtil(t *testing.T) {
	p := start(t, Options{}).in()
	const open, bye = "cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "\ndisconnecting from servers, please wait...\n"
	p.do(open)
	turn := p.w.End(p.n)
	require.Equal(t, bye, turn.Text)
	require.Equal(t, "$ ", turn.Prompt)
	for _, input := range []string{"", `server 0\n`, `loginHSM CO admin password\ncreateUser CU eve password1\n`} {
		text := p.do("printf '" + input + "' | " + open).Text
		require.True(t, strings.HasSuffix(text, bye), text)
	}
}

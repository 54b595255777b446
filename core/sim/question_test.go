package sim

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAQuestionComesFirst types lines after which cloudhsm_mgmt_util asks: a note that names a
// command there says that the answer comes before it, and none does at the prompt.
func TestAQuestionComesFirst(t *testing.T) {
	w := New(Options{Source: oneKey})
	w.Open("", 80)
	const first = "The question comes first"
	for _, line := range []string{"cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "loginHSM CO admin password"} {
		require.NotContains(t, noteText(w.Type(1, line)), first)
	}
	for _, line := range []string{"createUser CU user4 password1", "setAttribute 99 134 1"} {
		require.NotContains(t, noteText(w.Type(1, line)), first)
		turn := w.Type(1, "y")
		require.Equal(t, "Retry/Ignore/Abort?(R/I/A):", turn.Prompt)
		require.Contains(t, noteText(turn), first, line)
		require.NotContains(t, noteText(w.Type(1, "A")), first)
	}
	require.NotContains(t, noteText(w.Type(1, "cretaeUser CU ann password1")), first)
}

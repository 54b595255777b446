package sim

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAProfileIsTheWordingOfEachTool sets the late one while the tools run.
func TestAProfileIsTheWordingOfEachTool(t *testing.T) {
	w := New(Options{})
	bash, kmu, cmu := w.Open("", 80).Terminal, w.Open("", 80).Terminal, w.Open("", 80).Terminal
	w.Type(kmu, "key_mgmt_util")
	w.Type(kmu, "loginHSM -u CU -s example_user -p aws")
	w.Type(kmu, "genSymKey -t 31 -s 32 -l aes")
	w.Type(cmu, "cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg")
	w.Type(cmu, "loginHSM CU example_user aws")
	trusted := func() bool {
		w.Type(cmu, "getAttribute 6 512 all")
		return strings.Contains(w.Type(bash, "cat all").Text, "OBJ_ATTR_TRUSTED")
	}
	require.Equal(t, "output classic\nbanner on\n", w.Type(bash, "hsm profile").Text)
	require.Contains(t, w.Type(kmu, "findKey").Text, "Cluster Error Status")
	require.False(t, trusted())

	require.Equal(t, "output late\n", w.Type(bash, "hsm profile late").Text)
	require.Equal(t, "late", w.Cluster(0, 0).Profile)
	require.Contains(t, w.Type(kmu, "findKey").Text, "Cluster Status:")
	require.True(t, trusted())
	w.Type(bash, "hsm profile banner off")
	require.Equal(t, "output late\nbanner off\n", w.Type(bash, "hsm profile").Text)
}

func TestAnOldWorldKeepsItsProfile(t *testing.T) {
	for _, c := range []struct{ row, profile string }{
		{`{"Settings":{"Late":true}}`, "late"}, {`{"Settings":{"Late":false}}`, ""}, {`{}`, ""}, {`rubbish`, ""},
	} {
		require.Equal(t, c.profile, oldProfile(map[string]string{rowWorld: c.row}))
	}
}

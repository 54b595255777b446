package sim

import (
	"regexp"
	"slices"
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

// attributeLines are the names and values of a dump, the one behind the other.
var attributeLines = regexp.MustCompile(`OBJ_ATTR_\w+\n[^\n]*`)

// dumped are the attributes in a file, values without 0x: key_mgmt_util leaves it out before a
// modulus (spec/kmu.md 3.32, spec/cmu.md 3.9).
func dumped(w *World, terminal int, file string) []string {
	return attributeLines.FindAllString(strings.ReplaceAll(w.Type(terminal, "cat "+file).Text, "\n0x", "\n"), -1)
}

// TestBothToolsDumpTheSameAttributes: in each output generation the two tools write the same
// attributes with the same values, for keys of all classes.
func TestBothToolsDumpTheSameAttributes(t *testing.T) {
	for _, profile := range []string{"classic", "late"} {
		w := keyed(t)
		require.True(t, w.Type(1, "hsm profile "+profile).Works())
		bash, other := w.Open("", 80).Terminal, w.Open("", 80).Terminal
		for _, line := range []string{"cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "server 0", "loginHSM CU example_user aws"} {
			require.True(t, w.Type(other, line).Works(), line)
		}
		for _, handle := range []string{"6", "7", "8"} {
			require.True(t, w.Type(1, "getAttribute -o "+handle+" -a 512 -out kmu").Works())
			require.True(t, w.Type(other, "getAttribute "+handle+" 512 cmu").Works())
			ofKMU, ofCMU := dumped(w, bash, "kmu"), dumped(w, bash, "cmu")
			require.Equal(t, ofKMU, ofCMU, "%s, key %s", profile, handle)
			require.Equal(t, profile == "late", slices.ContainsFunc(ofCMU, func(a string) bool { return strings.HasPrefix(a, "OBJ_ATTR_TRUSTED\n") }), profile)
		}
	}
}

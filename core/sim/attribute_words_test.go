package sim

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTheAttributeThatWasTypedIsSet types attributes with their values as people write them: the line
// that is offered has the same ones.
func TestTheAttributeThatWasTypedIsSet(t *testing.T) {
	w := New(Options{Source: oneKey})
	w.Open("", 80)
	for _, line := range []string{"cloudhsm-cli interactive", "login --username example_user --role crypto-user --password aws",
		"key generate-symmetric aes --label a --key-length-bytes 32"} {
		require.True(t, w.Type(1, line).Works(), line)
	}
	const want = "key set-attribute --filter attr.label=a --name encrypt --value false"
	for _, rest := range []string{"encrypt=false", "--name encrypt=false", "--attribute encrypt=false", "--attribute encrypt --value false",
		"-n encrypt -v false", "--encrypt false", "--encrypt=false", "--attr encrypt --val false"} {
		offers, text := said(w, "key set-attribute --filter attr.label=a "+rest)
		require.Equal(t, []string{want}, offers, "%s: %s", rest, text)
	}
	for typed, want := range map[string]string{
		"key set-attribute --label a encrypt=false":                        want,
		"key set-attribute a encrypt=false":                                want,
		"key setattribute --filter attr.label=a encrypt=false":             want,
		"setAttribute --filter attr.label=a encrypt=false":                 want,
		"key set-attribute --fliter attr.label=a --name sign --value true": "key set-attribute --filter attr.label=a --name sign --value true",
		"key set-attribute --filter attr.label=a --name decrypt":           "key set-attribute --filter attr.label=a --name decrypt --value true",
	} {
		offers, text := said(w, typed)
		require.Equal(t, []string{want}, offers, "%s: %s", typed, text)
	}
	tool := w.Open("", 80).Terminal
	for _, line := range []string{"key_mgmt_util", "loginHSM -u CU -s example_user -p aws", "genSymKey -t 31 -s 32 -l x -sess"} {
		require.True(t, w.Type(tool, line).Works(), line)
	}
	for typed, want := range map[string]string{
		"setAttribute -v":                "A line that would work: setAttribute -o 7 -a 1.",
		"setAttribute -v 1 -o 7":         "A line that would work: setAttribute -o 7 -a 1.",
		"setAttribute -o 6 -a 260 -v 1":  "There the line is setAttribute 6 260 1.",
		"setAttribute -o 6 -a 260":       "There the line is setAttribute 6 260 1.",
		"setAttribute -o 6 -a 3 -v mine": "This tool changes the attribute TOKEN",
	} {
		fork := w.Fork()
		turn := fork.Type(tool, typed)
		fork.Shut()
		require.Contains(t, noteText(turn), want, typed)
	}
}

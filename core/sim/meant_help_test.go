package sim

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestHelpIsOfferedAnywhere types words that nearly ask for help, at programs with options of every
// style: the line that shows it is offered, once.
func TestHelpIsOfferedAnywhere(t *testing.T) {
	w := New(Options{Source: oneKey})
	w.Open("", 80)
	for typed, want := range map[string]string{
		"jq --hlep":               "jq --help",
		"find --hlep":             "find --help",
		"find -hlep":              "find --help",
		"find . -hlep":            "find --help",
		"history --hlep":          "help history",
		"history -hlep":           "help history",
		"cloudhsm_client --hlep":  "cloudhsm_client --help",
		"cloudhsm_client -hlep":   "cloudhsm_client --help",
		"bash --hlep":             "bash --help",
		"sudo --hlep":             "sudo --help",
		"grep --hlep":             "grep --help",
		"cd --hlep":               "help", // it has none of its own
		"cd -hlep":                "help",
		"cd --help":               "help",
		"kill --hlep":             "help",
		"ls | cd --hlep":          "",
		"nothingtorun --hlep":     "",
		"test --hlep = x":         "",
		"find . -name x -newer x": "",
	} {
		var wanted []string
		if want != "" {
			wanted = []string{want}
		}
		offers, _ := said(w, typed)
		require.Equal(t, wanted, offers, typed)
	}
}

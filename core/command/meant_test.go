package command

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAWordOfThisToolIsNotLookedForInAnother has the commands of key_mgmt_util and some of the
// other tool.
func TestAWordOfThisToolIsNotLookedForInAnother(t *testing.T) {
	table := kmuish()
	table.Specs = []Spec[*desk]{{Name: "quit", Hidden: true}}
	for _, name := range tools {
		table.Specs = append(table.Specs, Spec[*desk]{Name: name})
	}
	table.Others = func(*desk) []Other {
		return []Other{{Tool: "cloudhsm_mgmt_util", Names: []string{"getMValue", "findAllKeys", "shareKey"}}}
	}
	rows := map[string]string{
		"get":   "get is the beginning of 7 commands, getHSMInfo and getPartitionInfo among them.",
		"find":  "find is the beginning of 2 commands, findKey and findSingleKey among them.",
		"login": "key_mgmt_util has no command login, but loginHSM. Did you mean loginHSM?",
		"list":  "list is the beginning of 4 commands, listUsers and listTokens among them.",
		"token": "key_mgmt_util has no command token. Did you mean getToken, delToken or approveToken?",
		"rsa":   "key_mgmt_util has no command rsa, but genRSAKeyPair. Did you mean genRSAKeyPair?",
		"quti":  "key_mgmt_util has no command quti, but quit. Did you mean quit?",
		"ring":  "key_mgmt_util has no command ring. help lists the ones it has.",
		"tat":   "key_mgmt_util has no command tat. help lists the ones it has.",
		"ey":    "key_mgmt_util has no command ey. help lists the ones it has.",
		"share": "key_mgmt_util has no command share, but cloudhsm_mgmt_util has shareKey. Use a new tab, where key_mgmt_util goes on beside it, or leave with exit first.",
	}
	for word, want := range rows {
		require.Equal(t, want, table.noteNow(&desk{}, table.Match(word)).String())
	}
}

func TestALineIsSaidInManyWays(t *testing.T) {
	says := slices.Concat(
		[]Saying{{Said: "show, ls, list all", Line: "find"}, {Said: "list", Line: "help", Whole: true}},
		Behind("tool", []Saying{{Said: "-L, --slots", Line: "info"}, {Said: "-l, --login", Line: "login"}}))
	for typed, want := range map[string]string{
		"ls -k 6":      "find -k 6",
		"LIST -k all":  "find -k",
		"list -k 6":    "help",
		"tool -l":      "login",
		"tool -L":      "info",
		"tool --Slots": "info",
	} {
		line, ok := Say(says, strings.Fields(typed))
		require.True(t, ok, typed)
		require.Equal(t, want, line)
	}
}

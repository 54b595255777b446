package command

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAWordOfThisToolIsNotLookedForInAnother has the commands of key_mgmt_util and some of the other tool.
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
		"get":   "get is not a whole name: 7 commands of key_mgmt_util have it in theirs, getHSMInfo, getPartitionInfo and getToken among them.",
		"find":  "key_mgmt_util has no command find. Did you mean findKey or findSingleKey?",
		"login": "key_mgmt_util has no command login. Did you mean loginStatus or loginHSM?",
		"list":  "list is not a whole name: 4 commands of key_mgmt_util have it in theirs, listUsers, listTokens and listAttributes among them.",
		"token": "token is not a whole name: 4 commands of key_mgmt_util have it in theirs, getToken, delToken and approveToken among them.",
		"rsa":   "key_mgmt_util has no command rsa. Did you mean genRSAKeyPair?",
		"quti":  "key_mgmt_util has no command quti. Did you mean quit?",
		"ring":  "key_mgmt_util has no command ring. Type help for the ones it has.",
		"tat":   "key_mgmt_util has no command tat. Type help for the ones it has.",
		"ey":    "key_mgmt_util has no command ey. Type help for the ones it has.",
		"share": "key_mgmt_util has no command share. cloudhsm_mgmt_util has shareKey, which may be what you mean: leave with exit to type it there.",
	}
	for word, want := range rows {
		require.Equal(t, want, table.noteNow(&desk{}, table.Match(word)).String())
	}
}

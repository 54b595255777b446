package command

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// tools are the commands of key_mgmt_util (spec/kmu.md 3).
var tools = strings.Fields(`exit help getHSMInfo getPartitionInfo listUsers loginStatus loginHSM logoutHSM getToken
	delToken approveToken listTokens genRSAKeyPair genDSAKeyPair genECCKeyPair genPBEKey genSymKey createPublicKey
	importPubKey exportPubKey importPrivateKey exportPrivateKey imSymKey exSymKey wrapKey unWrapKey deleteKey
	setAttribute getKeyInfo findKey findSingleKey getAttribute getCert insertMaskedObject extractMaskedObject sign
	verify aesWrapUnwrap Error2String getCaviumPrivKey IsValidKeyHandlefile listAttributes listECCCurveIds`)

func TestEverySwapOfNeighboursIsFound(t *testing.T) {
	for _, name := range tools {
		for i := range len(name) - 1 {
			typed := name[:i] + name[i+1:i+2] + name[i:i+1] + name[i+2:]
			if typed == name {
				continue
			}
			require.Contains(t, Nearest(typed, tools).Names, name, typed)
		}
	}
}

func TestEverySingleSlipIsFound(t *testing.T) {
	for _, name := range tools {
		for i := range len(name) {
			require.Contains(t, Nearest(name[:i]+"~"+name[i+1:], tools).Names, name, "replaced %d", i)
			require.Contains(t, Nearest(name[:i]+"~"+name[i:], tools).Names, name, "inserted %d", i)
			if len(name) > 3 && !slices.Contains(tools, name[:i]+name[i+1:]) {
				require.Contains(t, Nearest(name[:i]+name[i+1:], tools).Names, name, "left out %d", i)
			}
		}
	}
}

func TestNearestSaysHow(t *testing.T) {
	rows := []struct {
		typed string
		how   Nearness
		names string
	}{
		{"genEccKeypair", SameLetters, "genECCKeyPair"},
		{"EXIT", SameLetters, "exit"},
		{"genECC", Beginning, "genECCKeyPair"},
		{"genecc", Beginning, "genECCKeyPair"},
		{"ver", Beginning, "verify"},
		{"genECKeyPair", Slip, "genECCKeyPair"},
		{"generateECCKeyPair", Far, ""},
		{"getAtribute", Slip, "getAttribute"},
		{"getAttributes", Slip, "getAttribute"},
		{"sing", Slip, "sign"},
		{"exti", Slip, "exit"},
		{"listToken", Beginning, "listTokens"},
		{"egnECCKeyPiar", Slip, "genECCKeyPair"},
		{"loginHMS", Slip, "loginHSM"},
		{"genXSAKeyPair", Slip, "genRSAKeyPair genDSAKeyPair"},
	}
	for _, row := range rows {
		near := Nearest(row.typed, tools)
		require.Equal(t, row.how, near.How, row.typed)
		require.Equal(t, row.names, strings.Join(near.Names, " "), row.typed)
	}
}

func TestNothingAbsurdIsOffered(t *testing.T) {
	words := []string{"", "a", "ls", "ex", "gen", "get", "list", "import", "key", "pwd", "clear", "whoami", "sudo", "man",
		"openssl", "genkey", "login please", "createUser", "signature", "curl", "top", "history", "12345", "----", "öäü",
		"-h", "GEN", "getFoo", "keyPair", "wrapper", "selfie", "\xff\xff\xff\xff", strings.Repeat("genECCKeyPair", 6)}
	for _, word := range words {
		require.Empty(t, Nearest(word, tools).Names, word)
	}
}

func TestDistanceCountsASwapAsOne(t *testing.T) {
	rows := []struct {
		a, b string
		want int
	}{
		{"sign", "sign", 0}, {"sing", "sign", 1}, {"ab", "ba", 1}, {"xsing", "sign", 2}, {"singx", "sign", 2},
		{"isgn", "sign", 1}, {"badc", "abcd", 2}, {"abc", "xyz", 3}, {"kye", "key", 1}, {"ékye", "ékey", 1},
	}
	for _, row := range rows {
		require.Equal(t, row.want, distance(row.a, row.b, 4), "%s %s", row.a, row.b)
		require.Equal(t, row.want, distance(row.b, row.a, 4), "%s %s", row.b, row.a)
	}
	require.Equal(t, 3, distance("a", "abcdef", 2), "it counts no further than needed")
}

func TestOptionsAreFoundUnderOtherSpellings(t *testing.T) {
	params := kmuish().Lookup("genECCKeyPair").Params
	rows := map[string]string{
		"-m-value": "-m_value", "--m_value": "-m_value", "-mvalue": "-m_value", "-M_VALUE": "-m_value", "-m_vlaue": "-m_value",
		"-timout": "-timeout", "-time": "-timeout", "–l": "-l", "--l": "-l", "--label": "-l", "--key-id": "-id", "-min": "-min_srv",
		"-minsrv": "-min_srv", "-nexx": "-nex",
		"-x": "", "-z": "", "--": "", "-sess": "", "-attest": "", "--verbose": "", "-": "",
	}
	for typed, want := range rows {
		require.Equal(t, want, strings.Join(nearestOption(typed, params).Names, " "), typed)
	}
}

func TestWordsThatBeginSeveralCommands(t *testing.T) {
	note := cmuish().Note(cmuish().Match("list"))
	require.Equal(t, "list is the beginning of 2 commands, listUsers and listTokens among them.", note.String())
}

func TestANumberIsFoundByItsMeaning(t *testing.T) {
	p := Param{Kind: Choices, Values: []Value{{Word: "2", Means: "P-256, NID_X9_62_prime256v1"}, {Word: "14", Means: "P-384, NID_secp384r1"}, {Word: "3", Means: "public keys"}, {Word: "4", Means: "secret keys"}}}
	rows := map[string]string{"P-256": "2", "secp384r1": "14", "NID_secp384r1": "14", "384": "14", "Public": "3",
		"keys": "", "sec": "", "ub": "", "\xff\xff\xff": ""}
	for typed, want := range rows {
		require.Equal(t, want, strings.Join(Match[*desk]{}.nearestValue(&p, typed).Names, " "), typed)
	}
}

package same_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"hsmplay/core/same"
	"hsmplay/core/sim"
)

// kmuAES are the uses that key_mgmt_util gives AES keys.
const kmuAES = "encrypt=true decrypt=true wrap=true unwrap=true sign=false verify=false"

// newerPlays are lines of the CLI, by who logs in. Played in one copy of a world, and as the lines
// of each older tool that has some in others, they come to the same.
var newerPlays = []struct {
	login string
	plays []play
}{
	{"login --username example_user --role crypto-user --password aws", []play{
		{lines: []string{"key generate-symmetric aes --label one --key-length-bytes 32 --attributes " + kmuAES}},
		{lines: []string{`key generate-symmetric aes --label "two words" --key-length-bytes 16 --attributes extractable=false id=0x7831 ` + kmuAES + " --share-crypto-users user5 bob --manage-key-quorum-value 2 --use-key-quorum-value 2"}},
		{lines: []string{"key generate-symmetric aes --label one --key-length-bytes 24 --session --attributes " + kmuAES, "key set-attribute --filter key-reference=12 --name token --value true"}},
		{lines: []string{"key generate-symmetric generic-secret --label one --key-length-bytes 64 --attributes sign=false verify=false"}},
		{lines: []string{"key generate-asymmetric-pair ec --public-label pair --private-label pair --curve prime256v1 --public-attributes verify=true id=0x616263 --private-attributes sign=true id=0x616263 extractable=false --share-crypto-users user5"}},
		{lines: []string{"key generate-asymmetric-pair ec --public-label pair --private-label pair --curve secp256k1 --public-attributes verify=true --private-attributes sign=true --session"}},
		{lines: []string{"key generate-asymmetric-pair ec --public-label pair --private-label pair --curve secp384r1 --public-attributes verify=true --private-attributes sign=true --share-crypto-users user5 --manage-private-key-quorum-value 2 --use-private-key-quorum-value 2"}},
		{lines: []string{"key generate-asymmetric-pair rsa --public-label pair --private-label pair --modulus-size-bits 2048 --public-exponent 65537 --public-attributes encrypt=true verify=true wrap=true --private-attributes decrypt=true sign=true unwrap=true"}},
		{lines: []string{"key import pem --path rsa.pem --label in --key-type-class rsa-public --attributes encrypt=true verify=true wrap=true"}},
		{lines: []string{"key import pem --path ec.pem --label in --key-type-class ec-public --attributes verify=true id=0x616263"}},
		{lines: []string{"key generate-file --encoding pem --path out.pem --filter key-reference=9"}}, {lines: []string{"key generate-file --encoding reference-pem --path fake.pem --filter key-reference=8"}},
		{lines: []string{"key wrap aes-pkcs5-pad --payload-filter attr.label=plain --wrapping-filter attr.label=wrapper --path w"}}, {lines: []string{"key wrap aes-no-pad --payload-filter attr.label=plain --wrapping-filter attr.label=wrapper --path w"}},
		{lines: []string{"key wrap aes-zero-pad --payload-filter attr.label=rsa attr.class=private-key --wrapping-filter attr.label=wrapper --path w"}},
		{lines: []string{"key wrap rsa-aes --payload-filter key-reference=11 --wrapping-filter key-reference=0x7 --path w --hash-function sha256 --mgf mgf1-sha256"}, random: true},
		{lines: []string{"key wrap rsa-oaep --payload-filter key-reference=11 --wrapping-filter key-reference=0x7 --path w --hash-function sha384 --mgf mgf1-sha384"}, random: true},
		{lines: []string{"key wrap cloudhsm-aes-gcm --payload-filter key-reference=11 --wrapping-filter key-reference=6 --path w --tag-length-bits 96 --aad 0x68656c6c6f0a"}, random: true},
		{lines: []string{"key unwrap aes-pkcs5-pad --filter attr.label=wrapper --data-path w4 --key-type-class aes --label in --attributes " + kmuAES}},
		{lines: []string{"key unwrap aes-no-pad --filter attr.label=wrapper --data-path w5 --key-type-class generic-secret --label in --attributes sign=false verify=false extractable=false id=0x616263"}},
		{lines: []string{"key unwrap aes-zero-pad --filter attr.label=wrapper --data-path w6 --key-type-class rsa-private --label in --share-crypto-users user5 --attributes decrypt=true sign=true unwrap=true"}},
		{lines: []string{"key unwrap rsa-oaep --filter key-reference=8 --data-path w8 --key-type-class aes --label in --session --hash-function sha256 --mgf mgf1-sha256 --attributes " + kmuAES}},
		{lines: []string{"key unwrap rsa-aes --filter key-reference=8 --data-path w7 --key-type-class aes --label in --hash-function sha256 --mgf mgf1-sha256 --attributes " + kmuAES}},
		{lines: []string{"key unwrap cloudhsm-aes-gcm --filter key-reference=6 --data-path w11 --tag-length-bits 128 --aad 68656c6c6f0a --key-type-class aes --label in --attributes " + kmuAES}},
		{lines: []string{"key list"}}, {lines: []string{"key list --filter attr.class=public-key"}}, {lines: []string{"key list --filter attr.key-type=aes attr.token=true attr.label=nobody"}}, {lines: []string{"key list --filter attr.token=false"}},
		{lines: []string{"key set-attribute --filter key-reference=11 --name label --value renamed"}}, {lines: []string{"key set-attribute --filter attr.label=plain --name wrap --value false"}},
		{lines: []string{"key share --filter attr.label=plain --username bob --role crypto-user"}}, {lines: []string{"key share --filter attr.label=plain --username bob --role crypto-user", "key unshare --filter attr.label=plain --username bob --role crypto-user"}},
		{lines: []string{"key delete --filter attr.label=plain"}},
		{lines: []string{"crypto verify rsa-pkcs --key-filter key-reference=7 --hash-function sha256 --data-path m --signature-path m.sig"}},
		{lines: []string{"crypto verify rsa-pkcs-pss --key-filter attr.label=rsa attr.class=public-key --hash-function sha256 --mgf mgf1-sha256 --salt-length 32 --data-path m --signature-path pss.sig"}},
		{lines: []string{"cluster hsm-info"}}, {lines: []string{"user list"}}, {lines: []string{"user change-password --username example_user --role crypto-user --password other-one"}},
		{lines: []string{"quorum token-sign list"}}, {lines: []string{"logout"}}, {lines: []string{"help"}}, {lines: []string{"quit"}}}},
	{"login --username admin --role admin --password password", []play{
		{lines: []string{"user create --username carol --role crypto-user --password password1"}}, {lines: []string{"user create --username carol --role admin --password password1", "user delete --username carol --role admin"}},
		{lines: []string{"user delete --username bob --role crypto-user"}}, {lines: []string{"user change-password --username bob --role crypto-user --password other-one"}},
		{lines: []string{"key set-attribute --filter key-reference=6 --name trusted --value true"}}, {lines: []string{"user create --username dave --role admin --password password1", "quorum token-sign set-quorum-value --service user --value 2"}},
		{lines: []string{"quorum token-sign list-quorum-values"}}, {lines: []string{"quorum token-sign delete --scope all"}}, {lines: []string{"quorum token-sign delete --scope user"}}}},
}

// Each line of the CLI and its line of each older tool come to the same in copies of one world, or
// the table says why they cannot.
func TestPairsOfTheCLIComeToTheSame(t *testing.T) {
	base := world(t)
	played := map[string]bool{}
	for _, group := range newerPlays {
		for _, p := range group.plays {
			lines := append([]string{group.login}, p.lines...)
			t.Run(strings.Join(p.lines, "; "), func(t *testing.T) {
				older := 0
				for at, tool := range []string{"kmu", "cmu"} {
					if p.older(t, base, at, tool, lines, played) {
						older++
					}
				}
				require.NotZero(t, older, "nothing plays it")
			})
		}
	}
	for i, r := range same.Pairs("cli") {
		always := r.Differs != "" && r.Differs[0] != '['
		switch {
		case r.Command == "interactive": // it is how the plays begin
		case always:
			assert.False(t, played[fmt.Sprint(i)], "%s, %s: has a reason to differ, and does not", r.Command, r.When)
		default:
			assert.True(t, played[fmt.Sprint(i)], "%s, %s: says that it comes to the same, and nothing plays it", r.Command, r.When)
		}
	}
}

// older plays lines in one copy of a world, and their words of an older tool in another one. It
// reports whether that tool has words for them.
func (p play) older(t *testing.T, base *sim.World, at int, tool string, lines []string, played map[string]bool) bool {
	newer, older := base.Fork(), base.Fork()
	defer newer.Shut()
	defer older.Shut()
	a, b := newer.Open("", 80).Terminal, older.Open("", 80).Terminal
	newer.Type(a, starts["cli"])
	older.Type(b, starts[tool])
	var as, bs sim.Turn
	var rows []string
	for _, line := range lines {
		answer, err := newer.Same(names["cli"], line)
		require.NoError(t, err, line)
		require.Empty(t, answer.Differs, line)
		rows = append(rows, fmt.Sprint(same.Chosen(asked{newer}, names["cli"], line)))
		other := answer.Others[at]
		if len(other.Lines) == 0 {
			return false
		}
		as = newer.Type(a, line)
		require.True(t, as.Works(), "%s\n%s", line, as.Text)
		bs = sim.Turn{}
		for _, l := range other.Lines {
			text := strings.ReplaceAll(l.Text, "<password>", secretOf(line))
			if strings.Contains(text, "<") { // the line does not tell what it asks for
				return false
			}
			terminal := b
			if l.At == "bash" {
				terminal = older.Open("", 80).Terminal
			}
			turn := typed(older, terminal, text)
			require.True(t, turn.Works(), "%s\n%s", text, turn.Text)
			bs.User, bs.Text = turn.User, bs.Text+turn.Text
		}
	}
	require.Equal(t, as.User, bs.User, "who is logged in")
	require.Equal(t, keys(newer), keys(older))
	require.Equal(t, users(newer), users(older))
	require.Equal(t, p.files(t, newer), p.files(t, older))
	if strings.Contains(bs.Text, "Cfm3FindKey") {
		require.Equal(t, references(as.Text), handles(bs.Text), "which keys are found")
	}
	for _, row := range rows {
		played[row] = true
	}
	return true
}

// references are the handles of the keys that the CLI has listed.
func references(text string) (found []int) {
	for _, m := range regexp.MustCompile(`"key-reference": "0x([0-9a-f]{16})"`).FindAllStringSubmatch(text, -1) {
		n, _ := strconv.ParseInt(m[1], 16, 64)
		found = append(found, int(n))
	}
	return found
}

// handles are those of the keys that findKey has found.
func handles(text string) (found []int) {
	for _, m := range regexp.MustCompile(`(?m)^\d+(?:, \d+)*$`).FindAllString(text, -1) {
		for _, one := range strings.Split(m, ", ") {
			n, _ := strconv.Atoi(one)
			found = append(found, n)
		}
	}
	return found
}

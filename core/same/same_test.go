package same_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"hsmplay/core/same"
	"hsmplay/core/sim"
)

// Every command of a tool has a row, the last of which counts whatever the options are.
func TestEveryCommandHasARow(t *testing.T) {
	for _, tool := range []string{"kmu", "cmu", "cli"} {
		last := map[string]same.Pair{}
		for _, r := range same.Pairs(tool) {
			last[r.Command] = r
		}
		for _, name := range same.Commands(tool) {
			r, ok := last[name]
			if !assert.True(t, ok || name == "help", "%s %s", tool, name) {
				continue
			}
			assert.Empty(t, r.When, "%s %s", tool, name)
		}
	}
}

// A pair without a line of the CLI has a reason.
func TestWhatIsNothingHasAReason(t *testing.T) {
	for _, tool := range []string{"kmu", "cmu"} {
		for _, r := range same.Pairs(tool) {
			if r.CLI == "" || r.CLI[0] == '!' {
				assert.NotEmpty(t, r.Differs, "%s %s, %s", tool, r.Command, r.When)
			}
		}
	}
}

// Templates use only the functions of blanks that there are.
func TestTemplatesUseWhatThereIs(t *testing.T) {
	known := same.Blanks()
	for _, tool := range []string{"kmu", "cmu", "cli"} {
		for _, cell := range same.Cells(tool) {
			for _, m := range regexp.MustCompile(`\{([a-z0-9]+):`).FindAllStringSubmatch(cell, -1) {
				assert.True(t, known[m[1]] || m[1] == "each", "%s in %s", m[1], cell)
			}
			assert.Equal(t, strings.Count(cell, "{"), strings.Count(cell, "}"), cell)
			assert.Equal(t, strings.Count(cell, "["), strings.Count(cell, "]"), cell)
		}
	}
}

// cliLines are lines of the CLI beside those that the plays have.
var cliLines = []string{
	"cluster activate --password password1", "crypto sign ecdsa --key-filter key-reference=0x0a --hash-function sha256 --data-path m", "crypto sign rsa-pkcs --key-filter attr.label=rsa attr.class=private-key --hash-function sha256 --data-path m",
	"key generate-asymmetric-pair ec --public-label a --private-label b --curve secp256r1 --session --share-crypto-users user5", "key generate-symmetric aes --label a --key-length-bytes 32 --share-crypto-users bob --manage-key-quorum-value 2 --use-key-quorum-value 2",
	"key wrap aes-gcm --payload-filter attr.label=plain --wrapping-filter attr.label=wrapper --tag-length-bits 128 --path w", "key replicate --filter attr.label=plain --source-cluster-id a --destination-cluster-id b",
	"key unwrap rsa-oaep --filter key-reference=8 --data-path w8 --key-type-class aes --label in --hash-function sha256 --mgf mgf1-sha256", "key list --filter attr.class=secret-key attr.label=plain attr.key-type=aes", "key list", "key generate-file --encoding reference-pem --path f --filter key-reference=8",
	"quorum token-sign generate --service user --token t", "quorum token-sign generate --service key-usage --filter attr.label=plain --token t", "user change-mfa token-sign --username bob --role crypto-user --token t", "login --username bob --role crypto-user mfa-token-sign --token t",
	"user change-quorum token-sign register --public-key p --signed-token t", "user replicate --username bob --role crypto-user --source-cluster-id a --destination-cluster-id b",
}

// What is said in the words of a tool is read by its table, in each direction; what the world does
// not tell stands there as a word.
func TestWhatIsSaidCanBeTyped(t *testing.T) {
	w := world(t)
	type asked struct{ tool, line string }
	var all []asked
	for _, group := range plays {
		for _, p := range group.plays {
			for _, line := range append([]string{group.login}, p.lines...) {
				all = append(all, asked{names[group.tool], line})
			}
		}
	}
	for _, line := range cliLines {
		all = append(all, asked{names["cli"], line})
	}
	place := regexp.MustCompile("<[^<>]*>")
	for i := 0; i < len(all); i++ {
		a, err := w.Same(all[i].tool, all[i].line)
		if !assert.NoError(t, err, all[i].line) {
			continue
		}
		for _, o := range a.Others {
			for _, l := range o.Lines {
				if l.At == "" || l.At == "bash" {
					continue
				}
				typed := place.ReplaceAllString(l.Text, "3")
				_, err := w.Same(l.At, typed)
				assert.NoError(t, err, "%s, said as %s", all[i].line, typed)
				if i < len(all) && all[i].tool != names["cli"] && l.At == names["cli"] && len(all) < 400 {
					all = append(all, asked{l.At, typed})
				}
			}
		}
	}
}

// Conditions use only the functions of blanks that there are.
func TestConditionsUseWhatThereIs(t *testing.T) {
	for _, tool := range []string{"kmu", "cmu", "cli"} {
		for _, r := range same.Pairs(tool) {
			for condition := range strings.SplitSeq(r.When, ", ") {
				if name, _, ok := strings.Cut(strings.TrimPrefix(condition, "!"), ":"); ok {
					assert.True(t, same.Blanks()[name], "%s of %s", name, r.Command)
				}
			}
		}
	}
}

// Every command that the facts name has a row.
func TestTheFactsAreRows(t *testing.T) {
	data, err := os.ReadFile("../../docs/spec/migration.json")
	require.NoError(t, err)
	var facts struct {
		Entries []struct{ Tool, Cmd string }
	}
	require.NoError(t, json.Unmarshal(data, &facts))
	for _, e := range facts.Entries {
		for _, name := range strings.Split(strings.SplitN(e.Cmd, " ", 2)[0], "/") {
			if name != "key_mgmt_util" {
				assert.Contains(t, same.Commands(e.Tool), name)
			}
		}
	}
}

func TestALineInOtherWords(t *testing.T) {
	w := world(t)
	text := func(line string) string {
		a, err := w.Same("", line)
		require.NoError(t, err, line)
		return a.Text()
	}
	for _, c := range []struct {
		line string
		want []string
	}{
		{"genECCKeyPair -i 14 -l ecc14", []string{"    key generate-asymmetric-pair ec --public-label ecc14 --private-label ecc14 --curve secp384r1 --public-attributes verify=true --private-attributes sign=true\n",
			`CKA_EC_PARAMS=0x06052B81040022`, "    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp384r1 -out private.pem\n"}},
		{"deleteKey -k 9", []string{"    key delete --filter key-reference=0x0000000000000009\n", "C_DestroyObject(key 9)", "cloudhsm_mgmt_util\n    nothing like it: it manages users, sharing and quorums\n"}},
		{"loginHSM -u CU -s example_user -p secret99", []string{"login --username example_user --role crypto-user --password <password>", "loginHSM CU example_user <password>"}},
		{"loginHSM CO admin secret99", []string{"login --username admin --role admin --password <password>", "only crypto users log in there"}},
		{"login --username admin --role admin --password secret99", []string{"loginHSM CO admin <password>"}},
		{"shareKey 11 3,7 1", []string{"--username example_user --role crypto-user\n    key share --filter key-reference=0x000000000000000b --username bob --role crypto-user\n"}},
		{"key share --filter attr.label=plain --username bob --role crypto-user", []string{"shareKey 11 7 1\n"}},
		{"key delete --filter key-reference=0x0b", []string{"    deleteKey -k 11\n"}},
		{"wrapKey -k 11 -w 11 -m 5 -noheader -out w", []string{"-id-aes128-wrap"}},
		{"key wrap rsa-oaep --payload-filter attr.label=plain --wrapping-filter attr.label=rsa attr.class=public-key --path w --hash-function sha256 --mgf mgf1-sha256", []string{"wrapKey -k 11 -w 7 -out w -m 8 -noheader -t 3\n"}},
		{"crypto sign rsa-pkcs-pss --key-filter key-reference=8 --hash-function sha384 --mgf mgf1-sha384 --salt-length 48 --data-path m", []string{"sign -f m -k 8 -m 7 -out data.sig", "CKM_SHA384_RSA_PKCS_PSS"}},
		{"findKey -c 4 -l a -sess 1", []string{`C_FindObjectsInit(CKA_CLASS=CKO_SECRET_KEY, CKA_LABEL="a", CKA_TOKEN=0)`}},
		{"genSymKey -t 31", []string{"--label <label> --key-length-bytes <key size>"}},
		{"key_mgmt_util singlecmd loginHSM -u CU -s example_user -p secret99 deleteKey -k 9", []string{"    key delete --filter key-reference=0x0000000000000009\n"}},
		{"cmu listUsers", []string{"listUsers of cloudhsm_mgmt_util, in other words:\n", "user list\n"}},
		{"key generate-symmetric aes --label a --key-length-bytes 32", []string{"Not quite the same: key_mgmt_util gives new keys the uses of their kind"}},
		{"key generate-asymmetric-pair ec --public-label a --private-label b --curve prime256v1 --public-attributes verify=true --private-attributes sign=true", []string{"Not quite the same: key_mgmt_util has one label for both halves"}},
		{"key list --filter attr.sign=true", []string{"Not quite the same: findKey cannot look for sign\n"}},
		{"key wrap cloudhsm-aes-gcm --payload-filter attr.label=plain --wrapping-filter attr.label=wrapper --path w --tag-length-bits 128 --aad 0xab", []string{"    $ echo ab | xxd -r -p > aad.bin\n    wrapKey -k 11 -w 6 -out w -m 11 -noheader -tag_size 16 -aad aad.bin\n"}},
		{"listUsers", []string{"Note: cloudhsm_mgmt_util has a command of this name too: same cmu listUsers\n"}},
	} {
		got := text(c.line)
		for _, want := range c.want {
			assert.Contains(t, got, want, c.line)
		}
		assert.NotContains(t, got, "secret99", c.line)
	}
}

func TestWhatCannotBeSaid(t *testing.T) {
	w := sim.New(sim.Options{})
	for line, want := range map[string]string{
		"genSymKye -t 31":      "no tool has the command genSymKye",
		"genSymKey -t 99 -s 1": "genSymKey: no such value",
		"user":                 "no tool has the command user",
		"":                     "no command",
		"deleteKey -k x":       "deleteKey: not a number",
	} {
		_, err := w.Same("", line)
		require.EqualError(t, err, want, line)
	}
	_, err := w.Same("", "genSymKye -t 31")
	var unread *same.Unread
	require.ErrorAs(t, err, &unread)
	require.Equal(t, []string{"genSymKey"}, unread.Near)
}

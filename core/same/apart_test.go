package same_test

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"hsmplay/core/same"
	"hsmplay/core/sim"
)

// way is what a line and its other words do not have in common.
type way string

const (
	nowhere  way = "no other tool has words for it"
	neither  way = "both are refused"
	notHere  way = "the line itself is refused"
	notThere way = "the other words are refused"
	byKeys   way = "other keys come of it"
	byUsers  way = "other users come of it"
	byLogin  way = "somebody else is logged in behind it"
	byFiles  way = "other files come of it"
	byWords  way = "only what is printed differs"
)

// Who logs in.
const (
	asKMU     = "loginHSM -u CU -s example_user -p aws"
	asUser    = "loginHSM CU example_user aws"
	asOfficer = "loginHSM CO admin password"
	asCrypto  = "login --username example_user --role crypto-user --password aws"
	asAdmin   = "login --username admin --role admin --password password"
)

// apart are lines of each pair that has a reason to differ always, and what comes of the difference.
var apart = []struct {
	tool, login, line string
	way               way
	before            []string // typed at the line's own tool first, for both
}{
	{"kmu", asKMU, "genECCKeyPair -i 13 -l a", notHere, nil},
	{"kmu", asKMU, "genECCKeyPair -i 1 -l a", nowhere, nil},
	{"kmu", asKMU, "genECCKeyPair -l a", neither, nil},
	{"kmu", asKMU, "genDSAKeyPair -m 2048 -l a", nowhere, nil},
	{"kmu", asKMU, "genSymKey -t 21 -s 24 -l a", nowhere, nil},
	{"kmu", asKMU, "genSymKey -t 18 -s 16 -l a", nowhere, nil},
	{"kmu", asKMU, "genSymKey -s 16 -l a", notHere, nil},
	{"kmu", asKMU, "genPBEKey -l a -s 32 -p 12345678 -iter 1000", nowhere, nil},
	{"kmu", asKMU, "imSymKey -f plain.bin -w 6 -t 18 -l a", nowhere, nil},
	{"kmu", asKMU, "imSymKey -f plain.bin -w 6 -t 31 -l a", byKeys, nil},
	{"kmu", asKMU, "exSymKey -k 11 -w 6 -out f", byFiles, nil},
	{"kmu", asKMU, "importPrivateKey -f rsa-private.pem -w 6 -l in", byKeys, nil},
	{"kmu", asKMU, "importPrivateKey -f ec-private.pem -w 6 -l in", byKeys, nil},
	{"kmu", asKMU, "exportPrivateKey -k 8 -w 6 -out f.pem", byFiles, nil},
	{"kmu", asKMU, "createPublicKey -l in -m modulus -e 65537", notThere, nil},
	{"kmu", asKMU, "wrapKey -k 11 -w 6 -out w -m 9 -noheader", nowhere, nil},
	{"kmu", asKMU, "wrapKey -k 11 -w 6 -out w -m 4", byFiles, nil},
	{"kmu", asKMU, "wrapKey -k 11 -w 6 -out w -m 10 -iv_file iv -noheader", byFiles, nil},
	{"kmu", asKMU, "wrapKey -k 11 -w 7 -out w -m 12 -noheader", neither, nil},
	{"kmu", asKMU, "unWrapKey -f w5 -w 6 -m 9 -noheader -kc 4 -kt 31 -l in", nowhere, nil},
	{"kmu", asKMU, "unWrapKey -f w -w 6 -m 4", notThere, []string{"wrapKey -k 11 -w 6 -out w -m 4"}},
	{"kmu", asKMU, "unWrapKey -f w10 -w 6 -m 10 -iv_file iv10 -noheader -kc 4 -kt 31 -l in", byWords, nil},
	{"kmu", asKMU, "unWrapKey -f w5 -w 8 -m 12 -noheader -kc 4 -kt 31 -l in", neither, nil},
	{"kmu", asKMU, "unWrapKey -f w6 -w 6 -m 6 -noheader -kc 3 -kt 1 -l in", nowhere, nil},
	{"kmu", asKMU, "findKey -u 5", byWords, nil},
	{"kmu", asKMU, "findKey -t 1", nowhere, nil},
	{"kmu", asKMU, "getAttribute -o 8 -a 512 -out f", byFiles, nil},
	{"kmu", asKMU, "getAttribute -o 8 -a 3 -out f", byFiles, nil},
	{"kmu", asKMU, "getAttribute -o 8 -out f", notHere, nil},
	{"kmu", asKMU, "sign -f m -k 10 -m 17 -out s", byFiles, nil},
	{"kmu", asKMU, "sign -f m -k 8 -m 1 -out s", byWords, nil},
	{"kmu", asKMU, "verify -f m -s ec.sig -k 9 -m 17", notThere, nil},
	{"kmu", asKMU, "aesWrapUnwrap -f w4 -w 6 -m 0 -out f", byKeys, nil},
	{"kmu", asKMU, "aesWrapUnwrap -f plain.bin -w 6 -m 1 -out f", nowhere, nil},
	{"kmu", asKMU, "IsValidKeyHandlefile -f rsa-private.pem", nowhere, nil},
	{"kmu", asKMU, "extractMaskedObject -o 11 -out f", notThere, nil},
	{"kmu", asKMU, "insertMaskedObject -f f", notThere, []string{"extractMaskedObject -o 11 -out f", "deleteKey -k 11"}},
	{"kmu", asKMU, "loginStatus", nowhere, nil},
	{"kmu", asKMU, "getPartitionInfo", nowhere, nil},
	{"kmu", asKMU, "getToken -s 3 -u example_user -f t -k 12", byFiles, []string{"genSymKey -t 31 -s 16 -l q -u 5 -m_value 2"}},
	{"kmu", asKMU, "getToken -s 3 -u example_user -f t", nowhere, nil},
	{"kmu", asKMU, "delToken -id 1", nowhere, nil},
	{"kmu", asKMU, "delToken -a", nowhere, nil},
	{"kmu", asKMU, "approveToken -f t", nowhere, nil},
	{"kmu", asKMU, "getCert -f c -s 4", nowhere, nil},
	{"kmu", asKMU, "Error2String -r 0xb3", nowhere, nil},
	{"kmu", asKMU, "listAttributes", nowhere, nil},
	{"kmu", asKMU, "listECCCurveIds", byWords, nil},
	{"cmu", "", "loginHSM CO admin password -2fa f", neither, nil},
	{"cmu", "", "loginHSM PRECO admin password", neither, nil},
	{"cmu", "", "loginHSM AU app_user password", nowhere, nil},
	{"cmu", asOfficer, "createUser CU carol password1 -2fa f", notHere, nil},
	{"cmu", asOfficer, "changePswd PRECO admin password1", notThere, nil},
	{"cmu", asOfficer, "changePswd CU bob password1 -2fa f", notHere, nil},
	{"cmu", asUser, "getAttribute 11 512 f", byFiles, nil},
	{"cmu", asUser, "listAttributes", nowhere, nil},
	{"cmu", asOfficer, "findAllKeys 4 0", byWords, nil},
	{"cmu", asUser, "getKeyInfo 11 f", byFiles, nil},
	{"cmu", asOfficer, "registerQuorumPubKey CO admin t t.sig public.pem", neither, nil},
	{"cmu", asOfficer, "registerMofnPubKey CO token admin rsa-private.pem", notThere, nil},
	{"cmu", asUser, "getToken 3 example_user t 11", neither, nil},
	{"cmu", asOfficer, "getToken 3 admin t", byFiles, []string{"createUser CO dave password1", "setMValue 3 2"}},
	{"cmu", asOfficer, "approveToken t", nowhere, nil},
	{"cmu", asUser, "syncKey 11 1", neither, nil},
	{"cmu", asOfficer, "syncUser 3 1", neither, nil},
	{"cmu", asOfficer, "getClusterInfo", byWords, nil},
	{"cmu", asOfficer, "info server 0", byWords, nil},
	{"cmu", asOfficer, "server 0", nowhere, nil},
	{"cmu", asOfficer, "exit", nowhere, nil},
	{"cmu", asOfficer, "enable_e2e", nowhere, nil},
	{"cmu", asOfficer, "getCert c 4", nowhere, nil},
	{"cli", "", "cluster activate --password password1", neither, nil},
	{"cli", asAdmin, "cluster mtls register-trust-anchor --path ca.pem", nowhere, nil},
	{"cli", asAdmin, "cluster mtls deregister-trust-anchor --certificate-reference 1", nowhere, nil},
	{"cli", asAdmin, "cluster mtls list-trust-anchors", nowhere, nil},
	{"cli", asAdmin, "cluster mtls get-enforcement", nowhere, nil},
	{"cli", asAdmin, "cluster mtls set-enforcement --level none", nowhere, nil},
	{"cli", asCrypto, "crypto sign rsa-pkcs --key-filter key-reference=8 --hash-function sha384 --data-path m", byFiles, nil},
	{"cli", asCrypto, "crypto sign rsa-pkcs-pss --key-filter key-reference=8 --hash-function sha512 --mgf mgf1-sha512 --salt-length 64 --data-path m", byFiles, nil},
	{"cli", asCrypto, "crypto sign ecdsa --key-filter key-reference=10 --hash-function sha256 --data-path m", byFiles, nil},
	{"cli", asCrypto, "crypto sign ed25519 --key-filter key-reference=10 --data-path m", nowhere, nil},
	{"cli", asCrypto, "crypto sign ed25519ph --key-filter key-reference=10 --data-type raw --hash-function sha512 --data-path m", nowhere, nil},
	{"cli", asCrypto, "crypto sign ml-dsa --key-filter key-reference=10 --data-type raw --hash-function shake256 --data-path m", nowhere, nil},
	{"cli", asCrypto, "crypto verify ed25519 --key-filter key-reference=9 --data-path m --signature-path ec.sig", nowhere, nil},
	{"cli", asCrypto, "crypto verify ed25519ph --key-filter key-reference=9 --data-type raw --hash-function sha512 --data-path m --signature-path ec.sig", nowhere, nil},
	{"cli", asCrypto, "crypto verify ml-dsa --key-filter key-reference=9 --data-type raw --hash-function shake256 --data-path m --signature-path ec.sig", nowhere, nil},
	{"cli", asCrypto, "crypto verify ecdsa --key-filter key-reference=9 --hash-function sha256 --data-path m --signature-path ec.sig", notHere, nil},
	{"cli", asCrypto, "key generate-asymmetric-pair ec --public-label a --private-label a --curve ed25519", nowhere, nil},
	{"cli", asCrypto, "key generate-asymmetric-pair ec --public-label a --private-label a --curve secp521r1", nowhere, nil},
	{"cli", asCrypto, "key generate-asymmetric-pair ml-dsa --public-label a --private-label a --mldsa-algorithm ML-DSA-44", nowhere, nil},
	{"cli", asCrypto, "key list --filter key-reference=11", byFiles, nil},
	{"cli", asCrypto, "key replicate --filter key-reference=11 --source-cluster-id a --destination-cluster-id b", notHere, nil},
	{"cli", asCrypto, "key set-attribute --filter key-reference=11 --name modifiable --value false", nowhere, nil},
	{"cli", "", "login --username admin --role admin --password password mfa-token-sign --token f", neither, nil},
	{"cli", asAdmin, "quorum token-sign generate --service user --token t", byFiles, []string{"user create --username dave --role admin --password password1", "quorum token-sign set-quorum-value --service user --value 2"}},
	{"cli", asCrypto, "quorum token-sign generate --service key-usage --filter key-reference=12 --token t", byFiles, []string{"key generate-symmetric aes --label q --key-length-bytes 16 --share-crypto-users user5 --manage-key-quorum-value 2 --use-key-quorum-value 2"}},
	{"cli", asCrypto, "quorum token-sign generate --service registration --token t", nowhere, nil},
	{"cli", asAdmin, "quorum token-sign generate --service cluster --token t", nowhere, nil},
	{"cli", asAdmin, "quorum token-sign set-quorum-value --service cluster --value 1", nowhere, nil},
	{"cli", asAdmin, "user change-mfa token-sign --username bob --role crypto-user --change-password password2 --deregister", byWords, nil},
	{"cli", asAdmin, "user change-mfa token-sign --username bob --role crypto-user --change-password password2 --token f", neither, nil},
	{"cli", asCrypto, "user change-quorum token-sign register --public-key rsa.pem --signed-token t", neither, nil},
	{"cli", asAdmin, "user replicate --username bob --role crypto-user --source-cluster-id a --destination-cluster-id b", neither, nil},
	{"cli", asCrypto, "key wrap aes-gcm --payload-filter key-reference=11 --wrapping-filter key-reference=6 --path w --tag-length-bits 96", byFiles, nil},
	{"cli", asCrypto, "key wrap rsa-pkcs --payload-filter key-reference=11 --wrapping-filter key-reference=7 --path w", neither, nil},
	{"cli", asCrypto, "key unwrap aes-gcm --filter key-reference=6 --data-path w10 --tag-length-bits 128 --iv 0x00 --key-type-class aes --label in", neither, nil},
	{"cli", asCrypto, "key unwrap rsa-pkcs --filter key-reference=8 --data-path w8 --key-type-class aes --label in", neither, nil},
}

// TestPairsThatDifferDiffer plays both halves of the pairs that have a reason to differ in two copies
// of one world: what the reason says is what comes of it.
func TestPairsThatDifferDiffer(t *testing.T) {
	base, secret := exported(t)
	defer base.Shut()
	played := map[string]bool{}
	for _, row := range apart {
		name := row.tool + " " + row.line
		t.Run(name, func(t *testing.T) {
			ready := base.Fork()
			defer ready.Shut()
			if row.before != nil {
				a := ready.Open("", 80).Terminal
				for _, line := range slices.Concat([]string{starts[row.tool], row.login}, row.before) {
					require.True(t, typed(ready, a, line).Works(), line)
				}
			}
			here, there := ready.Fork(), ready.Fork()
			defer here.Shut()
			defer there.Shut()
			answer, err := here.Same(names[row.tool], row.line)
			require.NoError(t, err)
			require.NotEmpty(t, answer.Differs)
			played[fmt.Sprint(row.tool, same.Chosen(asked{here}, names[row.tool], row.line))] = true
			a := here.Open("", 80).Terminal
			here.Type(a, starts[row.tool])
			if row.login != "" {
				typed(here, a, row.login)
			}
			as := typed(here, a, row.line)
			bs, ok := otherwise(t, there, row.tool, row.login, row.line, secret)
			require.Equal(t, row.way, compared(t, here, there, as, bs, ok), "%s\n%s\n%s", answer.Differs, as.Text, bs.Text)
		})
	}
	for _, tool := range []string{"kmu", "cmu", "cli"} {
		for i, r := range same.Pairs(tool) {
			if r.Differs != "" && r.Differs[0] != '[' {
				assert.True(t, played[fmt.Sprint(tool, i)], "%s %s, %s: has a reason to differ that nothing plays: %s", tool, r.Command, r.When, r.Differs)
			}
		}
	}
}

// exported is the world of the plays with keys and a signature in files as well, and the bytes of
// the key that wraps.
func exported(t *testing.T) (*sim.World, []byte) {
	w := world(t)
	terminal := w.Open("", 80).Terminal
	for _, line := range []string{starts["kmu"], asKMU, "exportPrivateKey -k 8 -w 6 -out rsa-private.pem", "exportPrivateKey -k 10 -w 6 -out ec-private.pem",
		"exSymKey -k 11 -w 6 -out plain.bin", "exSymKey -k 6 -w 6 -out wrapper.bin", "sign -f m -k 10 -m 17 -out ec.sig", "getAttribute -o 7 -a 288 -out modulus",
		"wrapKey -k 11 -w 6 -out w10 -m 10 -iv_file iv10 -noheader", "exit", "export CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN=example_user:aws"} {
		require.True(t, typed(w, terminal, line).Works(), line)
	}
	secret, err := w.Read("wrapper.bin")
	require.NoError(t, err)
	return w, secret
}

// otherwise types the other words of a line, of the first tool that has some, in another world.
func otherwise(t *testing.T, w *sim.World, tool, login, line string, secret []byte) (last sim.Turn, ok bool) {
	answer, err := w.Same(names[tool], line)
	require.NoError(t, err)
	known := strings.NewReplacer("<hex of the wrapping key>", hex.EncodeToString(secret), "<password>", "password", "<user name>", strings.Fields(strings.TrimPrefix(login, "login --username ") + " -")[0], "<reference>", "0xb", "<curve>", "secp384r1", "<user id>", "4")
	for _, o := range answer.Others {
		short := ""
		for s, name := range names {
			if name == o.Name {
				short = s
			}
		}
		if short == "" || len(o.Lines) == 0 || tool != "cli" && short != "cli" { // a reason is about the CLI
			continue
		}
		a := w.Open("", 80).Terminal
		w.Type(a, starts[short])
		if login != "" && !entered(t, w, a, tool, login, o.Name) {
			continue
		}
		for _, l := range o.Lines {
			at, atBash := a, l.At == "bash"
			if atBash {
				at = w.Open("", 80).Terminal
				w.Type(at, "export CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN=example_user:aws")
			}
			turn := typed(w, at, known.Replace(l.Text))
			if !atBash || !turn.Works() {
				last = turn
			}
			if !turn.Works() {
				return last, true
			}
		}
		return last, true
	}
	return last, false
}

// entered logs in at another tool's prompt in the words of that tool; false where it has none.
func entered(t *testing.T, w *sim.World, terminal int, tool, login, other string) bool {
	answer, err := w.Same(names[tool], login)
	require.NoError(t, err)
	for _, o := range answer.Others {
		if o.Name == other && len(o.Lines) > 0 {
			return typed(w, terminal, strings.ReplaceAll(o.Lines[0].Text, "<password>", secretOf(login))).Works()
		}
	}
	return false
}

// compared is the way in which two worlds have come apart.
func compared(t *testing.T, here, there *sim.World, as, bs sim.Turn, ok bool) way {
	p := play{random: true}
	switch {
	case !ok:
		return nowhere
	case !as.Works() && !bs.Works():
		return neither
	case !as.Works():
		return notHere
	case !bs.Works():
		return notThere
	case !slices.Equal(keys(here), keys(there)):
		return byKeys
	case !slices.Equal(users(here), users(there)):
		return byUsers
	case as.User != bs.User && bs.Program != "":
		return byLogin
	case !slices.Equal(p.files(t, here), p.files(t, there)):
		return byFiles
	}
	return byWords
}

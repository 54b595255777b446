package sim

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/voice"
)

// TestTheWholeLineIsCorrected types lines with several faults, or that an HSM refuses: what is
// offered keeps what was right (spec/README.md section 2).
func TestTheWholeLineIsCorrected(t *testing.T) {
	w := keyed(t)
	for typed, want := range map[string]string{
		// several faults at once
		"genSymKey -t aes -s 256 -l x":  "genSymKey -t 31 -s 32 -l x",
		"genSymKey aes 256":             "genSymKey -t 31 -s 32 -l mykey",
		"generateKey aes 128":           "genSymKey -t 31 -s 16 -l mykey",
		"gensymkey --type AES -s 192":   "genSymKey -t 31 -s 24 -l mykey",
		"genECCKeypair p384 -label two": "genECCKeyPair -i 14 -l two",
		// right, but refused
		"genSymKey -t 31 -s 256 -l x":                    "genSymKey -t 31 -s 32 -l x",
		"genSymKey -t 21 -s 16 -l x":                     "genSymKey -t 21 -s 24 -l x",
		"genRSAKeyPair -m 1024 -e 65537 -l x":            "genRSAKeyPair -m 2048 -e 65537 -l x",
		"genRSAKeyPair -m 3072 -e 3 -l x":                "genRSAKeyPair -m 3072 -e 65537 -l x",
		"genECCKeyPair -i 13 -l x -nex":                  "genECCKeyPair -i 14 -l x -nex",
		"sign -f /etc/hosts -k 7 -m 1 -out sig":          "sign -f /etc/hosts -k 7 -m 17 -out sig",
		"wrapKey -k 7 -w 8 -m 12 -out f":                 "wrapKey -k 7 -w 8 -out f -m 4",
		"wrapKey -k 7 -w 8 -m 7 -out f":                  "wrapKey -k 7 -w 8 -out f -m 4",
		"genECCKeyPair -i 14 -l x -min_srv 4":            "genECCKeyPair -i 14 -l x -min_srv 3",
		"genSymKey -t 18 -s 16 -l x":                     "genSymKey -t 31 -s 16 -l x",
		"sign -f /etc/hosts -k 7 -m sha256-rsa -out sig": "sign -f /etc/hosts -k 7 -m 17 -out sig",
		// words in other places
		"exportPubKey -k 6 -f p.pem": "exportPubKey -k 6 -out p.pem",
		"findKey private":            "findKey -c 3",
		"findKey one":                "findKey -l one",
		"getAttribute 6":             "getAttribute -o 6 -a 512 -out attr_6",
		"findKey -k 6":               "getKeyInfo -k 6",
		"findKey -all":               "findKey",
		"genSymKey -t RSA -s 2048":   "genRSAKeyPair -m 2048 -e 65537 -l mykey",
		"genRSAKeyPair -s 3072 -l x": "genRSAKeyPair -m 3072 -e 65537 -l x",
		"genECCKeyPair -c p384 -l x": "genECCKeyPair -i 14 -l x",
		"deleteKey -k #8":            "deleteKey -k 8",
		// a comment, and values stuck to options
		"genECCKeyPair -i 14 -l x # mine":               "genECCKeyPair -i 14 -l x",
		"genECCKeyPair -i14 -lx -idmyid":                "genECCKeyPair -i 14 -l x -id myid",
		"sign -f/etc/hosts -k7 -m17 -outsig":            "sign -f /etc/hosts -k 7 -m 17 -out sig",
		"sign -in/etc/hosts -k 7 -m 17 -out sig":        "sign -f /etc/hosts -k 7 -m 17 -out sig",
		"getAttribute -o8 -a512 -outattr":               "getAttribute -o 8 -a 512 -out attr",
		"extractMaskedObject -o8 -outmasked":            "extractMaskedObject -o 8 -out masked",
		"genSymKey -t31 -s32 -lmykey -sess":             "genSymKey -t 31 -s 32 -l mykey -sess",
		"wrapKey -k7 -w8 -m4 -outw":                     "wrapKey -k 7 -w 8 -out w -m 4",
		"genECCKeyPair -i 14 -l x -min_srv2 -timeout10": "genECCKeyPair -i 14 -l x -min_srv 2 -timeout 10",
	} {
		offers, _ := said(w, typed)
		require.Contains(t, offers, want, typed)
	}
}

// TestNoOtherKeyIsOffered types labels with numbers that are handles of other keys, and positions
// that nobody can tell: no line is offered about those.
func TestNoOtherKeyIsOffered(t *testing.T) {
	w := keyed(t)
	for _, line := range []string{"genSymKey -t 31 -s 16 -l data8", "genSymKey -t 31 -s 16 -l data8"} {
		require.True(t, w.Type(1, line).Works(), line)
	}
	for _, typed := range []string{"deleteKey -k data8", "deleteKey -k aes8", "deleteKey data8", "getKeyInfo -k x7", "findKey 6"} {
		offers, _ := said(w, typed)
		for _, line := range offers {
			require.NotRegexp(t, " -[ku] [678]", line, typed)
		}
	}
}

// TestWhatIsMissingIsNamed types lines that nothing in the world fits: the note says what is
// missing, and how it is made.
func TestWhatIsMissingIsNamed(t *testing.T) {
	rows := []struct{ typed, want string }{
		{"exportPrivateKey 7 k.pem", "Type genSymKey -t 31 -s 32 -l wrapper first"},
		{"sign hsm.txt", "Type genECCKeyPair -i 14 -l mykey first"},
		{"getKeyInfo 6", "No key has the handle 6"},
		{"deleteKey 6", "No key has the handle 6"},
		{"importPubKey", "openssl ecparam -name prime256v1 -genkey -noout | openssl ec -pubout -out pub.pem makes one"},
		{"verify", "a public key that verifies"},
		{"unwrap", "an AES key that wraps, and there is none that can be used now"},
	}
	w := loggedIn(t)
	for _, row := range rows {
		offers, text := said(w, row.typed)
		require.Contains(t, text, row.want, row.typed)
		for _, line := range offers {
			fork := w.Fork()
			require.True(t, fork.Type(1, line).Works(), "%s offers %s", row.typed, line)
			fork.Shut()
		}
	}
}

// loggedIn is a world whose first terminal stands in key_mgmt_util, with a crypto user.
func loggedIn(t *testing.T) *World {
	w := New(Options{Source: oneKey, Seed: 7})
	require.Equal(t, 1, w.Open("", 80).Terminal)
	for _, line := range []string{"key_mgmt_util", "loginHSM -u CU -s example_user -p aws"} {
		require.True(t, w.Type(1, line).Works(), line)
	}
	return w
}

// keyed is loggedIn with a pair of handles 6 and 7, and an AES key of handle 8.
func keyed(t *testing.T) *World {
	w := loggedIn(t)
	for _, line := range []string{"genECCKeyPair -i 14 -l one", "genSymKey -t 31 -s 32 -l kek"} {
		require.True(t, w.Type(1, line).Works(), line)
	}
	return w
}

// said are the lines that are offered for one that is typed on a copy of a world, and all that its
// notes say.
func said(w *World, line string) (offers []string, text string) {
	fork := w.Fork()
	defer fork.Shut()
	for _, n := range fork.Type(1, line).Notes {
		offers = append(offers, voice.Offers(n.Parts)...)
		for _, p := range n.Parts {
			text += p.Text
		}
		text += "\n"
	}
	return offers, strings.TrimSpace(text)
}

// TestOtherWordsAreUnderstood types words of other tools and systems, and words for what is there:
// the line that is offered is about the same key, user or file.
func TestOtherWordsAreUnderstood(t *testing.T) {
	w := keyed(t)
	for _, line := range []string{"exSymKey -k 8 -w 8 -out plain", "exportPrivateKey -k 7 -w 8 -out one.pem", "exportPubKey -k 6 -out one.pub"} {
		require.True(t, w.Type(1, line).Works(), line)
	}
	bash, cmu := w.Open("", 80).Terminal, w.Open("", 80).Terminal
	for _, line := range []string{"cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "loginHSM CO admin password"} {
		require.True(t, w.Type(cmu, line).Works(), line)
	}
	for _, row := range []struct {
		tab         int
		typed, want string // "" for no line
	}{
		{1, "export 6", "exportPubKey -k 6 -out public.pem"}, {1, "export 7", "exportPrivateKey -k 7 -out exportKey.pem -w 8"}, {1, "export key 8", "exSymKey -k 8 -out aes.key -w 8"},
		{1, "exKey 8", "exSymKey -k 8 -out aes.key -w 8"}, {1, "import one.pem", "importPrivateKey -l mykey -f one.pem -w 8"}, {1, "import one.pub", "importPubKey -l mykey -f one.pub"},
		{1, "importKey plain", "imSymKey -l mykey -t 31 -f plain -w 8"}, {1, "getKey 6", "getKeyInfo -k 6"}, {1, "aws cloudhsmv2 describe-clusters", "hsm status"}, {1, "pkcs11-tool --module p.so -L", "getHSMInfo"},
		{1, "cloudhsm-cli key list", "findKey"}, {1, "key list --filter attr.label=one --verbose", "findKey -l one"}, {1, "key delete --filter attr.label=kek", "deleteKey -k 8"}, {1, "deleteKey kek", "deleteKey -k 8"},
		{1, "key wrap aes-gcm --payload-filter attr.label=one --wrapping-filter attr.label=kek --path f", "wrapKey -k 7 -w 8 -out f -m 10"},
		{1, "crypto sign ecdsa --key-filter attr.label=one --hash-function sha384 --data-path /etc/hosts", "sign -f /etc/hosts -k 7 -m 18 -out signedFile"},
		{1, "key generate-file --encoding pem --path p.pem --filter attr.label=one", "exportPubKey -k 6 -out p.pem"}, {1, "sign plain 7", "sign -f plain -k 7 -m 17 -out signedFile"},
		{1, "findKey | grep x", "findKey"}, {1, "genECCKeyPair -i 14; ls", "genECCKeyPair -i 14 -l mykey"}, {1, "create user bob", "exit"}, {1, "useradd bob", "exit"}, {1, "y", ""}, {1, "export X=1", "exit"},
		{cmu, "passwd", "help changePswd"}, {cmu, "passwd user4", "changePswd CU user4 -hpswd"}, {cmu, "delUser user6", "deleteUser CU user6"}, {cmu, "create bob", "createUser CU bob -hpswd"},
		{cmu, "createUser bob secret12", "createUser CU bob -hpswd"}, {cmu, "unshareKey 6 user4", "shareKey 6 4 0"}, {cmu, "key share --filter attr.label=kek --username user4 --role crypto-user", "shareKey 8 4 1"},
		{cmu, "quorum token-sign set-quorum-value --service user --value 2", "setMValue 3 2"}, {cmu, "A", ""}, {cmu, "enable e2e", "enable_e2e"}, {cmu, "unlock user4", "changePswd CU user4 -hpswd"},
		{cmu, "aws cloudhsmv2 create-hsm --cluster-id x", "hsm add"}, {cmu, "cloudhsm-cli user list", "listUsers"}, {cmu, "key generate-symmetric aes --label x", "quit"},
		{bash, "man ls", "ls --help"}, {bash, "man findKey", "key_mgmt_util"}, {bash, "logoff", "exit"}, {bash, "pkcs11-tool -L", "key_mgmt_util"}, {bash, "hsm slow 2 20", "hsm delay 2 20ms"}, {bash, "hsm wait 10 min", "hsm clock 10m"},
		{bash, "hsm clock 2 days", "hsm clock 48h"}, {bash, "aws cloudhsmv2 delete-hsm --hsm-id x", "hsm remove --help"}, {bash, "create user bob", "cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg"}, {bash, "hsm kill 9", ""},
		{bash, "hsm new 5", "hsm new --nodes 5"}, {bash, "hsm stop two", ""}, {bash, "hsm delay 1 500 ms", "hsm delay 1 500ms"}, {bash, "explain HSM Error: Key Access is denied", "explain 0xc6"},
		{cmu, "create user CU bob password1", "createUser CU bob -hpswd"}, {cmu, `createUser CU "bob" password1`, "createUser CU bob -hpswd"}, {cmu, "deleteUser CO user4", "deleteUser CU user4"},
		{cmu, "server one", ""}, {cmu, "createUser CU bob -hpwsd", "createUser CU bob -hpswd"}, {cmu, "deleteUser CU usr4", ""},
	} {
		fork := w.Fork()
		var offers []string
		turn := fork.Type(row.tab, row.typed)
		require.NotEmpty(t, turn.Notes, row.typed)
		for _, n := range turn.Notes {
			offers = append(offers, voice.Offers(n.Parts)...)
		}
		fork.Shut()
		if row.want == "" {
			require.Empty(t, offers, row.typed)
			continue
		}
		require.Equal(t, []string{row.want}, offers, row.typed)
	}
}

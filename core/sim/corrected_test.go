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
	} {
		offers, _ := said(w, typed)
		require.Contains(t, offers, want, typed)
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
		{"importPubKey", "openssl ec -in key.pem -pubout -out pub.pem makes one"},
		{"verify", "a public key that verifies"},
		{"unwrap", "an AES key that wraps, and there is none yet"},
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

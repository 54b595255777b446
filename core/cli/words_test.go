package cli

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestWordsOfGuidesAreAnswered types what this tool does not have: clap refuses it, and the note
// names the real command where the tip does not.
func TestWordsOfGuidesAreAnswered(t *testing.T) {
	rows := []struct{ line, near string }{
		{"cluster identify", "cluster hsm-info"},
		{"cluster info", "cluster hsm-info"},
		{"key describe --key-reference 0x6", "key list"},
		{"key generate-aes --label a", "key generate-symmetric aes"},
		{"exit", "quit"},
		{"listUsers", "user list"},
		{"user create --username a --role crypto-user --password-stdin", "--password"},
		{"key generate-symmetric aes --label a --key-size-in-bits 256", "--key-length-bytes"},
	}
	for _, row := range rows {
		d := newDesk(t)
		d.line("login --username example_user --role crypto-user --password aws")
		text := d.line(row.line)
		require.True(t, strings.HasPrefix(text, "error: un"), "%s: %s", row.line, text)
		require.Equal(t, 2, d.out.Status)
		require.Contains(t, text, row.near, row.line)
	}
}

// TestEveryLineOfGuidesIsAnswered types the lines that guides print: the note names the command that is
// meant, also where clap's tip names another.
func TestEveryLineOfGuidesIsAnswered(t *testing.T) {
	for _, row := range Guides() {
		d := newDesk(t)
		d.line("login --username example_user --role crypto-user --password aws")
		_, notes, _ := strings.Cut(d.line(row.Said), "~ ")
		command, _, _ := strings.Cut(row.Line, " --")
		require.Contains(t, notes, command, row.Said)
	}
}

// TestEverySayingIsACommand finds lines of other tools that are put into words this tool lacks.
func TestEverySayingIsACommand(t *testing.T) {
	for _, row := range says {
		path := strings.Fields(row.Line)
		for i, word := range path {
			if strings.HasPrefix(word, "-") {
				path = path[:i]
				break
			}
		}
		if row.Line != "help" {
			require.NotNil(t, Commands.Lookup(path...), row.Line)
		}
	}
	for _, row := range called {
		found := false
		for _, s := range Commands.Specs {
			for _, p := range s.Params {
				found = found || p.Flag == row.Option
			}
		}
		require.True(t, found, row.Option)
	}
}

// TestWhatWasTypedStandsInTheLineThatIsOffered types values without their options, with the options
// of other tools, and in other units: the offered line has the learner's own words.
func TestWhatWasTypedStandsInTheLineThatIsOffered(t *testing.T) {
	for _, row := range []struct{ line, offered string }{
		{"user create bob", "user create --username bob --role crypto-user."},
		{"user create bob admin", "user create --username bob --role admin."},
		{"user create CU bob password1", "user create --username bob --role crypto-user."},
		{"user add bob", "user create --username bob --role crypto-user."},
		{"user add --username bob --role admin --password password1", "user create --username bob --role admin."},
		{"user delete user4", "user delete --username user4 --role crypto-user."},
		{"user change-password user4 other-password", "user change-password --username user4 --role crypto-user."},
		{"user change-mfa token-sign user4", "user change-mfa token-sign --username user4 --role crypto-user --token file."},
		{"user change-quorum token-sign register pub.pem signed.json", "register --public-key pub.pem --signed-token signed.json."},
		{"user replicate user4", "--destination-cluster-id of user replicate takes a clone"},
		{"quorum token-sign generate user", "quorum token-sign generate --service user --token file."},
		{"quorum token-sign generate --type user --file t.json", "quorum token-sign generate --service user --token t.json."},
		{"quorum token-sign set-quorum-value user 1", "set-quorum-value --service user --value 1."},
		{"quorum token-sign delete all", "quorum token-sign delete --scope all."},
		{"cluster mtls register-trust-anchor anchor.pem", "register-trust-anchor --path anchor.pem."},
		{"cluster mtls deregister-trust-anchor 0x01", "deregister-trust-anchor --certificate-reference 0x01."},
		{"cluster mtls set-enforcement none", "set-enforcement --level none."},
		{"login user4", "login --username user4 --role crypto-user."},
		{"login CU user4 aws", "login --username user4 --role crypto-user."},
		{"login --username user4 --role crypto-user mfa-token-sign", "login --username user4 --role crypto-user mfa-token-sign --token file."},
		{"login mfa-token-sign --token l", "--role crypto-user mfa-token-sign --token l."},
		{"login mfa-token-sign --username user4 --role crypto-user --token l", "--username stands before mfa-token-sign. A line that would work: login --username user4 --role crypto-user mfa-token-sign --token l."},
		{"key delete 6", "key delete --filter key-reference=6."},
		{"key delete k1", "key delete --filter attr.label=k1."},
		{"key delete --label k1", "key delete --filter attr.label=k1."},
		{"key list k1", "key list --filter attr.label=k1."},
		{"key list all", "A line that would work: key list."},
		{"key list --max-items 0", "key list --max-items 1."},
		{"key list --filter k1", "attr.label=k1 would be"},
		{"key list --filter label=k1", "attr.label=k1 would be"},
		{"key list --filter handle=6", "key-reference=6 would be"},
		{"key share k1 user4", "key share --filter attr.label=k1 --username user4 --role crypto-user."},
		{"key unshare user4 k1", "key unshare --filter attr.label=k1 --username user4 --role crypto-user."},
		{"key share --filter attr.label=k1 user4", "key share --filter attr.label=k1 --username user4 --role crypto-user."},
		{"key set-attribute 6 label foo", "key set-attribute --filter key-reference=6 --name label --value foo."},
		{"key replicate 6", "--destination-cluster-id of key replicate takes a clone"},
		{"key wrap aes-gcm k1", "k1 stands without its option, --payload-filter"},
		{"key import pem pub.pem", "key import pem --path pub.pem --label mykey --key-type-class ec-public."},
		{"key generate-symmetric aes foo", "aes --label foo --key-length-bytes 32."},
		{"key generate-symmetric foo", "aes --label foo --key-length-bytes 32"},
		{"key generate-symmetric aes --label a --key-size-in-bits 256", "--key-length-bytes 32."},
		{"key generate-symmetric aes --label a --bits 128", "--key-length-bytes 16."},
		{"key generate-symmetric aes --label a --size 192", "--key-length-bytes 24."},
		{"key generate-symmetric aes --label a --key-spec AES_256", "--key-length-bytes 32."},
		{"key generate-symmetric aes --label a --key-length-bytes AES-128", "--key-length-bytes 16."},
		{"key generate-symmetric aes --label a --key-length-bytes 256", "which are 128, 192 or 256 bits"},
		{"key generate-symmetric generic-secret --label a --bits 256", "--key-length-bytes 32."},
		{"key generate-asymmetric-pair rsa --label a --bits 2048", "--public-label a --private-label a --modulus-size-bits 2048 --public-exponent 65537."},
		{"key generate-asymmetric-pair rsa foo 4096", "--public-label foo --private-label foo --modulus-size-bits 4096 --public-exponent 65537."},
		{"key generate-asymmetric-pair rsa --public-label a --private-label b --modulus-size-bits 1024 --public-exponent 65537", "2048 to 4096 bits"},
		{"key generate-asymmetric-pair ec foo P-384", "--public-label foo --private-label foo --curve secp384r1."},
		{"key generate-asymmetric-pair ec --public-label a --private-label b --name P-256", "--public-label a --private-label b --curve secp256r1."},
		{"key generate-asymmetric-pair ec --public-label a --private-label b --curve ECC_NIST_P521", "--curve secp521r1."},
		{"crypto sign ecdsa --key-filter attr.label=k1 --mechanism CKM_ECDSA_SHA256 --data aGVsbG8=", "--hash-function sha256 --data aGVsbG8=."},
		{"crypto sign RSASSA_PSS_SHA_256 --key-filter attr.label=k1", "crypto sign rsa-pkcs-pss"},
		{"crypto sign ecdsa-sha256 --key-filter attr.label=k1 --data aGVsbG8=", "crypto sign ecdsa --key-filter attr.label=k1"},
		{"crypto sign --key-filter attr.label=k1", "Behind it stands one of ecdsa, rsa-pkcs"},
		{"key wrap --payload-filter attr.label=k1", "Behind it stands one of aes-gcm, aes-no-pad"},
		{"key import --path pub.pem", "key import pem"},
		{"key import", "Behind it stands pem."},
		{"key derive", "no command to derive keys"}, {"key encrypt --data aa", "no command to encrypt or decrypt data"},
		{"crypto decrypt", "no command to encrypt or decrypt data"}, {"crypto hmac", "no command to compute a MAC"},
		{"crypto digest", "no command to hash data"}, {"random 16", "no command to print random bytes"},
	} {
		d := newDesk(t)
		as := "login --username example_user --role crypto-user --password aws"
		if strings.HasPrefix(row.line, "user") || strings.HasPrefix(row.line, "quorum") {
			as = "login --username admin --role admin --password password"
		}
		d.line(as)
		if strings.HasPrefix(row.line, "login") {
			d.line("logout")
		}
		if strings.HasPrefix(row.line, "key") || strings.HasPrefix(row.line, "crypto") {
			d.line("key generate-symmetric aes --label k1 --key-length-bytes 32")
		}
		_, notes, _ := strings.Cut(d.line(row.line), "~ ")
		assert.Contains(t, notes, row.offered, row.line)
		assert.NotContains(t, notes, "password1", row.line)
	}
}

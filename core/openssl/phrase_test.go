package openssl

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/voice"
)

// lockings are lines that write a key of the file plain.key under the phrase secret, as locked.key.
var lockings = []string{
	"ec -aes256 -in plain.key -passout pass:secret -out locked.key", "ec -aes128 -in plain.key -passout pass:secret -out locked.key",
	"ec -des3 -in plain.key -passout pass:secret -out locked.key", "pkey -aes256 -in plain.key -passout pass:secret -out locked.key",
	"pkey -aes-192-cbc -traditional -in plain.key -passout pass:secret -out locked.key", "pkey -des3 -in plain.key -passout pass:secret -out locked.key",
	"pkcs8 -topk8 -in plain.key -passout pass:secret -out locked.key", "pkcs8 -topk8 -v2 aes-128-cbc -in plain.key -passout pass:secret -out locked.key",
	"pkcs8 -topk8 -v2 des3 -iter 5000 -in plain.key -outform DER -passout pass:secret -out locked.key",
}

func TestLockedKeysOpenAgain(t *testing.T) {
	for _, line := range lockings {
		t.Run(line, func(t *testing.T) {
			m := newMachine(t)
			m.good("ecparam -name secp384r1 -genkey -noout -out plain.key")
			m.good(line)
			require.NotContains(t, m.files["locked.key"], m.files["plain.key"][60:100])
			require.Equal(t, m.files["plain.key"], m.good("ec -in locked.key -passin pass:secret"))
			wrong := m.run("ec -in locked.key -passin pass:other")
			require.Equal(t, []voice.ID{voice.OpenSSLPhrase}, wrong.notes)
			require.Empty(t, wrong.out)
		})
	}
}

func TestWherePhrasesComeFrom(t *testing.T) {
	m := newMachine(t)
	m.good("ecparam -name prime256v1 -genkey -noout -out plain.key")
	m.good("ec -aes256 -in plain.key -passout pass:secret -out locked.key")
	m.files["phrase"], m.env["PHRASE"] = "secret\nother\n", "secret"
	for _, source := range []string{"pass:secret", "file:phrase", "env:PHRASE", "stdin"} {
		r := m.pipe("secret\n", "ec -in locked.key -passin "+source)
		require.Equal(t, 0, r.status, "%s: %s", source, r.err)
		require.Equal(t, m.files["plain.key"], r.out, source)
	}
	for _, source := range []string{"file:phrase", "stdin"} { // the second line is the new phrase
		r := m.pipe("secret\nother\n", "ec -aes256 -in locked.key -passin "+source+" -passout "+source+" -out new.key")
		require.Equal(t, 0, r.status, "%s: %s", source, r.err)
		require.Equal(t, m.files["plain.key"], m.good("ec -in new.key -passin pass:other"), source)
	}
}

func TestPhrasesAreAskedForInHiding(t *testing.T) {
	for _, step := range []struct {
		line, answers, asked string
		status               int
	}{
		{"ec -in locked.key -noout", "secret", "read EC key\nEnter pass phrase for locked.key:\n", 0},
		{"ec -in locked.key -noout", "wrong", "read EC key\nEnter pass phrase for locked.key:\nCould not read private key from locked.key\nunable to load Key\n", 1},
		{"pkcs8 -in locked8.key -out o", "secret", "Enter Password:\n", 0},
		{"pkcs8 -in locked8.key -out o", "wrong", "Enter Password:\nError decrypting key\n", 1},
		{"pkcs8 -topk8 -in plain.key -out o", "ab ab", "Enter Encryption Password:\nVerifying - Enter Encryption Password:\n", 0},
		{"pkcs8 -topk8 -in plain.key -out o", "ab ac", "Enter Encryption Password:\nVerifying - Enter Encryption Password:\nVerify failure\n", 1},
		{"ec -aes256 -in plain.key -out o", "abcd abce", "read EC key\nwriting EC key\nEnter pass phrase for PEM:\n" +
			"Verifying - Enter pass phrase for PEM:\nVerify failure\nunable to write EC key\n", 1},
		{"pkey -aes256 -in plain.key -out o", "abcd abcd", "Enter PEM pass phrase:\nVerifying - Enter PEM pass phrase:\n", 0},
		{"pkey -aes256 -in plain.key -out o", "abc", "Enter PEM pass phrase:\n", 1},
		{"genpkey -algorithm EC -pkeyopt group:P-256 -aes256 -out o", "abcd x",
			"Enter PEM pass phrase:\nVerifying - Enter PEM pass phrase:\nVerify failure\nError writing key\n", 1},
		{"enc -aes-256-cbc -pbkdf2 -in plain.key -out o", "a b", "enter AES-256-CBC encryption password:\n" +
			"Verifying - enter AES-256-CBC encryption password:\nVerify failure\nbad password read\n", 1},
	} {
		m := newMachine(t)
		m.good("ecparam -name prime256v1 -genkey -noout -out plain.key")
		m.good("ec -aes256 -in plain.key -passout pass:secret -out locked.key")
		m.good("pkcs8 -topk8 -in plain.key -passout pass:secret -out locked8.key")
		m.answers = strings.Fields(step.answers)
		r := m.run(step.line)
		require.Equal(t, step.status, r.status, "%s: %s", step.line, r.err)
		require.Equal(t, step.asked, r.err, step.line)
		require.Equal(t, step.status == 0 && strings.Contains(step.line, "-out"), m.files["o"] != "", step.line)
	}
}

func TestNumbersOfCurvesAreNamed(t *testing.T) {
	m := newMachine(t)
	for _, curve := range curveNames() {
		m.good("ecparam -name " + curve + " -genkey -noout -out name.key")
		m.good("ec -in name.key -param_enc explicit -out numbers.key")
		require.NotEqual(t, m.files["name.key"], m.files["numbers.key"])
		require.Equal(t, m.files["numbers.key"], m.good("ec -in numbers.key"), "it stays as it was")
		require.Equal(t, m.files["name.key"], m.good("ec -in numbers.key -param_enc named_curve"))
		m.good("pkey -in numbers.key -pubout -out numbers.pub")
		require.Equal(t, m.good("pkey -in name.key -pubout"), m.good("pkey -pubin -in numbers.pub -ec_param_enc named_curve"))
	}
}

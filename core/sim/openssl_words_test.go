package sim

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestOpenSSLInOtherWords types openssl with names of other programs, of other subcommands, and of
// curves as people call them: the whole line is offered.
func TestOpenSSLInOtherWords(t *testing.T) {
	w := New(Options{Source: oneKey})
	w.Open("", 80)
	for _, line := range []string{"openssl genrsa -out a.key 2048", "echo x > m", "openssl dgst -sha256 -binary -out d m",
		"openssl req -new -x509 -key a.key -out a.crt -subj /CN=a", "openssl req -new -key a.key -out a.csr -subj /CN=a"} {
		require.True(t, w.Type(1, line).Works(), line)
	}
	for typed, want := range map[string]string{
		"openssl ecparam -name p384 -genkey -out k":                            "openssl ecparam -name secp384r1 -genkey -out k",
		"openssl ecparam -name P384 -genkey -out k":                            "openssl ecparam -name secp384r1 -genkey -out k",
		"openssl ecparam -name secp384 -genkey":                                "openssl ecparam -name secp384r1 -genkey",
		"openssl ecparam -name secp348r1 -genkey":                              "openssl ecparam -name secp384r1 -genkey",
		"openssl ecparam -name nistp256 -genkey":                               "openssl ecparam -name prime256v1 -genkey",
		"openssl ecparam -name prime256 -genkey":                               "openssl ecparam -name prime256v1 -genkey",
		"openssl ecparam -name secp256 -genkey":                                "openssl ecparam -name prime256v1 -genkey",
		"openssl ecparam -name p256k1 -genkey":                                 "openssl ecparam -name secp256k1 -genkey",
		"openssl ecparam -curve prime256v1 -genkey":                            "openssl ecparam -name prime256v1 -genkey",
		"openssl ecparam -name prime256v1 -generate":                           "openssl ecparam -name prime256v1 -genkey",
		"openssl genrsa -bits 2048":                                            "openssl genrsa 2048",
		"openssl genrsa -bits 2048 -out k":                                     "openssl genrsa -out k 2048",
		"openssl genrsa -output k 2048":                                        "openssl genrsa -out k 2048",
		"openssl genpkey -algorithm RSA -bits 2048 -out k":                     "openssl genpkey -out k -algorithm RSA -pkeyopt rsa_keygen_bits:2048",
		"openssl genpkey -algorithm EC -curve P-384":                           "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384",
		"openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:p384 -out k": "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp384r1 -out k",
		"openssl rand -bytes 16":                                               "openssl rand 16",
		"openssl rsa -input a.key -pubout -output p":                           "openssl rsa -in a.key -out p -pubout",
		"openssl rsa -infile a.key -noout":                                     "openssl rsa -in a.key -noout",
		"openssl pkcs8 -topk8 -nocrypt -in a.key -o k":                         "openssl pkcs8 -in a.key -out k -topk8 -nocrypt",
		"openssl dgst -hash sha256 m":                                          "openssl dgst -sha256 m",
		"openssl dgst -sha256 -in m":                                           "openssl dgst -sha256 m",
		"openssl dgst -sha256 -key a.key -out s m":                             "openssl dgst -out s -sign a.key -sha256 m",
		"openssl pkeyutl -sign -key a.key -in d -out s":                        "openssl pkeyutl -in d -out s -inkey a.key -sign",
		"openssl req -new -inkey a.key -out b -subj /CN=b":                     "openssl req -out b -new -key a.key -subj /CN=b",
		"openssl req -in a.csr -noout -print":                                  "openssl req -in a.csr -text -noout",
		"openssl x509 -in a.crt -no-out -text":                                 "openssl x509 -in a.crt -text -noout",
		"openssl x509 -csr -in a.csr -signkey a.key -out b":                    "openssl x509 -in a.csr -out b -req -signkey a.key",
		"openssl verify -ca a.crt a.crt":                                       "openssl verify -CAfile a.crt a.crt",
		"openssl enc -base64 -infile m":                                        "openssl enc -in m -base64",
		"openssl enc -aes256 -in m -out e -pass pass:abcd":                     "openssl enc -in m -out e -aes-256-cbc",
	} {
		offers, text := said(w, typed)
		require.Equal(t, []string{want}, offers, "%s: %s", typed, text)
	}
	_, text := said(w, "openssl ecparam -name brainpoolP256r1 -genkey")
	require.NotContains(t, text, "A line")
}

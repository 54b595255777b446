//go:build !js

package openssl

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Ed25519 signs without chance, so that the signatures can be compared too.
func TestRealPrintsOf25519(t *testing.T) {
	needReal(t)
	m := newMachine(t)
	m.files["m"], m.files["r.key"] = "hello\n", string(rsaPEM)
	for _, line := range []string{
		"genpkey -algorithm ED25519 -out ed.key", "pkey -in ed.key -pubout -out ed.pub", "genpkey -algorithm X25519 -out x.key", "pkey -in x.key -pubout -out x.pub",
		"genpkey -algorithm X25519 -out x2.key", "pkey -in x2.key -pubout -out x2.pub", "ecparam -name prime256v1 -genkey -noout -out p.key",
		"pkey -in ed.key -aes256 -passout pass:secret -out locked.key", "pkey -in ed.key -outform DER -out ed.der",
		"req -new -key ed.key -subj /CN=ed -out ed.csr", "req -new -x509 -key ed.key -subj /CN=ca -out ca.crt", "x509 -req -in ed.csr -CA ca.crt -CAkey ed.key -CAcreateserial -out ed.crt",
		"pkeyutl -sign -rawin -in m -inkey ed.key -out m.sig",
	} {
		m.realGood(line)
	}
	m.now = time.Now().Add(time.Second)
	for _, line := range []string{
		"pkey -in ed.key", "pkey -in ed.key -text -noout", "pkey -in ed.key -text_pub -noout", "pkey -in ed.key -pubout -text", "pkey -pubin -in ed.pub -text -noout", "pkey -in ed.key -check -noout",
		"pkey -in x.key -text -noout", "pkey -pubin -in x.pub -text -noout -pubcheck", "pkey -in x.key -pubout -outform DER", "pkey -in ed.key -outform DER", "pkey -in ed.der -inform DER -text -noout",
		"pkey -in ed.key -traditional", "pkey -in locked.key -passin pass:secret -text -noout", "pkcs8 -topk8 -nocrypt -in ed.key", "rsa -in ed.key", "asn1parse -in x.pub",
		"pkeyutl -sign -rawin -in m -inkey ed.key", "pkeyutl -sign -rawin -in m -inkey ed.key -hexdump", "pkeyutl -sign -in m -inkey ed.key", "pkeyutl -sign -rawin -digest sha256 -in m -inkey ed.key", "pkeyutl -sign -rawin -in m -inkey x.key",
		"pkeyutl -verify -rawin -in m -pubin -inkey ed.pub -sigfile m.sig", "pkeyutl -verify -rawin -in m -inkey ed.key -sigfile m.sig", "pkeyutl -verify -rawin -in ed.key -inkey ed.key -sigfile m.sig", "pkeyutl -verify -in m -inkey ed.key -sigfile m.sig",
		"pkeyutl -verify -rawin -in m -pubin -inkey x.pub -sigfile m.sig", "pkeyutl -sign -rawin -in m -inkey ed.key -pkeyopt digest:sha256", "pkeyutl -verify -rawin -in m -certin -inkey ed.crt -sigfile m.sig", "pkeyutl -encrypt -in m -inkey ed.key", "pkeyutl -decrypt -in m -inkey ed.key",
		"pkeyutl -derive -inkey x.key -peerkey x2.pub", "pkeyutl -derive -inkey x2.key -peerkey x.pub -hexdump", "pkeyutl -derive -inkey x.key -peerkey ed.pub", "pkeyutl -derive -inkey ed.key -peerkey ed.pub", "pkeyutl -derive -inkey p.key -peerkey x.pub", "pkeyutl -derive -inkey x.key -peerkey x2.pub -pkeyopt foo:bar",
		"dgst -sha256 -sign ed.key m", "dgst -sha256 -verify ed.pub -signature m.sig m", "dgst -sha256 -sign x.key m", "dgst -sha256 -prverify x.key -signature m.sig m",
		"req -in ed.csr -text -noout -verify", "req -new -key ed.key -subj /CN=ed", "req -new -sha512 -key ed.key -subj /CN=ed", "req -new -key x.key -subj /CN=x", "x509 -req -in ed.csr -signkey x.key",
		"x509 -in ca.crt -text -noout", "x509 -in ed.crt -noout -modulus -pubkey -fingerprint -sha256", "verify -CAfile ca.crt ed.crt", "verify -CAfile ed.crt ed.crt",
		"genpkey -algorithm ED25519 -pkeyopt foo:bar", "genpkey -algorithm RSA -pkeyopt foo:bar", "genpkey -algorithm EC -pkeyopt foo", "req -x509 -newkey ed25519 -pkeyopt foo:bar -nodes -subj /CN=x", "dgst -sha256 -sigopt foo:bar -sign r.key m",
		"pkeyutl -sign -in m -inkey r.key -pkeyopt foo:bar", "pkeyutl -sign -in m -inkey r.key -pkeyopt foo", "kdf -keylen 3 -kdfopt foo PBKDF2",
	} {
		t.Run(line, func(t *testing.T) { m.agrees(t, line) })
	}
}

func TestTheRealOneTakes25519(t *testing.T) {
	needReal(t)
	m := newMachine(t)
	m.files["m"] = "hello\n"
	for _, line := range []string{"genpkey -algorithm ed25519 -out ed.key", "genpkey -algorithm X25519 -outform DER -out x.der",
		"req -x509 -newkey ed25519:x -nodes -keyout n.key -subj /CN=n -out n.crt", "req -new -key ed.key -subj /CN=e -out e.csr", "x509 -req -in e.csr -CA n.crt -CAkey n.key -sha512 -out e.crt",
		"genpkey -algorithm ED25519 -aes256 -pass pass:secret -out locked.key"} {
		m.good(line)
	}
	for line, wants := range map[string]string{
		"pkey -in ed.key -check -noout": "Key is valid\n", "pkey -in x.der -inform DER -check -noout": "Key is valid\n", "verify -CAfile n.crt n.crt e.crt": "n.crt: OK\ne.crt: OK\n",
		"pkey -in locked.key -passin pass:secret -check -noout": "Key is valid\n",
	} {
		require.Equal(t, wants, m.realGood(line), line)
	}
}

//go:build !js

package openssl

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What is made here is random, so the real openssl says whether it is good.
func TestTheRealOneTakesWhatIsMade(t *testing.T) {
	needReal(t)
	m := newMachine(t)
	m.files["m"] = "hello\n"
	for _, step := range []struct {
		ours  []string
		real  string
		wants string
	}{
		{ours: []string{"genrsa -out r.key 2048"}, real: "rsa -in r.key -check -noout", wants: "RSA key ok\n"},
		{ours: []string{"genrsa -traditional -out r1.key"}, real: "pkey -in r1.key -check -noout", wants: "Key is valid\n"},
		{ours: []string{"rsa -in r.key -outform PEM -pubout -out r.pub"}, real: "pkey -pubin -in r.pub -pubcheck -noout", wants: "Key is valid\n"},
		{ours: []string{"genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:65537 -out g.key"}, real: "pkey -in g.key -check -noout", wants: "Key is valid\n"},
		{ours: []string{"genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out e.key", "pkey -in e.key -pubout -out e.pub"}, real: "pkey -in e.key -check -noout", wants: "Key is valid\n"},
		{ours: []string{"ecparam -name secp256k1 -genkey -out k.key"}, real: "pkey -in k.key -check -noout", wants: "Key is valid\n"},
		{ours: []string{"ecparam -name prime256v1 -genkey -noout -out p.key"}, real: "pkey -in p.key -check -noout", wants: "Key is valid\n"},
		{ours: []string{"ecparam -name secp521r1 -genkey -noout -outform DER -out q.der"}, real: "pkey -in q.der -check -noout", wants: "Key is valid\n"},
		{ours: []string{"ecparam -name secp384r1 -out par.pem", "genpkey -paramfile par.pem -out par.key"}, real: "pkey -in par.key -check -noout", wants: "Key is valid\n"},
		{ours: []string{"genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:2048 -out dsa.pem", "genpkey -paramfile dsa.pem -out dsa.key"}, real: "pkey -in dsa.key -check -noout", wants: "Key is valid\n"},
		{ours: []string{"genpkey -algorithm EC -pkeyopt group:P-256 -aes128 -outform DER -out der.key"}, real: "asn1parse -inform DER -in der.key -offset 39 -length 12",
			wants: "    0:d=0  hl=2 l=  10 cons: cont [ 0 ]        \n    2:d=1  hl=2 l=   8 prim: OBJECT            :prime256v1\n"},
		{ours: []string{"req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout n.key -subj /CN=x -out n.csr"}, real: "pkey -in n.key -check -noout", wants: "Key is valid\n"},
		{ours: []string{"req -new -newkey ec:par.pem -nodes -keyout n.key -subj /CN=x -out n.csr"}, real: "pkey -in n.key -check -noout", wants: "Key is valid\n"},
		{ours: []string{"pkcs8 -topk8 -nocrypt -in k.key -out k8.key"}, real: "pkey -in k8.key -check -noout", wants: "Key is valid\n"},

		{ours: []string{"dgst -sha256 -sign r.key -out s m"}, real: "dgst -sha256 -verify r.pub -signature s m", wants: "Verified OK\n"},
		{ours: []string{"dgst -sha512 -sign e.key -out s m"}, real: "dgst -sha512 -verify e.pub -signature s m", wants: "Verified OK\n"},
		{ours: []string{"dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:-1 -sign r.key -out s m"},
			real: "dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -verify r.pub -signature s m", wants: "Verified OK\n"},
		{ours: []string{"dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20 -sign r.key -out s m"},
			real: "dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20 -verify r.pub -signature s m", wants: "Verified OK\n"},
		{ours: []string{"dgst -sha256 -binary -out d m", "pkeyutl -sign -inkey r.key -pkeyopt digest:sha256 -in d -out s"}, real: "dgst -sha256 -verify r.pub -signature s m", wants: "Verified OK\n"},
		{ours: []string{"dgst -sha256 -binary -out d m", "pkeyutl -sign -inkey e.key -in d -out s"}, real: "pkeyutl -verify -inkey e.key -in d -sigfile s", wants: "Signature Verified Successfully\n"},
		{ours: []string{"pkeyutl -encrypt -pubin -inkey r.pub -in m -out c"}, real: "pkeyutl -decrypt -inkey r.key -in c", wants: "hello\n"},
		{ours: []string{"pkeyutl -encrypt -pubin -inkey r.pub -in m -out c -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256"},
			real: "pkeyutl -decrypt -inkey r.key -in c -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256", wants: "hello\n"},
		{ours: []string{"enc -aes-256-cbc -K 0011 -iv 2233 -in m -out c"}, real: "enc -d -aes-256-cbc -K 0011 -iv 2233 -in c", wants: "hello\n"},

		{ours: []string{"req -new -key r.key -subj /C=US/O=Example/CN=r -out r.csr"}, real: "req -in r.csr -verify -noout -subject", wants: "subject=C = US, O = Example, CN = r\n"},
		{ours: []string{"req -new -sha384 -key e.key -subj /CN=e -out e.csr"}, real: "req -in e.csr -verify -noout -subject", wants: "subject=CN = e\n"},
		{ours: []string{"req -new -newkey rsa:2048 -nodes -keyout n.key -subj /CN=n -out n.csr"}, real: "req -in n.csr -verify -noout -subject", wants: "subject=CN = n\n"},
		{ours: []string{"req -new -x509 -days 3652 -key r.key -subj /CN=root -out ca.crt"}, real: "verify -CAfile ca.crt ca.crt", wants: "ca.crt: OK\n"},
		{ours: []string{"x509 -req -days 365 -in r.csr -signkey r.key -out self.crt"}, real: "verify -CAfile self.crt self.crt", wants: "self.crt: OK\n"},
		{ours: []string{"x509 -req -days 365 -in e.csr -CA ca.crt -CAkey r.key -CAcreateserial -out e.crt"}, real: "verify -CAfile ca.crt e.crt", wants: "e.crt: OK\n"},
		{ours: []string{"req -x509 -key e.key -sha512 -subj /CN=ec -out ec.crt", "x509 -req -in n.csr -sha512 -CA ec.crt -CAkey e.key -set_serial 0x4711 -out ne.crt"},
			real: "verify -CAfile ec.crt ne.crt", wants: "ne.crt: OK\n"},
	} {
		for _, line := range step.ours {
			m.good(line)
		}
		require.Equal(t, step.wants, m.realGood(step.real), "%s", step.ours)
	}
	require.Equal(t, "serial="+strings.TrimSpace(m.files["ca.srl"])+"\n", m.realGood("x509 -in e.crt -serial -noout"))
	require.Equal(t, "serial=4711\n", m.realGood("x509 -in ne.crt -serial -noout"))
}

func TestACertificateLooksLikeTheRealOnes(t *testing.T) {
	m := seeded(t)
	for _, line := range []string{
		"req -new -x509 -days 30 -key r.key -subj /C=US/O=Root/CN=root -set_serial 7 -out x.crt",
		"x509 -req -in e.csr -CA ca.crt -CAkey r.key -set_serial 7 -out x.crt",
		"x509 -req -in e.csr -signkey r.key -set_serial 0x80 -out x.crt",
		"req -new -key r.key -subj /C=US/serialNumber=7/emailAddress=a@b -out x.crt",
	} {
		m.good(line)
		ours := m.realGood("asn1parse -in x.crt")
		m.realGood(line)
		require.Equal(t, withoutTimes(m.realGood("asn1parse -in x.crt")), withoutTimes(ours), line)
	}
}

// withoutTimes drops the lines of asn1parse that hold a time.
func withoutTimes(text string) (kept []string) {
	for line := range strings.Lines(text) {
		if !strings.Contains(line, "UTCTIME") {
			kept = append(kept, line)
		}
	}
	return kept
}

func TestTheRealOneAsksTheSame(t *testing.T) {
	m := seeded(t)
	for _, c := range []struct{ in, line string }{
		{"US\n\n\nfoo\n\n\n\nsecret\nopt\n", "req -new -key r.key -out x.csr"},
		{"\n\n\n\n\n\n\n\n\n", "req -new -key r.key -out x.csr"},
		{"USA\nU\nUS\n.\n.\n.\nunit\nname\na@b\n", "req -x509 -new -key r.key -set_serial 1 -out x.csr"},
		{".\n.\n.\n.\n.\n.\n.\n", "req -new -key r.key"},
		{"US\n", "req -new -key r.key"},
		{"", "req -new -key r.key -batch -out x.csr"},
		{"\n\n\n\n\n\n\nabc\nabcd\n\n", "req -new -key r.key -out x.csr"},
	} {
		ours := m.pipe(c.in, c.line)
		subject := m.run("req -in x.csr -noout -subject").out
		theirs := m.real(c.in, strings.Fields(c.line)...)
		require.Equal(t, firstLines(theirs.err), ours.err, "%q", c.in)
		require.Equal(t, theirs.status, ours.status)
		require.Equal(t, m.run("req -in x.csr -noout -subject").out, subject)
	}
}

func TestSubjectsAsTheRealOne(t *testing.T) {
	m := seeded(t)
	for _, subject := range []string{`/CN=a\/b/O=c`, `/CN=a\+b`, `/CN=a+O=b/C=US`, `/CN=`, `/`, `CN=x`, `/CN`, `/CN=a\`, `/X=y/CN=z`, `/C=USA`, `/C=U`, `/CN=a//O=b`,
		`/commonName=long`, `/1.2.3=x`, `/CN=` + strings.Repeat("x", 65), `/DC=com/DC=example`, `/emailAddress=a@b`, `/O=a  b `, `/serialNumber=a_b`, `//CN=x`, `/ CN=x`} {
		delete(m.files, "x.csr")
		ours := m.runArgs("", "req", "-new", "-key", "r.key", "-subj", subject, "-out", "x.csr")
		made := m.files["x.csr"]
		delete(m.files, "x.csr")
		theirs := m.real("", "req", "-new", "-key", "r.key", "-subj", subject, "-out", "x.csr")
		assert.Equal(t, firstLines(theirs.err), ours.err, subject)
		assert.Equal(t, theirs.status, ours.status, subject)
		assert.Equal(t, m.files["x.csr"], made, subject)
	}
}

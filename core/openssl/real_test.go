//go:build !js

package openssl

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// needReal skips a test where no openssl of the compared version is installed.
func needReal(t *testing.T) {
	t.Helper()
	out, err := exec.Command("openssl", "version").Output()
	if err != nil || !strings.HasPrefix(string(out), "OpenSSL 3.0.") {
		t.Skip("no OpenSSL 3.0 is installed to compare with")
	}
}

// real runs a line by the machine's own openssl, on the same files.
func (m *machine) real(in string, args ...string) (r result) {
	m.t.Helper()
	dir := m.t.TempDir()
	for name, data := range m.files {
		require.NoError(m.t, os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600))
	}
	command := exec.Command("openssl", args...)
	command.Dir = dir
	command.Stdin = strings.NewReader(in)
	var out, errs bytes.Buffer
	command.Stdout, command.Stderr = &out, &errs
	err := command.Run()
	require.NotNil(m.t, command.ProcessState, "%v", err)
	entries, err := os.ReadDir(dir)
	require.NoError(m.t, err)
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		require.NoError(m.t, err)
		m.files[entry.Name()] = string(data)
	}
	r.out, r.err, r.status = out.String(), errs.String(), command.ProcessState.ExitCode()
	return r
}

// realGood runs a line of words by the real openssl, which must end well.
func (m *machine) realGood(line string) string {
	m.t.Helper()
	r := m.real("", strings.Fields(line)...)
	require.Equal(m.t, 0, r.status, "%s: %s", line, r.err)
	return r.out
}

// firstLines drops OpenSSL's error queue, whose lines hold addresses.
func firstLines(text string) string {
	var kept []string
	for line := range strings.Lines(text) {
		if !strings.Contains(line, ":error:") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

// seeded is a machine with keys, requests and certificates by the real openssl.
func seeded(t *testing.T) *machine {
	needReal(t)
	m := newMachine(t)
	m.files["m"] = "hello\n"
	m.files["k"] = "0123456789abcdef0123456789abcdef"
	m.files["r.key"] = string(rsaPEM)
	m.files["x.cnf"] = extensionConfig
	m.good("genpkey -genparam -algorithm DSA -out dsa.par") // making such a group takes the real one seconds
	m.files["more.cnf"] = "subjectAltName=DNS:x.y\n[more]\nbasicConstraints=CA:FALSE\n"
	m.files["gen.cnf"] = generatedConfig
	for _, line := range []string{
		"genpkey -paramfile dsa.par -out dsa.key", "rsa -in r.key -traditional -out r1.key", "rsa -in r.key -pubout -out r.pub",
		"ecparam -name prime256v1 -genkey -out e.key", "ec -in e.key -pubout -out e.pub", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out p.key",
		"ecparam -name secp256k1 -genkey -noout -out s.key", "ec -in s.key -pubout -out s.pub", "ecparam -name secp521r1 -genkey -noout -out q.key", "pkey -in p.key -outform DER -out p.der", "rsa -in r.key -RSAPublicKey_out -out r1.pub",
		"req -new -x509 -days 30 -key r.key -subj /C=US/O=Root/CN=root -out ca.crt", "req -new -key e.key -subj /CN=leaf -out e.csr",
		"x509 -req -in e.csr -CA ca.crt -CAkey r.key -CAcreateserial -days 5 -out e.crt", "x509 -req -in e.csr -signkey e.key -out self.crt",
		"x509 -req -in e.csr -CA ca.crt -CAkey r.key -set_serial 0x1234 -sha384 -out small.crt",
		"req -x509 -new -key e.key -subj /CN=x -config x.cnf -extensions cert -out ext.crt", "req -new -key p.key -subj /CN=x -config x.cnf -reqexts wish -out ext.csr",
		"dgst -sha256 -sign r.key -out m.sig m", "dgst -sha384 -sign e.key -out e.sig m", "dgst -sha256 -binary -out m.dig m",
		"dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20 -sign r.key -out m.pss m",
		"pkeyutl -sign -inkey r.key -in m.dig -pkeyopt digest:sha256 -out m.dsig", "pkeyutl -encrypt -pubin -inkey r.pub -in m -pkeyopt rsa_padding_mode:oaep -out m.oaep",
		"enc -id-aes256-wrap -K 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f -iv A6A6A6A6A6A6A6A6 -in k -out k.wrap",
		"enc -id-aes256-wrap-pad -K 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f -iv A65959A6 -in m -out m.wrap",
		"x509 -in ca.crt -outform DER -out ca.der", "pkcs8 -topk8 -in r.key -passout pass:secret -out locked.key",
		"ec -aes256 -in e.key -passout pass:secret -out locked1.key", "pkcs8 -topk8 -in e.key -passout pass:secret -outform DER -out locked.der",
		"ecparam -name prime256v1 -genkey -noout -param_enc explicit -out x.key", "pkey -in x.key -out x8.key", "pkey -in x.key -pubout -out x.pub",
		"enc -aes-256-cbc -pbkdf2 -pass pass:secret -in m -out m.enc", "enc -aes-256-cbc -pbkdf2 -k secret -a -in m -out m.b64", "enc -aes-128-cbc -k secret -in m -out m1.enc", "pkcs8 -topk8 -nocrypt -in e.key -out e8.key",
	} {
		m.realGood(line)
	}
	for _, args := range [][]string{
		{"req", "-x509", "-new", "-key", "e.key", "-utf8", "-out", "names.crt", "-subj", `/CN=a\+b=c,d/O= x /OU=#z/L="q;<>\\r/ST=ü/serialNumber=77/DC=com/emailAddress=a@b.c/GN=g/SN=s/title=T/UID=u`},
		{"req", "-x509", "-new", "-key", "e.key", "-out", "multi.crt", "-subj", `/CN=a/CN=b+O=c/C=US`},
	} {
		require.Equal(t, 0, m.real("", args...).status)
	}
	asked := m.real("US\n\n\nfoo\n\n\n\nsecret\nopt\n", "req", "-new", "-key", "r.key", "-out", "asked.csr")
	require.Equal(t, 0, asked.status)
	m.now = time.Now().Add(time.Second)
	return m
}

// extensionConfig makes certificates and requests with all that is printed in words, and more.
const extensionConfig = `[req]
distinguished_name=dn
[dn]
[cert]
subjectAltName=DNS:a.b,IP:1.2.3.4,IP:2001:db8::1,email:x@y,URI:http://a,dirName:dn2,RID:1.2.3
keyUsage=critical,digitalSignature,keyCertSign,cRLSign
extendedKeyUsage=serverAuth,clientAuth,1.2.3
basicConstraints=CA:TRUE,pathlen:3
authorityKeyIdentifier=keyid,issuer:always
nsComment=hello
1.2.3.4=DER:04020102
[dn2]
CN=inner
[wish]
subjectAltName=DNS:a.b
keyUsage=critical,digitalSignature
`

// generatedConfig describes a signature, and a set of others.
const generatedConfig = `asn1 = SEQUENCE:rs # all of it
[rs]
r=INTEGER:0xF123
s = IMP:0,SEQUENCE:inner
[inner]
a=SET:many
b=OID:prime256v1
[many]
1=UTF8:b
2=INT:7
3="BMP:a"
`

func TestSameAsTheRealOne(t *testing.T) {
	m := seeded(t)
	for _, line := range []string{
		"dgst -sha256 m", "dgst m", "dgst -sha1 m", "dgst -md5 m", "dgst -sha512 -r m", "dgst -sha384 -c m", "dgst -sha224 -binary m", "sha256 m", "sha256 -hex m k",
		"dgst -sha256 -hmac key m", "dgst -sha1 -mac HMAC -macopt hexkey:aabb m", "sha512 -hmac k m", "dgst -hmac key -r m", "dgst -sha256 nofile", "dgst -foo m", "dgst -sha256 -out d m k", "dgst -sha256 -sign r.key -hex m", "dgst -sign r.key -hex m", "dgst -sha256 -sign r.key m k",
		"dgst -sha256 -verify r.pub -signature m.sig m", "dgst -sha1 -verify r.pub -signature m.sig m", "dgst -sha256 -prverify r.key -signature m.sig m",
		"dgst -sha384 -verify e.pub -signature e.sig m", "dgst -sha384 -verify e.pub -signature m.sig m", "dgst -sha256 -verify r.pub m",
		"dgst -sha256 -sigopt rsa_padding_mode:pss -verify r.pub -signature m.pss m", "dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20 -verify r.pub -signature m.pss m",
		"dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -verify r.pub -signature m.pss m",
		"dgst -sha256 -sign nofile m", "dgst -sha256 -sign r.pub m", "dgst -sha256 -verify r.key -signature m.sig m",
		"pkeyutl -sign -inkey r.key -in m.dig -pkeyopt digest:sha256", "pkeyutl -sign -inkey r.key -in m.dig", "pkeyutl -sign -inkey r.key -in m -pkeyopt digest:sha256",
		"pkeyutl -verifyrecover -pubin -inkey r.pub -in m.sig", "rsautl -verify -pubin -inkey r.pub -in m.sig", "rsautl -sign -inkey r.key -in m", "rsautl -verify -pubin -inkey r.pub -in m", "pkeyutl -verify -pubin -inkey r.pub -in m.dig -sigfile m.dsig -pkeyopt digest:sha256", "pkeyutl -verify -inkey r.key -in m.dig -sigfile m -pkeyopt digest:sha256",
		"pkeyutl -verify -certin -inkey ca.crt -in m.dig -sigfile m.dsig -pkeyopt digest:sha256",
		"rsa -in r.key -text -noout", "rsa -in r.key -text", "rsa -in r1.key", "rsa -in r.key -traditional", "rsa -in r.key -pubout", "rsa -in r.key -modulus -noout",
		"rsa -in r.key -check -noout", "rsa -pubin -in r.pub -text -noout", "rsa -pubin -in r.pub", "rsa -in e.key -noout", "rsa -in nofile", "rsa -in r.pub", "rsa -in r.key -outform DER -pubout",
		"ec -in e.key -text -noout", "ec -in e.key", "ec -in e.key -pubout", "ec -in e.key -text", "ec -in p.der -inform DER -text", "ec -in s.key -text -noout", "ec -pubin -in e.pub -text -noout", "ec -in e.key -outform DER",
		"ec -in e.key -outform DER -pubout", "ec -in nofile", "ec -in m", "ec -in e.key -check -noout",
		"pkey -in r.key -text -noout", "pkey -in e.key -text", "pkey -in e.key -text_pub -noout", "pkey -in p.key -pubout -text", "pkey -in p.der -inform DER", "pkey -in e.key -traditional", "pkey -in r.key -traditional",
		"pkey -in r.key -check -noout", "pkey -pubin -in r.pub -text -noout", "pkey -pubin -in r.pub -outform DER", "pkey -in r.key -pubout -outform DER", "pkey -pubin -in r.key", "pkey -in r.pub", "pkey -in nofile", "pkey -inform xx -in r.key",
		"pkey -pubin -in r1.pub", "pkcs8 -topk8 -nocrypt -in r1.key", "pkcs8 -topk8 -nocrypt -in e.key", "pkcs8 -topk8 -nocrypt -in e.key -outform DER", "pkcs8 -nocrypt -in p.key",
		"x509 -in names.crt -noout -subject -issuer -nameopt RFC2253", "x509 -in names.crt -noout -subject -issuer -nameopt oneline", "x509 -in names.crt -noout -subject -issuer -nameopt multiline", "x509 -in names.crt -noout -subject -issuer -nameopt compat", "x509 -in names.crt -noout -subject -issuer -nameopt sep_multiline,utf8", "x509 -in names.crt -noout -subject -issuer -nameopt esc_2253", "x509 -in ca.crt -noout -subject -issuer -nameopt sep_comma_plus,lname", "x509 -in names.crt -noout -subject -issuer -nameopt rfc2253,-esc_msb", "x509 -in ca.crt -noout -subject -issuer -nameopt sname", "x509 -in ca.crt -noout -subject -issuer -nameopt foo", "x509 -in multi.crt -noout -subject -issuer -nameopt RFC2253", "x509 -in multi.crt -noout -subject -issuer -nameopt multiline", "x509 -in multi.crt -noout -subject -issuer -nameopt compat", "x509 -in names.crt -noout -subject -issuer -nameopt sep_semi_plus_space,space_eq,dn_rev,esc_ctrl,esc_msb", "x509 -in names.crt -noout -subject -issuer -nameopt align,utf8,use_quote,esc_2253",
		"pkey -in e.key -outform DER", "pkey -in r.key -outform DER", "pkey -in x.key -outform DER", "pkey -in e.key -traditional -outform DER", "pkey -in nofile -traditional -outform DER", "rsa -in r.key -outform DER", "rsa -in r.key -traditional -outform DER", "ec -in p.key -outform DER -aes256 -passout pass:x",
		"pkey -in dsa.key -outform DER", "pkey -in dsa.key -traditional", "pkey -in dsa.key",
		"ecparam -name secp384r1", "ecparam -name prime256v1 -text -noout", "ecparam -name secp521r1 -text", "ecparam -name nope", "ecparam -genkey", "ecparam -name P-256",
		"genpkey", "genpkey -algorithm EC", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:foo", "genrsa abc", "genrsa 100",
		"req -in e.csr -text -noout", "req -in asked.csr -text -noout", "req -in ext.csr -text -noout", "req -in e.csr -verify -noout", "req -in e.csr -subject -noout", "req -in e.csr -pubkey -noout", "req -in asked.csr -modulus -noout",
		"req -in e.csr", "req -in e.csr -text", "req -in e.csr -outform DER", "req -in r.key -noout", "req -in nofile", "req -foo", "req -in", "req -in e.csr -noout xx",
		"x509 -in ca.crt -text -noout", "x509 -in e.crt -text -noout", "x509 -in self.crt -text", "x509 -in small.crt -text -noout", "x509 -in ext.crt -text -noout", "x509 -in names.crt -text -noout", "x509 -in multi.crt -subject -issuer -noout",
		"x509 -in ca.crt -subject -issuer -serial -dates -fingerprint -modulus -pubkey -noout", "x509 -in ca.crt -pubkey -subject -noout", "x509 -in small.crt -serial -startdate -enddate -sha256 -fingerprint -noout", "x509 -in e.crt -modulus -noout",
		"x509 -in ca.crt -noout -checkend 10", "x509 -in ca.crt -noout -checkend 999999999", "x509 -in ca.der -inform DER -subject", "x509 -in ca.crt -outform DER", "x509 -in nofile", "x509 -in r.key -noout", "x509 -days x", "x509 -in ca.crt -subject -noout -text",
		"x509 -req -in e.csr", "x509 -req -in e.csr -CA ca.crt -set_serial 1", "x509 -req -in e.csr -CA ca.crt -CAkey e.key -set_serial 1",
		"verify -CAfile ca.crt e.crt", "verify -CAfile ca.crt ca.crt e.crt small.crt", "verify e.crt", "verify ca.crt", "verify -CAfile ca.crt self.crt", "verify -CAfile e.crt e.crt", "verify -CAfile self.crt self.crt", "verify -untrusted ca.crt e.crt",
		"verify -CAfile ca.crt nofile", "verify -CAfile ca.crt m", "verify -CAfile self.crt e.crt",
		"enc -e -id-aes256-wrap -K 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f -iv A6A6A6A6A6A6A6A6 -in k", "enc -d -id-aes256-wrap -K 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f -iv A6A6A6A6A6A6A6A6 -in k.wrap",
		"enc -e -id-aes256-wrap-pad -K 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f -iv A65959A6 -in m", "enc -d -id-aes256-wrap-pad -K 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f -iv A65959A6 -in m.wrap",
		"enc -d -id-aes256-wrap -K 00 -iv A6A6A6A6A6A6A6A6 -in k.wrap", "enc -e -id-aes128-wrap -K 00112233445566778899aabbccddeeff00 -iv A6A6A6A6A6A6A6A6 -in k", "enc -e -id-aes128-wrap -K 00112233445566778899aabbccddeeff -iv A6A6A6A6A6A6A6A6 -in m",
		"enc -id-aes192-wrap -K 00 -in k", "enc -aes-256-ecb -nopad -K 00 -in k", "enc -aes-128-cbc -K 00 -iv 00 -in m", "enc -aes-256-ecb -nopad -K 00 -in m", "enc -e -aes-256-ecb -K zz -in k", "enc -foo", "enc -base64 -in k", "base64 -in ca.der", "base64 -A -in k",
		"asn1parse -in e.key", "asn1parse -in ca.crt", "asn1parse -in ca.crt -i", "asn1parse -inform DER -in ca.der", "asn1parse -in ext.crt", "asn1parse -in names.crt", "asn1parse -in p.key", "asn1parse -in e.csr -strparse 4", "asn1parse -in p.key -strparse 24", "asn1parse -in ca.crt -offset 4 -length 400", "asn1parse -in m",
		"asn1parse -genstr UTF8:hello", "asn1parse -genstr INTEGER:0x1234 -noout -out d", "asn1parse -genstr OID:1.2.840.10045.3.1.7", "asn1parse -genstr FORMAT:HEX,OCT:0102", "asn1parse -genstr FORMAT:HEX,BITSTR:0102",
		"asn1parse -genstr EXPLICIT:0,INTEGER:5", "asn1parse -genstr IMP:1,OCT:x", "asn1parse -genstr IMP:2,SEQWRAP,INT:-129", "asn1parse -genstr BITWRAP,BOOL:TRUE", "asn1parse -genstr FORMAT:BITLIST,BITSTRING:1,5", "asn1parse -genstr PRINTABLE:a,b",
		"asn1parse -genstr NULL", "asn1parse -genstr EXP:3A,OCT:", "asn1parse -genstr UTCTIME:250101000000Z -i", "asn1parse -genconf gen.cnf -i", "asn1parse -genconf gen.cnf -noout -out d", "asn1parse -genstr SEQUENCE:rs -genconf gen.cnf",
		"kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt pass:pw -kdfopt salt:salt -kdfopt iter:1000 PBKDF2", "kdf -keylen 8 -binary -kdfopt digest:SHA256 -kdfopt pass:pw -kdfopt hexsalt:0011 -kdfopt iter:1000 PBKDF2",
		"pkey -in locked.key -passin pass:secret", "pkey -in locked.key -passin pass:wrong", "rsa -in locked.key -passin pass:secret -traditional", "rsa -in locked.key -passin pass:wrong", "pkey -in locked.der -passin pass:secret -text",
		"ec -in locked1.key -passin pass:secret", "ec -in locked1.key -passin pass:wrong", "ec -in locked1.key -passin pass:secret -pubout", "pkey -in locked1.key -passin pass:secret", "dgst -sha256 -sign locked.key -passin pass:secret m",
		"pkcs8 -in locked.key -passin pass:secret", "pkcs8 -in locked.key -passin pass:wrong", "pkcs8 -in e8.key", "pkcs8 -in e8.key -nocrypt -traditional", "pkcs8 -topk8 -nocrypt -in locked1.key -passin pass:secret", "pkcs8 -in nofile", "pkcs8 -v2 foo -in e.key",
		"pkey -in locked.key -passin secret", "rsa -in locked.key -passin foo:x", "ec -in locked1.key -passin file:nofile", "pkcs8 -in locked.key -passin env:NOBODY_SETS_IT", "dgst -sha256 -sign locked.key -passin stdin m", "genpkey -algorithm RSA -pass x", "genrsa -passout verylong:x",
		"x509 -req -in e.csr -signkey locked1.key -passin x", "req -new -key locked.key -passin x", "pkey -in e.key -aes256 -outform DER -passout pass:x", "ec -in e.key -aes256 -passout pass:", "ec -aes999 -in e.key", "genrsa -foo", "genpkey -foo", "rsa -in r.key -foo",
		"ec -in x.key", "ec -in x.key -param_enc named_curve", "ec -in x.key -text -noout", "pkey -in x.key", "pkey -in x8.key -ec_param_enc named_curve", "pkey -in x8.key -text -noout", "pkey -in x.key -pubout", "ec -pubin -in x.pub", "pkey -pubin -in x.pub -ec_param_enc named_curve", "pkey -pubin -in x.pub -text",
		"ec -in e.key -param_enc explicit", "ec -in s.key -param_enc explicit", "pkey -in p.key -ec_param_enc explicit -text", "ec -in e.key -param_enc foo", "pkcs8 -topk8 -nocrypt -in x.key", "ecparam -name secp521r1 -param_enc explicit -text", "ecparam -name secp224r1 -param_enc explicit -text", "ecparam -name secp256k1 -param_enc explicit -text",
		"enc -d -aes-256-cbc -pbkdf2 -pass pass:secret -in m.enc", "enc -d -aes-128-cbc -pass pass:secret -in m1.enc", "enc -d -aes-256-cbc -pbkdf2 -k secret -in m", "enc -aes-256-cbc -k secret -nosalt -in m", "enc -aes-256-cbc -k secret -nosalt -md sha1 -in m", "enc -aes-256-cbc -k secret -nosalt -iter 7 -in m", "enc -aes-256-cbc -md foo -k x -in m", "enc -aes-256-cbc -pass x -in m",
		"x509 -in ca.crt -extfile more.cnf -noout -ext subjectAltName,basicConstraints", "x509 -in ca.crt -extfile more.cnf -extensions more -noout -text", "x509 -in ca.crt -extfile more.cnf -set_serial 0x1234", "x509 -in ca.crt -extfile nofile -noout",
		"x509 -in ca.crt -extensions more -noout -subject", "x509 -in ca.crt -set_serial 5 -noout -serial", "x509 -in ca.crt -copy_extensions copy -noout -subject", "x509 -in ca.crt -CAkey r.key -CAcreateserial -CAserial x -noout -subject",
		"x509 -in ca.crt -signkey r.key -set_serial 7 -noout -serial -subject -issuer -ext subjectKeyIdentifier,authorityKeyIdentifier,basicConstraints", "x509 -in ext.crt -signkey r.key -extfile more.cnf -noout -issuer -serial -ext subjectAltName,basicConstraints,subjectKeyIdentifier,keyUsage",
		"x509 -in self.crt -CA ca.crt -CAkey r.key -set_serial 77 -noout -serial -issuer -subject", "x509 -req -in e.csr -CA ca.crt -CAkey r.key -signkey e.key", "x509 -in ca.crt -inform DER", "x509 -in ca.der -inform PEM",
		"req -x509 -newkey ec -nodes -subj /CN=x", "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:foo -nodes -subj /CN=x", "req -x509 -newkey ec -pkeyopt foo:bar -nodes -subj /CN=x", "req -new -newkey rsa -pkeyopt foo -nodes -subj /CN=x",
		"req -x509 -newkey ec:nofile -nodes -subj /CN=x", "req -x509 -newkey ec:r.key -nodes -subj /CN=x", "req -new -newkey foo -nodes -subj /CN=x", "req -in e.csr -subj /CN=other", "req -in e.csr -subj /CN=other -noout -subject", "req -in e.csr -subj /CN=other -noout -verify", "req -in e.csr -noout -days 5", "req -in e.csr -inform DER", "req -new -key r.key -subj /CN=a -days 5 -noout -subject", "req -x509 -new -key r.key -subj /CN=a -noout -subject -pubkey -modulus", "req -new -key e.key -subj /CN=a -nodes -keyout new.key -noout -subject",
		"dgst -hmac k -sign r.key m", "dgst -hmac k -mac HMAC -macopt key:z m", "dgst -mac HMAC m", "dgst -sha256 -sigopt rsa_pss_saltlen:32 -sign r.key m", "dgst -sha3-256 m", "dgst -sha3-512 -r m", "sha3-224 m", "dgst -sha512-256 -hmac k m", "sha512-224 m", "dgst -sha3-384 -sign r.key -hex m", "x509 -in ca.crt -sha3-256 -fingerprint -noout",
		"verify -trusted ca.crt -CAfile ca.crt ca.crt", "pkey -in e.key -text -text_pub -noout", "pkey -in e.key -inform DER", "pkey -in p.der -inform PEM", "rsa -in r.key -inform DER", "ec -in e.key -inform DER", "pkcs8 -topk8 -nocrypt -in r.key -inform DER", "pkcs8 -nocrypt -in p.key -inform DER", "ec -pubin -in e.pub -check -noout", "rsa -pubin -in r.pub -check -noout",
		"pkeyutl -sign -inkey r.key -pubin -in m.dig", "pkeyutl -encrypt -inkey r.key -in m -sigfile m.sig", "pkeyutl -sign -inkey r.key -in m.dig -pkeyopt rsa_pss_saltlen:digest", "pkeyutl -derive -inkey e.key -peerkey x.pub", "pkeyutl -derive -inkey s.key -peerkey s.pub", "pkeyutl -derive -inkey s.key -peerkey e.pub", "pkeyutl -derive -inkey e.key -peerkey e.pub -hexdump", "pkeyutl -derive -inkey q.key -peerkey q.key",
		"pkeyutl -sign -rawin -inkey r.key -in m -hexdump", "pkeyutl -decrypt -inkey r.key -in m.oaep -pkeyopt rsa_padding_mode:oaep -hexdump", "pkeyutl -sign -rawin -digest sha384 -inkey r.key -in m", "pkeyutl -verify -rawin -digest sha384 -pubin -inkey e.pub -in m -sigfile e.sig", "pkeyutl -verify -rawin -pubin -inkey r.pub -in m -sigfile m.sig", "pkeyutl -rawin -inkey r.key -in m",
		"pkeyutl -verify -rawin -digest sha256 -pkeyopt rsa_padding_mode:pss -pubin -inkey r.pub -in m -sigfile m.pss", "pkeyutl -verify -rawin -digest sha1 -pubin -inkey r.pub -in m -sigfile m.sig", "pkeyutl -sign -digest sha256 -inkey r.key -in m", "pkeyutl -sign -rawin -digest nope -inkey r.key -in m",
		"pkeyutl -encrypt -rawin -inkey r.key -in m", "pkeyutl -decrypt -rawin -inkey r.key -in m", "pkeyutl -derive -rawin -inkey e.key -peerkey e.pub", "pkeyutl -verifyrecover -rawin -inkey r.key -in m", "pkeyutl -sign -rawin -inkey r.key -in m -pkeyopt digest:sha384", "pkeyutl -verifyrecover -pubin -inkey r.pub -in m.sig -hexdump", "pkeyutl -derive -inkey e.key", "pkeyutl -derive -inkey e.key -peerkey nofile", "pkeyutl -derive -inkey e.key -peerkey e8.key",
		"pkeyutl -derive -inkey r.key -peerkey r.pub", "pkeyutl -derive -inkey p.key -peerkey e.pub", "pkeyutl -derive -inkey e.pub -pubin -peerkey e.pub", "pkeyutl -sign -inkey e.key -peerkey e.pub -in m.dig", "pkeyutl -derive -inkey e.key -peerkey e.pub -pkeyopt digest:sha256",
		"enc -aes-256-cbc -k secret -nosalt -pbkdf2 -in ca.crt -a", "enc -aes-256-cbc -k secret -nosalt -pbkdf2 -in ca.crt -base64 -A", "enc -d -aes-256-cbc -pbkdf2 -k secret -in m.b64 -a", "enc -d -aes-256-cbc -pbkdf2 -k secret -in m -a", "enc -aes-256-ecb -K 00 -iv 00 -in k -a",
		"errstr b3", "rand abc", "rand -hex 4 5", "version -foo", "foo",
	} {
		t.Run(line, func(t *testing.T) { m.agrees(t, line) })
	}
}

// agrees runs a line by ours and by the real one, which must print and write the same.
func (m *machine) agrees(t *testing.T, line string) {
	files := maps.Clone(m.files)
	ours := m.run(line)
	written := m.files
	m.files = files
	theirs := m.real("", strings.Fields(line)...)
	require.Equal(t, theirs.out, ours.out)
	require.Equal(t, theirs.status, ours.status, ours.err)
	require.Equal(t, firstLines(theirs.err), ours.err)
	for name, data := range m.files {
		require.Equal(t, data, written[name], name)
	}
	require.Len(t, written, len(m.files))
}

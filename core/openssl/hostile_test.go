package openssl

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// readers are lines that read the file f in every way.
var readers = []string{
	"rsa -in f -noout -text", "ec -in f -text", "pkey -in f -text", "pkey -pubin -in f -text", "pkey -inform DER -in f", "pkcs8 -topk8 -nocrypt -in f",
	"req -in f -text -verify -pubkey -modulus -subject", "x509 -in f -text -subject -issuer -serial -dates -fingerprint -modulus -pubkey", "x509 -req -in f -signkey r.key", "x509 -req -in x.csr -CA f -CAkey r.key",
	"verify -CAfile f f", "verify -CAfile ca.crt -untrusted f f", "asn1parse -in f", "asn1parse -inform DER -in f -strparse 4", "asn1parse -in f -i -offset 3",
	"dgst -sha256 -sign f r.key", "dgst -sha256 -verify f -signature f r.key", "dgst -verify r.pub -signature f f", "pkeyutl -decrypt -inkey r.key -in f", "pkeyutl -verify -certin -inkey f -in f -sigfile f",
	"enc -d -id-aes256-wrap -K 00 -iv A6A6A6A6A6A6A6A6 -in f", "enc -d -id-aes128-wrap-pad -K 00 -iv A65959A6 -in f", "enc -d -aes-128-cbc -K 00 -iv 00 -in f", "base64 -d -in f", "genpkey -paramfile f",
}

// seeds are good files to be spoilt.
func seeds(t testing.TB, m *machine) map[string]string {
	m.files["r.key"] = string(rsaPEM)
	for _, line := range []string{"rsa -in r.key -pubout -out r.pub", "ecparam -name prime256v1 -genkey -out e.key", "req -new -key e.key -subj /CN=x -out x.csr",
		"req -new -x509 -key e.key -subj /CN=x/O=y -out ca.crt", "genpkey -genparam -algorithm DSA -out dsa.pem"} {
		require.Equal(t, 0, m.run(line).status, line)
	}
	good := map[string]string{}
	for name, data := range m.files {
		good[name] = data
		if der := derOf([]byte(data)); der != nil {
			good[name+".der"] = string(der)
		}
	}
	return good
}

func TestHostileFiles(t *testing.T) {
	m := newMachine(t)
	good := seeds(t, m)
	deep := bytes.Repeat([]byte{0x30, 0x80}, 1<<16)
	files := []string{"", "\x00", "\x30", "\x30\x84\xff\xff\xff\xff", "\x30\x80\x00\x00", string(deep), strings.Repeat("\x30\x03\x02\x01", 1000), strings.Repeat("\xff", 300), "\x1f\xff\xff\xff\xff\xff\xff",
		strings.Repeat("-----BEGIN CERTIFICATE-----\n", 20_000), "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n", string(pemOf("CERTIFICATE", deep)), string(pemOf("PRIVATE KEY", nil)),
		strings.Repeat(string(pemOf("CERTIFICATE", []byte{0x30, 0})), 500)}
	for _, data := range good {
		files = append(files, data[:len(data)/2], data[:len(data)-1], data+"\x00")
	}
	for _, data := range files {
		for _, line := range readers {
			m.files["f"] = data
			r := m.run(line)
			require.LessOrEqual(t, len(r.out), 64<<20, line)
			require.LessOrEqual(t, r.status, 2)
		}
	}
}

func TestStandardInputWithoutEnd(t *testing.T) {
	m := newMachine(t)
	require.Equal(t, 1, m.pipe(strings.Repeat("A", inputMax+1), "base64").status)
}

// nested is DER of so many sequences, each inside the one before.
func nested(depth int) []byte {
	var data []byte
	for range depth {
		header := []byte{0x30, 0x83, byte(len(data) >> 16), byte(len(data) >> 8), byte(len(data))}
		data = append(header, data...)
	}
	return data
}

func TestAsn1parseGoesOnlySoDeep(t *testing.T) {
	m := newMachine(t)
	m.files["f"] = string(nested(2000))
	r := m.run("asn1parse -inform DER -in f")
	require.Equal(t, 1, r.status)
	require.Equal(t, depthMax+1, strings.Count(r.out, "SEQUENCE"))
	require.True(t, strings.HasSuffix(r.out, "BAD RECURSION DEPTH\n"))
}

func TestHostileArguments(t *testing.T) {
	m := newMachine(t)
	seeds(t, m)
	for _, args := range [][]string{
		{""}, {"-"}, {"--"}, {"rand", "99999999999999999999"}, {"rand", "2147483647"}, {"rand", "-5"}, {"rand", "0"}, {"genrsa", "99999999"}, {"req", "-subj"}, {"req", "-new", "-key", "r.key", "-subj", "/CN=" + strings.Repeat("x", 1<<16)},
		{"req", "-new", "-key", "r.key", "-subj", "/CN=\xff\xfe"}, {"req", "-new", "-key", "r.key", "-subj", strings.Repeat("/O=x", 100_000)}, {"x509", "-req", "-in", "x.csr", "-signkey", "r.key", "-set_serial", strings.Repeat("9", 1<<16)},
		{"x509", "-req", "-in", "x.csr", "-signkey", "r.key", "-set_serial", "0x"}, {"x509", "-req", "-in", "x.csr", "-signkey", "r.key", "-days", "2147483647"}, {"x509", "-in", "ca.crt", "-checkend", "2147483647"},
		{"kdf", "-keylen", "2147483647", "-kdfopt", "pass:x", "-kdfopt", "iter:2147483647", "PBKDF2"}, {"kdf", "-keylen", "4", "-kdfopt", "digest:none", "PBKDF2"}, {"kdf", "-keylen", "4", "-kdfopt", "iter:0", "PBKDF2"}, {"kdf", "-keylen", "4", "-kdfopt", "x", "PBKDF2"},
		{"asn1parse", "-in", "ca.crt", "-offset", "2147483647"}, {"asn1parse", "-in", "ca.crt", "-strparse", "2147483647"}, {"errstr", "zz"}, {"errstr", "ffffffffffffffffff"}, {"\x1b[31m"}, {strings.Repeat("x", 1<<16)}, {"dgst", "-" + strings.Repeat("x", 1<<16)},
		{"enc", "-aes-256-cbc", "-K", strings.Repeat("0", 1<<16), "-iv", "zz"}, {"dgst", "-sign", "r.key", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:1000", "r.key"}, {"dgst", "-sign", "r.key", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:-9", "r.key"},
	} {
		r := m.runArgs("", args...)
		require.LessOrEqual(t, r.status, 1)
		for _, id := range r.notes {
			require.NotEmpty(t, id)
		}
	}
}

func FuzzCertificate(f *testing.F) {
	m := newMachine(&testing.T{})
	for _, data := range seeds(f, m) {
		f.Add([]byte(data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if x := parseCertificate(data); x != nil {
			require.NotEmpty(t, x.text())
		}
		if r := parseRequest(data); r != nil {
			require.NotEmpty(t, r.text())
		}
	})
}

//go:build !js

package material

import (
	"crypto"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/internal/foreign"
)

// opensslPairs are pairs of ours that OpenSSL knows.
var opensslPairs = []Recipe{EC{onCurve(2)}, EC{onCurve(13)}, EC{onCurve(14)}, EC{onCurve(15)}, EC{onCurve(16)}, RSA{2048, 65537}, DSA{2048}, DSA{3072}}

func TestOpenSSLReadsOurKeys(t *testing.T) {
	b := foreign.NewOpenSSL(t)
	for _, recipe := range opensslPairs {
		public, private := makePair(t, recipe)
		data, err := privatePEM(private)
		require.NoError(t, err)
		b.Write("key.pem", data)
		b.Write("pub.pem", PublicPEM(public))
		if public.Type != attr.DSA { // OpenSSL has no check for DSA
			b.Run("pkey -in key.pem -check -noout")
		}
		require.Equal(t, string(PublicPEM(public)), b.Run("pkey -in key.pem -pubout"))
		require.Equal(t, string(PublicPEM(public)), b.Run("pkey -pubin -in pub.pem"))
		require.Equal(t, string(data), b.Run("pkey -in key.pem"), "byte for byte the same PKCS#8")
	}
}

func TestWeReadOpenSSLsKeys(t *testing.T) {
	b := foreign.NewOpenSSL(t)
	makers := map[string]string{
		"rsa traditional": "genrsa -traditional -out key.pem 2048",
		"rsa pkcs8":       "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem",
		"rsa e 65539":     "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:65539 -out key.pem",
		"ec pkcs8":        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out key.pem",
		"ec noout":        "ecparam -name prime256v1 -genkey -noout -out key.pem",
		"ec parameters":   "ecparam -name secp256k1 -genkey -out key.pem",
		"ec compressed":   "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt point-format:compressed -out key.pem",
	}
	for about, line := range makers {
		b.Run(line)
		checkSameKey(t, b, about)
	}
	b.Write("dsa.pem", encodeDSAParameters(t))
	b.Run("gendsa -out key.pem dsa.pem")
	checkSameKey(t, b, "dsa pkcs8")
	b.Run("pkey -in key.pem -traditional -out traditional.pem")
	b.Write("key.pem", b.Read("traditional.pem"))
	require.Contains(t, string(b.Read("key.pem")), "BEGIN DSA PRIVATE KEY")
	checkSameKey(t, b, "dsa traditional")
}

// checkSameKey requires that key.pem reads as the key that openssl sees in it.
func checkSameKey(t *testing.T, b foreign.OpenSSL, about string) {
	t.Helper()
	private, err := PrivateFromPEM(b.Read("key.pem"))
	require.NoError(t, err, about)
	spki := b.Run("pkey -in key.pem -pubout")
	public, err := PublicFromPEM([]byte(spki))
	require.NoError(t, err, about)
	require.Equal(t, public.SPKI, private.SPKI, about)
}

// encodeDSAParameters returns our domain as openssl's DSA PARAMETERS.
func encodeDSAParameters(t *testing.T) []byte {
	_, private := makePair(t, DSA{2048})
	_, params, _, err := openPKCS8(private.value)
	require.NoError(t, err)
	return encodePEM("DSA PARAMETERS", params)
}

func TestWeRefuseOpenSSLsOtherKeys(t *testing.T) {
	b := foreign.NewOpenSSL(t)
	for line, want := range map[string]error{
		"genrsa -traditional -aes128 -passout pass:aaaa -out key.pem 2048":                               ErrEncrypted,
		"genrsa -aes128 -passout pass:aaaa -out key.pem 2048":                                            ErrEncrypted,
		"ecparam -name prime256v1 -genkey -noout -param_enc explicit -out key.pem":                       ErrNotNamedCurve,
		"ecparam -name prime256v1 -genkey -param_enc explicit -out key.pem":                              ErrNotNamedCurve,
		"genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-192 -out key.pem":                            ErrUnsupportedCurve,
		"ecparam -name brainpoolP256r1 -genkey -noout -out key.pem":                                      ErrUnsupportedCurve,
		"ecparam -name sect571r1 -genkey -noout -out key.pem":                                            ErrUnsupportedCurve,
		"genpkey -algorithm ED25519 -out key.pem":                                                        ErrUnsupportedAlgorithm,
		"genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out key.pem":                          ErrUnsupportedAlgorithm,
		"genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:3 -out key.pem": ErrWeakExponent,
		"genrsa -primes 3 -out key.pem 2048":                                                             ErrVersion,
		"genrsa -out key.pem 512":                                                                        ErrModulusSize,
		"ecparam -name prime256v1 -out key.pem":                                                          ErrWrongBlock,
	} {
		b.Run(line)
		_, err := PrivateFromPEM(b.Read("key.pem"))
		require.ErrorIs(t, err, want, line)
	}
}

// dgst are the openssl options that verify each mechanism.
func dgst(row Mechanism) string {
	line := "-" + strings.ReplaceAll(strings.ToLower(row.Hash.String()), "-", "")
	if row.Scheme == RSAPSS {
		line += " -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest"
	}
	return line
}

func TestSignaturesBothWays(t *testing.T) {
	b := foreign.NewOpenSSL(t)
	b.Write("message", []byte("message"))
	for _, pair := range signers(t) {
		public, private := pair[0], pair[1]
		data, err := privatePEM(private)
		require.NoError(t, err)
		b.Write("key.pem", data)
		b.Write("pub.pem", PublicPEM(public))
		for _, number := range mechanismNumbers {
			row := signBy(number)
			if keyType, _ := row.Type(); keyType != private.Type {
				continue
			}
			signature, err := Sign(private, row, []byte("message"))
			require.NoError(t, err)
			b.Write("ours.sig", signature)
			b.Run("dgst " + dgst(row) + " -verify pub.pem -signature ours.sig message")
			b.Run("dgst " + dgst(row) + " -sign key.pem -out theirs.sig message")
			require.NoError(t, Verify(public, row, []byte("message"), b.Read("theirs.sig")), row)
		}
	}
}

func TestKeyWrapBothWays(t *testing.T) {
	b := foreign.NewOpenSSL(t)
	kek := newAES(t, []byte("0123456789abcdef0123456789abcdef"))
	b.Write("plain", []byte("a 24-byte value to wrap."))
	options := " -K " + hex.EncodeToString(kek.value) + " -iv "
	for mechanism, line := range map[int]string{
		5: "enc -id-aes256-wrap" + options + "a6a6a6a6a6a6a6a6",
		6: "enc -id-aes256-wrap-pad" + options + "a65959a6",
	} {
		b.Run(line + " -in plain -out theirs")
		p := WrapParams{Wrapping: wrapBy(mechanism)}
		opened, err := Unwrap(kek, b.Read("theirs"), p)
		require.NoError(t, err)
		require.Equal(t, b.Read("plain"), opened)
		ours, _, err := Wrap(kek, b.Read("plain"), p)
		require.NoError(t, err)
		require.Equal(t, b.Read("theirs"), ours)
	}
}

func TestRSAWrapBothWays(t *testing.T) {
	b := foreign.NewOpenSSL(t)
	public, private := makePair(t, RSA{2048, 65537})
	data, err := privatePEM(private)
	require.NoError(t, err)
	b.Write("key.pem", data)
	b.Write("pub.pem", PublicPEM(public))
	b.Write("plain", []byte("a 24-byte value to wrap."))
	options := map[crypto.Hash]string{}
	for _, hash := range Hashes {
		name := strings.ReplaceAll(strings.ToLower(hash.String()), "-", "")
		options[hash] = " -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:" + name + " -pkeyopt rsa_mgf1_md:" + name
	}
	options[0] = " -pkeyopt rsa_padding_mode:pkcs1"
	for hash, options := range options {
		p := WrapParams{Wrapping: WrapOAEP, Hash: hash}
		if hash == 0 {
			p.Wrapping = WrapPKCS1
		}
		ours, _, err := Wrap(public, b.Read("plain"), p)
		require.NoError(t, err)
		b.Write("ours", ours)
		require.Equal(t, string(b.Read("plain")), b.Run("pkeyutl -decrypt -inkey key.pem -in ours"+options))
		b.Run("pkeyutl -encrypt -pubin -inkey pub.pem -in plain -out theirs" + options)
		opened, err := Unwrap(private, b.Read("theirs"), p)
		require.NoError(t, err)
		require.Equal(t, b.Read("plain"), opened)
	}
}

func TestOpenSSLReadsFakePEM(t *testing.T) {
	b := foreign.NewOpenSSL(t)
	for _, recipe := range []Recipe{EC{onCurve(2)}, EC{onCurve(14)}, EC{onCurve(16)}, RSA{2048, 65537}} {
		public, private := makePair(t, recipe)
		data, err := FakePEM(private, 262169)
		require.NoError(t, err)
		b.Write("fake.pem", data)
		require.Equal(t, string(PublicPEM(public)), b.Run("pkey -in fake.pem -pubout"),
			"servers read the public key from it")
	}
}

func TestOpenSSLVerifiesChains(t *testing.T) {
	b := foreign.NewOpenSSL(t)
	for _, recipes := range chains {
		c := makeChain(t, recipes)
		for i, name := range []string{"root.crt", "middle.crt", "leaf.crt"} {
			b.Write(name, CertificatePEM(c.certs[i].DER))
		}
		require.Contains(t, b.Run("verify -x509_strict -CAfile root.crt -untrusted middle.crt leaf.crt"), "OK")
		_, err := b.Try("verify -CAfile root.crt leaf.crt")
		require.Error(t, err, "without the intermediate")
		require.Equal(t, "subject="+c.certs[2].Subject.String()+"\n", b.Run("x509 -in leaf.crt -noout -subject"))
		require.Equal(t, "serial=03EA\n", b.Run("x509 -in leaf.crt -noout -serial"))
	}
}

func TestRequestsAndCertificatesBothWays(t *testing.T) {
	b := foreign.NewOpenSSL(t)
	_, private := makePair(t, EC{onCurve(14)})
	request, err := NewRequest(Name{{"O", "Example"}, {"CN", "cluster"}}, private)
	require.NoError(t, err)
	b.Write("ours.csr", RequestPEM(request))
	require.Contains(t, b.Run("req -in ours.csr -noout -verify"), "verify OK")

	b.Run("genrsa -out ca.key 2048")
	b.Run("req -new -x509 -days 3650 -key ca.key -out ca.crt -subj /C=US/O=Example/CN=ca")
	b.Run("x509 -req -days 365 -in ours.csr -CA ca.crt -CAkey ca.key -CAcreateserial -sha256 -out ours.crt")
	issuer, err := CertificateFromPEM(b.Read("ca.crt"))
	require.NoError(t, err)
	require.NoError(t, issuer.VerifyBy(issuer))
	require.Equal(t, "C = US, O = Example, CN = ca", issuer.Subject.String())
	leaf, err := CertificateFromPEM(b.Read("ours.crt"))
	require.NoError(t, err, "of version 1, as OpenSSL 3.0 writes it without extensions")
	require.NoError(t, leaf.VerifyBy(issuer))
	require.Equal(t, private.Public(), leaf.Public)
	require.Equal(t, []int{3, 1}, []int{issuer.Version, leaf.Version})

	b.Run("req -new -key ca.key -out root.csr -subj /CN=root")
	b.Run("x509 -req -in root.csr -signkey ca.key -out root.crt")
	root, err := CertificateFromPEM(b.Read("root.crt"))
	require.NoError(t, err)
	require.NoError(t, root.VerifyBy(root), "version 1 knows no constraints")

	b.Run("req -new -key ca.key -out theirs.csr -addext subjectAltName=DNS:example.com -subj", "/O=a\\/b/CN=x y")
	theirs, err := RequestFromPEM(b.Read("theirs.csr"))
	require.NoError(t, err)
	require.Equal(t, Name{{"O", "a/b"}, {"CN", "x y"}}, theirs.Subject)
}

package material

import (
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// chain is root, intermediate and leaf, with keys of the three recipes.
type chain struct {
	certs [3]*Certificate
	keys  [3]*Material // private
}

func makeChain(t testing.TB, recipes [3]Recipe) (c chain) {
	t.Helper()
	var issuer *Certificate
	for i, recipe := range recipes {
		_, c.keys[i] = makePair(t, recipe)
		signer := c.keys[max(0, i-1)]
		cert, err := NewCertificate(CertificateSpec{
			Serial:    big.NewInt(int64(1000 + i)),
			Subject:   Name{{"C", "US"}, {"O", "Example"}, {"CN", []string{"root", "middle", "leaf"}[i]}},
			NotBefore: time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC),
			NotAfter:  time.Date(2050, 1, 2, 3, 4, 5, 0, time.UTC),
			CA:        i < 2,
			Public:    c.keys[i],
		}, issuer, signer)
		require.NoError(t, err)
		c.certs[i], err = ParseCertificate(cert)
		require.NoError(t, err)
		issuer = c.certs[i]
	}
	return c
}

// chains mix the types of keys.
var chains = [][3]Recipe{
	{EC{onCurve(14)}, EC{onCurve(2)}, EC{onCurve(16)}},
	{RSA{2048, 65537}, EC{onCurve(14)}, RSA{2048, 65537}},
	{EC{onCurve(16)}, RSA{2048, 65537}, EC{onCurve(15)}},
	{EC{onCurve(13)}, EC{onCurve(15)}, DSA{2048}},
}

func TestCertificateChain(t *testing.T) {
	for _, recipes := range chains {
		c := makeChain(t, recipes)
		root, middle, leaf := c.certs[0], c.certs[1], c.certs[2]
		require.Equal(t, "C = US, O = Example, CN = leaf", leaf.Subject.String())
		require.Equal(t, "C = US, O = Example, CN = middle", leaf.Issuer.String())
		require.Equal(t, int64(1002), leaf.Serial.Int64())
		require.Equal(t, 2020, leaf.NotBefore.Year())
		require.Equal(t, 2050, leaf.NotAfter.Year())
		require.Equal(t, c.keys[2].Public(), leaf.Public)
		require.True(t, middle.CA)
		require.False(t, leaf.CA)

		require.NoError(t, root.VerifyBy(root))
		require.NoError(t, middle.VerifyBy(root))
		require.NoError(t, leaf.VerifyBy(middle))
		require.ErrorIs(t, leaf.VerifyBy(root), ErrIssuer, "another name")
		require.ErrorIs(t, leaf.VerifyBy(leaf), ErrIssuer, "no CA")

		again, err := CertificateFromPEM(CertificatePEM(leaf.DER))
		require.NoError(t, err)
		require.Equal(t, leaf, again)
	}
}

func TestCertificateOfAnotherKey(t *testing.T) {
	c := makeChain(t, chains[0])
	other := makeChain(t, chains[0])
	require.ErrorIs(t, c.certs[1].VerifyBy(other.certs[0]), ErrBadSignature, "same name, another key")

	spoilt := append([]byte(nil), c.certs[2].DER...)
	spoilt[len(spoilt)-1] ^= 1
	leaf, err := ParseCertificate(spoilt)
	require.NoError(t, err)
	require.ErrorIs(t, leaf.VerifyBy(c.certs[1]), ErrBadSignature)
}

func TestCertificateRefusals(t *testing.T) {
	c := makeChain(t, chains[0])
	good := CertificateSpec{Serial: big.NewInt(1), Subject: Name{{"CN", "x"}}, Public: c.keys[2]}
	_, err := NewCertificate(good, c.certs[0], c.keys[1])
	require.ErrorIs(t, err, ErrKeyMismatch, "the key is not the issuer's")
	for _, serial := range []*big.Int{nil, big.NewInt(0), big.NewInt(-1), new(big.Int).Lsh(big.NewInt(1), 160)} {
		spec := good
		spec.Serial = serial
		_, err := NewCertificate(spec, c.certs[0], c.keys[0])
		require.ErrorIs(t, err, ErrCertificate)
	}
	spec := good
	spec.Subject = Name{{"C", "U*"}}
	_, err = NewCertificate(spec, c.certs[0], c.keys[0])
	require.ErrorIs(t, err, ErrName)
	_, dsa := makePair(t, DSA{2048})
	_, err = NewRequest(Name{{"CN", "x"}}, dsa)
	require.ErrorIs(t, err, ErrKeyType, "no mechanism signs with DSA")

	_, err = ParseCertificate(append(append([]byte(nil), c.certs[0].DER...), 0))
	require.ErrorIs(t, err, ErrTrailing)
	_, err = CertificateFromPEM(PublicPEM(dsa))
	require.ErrorIs(t, err, ErrWrongBlock)
	_, err = ParseCertificate(make([]byte, MaxFile+1))
	require.ErrorIs(t, err, ErrTooLarge)
}

func TestRequest(t *testing.T) {
	for _, recipe := range []Recipe{EC{onCurve(2)}, EC{onCurve(14)}, EC{onCurve(16)}, RSA{2048, 65537}} {
		public, private := makePair(t, recipe)
		request, err := NewRequest(Name{{"O", "Example"}, {"CN", "cluster"}}, private)
		require.NoError(t, err)
		r, err := RequestFromPEM(RequestPEM(request))
		require.NoError(t, err)
		require.Equal(t, "O = Example, CN = cluster", r.Subject.String())
		require.Equal(t, public, r.Public)
		request[len(request)-1] ^= 1
		_, err = ParseRequest(request)
		require.ErrorIs(t, err, ErrBadSignature)
	}
}

func TestParseName(t *testing.T) {
	for _, c := range []struct {
		text string
		want Name
	}{
		{"/CN=x", Name{{"CN", "x"}}},
		{"/C=US/ST=WA/L=Seattle/O=Example, Inc./OU=HSM/CN=a b",
			Name{{"C", "US"}, {"ST", "WA"}, {"L", "Seattle"}, {"O", "Example, Inc."}, {"OU", "HSM"}, {"CN", "a b"}}},
		{`/O=a\/b\\c=d/CN=ü`, Name{{"O", `a/b\c=d`}, {"CN", "ü"}}},
		{"/emailAddress=a@example.com", Name{{"emailAddress", "a@example.com"}}},
	} {
		got, err := ParseName(c.text)
		require.NoError(t, err, c.text)
		require.Equal(t, c.want, got)
	}
	for _, bad := range []string{"", "CN=x", "/", "/CN", "/CN=", "/X=y", "/C=USA", "/C=ü", "//CN=x",
		"/emailAddress=ü@x", "/CN=\xff", "/O=" + string(make([]byte, 65))} {
		_, err := ParseName(bad)
		require.ErrorIs(t, err, ErrName, "%q", bad)
	}
}

package material

import (
	"bytes"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/cryptobyte"
)

func TestPEMRoundTrip(t *testing.T) {
	for _, recipe := range []Recipe{EC{onCurve(2)}, EC{onCurve(13)}, EC{onCurve(14)}, EC{onCurve(15)}, EC{onCurve(16)}, RSA{2048, 65537}, DSA{2048}} {
		public, private := makePair(t, recipe)
		got, err := PublicFromPEM(PublicPEM(private))
		require.NoError(t, err)
		require.Equal(t, public, got)
		data, err := privatePEM(private)
		require.NoError(t, err)
		got, err = PrivateFromPEM(data)
		require.NoError(t, err)
		require.Equal(t, private, got)
		_, err = privatePEM(public)
		require.ErrorIs(t, err, ErrKeyType)
	}
}

// openssl, and so the tool, reads PEM with text before and after.
func TestTextAroundABlockIsPassedOver(t *testing.T) {
	public, private := makePair(t, EC{onCurve(2)})
	key, err := privatePEM(private)
	require.NoError(t, err)
	for _, text := range []string{"made by me\n", "\n\n", "no line end", "-----not a block-----\n", "0x00\x00\n"} {
		got, err := PrivateFromPEM([]byte(string(key) + text))
		require.NoError(t, err, text)
		require.Equal(t, private, got)
		got, err = PublicFromPEM([]byte("in front\n" + string(PublicPEM(public)) + text))
		require.NoError(t, err, text)
		require.Equal(t, public, got)
		handle, _, err := ParseFakePEM([]byte(string(fakeOf(t, private)) + text))
		require.NoError(t, err, text)
		require.Equal(t, uint64(7), handle)
	}
}

func fakeOf(t *testing.T, m *Material) []byte {
	t.Helper()
	fake, err := FakePEM(m, 7)
	require.NoError(t, err)
	return fake
}

func TestPEMRefusals(t *testing.T) {
	_, private := makePair(t, EC{onCurve(2)})
	key, err := privatePEM(private)
	require.NoError(t, err)
	public := PublicPEM(private)
	certificate := encodePEM("CERTIFICATE", []byte{0x30, 0})
	encrypted := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: []byte{1},
		Headers: map[string]string{"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-128-CBC,00"}})
	pbes2 := oidBytes(1, 2, 840, 113549, 1, 5, 13)
	for _, c := range []struct {
		about string
		data  string
		want  error
	}{
		{"empty", "", ErrNotPEM},
		{"text", "hello", ErrNotPEM},
		{"zeros", string(make([]byte, 100)), ErrNotPEM},
		{"cut short", string(key[:len(key)-10]), ErrNotPEM},
		{"not base64", strings.Replace(string(key), "\n", "\n***", 1), ErrNotPEM},
		{"unreadable block in front", "-----BEGIN PRIVATE KEY-----\n*\n-----END PRIVATE KEY-----\n" + string(key), ErrNotPEM},
		{"broken block behind", string(key) + "-----BEGIN PRIVATE KEY-----\n*\n-----END PRIVATE KEY-----\n", ErrNotPEM},
		{"two keys", string(key) + string(key), ErrSeveralKeys},
		{"private and public", string(key) + string(public), ErrSeveralKeys},
		{"public key", string(public), ErrWrongBlock},
		{"certificate", string(certificate), ErrWrongBlock},
		{"encrypted PKCS#8", string(encodePEM("ENCRYPTED PRIVATE KEY", []byte{1})), ErrEncrypted},
		{"encrypted traditional", string(encrypted), ErrEncrypted},
		{"locked by PBES2 with PBKDF2", locked(pbes2, pbkdf2OID), ErrEncrypted},
		{"locked by PBES2 with scrypt", locked(pbes2, oidBytes(1, 3, 6, 1, 4, 1, 11591, 4, 11)), ErrLock},
		{"locked by PBES1", locked(oidBytes(1, 2, 840, 113549, 1, 5, 3)), ErrLock},
		{"locked by PBES1 of PKCS#12", locked(oidBytes(1, 2, 840, 113549, 1, 12, 1, 3)), ErrLock},
		{"PKCS#8 as PKCS#1", strings.ReplaceAll(string(key), "PRIVATE KEY", "RSA PRIVATE KEY"), ErrMalformed},
		{"too large", strings.Repeat("\n", MaxFile) + string(key), ErrTooLarge},
	} {
		_, err := PrivateFromPEM([]byte(c.data))
		require.ErrorIs(t, err, c.want, c.about)
		require.Equal(t, c.want == ErrLock, errors.Is(err, ErrLock), c.about)
	}
	_, err = PublicFromPEM(key)
	require.ErrorIs(t, err, ErrWrongBlock)
	_, err = PublicFromPEM(append(bytes.Clone(public), public...))
	require.ErrorIs(t, err, ErrSeveralKeys)
}

func TestPEMWhiteSpaceAndTextAreTaken(t *testing.T) {
	_, private := makePair(t, EC{onCurve(2)})
	key, err := privatePEM(private)
	require.NoError(t, err)
	for _, data := range []string{"Bag Attributes: <none>\n" + string(key), string(key) + "\n \t\r\n",
		strings.ReplaceAll(string(key), "\n", "\r\n")} {
		m, err := PrivateFromPEM([]byte(data))
		require.NoError(t, err)
		require.Equal(t, private, m)
	}
}

func TestPEMWithECParameters(t *testing.T) {
	curve := onCurve(2)
	scalar, point, err := curve.math.generate()
	require.NoError(t, err)
	parameters := func(curve *Curve) string {
		var b cryptobyte.Builder
		curve.addOID(&b)
		return string(encodePEM("EC PARAMETERS", b.BytesOrPanic()))
	}
	key := string(encodePEM("EC PRIVATE KEY", writeSEC1(curve, scalar, point)))
	m, err := PrivateFromPEM([]byte(parameters(curve) + key))
	require.NoError(t, err)
	require.Equal(t, point, m.Modulus)

	p384 := onCurve(14)
	for _, c := range []struct {
		about, data string
		want        error
	}{
		{"another curve", parameters(p384) + key, ErrKeyMismatch},
		{"parameters behind", key + parameters(curve), ErrSeveralKeys},
		{"parameters alone", parameters(curve), ErrWrongBlock},
		{"twice", parameters(curve) + parameters(curve) + key, ErrSeveralKeys},
		{"explicit", string(encodePEM("EC PARAMETERS", []byte{0x30, 3, 2, 1, 1})) + key, ErrNotNamedCurve},
		{"key without a curve", string(encodePEM("EC PRIVATE KEY", writeSEC1(nil, scalar, point))), ErrNotNamedCurve},
	} {
		_, err := PrivateFromPEM([]byte(c.data))
		require.ErrorIs(t, err, c.want, c.about)
	}
}

// locked is a PKCS#8 under a password, as far as the names of its ways to lock (RFC 5958, 3).
func locked(ways ...[]byte) string {
	return string(encodePEM("ENCRYPTED PRIVATE KEY", append([]byte{0x30, 0x80}, slices.Concat(ways...)...)))
}

// oidBytes is an object identifier in DER.
func oidBytes(numbers ...int) []byte {
	der, _ := asn1.Marshal(asn1.ObjectIdentifier(numbers))
	return der
}

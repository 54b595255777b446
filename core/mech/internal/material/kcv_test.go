package material

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
)

// unhex reads hexadecimal with blanks.
func unhex(t testing.TB, text string) []byte {
	t.Helper()
	value, err := hex.DecodeString(strings.Join(strings.Fields(text), ""))
	require.NoError(t, err)
	return value
}

func TestKCVOfDocumentedPoint(t *testing.T) {
	// spec/README.md 1
	point := unhex(t, "044a0f9d01d10f7437d9fa20995f0cc742552e5ba16d3d7e9a65a33e20ad3e569e"+
		"68eb62477a9960a87911e6121d112b698e469a0329a665eba74ee5ac55eae9f5")
	curve := onCurve(2)
	m, err := ParsePublic(ecSPKI(curve, point))
	require.NoError(t, err)
	require.Equal(t, "bbb32a", hex.EncodeToString(m.KCV))
	require.Equal(t, point, m.Modulus)
	require.Equal(t, 0x19f, m.Bits)
	require.Equal(t, 65, m.ValueLen)
}

func TestKCVOfDocumentedModulus(t *testing.T) {
	// spec/kmu.md 4.8
	modulus := unhex(t, `
		bb9301cc362c1d9724eb93da8adab0364296bde7124a241087d9436b9be57e4f7780040df03c2c1c0fe6e3b61aa83c20
		5280119452868f66541bbbffacbbe787b8284fc81deaeef2b8ec0ba25a077d6983c77a1de7b17cbe8e15b203868704c6
		452c2810344a7f2736012424cf0703cf15a37183a1d2d097240829f8f90b063dd3a41171402b162578d581980976653
		935431da0c1260bfe756d85dca63857d9f27a541676cb9c7def0ef6a2a89c9b9304bcac16fdf8183c0a555421f9ad5df
		eb534cf26b65873970cdf1a07484f1c128b53e10209cc6f7ac308669112968c81a5de408e7f644fe58b1a9ae1286fecb
		3e4203294a96fae06f8f0db7982cb5d7f`)
	m, err := NewRSAPublic(modulus, 65537)
	require.NoError(t, err)
	require.Equal(t, "c51c18", hex.EncodeToString(m.KCV))
	require.Equal(t, 0x800, m.Bits)
	require.Equal(t, 0x200, m.ValueLen)
	require.Equal(t, []byte{1, 0, 1}, m.Exponent)
}

func TestKCVOfSecrets(t *testing.T) {
	for _, c := range []struct {
		about   string
		keyType attr.KeyType
		value   string
		want    string
	}{
		{"the printed 3DES key of spec/kmu.md 4.6", attr.DES3,
			"1490D7AD D6E4F5FA A1956F24 8979F3EE 3721E654 1F3B8D62", "2e4b2c"},
		{"AES-128, GCM specification, test case 1: H = E(0, 0)", attr.AES,
			"00000000 00000000 00000000 00000000", "66e94b"},
		{"AES-256, GCM specification, test case 13", attr.AES, strings.Repeat("00", 32), "dc95c0"},
		{"generic secrets have none", attr.GenericSecret, "0102030405", "000000"},
		{"RC4 keys have none", attr.RC4, "0102030405", "000000"},
	} {
		m, err := NewSecret(c.keyType, unhex(t, c.value))
		require.NoError(t, err, c.about)
		require.Equal(t, c.want, hex.EncodeToString(m.KCV), c.about)
	}
}

package material

import (
	"crypto"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
)

// ed25519ph is the public key of RFC 8032, 7.3, whose check value is spec/cloudhsm-cli.md 8.3's.
const (
	ed25519phKey       = "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf"
	ed25519phSignature = "mKcCIvC4Ehqp0w+BPWg/gJ5GK0acf/h2OUmbuU5trkEx+FBCRjwqNVogA9BirfWqoQuMYeY2Biqq0RwqJgg0Bg=="
)

// ph is Ed25519ph of an input.
func ph(input Input) Mechanism {
	return Mechanism{Scheme: Ed25519ph, Hash: crypto.SHA512, Input: input}
}

func TestTheVectorOfEd25519ph(t *testing.T) {
	key, err := hex.DecodeString(ed25519phKey)
	require.NoError(t, err)
	public := edwardsPublic(key)
	require.Equal(t, "2788fc", hex.EncodeToString(public.KCV))
	signature, err := base64.StdEncoding.DecodeString(ed25519phSignature)
	require.NoError(t, err)
	require.NoError(t, Verify(public, ph(Message), []byte("abc"), signature))
	require.NoError(t, Verify(public, ph(Digest), ph(Message).digest([]byte("abc")), signature))
	require.ErrorIs(t, Verify(public, Mechanism{Scheme: Ed25519}, []byte("abc"), signature), ErrBadSignature)
	require.ErrorIs(t, Verify(public, ph(Digest), []byte("abc"), signature), ErrBadSignature)
}

func TestAnEdwardsPair(t *testing.T) {
	public, private := makePair(t, Edwards{})
	require.Equal(t, []int{32, 48}, []int{public.ValueLen, private.ValueLen})
	require.Equal(t, public.KCV, private.KCV)
	require.Zero(t, public.Bits)
	for _, m := range []Mechanism{{Scheme: Ed25519}, ph(Message)} {
		signature, err := Sign(private, m, []byte("message"))
		require.NoError(t, err)
		require.Len(t, signature, 64)
		require.NoError(t, Verify(public, m, []byte("message"), signature))
		require.ErrorIs(t, Verify(public, m, []byte("another"), signature), ErrBadSignature)
	}
	_, err := Sign(private, ph(Digest), make([]byte, 63))
	require.ErrorIs(t, err, ErrTooLong)
	for _, m := range []Mechanism{ECDSAWith(crypto.SHA256), {Scheme: MLDSA}} {
		_, err := Sign(private, m, nil)
		require.ErrorIs(t, err, ErrKeyType)
	}
	for _, m := range []Mechanism{{Scheme: Ed25519, Hash: crypto.SHA512}, {Scheme: Ed25519, Input: Digest}, {Scheme: Ed25519ph, Hash: crypto.SHA256}} {
		_, err := Sign(private, m, nil)
		require.ErrorIs(t, err, ErrUnknownMechanism)
	}
	comesBack(t, public, private)
}

// comesBack reads both halves of a pair again, from outside, from a saved world and from a file.
func comesBack(t *testing.T, public, private *Material) {
	t.Helper()
	got, err := ParseAnyPublic(public.SPKI)
	require.NoError(t, err)
	require.Equal(t, public, got)
	got, err = ParseAnyPrivate(Value(private))
	require.NoError(t, err)
	require.Equal(t, private, got)
	got, err = AnyPublicFromPEM(PublicPEM(private))
	require.NoError(t, err)
	require.Equal(t, public, got)
	for _, m := range []*Material{public, private} {
		got, err = Load(m.Class, m.Type, Value(m))
		require.NoError(t, err)
		require.Equal(t, m, got)
	}
	_, err = ParsePublic(public.SPKI)
	require.ErrorIs(t, err, ErrUnsupportedAlgorithm)
	_, err = ParsePrivate(Value(private))
	require.ErrorIs(t, err, ErrUnsupportedAlgorithm)
	_, err = PublicFromPEM(PublicPEM(private))
	require.ErrorIs(t, err, ErrUnsupportedAlgorithm)
	require.ErrorIs(t, func() error { _, err := FakePEM(private, 6); return err }(), ErrKeyType)
}

// Points that are none: y = 2 has no x, y = p is not the shortest form, x = 0 has no odd root.
func TestPointsThatAreNotOnEdwardsCurve(t *testing.T) {
	for hexPoint, on := range map[string]bool{
		ed25519phKey: true, "01" + strings.Repeat("00", 31): true, "5866666666666666666666666666666666666666666666666666666666666666": true,
		"02" + strings.Repeat("00", 31): false, "ed" + strings.Repeat("ff", 30) + "7f": false, "01" + strings.Repeat("00", 30) + "80": false,
	} {
		point, err := hex.DecodeString(hexPoint)
		require.NoError(t, err)
		_, err = ParseAnyPublic(writeSPKI(oidEd25519, withoutParams, point))
		if on {
			require.NoError(t, err, hexPoint)
		} else {
			require.ErrorIs(t, err, ErrPointNotOnCurve, hexPoint)
		}
	}
	_, err := ParseAnyPublic(writeSPKI(oidEd25519, withoutParams, make([]byte, 31)))
	require.ErrorIs(t, err, ErrPointLength)
	_, err = ParseAnyPublic(writeSPKI(oidEd25519, addNull, make([]byte, 32)))
	require.ErrorIs(t, err, ErrMalformed)
}

// spec/cloudhsm-cli.md 8.3.
func TestKnownCheckValues(t *testing.T) {
	point := func(curve int, text string) *Material {
		raw, err := hex.DecodeString(text)
		require.NoError(t, err)
		return ecPublic(onCurve(curve), raw)
	}
	modulus := func(text string) *Material {
		raw, err := hex.DecodeString(text)
		require.NoError(t, err)
		m, err := NewRSAPublic(raw, 65537)
		require.NoError(t, err)
		return m
	}
	for want, m := range map[string]*Material{
		"bbb32a": point(2, "044a0f9d01d10f7437d9fa20995f0cc742552e5ba16d3d7e9a65a33e20ad3e569e68eb62477a9960a87911e6121d112b698e469a0329a665eba74ee5ac55eae9f5"),
		"d7c1a7": point(13, "047096513df542250a6b228fd9cb67fd0c903abc93488467681974d6f371083fce1d79da8ad1e9ede745fb9f38ac8622a1b3ebe9270556000c"),
		"c51c18": modulus("bb9301cc362c1d9724eb93da8adab0364296bde7124a241087d9436b9be57e4f7780040df03c2c1c0fe6e3b61aa83c205280119452868f66541bbbffacbbe787b8284fc81deaeef2b8ec0ba25a077d6983c77a1de7b17cbe8e15b203868704c6452c2810344a7f2736012424cf0703cf15a37183a1d2d097240829f8f90b063dd3a41171402b162578d581980976653935431da0c1260bfe756d85dca63857d9f27a541676cb9c7def0ef6a2a89c9b9304bcac16fdf8183c0a555421f9ad5dfeb534cf26b65873970cdf1a07484f1c128b53e10209cc6f7ac308669112968c81a5de408e7f644fe58b1a9ae1286fecb3e4203294a96fae06f8f0db7982cb5d7f"),
		"01fe6e": modulus("b1d27e857a876f4e9fd5de748a763c539b359f937eb4b4260e30d1435485a732c878cdad9c72538e2215351b1d41358c9bf80b599c73a80fdb457aa7b20cd61e486c326e2cfd5e124a7f6a996437437812b542e3caf85928aa866f0298580f7967ee6aa01440297d7308fdd9b76b70d1b67f12634df6e6296d6c116d5744c6d60d14d3bf3cb978fe6b75ac67b7089bafd50d8687213b31abc7dc1bad422780d29c851d5102b56f932551eaf52a9591fd8c43d81ecc133022653225bd129f8491101725e9ea33e1ded83fb57af35f847e532eb30cd7e726f23910d2671c6364092e834697ec3cef72cc23615a1ba7c5e100156ae0acac3160f0ca9725d38318b7"),
		"218f50": modulus("bdf471a3d2a869492f51c767bece8780730ae6479a9a75efffe7cea3594fb28ca518630e7b1d988b45d2fedc830b7ab848448c24c476cacb73d1523278aed289551e07af0fbfabe4811cc4601678bd097b5c0a578249ed1eb0e4878a80ba1ed85ac46eb1fee60d2a8bdd322075196dec4b57fa2cd82af44ad068115ac219bc073ec65c19c97bd883cf26931408d7bc51e237626b8b9b8f2485425907a0eb42f2f4c40018c8dac7ceeb1b646305a2e537ab904346883e41d568264abee0137048e4657d2cf72801810f3212f662b7a7ae134848b922771f6a30aa76718008d9cc74ff8ddcd8d867b05c3d40020d1514999af96889911467191b9f390d8de07f83"),
	} {
		require.Equal(t, want, hex.EncodeToString(m.KCV))
		require.Equal(t, map[attr.KeyType]int{attr.RSA: 512, attr.EC: len(m.Modulus)}[m.Type], m.ValueLen)
	}
}

// spec/cloudhsm-cli.md 3.2: a private key is as long as its PKCS#8.
func TestLengthsOfPrivateKeys(t *testing.T) {
	for curve, want := range map[int][2]int{13: {57, 122}, 2: {65, 138}, 16: {65, 135}, 14: {97, 185}, 15: {133, 241}} {
		public, private := makePair(t, EC{onCurve(curve)})
		require.Equal(t, want, [2]int{public.ValueLen, private.ValueLen}, onCurve(curve).Name)
	}
}

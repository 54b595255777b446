package material

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
)

func makePair(t testing.TB, recipe Recipe) (public, private *Material) {
	t.Helper()
	pair, err := recipe.Make(t.Context(), testRSA)
	require.NoError(t, err)
	require.Len(t, pair, 2)
	return pair[0], pair[1]
}

func TestECPair(t *testing.T) {
	for _, c := range []struct {
		id, nid, point, pkcs8 int
	}{
		{2, 0x19f, 65, 138},
		{13, 713, 57, 122},
		{14, 0x2cb, 97, 185},
		{15, 716, 133, 241},
		{16, 0x2ca, 65, 135},
	} {
		public, private := makePair(t, EC{Curve: onCurve(c.id)})
		require.Equal(t, attr.Public, public.Class)
		require.Equal(t, attr.PrivateKey, private.Class)
		require.Equal(t, attr.EC, private.Type)
		require.Equal(t, c.nid, private.Bits)
		require.Len(t, public.Modulus, c.point)
		require.Equal(t, c.point, public.ValueLen, "spec/kmu.md 4.5, point length")
		require.Equal(t, c.pkcs8, private.ValueLen, "spec/kmu.md 4.5, PKCS#8 length")
		require.Len(t, private.value, c.pkcs8)
		require.Equal(t, public.KCV, private.KCV, "both halves show the same KCV")
		require.Equal(t, public, private.Public())

		again, err := ParsePublic(public.value)
		require.NoError(t, err)
		require.Equal(t, public, again)
		again, err = ParsePrivate(private.value)
		require.NoError(t, err)
		require.Equal(t, private, again)
	}
}

// A pair that the source has ready is taken, and one that is not fit is not: then one is made.
func TestAPairThatIsReady(t *testing.T) {
	scalar, point, err := onCurve(14).math.generate()
	require.NoError(t, err)
	other := bytes.Clone(point)
	other[96]++ // a point that is not on the curve
	for _, c := range []struct {
		name  string
		pair  []byte
		taken bool
	}{
		{"a pair", slices.Concat(scalar, point), true},
		{"none", nil, false},
		{"a part of a scalar", scalar[1:], false},
		{"a scalar alone", scalar, false},
		{"a scalar that is too short", slices.Concat(scalar[1:], point), false},
		{"a point that is not on the curve", slices.Concat(scalar, other), false},
		{"a point of another length", slices.Concat(scalar, point[:96]), false},
		{"a compressed point", slices.Concat(scalar, []byte{2 + point[96]&1}, point[1:49]), false},
	} {
		source := Source{Pair: func(curve string) []byte {
			require.Equal(t, "P-384", curve, c.name)
			return c.pair
		}}
		public, private := makePairFrom(t, EC{Curve: onCurve(14)}, source)
		require.Equal(t, c.taken, bytes.Equal(point, public.Modulus), c.name)
		_, err := ParsePrivate(private.value)
		require.NoError(t, err, c.name)
	}
}

func TestECRefusesOtherCurves(t *testing.T) {
	for _, id := range []int{0, 1, 3, 12, 17} {
		_, err := EC{Curve: onCurve(id)}.Make(t.Context(), Source{})
		require.ErrorIs(t, err, ErrUnsupportedCurve, "id %d", id)
	}
}

func TestCurveTable(t *testing.T) {
	require.Len(t, Curves, 16)
	for _, c := range Curves {
		byOID, _ := CurveByOID(c.OID)
		byNID, _ := CurveByNID(c.NID)
		byName, _ := CurveNamed(c.Name)
		require.Same(t, c, byName)
		require.Same(t, c, byOID)
		require.Same(t, c, byNID)
	}
	_, ok := CurveNamed("28")
	require.False(t, ok)
}

// badPoints are public points that no curve accepts, made from a good one.
var badPoints = []struct {
	about string
	spoil func(point []byte) []byte
	want  error
}{
	{"infinity", func([]byte) []byte { return []byte{0} }, ErrPointAtInfinity},
	{"empty", func([]byte) []byte { return nil }, ErrPointLength},
	{"another y", func(p []byte) []byte { p[len(p)-1] ^= 1; return p }, ErrPointNotOnCurve},
	{"hybrid form", func(p []byte) []byte { p[0] = 6 | p[len(p)-1]&1; return p }, ErrPointForm},
	{"cut short", func(p []byte) []byte { return p[:len(p)-1] }, ErrPointLength},
	{"one byte more", func(p []byte) []byte { return append(p, 0) }, ErrPointLength},
	{"x beyond the field", func(p []byte) []byte {
		for i := range (len(p) - 1) / 2 {
			p[1+i] = 0xff
		}
		return p
	}, ErrPointNotOnCurve},
	{"origin", func(p []byte) []byte { clear(p[1:]); return p }, ErrPointNotOnCurve},
}

func TestPointsRefused(t *testing.T) {
	for _, curve := range computedCurves() {
		_, good, err := curve.math.generate()
		require.NoError(t, err)
		for _, c := range badPoints {
			spoilt := c.spoil(append([]byte(nil), good...))
			_, err := ParsePublic(ecSPKI(curve, spoilt))
			require.ErrorIs(t, err, c.want, "%s on %s", c.about, curve.Nick)
		}
	}
}

func TestCompressedPointsAreTaken(t *testing.T) {
	for _, curve := range computedCurves() {
		for range 4 {
			_, point, err := curve.math.generate()
			require.NoError(t, err)
			half := (len(point) - 1) / 2
			short := append([]byte{2 | point[len(point)-1]&1}, point[1:1+half]...)
			m, err := ParsePublic(ecSPKI(curve, short))
			require.NoError(t, err, curve.Nick)
			require.Equal(t, point, m.Modulus, curve.Nick)
		}
	}
}

func TestScalars(t *testing.T) {
	orders := map[int]string{
		2:  "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
		16: "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
	}
	for _, id := range []int{2, 16} {
		curve := onCurve(id)
		order := unhex(t, orders[id])
		below := append([]byte(nil), order...)
		below[31]--
		for _, bad := range [][]byte{nil, make([]byte, 32), order, append([]byte{1}, order...)} {
			_, _, err := curve.math.public(bad)
			require.ErrorIs(t, err, ErrScalarRange, "%s: %x", curve.Nick, bad)
		}
		for _, good := range [][]byte{{1}, append([]byte{0, 0}, below...), below} {
			full, point, err := curve.math.public(good)
			require.NoError(t, err)
			require.Len(t, full, 32)
			require.Len(t, point, 65)
		}
	}
}

func TestSecp256k1Arithmetic(t *testing.T) {
	scalar, point, err := koblitz{}.public([]byte{1})
	require.NoError(t, err)
	require.Equal(t, unhex(t, "04 79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"+
		"483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"), point, "SEC 2, 2.4.1")
	digest := sha256.Sum256([]byte("message"))
	signature, err := koblitz{}.sign(scalar, digest[:])
	require.NoError(t, err)
	require.True(t, koblitz{}.verify(point, digest[:], signature))
	digest[0] ^= 1
	require.False(t, koblitz{}.verify(point, digest[:], signature))
}

func computedCurves() (curves []*Curve) {
	for _, c := range Curves {
		if c.Computed() {
			curves = append(curves, c)
		}
	}
	return curves
}

package material

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
)

// That the secrets are right is compared with OpenSSL in core/openssl.
func TestMontgomery(t *testing.T) {
	var pairs [2][]*Material
	for i := range pairs {
		pair, err := Montgomery{}.Make(t.Context(), Source{})
		require.NoError(t, err)
		pairs[i] = pair
		require.Equal(t, attr.Montgomery, pair[1].Type)
		private, err := ParseModernPrivate(Value(pair[1]))
		require.NoError(t, err)
		require.Equal(t, pair[1], private)
		public, err := ParseModernPublic(pair[0].SPKI)
		require.NoError(t, err)
		require.Equal(t, pair[0], public)
	}
	one, err := Agree(pairs[0][1], pairs[1][0])
	require.NoError(t, err)
	other, err := Agree(pairs[1][1], pairs[0][0])
	require.NoError(t, err)
	require.Equal(t, one, other)

	zero, err := ParseModernPublic(writeSPKI(oidX25519, withoutParams, make([]byte, 32)))
	require.NoError(t, err)
	_, err = Agree(pairs[0][1], zero)
	require.Equal(t, ErrPointNotOnCurve, err)
	_, err = SignPrehashed(pairs[0][1], Prehashed{}, []byte("m"))
	require.Equal(t, ErrKeyType, err)
}

// No HSM takes what only the client machine's openssl knows, and openssl 3.0 knows no ML-DSA.
func TestWhoKnowsWhichAlgorithm(t *testing.T) {
	pair, err := Montgomery{}.Make(t.Context(), Source{})
	require.NoError(t, err)
	for _, parse := range []func([]byte) (*Material, error){ParsePublic, ParseAnyPublic} {
		_, err = parse(pair[0].SPKI)
		require.Equal(t, ErrUnsupportedAlgorithm, err)
	}
	_, err = ParseAnyPrivate(Value(pair[1]))
	require.Equal(t, ErrUnsupportedAlgorithm, err)
	lattice, err := Lattices[0].Make(t.Context(), Source{})
	require.NoError(t, err)
	_, err = ParseModernPublic(lattice[0].SPKI)
	require.Equal(t, ErrUnsupportedAlgorithm, err)
}

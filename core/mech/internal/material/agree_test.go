package material

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Two keys of a curve agree, each with the other's public half, and keys of two curves do not.
func TestAgree(t *testing.T) {
	pair := func(nid int) *Material {
		keys, err := EC{onCurve(nid)}.Make(t.Context(), Source{})
		require.NoError(t, err)
		return keys[1]
	}
	for _, row := range []struct {
		curve string
		nid   int
		err   error
	}{{"P-256", 2, nil}, {"P-384", 14, nil}, {"secp256k1", 16, nil}, {"P-521", 15, nil}, {"P-224", 13, ErrUnsupportedCurve}} {
		t.Run(row.curve, func(t *testing.T) {
			own, other := pair(row.nid), pair(row.nid)
			shared, err := Agree(own, other.Public())
			require.ErrorIs(t, err, row.err)
			again, err := Agree(other, own.Public())
			require.ErrorIs(t, err, row.err)
			require.Equal(t, shared, again)
			if row.err == nil {
				require.Len(t, shared, (own.Curve().Bits+7)/8)
			}
		})
	}
	_, err := Agree(pair(2), pair(16).Public())
	require.ErrorIs(t, err, ErrKeyType)
}

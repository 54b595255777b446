package material

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
)

func TestDSAPair(t *testing.T) {
	for _, c := range []struct{ bits, pkcs8 int }{{2048, 616}, {3072, 872}} {
		public, private := makePair(t, DSA{Bits: c.bits})
		require.Equal(t, attr.DSA, private.Type)
		require.InDelta(t, c.pkcs8, private.ValueLen, 3, "spec/kmu.md 4.5, PKCS#8 with a q of 256 bits")
		require.Equal(t, len(public.SPKI), public.ValueLen)
		require.Nil(t, public.Modulus, "DSA keys show no modulus (spec/kmu.md 4.3)")
		require.Equal(t, public.KCV, private.KCV)
		again, err := ParsePrivate(private.value)
		require.NoError(t, err)
		require.Equal(t, private, again)
		again, err = ParsePublic(public.value)
		require.NoError(t, err)
		require.Equal(t, public, again)
	}
	_, err := DSA{Bits: 1024}.Make(t.Context(), Source{})
	require.ErrorIs(t, err, ErrModulusSize)
}

package material

import (
	"crypto/sha3"
	"encoding/hex"
	"slices"
	"testing"

	"filippo.io/mldsa"
	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
)

// muOf is what stands for a message without a context (FIPS 204, algorithms 2 and 7).
func muOf(public *Material, message []byte) []byte {
	tr, mu := make([]byte, 64), make([]byte, MuSize)
	h := sha3.NewSHAKE256()
	h.Write(public.mldsaPublic())
	h.Read(tr)
	h.Reset()
	h.Write(tr)
	h.Write([]byte{0, 0})
	h.Write(message)
	h.Read(mu)
	return mu
}

func TestLatticePairs(t *testing.T) {
	pure, mu := Mechanism{Scheme: MLDSA}, Mechanism{Scheme: MLDSA, Input: Mu}
	message := []byte("message")
	for i, l := range Lattices {
		public, private := makePair(t, l)
		require.Same(t, l, private.Lattice())
		require.Equal(t, l.Name, public.Describe())
		require.Equal(t, [][2]int{{1312, 2560}, {1952, 4032}, {2592, 4896}}[i], [2]int{public.ValueLen, private.ValueLen})
		require.Equal(t, [2]int{0, 0}, [2]int{len(public.Modulus), public.Bits})
		signature, err := Sign(private, pure, message)
		require.NoError(t, err)
		require.Len(t, signature, []int{2420, 3309, 4627}[i])
		again, err := Sign(private, pure, message)
		require.NoError(t, err)
		require.NotEqual(t, signature, again, "it is hedged")
		ofMu, err := Sign(private, mu, muOf(public, message))
		require.NoError(t, err)
		for _, s := range [][]byte{signature, again, ofMu} {
			require.NoError(t, Verify(public, pure, message, s))
			require.NoError(t, Verify(public, mu, muOf(public, message), s))
			require.ErrorIs(t, Verify(public, mu, muOf(public, []byte("another")), s), ErrBadSignature)
			require.ErrorIs(t, Verify(public, mu, message, s), ErrBadSignature)
			for _, at := range []int{0, 100, len(s) - 1} {
				wrong := slices.Clone(s)
				wrong[at] ^= 1
				require.ErrorIs(t, Verify(public, mu, muOf(public, message), wrong), ErrBadSignature)
			}
			require.ErrorIs(t, Verify(public, mu, muOf(public, message), s[1:]), ErrBadSignature)
		}
		_, err = Sign(private, mu, message)
		require.ErrorIs(t, err, ErrTooLong)
		comesBack(t, public, private)
	}
	_, known := LatticeNamed("ML-DSA-43")
	require.False(t, known)
	require.Nil(t, (&Material{Type: attr.EC}).Lattice())
}

// Private keys are kept as RFC 9881, 6 advises: the seed alone.
func TestLatticeKeysOfASeed(t *testing.T) {
	seed := make([]byte, 32)
	for i := range seed {
		seed[i] = byte(i)
	}
	for _, l := range Lattices {
		key, err := mldsa.NewPrivateKey(l.params, seed)
		require.NoError(t, err)
		private := l.private(key)
		require.Equal(t, "8020"+hex.EncodeToString(seed), hex.EncodeToString(Value(private)[len(Value(private))-34:]))
		require.Len(t, Value(private), 54, "RFC 9881, C.1: the seed alone")
	}
	for _, wrong := range []string{"", "8020", "801f" + hex.EncodeToString(seed[1:]), "0420" + hex.EncodeToString(seed), "8020" + hex.EncodeToString(seed) + "00"} {
		key, _ := hex.DecodeString(wrong)
		_, err := ParseAnyPrivate(writePKCS8(Lattices[0].OID, withoutParams, key))
		require.ErrorIs(t, err, ErrMalformed, wrong)
	}
	_, err := ParseAnyPublic(writeSPKI(Lattices[0].OID, withoutParams, make([]byte, 1311)))
	require.ErrorIs(t, err, ErrMalformed)
	_, err = ParseAnyPublic(writeSPKI(Lattices[0].OID, addNull, make([]byte, 1312)))
	require.ErrorIs(t, err, ErrMalformed)
}

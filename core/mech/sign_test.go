package mech

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
)

// signers are one pair per type and curve.
func signers(t testing.TB) (pairs [][2]*Material) {
	for _, recipe := range []Recipe{RSA{2048, 65537}, EC{2}, EC{13}, EC{14}, EC{15}, EC{16}} {
		public, private := makePair(t, recipe)
		pairs = append(pairs, [2]*Material{public, private})
	}
	return pairs
}

func TestVerifyTakesWhatSignMade(t *testing.T) {
	message := []byte("message")
	for _, pair := range signers(t) {
		public, private := pair[0], pair[1]
		for _, row := range SignMechanisms {
			signature, err := Sign(private, row.Number, message)
			if row.Type != private.Type {
				require.ErrorIs(t, err, ErrKeyType)
				require.ErrorIs(t, Verify(public, row.Number, message, nil), ErrKeyType)
				continue
			}
			require.NoError(t, err, row.Name)
			if row.Type == attr.RSA {
				require.Len(t, signature, 256)
			}
			require.NoError(t, Verify(public, row.Number, message, signature), row.Name)
			checkWrongSignatures(t, public, row, message, signature)
		}
	}
}

func checkWrongSignatures(t *testing.T, public *Material, row SignMechanism, message, signature []byte) {
	t.Helper()
	require.ErrorIs(t, Verify(public, row.Number, append(message, '!'), signature), ErrBadSignature)
	for _, wrong := range [][]byte{nil, signature[:len(signature)-1], append([]byte{0}, signature...),
		append(append([]byte(nil), signature...), 0)} {
		require.ErrorIs(t, Verify(public, row.Number, message, wrong), ErrBadSignature, row.Name)
	}
	for _, other := range SignMechanisms {
		if other.Type == row.Type && other.Number != row.Number {
			require.ErrorIs(t, Verify(public, other.Number, message, signature), ErrBadSignature)
		}
	}
}

func TestSignRefusals(t *testing.T) {
	public, private := makePair(t, EC{2})
	for _, number := range []int{-1, 10, 14, 20} {
		_, err := Sign(private, number, nil)
		require.ErrorIs(t, err, ErrUnknownMechanism)
		require.ErrorIs(t, Verify(public, number, nil, nil), ErrUnknownMechanism)
	}
	_, err := Sign(public, 17, nil)
	require.ErrorIs(t, err, ErrKeyType, "a public key does not sign")
	require.ErrorIs(t, Verify(private, 17, nil, nil), ErrKeyType, "a private key does not verify")
	_, dsa := makePair(t, DSA{2048})
	_, err = Sign(dsa, 1, nil)
	require.ErrorIs(t, err, ErrKeyType, "no mechanism is documented for DSA")
}

package material

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
)

// signers are one pair per type and curve.
func signers(t testing.TB) (pairs [][2]*Material) {
	for _, recipe := range []Recipe{RSA{2048, 65537}, EC{onCurve(2)}, EC{onCurve(13)}, EC{onCurve(14)}, EC{onCurve(15)}, EC{onCurve(16)}} {
		public, private := makePair(t, recipe)
		pairs = append(pairs, [2]*Material{public, private})
	}
	return pairs
}

func TestVerifyTakesWhatSignMade(t *testing.T) {
	message := []byte("message")
	for _, pair := range signers(t) {
		public, private := pair[0], pair[1]
		for _, number := range mechanismNumbers {
			row := signBy(number)
			signature, err := Sign(private, row, message)
			keyType, _ := row.Type()
			if keyType != private.Type {
				require.ErrorIs(t, err, ErrKeyType)
				require.ErrorIs(t, Verify(public, row, message, nil), ErrKeyType)
				continue
			}
			require.NoError(t, err, row)
			if keyType == attr.RSA {
				require.Len(t, signature, 256)
			}
			require.NoError(t, Verify(public, row, message, signature), row)
			checkWrongSignatures(t, public, row, message, signature)
		}
	}
}

func checkWrongSignatures(t *testing.T, public *Material, row Mechanism, message, signature []byte) {
	t.Helper()
	require.ErrorIs(t, Verify(public, row, append(message, '!'), signature), ErrBadSignature)
	for _, wrong := range [][]byte{nil, signature[:len(signature)-1], append([]byte{0}, signature...),
		append(append([]byte(nil), signature...), 0)} {
		require.ErrorIs(t, Verify(public, row, message, wrong), ErrBadSignature, row)
	}
	for _, number := range mechanismNumbers {
		other := signBy(number)
		if (other.Scheme == ECDSA) == (row.Scheme == ECDSA) && other != row {
			require.ErrorIs(t, Verify(public, other, message, signature), ErrBadSignature)
		}
	}
}

func TestSignRefusals(t *testing.T) {
	public, private := makePair(t, EC{onCurve(2)})
	for _, number := range []int{-1, 10, 14, 20} {
		_, err := Sign(private, signBy(number), nil)
		require.ErrorIs(t, err, ErrUnknownMechanism)
		require.ErrorIs(t, Verify(public, signBy(number), nil, nil), ErrUnknownMechanism)
	}
	_, err := Sign(public, signBy(17), nil)
	require.ErrorIs(t, err, ErrKeyType, "a public key does not sign")
	require.ErrorIs(t, Verify(private, signBy(17), nil, nil), ErrKeyType, "a private key does not verify")
	_, dsa := makePair(t, DSA{2048})
	_, err = Sign(dsa, signBy(1), nil)
	require.ErrorIs(t, err, ErrKeyType, "no mechanism is documented for DSA")
}

package material

import (
	"crypto"
	"crypto/rsa"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestADigestSignedIsAMessageSigned(t *testing.T) {
	message := []byte("message")
	for _, c := range []struct {
		recipe    Recipe
		how       Prehashed
		mechanism int
	}{
		{RSA{2048, 65537}, Prehashed{Hash: crypto.SHA256}, 1},
		{RSA{2048, 65537}, Prehashed{Hash: crypto.SHA384, PSS: true, Salt: rsa.PSSSaltLengthEqualsHash}, 7},
		{EC{onCurve(14)}, Prehashed{Hash: crypto.SHA512}, 19},
		{EC{onCurve(16)}, Prehashed{Hash: crypto.SHA256}, 17},
	} {
		public, private := makePair(t, c.recipe)
		digest := signBy(c.mechanism).digest(message)
		signature, err := SignPrehashed(private, c.how, digest)
		require.NoError(t, err)
		require.NoError(t, Verify(public, signBy(c.mechanism), message, signature))
		signature, err = Sign(private, signBy(c.mechanism), message)
		require.NoError(t, err)
		require.NoError(t, c.how.Verify(public, digest, signature))
		signature[len(signature)-1] ^= 1
		require.ErrorIs(t, c.how.Verify(public, digest, signature), ErrBadSignature)
	}
}

func TestADigestThatIsNotSigned(t *testing.T) {
	public, private := makePair(t, RSA{2048, 65537})
	how := Prehashed{Hash: crypto.SHA256}
	_, err := SignPrehashed(private, how, make([]byte, 31))
	require.ErrorIs(t, err, ErrTooLong, "another length than the hash's")
	_, err = SignPrehashed(private, Prehashed{Hash: crypto.SHA256, PSS: true, Salt: 223}, make([]byte, 32))
	require.ErrorIs(t, err, ErrTooLong, "256 bytes hold 32 of digest, 2 more, and 222 of salt")
	_, err = SignPrehashed(public, how, make([]byte, 32))
	require.ErrorIs(t, err, ErrKeyType)
	require.ErrorIs(t, how.Verify(private, make([]byte, 32), nil), ErrKeyType)
	_, dsa := makePair(t, DSA{2048})
	_, err = SignPrehashed(dsa, how, make([]byte, 32))
	require.ErrorIs(t, err, ErrKeyType)
}

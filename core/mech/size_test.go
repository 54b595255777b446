package mech

import (
	"crypto"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
)

func TestSize(t *testing.T) {
	for _, c := range []struct {
		recipe Recipe
		want   int
	}{
		{EC{14}, 14}, {EC{16}, 16}, {RSA{2048, 65537}, 2048}, {DSA{2048}, 2048}, {DSA{3072}, 3072},
		{SecretKey{attr.AES, 24}, 24},
	} {
		made, err := c.recipe.Make(t.Context(), testRSA)
		require.NoError(t, err)
		for _, m := range made {
			require.Equal(t, c.want, m.Size(), "%+v", c.recipe)
		}
	}
}

func TestVerifyDigest(t *testing.T) {
	public, private := makePair(t, RSA{2048, 65537})
	signature, err := Sign(private, 1, []byte("message"))
	require.NoError(t, err)
	digest := digestOf(crypto.SHA256, []byte("message"))
	require.NoError(t, VerifyDigest(public, digest, signature))
	require.ErrorIs(t, VerifyDigest(public, digest[:31], signature), ErrBadSignature)
	require.ErrorIs(t, VerifyDigest(public, digestOf(crypto.SHA256, nil), signature), ErrBadSignature)
	require.ErrorIs(t, VerifyDigest(private, digest, signature), ErrKeyType)
	ec, _ := makePair(t, EC{2})
	require.ErrorIs(t, VerifyDigest(ec, digest, signature), ErrKeyType)
}

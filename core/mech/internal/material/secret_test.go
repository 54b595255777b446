package material

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
)

func TestSecretSizes(t *testing.T) {
	for _, c := range []struct {
		keyType attr.KeyType
		good    []int
		bad     []int
	}{
		{attr.AES, []int{16, 24, 32}, []int{-1, 0, 8, 31, 33, 64}},
		{attr.DES3, []int{24}, []int{0, 8, 16, 32}},
		{attr.GenericSecret, []int{1, 100, 3583}, []int{-1, 0, 3584}},
		{attr.RC4, []int{1, 256}, []int{0, 257}},
		{attr.RSA, nil, []int{16}},
	} {
		for _, size := range c.good {
			made, err := SecretKey{c.keyType, size}.Make(t.Context(), Source{})
			require.NoError(t, err)
			require.Len(t, made, 1)
			require.Equal(t, size, made[0].ValueLen)
			require.Equal(t, attr.Secret, made[0].Class)
			require.Nil(t, made[0].Public(), "a secret has no public half")
		}
		for _, size := range c.bad {
			_, err := SecretKey{c.keyType, size}.Make(t.Context(), Source{})
			require.ErrorIs(t, err, ErrKeyLength, "%s of %d bytes", c.keyType.Show(), size)
		}
	}
}

func TestSecretKeepsItsOwnCopy(t *testing.T) {
	value := make([]byte, 16)
	m, err := NewSecret(attr.AES, value)
	require.NoError(t, err)
	value[0] = 1
	require.Equal(t, byte(0), m.value[0])
}

func TestLoad(t *testing.T) {
	var made []*Material
	for _, recipe := range []Recipe{EC{onCurve(14)}, EC{onCurve(16)}, RSA{2048, 65537}, DSA{2048}, SecretKey{attr.AES, 32}} {
		keys, err := recipe.Make(t.Context(), testRSA)
		require.NoError(t, err)
		made = append(made, keys...)
	}
	for _, want := range made {
		got, err := Load(want.Class, want.Type, want.value)
		require.NoError(t, err)
		require.Equal(t, want, got)
		for _, other := range []attr.KeyType{attr.RSA, attr.DSA, attr.EC} {
			if other != want.Type {
				_, err = Load(want.Class, other, want.value)
				require.Error(t, err, "%s as %s", want.Type.Show(), other.Show())
			}
		}
	}
}

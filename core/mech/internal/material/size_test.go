package material

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
)

func TestSize(t *testing.T) {
	for _, c := range []struct {
		recipe Recipe
		want   int
	}{
		{EC{onCurve(14)}, 0}, {RSA{2048, 65537}, 2048}, {DSA{2048}, 2048}, {DSA{3072}, 3072},
		{SecretKey{attr.AES, 24}, 24},
	} {
		made, err := c.recipe.Make(t.Context(), testRSA)
		require.NoError(t, err)
		for _, m := range made {
			require.Equal(t, c.want, m.Size(), "%+v", c.recipe)
		}
	}
}

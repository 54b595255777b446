package material

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAPrivateKeyIsOneInAnyForm(t *testing.T) {
	for _, c := range []struct {
		folder string
		want   bool
		files  int // at least
	}{{"private", true, 16}, {"not-private", false, 8}} {
		names, err := filepath.Glob("testdata/" + c.folder + "/*")
		require.NoError(t, err)
		require.GreaterOrEqual(t, len(names), c.files)
		for _, name := range names {
			data, err := os.ReadFile(name)
			require.NoError(t, err)
			require.Equal(t, c.want, HoldsPrivate(data), name)
			require.False(t, HoldsPrivate(data[:len(data)-20]), "%s cut short", name)
		}
	}
	for _, recipe := range []Recipe{EC{onCurve(2)}, RSA{2048, 65537}, DSA{2048}} {
		_, private := makePair(t, recipe)
		data, err := privatePEM(private)
		require.NoError(t, err)
		require.True(t, HoldsPrivate(data))
		require.True(t, HoldsPrivate([]byte("text\n"+string(PublicPEM(private))+string(data)+"text")), "between other blocks")
		require.False(t, HoldsPrivate(append(data, make([]byte, MaxFile)...)), "too large to be looked at")
	}
}

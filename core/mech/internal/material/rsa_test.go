package material

import (
	"context"
	"crypto/rsa"
	"errors"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRSAPair(t *testing.T) {
	public, private := makePair(t, RSA{Bits: 2048, Exponent: 65537})
	require.Equal(t, 2048, public.Bits)
	require.Equal(t, []byte{1, 0, 1}, public.Exponent)
	require.Equal(t, 512, public.ValueLen, "spec/kmu.md 4.5, twice the modulus")
	require.Len(t, public.Modulus, 256)
	require.InDelta(t, 1217, private.ValueLen, 2, "spec/kmu.md 4.5")
	require.Equal(t, private.KCV, public.KCV)
	again, err := ParsePrivate(private.value)
	require.NoError(t, err)
	require.Equal(t, private, again)
	again, err = ParsePublic(public.value)
	require.NoError(t, err)
	require.Equal(t, public, again)
}

// Of the two ready-made keys each has one prime that goes with 65541 = 3·7·3121, so that a key for
// it takes one from either.
func TestRSAOtherExponents(t *testing.T) {
	for _, e := range []int64{65537 + 2, 65541, 195193, 1<<31 - 1} {
		calls := 0
		_, private := makePairFrom(t, RSA{Bits: 2048, Exponent: e}, twoKeys(&calls))
		require.Equal(t, big.NewInt(e).Bytes(), private.Exponent)
		_, err := ParsePrivate(private.value)
		require.NoError(t, err, "e = %d: the parts belong together", e)
		signature, err := Sign(private, signBy(1), []byte("message"))
		require.NoError(t, err)
		require.NoError(t, Verify(private.Public(), signBy(1), []byte("message"), signature))
	}
}

func TestRSARefusals(t *testing.T) {
	for _, c := range []struct {
		recipe RSA
		want   error
	}{
		{RSA{1024, 65537}, ErrModulusSize},
		{RSA{2049, 65537}, ErrModulusSize},
		{RSA{4352, 65537}, ErrModulusSize},
		{RSA{-256, 65537}, ErrModulusSize},
		{RSA{2048, 3}, ErrWeakExponent},
		{RSA{2048, 65538}, ErrWeakExponent},
		{RSA{2048, -65537}, ErrWeakExponent},
		{RSA{2048, 1<<31 + 1}, ErrWeakExponent},
	} {
		_, err := c.recipe.Make(t.Context(), testRSA)
		require.ErrorIs(t, err, c.want, "%+v", c.recipe)
	}
}

func TestRSASourceErrorsPass(t *testing.T) {
	broken := errors.New("no entropy")
	_, err := RSA{2048, 65537}.Make(t.Context(), Source{RSA: func(context.Context, int) (*rsa.PrivateKey, error) {
		return nil, broken
	}})
	require.ErrorIs(t, err, broken)

	gone, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = RSA{2048, 65537}.Make(gone, testRSA)
	require.ErrorIs(t, err, context.Canceled)

	_, err = RSA{3072, 65537}.Make(t.Context(), Source{RSA: func(context.Context, int) (*rsa.PrivateKey, error) {
		return readyRSA(rsaPEM1), nil
	}})
	require.ErrorIs(t, err, errBadSource, "2048 bits where 3072 were asked for")
}

// An exponent that divides p-1 for all primes of a source is given up, not searched for ever.
func TestRSASourceThatNeverFits(t *testing.T) {
	p := readyRSA(rsaPEM1).Primes[0]
	factor := oddFactor(t, p)
	_, err := RSA{2048, factor}.Make(t.Context(), Source{RSA: func(context.Context, int) (*rsa.PrivateKey, error) {
		key := readyRSA(rsaPEM1)
		key.Primes = []*big.Int{p, p}
		return key, nil
	}})
	require.ErrorIs(t, err, errBadSource)
}

// oddFactor returns a multiple, within the exponents, of an odd prime that divides p-1.
func oddFactor(t *testing.T, p *big.Int) int64 {
	p1 := new(big.Int).Sub(p, big.NewInt(1))
	for f := int64(3); f < 1<<20; f += 2 {
		if new(big.Int).Mod(p1, big.NewInt(f)).Sign() == 0 {
			e := f
			for e < minExponent {
				e *= 3
			}
			return e
		}
	}
	t.Skip("p-1 of the ready-made key has no small odd factor")
	return 0
}

// twoKeys is a source that gives the two ready-made keys in turn.
func twoKeys(calls *int) Source {
	return Source{RSA: func(context.Context, int) (*rsa.PrivateKey, error) {
		*calls++
		return readyRSA([][]byte{rsaPEM1, rsaPEM2}[*calls%2]), nil
	}}
}

func makePairFrom(t *testing.T, recipe Recipe, source Source) (public, private *Material) {
	t.Helper()
	pair, err := recipe.Make(t.Context(), source)
	require.NoError(t, err)
	return pair[0], pair[1]
}

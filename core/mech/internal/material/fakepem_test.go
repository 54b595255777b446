package material

import (
	"bytes"
	"encoding/hex"
	"encoding/pem"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFakePEM(t *testing.T) {
	for _, recipe := range []Recipe{EC{onCurve(2)}, EC{onCurve(13)}, EC{onCurve(14)}, EC{onCurve(15)}, EC{onCurve(16)}, RSA{2048, 65537}} {
		public, private := makePair(t, recipe)
		for _, handle := range []uint64{0, 15, 262169, 1<<64 - 1} {
			data, err := FakePEM(private, handle)
			require.NoError(t, err)
			got, of, err := ParseFakePEM(data)
			require.NoError(t, err)
			require.Equal(t, handle, got)
			require.Equal(t, public, of)
			_, err = PrivateFromPEM(data)
			require.Error(t, err, "a reference is no private key")
		}
	}
}

func TestFakePEMBytes(t *testing.T) {
	_, private := makePair(t, EC{onCurve(2)})
	data, err := FakePEM(private, 262169)
	require.NoError(t, err)
	block, rest := pem.Decode(data)
	require.Empty(t, rest)
	require.Equal(t, "EC PRIVATE KEY", block.Type)
	// spec/kmu.md 3.40
	pattern := "eafcfcee" + "1900040000000000" + "eafcfcee"
	require.Contains(t, hex.EncodeToString(block.Bytes), "0420"+pattern+pattern)
}

func TestFakePEMHoldsNoSecret(t *testing.T) {
	_, private := makePair(t, RSA{2048, 65537})
	data, err := FakePEM(private, 15)
	require.NoError(t, err)
	block, _ := pem.Decode(data)
	key := readyRSA(rsaPEM1)
	for _, secret := range [][]byte{key.D.Bytes(), key.Primes[0].Bytes(), key.Primes[1].Bytes(),
		key.Precomputed.Dp.Bytes(), key.Precomputed.Dq.Bytes(), key.Precomputed.Qinv.Bytes()} {
		require.False(t, bytes.Contains(block.Bytes, secret))
	}
}

func TestRealKeysAreNotFake(t *testing.T) {
	_, ec := makePair(t, EC{onCurve(2)})
	curve := onCurve(2)
	scalar, point, err := curve.math.generate()
	require.NoError(t, err)
	_, dsa := makePair(t, DSA{2048})
	pkcs8, err := privatePEM(ec)
	require.NoError(t, err)
	for _, data := range [][]byte{pkcs8, rsaPEM1, encodePEM("EC PRIVATE KEY", writeSEC1(curve, scalar, point))} {
		_, _, err := ParseFakePEM(data)
		require.ErrorIs(t, err, ErrNotFake)
	}
	_, _, err = ParseFakePEM(PublicPEM(ec))
	require.ErrorIs(t, err, ErrWrongBlock)
	_, _, err = ParseFakePEM([]byte("text"))
	require.ErrorIs(t, err, ErrNotPEM)
	for _, m := range []*Material{dsa, ec.Public(), newAES(t, make([]byte, 16))} {
		_, err := FakePEM(m, 1)
		require.ErrorIs(t, err, ErrKeyType)
	}
}

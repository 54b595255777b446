package mech

import (
	_ "embed"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

//go:embed testdata/signatures.txt
var signatures string

//go:embed testdata/rsawrap.txt
var rsaWrapped string

// signedText is the message of signatures.txt.
const signedText = "a small sample of known answers"

func TestSignaturesOfOthers(t *testing.T) {
	for _, row := range vectors(signatures) {
		public, err := ParsePublic(unhex(t, row[1]))
		require.NoError(t, err)
		signature, number := unhex(t, row[2]), -1
		for _, m := range SignMechanisms {
			if m.Name == row[0] {
				number = m.Number
			}
		}
		require.NoError(t, Verify(public, number, []byte(signedText), signature), row[0])
		require.ErrorIs(t, Verify(public, number, []byte(signedText+"."), signature), ErrBadSignature, row[0])
	}
}

func TestRSAWrappingOfOthers(t *testing.T) {
	private, err := PrivateFromPEM(rsaPEM1)
	require.NoError(t, err)
	for _, row := range vectors(rsaWrapped) {
		mechanism, err := strconv.Atoi(row[0])
		require.NoError(t, err)
		hash, err := strconv.Atoi(row[1])
		require.NoError(t, err)
		plain, err := Unwrap(private, unhex(t, row[3]), WrapParams{Mechanism: mechanism, Hash: hash})
		require.NoError(t, err)
		require.Equal(t, unhex(t, row[2]), plain)
	}
}

package material

import (
	_ "embed"
	"strconv"
	"strings"
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
		signature, number := unhex(t, row[2]), signNamed(row[0])
		require.NoError(t, Verify(public, number, []byte(signedText), signature), row[0])
		require.ErrorIs(t, Verify(public, number, []byte(signedText+"."), signature), ErrBadSignature, row[0])
	}
}

// signNamed returns the mechanism of a name in the file, one that is none for any other.
func signNamed(name string) Mechanism {
	hash, scheme, _ := strings.Cut(name, "_")
	if hash == "ECDSA" {
		hash, scheme = scheme, hash
	}
	for _, h := range Hashes {
		if strings.ReplaceAll(h.String(), "-", "") == hash {
			return map[string]Mechanism{"ECDSA": ECDSAWith(h), "RSA_PKCS": PKCS1(h), "RSA_PKCS_PSS": PSS(h)}[scheme]
		}
	}
	return Mechanism{}
}

func TestRSAWrappingOfOthers(t *testing.T) {
	private, err := PrivateFromPEM(rsaPEM1)
	require.NoError(t, err)
	for _, row := range vectors(rsaWrapped) {
		mechanism, err := strconv.Atoi(row[0])
		require.NoError(t, err)
		hash, err := strconv.Atoi(row[1])
		require.NoError(t, err)
		plain, err := Unwrap(private, unhex(t, row[3]), WrapParams{Wrapping: wrapBy(mechanism), Hash: hashBy(hash)})
		require.NoError(t, err)
		require.Equal(t, unhex(t, row[2]), plain)
	}
}

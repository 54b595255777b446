package material

import (
	"crypto"
	"crypto/rsa"
	"encoding/hex"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// spec/cloudhsm-cli.md 2.10: the CLI's signatures are r and s side by side.
func TestPlainSignatures(t *testing.T) {
	for curve, size := range map[int]int{13: 56, 2: 64, 16: 64, 14: 96, 15: 132} {
		public, private := makePair(t, EC{onCurve(curve)})
		for _, hash := range Hashes {
			plain := Mechanism{Scheme: ECDSA, Hash: hash, Plain: true}
			signature, err := Sign(private, plain, []byte("message"))
			require.NoError(t, err)
			require.Len(t, signature, size)
			require.NoError(t, Verify(public, plain, []byte("message"), signature))
			inDER, ok := derSignature(signature, size/2)
			require.True(t, ok)
			require.NoError(t, Verify(public, ECDSAWith(hash), []byte("message"), inDER))
			require.ErrorIs(t, Verify(public, plain, []byte("message"), inDER), ErrBadSignature)
			require.ErrorIs(t, Verify(public, ECDSAWith(hash), []byte("message"), signature), ErrBadSignature)
			given := Mechanism{Scheme: ECDSA, Hash: hash, Plain: true, Input: Digest}
			require.NoError(t, Verify(public, given, plain.digest([]byte("message")), signature))
			_, err = Sign(private, given, []byte("message"))
			require.ErrorIs(t, err, ErrTooLong)
		}
	}
}

// The heads are those of RFC 8017, 9.2, note 1.
func TestDigestInfo(t *testing.T) {
	public, private := makePair(t, RSA{2048, 65537})
	for hash, head := range map[crypto.Hash]string{
		crypto.SHA1: "3021300906052b0e03021a05000414", crypto.SHA224: "302d300d06096086480165030402040500041c",
		crypto.SHA256: "3031300d060960864801650304020105000420", crypto.SHA384: "3041300d060960864801650304020205000430",
		crypto.SHA512: "3051300d060960864801650304020305000440",
	} {
		info, err := hex.DecodeString(head)
		require.NoError(t, err)
		info = append(info, PKCS1(hash).digest([]byte("message"))...)
		given := Mechanism{Scheme: RSAPKCS1, Hash: hash, Input: DigestInfo}
		signature, err := Sign(private, given, info)
		require.NoError(t, err)
		require.NoError(t, Verify(public, PKCS1(hash), []byte("message"), signature))
		require.NoError(t, Verify(public, given, info, signature))
		for _, wrong := range [][]byte{nil, PKCS1(hash).digest([]byte("message")), info[:len(info)-1], append(slices.Clone(info), 0)} {
			_, err := Sign(private, given, wrong)
			require.ErrorIs(t, err, ErrTooLong)
			require.ErrorIs(t, Verify(public, given, wrong, signature), ErrBadSignature)
		}
		for _, other := range Hashes {
			_, err := Sign(private, Mechanism{Scheme: RSAPKCS1, Hash: other, Input: DigestInfo}, info)
			require.Equal(t, other == hash, err == nil)
		}
	}
	for _, m := range []Mechanism{{Scheme: RSAPSS, Hash: crypto.SHA256, Input: DigestInfo}, {Scheme: ECDSA, Hash: crypto.SHA256, Input: DigestInfo},
		{Scheme: RSAPKCS1, Hash: crypto.SHA256, Input: Mu}, {Scheme: RSAPKCS1, Input: DigestInfo}} {
		_, known := m.Type()
		require.False(t, known, m)
	}
}

func TestSaltsOfPSS(t *testing.T) {
	public, private := makePair(t, RSA{2048, 65537})
	message := []byte("message")
	for _, row := range []struct{ salt, verify int }{{NoSalt, 0}, {1, 1}, {32, rsa.PSSSaltLengthEqualsHash}, {222, 222}} {
		m := Mechanism{Scheme: RSAPSS, Hash: crypto.SHA256, Salt: row.salt}
		signature, err := Sign(private, m, message)
		require.NoError(t, err)
		require.NoError(t, Verify(public, m, message, signature))
		require.NoError(t, Verify(public, Mechanism{Scheme: RSAPSS, Hash: crypto.SHA256, Salt: row.verify}, message, signature))
		for _, other := range []int{NoSalt, 2, 33, 221} {
			require.ErrorIs(t, Verify(public, Mechanism{Scheme: RSAPSS, Hash: crypto.SHA256, Salt: other}, message, signature), map[bool]error{true: nil, false: ErrBadSignature}[other == row.salt])
		}
		signature[9] ^= 1
		require.ErrorIs(t, Verify(public, m, message, signature), ErrBadSignature)
		require.ErrorIs(t, Verify(public, m, message, signature[1:]), ErrBadSignature)
	}
	_, err := Sign(private, Mechanism{Scheme: RSAPSS, Hash: crypto.SHA256, Salt: 223}, message)
	require.ErrorIs(t, err, ErrTooLong)
}

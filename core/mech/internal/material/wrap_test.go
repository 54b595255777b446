package material

import (
	"bytes"
	_ "embed"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
)

//go:embed testdata/rfc3394.txt
var rfc3394 string

//go:embed testdata/rfc5649.txt
var rfc5649 string

//go:embed testdata/gcm.txt
var gcmCases string

// vectors splits a file of vectors into its fields.
func vectors(text string) (rows [][]string) {
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") {
			rows = append(rows, strings.Fields(line))
		}
	}
	return rows
}

func newAES(t testing.TB, value []byte) *Material {
	t.Helper()
	m, err := NewSecret(attr.AES, value)
	require.NoError(t, err)
	return m
}

func TestKeyWrapVectors(t *testing.T) {
	for mechanism, text := range map[int]string{5: rfc3394, 6: rfc5649} {
		for _, row := range vectors(text) {
			kek, plain, want := newAES(t, unhex(t, row[1])), unhex(t, row[2]), unhex(t, row[3])
			p := WrapParams{Wrapping: wrapBy(mechanism)}
			got, _, err := Wrap(kek, plain, p)
			require.NoError(t, err)
			require.Equal(t, want, got, "section %s", row[0])
			opened, err := Unwrap(kek, want, p)
			require.NoError(t, err)
			require.Equal(t, plain, opened)
		}
	}
}

func TestGCMVectors(t *testing.T) {
	for _, row := range vectors(gcmCases) {
		key, iv, plain := newAES(t, unhex(t, row[1])), unhex(t, row[2]), unhex(t, row[3])
		var aad []byte
		if row[4] != "-" {
			aad = unhex(t, row[4])
		}
		for size := MinTagSize; size <= DefaultTagSize; size++ {
			p := WrapParams{Wrapping: wrapBy(10), AAD: aad, TagSize: size}
			want := append(unhex(t, row[5]), unhex(t, row[6])[:size]...)
			require.Equal(t, want, sealGCM(key, iv, plain, p), "test case %s", row[0])
			p.IV = iv
			opened, err := Unwrap(key, want, p)
			require.NoError(t, err)
			require.Equal(t, plain, opened)
			want[len(want)-1] ^= 1
			_, err = Unwrap(key, want, p)
			require.ErrorIs(t, err, ErrIntegrity, "a spoilt tag of %d bytes", size)
		}
	}
}

// wrapCases are all mechanisms with each of their options.
var wrapCases = []WrapParams{
	{Wrapping: wrapBy(4)}, {Wrapping: wrapBy(4), IV: defaultIV[:]}, {Wrapping: wrapBy(5)}, {Wrapping: wrapBy(6)},
	{Wrapping: wrapBy(7)}, {Wrapping: wrapBy(7), Hash: hashBy(3)}, {Wrapping: wrapBy(7), Hash: hashBy(4)}, {Wrapping: wrapBy(7), Hash: hashBy(5)}, {Wrapping: wrapBy(7), Hash: hashBy(6)},
	{Wrapping: wrapBy(8)}, {Wrapping: wrapBy(8), Hash: hashBy(2)}, {Wrapping: wrapBy(8), Hash: hashBy(3)}, {Wrapping: wrapBy(8), Hash: hashBy(4)}, {Wrapping: wrapBy(8), Hash: hashBy(5)},
	{Wrapping: wrapBy(10)}, {Wrapping: wrapBy(10), AAD: []byte("aad"), TagSize: 8},
	{Wrapping: wrapBy(11)}, {Wrapping: wrapBy(11), AAD: []byte("aad"), TagSize: 13},
	{Wrapping: wrapBy(12)},
}

// wrapLength is the table of spec/kmu.md 3.25 for a modulus of 256 bytes.
func wrapLength(p WrapParams, n int) int {
	tag := p.TagSize
	if tag == 0 {
		tag = 16
	}
	kwp := (n+7)/8*8 + 8
	return map[Wrapping]int{WrapPKCS5: (n/8+1)*8 + 8, WrapNoPad: n + 8, WrapPad: kwp, WrapRSAAES: 256 + kwp, WrapOAEP: 256,
		WrapGCM: n + tag, WrapGCMPrefixed: 12 + n + tag, WrapPKCS1: 256}[p.Wrapping]
}

// wrapKeys returns the key that wraps and the key that unwraps by the mechanism.
func wrapKeys(t testing.TB, p WrapParams) (with, back *Material) {
	if row, _ := p.Wrapping.Row(); row.Type == attr.RSA {
		return makePair(t, RSA{2048, 65537})
	}
	kek := newAES(t, bytes.Repeat([]byte{7}, 24))
	return kek, kek
}

func TestUnwrapOpensWhatWrapMade(t *testing.T) {
	for _, p := range wrapCases {
		with, back := wrapKeys(t, p)
		for _, n := range []int{1, 7, 8, 9, 16, 24, 32, 100, 1216} {
			plain := bytes.Repeat([]byte{0xa5}, n)
			blob, iv, err := Wrap(with, plain, p)
			switch {
			case p.Wrapping == WrapNoPad && n%8 != 0:
				require.ErrorIs(t, err, ErrNotMultipleOf8)
				continue
			case p.Wrapping == WrapNoPad && n == 8:
				require.ErrorIs(t, err, ErrTooShort)
				continue
			case (p.Wrapping == WrapOAEP || p.Wrapping == WrapPKCS1) && n == 1216:
				require.ErrorIs(t, err, ErrTooLong)
				continue
			}
			require.NoError(t, err, "%+v of %d bytes", p, n)
			require.Len(t, blob, wrapLength(p, n), "%+v of %d bytes", p, n)
			back1 := p
			if p.Wrapping == WrapGCM {
				require.Len(t, iv, GCMIVSize)
				back1.IV = iv
			}
			opened, err := Unwrap(back, blob, back1)
			require.NoError(t, err, "%+v of %d bytes", p, n)
			require.Equal(t, plain, opened)
			if n == 16 {
				checkSpoilt(t, back, blob, back1)
			}
		}
	}
}

// checkSpoilt requires that no changed, cut or lengthened blob opens.
func checkSpoilt(t *testing.T, back *Material, blob []byte, p WrapParams) {
	t.Helper()
	for _, at := range []int{0, len(blob) / 2, len(blob) - 1} {
		spoilt := bytes.Clone(blob)
		spoilt[at] ^= 1
		_, err := Unwrap(back, spoilt, p)
		require.ErrorIs(t, err, ErrIntegrity, "%+v, byte %d", p, at)
	}
	for _, size := range []int{0, 1, 8, len(blob) - 8, len(blob) - 1} {
		_, err := Unwrap(back, blob[:max(0, size)], p)
		require.ErrorIs(t, err, ErrIntegrity, "%+v cut to %d bytes", p, size)
	}
	_, err := Unwrap(back, append(bytes.Clone(blob), 0), p)
	require.ErrorIs(t, err, ErrIntegrity, "%+v and a byte more", p)
}

func TestOAEPRoom(t *testing.T) {
	with, _ := makePair(t, RSA{2048, 65537})
	for _, c := range []struct{ mechanism, hash, room int }{
		{8, 2, 214}, {8, 3, 190}, {8, 4, 158}, {8, 5, 126}, {8, 6, 198}, {12, 0, 245},
	} {
		p := WrapParams{Wrapping: wrapBy(c.mechanism), Hash: hashBy(c.hash)}
		_, _, err := Wrap(with, make([]byte, c.room), p)
		require.NoError(t, err)
		_, _, err = Wrap(with, make([]byte, c.room+1), p)
		require.ErrorIs(t, err, ErrTooLong)
	}
}

func TestWrapRefusals(t *testing.T) {
	aesKey := newAES(t, make([]byte, 16))
	des3, err := NewSecret(attr.DES3, make([]byte, 24))
	require.NoError(t, err)
	public, private := makePair(t, RSA{2048, 65537})
	plain := make([]byte, 16)
	for _, c := range []struct {
		about string
		with  *Material
		p     WrapParams
		want  error
	}{
		{"no such mechanism", aesKey, WrapParams{Wrapping: wrapBy(1)}, ErrUnknownMechanism},
		{"dropped mechanism", aesKey, WrapParams{Wrapping: wrapBy(9)}, ErrUnknownMechanism},
		{"RSA with an AES mechanism", public, WrapParams{Wrapping: wrapBy(4)}, ErrKeyType},
		{"AES with an RSA mechanism", aesKey, WrapParams{Wrapping: wrapBy(8)}, ErrKeyType},
		{"3DES", des3, WrapParams{Wrapping: wrapBy(4)}, ErrKeyType},
		{"RSA private key", private, WrapParams{Wrapping: wrapBy(8)}, ErrKeyType},
		{"hash for AES", aesKey, WrapParams{Wrapping: wrapBy(4), Hash: hashBy(2)}, ErrWrapParams},
		{"unknown hash", public, WrapParams{Wrapping: wrapBy(8), Hash: hashBy(1)}, ErrWrapParams},
		{"another IV", aesKey, WrapParams{Wrapping: wrapBy(4), IV: make([]byte, 8)}, ErrWrapParams},
		{"IV for 6", aesKey, WrapParams{Wrapping: wrapBy(6), IV: defaultIV[:]}, ErrWrapParams},
		{"IV to wrap by GCM", aesKey, WrapParams{Wrapping: wrapBy(10), IV: make([]byte, 12)}, ErrWrapParams},
		{"AAD without GCM", aesKey, WrapParams{Wrapping: wrapBy(5), AAD: []byte{1}}, ErrWrapParams},
		{"tag without GCM", aesKey, WrapParams{Wrapping: wrapBy(5), TagSize: 16}, ErrWrapParams},
		{"tag too small", aesKey, WrapParams{Wrapping: wrapBy(10), TagSize: 7}, ErrWrapParams},
		{"tag too large", aesKey, WrapParams{Wrapping: wrapBy(11), TagSize: 17}, ErrWrapParams},
	} {
		_, _, err := Wrap(c.with, plain, c.p)
		require.ErrorIs(t, err, c.want, c.about)
	}
	for _, p := range wrapCases {
		with, back := wrapKeys(t, p)
		_, _, err := Wrap(with, nil, p)
		require.ErrorIs(t, err, ErrTooShort)
		_, _, err = Wrap(with, make([]byte, MaxFile+1), p)
		require.ErrorIs(t, err, ErrTooLong)
		if with != back {
			_, err = Unwrap(with, plain, p)
			require.ErrorIs(t, err, ErrKeyType, "the public half does not unwrap")
		}
	}
	for _, size := range []int{0, 11, 13} {
		_, err := Unwrap(aesKey, make([]byte, 40), WrapParams{Wrapping: wrapBy(10), IV: make([]byte, size)})
		require.ErrorIs(t, err, ErrWrapParams, "IV of %d bytes", size)
	}
}

func TestAESKeyWrap(t *testing.T) {
	kek := newAES(t, make([]byte, 32))
	for _, c := range []struct{ plain, blob int }{{0, 16}, {7, 16}, {8, 24}, {24, 40}, {4095, 4104}} {
		plain := bytes.Repeat([]byte{1}, c.plain)
		for _, iv := range [][]byte{nil, []byte("initial!")} {
			blob, err := AESKeyWrap(kek, iv, plain)
			require.NoError(t, err)
			require.Len(t, blob, c.blob, "spec/kmu.md 3.38")
			opened, err := AESKeyUnwrap(kek, iv, blob)
			require.NoError(t, err)
			require.True(t, bytes.Equal(plain, opened))
			_, err = AESKeyUnwrap(kek, []byte("another!"), blob)
			require.ErrorIs(t, err, ErrIntegrity)
		}
	}
	blob, err := AESKeyWrap(kek, nil, []byte("value of a key"))
	require.NoError(t, err)
	opened, err := Unwrap(kek, blob, WrapParams{Wrapping: wrapBy(4)})
	require.NoError(t, err, "the same algorithm as wrapKey -m 4 -noheader")
	require.Equal(t, "value of a key", string(opened))

	_, err = AESKeyWrap(kek, make([]byte, 7), nil)
	require.ErrorIs(t, err, ErrWrapParams)
	_, private := makePair(t, EC{onCurve(2)})
	_, err = AESKeyWrap(private, nil, nil)
	require.ErrorIs(t, err, ErrKeyType)
}

// A padded value that RFC 3394 opens but whose padding is not PKCS#5's is refused.
func TestPKCS5PaddingIsChecked(t *testing.T) {
	kek := newAES(t, make([]byte, 16))
	for _, tail := range []string{"\x00", "\x09", "\xff", "\x01\x02", "\x03\x02\x03\x03"} {
		padded := append(make([]byte, 16-len(tail)), tail...)
		_, err := AESKeyUnwrap(kek, nil, wrapSemiblocks(aesBlock(kek.value), defaultIV, padded))
		require.ErrorIs(t, err, ErrIntegrity, "%q", tail)
	}
}

package material

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// seedKeys are good keys of all types to start from.
func seedKeys(f *testing.F) (keys []*Material) {
	for _, recipe := range []Recipe{EC{onCurve(2)}, EC{onCurve(13)}, EC{onCurve(15)}, EC{onCurve(16)}, RSA{2048, 65537}, DSA{2048}, Edwards{}, Lattices[0]} {
		public, private := makePair(f, recipe)
		keys = append(keys, public, private)
	}
	return keys
}

// What is read is written back such that it reads the same.
func FuzzParsePublic(f *testing.F) {
	for _, key := range seedKeys(f) {
		f.Add(key.SPKI)
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		_, _ = parseSPKI(input, trusting)
		m, err := ParseAnyPublic(input)
		if err != nil {
			return
		}
		again, err := ParseAnyPublic(m.value)
		require.NoError(t, err)
		require.Equal(t, m, again)
		again, err = Load(m.Class, m.Type, m.value)
		require.NoError(t, err)
		require.Equal(t, m, again)
	})
}

func FuzzParsePrivate(f *testing.F) {
	for _, key := range seedKeys(f) {
		f.Add(key.value)
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		_, _ = parsePKCS8(input, trusting)
		m, err := ParseAnyPrivate(input)
		if err != nil {
			return
		}
		again, err := ParseAnyPrivate(m.value)
		require.NoError(t, err)
		require.Equal(t, m, again)
		again, err = Load(m.Class, m.Type, m.value)
		require.NoError(t, err)
		require.Equal(t, m, again)
	})
}

func FuzzPEM(f *testing.F) {
	f.Add(rsaPEM1)
	for _, key := range seedKeys(f) {
		f.Add(PublicPEM(key))
		if data, err := privatePEM(key); err == nil {
			f.Add(data)
		}
		if data, err := FakePEM(key, 15); err == nil {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		if m, err := AnyPublicFromPEM(input); err == nil {
			require.NotNil(t, m.KCV)
		}
		_, realErr := PrivateFromPEM(input)
		_, _, fakeErr := ParseFakePEM(input)
		require.False(t, realErr == nil && fakeErr == nil, "real and fake at once")
	})
}

func FuzzSignature(f *testing.F) {
	public, private := makePair(f, EC{onCurve(16)})
	signature, err := Sign(private, signBy(17), nil)
	require.NoError(f, err)
	f.Add(signature)
	f.Fuzz(func(t *testing.T, input []byte) {
		if r, s, ok := parseSignature(input); ok {
			again, err := encodeSignature(r, s)
			require.NoError(t, err)
			require.Equal(t, input, again, "only exact DER is a signature")
		}
		_ = Verify(public, signBy(17), nil, input)
	})
}

func FuzzUnwrap(f *testing.F) {
	kek := newAES(f, make([]byte, 16))
	for number := range 13 {
		p := WrapParams{Wrapping: wrapBy(number)}
		if row, known := p.Wrapping.Row(); known && row.Type == kek.Type {
			blob, iv, err := Wrap(kek, make([]byte, 16), p)
			require.NoError(f, err)
			f.Add(number, blob, iv, p.AAD, p.TagSize)
		}
	}
	f.Fuzz(func(t *testing.T, mechanism int, blob, iv, aad []byte, tag int) {
		_, _ = Unwrap(kek, blob, WrapParams{Wrapping: wrapBy(mechanism), IV: iv, AAD: aad, TagSize: tag})
		if len(blob) > 0 && len(blob) <= MaxFile {
			p := WrapParams{Wrapping: wrapBy(6)}
			wrapped, _, err := Wrap(kek, blob, p)
			require.NoError(t, err)
			opened, err := Unwrap(kek, wrapped, p)
			require.NoError(t, err)
			require.Equal(t, blob, opened)
		}
	})
}

func FuzzCertificate(f *testing.F) {
	for _, recipes := range chains[:2] {
		c := makeChain(f, recipes)
		for i, cert := range c.certs {
			f.Add(cert.DER)
			request, err := NewRequest(cert.Subject, c.keys[i])
			require.NoError(f, err)
			f.Add(request)
		}
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		if c, err := ParseCertificate(input); err == nil {
			_ = c.VerifyBy(c)
			require.NotNil(t, c.Public)
		}
		_, _ = ParseRequest(input)
	})
}

func FuzzParseName(f *testing.F) {
	f.Add(`/C=US/O=a\/b/CN=x`)
	f.Fuzz(func(t *testing.T, text string) {
		name, err := ParseName(text)
		if err != nil {
			return
		}
		_, err = name.encode()
		require.NoError(t, err)
	})
}

package material

import (
	"context"
	"crypto/rsa"

	"hsmplay/core/attr"
)

// Material is the material of one key, never changed once made, and shared by the HSMs that hold
// the key. The exported fields are public, and derived from the value once, so that listing
// attributes parses nothing.
type Material struct {
	Class attr.Class
	Type  attr.KeyType
	value []byte // a secret's bytes; a public key's SubjectPublicKeyInfo; a private key's PKCS#8, DER

	SPKI     []byte // of private keys too
	KCV      []byte // 3 bytes (spec/kmu.md 4.6)
	Modulus  []byte // RSA modulus, the EC point uncompressed, or the Ed25519 point; nil otherwise
	Bits     int    // RSA: bits of the modulus; EC: OpenSSL's NID of the curve; 0 otherwise
	Exponent []byte // RSA public exponent, minimal bytes
	ValueLen int    // spec/kmu.md 4.5
}

// Value returns the secret of a material: a secret's bytes, a private key's PKCS#8 DER; of a public
// key its SubjectPublicKeyInfo. The bytes must not be changed.
func Value(m *Material) []byte { return m.value }

// RSASource makes an RSA key of so many bits with e = 65537.
type RSASource func(ctx context.Context, bits int) (*rsa.PrivateKey, error)

// Source is where key material comes from that others make faster, or ahead of time: the page's is
// SubtleCrypto, a test's a ready-made key. What a nil field would make, Go's library makes.
type Source struct {
	RSA RSASource
	// Pair hands out a pair that is ready on a curve, by the name that people call it: the scalar and
	// behind it its point uncompressed (SEC 1, 2.3.3); nil where none is. It never waits.
	Pair func(curve string) []byte
}

// Recipe says how to make key material.
type Recipe interface {
	// Make returns one Material per key, public before private.
	Make(ctx context.Context, source Source) ([]*Material, error)
	// Slow reports whether Make may take longer than a frame, so that it is done without the
	// world's lock.
	Slow() bool
}

// Public returns the public half of a private key, and a public key itself; nil of a secret.
func (m *Material) Public() *Material {
	switch m.Class {
	case attr.Public:
		return m
	case attr.PrivateKey:
		public := *m
		public.Class = attr.Public
		public.value = m.SPKI
		public.ValueLen = publicValueLen(m)
		return &public
	}
	return nil
}

// private returns the private half of a public key.
func (m *Material) private(pkcs8 []byte) *Material {
	private := *m
	private.Class = attr.PrivateKey
	private.value = pkcs8
	private.ValueLen = len(pkcs8)
	return &private
}

// newPublic fills in what every public key derives from its SubjectPublicKeyInfo.
func newPublic(m Material, spki []byte) *Material {
	m.Class = attr.Public
	m.value, m.SPKI = spki, spki
	m.KCV = pairKCV(spki)
	m.ValueLen = publicValueLen(&m)
	return &m
}

// publicValueLen is OBJ_ATTR_VALUE_LEN of a public key (spec/kmu.md 4.5).
func publicValueLen(m *Material) int {
	switch m.Type {
	case attr.RSA:
		return 2 * len(m.Modulus)
	case attr.EC, attr.Edwards:
		return len(m.Modulus)
	case attr.MLDSA:
		return m.Lattice().PublicSize
	}
	return len(m.SPKI)
}

// Load returns the material of a stored key from its class, type and bytes, deriving the other
// fields. It trusts that the parts of a pair belong together, which ParsePublic and ParsePrivate
// check at some cost.
func Load(class attr.Class, t attr.KeyType, value []byte) (*Material, error) {
	switch class {
	case attr.Public:
		return typed(t)(parseSPKI(value, trusting))
	case attr.PrivateKey:
		return typed(t)(parsePKCS8(value, trusting))
	case attr.Secret:
		return NewSecret(t, value)
	}
	return nil, ErrKeyType
}

// typed passes a parsed key on if it is of the type.
func typed(t attr.KeyType) func(*Material, error) (*Material, error) {
	return func(m *Material, err error) (*Material, error) {
		if err == nil && m.Type != t {
			return nil, ErrKeyType
		}
		return m, err
	}
}

package mech

import (
	"context"
	"crypto/rsa"

	"hsmplay/core/attr"
)

// Material is the material of one key, never changed once made, and shared by the HSMs that hold the key.
// The fields below Bytes are derived from it once, so that listing attributes parses nothing.
type Material struct {
	Class attr.Class
	Type  attr.KeyType
	Bytes []byte // a secret's value; a public key's SubjectPublicKeyInfo; a private key's PKCS#8, DER

	SPKI     []byte // of private keys too
	KCV      []byte // 3 bytes (spec/kmu.md 4.6)
	Modulus  []byte // RSA modulus, or the EC point uncompressed; nil otherwise
	Bits     int    // RSA: bits of the modulus; EC: OpenSSL's NID of the curve; 0 otherwise
	Exponent []byte // RSA public exponent, minimal bytes
	ValueLen int    // spec/kmu.md 4.5
}

// RSASource makes an RSA key of so many bits with e = 65537. It is the one injected function: the page's is
// SubtleCrypto, a test's a ready-made key; nil means the Go library's own.
type RSASource func(ctx context.Context, bits int) (*rsa.PrivateKey, error)

// Recipe says how to make key material.
type Recipe interface {
	// Make returns one Material per key, public before private.
	Make(ctx context.Context, source RSASource) ([]*Material, error)
	// Slow reports whether Make may take longer than a frame, so that it is done without the world's lock.
	Slow() bool
}

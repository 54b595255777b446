// Package secret is what is computed with the secrets of keys: to read and write private keys, to
// sign, to wrap and unwrap. core/hsm may use it, and who works with keys in files of the client
// machine: core/openssl, and the tools' readers of key files. Nobody else gets at a secret:
// [mech.Material] shows public facts alone.
package secret

import (
	"hsmplay/core/attr"
	"hsmplay/core/mech"
	"hsmplay/core/mech/internal/material"
)

// New returns the material of a secret value, which it copies. Errors: mech.ErrKeyLength.
func New(t attr.KeyType, value []byte) (*mech.Material, error) { return material.NewSecret(t, value) }

// Value returns a secret's bytes, or a private key's PKCS#8 DER; they must not be changed.
func Value(m *mech.Material) []byte { return material.Value(m) }

// Load returns the material of a stored key from its class, type and value, deriving the public
// facts. It trusts that the parts of a pair belong together, which [ParsePrivate] checks at some
// cost.
func Load(class attr.Class, t attr.KeyType, value []byte) (*mech.Material, error) {
	return material.Load(class, t, value)
}

// Marshal returns a material as JSON for a saved world, with its secret.
func Marshal(m *mech.Material) string { return material.Marshal(m) }

// Unmarshal reads what [Marshal] wrote. It trusts that the fields belong together.
func Unmarshal(row string) (*mech.Material, error) { return material.Unmarshal(row) }

// ParsePrivate reads an unencrypted PKCS#8 PrivateKeyInfo (RFC 5208, 5) of RSA, DSA or EC and
// checks that its parts belong together. Every error is, or wraps, one of mech's.
func ParsePrivate(pkcs8 []byte) (*mech.Material, error) { return material.ParsePrivate(pkcs8) }

// ParseAnyPrivate is [ParsePrivate] for every algorithm, Ed25519 and ML-DSA too.
func ParseAnyPrivate(pkcs8 []byte) (*mech.Material, error) { return material.ParseAnyPrivate(pkcs8) }

// ParseModernPrivate is [ParsePrivate] for what OpenSSL 3.0 knows, Ed25519 and X25519 too.
func ParseModernPrivate(pkcs8 []byte) (*mech.Material, error) {
	return material.ParseModernPrivate(pkcs8)
}

// PrivateFromPEM reads a file of one unencrypted private key: PKCS#8, SEC 1, PKCS#1 or traditional
// DSA. A block EC PARAMETERS in front of an EC PRIVATE KEY, as `openssl ecparam -genkey` writes it,
// is passed over if it names the same curve. Every error is, or wraps, one of mech's.
func PrivateFromPEM(data []byte) (*mech.Material, error) { return material.PrivateFromPEM(data) }

// ModernFromPEM is [PrivateFromPEM] for what OpenSSL 3.0 knows, Ed25519 and X25519 too.
func ModernFromPEM(data []byte) (*mech.Material, error) { return material.ModernFromPEM(data) }

// ShapeFromPEM is [PrivateFromPEM] without a computation with the key, for a rehearsal: that its
// parts belong together is taken for granted, and something stands in for a public part that is not
// in the file.
func ShapeFromPEM(data []byte) (*mech.Material, error) { return material.ShapeFromPEM(data) }

// HoldsPrivate reports whether a file holds a private key of any type and form, also one that
// [PrivateFromPEM] does not take: encrypted, of another algorithm or curve, with explicit
// parameters, between other blocks, or in DER. It looks at the structure alone.
func HoldsPrivate(data []byte) bool { return material.HoldsPrivate(data) }

// Sign signs a message, or a digest where the mechanism says so: RSA signatures have the modulus'
// length, ECDSA's are the DER of r and s, or both side by side. Errors: mech.ErrUnknownMechanism,
// mech.ErrKeyType, and mech.ErrTooLong for a digest or salt that does not fit the hash and the key.
func Sign(with *mech.Material, m mech.Mechanism, message []byte) ([]byte, error) {
	return material.Sign(with, m, message)
}

// Agree returns the secret that a private EC or X25519 key and another's public one have together
// (SEC 1, 3.3.1; RFC 7748, 6.1). Errors: mech.ErrKeyType for keys that are not on one curve, mech.ErrUnsupportedCurve.
func Agree(own, other *mech.Material) ([]byte, error) { return material.Agree(own, other) }

// SignPrehashed signs a digest. Errors as [Sign].
func SignPrehashed(with *mech.Material, p mech.Prehashed, digest []byte) ([]byte, error) {
	return material.SignPrehashed(with, p, digest)
}

// Wrap encrypts the value of a key. iv is what was drawn for mech.WrapGCM and nil for the others.
// Errors: mech.ErrUnknownMechanism, ErrKeyType, ErrWrapParams, ErrTooShort, ErrTooLong,
// ErrNotMultipleOf8.
func Wrap(with *mech.Material, plain []byte, p mech.WrapParams) (blob, iv []byte, err error) {
	return material.Wrap(with, plain, p)
}

// Unwrap decrypts what [Wrap] made. Errors: mech.ErrUnknownMechanism, ErrKeyType, ErrWrapParams,
// ErrTooLong, ErrIntegrity.
func Unwrap(with *mech.Material, blob []byte, p mech.WrapParams) ([]byte, error) {
	return material.Unwrap(with, blob, p)
}

// WrapData is PKCS#5 padding, then RFC 3394 with any initial value of 8 bytes, nil for the default
// (spec/kmu.md 3.38). Errors: mech.ErrKeyType, ErrWrapParams.
func WrapData(with *mech.Material, iv, plain []byte) ([]byte, error) {
	return material.AESKeyWrap(with, iv, plain)
}

// UnwrapData takes back what [WrapData] made. Errors: mech.ErrKeyType, ErrWrapParams, ErrIntegrity.
func UnwrapData(with *mech.Material, iv, blob []byte) ([]byte, error) {
	return material.AESKeyUnwrap(with, iv, blob)
}

// NewCertificate returns the DER of an X.509 v3 certificate signed by the issuer's private key,
// with basicConstraints, keyUsage and both key identifiers. A nil issuer makes it self-signed.
// Errors: mech.ErrKeyType, ErrKeyMismatch if the key is not the issuer's, ErrName, ErrCertificate.
func NewCertificate(spec mech.CertificateSpec, issuer *mech.Certificate, key *mech.Material) ([]byte, error) {
	return material.NewCertificate(spec, issuer, key)
}

// NewRequest returns the DER of a certificate signing request (RFC 2986), without attributes,
// signed by the private key that it is for. Errors: mech.ErrKeyType, ErrName.
func NewRequest(subject mech.Name, key *mech.Material) ([]byte, error) {
	return material.NewRequest(subject, key)
}

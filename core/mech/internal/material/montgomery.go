package material

import (
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/asn1"
	"slices"

	"golang.org/x/crypto/cryptobyte"

	"hsmplay/core/attr"
)

// oidX25519 names keys that agree by X25519 (RFC 8410, 3).
var oidX25519 = asn1.ObjectIdentifier{1, 3, 101, 110}

// Montgomery is the recipe of an X25519 key pair.
type Montgomery struct{}

// Make returns the public and the private key.
func (Montgomery) Make(context.Context, Source) ([]*Material, error) {
	key, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	private := montgomeryPrivate(key)
	return []*Material{private.Public(), private}, nil
}

// Slow reports false.
func (Montgomery) Slow() bool { return false }

func montgomeryPublic(key *ecdh.PublicKey) *Material {
	point := key.Bytes()
	return newPublic(Material{Type: attr.Montgomery, Modulus: point}, writeSPKI(oidX25519, withoutParams, point))
}

func montgomeryPrivate(key *ecdh.PrivateKey) *Material {
	return montgomeryPublic(key.PublicKey()).private(writePKCS8(oidX25519, withoutParams, seedOctets(key.Bytes())))
}

// parseMontgomerySPKI takes any 32 bytes, as RFC 7748, 5, does.
func parseMontgomerySPKI(params cryptobyte.String, key []byte, _ trust) (*Material, error) {
	public, err := ecdh.X25519().NewPublicKey(slices.Clone(key))
	switch {
	case !params.Empty():
		return nil, ErrMalformed
	case err != nil:
		return nil, ErrPointLength
	}
	return montgomeryPublic(public), nil
}

func parseMontgomeryPKCS8(params cryptobyte.String, key []byte, _ trust) (*Material, error) {
	private, err := montgomeryKey(params, key)
	if err != nil {
		return nil, err
	}
	return montgomeryPrivate(private), nil
}

// montgomeryKey reads the key of a PKCS#8, which has the form of an Ed25519 key's (RFC 8410, 7).
func montgomeryKey(params, key cryptobyte.String) (*ecdh.PrivateKey, error) {
	seed, err := edwardsSeed(params, key)
	if err != nil {
		return nil, err
	}
	return ecdh.X25519().NewPrivateKey(seed)
}

// agreeMontgomery returns the secret of RFC 7748, 6.1. Errors: ErrPointNotOnCurve for a point of low
// order, with which everybody has the same secret.
func agreeMontgomery(own, other *Material) ([]byte, error) {
	_, params, key, err := openPKCS8(own.value)
	if err != nil {
		return nil, err
	}
	private, err := montgomeryKey(params, key)
	if err != nil {
		return nil, err
	}
	public, err := ecdh.X25519().NewPublicKey(other.Modulus)
	if err != nil {
		return nil, ErrPointLength
	}
	secret, err := private.ECDH(public)
	if err != nil {
		return nil, ErrPointNotOnCurve
	}
	return secret, nil
}

package material

import (
	"crypto"

	"hsmplay/core/attr"
)

// Prehashed says how a digest is signed that somebody else has computed, whatever the key. It is
// for programs beside the HSM, which choose more freely than the tables of tools.
type Prehashed struct {
	Hash crypto.Hash // that made the digest; 0 pads the bytes as they are, for RSA without PSS
	PSS  bool        // RSA with the padding of RFC 8017, 8.1, masked by the same hash
	Salt int         // of PSS: bytes, rsa.PSSSaltLengthEqualsHash or rsa.PSSSaltLengthAuto
}

// With returns the mechanism for a key's type. Errors: ErrKeyType.
func (p Prehashed) With(t attr.KeyType) (Mechanism, error) {
	m := Mechanism{Scheme: RSAPKCS1, Hash: p.Hash, Salt: p.Salt, Input: Digest}
	switch {
	case t == attr.EC:
		m.Scheme = ECDSA
	case t == attr.Edwards: // has no digest: what is signed is the message
		return Mechanism{Scheme: Ed25519}, nil
	case t != attr.RSA:
		return m, ErrKeyType
	case p.PSS:
		m.Scheme = RSAPSS
	}
	return m, nil
}

// SignPrehashed returns the signature of a digest: RSA's are as long as the modulus, ECDSA's the
// DER of r and s. Errors: ErrKeyType, and ErrTooLong for a digest or salt that does not fit the
// hash and the key.
func SignPrehashed(with *Material, p Prehashed, digest []byte) ([]byte, error) {
	m, err := p.With(with.Type)
	if err != nil {
		return nil, err
	}
	return Sign(with, m, digest)
}

// Verify returns nil if the signature is one of the digest. Errors: ErrKeyType, ErrBadSignature.
func (p Prehashed) Verify(with *Material, digest, signature []byte) error {
	m, err := p.With(with.Type)
	if err != nil {
		return err
	}
	return Verify(with, m, digest, signature)
}

package mech

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"

	"hsmplay/core/attr"
)

// Prehashed says how a digest is signed that somebody else has computed. It is for programs beside the HSM, which choose
// more freely than sign's table of mechanisms.
type Prehashed struct {
	Hash crypto.Hash // that made the digest; 0 pads the bytes as they are, for RSA without PSS
	PSS  bool        // RSA with the padding of RFC 8017, 8.1, masked by the same hash
	Salt int         // of PSS: bytes, rsa.PSSSaltLengthEqualsHash or rsa.PSSSaltLengthAuto
}

// Sign returns the signature of a digest: RSA's are as long as the modulus, ECDSA's the DER of r and s. Errors:
// ErrKeyType, and ErrTooLong for a digest or salt that does not fit the hash and the key.
func (p Prehashed) Sign(with *Material, digest []byte) ([]byte, error) {
	if with.Class != attr.PrivateKey || with.Type != attr.RSA && with.Type != attr.EC {
		return nil, ErrKeyType
	}
	if with.Type == attr.EC {
		return ecSign(with, digest)
	}
	key, err := with.rsaPrivateKey()
	if err != nil {
		return nil, err
	}
	var signature []byte
	if p.PSS {
		signature, err = rsa.SignPSS(rand.Reader, key, p.Hash, digest, &rsa.PSSOptions{SaltLength: p.Salt})
	} else {
		signature, err = rsa.SignPKCS1v15(nil, key, p.Hash, digest)
	}
	if err != nil {
		return nil, ErrTooLong
	}
	return signature, nil
}

// Verify returns nil if the signature is one of the digest. Errors: ErrKeyType, ErrBadSignature.
func (p Prehashed) Verify(with *Material, digest, signature []byte) error {
	if with.Class != attr.Public || with.Type != attr.RSA && with.Type != attr.EC {
		return ErrKeyType
	}
	var err error
	switch {
	case with.Type == attr.EC:
		if !with.Curve().math.verify(with.Modulus, digest, signature) {
			err = ErrBadSignature
		}
	case p.PSS:
		err = rsa.VerifyPSS(with.rsaPublicKey(), p.Hash, digest, signature, &rsa.PSSOptions{SaltLength: p.Salt})
	default:
		err = rsa.VerifyPKCS1v15(with.rsaPublicKey(), p.Hash, digest, signature)
	}
	if err != nil {
		return ErrBadSignature
	}
	return nil
}

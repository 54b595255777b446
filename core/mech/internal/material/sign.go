package material

import (
	"crypto/rand"
	"crypto/rsa"

	"hsmplay/core/attr"
)

// Sign signs a message, or a digest where the mechanism says so: RSA signatures have the modulus'
// length, ECDSA's are the DER of r and s. Errors: ErrUnknownMechanism, ErrKeyType, and ErrTooLong
// for a digest or salt that does not fit the hash and the key.
func Sign(with *Material, m Mechanism, message []byte) ([]byte, error) {
	if err := m.fits(with, attr.PrivateKey); err != nil {
		return nil, err
	}
	digest := m.digest(message)
	if m.Scheme == ECDSA {
		return ecSign(with, digest)
	}
	key, err := with.rsaPrivateKey()
	if err != nil {
		return nil, err
	}
	var signature []byte
	if m.Scheme == RSAPSS {
		signature, err = rsa.SignPSS(rand.Reader, key, m.Hash, digest, m.pss())
	} else {
		signature, err = rsa.SignPKCS1v15(nil, key, m.Hash, digest)
	}
	if err != nil {
		return nil, ErrTooLong
	}
	return signature, nil
}

// Verify returns nil if the signature is one of the message. Errors: ErrUnknownMechanism,
// ErrKeyType, ErrBadSignature.
func Verify(with *Material, m Mechanism, message, signature []byte) error {
	err := m.fits(with, attr.Public)
	if err != nil {
		return err
	}
	digest := m.digest(message)
	switch m.Scheme {
	case ECDSA:
		if !with.Curve().math.verify(with.Modulus, digest, signature) {
			return ErrBadSignature
		}
	case RSAPSS:
		err = rsa.VerifyPSS(with.rsaPublicKey(), m.Hash, digest, signature, m.pss())
	default:
		err = rsa.VerifyPKCS1v15(with.rsaPublicKey(), m.Hash, digest, signature)
	}
	if err != nil {
		return ErrBadSignature
	}
	return nil
}

func (m Mechanism) pss() *rsa.PSSOptions { return &rsa.PSSOptions{SaltLength: m.Salt} }

// fits reports whether a key of the class signs or verifies by the mechanism.
func (m Mechanism) fits(with *Material, class attr.Class) error {
	keyType, known := m.Type()
	switch {
	case !known:
		return ErrUnknownMechanism
	case with.Class != class || with.Type != keyType:
		return ErrKeyType
	}
	return nil
}

func ecSign(with *Material, digest []byte) ([]byte, error) {
	_, _, key, err := openPKCS8(with.value)
	if err != nil {
		return nil, err
	}
	parts, err := parseSEC1(key)
	if err != nil {
		return nil, err
	}
	return with.Curve().math.sign(parts.scalar, digest)
}

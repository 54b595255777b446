package material

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"

	"hsmplay/core/attr"
)

// Sign signs a message, or what the mechanism says instead of it: RSA signatures have the modulus'
// length, ECDSA's are the DER of r and s, or both side by side. Errors: ErrUnknownMechanism,
// ErrKeyType, and ErrTooLong for a digest or salt that does not fit the hash and the key.
func Sign(with *Material, m Mechanism, message []byte) ([]byte, error) {
	row, err := m.fits(with, attr.PrivateKey)
	if err != nil {
		return nil, err
	}
	if !m.fitsInput(message) {
		return nil, ErrTooLong
	}
	return row.sign(with, m, m.digest(message))
}

// Verify returns nil if the signature is one of the message. Errors: ErrUnknownMechanism,
// ErrKeyType, ErrBadSignature.
func Verify(with *Material, m Mechanism, message, signature []byte) error {
	row, err := m.fits(with, attr.Public)
	if err != nil {
		return err
	}
	if !m.fitsInput(message) || !row.verify(with, m, m.digest(message), signature) {
		return ErrBadSignature
	}
	return nil
}

// fits returns the row of the mechanism's scheme if a key of the class signs or verifies by it.
func (m Mechanism) fits(with *Material, class attr.Class) (schemeRow, error) {
	row, known := m.row()
	switch {
	case !known || !m.whole():
		return row, ErrUnknownMechanism
	case with.Class != class || with.Type != row.keyType:
		return row, ErrKeyType
	}
	return row, nil
}

// paddedHash is the hash whose name PKCS#1 v1.5 puts before a digest; none for a DigestInfo, which
// has it already.
func (m Mechanism) paddedHash() crypto.Hash {
	if m.Input == DigestInfo {
		return 0
	}
	return m.Hash
}

func signPKCS1(with *Material, m Mechanism, digest []byte) ([]byte, error) {
	key, err := with.rsaPrivateKey()
	if err != nil {
		return nil, err
	}
	signature, err := rsa.SignPKCS1v15(nil, key, m.paddedHash(), digest)
	if err != nil {
		return nil, ErrTooLong
	}
	return signature, nil
}

func verifyPKCS1(with *Material, m Mechanism, digest, signature []byte) bool {
	return rsa.VerifyPKCS1v15(with.rsaPublicKey(), m.paddedHash(), digest, signature) == nil
}

func signPSS(with *Material, m Mechanism, digest []byte) ([]byte, error) {
	if m.Salt == NoSalt {
		return signUnsalted(with, m.Hash, digest)
	}
	key, err := with.rsaPrivateKey()
	if err != nil {
		return nil, err
	}
	signature, err := rsa.SignPSS(rand.Reader, key, m.Hash, digest, &rsa.PSSOptions{SaltLength: m.Salt})
	if err != nil {
		return nil, ErrTooLong
	}
	return signature, nil
}

func verifyPSS(with *Material, m Mechanism, digest, signature []byte) bool {
	if m.Salt == NoSalt {
		return verifyUnsalted(with, m.Hash, digest, signature)
	}
	return rsa.VerifyPSS(with.rsaPublicKey(), m.Hash, digest, signature, &rsa.PSSOptions{SaltLength: m.Salt}) == nil
}

func signEC(with *Material, m Mechanism, digest []byte) ([]byte, error) {
	scalar, err := scalarOf(with)
	if err != nil {
		return nil, err
	}
	math := with.Curve().math
	signature, err := math.sign(scalar, digest)
	if err != nil || !m.Plain {
		return signature, err
	}
	return plainSignature(signature, math.scalarSize())
}

func verifyEC(with *Material, m Mechanism, digest, signature []byte) bool {
	math := with.Curve().math
	if m.Plain {
		var ok bool
		if signature, ok = derSignature(signature, math.scalarSize()); !ok {
			return false
		}
	}
	return math.verify(with.Modulus, digest, signature)
}

package mech

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha1"   // the hashes of the table register themselves
	_ "crypto/sha256" // SHA-224 too
	_ "crypto/sha512" // SHA-384 too

	"hsmplay/core/attr"
)

// SignMechanism is one signature mechanism of sign and verify.
type SignMechanism struct {
	Number int // as given to sign -m
	Name   string
	Type   attr.KeyType
	Hash   crypto.Hash // of the message; PSS masks with the same one
	PSS    bool
}

// SignMechanisms lists the signature mechanisms by number (spec/kmu.md 3.36). There is none for DSA, HMAC
// or CMAC.
var SignMechanisms = []SignMechanism{
	{0, "SHA1_RSA_PKCS", attr.RSA, crypto.SHA1, false},
	{1, "SHA256_RSA_PKCS", attr.RSA, crypto.SHA256, false},
	{2, "SHA384_RSA_PKCS", attr.RSA, crypto.SHA384, false},
	{3, "SHA512_RSA_PKCS", attr.RSA, crypto.SHA512, false},
	{4, "SHA224_RSA_PKCS", attr.RSA, crypto.SHA224, false},
	{5, "SHA1_RSA_PKCS_PSS", attr.RSA, crypto.SHA1, true},
	{6, "SHA256_RSA_PKCS_PSS", attr.RSA, crypto.SHA256, true},
	{7, "SHA384_RSA_PKCS_PSS", attr.RSA, crypto.SHA384, true},
	{8, "SHA512_RSA_PKCS_PSS", attr.RSA, crypto.SHA512, true},
	{9, "SHA224_RSA_PKCS_PSS", attr.RSA, crypto.SHA224, true},
	{15, "ECDSA_SHA1", attr.EC, crypto.SHA1, false},
	{16, "ECDSA_SHA224", attr.EC, crypto.SHA224, false},
	{17, "ECDSA_SHA256", attr.EC, crypto.SHA256, false},
	{18, "ECDSA_SHA384", attr.EC, crypto.SHA384, false},
	{19, "ECDSA_SHA512", attr.EC, crypto.SHA512, false},
}

// SignMechanismByNumber returns the mechanism of sign -m and whether there is one.
func SignMechanismByNumber(number int) (SignMechanism, bool) {
	for _, row := range SignMechanisms {
		if row.Number == number {
			return row, true
		}
	}
	return SignMechanism{}, false
}

// Sign hashes and signs a message: RSA signatures have the modulus' length, ECDSA's are the DER of r and
// s. Errors: ErrUnknownMechanism, ErrKeyType.
func Sign(with *Material, mechanism int, message []byte) ([]byte, error) {
	row, err := signMechanismFor(with, mechanism, attr.PrivateKey)
	if err != nil {
		return nil, err
	}
	digest := digestOf(row.Hash, message)
	if row.Type == attr.EC {
		return ecSign(with, digest)
	}
	key, err := with.rsaPrivateKey()
	if err != nil {
		return nil, err
	}
	if row.PSS {
		return rsa.SignPSS(rand.Reader, key, row.Hash, digest, pssOptions)
	}
	return rsa.SignPKCS1v15(nil, key, row.Hash, digest)
}

// Verify returns nil if the signature is one of the message. Errors: ErrUnknownMechanism, ErrKeyType,
// ErrBadSignature.
func Verify(with *Material, mechanism int, message, signature []byte) error {
	row, err := signMechanismFor(with, mechanism, attr.Public)
	if err != nil {
		return err
	}
	digest := digestOf(row.Hash, message)
	if row.Type == attr.EC {
		if !with.Curve().math.verify(with.Modulus, digest, signature) {
			return ErrBadSignature
		}
		return nil
	}
	if row.PSS {
		err = rsa.VerifyPSS(with.rsaPublicKey(), row.Hash, digest, signature, pssOptions)
	} else {
		err = rsa.VerifyPKCS1v15(with.rsaPublicKey(), row.Hash, digest, signature)
	}
	if err != nil {
		return ErrBadSignature
	}
	return nil
}

// pssOptions: the salt is as long as the hash, as FIPS 186-5, 5.4 allows at most.
var pssOptions = &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash}

func signMechanismFor(with *Material, number int, class attr.Class) (SignMechanism, error) {
	row, ok := SignMechanismByNumber(number)
	if !ok {
		return row, ErrUnknownMechanism
	}
	if with.Class != class || with.Type != row.Type {
		return row, ErrKeyType
	}
	return row, nil
}

func digestOf(hash crypto.Hash, message []byte) []byte {
	h := hash.New()
	h.Write(message)
	return h.Sum(nil)
}

func ecSign(with *Material, digest []byte) ([]byte, error) {
	_, _, key, err := openPKCS8(with.Bytes)
	if err != nil {
		return nil, err
	}
	parts, err := parseSEC1(key)
	if err != nil {
		return nil, err
	}
	return with.Curve().math.sign(parts.scalar, digest)
}

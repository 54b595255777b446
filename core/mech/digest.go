package mech

import (
	"crypto"
	"crypto/rsa"

	"hsmplay/core/attr"
)

// VerifyDigest returns nil if the signature is RSA PKCS#1 v1.5 over a SHA-256 digest that somebody else has computed, as
// `openssl pkeyutl -sign -pkeyopt digest:sha256` makes it (RFC 8017, 8.2). Errors: ErrKeyType, ErrBadSignature.
func VerifyDigest(with *Material, digest, signature []byte) error {
	if with.Class != attr.Public || with.Type != attr.RSA {
		return ErrKeyType
	}
	if rsa.VerifyPKCS1v15(with.rsaPublicKey(), crypto.SHA256, digest, signature) != nil {
		return ErrBadSignature
	}
	return nil
}

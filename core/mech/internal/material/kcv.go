package material

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/sha1"

	"hsmplay/core/attr"
)

// kcvSize is the length of a key check value in bytes.
const kcvSize = 3

// pairKCV is the check value of both halves of a pair: the head of SHA-1 over the
// SubjectPublicKeyInfo (spec/kmu.md 4.6).
func pairKCV(spki []byte) []byte {
	sum := sha1.Sum(spki)
	return sum[:kcvSize:kcvSize]
}

// secretKCV is the check value of a secret: the head of a block of zeros encrypted with it. Types
// that support none show zeros (spec/kmu.md 4.3, 4.6). The value has one of its type's lengths.
func secretKCV(t attr.KeyType, value []byte) []byte {
	kcv := make([]byte, kcvSize)
	var block cipher.Block
	var err error
	switch t {
	case attr.AES:
		block, err = aes.NewCipher(value)
	case attr.DES3:
		block, err = des.NewTripleDESCipher(value)
	default:
		return kcv
	}
	if err != nil {
		panic("material: secretKCV of a value of the wrong length")
	}
	out := make([]byte, block.BlockSize())
	block.Encrypt(out, out)
	copy(kcv, out)
	return kcv
}

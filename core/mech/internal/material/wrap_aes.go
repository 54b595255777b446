package material

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/subtle"

	"hsmplay/core/attr"
)

// AESKeyWrap is aesWrapUnwrap -m 1: PKCS#5 padding, then RFC 3394 with any initial value of 8
// bytes, nil for the default (spec/kmu.md 3.38). Errors: ErrKeyType, ErrWrapParams.
func AESKeyWrap(with *Material, iv, plain []byte) ([]byte, error) {
	kek, initial, err := keyWrapWith(with, iv)
	if err != nil {
		return nil, err
	}
	return aesKeyWrapPKCS5(kek, initial, plain), nil
}

// AESKeyUnwrap is aesWrapUnwrap -m 0. Errors: ErrKeyType, ErrWrapParams, ErrIntegrity.
func AESKeyUnwrap(with *Material, iv, blob []byte) ([]byte, error) {
	kek, initial, err := keyWrapWith(with, iv)
	if err != nil {
		return nil, err
	}
	return aesKeyUnwrapPKCS5(kek, initial, blob)
}

func keyWrapWith(with *Material, iv []byte) (kek cipher.Block, initial [semiblock]byte, err error) {
	if with.Type != attr.AES {
		return nil, initial, ErrKeyType
	}
	if iv == nil {
		iv = defaultIV[:]
	}
	if len(iv) != semiblock {
		return nil, initial, ErrWrapParams
	}
	return aesBlock(with.value), [semiblock]byte(iv), nil
}

// aesBlock returns the cipher of an AES value, whose length was checked when the key was made.
func aesBlock(value []byte) cipher.Block {
	block, err := aes.NewCipher(value)
	if err != nil {
		panic("material: an AES key of the wrong length")
	}
	return block
}

func wrapPKCS5(with *Material, plain []byte, _ WrapParams) (blob, iv []byte, err error) {
	return aesKeyWrapPKCS5(aesBlock(with.value), defaultIV, plain), nil, nil
}

func unwrapPKCS5(with *Material, blob []byte, _ WrapParams) ([]byte, error) {
	return aesKeyUnwrapPKCS5(aesBlock(with.value), defaultIV, blob)
}

func wrapNoPad(with *Material, plain []byte, _ WrapParams) (blob, iv []byte, err error) {
	blob, err = aesKeyWrap(aesBlock(with.value), defaultIV, plain)
	return blob, nil, err
}

func unwrapNoPad(with *Material, blob []byte, _ WrapParams) ([]byte, error) {
	return aesKeyUnwrap(aesBlock(with.value), defaultIV, blob)
}

func wrapPad(with *Material, plain []byte, _ WrapParams) (blob, iv []byte, err error) {
	blob, err = aesKeyWrapPad(aesBlock(with.value), plain)
	return blob, nil, err
}

func unwrapPad(with *Material, blob []byte, _ WrapParams) ([]byte, error) {
	return aesKeyUnwrapPad(aesBlock(with.value), blob)
}

func wrapGCM(with *Material, plain []byte, p WrapParams) (blob, iv []byte, err error) {
	iv = make([]byte, GCMIVSize)
	if _, err := rand.Read(iv); err != nil {
		return nil, nil, err
	}
	return sealGCM(with, iv, plain, p), iv, nil
}

func unwrapGCM(with *Material, blob []byte, p WrapParams) ([]byte, error) {
	return openGCM(with, p.IV, blob, p)
}

func wrapGCMPrefixed(with *Material, plain []byte, p WrapParams) (blob, iv []byte, err error) {
	sealed, iv, err := wrapGCM(with, plain, p)
	return append(iv, sealed...), nil, err
}

func unwrapGCMPrefixed(with *Material, blob []byte, p WrapParams) ([]byte, error) {
	if len(blob) < GCMIVSize {
		return nil, ErrIntegrity
	}
	return openGCM(with, blob[:GCMIVSize], blob[GCMIVSize:], p)
}

// sealGCM returns cipher text and tag, cut to the tag size (NIST SP 800-38D, 7.1).
func sealGCM(with *Material, iv, plain []byte, p WrapParams) []byte {
	sealed := newGCM(with).Seal(nil, iv, plain, p.AAD)
	return sealed[:len(plain)+p.TagSize]
}

// openGCM is NIST SP 800-38D, 7.2. The library opens no tags below 12 bytes, so the cipher text is
// sealed instead, which decrypts it, since counter mode is its own inverse; sealing the result once
// more gives the full tag that the short one is compared with.
func openGCM(with *Material, iv, blob []byte, p WrapParams) ([]byte, error) {
	size := len(blob) - p.TagSize
	if size < 0 {
		return nil, ErrIntegrity
	}
	gcm := newGCM(with)
	plain := gcm.Seal(nil, iv, blob[:size], nil)[:size:size]
	want := gcm.Seal(nil, iv, plain, p.AAD)[size:][:p.TagSize]
	if subtle.ConstantTimeCompare(want, blob[size:]) != 1 {
		clear(plain)
		return nil, ErrIntegrity
	}
	return plain, nil
}

func newGCM(with *Material) cipher.AEAD {
	gcm, err := cipher.NewGCM(aesBlock(with.value))
	if err != nil {
		panic("material: GCM refuses AES")
	}
	return gcm
}

package material

import (
	"crypto/rand"
	"crypto/rsa"

	"hsmplay/core/attr"
)

// ephemeralSize is the length in bytes of WrapRSAAES's one-time AES key (spec/kmu.md 3.25).
const ephemeralSize = 32

// pkcs1Overhead is what PKCS#1 v1.5 adds at least to a message (RFC 8017, 7.2.1).
const pkcs1Overhead = 11

func wrapOAEP(with *Material, plain []byte, p WrapParams) (blob, iv []byte, err error) {
	key := with.rsaPublicKey()
	if len(plain) > key.Size()-2*p.Hash.Size()-2 {
		return nil, nil, ErrTooLong
	}
	blob, err = rsa.EncryptOAEP(p.Hash.New(), rand.Reader, key, plain, nil)
	return blob, nil, err
}

func unwrapOAEP(with *Material, blob []byte, p WrapParams) ([]byte, error) {
	key, err := with.rsaPrivateKey()
	if err != nil {
		return nil, err
	}
	plain, err := rsa.DecryptOAEP(p.Hash.New(), nil, key, blob, nil)
	if err != nil {
		return nil, ErrIntegrity
	}
	return plain, nil
}

func wrapRSAAES(with *Material, plain []byte, p WrapParams) (blob, iv []byte, err error) {
	ephemeral := make([]byte, ephemeralSize)
	if _, err := rand.Read(ephemeral); err != nil {
		return nil, nil, err
	}
	head, _, err := wrapOAEP(with, ephemeral, p)
	if err != nil {
		return nil, nil, err
	}
	body, err := aesKeyWrapPad(aesBlock(ephemeral), plain)
	return append(head, body...), nil, err
}

func unwrapRSAAES(with *Material, blob []byte, p WrapParams) ([]byte, error) {
	size := len(with.Modulus)
	if len(blob) < size {
		return nil, ErrIntegrity
	}
	ephemeral, err := unwrapOAEP(with, blob[:size], p)
	if err != nil {
		return nil, err
	}
	if !SecretSizeOK(attr.AES, len(ephemeral)) {
		return nil, ErrIntegrity
	}
	return aesKeyUnwrapPad(aesBlock(ephemeral), blob[size:])
}

func wrapPKCS1(with *Material, plain []byte, _ WrapParams) (blob, iv []byte, err error) {
	key := with.rsaPublicKey()
	if len(plain) > key.Size()-pkcs1Overhead {
		return nil, nil, ErrTooLong
	}
	//lint:ignore SA1019 this wrapping is PKCS#1 v1.5
	blob, err = rsa.EncryptPKCS1v15(rand.Reader, key, plain)
	return blob, nil, err
}

func unwrapPKCS1(with *Material, blob []byte, _ WrapParams) ([]byte, error) {
	key, err := with.rsaPrivateKey()
	if err != nil {
		return nil, err
	}
	//lint:ignore SA1019 this wrapping is PKCS#1 v1.5
	plain, err := rsa.DecryptPKCS1v15(nil, key, blob)
	if err != nil {
		return nil, ErrIntegrity
	}
	return plain, nil
}

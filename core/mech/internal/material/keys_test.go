package material

import (
	"context"
	"crypto/rsa"
	_ "embed"
	"encoding/pem"

	"hsmplay/core/attr"
)

//go:embed testdata/rsa2048_1.pem
var rsaPEM1 []byte

//go:embed testdata/rsa2048_2.pem
var rsaPEM2 []byte

// testRSA is a source of ready-made 2048-bit keys, so that tests need not search for primes.
var testRSA = Source{RSA: func(_ context.Context, bits int) (*rsa.PrivateKey, error) {
	if bits != 2048 {
		return nil, ErrModulusSize
	}
	return readyRSA(rsaPEM1), nil
}}

func readyRSA(data []byte) *rsa.PrivateKey {
	block, _ := pem.Decode(data)
	key, err := readPKCS1(block.Bytes)
	if err != nil {
		panic(err)
	}
	return key
}

// privatePEM returns the PRIVATE KEY block (PKCS#8) of a private key.
func privatePEM(m *Material) ([]byte, error) {
	if m.Class != attr.PrivateKey {
		return nil, ErrKeyType
	}
	return encodePEM("PRIVATE KEY", m.value), nil
}

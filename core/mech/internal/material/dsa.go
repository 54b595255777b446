package material

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
)

//go:generate go test -run TestMakeDSADomains -make-dsa

// storedDomain is a DSA group in hexadecimal, with the seed and counter that prove how it was made
// (FIPS 186-4, A.1.1.2 with SHA-256; g by A.2.3 with index 1).
type storedDomain struct {
	bits, counter int
	seed, p, q, g string
}

func (s storedDomain) domain() dsaDomain {
	return dsaDomain{fromHex(s.p), fromHex(s.q), fromHex(s.g)}
}

func fromHex(text string) *big.Int {
	n, ok := new(big.Int).SetString(text, 16)
	if !ok {
		panic("material: stored DSA parameters are not hexadecimal")
	}
	return n
}

// DSA is the recipe of a DSA key pair in a ready-made group with a q of 256 bits.
type DSA struct {
	Bits int // 2048 or 3072
}

// Make returns the public and the private key. Errors: ErrModulusSize.
func (d DSA) Make(context.Context, Source) ([]*Material, error) {
	for _, stored := range dsaDomains {
		if stored.bits != d.Bits {
			continue
		}
		domain := stored.domain()
		x, err := domain.randomExponent()
		if err != nil {
			return nil, err
		}
		private := dsaPrivate(domain, new(big.Int).Exp(domain.g, x, domain.p), x)
		return []*Material{private.Public(), private}, nil
	}
	return nil, fmt.Errorf("%w: %d bits", ErrModulusSize, d.Bits)
}

// Slow reports false: the group is ready-made, so a pair costs one exponentiation.
func (d DSA) Slow() bool { return false }

// randomExponent returns a number of 1 … q-1.
func (d dsaDomain) randomExponent() (*big.Int, error) {
	one := big.NewInt(1)
	x, err := rand.Int(rand.Reader, new(big.Int).Sub(d.q, one))
	if err != nil {
		return nil, err
	}
	return x.Add(x, one), nil
}

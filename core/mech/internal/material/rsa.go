package material

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"math/big"
	"slices"
)

// RSA is the recipe of an RSA key pair.
type RSA struct {
	Bits     int   // 2048 … 4096 in steps of 256
	Exponent int64 // odd, 65537 … 2³¹-1
}

// maxSourceCalls bounds the search for primes that go with an exponent. The worst exponent, a
// product of the smallest primes, takes five calls on average.
const maxSourceCalls = 100

// errBadSource is a key from the source that is not what was asked for.
var errBadSource = errors.New("material: the RSA source gave a key that is unfit")

// RSASizeOK reports whether pairs of this modulus length are made (spec/kmu.md 3.13).
func RSASizeOK(bits int) bool { return 2048 <= bits && bits <= 4096 && bits%256 == 0 }

// Make returns the public and the private key. Errors: ErrModulusSize, ErrWeakExponent, the
// source's.
func (r RSA) Make(ctx context.Context, source Source) ([]*Material, error) {
	if !RSASizeOK(r.Bits) {
		return nil, fmt.Errorf("%w: %d bits", ErrModulusSize, r.Bits)
	}
	if !ExponentOK(r.Exponent) {
		return nil, fmt.Errorf("%w: %d", ErrWeakExponent, r.Exponent)
	}
	if source.RSA == nil {
		source.RSA = librarySource
	}
	key, err := r.find(ctx, source)
	if err != nil {
		return nil, err
	}
	private := rsaPrivate(key)
	return []*Material{private.Public(), private}, nil
}

// Slow reports true: finding primes takes many frames.
func (r RSA) Slow() bool { return true }

func librarySource(_ context.Context, bits int) (*rsa.PrivateKey, error) {
	return rsa.GenerateKey(rand.Reader, bits)
}

// find asks the source for keys until their primes go with the exponent. Sources make e = 65537
// only, so for any other exponent the primes are taken, each on its own, and d is computed anew.
func (r RSA) find(ctx context.Context, source Source) (*rsa.PrivateKey, error) {
	var primes []*big.Int
	for range maxSourceCalls {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		key, err := source.RSA(ctx, r.Bits)
		if err != nil {
			return nil, err
		}
		if key.N.BitLen() != r.Bits || len(key.Primes) != 2 {
			return nil, errBadSource
		}
		if r.Exponent == int64(key.E) {
			return withCRT(key)
		}
		for _, p := range key.Primes {
			if !r.fits(p) || slices.ContainsFunc(primes, func(q *big.Int) bool { return p.Cmp(q) == 0 }) {
				continue
			}
			if key := r.combine(p, primes); key != nil {
				return key, nil
			}
			primes = append(primes, p)
		}
	}
	return nil, errBadSource
}

// fits reports whether the exponent has an inverse modulo p-1.
func (r RSA) fits(p *big.Int) bool {
	gcd := new(big.Int).Sub(p, big.NewInt(1))
	return gcd.GCD(nil, nil, gcd, big.NewInt(r.Exponent)).IsInt64() && gcd.Int64() == 1
}

// combine returns a key of the prime and another one, nil if none of them makes the right size.
func (r RSA) combine(p *big.Int, others []*big.Int) *rsa.PrivateKey {
	for _, q := range others {
		n := new(big.Int).Mul(p, q)
		if n.BitLen() != r.Bits {
			continue
		}
		key, err := withCRT(&rsa.PrivateKey{
			PublicKey: rsa.PublicKey{N: n, E: int(r.Exponent)},
			D:         privateExponent(big.NewInt(r.Exponent), p, q),
			Primes:    []*big.Int{p, q},
		})
		if err == nil {
			return key
		}
	}
	return nil
}

// privateExponent returns the inverse of e modulo the least common multiple of p-1 and q-1
// (FIPS 186-5, A.1.1). e fits both primes.
func privateExponent(e, p, q *big.Int) *big.Int {
	one := big.NewInt(1)
	p1, q1 := new(big.Int).Sub(p, one), new(big.Int).Sub(q, one)
	gcd := new(big.Int).GCD(nil, nil, p1, q1)
	lcm := p1.Mul(p1, q1.Div(q1, gcd))
	return new(big.Int).ModInverse(e, lcm)
}

// withCRT returns the key with dP, dQ and qInv computed and everything checked.
func withCRT(key *rsa.PrivateKey) (*rsa.PrivateKey, error) {
	fresh := &rsa.PrivateKey{PublicKey: key.PublicKey, D: key.D, Primes: key.Primes}
	fresh.Precompute()
	if fresh.Validate() != nil || fresh.Precomputed.Dp == nil {
		return nil, errBadSource
	}
	return fresh, nil
}

// rsaPublicKey returns the library's form of either half of an RSA pair.
func (m *Material) rsaPublicKey() *rsa.PublicKey {
	e := new(big.Int).SetBytes(m.Exponent)
	return &rsa.PublicKey{N: new(big.Int).SetBytes(m.Modulus), E: int(e.Int64())}
}

// rsaPrivateKey returns the library's form of an RSA private key.
func (m *Material) rsaPrivateKey() (*rsa.PrivateKey, error) {
	_, _, pkcs1, err := openPKCS8(m.value)
	if err != nil {
		return nil, err
	}
	key, err := readPKCS1(pkcs1)
	if err != nil {
		return nil, err
	}
	key.Precompute()
	return key, nil
}

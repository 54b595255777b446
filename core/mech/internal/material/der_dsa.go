package material

import (
	"math/big"
	"slices"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"hsmplay/core/attr"
)

// dsaDomain is a DSA group: g generates the subgroup of order q modulo p (FIPS 186-4, 4.1).
type dsaDomain struct{ p, q, g *big.Int }

// dsaSizes are the sizes of p and q, in bits, that are read (FIPS 186-4, 4.2, without 1024).
var dsaSizes = [][2]int{{2048, 224}, {2048, 256}, {3072, 256}}

func newDomain() dsaDomain { return dsaDomain{new(big.Int), new(big.Int), new(big.Int)} }

// dsaPublic returns the material of a DSA public key that was checked.
func dsaPublic(domain dsaDomain, y *big.Int) *Material {
	return newPublic(Material{Type: attr.DSA}, writeSPKI(oidDSA, domain.add, writeInteger(y)))
}

// dsaPrivate returns the material of a DSA private key that was checked.
func dsaPrivate(domain dsaDomain, y, x *big.Int) *Material {
	return dsaPublic(domain, y).private(writePKCS8(oidDSA, domain.add, writeInteger(x)))
}

// add writes Dss-Parms (RFC 3279, 2.3.2).
func (d dsaDomain) add(b *cryptobyte.Builder) {
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1BigInt(d.p)
		b.AddASN1BigInt(d.q)
		b.AddASN1BigInt(d.g)
	})
}

func writeInteger(n *big.Int) []byte {
	var b cryptobyte.Builder
	b.AddASN1BigInt(n)
	return b.BytesOrPanic()
}

func parseDSASPKI(params cryptobyte.String, key []byte, t trust) (*Material, error) {
	domain, err := readDomain(params, t)
	if err != nil {
		return nil, err
	}
	y, err := readInteger(key)
	if err != nil {
		return nil, err
	}
	if t != trusting && !domain.has(y) {
		return nil, ErrKeyMismatch
	}
	return dsaPublic(domain, y), nil
}

func parseDSAPKCS8(params cryptobyte.String, key []byte, t trust) (*Material, error) {
	domain, err := readDomain(params, t)
	if err != nil {
		return nil, err
	}
	x, err := readInteger(key)
	if err != nil {
		return nil, err
	}
	if x.Cmp(domain.q) >= 0 {
		return nil, ErrScalarRange
	}
	y := domain.g
	if t != shaped {
		y = new(big.Int).Exp(domain.g, x, domain.p)
	}
	return dsaPrivate(domain, y, x), nil
}

// parseDSATraditional reads OpenSSL's own DSA private key: 0, p, q, g, y, x.
func parseDSATraditional(key []byte, t trust) (*Material, error) {
	inner, err := readOuter(key)
	if err != nil {
		return nil, err
	}
	if err := readVersion(&inner, 0); err != nil {
		return nil, err
	}
	domain := newDomain()
	var y, x big.Int
	err = readPositives(&inner, domain.p, domain.q, domain.g, &y, &x)
	if err != nil || !inner.Empty() {
		return nil, ErrMalformed
	}
	check := domain.check
	if !t.computes() {
		check = domain.checkSizes
	}
	if err := check(); err != nil {
		return nil, err
	}
	if x.Cmp(domain.q) >= 0 {
		return nil, ErrScalarRange
	}
	if t.computes() && new(big.Int).Exp(domain.g, &x, domain.p).Cmp(&y) != 0 {
		return nil, ErrKeyMismatch
	}
	return dsaPrivate(domain, &y, &x), nil
}

func readInteger(input cryptobyte.String) (*big.Int, error) {
	n := new(big.Int)
	if err := readPositives(&input, n); err != nil {
		return nil, err
	}
	if !input.Empty() {
		return nil, ErrTrailing
	}
	return n, nil
}

func readDomain(params cryptobyte.String, t trust) (dsaDomain, error) {
	domain := newDomain()
	inner, err := readOuter(params)
	if err != nil {
		return domain, ErrDomainParameters
	}
	if err := readPositives(&inner, domain.p, domain.q, domain.g); err != nil || !inner.Empty() {
		return domain, ErrMalformed
	}
	if !t.computes() {
		return domain, domain.checkSizes()
	}
	return domain, domain.check()
}

// check tells whether the numbers are a group (FIPS 186-4, A.1.1.3 and A.2.2, without the seed).
func (d dsaDomain) check() error {
	if err := d.checkSizes(); err != nil {
		return err
	}
	one := big.NewInt(1)
	remainder := new(big.Int).Sub(d.p, one)
	if remainder.Mod(remainder, d.q).Sign() != 0 || !d.has(d.g) ||
		!d.q.ProbablyPrime(0) || !d.p.ProbablyPrime(0) {
		return ErrDomainParameters
	}
	return nil
}

func (d dsaDomain) checkSizes() error {
	if !slices.Contains(dsaSizes, [2]int{d.p.BitLen(), d.q.BitLen()}) {
		return ErrModulusSize
	}
	if d.p.Bit(0) == 0 || d.q.Bit(0) == 0 || d.g.Cmp(d.p) >= 0 {
		return ErrDomainParameters
	}
	return nil
}

// has reports whether a number other than 1 is in the subgroup of order q.
func (d dsaDomain) has(n *big.Int) bool {
	one := big.NewInt(1)
	return n.Cmp(one) > 0 && n.Cmp(d.p) < 0 && new(big.Int).Exp(n, d.q, d.p).Cmp(one) == 0
}

package material

import (
	"crypto/rsa"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"hsmplay/core/attr"
)

// The sizes of RSA moduli that are read, in bits. What may be made and kept is the HSM's policy.
const (
	minModulusBits = 1024
	maxModulusBits = 4096
)

// The public exponents that are taken (spec/kmu.md 3.13).
const (
	minExponent = 65537
	maxExponent = 1<<31 - 1
)

// rsaPublic returns the material of an RSA public key that was checked.
func rsaPublic(key *rsa.PublicKey) *Material {
	pkcs1 := sequence(func(b *cryptobyte.Builder) {
		b.AddASN1BigInt(key.N)
		b.AddASN1Uint64(uint64(key.E))
	})
	return newPublic(Material{
		Type:     attr.RSA,
		Modulus:  key.N.Bytes(),
		Bits:     key.N.BitLen(),
		Exponent: big.NewInt(int64(key.E)).Bytes(),
	}, writeSPKI(oidRSA, addNull, pkcs1))
}

// rsaPrivate returns the material of an RSA private key that was checked and has its CRT values.
func rsaPrivate(key *rsa.PrivateKey) *Material {
	return rsaPublic(&key.PublicKey).private(writePKCS8(oidRSA, addNull, writePKCS1(key)))
}

func addNull(b *cryptobyte.Builder) { b.AddASN1(der.NULL, func(*cryptobyte.Builder) {}) }

// readNull checks the parameters of rsaEncryption, which are NULL (RFC 3279, 2.3.1).
func readNull(params cryptobyte.String) error {
	var null cryptobyte.String
	if !params.ReadASN1(&null, der.NULL) || !null.Empty() || !params.Empty() {
		return ErrMalformed
	}
	return nil
}

func parseRSASPKI(params cryptobyte.String, key []byte, _ trust) (*Material, error) {
	if err := readNull(params); err != nil {
		return nil, err
	}
	inner, err := readOuter(key)
	if err != nil {
		return nil, err
	}
	var n, e big.Int
	if err := readPositives(&inner, &n, &e); err != nil || !inner.Empty() {
		return nil, ErrMalformed
	}
	public, err := checkRSAPublic(&n, &e)
	if err != nil {
		return nil, err
	}
	return rsaPublic(public), nil
}

// NewRSAPublic returns the public key of a modulus, big endian, and an exponent. Errors:
// ErrModulusSize, ErrWeakExponent.
func NewRSAPublic(modulus []byte, exponent int64) (*Material, error) {
	public, err := checkRSAPublic(new(big.Int).SetBytes(modulus), big.NewInt(exponent))
	if err != nil {
		return nil, err
	}
	return rsaPublic(public), nil
}

func checkRSAPublic(n, e *big.Int) (*rsa.PublicKey, error) {
	if bits := n.BitLen(); bits < minModulusBits || bits > maxModulusBits || n.Bit(0) == 0 {
		return nil, ErrModulusSize
	}
	if !e.IsInt64() || !ExponentOK(e.Int64()) {
		return nil, ErrWeakExponent
	}
	return &rsa.PublicKey{N: n, E: int(e.Int64())}, nil
}

// ExponentOK reports whether a public exponent is taken: odd, 65537 … 2³¹-1 (spec/kmu.md 3.13).
func ExponentOK(e int64) bool { return minExponent <= e && e <= maxExponent && e%2 == 1 }

func parseRSAPKCS8(params cryptobyte.String, key []byte, t trust) (*Material, error) {
	if err := readNull(params); err != nil {
		return nil, err
	}
	return parsePKCS1(key, t)
}

// parsePKCS1 reads an RSAPrivateKey of two primes (RFC 8017, A.1.2).
func parsePKCS1(key []byte, t trust) (*Material, error) {
	private, err := readPKCS1(key)
	if err != nil {
		return nil, err
	}
	if t.computes() {
		if private.Validate() != nil {
			return nil, ErrKeyMismatch
		}
		for _, prime := range private.Primes {
			// Validate checks products and inverses, which composite numbers can satisfy.
			if !prime.ProbablyPrime(0) {
				return nil, ErrKeyMismatch
			}
		}
	}
	return rsaPrivate(private), nil
}

// rsaNumbers are the fields of an RSAPrivateKey.
type rsaNumbers struct{ n, e, d, p, q, dP, dQ, qInv big.Int }

// readRSANumbers takes an RSAPrivateKey apart.
func readRSANumbers(key []byte) (*rsaNumbers, error) {
	inner, err := readOuter(key)
	if err != nil {
		return nil, err
	}
	if err := readVersion(&inner, 0); err != nil {
		return nil, err
	}
	var r rsaNumbers
	err = readPositives(&inner, &r.n, &r.e, &r.d, &r.p, &r.q, &r.dP, &r.dQ, &r.qInv)
	if err != nil || !inner.Empty() {
		return nil, ErrMalformed
	}
	return &r, nil
}

// readPKCS1 reads the numbers of an RSAPrivateKey and checks their ranges only.
func readPKCS1(key []byte) (*rsa.PrivateKey, error) {
	r, err := readRSANumbers(key)
	if err != nil {
		return nil, err
	}
	public, err := checkRSAPublic(&r.n, &r.e)
	if err != nil {
		return nil, err
	}
	for _, part := range []*big.Int{&r.d, &r.p, &r.q, &r.dP, &r.dQ, &r.qInv} {
		if part.Cmp(&r.n) >= 0 {
			return nil, ErrKeyMismatch
		}
	}
	return &rsa.PrivateKey{
		PublicKey:   *public,
		D:           &r.d,
		Primes:      []*big.Int{&r.p, &r.q},
		Precomputed: rsa.PrecomputedValues{Dp: &r.dP, Dq: &r.dQ, Qinv: &r.qInv},
	}, nil
}

func writePKCS1(key *rsa.PrivateKey) []byte {
	return sequence(func(b *cryptobyte.Builder) {
		b.AddASN1Uint64(0)
		b.AddASN1BigInt(key.N)
		b.AddASN1Uint64(uint64(key.E))
		b.AddASN1BigInt(key.D)
		b.AddASN1BigInt(key.Primes[0])
		b.AddASN1BigInt(key.Primes[1])
		b.AddASN1BigInt(key.Precomputed.Dp)
		b.AddASN1BigInt(key.Precomputed.Dq)
		b.AddASN1BigInt(key.Precomputed.Qinv)
	})
}

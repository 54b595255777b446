package material

import (
	"bytes"
	"encoding/asn1"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// pkcs8Of builds a PKCS#8 key of any parts.
func pkcs8Of(version uint64, oid asn1.ObjectIdentifier, params func(*cryptobyte.Builder), key []byte) []byte {
	return sequence(func(b *cryptobyte.Builder) {
		b.AddASN1Uint64(version)
		addAlgorithm(b, oid, params)
		b.AddASN1OctetString(key)
	})
}

func noParams(*cryptobyte.Builder) {}

// explicitCurve stands for ECParameters that spell a curve out; it is not looked into.
func explicitCurve(b *cryptobyte.Builder) {
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1Uint64(1) })
}

func TestECKeysRefused(t *testing.T) {
	p256 := onCurve(2)
	p384 := onCurve(14)
	p192 := onCurve(1)
	scalar, point, err := p256.math.generate()
	require.NoError(t, err)
	_, otherPoint, err := p256.math.generate()
	require.NoError(t, err)
	good := writeSEC1(nil, scalar, point)
	zero := make([]byte, 32)
	order := unhex(t, "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
	for _, c := range []struct {
		about string
		key   []byte
		want  error
	}{
		{"explicit parameters", writePKCS8(oidEC, explicitCurve, good), ErrNotNamedCurve},
		{"implicit parameters", writePKCS8(oidEC, addNull, good), ErrNotNamedCurve},
		{"no parameters", writePKCS8(oidEC, noParams, good), ErrNotNamedCurve},
		{"P-192", writePKCS8(oidEC, p192.addOID, good), ErrUnsupportedCurve},
		{"unknown curve", writePKCS8(oidEC, func(b *cryptobyte.Builder) {
			b.AddASN1ObjectIdentifier(asn1.ObjectIdentifier{1, 2, 3})
		}, good), ErrUnsupportedCurve},
		{"the point of another key", ecPKCS8(p256, scalar, otherPoint), ErrKeyMismatch},
		{"a point of another curve", ecPKCS8(p384, scalar, point), ErrPointLength},
		{"inner curve differs", writePKCS8(oidEC, p256.addOID, writeSEC1(p384, scalar, point)), ErrKeyMismatch},
		{"scalar 0", ecPKCS8(p256, zero, point), ErrScalarRange},
		{"scalar = order", ecPKCS8(p256, order, point), ErrScalarRange},
		{"scalar too long", ecPKCS8(p256, append([]byte{1}, scalar...), point), ErrScalarRange},
		{"infinity", ecPKCS8(p256, scalar, []byte{0}), ErrPointAtInfinity},
		{"version of PKCS#8", pkcs8Of(1, oidEC, p256.addOID, good), ErrVersion},
		{"version of SEC 1", writePKCS8(oidEC, p256.addOID, bytes.Replace(good, []byte{2, 1, 1}, []byte{2, 1, 2}, 1)), ErrVersion},
		{"bytes behind", append(ecPKCS8(p256, scalar, point), 0), ErrTrailing},
		{"bytes behind SEC 1", writePKCS8(oidEC, p256.addOID, append(bytes.Clone(good), 0)), ErrTrailing},
		{"another algorithm", writePKCS8(asn1.ObjectIdentifier{1, 3, 101, 112}, noParams, scalar), ErrUnsupportedAlgorithm},
		{"empty", nil, ErrMalformed},
		{"indefinite length", append([]byte{0x30, 0x80}, good...), ErrMalformed},
		{"too large", make([]byte, MaxFile+1), ErrTooLarge},
	} {
		_, err := ParsePrivate(c.key)
		require.ErrorIs(t, err, c.want, c.about)
	}
	for cut := range ecPKCS8(p256, scalar, point) {
		_, err := ParsePrivate(ecPKCS8(p256, scalar, point)[:cut])
		require.Error(t, err, "cut to %d bytes", cut)
	}
}

func TestECKeyWithoutPointIsTaken(t *testing.T) {
	curve := onCurve(14)
	scalar, point, err := curve.math.generate()
	require.NoError(t, err)
	bare := sequence(func(b *cryptobyte.Builder) {
		b.AddASN1Uint64(1)
		b.AddASN1OctetString(scalar)
	})
	m, err := ParsePrivate(writePKCS8(oidEC, curve.addOID, bare))
	require.NoError(t, err)
	require.Equal(t, ecPKCS8(curve, scalar, point), m.value, "the point is put in")
}

// spoilRSA returns a ready-made key with one change.
func spoilRSA(change func(n *rsaNumbers)) []byte {
	key := readyRSA(rsaPEM1)
	n, err := readRSANumbers(writePKCS1(key))
	if err != nil {
		panic(err)
	}
	change(n)
	return sequence(func(b *cryptobyte.Builder) {
		b.AddASN1Uint64(0)
		for _, number := range []*big.Int{&n.n, &n.e, &n.d, &n.p, &n.q, &n.dP, &n.dQ, &n.qInv} {
			b.AddASN1BigInt(number)
		}
	})
}

func add(n *big.Int, k int64) { n.Add(n, big.NewInt(k)) }

func TestRSAKeysRefused(t *testing.T) {
	for _, c := range []struct {
		about  string
		change func(n *rsaNumbers)
		want   error
	}{
		{"unchanged", func(*rsaNumbers) {}, nil},
		{"another modulus", func(n *rsaNumbers) { add(&n.n, 2) }, ErrKeyMismatch},
		{"another d", func(n *rsaNumbers) { add(&n.d, 2) }, ErrKeyMismatch},
		{"another p", func(n *rsaNumbers) { add(&n.p, 2) }, ErrKeyMismatch},
		{"another dP", func(n *rsaNumbers) { add(&n.dP, 2) }, ErrKeyMismatch},
		{"another dQ", func(n *rsaNumbers) { add(&n.dQ, 2) }, ErrKeyMismatch},
		{"another qInv", func(n *rsaNumbers) { add(&n.qInv, 1) }, ErrKeyMismatch},
		{"even p", func(n *rsaNumbers) { add(&n.p, 1) }, ErrKeyMismatch},
		{"p = 1", func(n *rsaNumbers) { n.p.SetInt64(1) }, ErrKeyMismatch},
		{"huge d", func(n *rsaNumbers) { n.d.Lsh(&n.d, 40000) }, ErrKeyMismatch},
		{"e = 3", func(n *rsaNumbers) { n.e.SetInt64(3) }, ErrWeakExponent},
		{"even e", func(n *rsaNumbers) { n.e.SetInt64(65538) }, ErrWeakExponent},
		{"huge e", func(n *rsaNumbers) { n.e.Lsh(big.NewInt(1), 64).SetBit(&n.e, 0, 1) }, ErrWeakExponent},
		{"small modulus", func(n *rsaNumbers) { n.n.SetInt64(35) }, ErrModulusSize},
		{"even modulus", func(n *rsaNumbers) { add(&n.n, 1) }, ErrModulusSize},
		{"large modulus", func(n *rsaNumbers) { n.n.Lsh(&n.n, 2056).SetBit(&n.n, 0, 1) }, ErrModulusSize},
		{"negative d", func(n *rsaNumbers) { n.d.Neg(&n.d) }, ErrMalformed},
		{"q = 0", func(n *rsaNumbers) { n.q.SetInt64(0) }, ErrMalformed},
	} {
		pkcs1 := spoilRSA(c.change)
		_, err := ParsePrivate(writePKCS8(oidRSA, addNull, pkcs1))
		require.ErrorIs(t, err, c.want, c.about)
		_, err = PrivateFromPEM(encodePEM("RSA PRIVATE KEY", pkcs1))
		require.ErrorIs(t, err, c.want, c.about)
	}
	_, err := ParsePrivate(writePKCS8(oidRSA, noParams, spoilRSA(func(*rsaNumbers) {})))
	require.ErrorIs(t, err, ErrMalformed, "rsaEncryption has NULL parameters")
}

// The numbers of this key fit each other, but one of its primes is a product of two.
func TestRSACompositePrime(t *testing.T) {
	key := readyRSA(rsaPEM1)
	other := readyRSA(rsaPEM2)
	p := new(big.Int).Mul(key.Primes[0], other.Primes[0])
	q := new(big.Int).Mul(key.Primes[1], other.Primes[1])
	e := big.NewInt(65537)
	spoilt := spoilRSA(func(n *rsaNumbers) {
		n.p, n.q = *p, *q
		n.n.Mul(p, q)
		n.d = *privateExponent(e, p, q)
		n.dP.Mod(&n.d, new(big.Int).Sub(p, big.NewInt(1)))
		n.dQ.Mod(&n.d, new(big.Int).Sub(q, big.NewInt(1)))
		n.qInv.ModInverse(q, p)
	})
	_, err := ParsePrivate(writePKCS8(oidRSA, addNull, spoilt))
	require.ErrorIs(t, err, ErrKeyMismatch)
}

func TestDSAKeysRefused(t *testing.T) {
	_, private := makePair(t, DSA{2048})
	_, params, key, err := openPKCS8(private.value)
	require.NoError(t, err)
	domain, err := readDomain(params, checking)
	require.NoError(t, err)
	x, err := readInteger(key)
	require.NoError(t, err)
	y := new(big.Int).Exp(domain.g, x, domain.p)
	for _, c := range []struct {
		about  string
		change func(d *dsaDomain, y, x *big.Int)
		want   error
	}{
		{"unchanged", func(*dsaDomain, *big.Int, *big.Int) {}, nil},
		{"another y", func(_ *dsaDomain, y, _ *big.Int) { add(y, 1) }, ErrKeyMismatch},
		{"x = q", func(d *dsaDomain, _, x *big.Int) { x.Set(d.q) }, ErrScalarRange},
		{"x = 0", func(_ *dsaDomain, _, x *big.Int) { x.SetInt64(0) }, ErrMalformed},
		{"another p", func(d *dsaDomain, _, _ *big.Int) { add(d.p, 2) }, ErrDomainParameters},
		{"even p", func(d *dsaDomain, _, _ *big.Int) { add(d.p, 1) }, ErrDomainParameters},
		{"another q", func(d *dsaDomain, _, _ *big.Int) { add(d.q, -2) }, ErrDomainParameters},
		{"g = 1", func(d *dsaDomain, _, _ *big.Int) { d.g.SetInt64(1) }, ErrDomainParameters},
		{"g outside", func(d *dsaDomain, _, _ *big.Int) { d.g.Sub(d.p, big.NewInt(1)) }, ErrDomainParameters},
		{"g above p", func(d *dsaDomain, _, _ *big.Int) { d.g.Add(d.p, big.NewInt(2)) }, ErrDomainParameters},
		{"short p", func(d *dsaDomain, _, _ *big.Int) { d.p.Rsh(d.p, 1024) }, ErrModulusSize},
	} {
		d := dsaDomain{new(big.Int).Set(domain.p), new(big.Int).Set(domain.q), new(big.Int).Set(domain.g)}
		y, x := new(big.Int).Set(y), new(big.Int).Set(x)
		c.change(&d, y, x)
		traditional := sequence(func(b *cryptobyte.Builder) {
			b.AddASN1Uint64(0)
			for _, n := range []*big.Int{d.p, d.q, d.g, y, x} {
				b.AddASN1BigInt(n)
			}
		})
		_, err := PrivateFromPEM(encodePEM("DSA PRIVATE KEY", traditional))
		require.ErrorIs(t, err, c.want, c.about)
	}
	outside := writeSPKI(oidDSA, domain.add, writeInteger(new(big.Int).Sub(domain.p, big.NewInt(1))))
	_, err = ParsePublic(outside)
	require.ErrorIs(t, err, ErrKeyMismatch, "a public value outside the group")
}

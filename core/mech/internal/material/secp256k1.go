package material

import (
	"bytes"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/secp256k1"
	"github.com/consensys/gnark-crypto/ecc/secp256k1/fp"
	"github.com/consensys/gnark-crypto/ecc/secp256k1/fr"
	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// koblitz is the arithmetic of secp256k1, which the standard library lacks. The group comes from
// gnark-crypto, ECDSA over it (FIPS 186-5, 6.4) is here, because gnark's own ECDSA package knows no
// DER and costs size. Its scalar multiplication is not constant in time: fit for a playground.
type koblitz struct{}

func (k koblitz) scalarSize() int { return fr.Bytes }

func (k koblitz) generate() (scalar, point []byte, err error) {
	d, err := randomScalar()
	if err != nil {
		return nil, nil, err
	}
	full := d.Bytes()
	return full[:], encodePoint(basePoint(d)), nil
}

func (k koblitz) public(scalar []byte) (full, point []byte, err error) {
	full, err = fixedLength(scalar, fr.Bytes)
	if err != nil {
		return nil, nil, err
	}
	d, ok := exactScalar(new(big.Int).SetBytes(full))
	if !ok {
		return nil, nil, ErrScalarRange
	}
	return full, encodePoint(basePoint(d)), nil
}

func (k koblitz) decode(point []byte) ([]byte, error) {
	if bytes.Equal(point, []byte{0}) {
		return nil, ErrPointAtInfinity
	}
	p, err := parsePoint(point)
	if err != nil {
		return nil, err
	}
	return encodePoint(p), nil
}

func (k koblitz) sign(scalar, digest []byte) ([]byte, error) {
	d, ok := exactScalar(new(big.Int).SetBytes(scalar))
	if !ok {
		return nil, ErrScalarRange
	}
	z := digestScalar(digest)
	for {
		nonce, err := randomScalar()
		if err != nil {
			return nil, err
		}
		r := abscissa(basePoint(nonce))
		var s fr.Element
		s.Mul(r, d).Add(&s, z).Mul(&s, nonce.Inverse(nonce))
		if !r.IsZero() && !s.IsZero() {
			return encodeSignature(r, &s)
		}
	}
}

func (k koblitz) agree(scalar, point []byte) ([]byte, error) {
	d, ok := exactScalar(new(big.Int).SetBytes(scalar))
	if !ok {
		return nil, ErrScalarRange
	}
	q, err := parsePoint(point)
	if err != nil {
		return nil, err
	}
	x := new(secp256k1.G1Affine).ScalarMultiplication(q, d.BigInt(new(big.Int))).X.Bytes()
	return x[:], nil
}

func (k koblitz) verify(point, digest, signature []byte) bool {
	q, err := parsePoint(point)
	r, s, ok := parseSignature(signature)
	if err != nil || !ok {
		return false
	}
	var u1, u2 fr.Element
	u2.Inverse(s)
	u1.Mul(&u2, digestScalar(digest))
	u2.Mul(&u2, r)
	var sum, second secp256k1.G1Jac
	sum.ScalarMultiplicationBase(u1.BigInt(new(big.Int)))
	second.FromAffine(q)
	second.ScalarMultiplication(&second, u2.BigInt(new(big.Int)))
	sum.AddAssign(&second)
	var affine secp256k1.G1Affine
	affine.FromJacobian(&sum)
	return !affine.IsInfinity() && abscissa(&affine).Equal(r)
}

// randomScalar returns a number of 1 … order-1 from crypto/rand.
func randomScalar() (*fr.Element, error) {
	for {
		var d fr.Element
		if _, err := d.SetRandom(); err != nil || !d.IsZero() {
			return &d, err
		}
	}
}

// exactScalar returns a number as a scalar, and whether it is within 1 … order-1.
func exactScalar(number *big.Int) (*fr.Element, bool) {
	if number.Sign() <= 0 || number.Cmp(fr.Modulus()) >= 0 {
		return nil, false
	}
	return new(fr.Element).SetBigInt(number), true
}

// digestScalar returns the leftmost 256 bits of a digest, reduced (FIPS 186-5, 6.4.1).
func digestScalar(digest []byte) *fr.Element {
	return new(fr.Element).SetBytes(digest[:min(len(digest), fr.Bytes)])
}

// basePoint returns the base point times a scalar.
func basePoint(d *fr.Element) *secp256k1.G1Affine {
	return new(secp256k1.G1Affine).ScalarMultiplicationBase(d.BigInt(new(big.Int)))
}

// abscissa returns the x coordinate of a point, reduced by the order.
func abscissa(p *secp256k1.G1Affine) *fr.Element {
	x := p.X.Bytes()
	return new(fr.Element).SetBytes(x[:])
}

func encodePoint(p *secp256k1.G1Affine) []byte {
	x, y := p.X.Bytes(), p.Y.Bytes()
	return append(append([]byte{4}, x[:]...), y[:]...)
}

// parsePoint reads an uncompressed or compressed point (SEC 1, 2.3.4) and checks that it is on the
// curve. The group's cofactor is 1, so every such point is in it.
func parsePoint(point []byte) (*secp256k1.G1Affine, error) {
	if err := pointForm(point, fp.Bytes); err != nil {
		return nil, err
	}
	var p secp256k1.G1Affine
	switch point[0] {
	case 4:
		xErr := p.X.SetBytesCanonical(point[1 : 1+fp.Bytes])
		yErr := p.Y.SetBytesCanonical(point[1+fp.Bytes:])
		if xErr != nil || yErr != nil {
			return nil, ErrPointNotOnCurve
		}
	default:
		if p.X.SetBytesCanonical(point[1:]) != nil || !liftX(&p, point[0] == 3) {
			return nil, ErrPointNotOnCurve
		}
	}
	if p.IsInfinity() || !p.IsOnCurve() {
		return nil, ErrPointNotOnCurve
	}
	return &p, nil
}

// liftX sets y of a point to the odd or even root of x³ + 7, and reports whether there is one.
func liftX(p *secp256k1.G1Affine, odd bool) bool {
	var square, seven fp.Element
	square.Square(&p.X).Mul(&square, &p.X).Add(&square, seven.SetUint64(7))
	if p.Y.Sqrt(&square) == nil {
		return false
	}
	y := p.Y.Bytes()
	if (y[fp.Bytes-1]&1 == 1) != odd {
		p.Y.Neg(&p.Y)
	}
	return true
}

func encodeSignature(r, s *fr.Element) ([]byte, error) {
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1BigInt(r.BigInt(new(big.Int)))
		b.AddASN1BigInt(s.BigInt(new(big.Int)))
	})
	return b.Bytes()
}

// parseSignature reads exact DER with both numbers within 1 … order-1; a high s is as good as a low
// one.
func parseSignature(signature []byte) (r, s *fr.Element, ok bool) {
	input := cryptobyte.String(signature)
	var inner cryptobyte.String
	var rInt, sInt big.Int
	if !input.ReadASN1(&inner, der.SEQUENCE) || !input.Empty() ||
		!inner.ReadASN1Integer(&rInt) || !inner.ReadASN1Integer(&sInt) || !inner.Empty() {
		return nil, nil, false
	}
	r, rOK := exactScalar(&rInt)
	s, sOK := exactScalar(&sInt)
	return r, s, rOK && sOK
}

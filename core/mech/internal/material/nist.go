package material

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
)

// nist is the arithmetic of a curve of the standard library.
type nist struct {
	curve elliptic.Curve
	pairs ecdh.Curve // makes a pair as bytes, which crypto/ecdsa makes numbers of first; nil: it has not the curve
}

func (n nist) scalarSize() int { return (n.curve.Params().N.BitLen() + 7) / 8 }

func (n nist) generate() (scalar, point []byte, err error) {
	if n.pairs != nil {
		key, err := n.pairs.GenerateKey(rand.Reader)
		if err != nil {
			return nil, nil, err
		}
		return key.Bytes(), key.PublicKey().Bytes(), nil
	}
	key, err := ecdsa.GenerateKey(n.curve, rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	return n.encode(key)
}

func (n nist) encode(key *ecdsa.PrivateKey) (scalar, point []byte, err error) {
	if scalar, err = key.Bytes(); err != nil {
		return nil, nil, err
	}
	point, err = key.PublicKey.Bytes()
	return scalar, point, err
}

func (n nist) public(scalar []byte) (full, point []byte, err error) {
	full, err = fixedLength(scalar, n.scalarSize())
	if err != nil {
		return nil, nil, err
	}
	key, err := ecdsa.ParseRawPrivateKey(n.curve, full)
	if err != nil {
		return nil, nil, ErrScalarRange
	}
	return n.encode(key)
}

func (n nist) decode(point []byte) ([]byte, error) {
	if bytes.Equal(point, []byte{0}) {
		return nil, ErrPointAtInfinity
	}
	size := (n.curve.Params().BitSize + 7) / 8
	if err := pointForm(point, size); err != nil {
		return nil, err
	}
	if x, y := elliptic.UnmarshalCompressed(n.curve, point); x != nil {
		point = append([]byte{4}, x.FillBytes(make([]byte, size))...)
		point = append(point, y.FillBytes(make([]byte, size))...)
	}
	key, err := ecdsa.ParseUncompressedPublicKey(n.curve, point)
	if err != nil {
		return nil, ErrPointNotOnCurve
	}
	return key.Bytes()
}

// pointForm looks at the first byte and the length of a point whose coordinates have size bytes
// (SEC 1, 2.3.4).
func pointForm(point []byte, size int) error {
	switch {
	case len(point) == 0:
		return ErrPointLength
	case point[0] < 2 || point[0] > 4:
		return ErrPointForm
	case point[0] == 4 && len(point) != 1+2*size, point[0] < 4 && len(point) != 1+size:
		return ErrPointLength
	}
	return nil
}

func (n nist) sign(scalar, digest []byte) ([]byte, error) {
	key, err := ecdsa.ParseRawPrivateKey(n.curve, scalar)
	if err != nil {
		return nil, ErrScalarRange
	}
	return ecdsa.SignASN1(rand.Reader, key, digest)
}

func (n nist) agree(scalar, point []byte) ([]byte, error) {
	if n.pairs == nil {
		return nil, ErrUnsupportedCurve
	}
	own, err := n.pairs.NewPrivateKey(scalar)
	if err != nil {
		return nil, ErrScalarRange
	}
	other, err := n.pairs.NewPublicKey(point)
	if err != nil {
		return nil, ErrPointNotOnCurve
	}
	return own.ECDH(other)
}

func (n nist) verify(point, digest, signature []byte) bool {
	key, err := ecdsa.ParseUncompressedPublicKey(n.curve, point)
	return err == nil && ecdsa.VerifyASN1(key, digest, signature)
}

// fixedLength returns a big-endian number at size bytes: old encoders leave leading zeros out or
// add some.
func fixedLength(number []byte, size int) ([]byte, error) {
	number = bytes.TrimLeft(number, "\x00")
	if len(number) > size {
		return nil, ErrScalarRange
	}
	full := make([]byte, size)
	copy(full[size-len(number):], number)
	return full, nil
}

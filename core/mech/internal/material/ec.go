package material

import (
	"bytes"
	"context"

	"hsmplay/core/attr"
)

// EC is the recipe of an EC key pair.
type EC struct{ Curve *Curve }

// Make returns the public and the private key. Errors: ErrUnsupportedCurve.
func (e EC) Make(_ context.Context, source Source) ([]*Material, error) {
	curve := e.Curve
	if curve == nil || !curve.Computed() {
		return nil, ErrUnsupportedCurve
	}
	scalar, point := source.ready(curve)
	if scalar == nil {
		var err error
		if scalar, point, err = curve.math.generate(); err != nil {
			return nil, err
		}
	}
	public := ecPublic(curve, point)
	return []*Material{public, public.private(ecPKCS8(curve, scalar, point))}, nil
}

// ready returns a pair that the source has, nil where it has none that is fit: behind a scalar of
// full length a point that is on the curve and uncompressed.
func (s Source) ready(curve *Curve) (scalar, point []byte) {
	if s.Pair == nil {
		return nil, nil
	}
	pair, size := s.Pair(curve.Nick), curve.math.scalarSize()
	if len(pair) < size {
		return nil, nil
	}
	scalar, point = pair[:size:size], pair[size:]
	if full, err := curve.math.decode(point); err != nil || !bytes.Equal(full, point) {
		return nil, nil
	}
	return scalar, point
}

// Slow reports false.
func (e EC) Slow() bool { return false }

// ecPublic returns the material of an uncompressed point that is on the curve.
func ecPublic(curve *Curve, point []byte) *Material {
	return newPublic(Material{Type: attr.EC, Modulus: point, Bits: curve.NID}, ecSPKI(curve, point))
}

// Curve returns the curve of an EC key, nil of any other.
func (m *Material) Curve() *Curve {
	if m.Type != attr.EC {
		return nil
	}
	curve, _ := CurveByNID(m.Bits)
	return curve
}

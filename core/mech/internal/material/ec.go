package material

import (
	"context"

	"hsmplay/core/attr"
)

// EC is the recipe of an EC key pair.
type EC struct{ Curve *Curve }

// Make returns the public and the private key. Errors: ErrUnsupportedCurve.
func (e EC) Make(context.Context, RSASource) ([]*Material, error) {
	curve := e.Curve
	if curve == nil || !curve.Computed() {
		return nil, ErrUnsupportedCurve
	}
	scalar, point, err := curve.math.generate()
	if err != nil {
		return nil, err
	}
	public := ecPublic(curve, point)
	return []*Material{public, public.private(ecPKCS8(curve, scalar, point))}, nil
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

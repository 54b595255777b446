package mech

import (
	"context"
	"fmt"

	"hsmplay/core/attr"
)

// EC is the recipe of an EC key pair on the curve of a genECCKeyPair -i number.
type EC struct{ Curve int }

// Make returns the public and the private key. Errors: ErrUnsupportedCurve.
func (e EC) Make(context.Context, RSASource) ([]*Material, error) {
	curve, ok := CurveByID(e.Curve)
	if !ok || !curve.Computed() {
		return nil, fmt.Errorf("%w: id %d", ErrUnsupportedCurve, e.Curve)
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

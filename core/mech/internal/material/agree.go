package material

import "hsmplay/core/attr"

// Agree returns the secret that a private EC or X25519 key and another's public one have together
// (SEC 1, 3.3.1): as long as a number of the curve's field. Errors: ErrKeyType for keys that are not on one
// curve, ErrUnsupportedCurve for one whose keys do not agree here.
func Agree(own, other *Material) ([]byte, error) {
	if own.Type == attr.Montgomery && other.Type == attr.Montgomery {
		return agreeMontgomery(own, other)
	}
	if own.Type != attr.EC || other.Type != attr.EC || own.Curve() != other.Curve() {
		return nil, ErrKeyType
	}
	if !own.Curve().Computed() {
		return nil, ErrUnsupportedCurve
	}
	scalar, err := scalarOf(own)
	if err != nil {
		return nil, err
	}
	return own.Curve().math.agree(scalar, other.Modulus)
}

// scalarOf returns the number of a private EC key.
func scalarOf(m *Material) ([]byte, error) {
	_, _, key, err := openPKCS8(m.value)
	if err != nil {
		return nil, err
	}
	parts, err := parseSEC1(key)
	return parts.scalar, err
}

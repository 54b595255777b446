package mech

import "hsmplay/core/attr"

// Size returns what an HSM's policy asks of a key: the curve's id of an EC key, the bits of the modulus of an
// RSA or DSA key, the bytes of a secret.
func (m *Material) Size() int {
	switch m.Type {
	case attr.EC:
		return m.Curve().ID
	case attr.RSA:
		return m.Bits
	case attr.DSA:
		return dsaBits(m.SPKI)
	}
	return len(m.Bytes)
}

// dsaBits returns the bits of p in a SubjectPublicKeyInfo of our own making.
func dsaBits(spki []byte) int {
	inner, err := readOuter(spki)
	if err == nil {
		if _, params, err := readAlgorithm(&inner); err == nil {
			if domain, err := readDomain(params, trusting); err == nil {
				return domain.p.BitLen()
			}
		}
	}
	panic("mech: SPKI of a DSA key cannot be read")
}

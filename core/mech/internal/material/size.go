package material

import "hsmplay/core/attr"

// Size returns what an HSM's policy asks of a key: the bits of the modulus of an RSA or DSA key,
// the bytes of a secret, 0 of an EC key, whose curve says it.
func (m *Material) Size() int {
	switch m.Type {
	case attr.EC:
		return 0
	case attr.RSA:
		return m.Bits
	case attr.DSA:
		return dsaBits(m.SPKI)
	}
	return m.ValueLen
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
	panic("material: SPKI of a DSA key cannot be read")
}

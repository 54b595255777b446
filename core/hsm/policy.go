package hsm

import (
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
)

// Policy is what an HSM allows.
type Policy struct {
	FIPS  bool  // FIPS mode: state 2; otherwise 0
	Model Model `json:",omitempty"` // "" is the first type
}

// fipsCurves are the names of the curves that FIPS mode allows (spec/kmu.md 3.15).
var fipsCurves = []string{"prime256v1", "secp384r1", "secp256k1"}

// notInFIPS are the wrappings that FIPS mode refuses (spec/kmu.md 6, question 20).
var notInFIPS = []mech.Wrapping{mech.WrapPKCS1}

// limits say per type of key, curves aside, which sizes are allowed (spec/kmu.md 2.9, 3.13 to
// 3.17).
var limits = []struct {
	Type   attr.KeyType
	Allows func(p Policy, size int) bool
}{
	{attr.RSA, func(_ Policy, bits int) bool { return bits >= 2048 && bits <= 4096 && bits%256 == 0 }},
	{attr.DSA, func(_ Policy, bits int) bool { return bits == 2048 || bits == 3072 }},
	{attr.AES, func(_ Policy, n int) bool { return n == 16 || n == 24 || n == 32 }},
	{attr.DES3, func(_ Policy, n int) bool { return n == 24 }},
	{attr.GenericSecret, func(_ Policy, n int) bool { return n >= 1 && n < 3584 }},
	{attr.RC4, func(p Policy, n int) bool { return !p.FIPS && n >= 1 && n <= 256 }},
}

// Allows reports whether keys of the template's type and size may exist here.
func (p Policy) Allows(t Template) bool {
	if t.Type == attr.EC {
		return t.Curve != nil && t.Curve.Computed() && (!p.FIPS || slices.Contains(fipsCurves, t.Curve.Name))
	}
	for _, row := range limits {
		if row.Type == t.Type {
			return row.Allows(p, t.Size)
		}
	}
	return false
}

// Permits reports whether keys may be wrapped and unwrapped in a way.
func (p Policy) Permits(w mech.Wrapping) bool {
	_, known := w.Row()
	return known && !(p.FIPS && slices.Contains(notInFIPS, w))
}

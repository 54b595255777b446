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

// sdk5Curves are the names of the curves that a client of SDK 5 makes keys on, in FIPS mode too
// (spec/cloudhsm-cli.md 2.7). The older tools get P-224 and P-521 refused (spec/kmu.md 3.15), as
// both guides say.
var sdk5Curves = append([]string{"secp224r1", "secp521r1"}, fipsCurves...)

// secretMost is the longest generic secret that a client of SDK 5 makes, in bytes.
const secretMost = 800

// latticesSince is when FIPS mode began to allow ML-DSA: 1 September 2026, in microseconds since
// 1970 (spec/cloudhsm-cli.md 7.1).
const latticesSince = 1788220800_000_000

// newer say which types of keys only some HSMs offer, and since when (spec/cloudhsm-cli.md 7.2).
var newer = []struct {
	Type   attr.KeyType
	Offers func(p Policy, now int64) bool
}{
	{attr.Edwards, func(p Policy, _ int64) bool { return p.Model == HSM2 && !p.FIPS }},
	{attr.MLDSA, func(p Policy, now int64) bool { return p.Model == HSM2 && (!p.FIPS || now >= latticesSince) }},
}

// offers reports whether the HSM has keys of the template's type, today.
func (h *HSM) offers(t Template) bool {
	for _, row := range newer {
		if row.Type == t.Type {
			return row.Offers(h.Policy, h.Audit.Clock)
		}
	}
	return true
}

// notInFIPS are the wrappings that FIPS mode refuses (spec/kmu.md 6, question 20).
var notInFIPS = []mech.Wrapping{mech.WrapPKCS1}

// limits say per type of key, curves aside, which sizes are allowed (spec/kmu.md 2.9, 3.13 to
// 3.17).
var limits = []struct {
	Type   attr.KeyType
	Allows func(p Policy, size int) bool
}{
	{attr.RSA, func(_ Policy, bits int) bool { return bits >= 2048 && bits <= 4096 && bits%256 == 0 }},
	{attr.DSA, func(_ Policy, bits int) bool { return bits == 2048 }},
	{attr.AES, func(_ Policy, n int) bool { return n == 16 || n == 24 || n == 32 }},
	{attr.DES3, func(_ Policy, n int) bool { return n == 24 }},
	{attr.GenericSecret, func(_ Policy, n int) bool { return n >= 1 && n < 3584 }},
	{attr.RC4, func(p Policy, n int) bool { return !p.FIPS && n >= 1 && n <= 256 }},
	{attr.Edwards, func(Policy, int) bool { return true }}, // but see newer
	{attr.MLDSA, func(Policy, int) bool { return true }},
}

// Allows reports whether keys of the template's type and size may exist here.
func (p Policy) Allows(t Template) bool {
	if t.Type == attr.EC {
		allowed := fipsCurves
		if t.SDK5 || t.Origin == Inserted {
			allowed = sdk5Curves
		}
		return t.Curve != nil && t.Curve.Computed() && (!p.FIPS || slices.Contains(allowed, t.Curve.Name))
	}
	if t.SDK5 && t.Type == attr.GenericSecret && t.Origin == Generated && t.Size > secretMost {
		return false
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

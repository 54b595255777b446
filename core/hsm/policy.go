package hsm

import (
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// Policy is what an HSM allows.
type Policy struct {
	FIPS bool // FIPS mode: state 2; otherwise 0
}

// FIPSCurves are the names of the curves that FIPS mode allows (spec/kmu.md 3.15).
var FIPSCurves = []string{"prime256v1", "secp384r1", "secp256k1"}

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
		return t.Curve != nil && t.Curve.Computed() && (!p.FIPS || slices.Contains(FIPSCurves, t.Curve.Name))
	}
	for _, row := range limits {
		if row.Type == t.Type {
			return row.Allows(p, t.Size)
		}
	}
	return false
}

// Admit checks whether the session's user may make such keys, before any material is made. It
// returns the session, or UserNotReady, AccessDenied for a user who is no CU, or a [Refusal].
func (h *HSM) Admit(session uint64, ts []Template) (*Session, error) {
	s, err := h.need(session)
	if err != nil {
		return nil, err
	}
	if s.Type != CU {
		return nil, retcode.AccessDenied
	}
	for _, t := range ts {
		if err := h.admit(s, t); err != nil {
			return nil, err
		}
	}
	if !h.Fits(len(ts)) {
		return nil, Refusal{Reason: HSMFull, Max: h.KeysMax}
	}
	return s, nil
}

func (h *HSM) admit(s *Session, t Template) error {
	switch {
	case !h.Policy.Allows(t):
		return Refusal{Reason: SizeNotAllowed, Type: t.Type, Size: t.Size, Curve: t.Curve}
	case t.Exponent != 0 && !mech.ExponentOK(t.Exponent):
		return Refusal{Reason: ExponentRefused, Number: t.Exponent}
	case len(t.Label) > LabelMax:
		return Refusal{Reason: LabelTooLong, Size: len(t.Label), Max: LabelMax}
	case h.IDTaken(t):
		return Refusal{Reason: IDTaken, ID: t.ID}
	case t.MValue < 0, t.MValue > min(MValueMax, len(sorted(t.Shared))+1), t.MValue > 0 && len(t.Shared) == 0:
		return Refusal{Reason: MValueTooHigh, MValue: t.MValue}
	}
	for _, id := range t.Shared {
		if id == s.User {
			return Refusal{Reason: SharedWithSelf, User: id}
		}
		if u := h.UserByID(id); u == nil || u.Type != CU {
			return Refusal{Reason: NotCryptoUser, User: id}
		}
	}
	return nil
}

// IDTaken reports whether a key has the template's id already. The two halves of one pair may share
// it, also when they are imported one after the other (spec/kmu.md 2.7).
func (h *HSM) IDTaken(t Template) bool {
	if t.ID == "" {
		return false
	}
	for _, k := range h.Keys {
		if k == nil || k.ID != t.ID {
			continue
		}
		m := k.Material
		otherHalf := t.Origin != Generated && m.Type == t.Type && m.Class != t.Class && m.Class != attr.Secret
		if !otherHalf {
			return true
		}
	}
	return false
}

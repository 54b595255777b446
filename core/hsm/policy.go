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

// FIPSCurves are the curve ids that FIPS mode allows (spec/kmu.md 3.15).
var FIPSCurves = []int{2, 14, 16}

// limits say per type of key which sizes are allowed (spec/kmu.md 2.9, 3.13 to 3.17).
var limits = []struct {
	Type   attr.KeyType
	Allows func(p Policy, size int) bool
}{
	{attr.EC, func(p Policy, curve int) bool {
		row, ok := mech.CurveByID(curve)
		return ok && row.Computed() && (!p.FIPS || slices.Contains(FIPSCurves, curve))
	}},
	{attr.RSA, func(_ Policy, bits int) bool { return bits >= 2048 && bits <= 4096 && bits%256 == 0 }},
	{attr.DSA, func(_ Policy, bits int) bool { return bits == 2048 || bits == 3072 }},
	{attr.AES, func(_ Policy, n int) bool { return n == 16 || n == 24 || n == 32 }},
	{attr.DES3, func(_ Policy, n int) bool { return n == 24 }},
	{attr.GenericSecret, func(_ Policy, n int) bool { return n >= 1 && n < 3584 }},
	{attr.RC4, func(p Policy, n int) bool { return !p.FIPS && n >= 1 && n <= 256 }},
}

// Allows reports whether keys of the type and size may exist here; size is as in [Template].
func (p Policy) Allows(t attr.KeyType, size int) bool {
	for _, row := range limits {
		if row.Type == t {
			return row.Allows(p, size)
		}
	}
	return false
}

// Refusal says why an HSM refuses to make a key: the return code for the tool, and the reason for the playground's
// note. It unwraps to the code.
type Refusal struct {
	Reason Reason
	Size   int // the size or curve at fault
	User   int // the user id at fault
}

// Reason is why a key is refused.
type Reason string

// The reasons.
const (
	SizeNotAllowed Reason = "size"
	IDTaken        Reason = "id"
	SharedWithSelf Reason = "self"
	NotCryptoUser  Reason = "user"
	MValueTooHigh  Reason = "mvalue"
	LabelTooLong   Reason = "label"
	HSMFull        Reason = "full"
)

// Error returns the code's text and the reason.
func (r Refusal) Error() string { return retcode.Policy.Error() + " (" + string(r.Reason) + ")" }

// Unwrap returns the code: all refusals read 0xb3 to the tool (spec/kmu.md section 6, questions 1 and 4).
func (r Refusal) Unwrap() error { return retcode.Policy }

// Admit checks whether the session's user may make such keys, before any material is made. It returns the session, or
// UserNotReady, AccessDenied for a user who is no CU, or a [Refusal].
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
		return nil, Refusal{Reason: HSMFull, Size: h.KeysMax}
	}
	return s, nil
}

func (h *HSM) admit(s *Session, t Template) error {
	switch {
	case !h.Policy.Allows(t.Type, t.Size):
		return Refusal{Reason: SizeNotAllowed, Size: t.Size}
	case len(t.Label) > LabelMax:
		return Refusal{Reason: LabelTooLong, Size: len(t.Label)}
	case h.IDTaken(t):
		return Refusal{Reason: IDTaken}
	case t.MValue < 0, t.MValue > min(MValueMax, len(sorted(t.Shared))+1), t.MValue > 0 && len(t.Shared) == 0:
		return Refusal{Reason: MValueTooHigh, Size: t.MValue}
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

// IDTaken reports whether a key has the template's id already. The two halves of one pair may share it, also
// when they are imported one after the other (spec/kmu.md 2.7).
func (h *HSM) IDTaken(t Template) bool {
	if t.ID == "" {
		return false
	}
	for _, k := range h.Keys {
		if k == nil || k.ID != t.ID {
			continue
		}
		m := k.Material
		otherHalf := t.Imported && m.Type == t.Type && m.Class != t.Class && m.Class != attr.Secret
		if !otherHalf {
			return true
		}
	}
	return false
}

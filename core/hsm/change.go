package hsm

import (
	"hsmplay/core/attr"
)

// Change changes an attribute of a key as a client of SDK 5 does: the owner, of session keys too,
// and an officer whether a token key is trusted (spec/cloudhsm-cli.md 3.3). It fails with
// NotLoggedIn, NotPermitted, and a [Refusal]: NoSuchKey, NotOwner for somebody else's key,
// AttributeRefused, NotModifiable, LabelLength, ApprovalsMissing.
func (h *HSM) Change(session uint64, handle uint32, s attr.Setting) (err error) {
	defer func() { h.LogKeys(CNModifyObject, session, err, handle) }()
	user, err := h.loggedIn(session)
	if err != nil {
		return err
	}
	k, err := h.changeable(user, handle)
	if err != nil {
		return err
	}
	changed, err := h.changed(user, k, s)
	if err != nil {
		return err
	}
	if user.Type == CU {
		approval, err := h.managing(user, k)
		if err != nil {
			return err
		}
		h.spend(approval)
	}
	h.Put(changed)
	return nil
}

// changeable returns a key that a user may change at all.
func (h *HSM) changeable(s *Session, handle uint32) (*Key, error) {
	k := h.At(handle)
	switch {
	case s.Type != CU && Allowed(OpTrust, s.Type) == Never:
		return nil, NotPermitted
	case k == nil, s.Type == CU && !k.usableBy(s), s.Type != CU && k.Session != 0:
		return nil, Refusal{Reason: NoSuchKey, Handle: handle}
	case s.Type == CU && k.Owner != s.User:
		return nil, Refusal{Reason: NotOwner, Handle: handle}
	}
	return k, nil
}

// changed returns the key with a setting.
func (h *HSM) changed(user *Session, k *Key, s attr.Setting) (*Key, error) {
	row, _ := attr.Find(s.Attr)
	by, way := row.MayChange(k.Material.Class, k.Material.Type, h.Policy.Model == HSM2)
	refused := Refusal{Reason: AttributeRefused, Handle: k.Handle, Attr: s.Attr, Value: s.Value()}
	switch {
	case by == attr.Owner && user.Type != CU:
		return nil, NotPermitted
	case by == attr.Nobody, by == attr.Officer && user.Type == CU, way == attr.OnlyOn && !s.On, way == attr.OnlyOff && s.On:
		return nil, refused
	case k.Has(attr.FlagFixed):
		return nil, Refusal{Reason: NotModifiable, Handle: k.Handle, Attr: s.Attr, Value: s.Value()}
	case s.Attr == attr.Label && (len(s.Text) < 1 || len(s.Text) > LabelMax):
		return nil, Refusal{Reason: LabelLength, Handle: k.Handle, Size: len(s.Text), Max: LabelMax}
	}
	changed := k.with(s)
	return &changed, nil
}

// with returns the key with a setting, whoever may set it.
func (k *Key) with(s attr.Setting) Key {
	changed := *k
	switch s.Attr {
	case attr.Label:
		changed.Label = s.Text
	case attr.ID:
		changed.ID = s.Text
	case attr.Token:
		changed.Session = 0
	case attr.WrapTemplate:
		changed.WrapTemplate = s.Template
	case attr.UnwrapTemplate:
		changed.UnwrapTemplate = s.Template
	default:
		changed.Flags = k.Flags.With(s)
	}
	return changed
}

package hsm

import (
	"strings"
	"unicode"

	"hsmplay/core/attr"
	"hsmplay/core/retcode"
)

// setters are the rights that a change of an attribute takes, by who may change it.
var setters = map[attr.Setter]Op{attr.Owner: OpSetAttribute, attr.Officer: OpTrust}

// Takes reports whether a text is a value of an attribute that can be changed: 0 or 1, or a label,
// which has no blanks (spec/cmu.md 3.22).
func Takes(row attr.Row, value string) bool {
	if row.Kind == attr.Text {
		return value != "" && len(value) <= LabelMax && !strings.ContainsFunc(value, unicode.IsSpace)
	}
	return value == "0" || value == "1"
}

// SetAttribute changes an attribute of a token key; value is a text, or "0" or "1". It fails with NotLoggedIn,
// AttrReadOnly, NotPermitted for an attribute that is another role's to set, retcode.BadHandle, retcode.AccessDenied for
// somebody else's key, NotShareable for a session key, and NotApproved where the key asks its owner for approvals (spec/cmu.md
// 4.8, the later guide).
func (h *HSM) SetAttribute(session uint64, handle uint32, a attr.Attr, value string) (err error) {
	defer func() { h.LogKeys(CNModifyObject, session, err, handle) }()
	row, _ := attr.Lookup(a)
	if !row.Changeable() {
		if _, err := h.loggedIn(session); err != nil { // asked for before anything is said about the key
			return err
		}
		return AttrReadOnly
	}
	s, scope, err := h.allow(session, setters[row.Set])
	if err != nil {
		return err
	}
	k, err := h.attributed(s, scope, handle)
	if err != nil {
		return err
	}
	changed, err := change(k, row, value)
	if err != nil || changed == nil {
		return err
	}
	if scope == OnOwn {
		approval, err := h.keyApproval(s, k)
		if err != nil {
			return err
		}
		h.spend(approval)
	}
	h.Put(changed)
	return nil
}

// attributed returns the key whose attribute a session may change.
func (h *HSM) attributed(s *Session, scope Scope, handle uint32) (*Key, error) {
	if scope == OnOwn {
		return h.ownToken(s, handle)
	}
	k := h.At(handle)
	if k == nil {
		return nil, retcode.BadHandle
	}
	if k.Session != 0 {
		return nil, NotShareable
	}
	return k, nil
}

// change returns the key with another value of the attribute, nil for no change.
func change(k *Key, row attr.Row, value string) (*Key, error) {
	changed := *k
	if row.Kind == attr.Text {
		changed.Label = value
		return &changed, nil
	}
	set, on := value == "1", k.Has(row.Flag)
	switch {
	case set == on:
		return nil, nil
	case row.Way == attr.OnlyOn && on, row.Way == attr.OnlyOff && set, row.Barred == k.Material.Class:
		return nil, AttrReadOnly
	case set:
		changed.Flags |= row.Flag
	default:
		changed.Flags &^= row.Flag
	}
	return &changed, nil
}

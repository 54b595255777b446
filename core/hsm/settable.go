package hsm

import (
	"strings"
	"unicode"

	"hsmplay/core/attr"
	"hsmplay/core/retcode"
)

// Settable is one line of the attributes that cloudhsm_mgmt_util may change after a key was made.
type Settable struct {
	Attr attr.Attr
	Op   Op   // whose right it takes
	Text bool // the value is a text; otherwise 0 or 1
	Up   bool // never again 0 once it is 1
}

// Settables lists them; all other attributes are read only (spec/cmu.md 3.22).
var Settables = []Settable{
	{attr.Label, OpSetAttribute, true, false},
	{attr.Trusted, OpTrust, false, false},
	{attr.Encrypt, OpSetAttribute, false, false},
	{attr.Decrypt, OpSetAttribute, false, false},
	{attr.Wrap, OpSetAttribute, false, false},
	{attr.Unwrap, OpSetAttribute, false, false},
	{attr.Sign, OpSetAttribute, false, false},
	{attr.Verify, OpSetAttribute, false, false},
	{attr.Derive, OpSetAttribute, false, false},
	{attr.Destroyable, OpSetAttribute, false, false},
	{attr.WrapWithTrusted, OpSetAttribute, false, true},
}

// SettableAttr returns the line of an attribute and whether there is one.
func SettableAttr(a attr.Attr) (Settable, bool) {
	for _, row := range Settables {
		if row.Attr == a {
			return row, true
		}
	}
	return Settable{}, false
}

// Takes reports whether a text is a value of the attribute. A label has no blanks (spec/cmu.md 3.22).
func (s Settable) Takes(value string) bool {
	if s.Text {
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
	row, settable := SettableAttr(a)
	if !settable {
		row.Op = OpGetM // a login is asked for before anything is said about the key
	}
	s, scope, err := h.allow(session, row.Op)
	if err != nil {
		return err
	}
	if !settable {
		return AttrReadOnly
	}
	k, err := h.attributed(s, scope, handle)
	if err != nil {
		return err
	}
	changed, err := row.change(k, value)
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
func (s Settable) change(k *Key, value string) (*Key, error) {
	row := *k
	if s.Text {
		row.Label = value
		return &row, nil
	}
	column, _ := attr.Lookup(s.Attr)
	set, on := value == "1", k.Has(column.Flag)
	switch {
	case set == on:
		return nil, nil
	case s.Up && on, s.Attr == attr.Derive && k.Material.Class == attr.Public:
		return nil, AttrReadOnly
	case set:
		row.Flags |= column.Flag
	default:
		row.Flags &^= column.Flag
	}
	return &row, nil
}

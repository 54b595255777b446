package hsm

import (
	"strings"
	"unicode"

	"hsmplay/core/attr"
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

// SetAttribute changes an attribute of a token key; value is a text, or "0" or "1". It fails with
// NotLoggedIn, NotPermitted for an attribute that is another role's to set, and a [Refusal]:
// ReadOnly, NoSuchKey, NotOwner for somebody else's key, SessionKey, NotModifiable, and
// ApprovalsMissing where the key asks its owner for them (spec/cmu.md 4.8, the later guide).
func (h *HSM) SetAttribute(session uint64, handle uint32, a attr.Attr, value string) (err error) {
	defer func() { h.LogKeys(CNModifyObject, session, err, handle) }()
	row, _ := attr.Lookup(a)
	if !row.Changeable() {
		if _, err := h.loggedIn(session); err != nil { // asked for before anything is said about the key
			return err
		}
		return Refusal{Reason: ReadOnly, Handle: handle, Attr: a}
	}
	s, scope, err := h.allow(session, setters[row.Set])
	if err != nil {
		return err
	}
	k, err := h.managed(s, scope, handle)
	if err != nil {
		return err
	}
	if k.Has(attr.FlagFixed) {
		return Refusal{Reason: NotModifiable, Handle: handle, Attr: a}
	}
	changed, err := change(k, row, value)
	if err != nil || changed == nil {
		return err
	}
	if scope == OnOwn {
		approval, err := h.managing(s, k)
		if err != nil {
			return err
		}
		h.spend(approval)
	}
	h.Put(changed)
	return nil
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
		return nil, Refusal{Reason: ReadOnly, Handle: k.Handle, Attr: row.Attr}
	case set:
		changed.Flags |= row.Flag
	default:
		changed.Flags &^= row.Flag
	}
	return &changed, nil
}

// Attribute returns a key whose attribute the session's user reads; attr.All is any. It fails as
// [HSM.Key], and with NoSuchAttribute and AttributeLacking (spec/kmu.md 6, question 3).
func (h *HSM) Attribute(session uint64, handle uint32, a attr.Attr) (*Key, error) {
	k, err := h.Key(session, handle)
	if err != nil || a == attr.All {
		return k, err
	}
	reason := NoSuchAttribute
	if row, known := attr.Lookup(a); known {
		if _, has := k.Value(row); has {
			return k, nil
		}
		reason = AttributeLacking
	}
	return nil, Refusal{Reason: reason, Handle: handle, Attr: a, Class: k.Material.Class, Type: k.Material.Type}
}

// ReadAttribute is [HSM.ReadKey] for an officer's tool that reads an attribute, attr.All for any.
// It fails as that, and with AttributeAbsent.
func (h *HSM) ReadAttribute(session uint64, handle uint32, a attr.Attr) (*Key, error) {
	k, err := h.ReadKey(session, handle)
	if err != nil || a == attr.All {
		return k, err
	}
	row, known := attr.Lookup(a)
	if _, has := k.Value(row); !known || !has {
		return nil, Refusal{Reason: AttributeAbsent, Handle: handle, Attr: a, Class: k.Material.Class, Type: k.Material.Type}
	}
	return k, nil
}

// Settable returns nil if the session's user may change an attribute of a key of his through the
// daemon: of all, TOKEN alone (spec/kmu.md 3.28). It fails as [HSM.OwnKey], and with OnlyToken.
func (h *HSM) Settable(session uint64, handle uint32, a attr.Attr) error {
	if _, err := h.OwnKey(session, handle); err != nil {
		return err
	}
	if a != attr.Token {
		return Refusal{Reason: OnlyToken, Handle: handle, Attr: a}
	}
	return nil
}

// SetToken turns a session key of the session's user into a token key. It returns the key and
// whether it is another now: a token key stays as it is. It fails as [HSM.OwnKey], and with
// TokenStays where TOKEN is to be off: there is no way back, and a session key is none.
func (h *HSM) SetToken(session uint64, handle uint32, on bool) (k *Key, changed bool, err error) {
	k, err = h.OwnKey(session, handle)
	if err != nil {
		return nil, false, err
	}
	if row, _ := attr.Lookup(attr.Token); !on && row.Way == attr.OnlyOn {
		return nil, false, Refusal{Reason: TokenStays, Handle: handle, Attr: attr.Token}
	}
	if k.Session == 0 {
		return k, false, nil
	}
	if k.Has(attr.FlagFixed) {
		return nil, false, Refusal{Reason: NotModifiable, Handle: handle, Attr: attr.Token}
	}
	row := *k
	row.Session = 0
	h.Put(&row)
	h.LogKeys(CNModifyObject, session, nil, handle)
	return &row, true, nil
}

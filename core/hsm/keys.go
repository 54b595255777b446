package hsm

import (
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
)

// Key is one key as one HSM holds it. HSMs that agree share the row; all share the material.
type Key struct {
	Handle   uint32
	Owner    int    // user id
	Shared   []int  // user ids, in the order of sharing
	MValue   int    // approvals needed for each use; 0 for none
	Manage   int    `json:",omitempty"` // approvals needed to manage it where the number is another one, see [Key.Approvals]
	Session  uint64 // the session it lives in; 0 for a token key
	Label    string
	ID       string
	Flags    attr.Flags
	Origin   Origin `json:",omitempty"` // where it comes from: nothing asks for it but who looks at it; an inserted key has that of the object
	Material *mech.Material

	CurveSaid      string         `json:",omitempty"` // how its maker has called the curve, where it has two names
	WrapTemplate   []attr.Setting `json:",omitempty"` // what a key must be like that this one wraps
	UnwrapTemplate []attr.Setting `json:",omitempty"` // and what a key gets that it unwraps
}

// Template is what a key is to be like, before there is material.
type Template struct {
	Class          attr.Class
	Type           attr.KeyType
	Curve          *mech.Curve // of an EC key
	Size           int         // RSA and DSA: bits; secret: bytes
	Exponent       int64       // of an RSA pair to generate; 0 otherwise
	FromPassword   bool        // to be derived from a password, which no HSM does any more
	Unfit          error       // why material of the host's, which is sound, is none for an HSM, one of mech's
	Label          string
	ID             string
	Shared         []int
	MValue         int
	Manage         int        // approvals to manage it; 0 for as many as to use it
	InSession      bool       // -sess
	NotExtractable bool       // -nex
	Origin         Origin     // where its material comes from
	Came           Origin     // and what its row is to say of that; an inserted key brings it along
	Flags          attr.Flags // instead of the defaults of class and type, when not 0; what came with the key that was unwrapped or inserted

	SDK5           bool           // asked for by a client of Client SDK 5, which has defaults and limits of its own
	Settings       []attr.Setting // what it asks for beyond them
	Quorate        bool           // quorum values are asked for, be they 0
	CurveSaid      string         // see Key
	WrapTemplate   []attr.Setting
	UnwrapTemplate []attr.Setting
	Forced         []attr.Setting // by the template of the key that has unwrapped it
}

// Origin is where the material of a new key comes from. It decides about flags.
type Origin int

const (
	// Generated in the HSM.
	Generated Origin = iota
	// Imported, in plain form or wrapped, without attributes beside it.
	Imported
	// Unwrapped, with attributes beside it that anybody may have written.
	Unwrapped
	// Inserted as a masked object, which only an HSM of the cluster can have made.
	Inserted
)

// flags returns the flags of a key made from the template (spec/kmu.md 4.4).
func (t Template) flags() attr.Flags {
	f := t.Flags
	switch {
	case t.SDK5:
		return t.asked()
	case t.Origin == Inserted:
		return f.Inserted()
	case t.Origin == Unwrapped:
		f = f.Unwrapped()
	case f == 0:
		f = attr.DefaultFlags(t.Class, t.Type)
	}
	if t.NotExtractable && t.Class != attr.Public {
		f &^= attr.FlagExtractable
	}
	if t.Origin == Generated {
		f = f.Generated(t.Class)
	}
	return t.force(f)
}

// Key returns the row of a key made from the template with the material, for the owner's session.
func (t Template) Key(handle uint32, s *Session, m *mech.Material) *Key {
	k := &Key{Handle: handle, Owner: s.User, Label: t.Label, ID: t.id(), Flags: t.flags(), Origin: t.Came, Material: m,
		CurveSaid: t.CurveSaid, WrapTemplate: t.WrapTemplate, UnwrapTemplate: t.UnwrapTemplate}
	if t.InSession {
		k.Session = s.ID
	}
	if t.Class != attr.Public {
		k.Shared, k.MValue, k.Manage = once(t.Shared), t.MValue, t.Manage
	}
	return k
}

// once returns ids in their order, each once.
func once(ids []int) []int {
	var kept []int
	for _, id := range ids {
		if !slices.Contains(kept, id) {
			kept = append(kept, id)
		}
	}
	return kept
}

// Has reports whether all flags are set.
func (k *Key) Has(f attr.Flags) bool { return k.Flags.Has(f) }

// usableBy reports whether a session may see and use the key (spec/kmu.md 2.8): owner, sharers, and
// every CU for a public token key; a session key only in its own session.
func (k *Key) usableBy(s *Session) bool {
	if k.Session != 0 && k.Session != s.ID {
		return false
	}
	return k.UsableBy(s.User)
}

// UsableBy reports whether a crypto user may use the key, sessions aside.
func (k *Key) UsableBy(user int) bool {
	return k.Owner == user || k.Material.Class == attr.Public || slices.Contains(k.Shared, user)
}

// Key returns a key that the session's user may see: retcode.UserNotReady without a login,
// [NotPermitted] for another user than a CU, and a [Refusal], NoSuchKey, for a handle that is not
// there or not visible.
func (h *HSM) Key(session uint64, handle uint32) (*Key, error) {
	s, err := h.needCU(session)
	if err != nil {
		return nil, err
	}
	k := h.At(handle)
	if k == nil || !k.usableBy(s) {
		return nil, Refusal{Reason: NoSuchKey, Handle: handle}
	}
	return k, nil
}

// OwnKey returns a key that the session's user owns: as [HSM.Key], and NotOwner for somebody
// else's.
func (h *HSM) OwnKey(session uint64, handle uint32) (*Key, error) {
	k, err := h.Key(session, handle)
	if err != nil {
		return nil, err
	}
	if k.Owner != h.session(session).User {
		return nil, Refusal{Reason: NotOwner, Handle: handle}
	}
	return k, nil
}

// Find returns the keys that the session's user may use and that match, by slot. Errors as Key.
func (h *HSM) Find(session uint64, match func(*Key) bool) ([]*Key, error) {
	s, err := h.needCU(session)
	if err != nil {
		return nil, err
	}
	var found []*Key
	for _, k := range h.Keys {
		if k != nil && k.usableBy(s) && match(k) {
			found = append(found, k)
		}
	}
	return found, nil
}

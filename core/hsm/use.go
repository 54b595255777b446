package hsm

import (
	"slices"

	"hsmplay/core/attr"
)

// Kind is what an operation takes as a key. Its value is what people call it.
type Kind string

// The kinds of keys.
const (
	AnyKey       Kind = "a key"
	AESKey       Kind = "an AES key"
	RSAPublic    Kind = "an RSA public key"
	RSAPrivate   Kind = "an RSA private key"
	SecretKey    Kind = "a secret key"
	PrivateKey   Kind = "a private key"
	PublicKey    Kind = "a public key"
	WrappableKey Kind = "a secret or private key"
	ReferableKey Kind = "an RSA or EC private key" // that a fake PEM may stand for
)

// kinds say which keys are of a kind: of one of some classes, and of a type. No types are any.
var kinds = []struct {
	kind    Kind
	classes []attr.Class
	types   []attr.KeyType
}{
	{AnyKey, []attr.Class{attr.Public, attr.PrivateKey, attr.Secret}, nil},
	{AESKey, []attr.Class{attr.Secret}, []attr.KeyType{attr.AES}},
	{RSAPublic, []attr.Class{attr.Public}, []attr.KeyType{attr.RSA}},
	{RSAPrivate, []attr.Class{attr.PrivateKey}, []attr.KeyType{attr.RSA}},
	{SecretKey, []attr.Class{attr.Secret}, nil},
	{PrivateKey, []attr.Class{attr.PrivateKey}, nil},
	{PublicKey, []attr.Class{attr.Public}, nil},
	{WrappableKey, []attr.Class{attr.Secret, attr.PrivateKey}, nil},
	{ReferableKey, []attr.Class{attr.PrivateKey}, []attr.KeyType{attr.RSA, attr.EC}},
}

// Takes reports whether a key is of the kind.
func (w Kind) Takes(k *Key) bool {
	for _, row := range kinds {
		if row.kind == w {
			return slices.Contains(row.classes, k.Material.Class) &&
				(len(row.types) == 0 || slices.Contains(row.types, k.Material.Type))
		}
	}
	panic("hsm: no row for " + string(w))
}

// check is the refusal of a key of another kind, nil for one of this.
func (w Kind) check(k *Key) error {
	if w.Takes(k) {
		return nil
	}
	return Refusal{Reason: OtherKind, Handle: k.Handle, Class: k.Material.Class, Type: k.Material.Type, Want: w}
}

// KeyOf returns a key of a kind that the session's user may see. It fails as [HSM.Key], and with
// OtherKind.
func (h *HSM) KeyOf(session uint64, handle uint32, want Kind) (*Key, error) {
	k, err := h.Key(session, handle)
	if err == nil {
		err = want.check(k)
	}
	if err != nil {
		return nil, err
	}
	return k, nil
}

// need is what an operation asks of one of its keys.
type need struct {
	handle uint32
	kind   Kind
	own    bool       // only its owner may do it
	manage bool       // it counts as managing the key, not as using it
	flags  attr.Flags // that must be set
	opcode Opcode     // how the audit log names the use; "" for not at all
}

// service is for what the key may ask for approvals.
func (n need) service() Service {
	if n.manage {
		return KeyMgmt
	}
	return KeyUsage
}

// use is a key that an operation uses.
type use struct {
	key    *Key
	token  *Token // the approvals that it takes, nil for none
	opcode Opcode
}

// grant returns a key that the session's user may use as it is needed: as [HSM.Key], and a
// [Refusal]. A key of another kind counts as a bad handle (spec/kmu.md section 5: handle or key).
// Of a use that is refused by an attribute or for want of approvals the key comes back all the
// same, for the audit log.
func (h *HSM) grant(session uint64, n need) (use, error) {
	look := h.Key
	if n.own {
		look = h.OwnKey
	}
	k, err := look(session, n.handle)
	if err == nil {
		err = n.kind.check(k)
	}
	if err != nil {
		return use{}, err
	}
	s := h.session(session)
	u := use{key: k, opcode: n.opcode}
	if err := k.lacks(n.flags); err != nil {
		return u, err
	}
	if u.token, err = h.keyApproval(s, k, n.service()); err != nil {
		return u, Refusal{Reason: QuorumMissing, Handle: n.handle, MValue: k.Approvals(n.service())}
	}
	return u, nil
}

// lacks is the refusal of a key without some of the flags, nil where it has them all.
func (k *Key) lacks(flags attr.Flags) error {
	for _, row := range attr.Table {
		if row.Flag == 0 || !flags.Has(row.Flag) || k.Has(row.Flag) {
			continue
		}
		if row.Attr == attr.Extractable {
			return Refusal{Reason: NotExtractable, Handle: k.Handle, Attr: row.Attr}
		}
		return Refusal{Reason: AttributeOff, Handle: k.Handle, Attr: row.Attr}
	}
	return nil
}

// logUses records the uses of keys that the audit log names, with how the operation has ended.
func (h *HSM) logUses(session uint64, uses []use, err error) {
	for _, u := range uses {
		if u.opcode != "" {
			h.LogKeys(u.opcode, session, err, u.key.Handle)
		}
	}
}

package hsm

import (
	"slices"

	"hsmplay/core/attr"
)

// Deed is something that can be done with a key, and what it asks of key and user: for who looks at
// a key. It asks for no session, and changes nothing. [Deeds] has all.
type Deed struct {
	Name   string
	Means  string
	op     Op     // where an officer's tool does it, whose matrix decides; "" for what crypto users do
	kinds  []Kind // the kinds of keys that it takes
	flags  attr.Flags
	token  bool    // not of keys that live in a session
	alters bool    // not of keys that are not modifiable
	own    bool    // by the owner alone
	takes  Service // for what it takes approvals where the key asks for them; 0 for none
	closed Reason  // why not where a flag is off; "" for the usual reasons
}

// Deeds lists them: the needs of Sign, Verify, Wrap, Unwrap, Export, ExportPublic, Share, Delete,
// SetAttribute and ExtractKey in a table of their own, which a test compares with those.
var Deeds = []Deed{
	{Name: "sign", Means: "sign with it", kinds: []Kind{PrivateKey}, flags: attr.FlagSign, takes: KeyUsage},
	{Name: "verify", Means: "check signatures with it", kinds: []Kind{PublicKey}, flags: attr.FlagVerify, takes: KeyUsage},
	{Name: "wrap", Means: "wrap other keys with it", kinds: []Kind{AESKey, RSAPublic}, flags: attr.FlagWrap, takes: KeyMgmt},
	{Name: "unwrap", Means: "unwrap other keys with it", kinds: []Kind{AESKey, RSAPrivate}, flags: attr.FlagUnwrap, takes: KeyMgmt},
	{Name: "export", Means: "take it out of the HSM, wrapped", kinds: []Kind{WrappableKey}, flags: attr.FlagExtractable, own: true, takes: KeyMgmt},
	{Name: "read", Means: "write it to a file", kinds: []Kind{PublicKey}, flags: attr.FlagExtractable, takes: KeyUsage},
	{Name: "share", Means: "share it with others", op: OpShare, kinds: []Kind{WrappableKey}, token: true, alters: true, own: true, takes: KeyMgmt},
	{Name: "label", Means: "change its label", op: OpSetAttribute, kinds: []Kind{AnyKey}, token: true, alters: true, own: true, takes: KeyMgmt},
	{Name: "trust", Means: "mark it as trusted", op: OpTrust, kinds: []Kind{AnyKey}, token: true, alters: true},
	{Name: "copy", Means: "copy it to an HSM that lacks it", op: OpSyncKey, kinds: []Kind{AnyKey}, token: true},
	{Name: "delete", Means: "delete it", kinds: []Kind{AnyKey}, flags: attr.FlagDestroyable, own: true, closed: NotDestroyable},
}

// Takes reports whether a deed is one for such keys.
func (d Deed) Takes(k *Key) bool {
	return slices.ContainsFunc(d.kinds, func(kind Kind) bool { return kind.Takes(k) })
}

// Approvals is how many others must approve the deed; 0 for none.
func (d Deed) Approvals(k *Key) int {
	if d.takes == 0 {
		return 0
	}
	return k.Approvals(d.takes)
}

// Refuses is why a user may not do it, with the attribute where one is at fault; "" where he may.
// NoSuchKey is the reason of who cannot see the key, OnlyCryptoUsers that of another type of user,
// SessionKey that of a key that lives in a session.
func (d Deed) Refuses(k *Key, u *User) (Reason, attr.Attr) {
	scope := OnUsable
	if d.op != "" {
		scope = Allowed(d.op, u.Type)
	} else if u.Type != CU {
		scope = Never
	}
	switch {
	case scope == Never:
		return OnlyCryptoUsers, 0
	case d.op == "" && (!k.UsableBy(u.ID) || k.Session != 0 && k.Owner != u.ID):
		return NoSuchKey, 0
	case (d.own || scope == OnOwn) && k.Owner != u.ID:
		return NotOwner, 0
	case d.token && k.Session != 0:
		return SessionKey, 0
	case d.alters && k.Has(attr.FlagFixed):
		return NotModifiable, attr.Modifiable
	}
	row, lacks := k.lacking(d.flags)
	switch {
	case !lacks:
		return "", 0
	case d.closed != "":
		return d.closed, row
	case row == attr.Extractable:
		return NotExtractable, row
	}
	return AttributeOff, row
}

// lacking is the first of some flags that the key does not have.
func (k *Key) lacking(flags attr.Flags) (attr.Attr, bool) {
	for _, row := range attr.Table {
		if row.Flag != 0 && flags.Has(row.Flag) && !k.Has(row.Flag) {
			return row.Attr, true
		}
	}
	return 0, false
}

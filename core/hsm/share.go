package hsm

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/retcode"
)

// ReadKey returns a key that the session's user owns, or may use (spec/cmu.md 3.9, 3.12). It fails
// with NotLoggedIn, NotPermitted, and a [Refusal]: NoSuchKey, NotOwner for somebody else's.
func (h *HSM) ReadKey(session uint64, handle uint32) (*Key, error) {
	s, _, err := h.allow(session, OpReadKey)
	if err != nil {
		return nil, err
	}
	k := h.At(handle)
	switch {
	case k == nil, k.Session != 0 && k.Session != session:
		return nil, Refusal{Reason: NoSuchKey, Handle: handle}
	case !k.UsableBy(s.User):
		return nil, Refusal{Reason: NotOwner, Handle: handle}
	}
	return k, nil
}

// Listed is a key in the list of findAllKeys.
type Listed struct {
	Handle uint32
	Owned  bool // by the user who was asked for; otherwise it is shared with him
}

// KeysOf returns the token keys that a user owns or that are shared with him, by slot; user 0
// stands for all. It fails with NotLoggedIn and NotPermitted.
func (h *HSM) KeysOf(session uint64, user int) ([]Listed, error) {
	if _, _, err := h.allow(session, OpListKeys); err != nil {
		return nil, err
	}
	var listed []Listed
	for _, k := range h.Keys {
		if k == nil || k.Session != 0 {
			continue
		}
		if owned := user == 0 || k.Owner == user; owned || slices.Contains(k.Shared, user) {
			listed = append(listed, Listed{k.Handle, owned})
		}
	}
	return listed, nil
}

// KeyHash returns a digest of whose the token keys of the HSM are, for comparing HSMs: SHA-256 over
// handle, owner and sharers of each, by slot (spec/cmu.md 3.8; the definition is the playground's).
func (h *HSM) KeyHash() [sha256.Size]byte {
	var b strings.Builder
	for _, k := range h.Keys {
		if k == nil || k.Session != 0 {
			continue
		}
		var names []string
		for _, id := range k.Shared {
			names = append(names, strings.ToLower(h.UserName(id)))
		}
		slices.Sort(names)
		fmt.Fprintf(&b, "%d %s %s\n", k.Handle, strings.ToLower(h.UserName(k.Owner)), strings.Join(names, ","))
	}
	return sha256.Sum256([]byte(b.String()))
}

// managed returns a key that the session's user manages: his own where scope is OnOwn, and none
// that lives in a session. It fails with a [Refusal]: NoSuchKey, NotOwner, SessionKey.
func (h *HSM) managed(s *Session, scope Scope, handle uint32) (*Key, error) {
	k := h.At(handle)
	switch {
	case k == nil:
		return nil, Refusal{Reason: NoSuchKey, Handle: handle}
	case scope == OnOwn && k.Owner != s.User:
		return nil, Refusal{Reason: NotOwner, Handle: handle}
	case k.Session != 0:
		return nil, Refusal{Reason: SessionKey, Handle: handle}
	}
	return k, nil
}

// Share shares a key of the session's user with others, or takes it back from them; who has it
// already, or has it not, is passed over. It fails with NotLoggedIn, NotPermitted, and a [Refusal]:
// NoSuchKey, NotOwner, SessionKey, PublicNotShared, NotModifiable, NoSuchSharer for an id that is
// no other crypto user's, TooFewSharers where too few users would be left to approve,
// ApprovalsMissing.
func (h *HSM) Share(session uint64, handle uint32, users []int, share bool) (err error) {
	defer func() { h.Log(CNShareObject, session, err) }()
	s, scope, err := h.allow(session, OpShare)
	if err != nil {
		return err
	}
	k, err := h.shareable(s, scope, handle)
	if err != nil {
		return err
	}
	for _, id := range users {
		if u := h.UserByID(id); u == nil || u.Type != CU || id == k.Owner {
			return Refusal{Reason: NoSuchSharer, Handle: handle, User: id}
		}
	}
	row := *k
	if share {
		row.Shared = once(append(slices.Clone(k.Shared), users...))
	} else {
		row.Shared = slices.DeleteFunc(slices.Clone(k.Shared), func(id int) bool { return slices.Contains(users, id) })
	}
	needed := max(k.MValue, k.Manage)
	few := len(row.Shared)+1 < needed
	approval, err := h.managing(s, k)
	switch {
	case few && (err == nil || k.Manage == 0): // with a quorum for managing its approvals come first (spec/cloudhsm-cli.md 2.12)
		return Refusal{Reason: TooFewSharers, Handle: handle, MValue: needed}
	case err != nil:
		return err
	}
	h.spend(approval)
	if !slices.Equal(row.Shared, k.Shared) {
		h.Put(&row)
		h.withdraw(func(t *Token, approver int) bool { return t.Handle == handle && !row.UsableBy(approver) })
	}
	return nil
}

// shareable returns a key that the session's user may share with others. It fails as managed, and
// with PublicNotShared and NotModifiable.
func (h *HSM) shareable(s *Session, scope Scope, handle uint32) (*Key, error) {
	k, err := h.managed(s, scope, handle)
	switch {
	case err != nil:
		return nil, err
	case k.Material.Class == attr.Public:
		return nil, Refusal{Reason: PublicNotShared, Handle: handle}
	case k.Has(attr.FlagFixed):
		return nil, Refusal{Reason: NotModifiable, Handle: handle}
	}
	return k, nil
}

// managing returns the approvals that a change of a key takes, nil where it takes none. It fails
// with ApprovalsMissing.
func (h *HSM) managing(s *Session, k *Key) (*Token, error) {
	approval, err := h.keyApproval(s, k, KeyMgmt)
	if err != nil {
		return nil, Refusal{Reason: ApprovalsMissing, Handle: k.Handle, MValue: k.Approvals(KeyMgmt)}
	}
	return approval, nil
}

// ExtractKey returns a token key to copy to another HSM (spec/cmu.md 3.25). It fails with
// NotLoggedIn, NotPermitted, and a [Refusal]: NoSuchKey, NotOwner for a crypto user's that is not
// his, SessionKey.
func (h *HSM) ExtractKey(session uint64, handle uint32) (_ *Key, err error) {
	defer func() { h.LogKeys(CNExtractMasked, session, err, handle) }()
	s, scope, err := h.allow(session, OpSyncKey)
	if err != nil {
		return nil, err
	}
	return h.managed(s, scope, handle)
}

// InsertKey stores a token key of another HSM, with its handle, owner and those sharers who are
// known here. It fails with NotLoggedIn, NotPermitted, retcode.UserNotReady where the owner is not
// known, HandleTaken and NoRoomForCopy.
func (h *HSM) InsertKey(session uint64, from *HSM, k *Key) (err error) {
	defer func() { h.LogKeys(CNInsertMasked, session, err, k.Handle) }()
	if _, _, err := h.allow(session, OpSyncKey); err != nil {
		return err
	}
	slot := Slot(k.Handle)
	switch {
	case !h.KnowsOwner(from, k):
		return retcode.UserNotReady
	case slot < len(h.Keys) && h.Keys[slot] != nil:
		return Refusal{Reason: HandleTaken, Handle: k.Handle}
	case !h.Fits(1):
		return Refusal{Reason: NoRoomForCopy, Handle: k.Handle}
	}
	h.PutCopy(from, k)
	return nil
}

package hsm

import (
	"slices"
	"strings"

	"hsmplay/core/retcode"
)

// Users are not synchronised, so the same id may be another user on another HSM. A copy of a key
// must not give it to him: owner and sharers count as known where id and name agree.

// same reports whether an id of another HSM is the same crypto user here.
func (h *HSM) same(from *HSM, id int) bool {
	here, there := h.UserByID(id), from.UserByID(id)
	return here == there && here != nil && here.Type == CU ||
		here != nil && there != nil && here.Type == CU && strings.EqualFold(here.Name, there.Name)
}

// KnowsOwner reports whether the owner of another HSM's key is a crypto user here too
// (spec/cmu.md 6.6).
func (h *HSM) KnowsOwner(from *HSM, k *Key) bool { return h.same(from, k.Owner) }

// Accepts reports whether a copy of keys from another HSM can be stored: their owner is known, and
// there is room.
func (h *HSM) Accepts(from *HSM, keys ...*Key) bool {
	return h.Fits(len(keys)) && !slices.ContainsFunc(keys, func(k *Key) bool { return !h.KnowsOwner(from, k) })
}

// sameNamed returns the crypto user here who has the name of another HSM's user, or nil.
func (h *HSM) sameNamed(from *HSM, id int) *User {
	if u := from.UserByID(id); u != nil {
		return h.UserNamed(CU, u.Name)
	}
	return nil
}

// KnowsAll reports whether owner and sharers of another HSM's key are crypto users here by name.
func (h *HSM) KnowsAll(from *HSM, k *Key) bool {
	stranger := func(id int) bool { return h.sameNamed(from, id) == nil }
	return !stranger(k.Owner) && !slices.ContainsFunc(k.Shared, stranger)
}

// Replicate stores a token key of a clone's HSM, with its handle, for those who have the names of
// its owner and sharers here (spec/cloudhsm-cli.md 2.6). The key itself there is no error. It fails
// with NotLoggedIn, NotPermitted, also for a crypto user who does not own it, retcode.UserNotReady
// where somebody is not known, HandleTaken and NoRoomForCopy.
func (h *HSM) Replicate(session uint64, from *HSM, k *Key) (err error) {
	defer func() { h.LogKeys(CNInsertMasked, session, err, k.Handle) }()
	s, scope, err := h.allow(session, OpSyncKey)
	if err != nil {
		return err
	}
	if !h.KnowsAll(from, k) {
		return retcode.UserNotReady
	}
	row := *k
	row.Flags, row.Owner, row.Shared = k.Flags.Cloned(), h.sameNamed(from, k.Owner).ID, nil
	for _, id := range k.Shared {
		row.Shared = append(row.Shared, h.sameNamed(from, id).ID)
	}
	slot := Slot(k.Handle)
	switch {
	case scope == OnOwn && row.Owner != s.User:
		return NotPermitted
	case slot < len(h.Keys) && h.Keys[slot] != nil && h.Keys[slot].Handle == k.Handle && h.Keys[slot].Material == k.Material:
		return nil
	case slot < len(h.Keys) && h.Keys[slot] != nil:
		return Refusal{Reason: HandleTaken, Handle: k.Handle}
	case !h.Fits(1):
		return Refusal{Reason: NoRoomForCopy, Handle: k.Handle}
	}
	h.Put(&row)
	return nil
}

// PutCopy stores a copy of another HSM's key, shared with those who are known here.
func (h *HSM) PutCopy(from *HSM, k *Key) {
	stranger := func(id int) bool { return !h.same(from, id) }
	if flags := k.Flags.Cloned(); flags != k.Flags || slices.ContainsFunc(k.Shared, stranger) {
		row := *k
		row.Flags, row.Shared = flags, slices.DeleteFunc(slices.Clone(k.Shared), stranger)
		k = &row
	}
	h.Put(k)
}

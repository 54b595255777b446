package hsm

import (
	"slices"
	"strings"
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

package hsm

import "hsmplay/core/attr"

// Delete removes a key of the session's user and returns it. It fails as [HSM.OwnKey], and with
// NotDestroyable.
func (h *HSM) Delete(session uint64, handle uint32) (*Key, error) {
	k, err := h.OwnKey(session, handle)
	if err != nil {
		return nil, err
	}
	if !k.Has(attr.FlagDestroyable) {
		return nil, Refusal{Reason: NotDestroyable, Handle: handle, Attr: attr.Destroyable}
	}
	h.DeleteToo(session, k)
	return k, nil
}

// DeleteToo removes a key that another HSM has deleted for its owner, whoever is logged in here. An
// HSM without the key has nothing to do.
func (h *HSM) DeleteToo(session uint64, k *Key) {
	if h.At(k.Handle) != nil {
		h.LogKeys(CNDestroyObject, session, nil, k.Handle)
		h.Erase(k.Handle)
	}
}

// Package hsm is one HSM: its users, sessions, keys and policy, and the rules about who may do what
// with them. It is told the time and reaches no other HSM; core/cluster puts several of them
// together.
//
// Rows ([User], [Key], [Session]) are never changed in place: a change stores a new row. So an HSM
// is copied by copying tables of pointers, and comparing pointers tells what changed.
package hsm

import (
	"hsmplay/core/retcode"
)

// FirstSlot is the first slot of a key that a user makes; 1 to 5 are the HSM's own
// (spec/kmu.md 2.6).
const FirstSlot = 6

// SlotBits is how many low bits of a handle are the slot; the bits above are the node that made the
// key (spec/kmu.md 2.6).
const SlotBits = 18

// Limits of one HSM (spec/kmu.md 2.9, 1.6).
const (
	KeysMax        = 3300
	UsersMax       = 1024
	SessionsMax    = 1024
	LabelMax       = 127
	LoginsWrongMax = 5 // the next wrong password locks the account
	NameMax        = 31
	PasswordMin    = 7
	PasswordMax    = 32
	MValueMax      = 8
)

// HSM is one HSM. All fields are plain data.
type HSM struct {
	Node     int
	Serial   string
	Firmware string // digest of the firmware; another one than the cluster's fails the attestation
	Policy   Policy
	KeysMax  int // how many keys fit
	SessMax  int // how many sessions fit

	Users    []*User    // by id
	Keys     []*Key     // by slot; nil where the slot is free here
	Sessions []*Session // by id
	Quorum   Quorum     // approvals: M values and tokens
	MTLS     MTLS       `json:",omitzero"`
	Audit    Audit

	// leading is how many slots from the first on are known to be taken: a bound from below, so that
	// the next free one is not searched for from the beginning each time.
	leading int

	rehearsal *Rehearsal // of a copy; nil where all is done in earnest
}

// Handle returns the handle of the key that a node made in a slot.
func Handle(node, slot int) uint32 { return uint32(node)<<SlotBits | uint32(slot) }

// Slot returns the slot of a handle.
func Slot(handle uint32) int { return int(handle & (1<<SlotBits - 1)) }

// Copy returns an HSM with tables of its own; the rows are shared.
func (h *HSM) Copy() *HSM {
	c := h.Bare()
	c.Keys = append([]*Key(nil), h.Keys...)
	return c
}

// Bare returns a copy without keys.
func (h *HSM) Bare() *HSM {
	c := *h
	c.Users = append([]*User(nil), h.Users...)
	c.Keys = nil
	c.Sessions = append([]*Session(nil), h.Sessions...)
	c.Audit.Entries = h.Audit.Entries[:len(h.Audit.Entries):len(h.Audit.Entries)]
	return &c
}

// Leading returns the first slot from FirstSlot on that is free here.
func (h *HSM) Leading() int {
	slot := FirstSlot + h.leading
	for slot < len(h.Keys) && h.Keys[slot] != nil {
		slot++
	}
	h.leading = slot - FirstSlot
	return slot
}

// free empties a slot.
func (h *HSM) free(slot int) {
	h.Keys[slot] = nil
	h.leading = min(h.leading, max(slot-FirstSlot, 0))
}

// At returns the key in the slot of a handle if it has that very handle, nil otherwise. It asks
// nobody's rights.
func (h *HSM) At(handle uint32) *Key {
	slot := Slot(handle)
	if slot >= len(h.Keys) || h.Keys[slot] == nil || h.Keys[slot].Handle != handle {
		return nil
	}
	return h.Keys[slot]
}

// Put stores a key row in its slot, in place of the row with the same handle. A slot that holds
// another key is a broken invariant of the caller.
func (h *HSM) Put(k *Key) {
	slot := Slot(k.Handle)
	if slot < len(h.Keys) && h.Keys[slot] != nil && h.Keys[slot].Handle != k.Handle {
		panic("hsm: slot is taken by another key")
	}
	for len(h.Keys) <= slot {
		h.Keys = append(h.Keys, nil)
	}
	h.Keys[slot] = k
}

// Erase removes a key, without asking anybody's rights; no key with that handle is no error.
func (h *HSM) Erase(handle uint32) {
	if h.At(handle) != nil {
		h.free(Slot(handle))
	}
}

// Count returns how many token keys and session keys the HSM holds.
func (h *HSM) Count() (token, session int) {
	for _, k := range h.Keys {
		switch {
		case k == nil:
		case k.Session == 0:
			token++
		default:
			session++
		}
	}
	return token, session
}

// Restart ends all sessions, and with them their session keys and the quorum's tokens, as a power
// cycle does.
func (h *HSM) Restart() {
	for slot, k := range h.Keys {
		if k != nil && k.Session != 0 {
			h.free(slot)
		}
	}
	h.Sessions, h.Quorum.Tokens = nil, nil
	h.Audit.Reboots++
}

// need returns the session of a logged-in user.
func (h *HSM) need(session uint64) (*Session, error) {
	s := h.session(session)
	if s == nil {
		return nil, retcode.BadSession
	}
	if s.User == 0 {
		return nil, retcode.UserNotReady
	}
	return s, nil
}

// needCU returns the session of a logged-in crypto user: nobody else works with keys
// (spec/cmu.md 2.5).
func (h *HSM) needCU(session uint64) (*Session, error) {
	s, err := h.need(session)
	if err == nil && s.Type != CU {
		return nil, NotPermitted
	}
	return s, err
}

// Fits reports whether so many more keys fit. Where slots alone answer, no key is counted.
func (h *HSM) Fits(keys int) bool {
	return max(len(h.Keys)-FirstSlot, 0)+keys <= h.KeysMax || h.Room() >= keys
}

// Room returns how many more keys fit.
func (h *HSM) Room() int {
	token, session := h.Count()
	return h.KeysMax - token - session
}

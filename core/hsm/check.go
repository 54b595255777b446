package hsm

import (
	"errors"
	"fmt"

	"hsmplay/core/attr"
)

// ErrBroken is the error of an HSM whose data cannot be one's that ever ran: a file that was
// damaged or made up.
var ErrBroken = errors.New("the HSM's data is broken")

// Check returns ErrBroken, wrapped, unless the tables of the HSM are as its methods keep them.
func (h *HSM) Check() error {
	if h.Node < 0 || h.Node >= 1<<(32-SlotBits) {
		return fmt.Errorf("%w: node %d", ErrBroken, h.Node)
	}
	last := 0
	for _, u := range h.Users {
		if u == nil || u.ID <= last {
			return fmt.Errorf("%w: users are not by id", ErrBroken)
		}
		last = u.ID
	}
	for _, s := range h.Sessions {
		if s == nil {
			return fmt.Errorf("%w: a session is missing", ErrBroken)
		}
	}
	for slot, k := range h.Keys {
		if k != nil && !k.whole(slot) {
			return fmt.Errorf("%w: slot %d", ErrBroken, slot)
		}
		if k != nil && h.UserByID(k.Owner) == nil {
			return fmt.Errorf("%w: key %d is nobody's", ErrBroken, k.Handle)
		}
	}
	return nil
}

// whole reports whether a key can be in a slot and has material of a known class.
func (k *Key) whole(slot int) bool {
	return slot >= FirstSlot && Slot(k.Handle) == slot && k.Material != nil &&
		(k.Material.Class == attr.Public || k.Material.Class == attr.PrivateKey || k.Material.Class == attr.Secret)
}

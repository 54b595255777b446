package cluster

import (
	"bytes"
	"crypto/sha256"
	"fmt"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// ReadKey returns a key that the user owns or may use, as each HSM holds it.
func (cl *Client) ReadKey(handle uint32) []Reply[*hsm.Key] {
	return each(cl, "look up", handleText(handle), func(h *hsm.HSM) (*hsm.Key, error) { return h.ReadKey(cl.Session, handle) })
}

// ReadAttribute returns a key whose attribute the user reads, as each HSM holds it.
func (cl *Client) ReadAttribute(handle uint32, a attr.Attr) []Reply[*hsm.Key] {
	return each(cl, "look up", handleText(handle), func(h *hsm.HSM) (*hsm.Key, error) {
		return h.ReadAttribute(cl.Session, handle, a)
	}, attributed(a))
}

// Holding is the keys of a user on one HSM, and a digest of whose all keys there are.
type Holding struct {
	Keys []hsm.Listed
	Hash [sha256.Size]byte
}

// KeysOf returns the keys of a user, 0 for all.
func (cl *Client) KeysOf(user int) []Reply[Holding] {
	return each(cl, "find", fmt.Sprint(user), func(h *hsm.HSM) (Holding, error) {
		keys, err := h.KeysOf(cl.Session, user)
		return Holding{keys, h.KeyHash()}, err
	})
}

// Share shares a key of the user with others, or takes it back.
func (cl *Client) Share(handle uint32, users []int, share bool) []Answer {
	return cl.all("share", handleText(handle), func(h *hsm.HSM) error { return h.Share(cl.Session, handle, users, share) },
		Arg{Name: "with", Value: fmt.Sprint(users)}, switched(share))
}

// SetAttribute changes an attribute of a key.
func (cl *Client) SetAttribute(handle uint32, a attr.Attr, value string) []Answer {
	return cl.all("set attribute", handleText(handle), func(h *hsm.HSM) error {
		return h.SetAttribute(cl.Session, handle, a, value)
	}, attributed(a), valued("value", value))
}

// Trusts reports whether a file of certificates has certified the HSMs' cluster, see
// [Group.Trusts].
func (cl *Client) Trusts(anchor []byte) bool { return cl.Connected() && cl.group().Trusts(anchor) }

// Copies between HSMs by hand, for what the HSMs do not synchronise: users never, keys of one
// cluster by themselves. What is copied leaves an HSM masked.

// ExtractUser returns a user to copy.
func (cl *Client) ExtractUser(id int) []Reply[*hsm.User] {
	return each(cl, "extract", fmt.Sprint(id), func(h *hsm.HSM) (*hsm.User, error) { return h.ExtractUser(cl.Session, id) })
}

// InsertUser stores a copy of a user as ExtractUser has returned it from another HSM. It fails with
// hsm.BadMask between clusters that are no clones.
func (cl *Client) InsertUser(from *Client, u *hsm.User) []Answer {
	if answers := cl.opens(from, 0); answers != nil {
		return answers
	}
	answers := cl.all("insert", u.Name, func(h *hsm.HSM) error { return h.InsertUser(cl.Session, u) })
	for _, a := range answers {
		if a.Err == nil {
			cl.welcome(a.Node, u.ID)
		}
	}
	return answers
}

// ExtractKey returns a key to copy.
func (cl *Client) ExtractKey(handle uint32) []Reply[*hsm.Key] {
	return each(cl, "extract", handleText(handle), func(h *hsm.HSM) (*hsm.Key, error) { return h.ExtractKey(cl.Session, handle) })
}

// InsertKey stores a copy of a key as ExtractKey has returned it from another HSM. It fails with
// hsm.BadMask between clusters that are no clones, and with retcode.BadHandle for a key that is
// gone.
func (cl *Client) InsertKey(from *Client, k *hsm.Key) []Answer {
	if answers := cl.opens(from, k.Handle); answers != nil {
		return answers
	}
	return cl.changed(cl.all("insert", handleText(k.Handle), func(h *hsm.HSM) error {
		home := cl.cluster.holder(k)
		if home == nil {
			return retcode.BadHandle
		}
		return h.InsertKey(cl.Session, home, k)
	}))
}

// clones reports whether two clients are connected to one cluster or to clones.
func (cl *Client) clones(other *Client) bool {
	here, there := cl.group(), other.group()
	return here != nil && there != nil && here.Lineage == there.Lineage && bytes.Equal(here.MaskKey, there.MaskKey)
}

// opens asks the HSMs whether they can open what another client's have masked: they can in one
// cluster and its clones, and the answer is nil. handle is the key's, 0 for a user.
func (cl *Client) opens(from *Client, handle uint32) []Answer {
	if cl.clones(from) {
		return nil
	}
	return cl.all("insert", handleText(handle), func(h *hsm.HSM) error {
		h.LogKeys(hsm.CNInsertMasked, cl.Session, hsm.BadMask, handle)
		return hsm.BadMask
	})
}

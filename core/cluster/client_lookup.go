package cluster

import (
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// Key returns a key that the user may see, from the first reached HSM that has it. Errors as
// hsm.Key.
func (cl *Client) Key(handle uint32) (*hsm.Key, error) {
	return cl.ask("look up", handle, (*hsm.HSM).Key)
}

// KeyOf returns a key of a kind that the user may see. Errors as hsm.KeyOf.
func (cl *Client) KeyOf(handle uint32, want hsm.Kind) (*hsm.Key, error) {
	return cl.ask("look up", handle, func(h *hsm.HSM, session uint64, handle uint32) (*hsm.Key, error) {
		return h.KeyOf(session, handle, want)
	})
}

// OwnKey returns a key that the user owns. Errors as hsm.OwnKey.
func (cl *Client) OwnKey(handle uint32) (*hsm.Key, error) {
	return cl.ask("look up", handle, (*hsm.HSM).OwnKey)
}

// ask asks the reached HSMs in turn for a key until one has it.
func (cl *Client) ask(op string, handle uint32, get func(*hsm.HSM, uint64, uint32) (*hsm.Key, error), args ...Arg) (*hsm.Key, error) {
	if _, err := cl.primary(); err != nil {
		return nil, err
	}
	var last error
	for _, n := range cl.nodes() {
		k, err := get(n.HSM, cl.Session, handle)
		cl.cluster.record(Event{From: FromClient, Node: n.HSM.Node, Op: op, Detail: handleText(handle), Args: args, Code: retcode.Of(err)})
		if err == nil {
			return k, nil
		}
		last = err
		if !absent(err) {
			break
		}
	}
	return nil, last
}

// Find returns the keys that the user may use and that match, each once, by slot, and what each HSM
// answered.
func (cl *Client) Find(match func(*hsm.Key) bool) ([]*hsm.Key, []Answer) {
	merged := &hsm.HSM{}
	fresh := func(k *hsm.Key) bool { return merged.At(k.Handle) == nil && match(k) }
	answers := cl.all("find", "", func(h *hsm.HSM) error {
		found, err := h.Find(cl.Session, fresh)
		for _, k := range found {
			merged.Put(k)
		}
		return err
	})
	return slices.DeleteFunc(merged.Keys, func(k *hsm.Key) bool { return k == nil }), answers
}

// Where asks every reached HSM whether it has a key that the user may see (findSingleKey).
func (cl *Client) Where(handle uint32) []Answer {
	return cl.all("look up", handleText(handle), func(h *hsm.HSM) error {
		_, err := h.Key(cl.Session, handle)
		return err
	})
}

// Attribute returns a key whose attribute the user reads. Errors as hsm.Attribute.
func (cl *Client) Attribute(handle uint32, a attr.Attr) (*hsm.Key, error) {
	return cl.ask("look up", handle, func(h *hsm.HSM, session uint64, handle uint32) (*hsm.Key, error) {
		return h.Attribute(session, handle, a)
	}, attributed(a))
}

// Delete removes a key of the user from every reached HSM; those that come back later remove it
// too. The error is that of the HSM that has the key, before the others are told: hsm.Delete's.
// Where one HSM has agreed, the others follow also if nobody is logged in there, so that the
// synchronisation does not bring the key back.
func (cl *Client) Delete(handle uint32) ([]Answer, error) {
	k, err := cl.ask("look up", handle, (*hsm.HSM).Delete)
	if err != nil {
		return nil, err
	}
	answers := cl.all("delete", handleText(handle), func(h *hsm.HSM) error {
		h.DeleteToo(cl.Session, k)
		return nil
	})
	cl.group().bury(k)
	return cl.changed(answers), nil
}

// Settable returns nil if the user may change an attribute of a key through the daemon. Errors as
// hsm.Settable.
func (cl *Client) Settable(handle uint32, a attr.Attr) error {
	_, err := cl.ask("look up", handle, func(h *hsm.HSM, session uint64, handle uint32) (*hsm.Key, error) {
		return nil, h.Settable(session, handle, a)
	}, attributed(a))
	return err
}

// SetToken turns a session key of the user into a token key and copies it to every reached HSM that
// accepts it. Errors as hsm.SetToken.
func (cl *Client) SetToken(handle uint32, on bool) ([]Answer, error) {
	changed := false
	k, err := cl.ask("look up", handle, func(h *hsm.HSM, session uint64, handle uint32) (k *hsm.Key, err error) {
		k, changed, err = h.SetToken(session, handle, on)
		return k, err
	}, attributed(attr.Token), switched(on))
	if err != nil {
		return nil, err
	}
	home := cl.cluster.holder(k)
	return cl.changed(cl.all("set attribute", handleText(handle), func(h *hsm.HSM) error {
		if changed {
			return cl.putToken(h, home, k)
		}
		if h.At(handle) == nil {
			return retcode.BadHandle
		}
		return nil
	}, attributed(attr.Token), switched(on))), nil
}

// putToken copies a key that was a session key till now from its home to another HSM.
func (cl *Client) putToken(h, home *hsm.HSM, k *hsm.Key) error {
	op := hsm.CNExtractMasked
	if h != home {
		if !h.Accepts(home, k) {
			return hsm.Refusal{Reason: hsm.NoRoomForCopy, Handle: k.Handle}
		}
		h.PutCopy(home, k)
		op = hsm.CNInsertMasked
	}
	h.LogKeys(op, cl.Session, nil, k.Handle)
	return nil
}

// Member is an HSM of a cluster, as the others know it.
type Member struct {
	Node int
	IP   string
}

// Members lists the cluster of the HSM that answers, by node: also HSMs that are down. It needs no
// login.
func (cl *Client) Members() ([]Member, error) {
	n, err := cl.primary()
	if err != nil {
		return nil, err
	}
	cl.cluster.record(Event{From: FromClient, Node: n.HSM.Node, Op: "cluster info"})
	var members []Member
	for _, other := range cl.cluster.GroupOf(n.HSM.Node).Nodes {
		members = append(members, Member{other.HSM.Node, other.IP})
	}
	return members, nil
}

// Facts returns what the HSM that answers for itself says of its hardware and counters: the first
// that is reached. It needs no login.
func (cl *Client) Facts() (hsm.Facts, error) {
	n, err := cl.primary()
	if err != nil {
		return hsm.Facts{}, err
	}
	cl.cluster.record(Event{From: FromClient, Node: n.HSM.Node, Op: "info"})
	return n.HSM.Facts(), nil
}

package cluster

import (
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
)

// merged returns the keys that are listed of each reached HSM, each once, by slot.
func (cl *Client) merged(list func(*hsm.HSM) []*hsm.Key) []*hsm.Key {
	all := &hsm.HSM{}
	for _, n := range cl.nodes() {
		for _, k := range list(n.HSM) {
			if k != nil && all.At(k.Handle) == nil {
				all.Put(k)
			}
		}
	}
	return slices.DeleteFunc(all.Keys, func(k *hsm.Key) bool { return k == nil })
}

// Visible returns the keys that the user may use, by slot.
func (cl *Client) Visible() []*hsm.Key {
	return cl.merged(func(h *hsm.HSM) []*hsm.Key {
		keys, _ := h.Find(cl.Session, func(*hsm.Key) bool { return true }) // without a login none
		return keys
	})
}

// InSession returns the keys that live in a session, 0 for the token keys, whosever they are, by
// slot.
func (cl *Client) InSession(session uint64) []*hsm.Key {
	other := func(k *hsm.Key) bool { return k == nil || k.Session != session }
	return cl.merged(func(h *hsm.HSM) []*hsm.Key { return slices.DeleteFunc(slices.Clone(h.Keys), other) })
}

// MayUse reports whether the user with an id is a crypto user, on the first reached HSM that knows
// the id, and may use a key.
func (cl *Client) MayUse(user int, k *hsm.Key) bool {
	for _, n := range cl.nodes() {
		if u := n.HSM.UserByID(user); u != nil {
			return u.Type == hsm.CU && k.UsableBy(user)
		}
	}
	return false
}

// Lacks returns the flags among those asked for that a key lacks; false where no reached HSM has
// the key.
func (cl *Client) Lacks(handle uint32, flags attr.Flags) (attr.Flags, bool) {
	for _, n := range cl.nodes() {
		if k := n.HSM.At(handle); k != nil {
			return flags &^ k.Flags, true
		}
	}
	return 0, false
}

// Place says where a key is whose handle means nothing to a user.
type Place int

const (
	// Nowhere: no HSM has it.
	Nowhere Place = iota
	// Internal: a key of the HSMs' own.
	Internal
	// OnUnreached: on an HSM that is not reached.
	OnUnreached
	// InOtherSession: a session key of another session.
	InOtherSession
	// OfOther: a key of somebody else.
	OfOther
	// OnOtherHSM: on another HSM of the same cluster, for a client of some of them.
	OnOtherHSM
	// InOtherCluster: on an HSM of another cluster.
	InOtherCluster
)

// Missing is why a handle means nothing to a user, and what to say of it.
type Missing struct {
	Place Place
	Node  int    // of the HSM that has the key
	IP    string // of that HSM
	Owner int    // the user id, OfOther
}

// Missing explains a handle that the client's HSMs have refused.
func (cl *Client) Missing(handle uint32) Missing {
	if !cl.daemon() {
		return cl.missingHere(handle)
	}
	unreached := Missing{}
	for _, n := range cl.cluster.Nodes {
		k := n.HSM.At(handle)
		at := Missing{Node: n.HSM.Node, IP: n.IP}
		switch {
		case k == nil:
			continue
		case !n.Reached():
			if at.Place = OnUnreached; unreached.Place == Nowhere {
				unreached = at
			}
			continue
		case k.Session != 0:
			at.Place = InOtherSession
		default:
			at.Place, at.Owner = OfOther, k.Owner
		}
		return at
	}
	if unreached.Place == Nowhere && handle > 0 && handle < hsm.FirstSlot {
		return Missing{Place: Internal}
	}
	return unreached
}

// missingHere is Missing for own connections, whose HSMs are a part of what there is.
func (cl *Client) missingHere(handle uint32) Missing {
	at := Missing{}
	if handle > 0 && handle < hsm.FirstSlot {
		at.Place = Internal
	}
	for _, n := range cl.cluster.All() {
		k := n.HSM.At(handle)
		if !n.Reached() || k == nil {
			continue
		}
		is := Missing{Place: OnOtherHSM, Node: n.HSM.Node, IP: n.IP}
		switch here := cl.cluster.GroupOf(n.HSM.Node) == cl.group(); {
		case k.Session != 0 && here:
			at = Missing{Place: InOtherSession, Node: n.HSM.Node, IP: n.IP}
		case k.Session != 0 || slices.Contains(cl.known(), n):
		case here:
			return is
		default:
			is.Place = InOtherCluster
			at = is
		}
	}
	return at
}

// Coverage is on which of the HSMs that are reached a key or a user is. A key that HSMs lack is
// copied in time; a user never.
type Coverage struct {
	Have, Of int
	Lacking  []int // the nodes, ascending
}

// Full reports whether it is everywhere.
func (c Coverage) Full() bool { return c.Have == c.Of }

// KeyCoverage returns on which HSMs a key is.
func (cl *Client) KeyCoverage(handle uint32) Coverage {
	return cl.coverage(func(h *hsm.HSM) bool { return h.At(handle) != nil })
}

// UserCoverage returns which HSMs know a user.
func (cl *Client) UserCoverage(t hsm.UserType, name string) Coverage {
	return cl.coverage(func(h *hsm.HSM) bool { return h.UserNamed(t, name) != nil })
}

func (cl *Client) coverage(has func(*hsm.HSM) bool) Coverage {
	var c Coverage
	for _, n := range cl.nodes() {
		c.Of++
		if has(n.HSM) {
			c.Have++
		} else {
			c.Lacking = append(c.Lacking, n.HSM.Node)
		}
	}
	return c
}

// Strangers returns the nodes of the reached HSMs that lack a key because they do not know its owner.
func (cl *Client) Strangers(k *hsm.Key) (nodes []int) {
	known := cl.known()
	home := slices.IndexFunc(known, func(n *Node) bool { return n.holds(k) })
	if home < 0 {
		return nil
	}
	for _, n := range cl.nodes() {
		if !n.holds(k) && !n.HSM.KnowsOwner(known[home].HSM, k) {
			nodes = append(nodes, n.HSM.Node)
		}
	}
	return nodes
}

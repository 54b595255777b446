package cluster

import (
	"fmt"
	"slices"

	"hsmplay/core/hsm"
)

// SyncPeriod is how long the HSMs take to notice that one of them lacks keys, in simulated
// milliseconds. The real period is not documented; this one can be watched.
const SyncPeriod = 5000

// settle lets everything that a change has made possible happen now: waiting creations go on, and
// where a reached HSM lacks a token key that another has, a synchronisation is put on the clock.
func (c *Cluster) settle() {
	for _, cr := range slices.Clone(c.creations) {
		cr.step()
	}
	if !c.unsure {
		return
	}
	c.unsure = false
	for _, g := range c.Groups {
		all := c.tokenKeys(g)
		for _, n := range g.Nodes {
			switch lacks := n.Reached() && n.lacks(all); {
			case lacks && n.SyncAt == 0:
				n.SyncAt = later(c.Now, SyncPeriod+n.Delay)
			case !lacks:
				n.SyncAt = 0
			}
		}
	}
}

// copyOf is a key and the node that has it.
type copyOf struct {
	key  *hsm.Key
	node *Node
}

// tokenKeys returns the token keys that reached HSMs of a cluster hold, by slot, from the lowest
// node each. Keys that are being made are the client's business and are not among them.
func (c *Cluster) tokenKeys(g *Group) []copyOf {
	var all []copyOf
	for _, n := range g.Reached() {
		all = append(all, make([]copyOf, max(len(n.HSM.Keys)-len(all), 0))...)
		for slot, k := range n.HSM.Keys {
			if k != nil && k.Session == 0 && all[slot].key == nil && !c.halfMade(k.Handle) {
				all[slot] = copyOf{k, n}
			}
		}
	}
	return all
}

// lacks reports whether the synchronisation would copy any of the keys to the node.
func (n *Node) lacks(all []copyOf) bool {
	return slices.ContainsFunc(all, func(from copyOf) bool { return n.wants(from) }) && n.HSM.Fits(1)
}

// wants reports whether the node lacks a key, nil for none, and knows its owner.
func (n *Node) wants(from copyOf) bool {
	if from.key == nil {
		return false
	}
	slot := hsm.Slot(from.key.Handle)
	return (slot >= len(n.HSM.Keys) || n.HSM.Keys[slot] == nil) && n.HSM.KnowsOwner(from.node.HSM, from.key)
}

// holder returns the HSM that a key is from, nil for none.
func (c *Cluster) holder(k *hsm.Key) *hsm.HSM {
	for _, n := range c.All() {
		if n.HSM.At(k.Handle) == k {
			return n.HSM
		}
	}
	return nil
}

// halfMade reports whether a key belongs to a creation that has not ended.
func (c *Cluster) halfMade(handle uint32) bool {
	for _, cr := range c.creations {
		for _, k := range cr.Keys {
			if k.Handle == handle {
				return true
			}
		}
	}
	return false
}

// synchronise copies to a node what it lacks and accepts.
func (c *Cluster) synchronise(n *Node) {
	n.SyncAt = 0
	g := c.GroupOf(n.HSM.Node)
	copied := map[*Node]int{}
	room := n.HSM.Room()
	for _, from := range c.tokenKeys(g) {
		if room > 0 && n.wants(from) {
			n.HSM.PutCopy(from.node.HSM, from.key)
			copied[from.node]++
			room--
		}
	}
	for _, other := range g.Nodes {
		if copied[other] > 0 {
			c.record(Event{From: other.HSM.Node, Node: n.HSM.Node, Op: "sync", Detail: fmt.Sprint(copied[other])})
		}
	}
}

// bury deletes a key from every reached HSM of the cluster. An HSM that is not reached and holds it
// deletes it when it comes back: a tombstone remembers that.
func (g *Group) bury(k *hsm.Key) {
	left := false
	for _, n := range g.Nodes {
		held := n.HSM.At(k.Handle)
		switch {
		case held == nil || held.Material != k.Material:
		case n.Reached():
			n.HSM.LogKeys(hsm.CNTombstoneObject, 0, nil, k.Handle)
			n.HSM.Erase(k.Handle)
		default:
			left = true
		}
	}
	if left && !slices.Contains(g.Tombstones, k.Handle) {
		g.Tombstones = append(g.Tombstones, k.Handle)
	}
}

// buried reports whether a node will delete one of the keys when it comes back.
func (g *Group) buried(n *Node, keys []*hsm.Key) bool {
	return !n.Reached() && slices.ContainsFunc(keys, func(k *hsm.Key) bool { return slices.Contains(g.Tombstones, k.Handle) })
}

// buryOld deletes from a node that has come back what was deleted while it was away.
func (g *Group) buryOld(n *Node) {
	for _, handle := range g.Tombstones {
		if n.HSM.At(handle) != nil {
			n.HSM.LogKeys(hsm.CNTombstoneObject, 0, nil, handle)
			n.HSM.Erase(handle)
		}
	}
	g.forgetTombstones()
}

// forgetTombstones forgets those that no HSM needs any more, before their slots are used again.
func (g *Group) forgetTombstones() {
	g.Tombstones = slices.DeleteFunc(g.Tombstones, func(handle uint32) bool {
		return !slices.ContainsFunc(g.Nodes, func(n *Node) bool { return n.HSM.At(handle) != nil })
	})
}

// Receiving reports whether a copy of keys that are being made is on its way to a node.
func (c *Cluster) Receiving(n *Node) bool {
	return slices.ContainsFunc(c.creations, func(cr *Creation) bool {
		return slices.ContainsFunc(cr.arrivals, func(a arrival) bool { return a.node == n })
	})
}

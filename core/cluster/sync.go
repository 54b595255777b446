package cluster

import (
	"fmt"
	"slices"

	"hsmplay/core/hsm"
)

// SyncPeriod is how long the HSMs take to notice that one of them lacks keys, in simulated milliseconds. The real
// period is not documented; this one can be watched.
const SyncPeriod = 5000

// settle lets everything that a change has made possible happen now: waiting creations go on, and where a reached HSM
// lacks a token key that another has, a synchronisation is put on the clock.
func (c *Cluster) settle() {
	for _, cr := range slices.Clone(c.creations) {
		cr.step()
	}
	if !c.unsure {
		return
	}
	c.unsure = false
	for _, n := range c.Nodes {
		switch lacks := n.Reached() && c.lacks(n); {
		case lacks && n.SyncAt == 0:
			n.SyncAt = c.Now + SyncPeriod + n.Delay
		case !lacks:
			n.SyncAt = 0
		}
	}
}

// lacks reports whether a node lacks a token key that another reached node has. Keys that are being made are the
// client's business.
func (c *Cluster) lacks(n *Node) bool {
	for _, other := range c.Reached() {
		if other != n && slices.ContainsFunc(other.HSM.Keys, func(k *hsm.Key) bool { return c.wants(n, k) }) {
			return true
		}
	}
	return false
}

// wants reports whether the synchronisation would copy a key to a node.
func (c *Cluster) wants(n *Node, k *hsm.Key) bool {
	return k != nil && k.Session == 0 && n.HSM.At(k.Handle) == nil && !c.halfMade(k.Handle)
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

// synchronise copies to a node what it lacks, from each reached node that has it.
func (c *Cluster) synchronise(n *Node) {
	n.SyncAt = 0
	for _, other := range c.Reached() {
		copied := 0
		for _, k := range other.HSM.Keys {
			if other != n && c.wants(n, k) {
				n.HSM.Put(k)
				copied++
			}
		}
		if copied > 0 {
			c.record(Event{From: other.HSM.Node, Node: n.HSM.Node, Op: "sync", Detail: fmt.Sprint(copied)})
		}
	}
}

// bury deletes a key from every reached HSM. An HSM that is not reached and holds it deletes it when it comes back: a
// tombstone remembers that.
func (c *Cluster) bury(handle uint32) {
	left := false
	for _, n := range c.Nodes {
		if n.Reached() {
			n.HSM.Erase(handle)
		} else if n.HSM.At(handle) != nil {
			left = true
		}
	}
	if left && !slices.Contains(c.tombstones, handle) {
		c.tombstones = append(c.tombstones, handle)
	}
}

// buryOld deletes from a node that has come back what was deleted while it was away, and forgets the tombstones that no
// HSM needs any more.
func (c *Cluster) buryOld(n *Node) {
	for _, handle := range c.tombstones {
		n.HSM.Erase(handle)
	}
	c.tombstones = slices.DeleteFunc(c.tombstones, func(handle uint32) bool {
		return !slices.ContainsFunc(c.Nodes, func(n *Node) bool { return n.HSM.At(handle) != nil })
	})
}

// Receiving reports whether a copy of keys that are being made is on its way to a node.
func (c *Cluster) Receiving(n *Node) bool {
	return slices.ContainsFunc(c.creations, func(cr *Creation) bool {
		return slices.ContainsFunc(cr.arrivals, func(a arrival) bool { return a.node == n })
	})
}

package view

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
)

// places are all keys and where they are. Sets of HSMs are bits by their index among all: a cluster
// of any kind has at most
// 28.
type places struct {
	all    []*cluster.Node
	groups []uint32 // the HSMs of each cluster
	list   []place  // by slot
}

// place is a key and where it is.
type place struct {
	key   *hsm.Key // as the first of its HSMs has it
	first int      // the index of that one
	nodes uint32
	twin  bool // another key has the same handle
}

// placesOf finds every key. Clusters may have different keys under one handle.
func placesOf(c *cluster.Cluster) places {
	w := places{all: c.All()}
	at, slots := 0, 0
	for _, g := range c.Groups {
		w.groups = append(w.groups, 1<<(at+len(g.Nodes))-1<<at)
		at += len(g.Nodes)
	}
	for _, n := range w.all {
		slots = max(slots, len(n.HSM.Keys))
	}
	w.list = make([]place, 0, slots)
	for slot := range slots {
		begin := len(w.list)
		for i, n := range w.all {
			if slot < len(n.HSM.Keys) && n.HSM.Keys[slot] != nil {
				w.put(begin, i, n.HSM.Keys[slot])
			}
		}
		if here := w.list[begin:]; len(here) > 1 {
			slices.SortFunc(here, func(a, b place) int { return strings.Compare(w.id(a), w.id(b)) })
		}
	}
	return w
}

// put adds a node's key to the places of its slot, which begin at an index.
func (w *places) put(begin, node int, k *hsm.Key) {
	p := place{key: k, first: node, nodes: 1 << node}
	for i := begin; i < len(w.list); i++ {
		switch other := &w.list[i]; {
		case other.key.Handle != k.Handle:
		case other.key.Material == k.Material:
			other.nodes |= p.nodes
			return
		default:
			p.twin = true
		}
	}
	w.list = append(w.list, p)
}

// id is the id of a key's row: that of the second key with a handle says on which HSM it is.
func (w *places) id(p place) string {
	if p.twin {
		return keyID(p.key.Handle) + "-" + strconv.Itoa(w.all[p.first].HSM.Node)
	}
	return keyID(p.key.Handle)
}

// keyID is the id of the row of a key whose handle no other has.
func keyID(handle uint32) string { return "key-" + strconv.FormatUint(uint64(handle), 10) }

// missing returns the HSMs that lack a token key which others of their cluster have.
func (w *places) missing(p place) (lack uint32) {
	if p.key.Session != 0 {
		return 0
	}
	for _, g := range w.groups {
		if g&p.nodes != 0 {
			lack |= g &^ p.nodes
		}
	}
	return lack
}

// numbers returns the numbers of HSMs.
func (w *places) numbers(nodes uint32) []int {
	list := make([]int, 0, bits.OnesCount32(nodes))
	for ; nodes != 0; nodes &= nodes - 1 {
		list = append(list, w.all[bits.TrailingZeros32(nodes)].HSM.Node)
	}
	return list
}

// count adds one to the counts of HSMs.
func count(nodes uint32, counts []int) {
	for ; nodes != 0; nodes &= nodes - 1 {
		counts[bits.TrailingZeros32(nodes)]++
	}
}

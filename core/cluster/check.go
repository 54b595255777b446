package cluster

import (
	"fmt"

	"hsmplay/core/hsm"
)

// check returns hsm.ErrBroken, wrapped, unless a snapshot can be one of a cluster.
func (s *Snapshot) check() error {
	if len(s.Nodes) == 0 || len(s.Nodes) > NodesMax || s.Now < 0 || s.Now > timeMax {
		return fmt.Errorf("%w: %d HSMs at time %d", hsm.ErrBroken, len(s.Nodes), s.Now)
	}
	last := -1
	slots := map[int]*hsm.Key{}
	for _, n := range s.Nodes {
		if err := n.check(last); err != nil {
			return err
		}
		last = n.HSM.Node
		for slot, k := range n.HSM.Keys {
			if k == nil {
				continue
			}
			if other := slots[slot]; other != nil && (other.Handle != k.Handle || other.Material.Class != k.Material.Class) {
				return fmt.Errorf("%w: two keys in slot %d", hsm.ErrBroken, slot)
			}
			slots[slot] = k
		}
	}
	return nil
}

// check looks at one node, whose number is above the last one's.
func (n *Node) check(last int) error {
	switch {
	case n.HSM == nil || n.HSM.Node <= last:
		return fmt.Errorf("%w: HSMs are not by number", hsm.ErrBroken)
	case n.Delay < 0 || n.Delay > DelayMax || n.SyncAt < 0 || n.SyncAt > timeMax:
		return fmt.Errorf("%w: times of node %d", hsm.ErrBroken, n.HSM.Node)
	}
	return n.HSM.Check()
}

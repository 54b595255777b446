package cluster

import (
	"fmt"

	"hsmplay/core/hsm"
)

// check returns hsm.ErrBroken, wrapped, unless a snapshot can be one of clusters.
func (s *Snapshot) check() error {
	if len(s.Nodes) == 0 || len(s.Nodes) > NodesMax || s.Now < 0 || s.Now > timeMax {
		return fmt.Errorf("%w: %d HSMs at time %d", hsm.ErrBroken, len(s.Nodes), s.Now)
	}
	if s.Serves < 0 || s.Serves >= len(s.Groups) {
		return fmt.Errorf("%w: the daemon serves no cluster", hsm.ErrBroken)
	}
	nodes, numbers := s.Nodes, map[int]bool{}
	for _, g := range s.Groups {
		if len(g.Members) == 0 || len(g.Members) > len(nodes) {
			return fmt.Errorf("%w: %s has %d HSMs", hsm.ErrBroken, g.ID, len(g.Members))
		}
		if err := checkNodes(nodes[:len(g.Members)], numbers); err != nil {
			return err
		}
		nodes = nodes[len(g.Members):]
	}
	if len(nodes) > 0 {
		return fmt.Errorf("%w: %d HSMs are of no cluster", hsm.ErrBroken, len(nodes))
	}
	return checkBackups(s.Backups)
}

// checkBackups looks at backups, with the most that Cluster.take keeps.
func checkBackups(backups []*Backup) error {
	if len(backups) > backupsMax {
		return fmt.Errorf("%w: %d backups", hsm.ErrBroken, len(backups))
	}
	for _, b := range backups {
		if b.Time < 0 || b.Time > timeMax {
			return fmt.Errorf("%w: a backup at time %d", hsm.ErrBroken, b.Time)
		}
		if err := b.Image.check(); err != nil {
			return err
		}
	}
	return nil
}

// checkNodes looks at the nodes of one cluster: their numbers, which no other cluster's have, and
// that each slot holds the same key on all.
func checkNodes(nodes []Node, numbers map[int]bool) error {
	last := -1
	slots := map[int]*hsm.Key{}
	for _, n := range nodes {
		if err := n.check(last); err != nil {
			return err
		}
		last = n.HSM.Node
		if numbers[last] {
			return fmt.Errorf("%w: two HSMs have the number %d", hsm.ErrBroken, last)
		}
		numbers[last] = true
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

package cluster

import (
	"slices"

	"hsmplay/core/hsm"
)

// Group is what the service calls a cluster: HSMs that keep the same token keys, with a secret and
// certificates of their own. Nothing goes from one group to another by itself (spec/cmu.md 6.6).
type Group struct {
	ID      string  // tells this cluster from others
	Lineage string  // the id of the cluster that the masking secret was made for: clones share it
	MaskKey []byte  // the HSMs' shared secret, for masked objects; 32 bytes
	Since   int64   // the wall clock when it was made, milliseconds since 1970, for dates in certificates
	Nodes   []*Node `json:"-"` // by number; saved apart

	Certificates []Certificate // made when they are first asked for; clones have those of the backup
	BackupAt     int64         // when the service makes the next backup by itself, simulated milliseconds
	Made         int           // how many backups it has had, for their ids
	Tombstones   []uint32      // keys that an HSM deletes when it comes back

	rehearsal *hsm.Rehearsal // of a copy
}

// Reached returns the nodes that the client reaches, by number.
func (g *Group) Reached() []*Node {
	var reached []*Node
	for _, n := range g.Nodes {
		if n.Reached() {
			reached = append(reached, n)
		}
	}
	return reached
}

// All returns the HSMs of all clusters, by cluster and number.
func (c *Cluster) All() []*Node {
	if len(c.Groups) == 1 {
		return c.Groups[0].Nodes
	}
	var all []*Node
	for _, g := range c.Groups {
		all = append(all, g.Nodes...)
	}
	return all
}

// Node returns the node with the number, or nil. Numbers are unique over all clusters.
func (c *Cluster) Node(id int) *Node {
	for _, g := range c.Groups {
		for _, n := range g.Nodes {
			if n.HSM.Node == id {
				return n
			}
		}
	}
	return nil
}

// Called returns the cluster with an id, or nil.
func (c *Cluster) Called(id string) *Group {
	for _, g := range c.Groups {
		if g.ID == id {
			return g
		}
	}
	return nil
}

// Model returns the type of the cluster's HSMs.
func (g *Group) Model() hsm.Model { return g.Nodes[0].HSM.Policy.Model }

// Older reports whether the tools of Client SDK 3 can talk to the cluster's HSMs.
func (g *Group) Older() bool { return g.Model().Row().Older }

// GroupOf returns the cluster of the node with the number, or nil.
func (c *Cluster) GroupOf(id int) *Group {
	return c.groupWith(func(n *Node) bool { return n.HSM.Node == id })
}

// GroupAt returns the cluster of the HSM with an address that is reached, or nil.
func (c *Cluster) GroupAt(address string) *Group {
	return c.groupWith(func(n *Node) bool { return n.IP == address && n.Reached() })
}

func (c *Cluster) groupWith(f func(*Node) bool) *Group {
	for _, g := range c.Groups {
		if slices.ContainsFunc(g.Nodes, f) {
			return g
		}
	}
	return nil
}

// Serve makes the daemon, which must be stopped, one of another cluster: tools reach its HSMs from
// the next start on.
func (c *Cluster) Serve(g *Group) { c.Group = g }

// freeNode returns a number for a new HSM.
func (c *Cluster) freeNode() int {
	id := 0
	for _, n := range c.All() {
		id = max(id, n.HSM.Node+1)
	}
	return id
}

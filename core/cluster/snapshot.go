package cluster

import (
	"math/rand/v2"
	"slices"

	"hsmplay/core/mech"
)

// Snapshot is a cluster at one moment as plain data: tables of its own, rows shared. Waits are not
// in it; the keys they have half made are named so that [Restore] can remove them.
type Snapshot struct {
	Now, Wall int64
	Groups    []Grouped
	Serves    int       // the place of the daemon's cluster among Groups
	Nodes     []Node    `json:"-"` // in the order of Groups and their members
	Backups   []*Backup `json:"-"`
	Daemon    bool
	Disabled  bool `json:",omitempty"`
	Settings  Settings
	Chance    []byte
	HalfMade  []uint32
	LastID    uint64
}

// Grouped is a cluster without its nodes.
type Grouped struct {
	Group
	Members []int // the numbers of its nodes
}

// Snapshot returns the cluster as it is now. It costs a copy of the tables.
func (c *Cluster) Snapshot() Snapshot {
	s := c.Bare()
	for _, n := range c.All() {
		row := *n
		row.HSM = n.HSM.Copy()
		s.Nodes = append(s.Nodes, row)
	}
	return s
}

// Bare returns the cluster as it is now without its nodes: what is small.
func (c *Cluster) Bare() Snapshot {
	chance := must(c.Chance.MarshalBinary())
	s := Snapshot{Backups: slices.Clone(c.Backups), Now: c.Now, Wall: c.Wall, Serves: slices.Index(c.Groups, c.Group), Daemon: c.Daemon, Disabled: c.Disabled, Settings: c.Settings, Chance: chance,
		LastID: c.lastID}
	for _, g := range c.Groups {
		s.Groups = append(s.Groups, g.bare())
	}
	for _, cr := range c.creations {
		for _, k := range cr.Keys {
			s.HalfMade = append(s.HalfMade, k.Handle)
		}
	}
	return s
}

// bare returns the cluster without its nodes.
func (g *Group) bare() Grouped {
	row := Grouped{Group: *g}
	row.Nodes, row.Tombstones = nil, slices.Clone(g.Tombstones)
	for _, n := range g.Nodes {
		row.Members = append(row.Members, n.HSM.Node)
	}
	return row
}

// Restore returns the cluster of a snapshot. Keys that were half made are removed; their number is
// the second result. Sessions wait for [Cluster.Reattach]; [Cluster.EndOrphans] ends the others. It
// fails with hsm.ErrBroken, wrapped, on data that no cluster has written.
func Restore(s Snapshot, source mech.Source) (*Cluster, int, error) {
	if err := s.check(); err != nil {
		return nil, 0, err
	}
	c := &Cluster{Backups: slices.Clone(s.Backups), Now: s.Now, Wall: s.Wall, Daemon: s.Daemon, Disabled: s.Disabled, Settings: s.Settings, Source: source, Chance: &rand.PCG{},
		lastID: s.LastID, unsure: true}
	if err := c.Chance.UnmarshalBinary(s.Chance); err != nil {
		return nil, 0, err
	}
	nodes := s.Nodes
	for _, row := range s.Groups {
		c.Groups = append(c.Groups, row.group(nodes[:len(row.Members)]))
		nodes = nodes[len(row.Members):]
	}
	c.Group = c.Groups[s.Serves]
	for _, n := range c.All() {
		for _, session := range n.HSM.Sessions {
			c.lastID = max(c.lastID, session.ID)
		}
	}
	c.tellTime()
	for _, handle := range s.HalfMade {
		for _, n := range c.Nodes {
			if k := n.HSM.At(handle); k != nil {
				c.Group.bury(k)
			}
		}
	}
	c.settle()
	return c, len(s.HalfMade), nil
}

// group returns the cluster with its nodes.
func (row *Grouped) group(nodes []Node) *Group {
	g := row.Group
	g.Tombstones = slices.Clone(g.Tombstones)
	for _, n := range nodes {
		n.HSM = n.HSM.Copy()
		g.Nodes = append(g.Nodes, &n)
	}
	return &g
}

// EndOrphans closes the sessions that no tool holds: those of tools that did not come back.
func (c *Cluster) EndOrphans() {
	c.clients = slices.DeleteFunc(c.clients, func(cl *Client) bool { return cl.resting })
	ended := false
	for _, n := range c.All() {
		for _, s := range slices.Clone(n.HSM.Sessions) {
			held := slices.ContainsFunc(c.clients, func(cl *Client) bool { return cl.Session == s.ID })
			if !held {
				n.HSM.CloseSession(s.ID)
				ended = true
			}
		}
	}
	if ended {
		c.unsure = true
		c.settle()
	}
}

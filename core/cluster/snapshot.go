package cluster

import (
	"math/rand/v2"
	"slices"

	"hsmplay/core/mech"
)

// Snapshot is a cluster at one moment as plain data: tables of its own, rows shared. Waits are not in it; the keys they
// have half made are named so that [Restore] can remove them.
type Snapshot struct {
	Now, Wall    int64
	Nodes        []Node
	Daemon       bool
	Settings     Settings
	ID           string
	MaskKey      []byte
	Certificates []Certificate
	Chance       []byte
	Tombstones   []uint32
	HalfMade     []uint32
	LastID       uint64
}

// Snapshot returns the cluster as it is now. It costs a copy of the tables.
func (c *Cluster) Snapshot() Snapshot {
	s := c.Bare()
	for _, n := range c.Nodes {
		row := *n
		row.HSM = n.HSM.Copy()
		s.Nodes = append(s.Nodes, row)
	}
	return s
}

// Bare returns the cluster as it is now without its nodes: what is small.
func (c *Cluster) Bare() Snapshot {
	chance, err := c.Chance.MarshalBinary()
	if err != nil {
		panic("cluster: " + err.Error())
	}
	s := Snapshot{Now: c.Now, Wall: c.Wall, Daemon: c.Daemon, Settings: c.Settings, ID: c.ID, MaskKey: c.MaskKey, Certificates: c.Certificates, Chance: chance,
		Tombstones: slices.Clone(c.tombstones), LastID: c.lastID}
	for _, cr := range c.creations {
		for _, k := range cr.Keys {
			s.HalfMade = append(s.HalfMade, k.Handle)
		}
	}
	return s
}

// Restore returns the cluster of a snapshot. Keys that were half made are removed; their number is the second result.
// Sessions wait for [Cluster.Reattach]; [Cluster.EndOrphans] ends the others. It fails with hsm.ErrBroken, wrapped, on data
// that no cluster has written.
func Restore(s Snapshot, source mech.RSASource) (*Cluster, int, error) {
	if err := s.check(); err != nil {
		return nil, 0, err
	}
	c := &Cluster{Now: s.Now, Wall: s.Wall, Daemon: s.Daemon, Settings: s.Settings, ID: s.ID, MaskKey: s.MaskKey, Certificates: s.Certificates, Source: source,
		Chance: &rand.PCG{}, tombstones: slices.Clone(s.Tombstones), lastID: s.LastID, unsure: true}
	if err := c.Chance.UnmarshalBinary(s.Chance); err != nil {
		return nil, 0, err
	}
	for _, row := range s.Nodes {
		n := row
		n.HSM = row.HSM.Copy()
		c.Nodes = append(c.Nodes, &n)
		for _, session := range n.HSM.Sessions {
			c.lastID = max(c.lastID, session.ID)
		}
	}
	c.tellTime()
	for _, handle := range s.HalfMade {
		for _, n := range c.Nodes {
			if k := n.HSM.At(handle); k != nil {
				c.bury(k)
			}
		}
	}
	c.settle()
	return c, len(s.HalfMade), nil
}

// Reattach returns the client of a saved session, for a tool that goes on.
func (c *Cluster) Reattach(session uint64, login *Login) *Client {
	cl := &Client{Session: session, Login: login, cluster: c}
	c.clients = append(c.clients, cl)
	return cl
}

// EndOrphans closes the sessions that no client holds: those of tools that did not come back.
func (c *Cluster) EndOrphans() {
	for _, n := range c.Nodes {
		for _, s := range slices.Clone(n.HSM.Sessions) {
			held := slices.ContainsFunc(c.clients, func(cl *Client) bool { return cl.Session == s.ID })
			dialled := slices.ContainsFunc(c.servers, func(o *Server) bool { return o.Session == s.ID })
			if !held && !dialled {
				n.HSM.CloseSession(s.ID)
			}
		}
	}
	c.unsure = true
	c.settle()
}

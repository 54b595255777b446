package cluster

import (
	"slices"

	"hsmplay/core/hsm"
)

// Fork returns a copy that goes its own way: tables of its own, rows shared. It costs a copy of the
// tables. Creations stay behind; what they have half made is removed in the copy. Connections rest
// there until [Cluster.Reattach] or [Cluster.Redial] asks for them by their session;
// [Cluster.EndOrphans] ends the others.
func (c *Cluster) Fork() *Cluster { return c.fork((*hsm.HSM).Copy) }

// Part is a fork in two: the copy, whose HSMs are without their keys, and the tables of those, one
// for each HSM of [Cluster.All]. They may be c's own, so they are read before c goes on; that
// costs no copy of them.
func (c *Cluster) Part() (*Cluster, [][]*hsm.Key) {
	from, f := c, (*Cluster)(nil)
	if c.unsure || len(c.creations) > 0 { // the copy's keys are not those that are here
		f = c.Fork()
		from = f
	} else {
		f = c.fork((*hsm.HSM).Bare)
	}
	var tables [][]*hsm.Key
	for _, n := range from.All() {
		tables = append(tables, n.HSM.Keys)
	}
	for _, n := range f.All() {
		n.HSM.Keys = nil
	}
	return f, tables
}

// fork returns a copy whose HSMs are made by copied.
func (c *Cluster) fork(copied func(*hsm.HSM) *hsm.HSM) *Cluster {
	chance := *c.Chance
	f := &Cluster{Backups: slices.Clone(c.Backups), Now: c.Now, Wall: c.Wall, Daemon: c.Daemon, Disabled: c.Disabled,
		Settings: c.Settings, Chance: &chance, Source: c.Source, Command: c.Command, events: slices.Clip(c.events), lastEvent: c.lastEvent,
		lastID: c.lastID, unsure: c.unsure}
	for _, g := range c.Groups {
		f.Groups = append(f.Groups, g.fork(copied))
		if g == c.Group {
			f.Group = f.Groups[len(f.Groups)-1]
		}
	}
	for _, cl := range c.clients {
		f.clients = append(f.clients, cl.fork(f))
	}
	for _, cr := range c.creations {
		g := cr.client.group()
		for _, k := range cr.Keys {
			if g != nil {
				f.GroupOf(g.Nodes[0].HSM.Node).bury(k)
			}
			f.unsure = true
		}
	}
	f.settle()
	return f
}

// Rehearse makes a fork a rehearsal, see [hsm.Rehearsal]: its clients do all that they are asked for,
// but for what takes a secret.
func (c *Cluster) Rehearse(r *hsm.Rehearsal) {
	c.rehearsal = r
	for _, g := range c.Groups {
		g.rehearse(r)
	}
	for _, cl := range c.clients {
		if cl.proof != nil {
			cl.proof.rehearsed = true
		}
	}
}

// rehearse makes a cluster of a fork part of a rehearsal.
func (g *Group) rehearse(r *hsm.Rehearsal) {
	g.rehearsal = r
	for _, n := range g.Nodes {
		n.HSM.Rehearse(r)
	}
}

// Rehearsal returns the rehearsal that a fork is, nil for none.
func (c *Cluster) Rehearsal() *hsm.Rehearsal { return c.rehearsal }

// fork returns a copy of the cluster with nodes of its own.
func (g *Group) fork(copied func(*hsm.HSM) *hsm.HSM) *Group {
	f := *g
	f.Tombstones = slices.Clone(g.Tombstones)
	f.Nodes = make([]*Node, len(g.Nodes))
	for i, n := range g.Nodes {
		row := *n
		row.HSM = copied(n.HSM)
		f.Nodes[i] = &row
	}
	return &f
}

// fork returns a client of a copy of the cluster.
func (cl *Client) fork(c *Cluster) *Client {
	return &Client{Session: cl.Session, Login: cl.Login, Least: cl.Least, cluster: c, own: cl.own, whole: cl.whole, chain: cl.chain, proof: cl.proof.fork(), resting: true}
}

// fork returns a proof that derives for itself; that of nobody stays nil.
func (p *proof) fork() *proof {
	if p == nil {
		return nil
	}
	return &proof{p.password, slices.Clip(p.salts), slices.Clip(p.verifiers), p.rehearsed}
}

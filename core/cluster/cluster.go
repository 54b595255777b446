// Package cluster puts HSMs together: membership, the client through which tools reach them, the
// copying of token keys, faults, and the clock. Answers are per node. Begin with [New] and
// [Cluster.Connect].
//
// Time is an integer that only [Cluster.Advance] moves. Everything that will happen is a number in
// plain data (when a copy arrives, when a wait is over), so a cluster can be saved at any point.
package cluster

import (
	"math/rand/v2"

	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// NodesMax is the largest cluster (spec/kmu.md 2.9).
const NodesMax = 28

// Cluster is what the client machine reaches: the HSMs of the cluster that its daemon serves and
// those of other clusters, who is connected to them, and what is going on between them. What is
// said of the one cluster is the embedded [Group].
type Cluster struct {
	*Group          // which the daemon serves
	Groups []*Group // all, by age

	Backups []*Backup // of all clusters, the oldest first

	Now      int64 // simulated milliseconds since the cluster was made
	Wall     int64 // the wall clock at Now = 0, milliseconds since 1970
	Daemon   bool  // the client daemon runs
	Disabled bool  // systemd does not start the daemon with the instance
	Settings Settings

	Chance   *rand.PCG // all chance but key material
	Source   mech.Source
	Command  int64 // what is being carried out, for the events
	Terminal int   // where; 0 for no terminal

	clients   []*Client
	creations []*Creation
	events    []Event
	lastEvent int64
	lastID    uint64 // of sessions
	rehearsal *hsm.Rehearsal
	unsure    bool // an HSM may lack keys: settle looks
}

// Settings are the knobs of the client machine: the tools' output (spec/kmu.md section 0) and the
// daemon's configuration.
type Settings struct {
	MinServers int    // create_object_minimum_nodes (spec/kmu.md 2.7)
	Profile    string // whose wordings the tools have; "" is the first of all
	NoBanner   bool   // key_mgmt_util starts without its banner
}

// Node is one HSM and how it can be reached.
type Node struct {
	HSM      *hsm.HSM
	IP       string
	Up       bool
	Isolated bool  // up, but neither the client nor other HSMs reach it
	Delay    int64 // milliseconds that a copy to or from it takes
	SyncAt   int64 // when the HSMs copy what it lacks; 0 for nothing to copy
}

// Reached reports whether the client and the other HSMs reach the node.
func (n *Node) Reached() bool { return n.Up && !n.Isolated }

// Options describe a fresh cluster.
type Options struct {
	Nodes   int // 0 is 3, NodesMax the most
	NonFIPS bool
	Model   hsm.Model // "" is hsm.HSM1
	KeysMax int       // 0 is the HSM's own limit
	SessMax int
	Seed    uint64
	Wall    int64
	Source  mech.Source

	Uninitialized bool // one HSM that knows nobody, with the daemon down: see [Cluster.Initialize]
}

// New returns a fresh, activated cluster with the documentation's users (see fresh.go), unless the
// options ask for one at the beginning of its life.
func New(o Options) *Cluster {
	c := &Cluster{Wall: o.Wall, Source: o.Source, Chance: rand.NewPCG(o.Seed, 0x68736d706c6179)}
	c.Group = c.found(o)
	c.Daemon = !o.Uninitialized && c.Older()
	return c
}

// Beside makes an unrelated cluster beside the others, as New does. It fails with ErrFull.
func (c *Cluster) Beside(o Options) (*Group, error) {
	if len(c.All())+o.nodes() > NodesMax {
		return nil, ErrFull
	}
	return c.found(o), nil
}

// nodes returns how many HSMs a fresh cluster begins with.
func (o Options) nodes() int {
	switch {
	case o.Uninitialized:
		return 1
	case o.Nodes <= 0:
		return 3
	}
	return min(o.Nodes, NodesMax)
}

// found makes a fresh cluster.
func (c *Cluster) found(o Options) *Group {
	id := randomName(c.Chance)
	g := &Group{ID: id, Lineage: id, MaskKey: newMaskKey(), Since: c.Wall + c.Now}
	c.Groups = append(c.Groups, g)
	users := freshUsers(c.Chance)
	if o.Uninitialized {
		users = nil
	}
	for range o.nodes() {
		c.addNode(g, c.freeNode(), o, users)
	}
	g.rehearse(c.rehearsal)
	c.tellTime()
	if !o.Uninitialized {
		auditStart(g.Nodes[0].HSM)
		c.take(g, g.Nodes[0].HSM, Activated, c.Now)
	}
	return g
}

// randomName returns eleven letters and digits, as cluster ids have.
func randomName(chance *rand.PCG) string {
	const letters = "abcdefghijklmnopqrstuvwxyz234567"
	r := rand.New(chance)
	name := make([]byte, 11)
	for i := range name {
		name[i] = letters[r.IntN(len(letters))]
	}
	return "cluster-" + string(name)
}

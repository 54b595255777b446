package cluster

import (
	"errors"
	"fmt"
	"slices"

	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// Errors of faults: the playground's own.
var (
	ErrNoSuchNode = errors.New("no HSM has this number")
	ErrSmallest   = errors.New("the last HSM cannot be removed")
	ErrLargest    = fmt.Errorf("a cluster has at most %d HSMs", NodesMax)
)

// Stop switches an HSM off. Its token keys stay on it; sessions and session keys on it are gone.
func (c *Cluster) Stop(id int) error {
	return c.change(id, func(n *Node) {
		n.Up, n.SyncAt = false, 0
		n.HSM.Restart()
	})
}

// Start switches an HSM on again. The daemon opens the tools' sessions and logins on it anew, and
// keys that were deleted meanwhile are deleted there too.
func (c *Cluster) Start(id int) error {
	return c.change(id, func(n *Node) {
		n.Up = true
		c.rejoin(n)
	})
}

// Isolate cuts an HSM off: it runs, but nothing reaches it. Lost connections end the sessions on
// it, and with them their session keys (spec/kmu.md 1.4).
func (c *Cluster) Isolate(id int) error {
	return c.change(id, func(n *Node) {
		n.Isolated, n.SyncAt = true, 0
		n.HSM.Disconnect()
	})
}

// Heal connects a cut-off HSM again.
func (c *Cluster) Heal(id int) error {
	return c.change(id, func(n *Node) {
		n.Isolated = false
		c.rejoin(n)
	})
}

// DelayMax is the longest delay of an HSM in milliseconds: a day.
const DelayMax = 24 * 60 * 60 * 1000

// Delay sets how long a copy to or from an HSM takes, in milliseconds, 0 to DelayMax.
func (c *Cluster) Delay(id int, ms int64) error {
	return c.change(id, func(n *Node) { n.Delay = min(max(ms, 0), DelayMax) })
}

// Tamper changes the firmware of an HSM, so that the attestation fails there; a second time changes
// it back.
func (c *Cluster) Tamper(id int) error {
	return c.change(id, func(n *Node) {
		if n.HSM.Firmware == Firmware {
			n.HSM.Firmware = "tampered"
		} else {
			n.HSM.Firmware = Firmware
		}
	})
}

// Add adds an HSM to the cluster that the daemon serves, from a backup of the first one that is
// reached: users, keys and policies come along, and what only others hold by the synchronisation
// (spec/cmu.md 6.7). It returns the number of the new one. It fails with ErrLargest, and with
// ErrNotActive: a cluster has one HSM until its first officer has a password of his own
// (spec/cmu.md 6.2).
func (c *Cluster) Add() (int, error) { return c.AddTo(c.Group) }

// AddTo is Add for any cluster.
func (c *Cluster) AddTo(g *Group) (int, error) {
	if g.State() != Active {
		return 0, ErrNotActive
	}
	if len(c.All()) >= NodesMax {
		return 0, ErrLargest
	}
	id := c.freeNode()
	like := g.Nodes[0].HSM
	if reached := g.Reached(); len(reached) > 0 {
		like = reached[0].HSM
	}
	h := &hsm.HSM{Node: id, Serial: serial(c.Chance), Firmware: Firmware}
	h.Rehearse(c.rehearsal)
	c.take(g, like, HSMAdded, c.Now).Image.put(h)
	g.Nodes = append(g.Nodes, &Node{HSM: h, IP: nodeIP(id), Up: true})
	c.tellTime()
	return id, c.change(id, c.rejoin)
}

// Remove takes an HSM out of its cluster, with all that only it holds but for the backup that is
// made before, of this HSM where it is reached. With the last HSM of a cluster that the daemon does
// not serve, the cluster is gone; its backups stay.
func (c *Cluster) Remove(id int) error {
	g := c.GroupOf(id)
	if g == nil {
		return ErrNoSuchNode
	}
	if len(g.Nodes) == 1 && g == c.Group {
		return ErrSmallest
	}
	if n := c.Node(id); n.Reached() {
		c.take(g, n.HSM, Removed, c.Now)
	} else if reached := g.Reached(); len(reached) > 0 {
		c.take(g, reached[0].HSM, Removed, c.Now)
	}
	g.Nodes = slices.DeleteFunc(g.Nodes, func(n *Node) bool { return n.HSM.Node == id })
	for _, cr := range c.creations {
		cr.arrivals = slices.DeleteFunc(cr.arrivals, func(a arrival) bool { return a.node.HSM.Node == id })
	}
	g.forgetTombstones()
	c.Groups = slices.DeleteFunc(c.Groups, func(g *Group) bool { return len(g.Nodes) == 0 })
	c.unsure = true
	c.settle()
	return nil
}

// change does something to a node and lets its consequences happen.
func (c *Cluster) change(id int, f func(*Node)) error {
	n := c.Node(id)
	if n == nil {
		return ErrNoSuchNode
	}
	f(n)
	c.unsure = true
	c.settle()
	return nil
}

// rejoin connects a node that has come back to the clients.
func (c *Cluster) rejoin(n *Node) {
	if !n.Reached() {
		return
	}
	g := c.GroupOf(n.HSM.Node)
	g.buryOld(n)
	for _, cl := range c.clients {
		if cl.daemon() && c.Daemon && g == c.Group && g.Older() || cl.whole == g.ID {
			cl.rejoin(n)
		}
	}
}

// rejoin opens the client's session on a node that has come back, and logs in there as on the
// others.
func (cl *Client) rejoin(n *Node) {
	open := n.HSM.OpenSession
	if cl.whole != "" {
		open = func(uint64) error { return cl.connect(n) }
	}
	if open(cl.Session) != nil || cl.Login == nil || n.HSM.LoggedIn(cl.Session) {
		return
	}
	u := n.HSM.UserNamed(cl.Login.Type, cl.Login.Name)
	if cl.whole != "" && u != nil && u.TwoFA != nil { // nobody is there to sign
		return
	}
	if cl.proof != nil && cl.cluster.rehearsal == nil {
		err := n.HSM.Login(cl.Session, cl.Login.Type, cl.Login.Name, cl.proof.verifier)
		cl.cluster.record(Event{From: FromClient, Node: n.HSM.Node, Op: "login", Detail: cl.Login.Name, Args: []Arg{{Name: "type", Value: string(cl.Login.Type)}}, Code: retcode.Of(err)})
	} else if u != nil {
		n.HSM.Resume(cl.Session, u)
	}
}

// SetDaemon starts or stops the client daemon. Stopping it ends every tool's sessions; starting it
// again opens new ones, in which nobody is logged in.
func (c *Cluster) SetDaemon(on bool) {
	if !on {
		for _, cl := range c.clients {
			if cl.daemon() {
				cl.end()
			}
		}
	}
	c.Daemon = on
	for _, n := range c.Nodes {
		c.rejoin(n)
	}
	c.settle()
}

// Renew replaces everything by a fresh cluster, in place. Tools stay connected and are logged out.
func (c *Cluster) Renew(o Options) {
	for _, cr := range slices.Clone(c.creations) {
		cr.Abandon()
	}
	fresh := New(o)
	fresh.clients, fresh.Settings, fresh.Command = c.clients, c.Settings, c.Command
	fresh.Terminal = c.Terminal
	fresh.Rehearse(c.rehearsal)
	fresh.events, fresh.lastEvent, fresh.lastID = c.events, c.lastEvent, c.lastID
	*c = *fresh
	for _, cl := range c.clients {
		cl.Login = nil
		for _, n := range c.Nodes {
			if !cl.daemon() || !c.Daemon || n.HSM.OpenSession(cl.Session) != nil {
				break
			}
		}
	}
}

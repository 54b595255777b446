package cluster

import (
	"slices"
	"strings"

	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// Client is one running tool's way to HSMs, and the only one from tools to HSMs. There are three
// kinds. [Cluster.Connect] goes through the client daemon, which reaches the HSMs of one cluster,
// comes back to those that were away, and remembers who is logged in. [Cluster.Dial] opens
// connections of its own, to one HSM or several: one that is lost does not come back, and who is
// logged in is what the HSM says. [Cluster.Join] connects to all HSMs of a cluster without the
// daemon, see whole.go.
//
// What is done through a client is done on each HSM that it reaches, and each has an answer. Each
// call is an [Event]; facts.go and facts_keys.go have what is no call. Errors are those of the
// method of hsm.HSM with the same name; a client that reaches none fails with
// retcode.ServerUnavailable, through the daemon with ConnectionLost, or DaemonSocket where that is
// down.
type Client struct {
	Session uint64
	Login   *Login // who is logged in through the daemon or in the whole cluster; nil for nobody, and for own connections
	Least   int    // on how many HSMs a token key must be to be made and used, through own connections; 0 is one

	cluster   *Cluster
	own       []int  // the nodes of connections of its own; nil otherwise
	whole     string // the id of the cluster that it is connected to as a whole; "" otherwise
	chain     []*mech.Certificate
	proof     *proof      // of the login, for an HSM that comes back; nil after a load
	challenge []byte      // for the second factor of the next call that takes one
	asked     []Challenge // the same, one for each HSM, in the whole cluster
	resting   bool        // of a fork, and no tool has asked for it yet
}

// Login is who is logged in.
type Login struct {
	ID   int
	Name string // as the HSM has it
	Type hsm.UserType
}

// Named reports whether a login is the user's with the name; capital letters do not count
// (spec/README.md 2).
func (l *Login) Named(name string) bool { return strings.EqualFold(l.Name, name) }

// Connect opens a session on every reached HSM through the daemon. It fails with
// retcode.DaemonSocket when the daemon is down or reaches none.
func (c *Cluster) Connect() (*Client, error) {
	if !c.Daemon || len(c.Reached()) == 0 || !c.Older() {
		return nil, retcode.DaemonSocket
	}
	c.lastID++
	return c.open(&Client{Session: c.lastID, cluster: c}, c.Reached())
}

// Dial connects to the HSMs with these addresses, without the daemon. It fails with
// retcode.ServerUnavailable where no HSM answers at one of them, and with retcode.MaxSessions.
func (c *Cluster) Dial(addresses ...string) (*Client, error) {
	var nodes []*Node
	cl := &Client{cluster: c}
	for _, address := range addresses {
		n := c.answering(address)
		if n == nil {
			return nil, retcode.ServerUnavailable
		}
		nodes, cl.own = append(nodes, n), append(cl.own, n.HSM.Node)
	}
	c.lastID++
	cl.Session = c.lastID
	return c.open(cl, nodes)
}

// answering returns the HSM that answers at an address, nil for none.
func (c *Cluster) answering(address string) *Node {
	all := c.All()
	i := slices.IndexFunc(all, func(n *Node) bool { return n.IP == address && n.Reached() && n.HSM.Policy.Model.Row().Older })
	if i < 0 {
		return nil
	}
	return all[i]
}

// open opens a new client's sessions.
func (c *Cluster) open(cl *Client, nodes []*Node) (*Client, error) {
	for _, n := range nodes {
		if err := n.HSM.OpenSession(cl.Session); err != nil {
			cl.Close()
			return nil, err
		}
	}
	c.clients = append(c.clients, cl)
	return cl, nil
}

// Reattach returns the client of a saved session through the daemon, for a tool that goes on.
func (c *Cluster) Reattach(session uint64, login *Login) *Client {
	return c.awake(&Client{Session: session, Login: login, cluster: c})
}

// Redial returns the client of a saved session with connections of its own, for a tool that goes
// on.
func (c *Cluster) Redial(session uint64, nodes ...int) *Client {
	return c.awake(&Client{Session: session, cluster: c, own: nodes})
}

// awake returns the fork's own client of a session, or else adds one.
func (c *Cluster) awake(cl *Client) *Client {
	for _, own := range c.clients {
		if own.Session == cl.Session && slices.Equal(own.own, cl.own) && own.whole == cl.whole {
			own.resting = false
			return own
		}
	}
	c.clients = append(c.clients, cl)
	return cl
}

// Cluster returns what the client is connected to.
func (cl *Client) Cluster() *Cluster { return cl.cluster }

// Close ends the sessions, and with them the session keys and what is half made.
func (cl *Client) Close() {
	cl.end()
	cl.cluster.clients = slices.DeleteFunc(cl.cluster.clients, func(o *Client) bool { return o == cl })
	cl.cluster.settle()
}

// end ends the sessions and what is half made; the client may log in again.
func (cl *Client) end() {
	cl.abandon()
	for _, n := range cl.known() {
		n.HSM.CloseSession(cl.Session)
	}
	cl.Login, cl.proof = nil, nil
	cl.cluster.unsure = true // session keys have made room
}

// abandon gives up what is half made.
func (cl *Client) abandon() {
	for _, cr := range slices.Clone(cl.cluster.creations) {
		if cr.client == cl {
			cr.Abandon()
		}
	}
}

// daemon reports whether the client goes through the daemon.
func (cl *Client) daemon() bool { return cl.own == nil && cl.whole == "" }

// known returns the nodes that the client would reach if all were well.
func (cl *Client) known() []*Node {
	if g := cl.group(); cl.own == nil {
		if g == nil {
			return nil
		}
		return g.Nodes
	}
	var nodes []*Node
	for _, id := range cl.own {
		if n := cl.cluster.Node(id); n != nil {
			nodes = append(nodes, n)
		}
	}
	return nodes
}

// nodes returns the nodes that the client reaches: through the daemon none while it is down,
// otherwise those to which the connection still stands.
func (cl *Client) nodes() []*Node {
	switch {
	case !cl.daemon():
		return slices.DeleteFunc(slices.Clone(cl.known()), func(n *Node) bool { return !n.Reached() || !n.HSM.HasSession(cl.Session) })
	case !cl.cluster.Daemon:
		return nil
	}
	return cl.cluster.Reached()
}

// group is the cluster that the client is connected to, with own connections that of its first HSM;
// nil where that is gone.
func (cl *Client) group() *Group {
	switch {
	case cl.daemon():
		return cl.cluster.Group
	case cl.whole != "":
		return cl.cluster.Called(cl.whole)
	}
	return cl.cluster.GroupOf(cl.own[0])
}

// Each returns a client of each HSM alone, over the same connections: for a [Sweep].
func (cl *Client) Each() []*Client {
	var each []*Client
	for _, id := range cl.own {
		each = append(each, &Client{Session: cl.Session, cluster: cl.cluster, own: []int{id}})
	}
	return each
}

// Connected reports whether the client reaches an HSM.
func (cl *Client) Connected() bool { return len(cl.nodes()) > 0 }

// primary returns the node that carries out what one node does for all: the first that is reached,
// rather one where the user is logged in. It fails with retcode.DaemonSocket while the daemon is
// down, with ConnectionLost where that reaches none any more, and without it with
// ServerUnavailable.
func (cl *Client) primary() (*Node, error) {
	nodes := cl.nodes()
	switch {
	case cl.daemon() && !cl.cluster.Daemon:
		return nil, retcode.DaemonSocket
	case cl.daemon() && len(nodes) == 0: // spec/kmu.md 1.2
		return nil, retcode.ConnectionLost
	case len(nodes) == 0:
		return nil, retcode.ServerUnavailable
	}
	for _, n := range nodes {
		if n.HSM.LoggedIn(cl.Session) {
			return n, nil
		}
	}
	return nodes[0], nil
}

// ready returns the primary for what the daemon does for a user alone. Without a login it fails with
// retcode.UserNotReady, before an HSM is asked, but only where one can be reached: whether one can
// is known first, with or without a login. Through own connections it is the HSM that refuses.
func (cl *Client) ready() (*Node, error) {
	n, err := cl.primary()
	if err == nil && cl.daemon() && cl.Login == nil {
		return nil, retcode.UserNotReady
	}
	return n, err
}

// Ready returns nil where an HSM can be asked for something that takes a login, as the daemon knows
// it. It is no call.
func (cl *Client) Ready() error {
	_, err := cl.ready()
	return err
}

package cluster

import (
	"slices"
	"strings"

	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// Client is one running tool's way to HSMs, and the only one from tools to HSMs. There are two kinds. [Cluster.Connect]
// goes through the client daemon, which reaches the HSMs of one cluster, comes back to those that were away, and remembers
// who is logged in. [Cluster.Dial] opens connections of its own, to one HSM or several: one that is lost does not come
// back, and who is logged in is what the HSM says.
//
// What is done through a client is done on each HSM that it reaches, and each has an answer. Each call is an [Event];
// facts.go has what is no call. Errors are those of the method of hsm.HSM with the same name; a client that reaches none
// fails with retcode.ServerUnavailable, through the daemon with DaemonSocket where that is down.
type Client struct {
	Session uint64
	Login   *Login // who is logged in through the daemon; nil for nobody, and for own connections
	Least   int    // on how many HSMs a new token key must be to count, where no daemon says it; 0 is one

	cluster   *Cluster
	own       []int  // the nodes of connections of its own; nil through the daemon
	proof     *proof // of the login, for an HSM that comes back; nil after a load
	challenge []byte // for the second factor of the next call that takes one
	resting   bool   // of a fork, and no tool has asked for it yet
}

// Login is who is logged in.
type Login struct {
	ID   int
	Name string // as the HSM has it
	Type hsm.UserType
}

// Named reports whether a login is the user's with the name; capital letters do not count (spec/README.md 2).
func (l *Login) Named(name string) bool { return strings.EqualFold(l.Name, name) }

// Connect opens a session on every reached HSM through the daemon. It fails with retcode.DaemonSocket when the daemon is
// down or reaches none.
func (c *Cluster) Connect() (*Client, error) {
	if !c.Daemon || len(c.Reached()) == 0 {
		return nil, retcode.DaemonSocket
	}
	c.lastID++
	return c.open(&Client{Session: c.lastID, cluster: c}, c.Reached())
}

// Dial connects to the HSMs with these addresses, without the daemon. It fails with retcode.ServerUnavailable where no HSM
// answers at one of them, and with retcode.MaxSessions.
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
	i := slices.IndexFunc(all, func(n *Node) bool { return n.IP == address && n.Reached() })
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

// Redial returns the client of a saved session with connections of its own, for a tool that goes on.
func (c *Cluster) Redial(session uint64, nodes ...int) *Client {
	return c.awake(&Client{Session: session, cluster: c, own: nodes})
}

// awake returns the fork's own client of a session, or else adds one.
func (c *Cluster) awake(cl *Client) *Client {
	for _, own := range c.clients {
		if own.Session == cl.Session && slices.Equal(own.own, cl.own) {
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
func (cl *Client) daemon() bool { return cl.own == nil }

// known returns the nodes that the client would reach if all were well.
func (cl *Client) known() []*Node {
	if cl.daemon() {
		return cl.cluster.Nodes
	}
	var nodes []*Node
	for _, id := range cl.own {
		if n := cl.cluster.Node(id); n != nil {
			nodes = append(nodes, n)
		}
	}
	return nodes
}

// nodes returns the nodes that the client reaches: through the daemon none while it is down, otherwise those to which the
// connection still stands.
func (cl *Client) nodes() []*Node {
	switch {
	case !cl.daemon():
		return slices.DeleteFunc(cl.known(), func(n *Node) bool { return !n.Reached() || !n.HSM.HasSession(cl.Session) })
	case !cl.cluster.Daemon:
		return nil
	}
	return cl.cluster.Reached()
}

// group is the cluster that the client is connected to: of its first HSM, nil where that is gone.
func (cl *Client) group() *Group {
	if cl.daemon() {
		return cl.cluster.Group
	}
	return cl.cluster.GroupOf(cl.own[0])
}

// least is on how many HSMs a new token key must be to count, whatever a command asks for: the daemon's
// create_object_minimum_nodes, or the availability check of a client without it.
func (cl *Client) least() int {
	if cl.daemon() {
		return cl.cluster.Settings.MinServers
	}
	return cl.Least
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

// primary returns the node that carries out what one node does for all: the first that is reached, rather one where the
// user is logged in. It fails with retcode.DaemonSocket while the daemon is down, and with ServerUnavailable.
func (cl *Client) primary() (*Node, error) {
	nodes := cl.nodes()
	switch {
	case cl.daemon() && !cl.cluster.Daemon:
		return nil, retcode.DaemonSocket
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

// ready returns the primary for what the daemon does for a user alone: without a login it fails with retcode.UserNotReady
// before an HSM is asked. Through own connections it is the HSM that refuses.
func (cl *Client) ready() (*Node, error) {
	if cl.daemon() && cl.Login == nil {
		return nil, retcode.UserNotReady
	}
	return cl.primary()
}

// Key returns a key that the user may see, from the first reached HSM that has it. Errors as hsm.Key.
func (cl *Client) Key(handle uint32) (*hsm.Key, error) {
	return cl.ask("look up", handle, (*hsm.HSM).Key)
}

// OwnKey returns a key that the user owns. Errors as hsm.OwnKey.
func (cl *Client) OwnKey(handle uint32) (*hsm.Key, error) {
	return cl.ask("look up", handle, (*hsm.HSM).OwnKey)
}

// ask asks the reached HSMs in turn for a key until one has it.
func (cl *Client) ask(op string, handle uint32, get func(*hsm.HSM, uint64, uint32) (*hsm.Key, error)) (*hsm.Key, error) {
	if _, err := cl.primary(); err != nil {
		return nil, err
	}
	var last error
	for _, n := range cl.nodes() {
		k, err := get(n.HSM, cl.Session, handle)
		cl.cluster.record(Event{From: FromClient, Node: n.HSM.Node, Op: op, Detail: handleText(handle), Code: retcode.Of(err)})
		if err == nil {
			return k, nil
		}
		last = err
		if retcode.Of(err) != retcode.BadHandle {
			break
		}
	}
	return nil, last
}

// Find returns the keys that the user may use and that match, each once, by slot, and what each HSM answered.
func (cl *Client) Find(match func(*hsm.Key) bool) ([]*hsm.Key, []Answer) {
	merged := &hsm.HSM{}
	fresh := func(k *hsm.Key) bool { return merged.At(k.Handle) == nil && match(k) }
	answers := cl.all("find", "", func(h *hsm.HSM) error {
		found, err := h.Find(cl.Session, fresh)
		for _, k := range found {
			merged.Put(k)
		}
		return err
	})
	return slices.DeleteFunc(merged.Keys, func(k *hsm.Key) bool { return k == nil }), answers
}

// Where asks every reached HSM whether it has a key that the user may see (findSingleKey).
func (cl *Client) Where(handle uint32) []Answer {
	return cl.all("look up", handleText(handle), func(h *hsm.HSM) error {
		_, err := h.Key(cl.Session, handle)
		return err
	})
}

// Delete removes a key of the user from every reached HSM; those that come back later remove it too. The error is the
// answer of the cluster before any HSM is told: hsm.DeletableKey's. Where one HSM has agreed, the others follow also if
// nobody is logged in there, so that the synchronisation does not bring the key back.
func (cl *Client) Delete(handle uint32) ([]Answer, error) {
	k, err := cl.ask("look up", handle, (*hsm.HSM).DeletableKey)
	if err != nil {
		return nil, err
	}
	answers := cl.all("delete", handleText(handle), func(h *hsm.HSM) error {
		if h.At(handle) != nil {
			h.LogKeys(hsm.CNDestroyObject, cl.Session, nil, handle)
			h.Erase(handle)
		}
		return nil
	})
	cl.group().bury(k)
	cl.cluster.unsure = true
	cl.cluster.settle()
	return answers, nil
}

// MakeToken turns a session key of the user into a token key and copies it to every reached HSM that accepts it. A token
// key stays as it is. Errors as hsm.OwnKey.
func (cl *Client) MakeToken(handle uint32) ([]Answer, error) {
	k, err := cl.OwnKey(handle)
	if err != nil {
		return nil, err
	}
	row, home := *k, cl.cluster.holder(k)
	row.Session = 0
	answers := cl.all("set attribute", handleText(handle), func(h *hsm.HSM) error {
		if k.Session != 0 {
			return cl.putToken(h, home, &row)
		}
		if h.At(handle) == nil {
			return retcode.BadHandle
		}
		return nil
	})
	cl.cluster.unsure = true
	cl.cluster.settle()
	return answers, nil
}

// putToken stores a key that was a session key till now, at its home and elsewhere.
func (cl *Client) putToken(h, home *hsm.HSM, row *hsm.Key) error {
	if h != home {
		if !h.Accepts(home, row) {
			return hsm.TooManyKeys
		}
		h.PutCopy(home, row)
		h.LogKeys(hsm.CNInsertMasked, cl.Session, nil, row.Handle)
		return nil
	}
	h.Put(row)
	h.LogKeys(hsm.CNModifyObject, cl.Session, nil, row.Handle)
	h.LogKeys(hsm.CNExtractMasked, cl.Session, nil, row.Handle)
	return nil
}

// Refuse records that every reached HSM refuses a call, and returns their answers.
func (cl *Client) Refuse(op string, code retcode.Code) []Answer {
	return cl.all(op, "", func(*hsm.HSM) error { return code })
}

// RefuseOne records that one HSM refuses something by policy before anything is made: the error, and the cluster block of
// such a refusal. Without a login the error is retcode.UserNotReady.
func (cl *Client) RefuseOne(op string) ([]Answer, error) {
	primary, err := cl.primary()
	if err != nil {
		return nil, err
	}
	if cl.Login == nil {
		return nil, retcode.UserNotReady
	}
	cl.cluster.record(Event{From: FromClient, Node: primary.HSM.Node, Op: op, Code: retcode.Policy})
	return refusalBlock(primary, retcode.Policy), retcode.Policy
}

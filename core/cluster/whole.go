package cluster

import (
	"errors"
	"slices"

	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// A client of the whole cluster is the cluster as Client SDK 5 sees it (spec/cloudhsm-cli.md 1.1):
// connections of its own to all HSMs of one cluster, without the daemon, and one command is one
// operation on the whole cluster. A connection that was lost comes back by itself, an HSM that joins
// is connected to, and the login is renewed there; session keys and tokens of that HSM are gone. The
// files whole_*.go say what such a client does; the services of [Client] that ask one HSM for an
// answer (signing, wrapping) serve it too.

// Joining says to which cluster a client connects, and how.
type Joining struct {
	Addresses []string // of HSMs, as a configuration names them; the first that answers says which cluster it is
	Anchor    []byte   // the file of the customer's certificates, PEM
	Least     int      // on how many HSMs a token key must be to be made and used; 0 is one
	Chain     []byte   // the client's certificate for mutual TLS, with those that lead to an anchor, PEM; nil for none
}

// Why a client cannot connect to a cluster.
var (
	ErrNoAnswer  = errors.New("no HSM answers at the addresses")
	ErrUntrusted = errors.New("the cluster's certificate is not signed by the trust anchor")
	ErrMTLS      = errors.New("the HSMs take connections with a client certificate only")
	ErrBadChain  = errors.New("the client certificate cannot be read")
)

// Join connects to all HSMs of the cluster that answers at one of the addresses. It fails with
// ErrNoAnswer, ErrUntrusted, ErrBadChain, ErrMTLS, and with retcode.MaxSessions.
func (c *Cluster) Join(j Joining) (*Client, error) {
	i := slices.IndexFunc(j.Addresses, func(address string) bool { return c.GroupAt(address) != nil })
	if i < 0 {
		return nil, ErrNoAnswer
	}
	g := c.GroupAt(j.Addresses[i])
	if !g.Trusts(j.Anchor) {
		return nil, ErrUntrusted
	}
	cl := &Client{cluster: c, whole: g.ID, Least: j.Least}
	if j.Chain != nil {
		if cl.chain = hsm.ParseChain(j.Chain); cl.chain == nil {
			return nil, ErrBadChain
		}
	}
	c.lastID++
	cl.Session = c.lastID
	var refused error
	for _, n := range g.Reached() {
		refused = errors.Join(refused, cl.connect(n))
	}
	if !cl.Connected() {
		return nil, refused
	}
	c.clients = append(c.clients, cl)
	return cl, nil
}

// connect opens the client's session on an HSM. It fails with ErrMTLS and retcode.MaxSessions.
func (cl *Client) connect(n *Node) error {
	anchor := n.HSM.MTLS.Verifies(cl.chain)
	if anchor == 0 && n.HSM.MTLS.Enforced {
		return ErrMTLS
	}
	return n.HSM.OpenSessionBy(cl.Session, anchor)
}

// Rejoin returns the client of a saved session of a whole cluster, for a tool that goes on.
func (c *Cluster) Rejoin(session uint64, id string, login *Login, j Joining) *Client {
	return c.awake(&Client{Session: session, Login: login, cluster: c, whole: id, Least: j.Least, chain: hsm.ParseChain(j.Chain)})
}

// ID returns the id of the cluster that the client is connected to, "" where that is gone.
func (cl *Client) ID() string {
	if g := cl.group(); g != nil {
		return g.ID
	}
	return ""
}

// Model returns the type of the cluster's HSMs.
func (cl *Client) Model() hsm.Model { return cl.Policy().Model }

// Enough returns nil where so many HSMs are reached as a token key must be on. It fails with
// NotAvailable, and as a client without HSMs.
func (cl *Client) Enough() error {
	if err := cl.Fault(); err != nil {
		return err
	}
	if have := len(cl.nodes()); have < cl.Least {
		return NotAvailable{Have: have, Need: cl.Least}
	}
	return nil
}

// together does something on every reached HSM for a user who is logged in. It is done on all, or
// what was done is taken back and the first refusal is the error. undo may be nil where the HSMs
// that have done it keep it, since there is no way back.
func (cl *Client) together(op, detail string, do func(*hsm.HSM) error, undo func(*hsm.HSM), args ...Arg) error {
	if err := cl.loggedIn(); err != nil {
		return err
	}
	answers := cl.all(op, detail, do, args...)
	err := FirstError(answers)
	if err == nil || undo == nil {
		return err
	}
	for _, a := range answers {
		if a.Err == nil {
			undo(cl.cluster.Node(a.Node).HSM)
		}
	}
	return err
}

// loggedIn returns nil where an HSM is reached and somebody is logged in. It fails with
// retcode.ServerUnavailable and hsm.NotLoggedIn.
func (cl *Client) loggedIn() error {
	switch {
	case !cl.Connected():
		return retcode.ServerUnavailable
	case cl.Login == nil:
		return hsm.NotLoggedIn
	}
	return nil
}

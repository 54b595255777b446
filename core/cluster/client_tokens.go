package cluster

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"

	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// RegisterKey registers the user's public key for approvals.
func (cl *Client) RegisterKey(t hsm.UserType, name string, key, file, signature []byte) []Answer {
	return cl.all("register key", name, func(h *hsm.HSM) error {
		return h.RegisterKey(cl.Session, t, name, key, file, signature)
	}, typed(t), sized("public key", key), sized("signature", signature))
}

// SetM sets the approvals that a service needs.
func (cl *Client) SetM(service hsm.Service, m int) []Answer {
	return cl.all("set M value", fmt.Sprint(m), func(h *hsm.HSM) error { return h.SetM(cl.Session, service, m) }, served(service))
}

// M returns the approvals that a service needs.
func (cl *Client) M(service hsm.Service) []Reply[int] {
	return each(cl, "get M value", fmt.Sprint(service), func(h *hsm.HSM) (int, error) { return h.M(cl.Session, service) })
}

// Pending is a token as it stands.
type Pending struct {
	*hsm.Token
	Node      int    // of the HSM
	User      string // whose it is
	Validity  int64  // simulated milliseconds for which it is kept for certain
	Required  int
	Approvers []string
}

// pending describes a token of an HSM.
func (c *Cluster) pending(h *hsm.HSM, t *hsm.Token) Pending {
	p := Pending{Token: t, Node: h.Node, User: h.UserName(t.User), Validity: t.Validity(c.Now), Required: h.Required(t)}
	for _, id := range t.Approvers {
		p.Approvers = append(p.Approvers, h.UserName(id))
	}
	return p
}

// NewTokens makes a quorum token on every HSM; handle is the key's that asks for approvals, 0 for
// an officer's service. It returns those that were made, by node; the error, where none was, is the
// first HSM's. Errors as hsm.NewToken.
func (cl *Client) NewTokens(service hsm.Service, name string, handle uint32) ([]Pending, error) {
	var made []Pending
	err := cl.counts("get token", name, func(h *hsm.HSM) error {
		t, err := h.NewToken(cl.Session, cl.cluster.tokenRequest(service, name, handle))
		if err == nil {
			made = append(made, cl.cluster.pending(h, t))
		}
		return err
	}, served(service), keyed(handle))
	return made, err
}

// tokenRequest is a request for a token now.
func (c *Cluster) tokenRequest(service hsm.Service, name string, handle uint32) hsm.Request {
	request := hsm.Request{Service: service, Name: name, Handle: handle, Now: c.Now, Unix: (c.Wall + c.Now) / 1000}
	r := rand.New(c.Chance)
	binary.BigEndian.PutUint64(request.Nonce[:8], r.Uint64())
	binary.BigEndian.PutUint64(request.Nonce[8:], r.Uint64())
	return request
}

// Approve adds approvals to the tokens of a token file. Errors as hsm.Approve, where no HSM accepts
// them.
func (cl *Client) Approve(file []byte, approvals []hsm.Approval) error {
	return cl.counts("approve token", "", func(h *hsm.HSM) error { return h.Approve(cl.Session, file, approvals) },
		sized("token", file), counted("approvals", len(approvals)))
}

// Tokens returns the tokens of the first reached HSM by id; the others have their own for the same.
func (cl *Client) Tokens() ([]Pending, error) {
	n, err := cl.ready()
	if err != nil {
		return nil, err
	}
	listed, err := n.HSM.ListTokens(cl.Session)
	cl.cluster.record(Event{From: FromClient, Node: n.HSM.Node, Op: "list tokens", Code: retcode.Of(err)})
	var tokens []Pending
	for _, t := range listed {
		tokens = append(tokens, cl.cluster.pending(n.HSM, t))
	}
	return tokens, err
}

// DeleteTokens deletes the user's tokens, or all, on every reached HSM.
func (cl *Client) DeleteTokens(all bool) error {
	return cl.counts("delete token", "", func(h *hsm.HSM) error { return h.DeleteTokens(cl.Session, all) })
}

// DeleteToken deletes the token that the first reached HSM lists under an id, and those of the
// other HSMs for the same. It fails with hsm.NoToken where the user has none with the id.
func (cl *Client) DeleteToken(id int) error {
	tokens, err := cl.Tokens()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(tokens, func(p Pending) bool { return p.ID == id && p.Token.User == cl.Login.ID })
	if i < 0 {
		return hsm.NoToken
	}
	return cl.counts("delete token", "", func(h *hsm.HSM) error {
		h.DropToken(cl.Session, tokens[i].Service, tokens[i].Handle)
		return nil
	})
}

// counts calls f on each reached HSM, for what counts when one of them accepts it.
func (cl *Client) counts(op, detail string, f func(*hsm.HSM) error, args ...Arg) error {
	if _, err := cl.ready(); err != nil {
		return err
	}
	return Accepted(cl.all(op, detail, f, args...))
}

// KeepTokens remembers the quorum tokens of the HSMs that the client reaches. What it returns puts
// them back, for a command that fails on the host after an HSM has done its part: it has cost no
// approvals then.
func (cl *Client) KeepTokens() (putBack func()) {
	nodes := cl.nodes()
	var kept [][]*hsm.Token
	for _, n := range nodes {
		kept = append(kept, n.HSM.Quorum.Tokens) // the list is replaced, never changed
	}
	return func() {
		for i, n := range nodes {
			n.HSM.Quorum.Tokens = kept[i]
		}
	}
}

// spend forgets the session's approvals for a key on every HSM, once they have let the key be used.
func (cl *Client) spend(k *hsm.Key) {
	if k.Approvals(hsm.KeyMgmt) == 0 {
		return
	}
	for _, n := range cl.nodes() {
		n.HSM.SpendKey(cl.Session, k.Handle)
	}
}

package cluster

import (
	"slices"

	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// NewTokens makes a quorum token on every reached HSM, for the use of a key that asks for approvals. It returns those that
// were made, by node; the error, where none was, is the first HSM's. Errors as hsm.NewToken.
func (cl *Client) NewTokens(service hsm.Service, name string, handle uint32) ([]Pending, error) {
	var made []Pending
	err := cl.quorum("get token", name, func(h *hsm.HSM) error {
		t, err := h.NewToken(cl.Session, cl.cluster.tokenRequest(service, name, handle))
		if err == nil {
			made = append(made, cl.cluster.pending(h, t))
		}
		return err
	})
	return made, err
}

// Approve adds approvals to the tokens of a token file. Errors as hsm.Approve, where no HSM accepts them.
func (cl *Client) Approve(file []byte, approvals []hsm.Approval) error {
	return cl.quorum("approve token", "", func(h *hsm.HSM) error { return h.Approve(cl.Session, file, approvals) })
}

// Tokens returns the tokens of the first reached HSM by id; the others have their own for the same.
func (cl *Client) Tokens() ([]Pending, error) {
	if cl.Login == nil {
		return nil, retcode.UserNotReady
	}
	n, err := cl.primary()
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

// DeleteTokens deletes the user's tokens on every reached HSM.
func (cl *Client) DeleteTokens() error {
	return cl.quorum("delete token", "", func(h *hsm.HSM) error { return h.DeleteTokens(cl.Session, true) })
}

// DeleteToken deletes the token that the first reached HSM lists under an id, and those of the other HSMs for the same. It
// fails with hsm.NoToken where the user has none with the id.
func (cl *Client) DeleteToken(id int) error {
	tokens, err := cl.Tokens()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(tokens, func(p Pending) bool { return p.ID == id && p.Token.User == cl.Login.ID })
	if i < 0 {
		return hsm.NoToken
	}
	return cl.quorum("delete token", "", func(h *hsm.HSM) error {
		h.DropToken(cl.Session, tokens[i].Service, tokens[i].Handle)
		return nil
	})
}

// quorum calls f on each reached HSM. It fails with the first refusal where none accepts.
func (cl *Client) quorum(op, detail string, f func(*hsm.HSM) error) error {
	if cl.Login == nil {
		return retcode.UserNotReady
	}
	if _, err := cl.primary(); err != nil {
		return err
	}
	answers := cl.all(op, detail, f)
	if slices.ContainsFunc(answers, func(a Answer) bool { return a.Err == nil }) {
		return nil
	}
	return FirstError(answers)
}

// spend forgets the session's approvals for a key on every HSM, once they have let the key be used.
func (cl *Client) spend(k *hsm.Key) {
	if k.MValue == 0 {
		return
	}
	for _, n := range cl.nodes() {
		for _, row := range hsm.Services {
			n.HSM.DropToken(cl.Session, row.Service, k.Handle)
		}
	}
}

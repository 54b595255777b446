package cluster

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"slices"

	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// Credentials are what somebody logs in with in the whole cluster.
type Credentials struct {
	Type     hsm.UserType // of his role; of an admin hsm.CO, also before the activation
	Name     string
	Password string
	Second   *Response // the answers to the challenges of [Client.Challenges]; nil for none
}

// Challenge is what one HSM wants to have signed by a second factor: a digest of 32 bytes.
type Challenge struct {
	Node   int
	Digest []byte
}

// Signed is a challenge as it comes back.
type Signed struct{ Digest, Signature []byte }

// Response is the answers to challenges, in any order, and the public key to set, nil at a login.
type Response struct {
	Key    []byte // SubjectPublicKeyInfo
	Signed []Signed
	Quorum bool // to be the key for approvals too
}

// Challenges returns a fresh digest of each reached HSM, to be signed by a second factor in the next
// call that takes one. Those of before are good for nothing any more.
func (cl *Client) Challenges() []Challenge {
	cl.asked = nil
	r := rand.New(cl.cluster.Chance)
	for _, n := range cl.nodes() {
		var digest []byte
		for range 4 {
			digest = binary.BigEndian.AppendUint64(digest, r.Uint64())
		}
		cl.asked = append(cl.asked, Challenge{n.HSM.Node, digest})
	}
	return cl.asked
}

// factor is the answer to a node's challenge: none where it was not answered, or answered to another
// HSM.
func (a *Response) factor(asked []Challenge, node int) *hsm.SecondFactor {
	if a == nil {
		return nil
	}
	f := &hsm.SecondFactor{Key: a.Key, Alone: !a.Quorum}
	for _, c := range asked {
		i := slices.IndexFunc(a.Signed, func(s Signed) bool { return bytes.Equal(s.Digest, c.Digest) })
		if c.Node == node && i >= 0 {
			f.Challenge, f.Signature = c.Digest, a.Signed[i].Signature
		}
	}
	return f
}

// take returns the challenges that were given out, and forgets them.
func (cl *Client) take() []Challenge {
	asked := cl.asked
	cl.asked = nil
	return asked
}

// Authenticate logs in on every reached HSM of the whole cluster; each counts wrong passwords for
// itself. The login counts when one HSM has accepted it. It fails with retcode.ServerUnavailable, a
// hsm.Refusal, LoggedInOther, while somebody is logged in, and as hsm.LogInSigned.
func (cl *Client) Authenticate(who Credentials) ([]Answer, error) {
	switch {
	case !cl.Connected():
		return nil, retcode.ServerUnavailable
	case cl.Login != nil:
		return nil, hsm.Refusal{Reason: hsm.LoggedInOther}
	}
	asked := cl.take()
	proof := cl.cluster.proof(who.Password)
	answers := cl.all("login", who.Name, func(h *hsm.HSM) error {
		return h.LogInSigned(cl.Session, typeOn(h, who), who.Name, proof.verifier, who.Second.factor(asked, h.Node))
	}, typed(who.Type), hidden("password", who.Password))
	for _, a := range answers {
		if a.Err == nil {
			u := cl.cluster.Node(a.Node).HSM.SessionUser(cl.Session)
			cl.Login, cl.proof = &Login{u.ID, u.Name, u.Type}, proof
			break
		}
	}
	return answers, Accepted(answers)
}

// typeOn is the type of the user on an HSM: the first admin is hsm.PRECO before the activation.
func typeOn(h *hsm.HSM, who Credentials) hsm.UserType {
	if who.Type == hsm.CO && h.UserNamed(hsm.CO, who.Name) == nil && h.UserNamed(hsm.PRECO, who.Name) != nil {
		return hsm.PRECO
	}
	return who.Type
}

// SignOut ends the login in the whole cluster, and with it its session keys and tokens. It fails
// with retcode.ServerUnavailable and hsm.NotLoggedIn.
func (cl *Client) SignOut() error {
	if err := cl.loggedIn(); err != nil {
		return err
	}
	cl.abandon()
	cl.all("logout", "", func(h *hsm.HSM) error { return h.Logout(cl.Session) })
	cl.Login, cl.proof = nil, nil
	cl.changed(nil)
	return nil
}

// NeedsSecond reports whether an HSM wants a second factor of a user. It is no call.
func (cl *Client) NeedsSecond(t hsm.UserType, name string) bool {
	return slices.ContainsFunc(cl.nodes(), func(n *Node) bool {
		u := n.HSM.UserNamed(t, name)
		return u != nil && u.TwoFA != nil
	})
}

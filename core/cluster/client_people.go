package cluster

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"

	"hsmplay/core/hsm"
)

// Prove prepares a password for logging in to several HSMs.
func Prove(password string) hsm.Prover { return (&proof{password: password}).verifier }

// Takes notes what a tool takes for granted in a rehearsal, and reports whether there is one.
func (cl *Client) Takes(g hsm.Grant) bool { return cl.cluster.rehearsal.Grant(g) }

// proof is a password that is being tried. A rehearsal derives nothing.
func (c *Cluster) proof(password string) *proof {
	return &proof{password: password, rehearsed: c.rehearsal != nil}
}

// proof is a password that is being tried; it is derived once per salt.
type proof struct {
	password         string
	salts, verifiers [][]byte
	rehearsed        bool
}

// verifier is an hsm.Prover.
func (p *proof) verifier(salt []byte) []byte {
	if p.rehearsed {
		return []byte{}
	}
	for i, s := range p.salts {
		if string(s) == string(salt) {
			return p.verifiers[i]
		}
	}
	p.salts = append(p.salts, salt)
	p.verifiers = append(p.verifiers, hsm.Derive(p.password, salt))
	return p.verifiers[len(p.verifiers)-1]
}

// NewSecret prepares a new password for several HSMs.
func (c *Cluster) NewSecret(password string) hsm.Secret {
	salt := NewSalt(c.Chance)
	return hsm.Secret{Salt: salt, Verifier: c.proof(password).verifier(salt), Fault: hsm.OlderPasswords.Check(password)}
}

// mayLogIn is whom the daemon logs in: crypto users alone (spec/kmu.md 1.5), and nobody while
// somebody else is logged in (spec/kmu.md 3.7, a choice), also where only other HSMs have let him
// in. It fails with an hsm.Refusal: OnlyCryptoUsers, LoggedInOther.
func (cl *Client) mayLogIn(t hsm.UserType, name string) error {
	switch {
	case t != hsm.CU:
		return hsm.Refusal{Reason: hsm.OnlyCryptoUsers}
	case cl.Login != nil && !cl.Login.Named(name):
		return hsm.Refusal{Reason: hsm.LoggedInOther}
	}
	return nil
}

// LogIn logs in on every reached HSM through the daemon, and opens the session first where it is
// lost. The login counts when one HSM has accepted it. Errors as hsm.Login, and OnlyCryptoUsers and
// LoggedInOther, before an HSM is told the password.
func (cl *Client) LogIn(t hsm.UserType, name, password string) []Answer {
	proof := cl.cluster.proof(password)
	answers := cl.all("login", name, func(h *hsm.HSM) error {
		if err := cl.mayLogIn(t, name); err != nil {
			return err
		}
		if err := h.OpenSession(cl.Session); err != nil {
			return err
		}
		return h.Login(cl.Session, t, name, proof.verifier)
	}, typed(t), hidden("password", password))
	for _, a := range answers {
		if a.Err == nil {
			u := cl.cluster.Node(a.Node).HSM.UserNamed(t, name)
			cl.Login, cl.proof = &Login{u.ID, u.Name, u.Type}, proof
			break
		}
	}
	return answers
}

// Challenge returns a fresh digest of 32 bytes to be signed by a second factor in the next call.
func (cl *Client) Challenge() []byte {
	r := rand.New(cl.cluster.Chance)
	cl.challenge = nil
	for range 4 {
		cl.challenge = binary.BigEndian.AppendUint64(cl.challenge, r.Uint64())
	}
	return cl.challenge
}

// answered puts the challenge that was given out last into the answer to it, and forgets it.
func (cl *Client) answered(f *hsm.SecondFactor) *hsm.SecondFactor {
	if f == nil {
		return nil
	}
	row := *f
	row.Challenge, cl.challenge = cl.challenge, nil
	return &row
}

// LogInSigned logs in through own connections, with a second factor or nil. Errors as
// hsm.LogInSigned.
func (cl *Client) LogInSigned(t hsm.UserType, name string, prove hsm.Prover, f *hsm.SecondFactor) []Answer {
	f = cl.answered(f)
	if cl.cluster.rehearsal != nil {
		prove = cl.cluster.proof("").verifier
	}
	return cl.all("login", name, func(h *hsm.HSM) error { return h.LogInSigned(cl.Session, t, name, prove, f) },
		typed(t), Arg{Name: "password", Secret: true})
}

// LogOut ends the login on every reached HSM and destroys the session keys and what is half made
// everywhere. Without a login own connections fail with hsm.NotLoggedIn, those of the daemon with
// retcode.UserNotReady.
func (cl *Client) LogOut() []Answer {
	cl.abandon()
	primary, _ := cl.primary()
	answers := cl.all("logout", "", func(h *hsm.HSM) error {
		switch {
		case !cl.daemon() && !h.LoggedIn(cl.Session):
			return hsm.NotLoggedIn
		case primary.HSM == h:
			return h.Logout(cl.Session)
		}
		return h.EndLogin(cl.Session)
	})
	cl.Login, cl.proof = nil, nil
	return cl.changed(answers)
}

// User returns who is logged in on the first HSM of own connections where somebody is, nil for
// nobody. It is no call.
func (cl *Client) User() *hsm.User {
	for _, n := range cl.nodes() {
		if u := n.HSM.SessionUser(cl.Session); u != nil {
			return u
		}
	}
	return nil
}

// SameUser returns nil where the same user is logged in through another client's own connections,
// which takes copies by hand. It fails with hsm.NotLoggedIn and hsm.OtherLoggedIn. It is no call.
func (cl *Client) SameUser(other *Client) error {
	here, there := cl.User(), other.User()
	switch {
	case here == nil || there == nil:
		return hsm.NotLoggedIn
	case here.Name != there.Name || here.Type != there.Type:
		return hsm.OtherLoggedIn
	}
	return nil
}

// Users returns the users by id, as one list: from the first HSM that is reached, and whom only
// others have after that. Own connections need no login.
func (cl *Client) Users() ([]*hsm.User, error) {
	primary, err := cl.ready()
	if err != nil {
		return nil, err
	}
	cl.cluster.record(Event{From: FromClient, Node: primary.HSM.Node, Op: "users"})
	merged := &hsm.HSM{}
	for _, n := range slices.Backward(cl.nodes()) { // the lowest node's row of a user counts
		for _, u := range n.HSM.Users {
			merged.PutUser(u)
		}
	}
	return merged.Users, nil
}

// CreateUser adds a user.
func (cl *Client) CreateUser(n hsm.NewUser) []Answer {
	n.Second = cl.answered(n.Second)
	answers := cl.all("create user", n.Name, func(h *hsm.HSM) error { return h.CreateUser(cl.Session, n) },
		typed(n.Type), Arg{Name: "password", Secret: true})
	for _, a := range answers {
		if a.Err == nil {
			cl.welcome(a.Node, cl.cluster.Node(a.Node).HSM.UserNamed(n.Type, n.Name).ID)
		}
	}
	return answers
}

// welcome lets an HSM take the keys that a user who is new there owns elsewhere. Most own none.
func (cl *Client) welcome(node, id int) {
	owned := func(k *hsm.Key) bool { return k != nil && k.Owner == id }
	elsewhere := func(n *Node) bool {
		return n.HSM.Node != node && n.HSM.UserByID(id) != nil && slices.ContainsFunc(n.HSM.Keys, owned)
	}
	if slices.ContainsFunc(cl.group().Reached(), elsewhere) {
		cl.changed(nil)
	}
}

// ChangePassword gives a user a new password. The first officer's activates the cluster, and the
// service makes a backup.
func (cl *Client) ChangePassword(t hsm.UserType, name string, secret hsm.Secret) []Answer {
	secret.Second = cl.answered(secret.Second)
	return cl.all("change password", name, func(h *hsm.HSM) error {
		err := h.ChangePassword(cl.Session, t, name, secret)
		if err == nil && t == hsm.PRECO {
			cl.cluster.take(cl.group(), h, Activated, cl.cluster.Now)
		}
		return err
	}, typed(t), Arg{Name: "password", Secret: true})
}

// DeleteUser removes a user and replies what Undelete needs.
func (cl *Client) DeleteUser(t hsm.UserType, name string) []Reply[hsm.Deleted] {
	return each(cl, "delete user", name, func(h *hsm.HSM) (hsm.Deleted, error) { return h.DeleteUser(cl.Session, t, name) }, typed(t))
}

// Undelete brings a deleted user back.
func (cl *Client) Undelete(d hsm.Deleted) []Answer {
	return cl.changed(cl.all("restore user", "", func(h *hsm.HSM) error { h.Undelete(d); return nil }))
}

package cluster

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"

	"hsmplay/core/hsm"
)

// Prove prepares a password for logging in to several HSMs.
func Prove(password string) hsm.Prover { return (&proof{password: password}).verifier }

// NewSecret prepares a new password for several HSMs.
func (c *Cluster) NewSecret(password string) hsm.Secret {
	salt := NewSalt(c.Chance)
	return hsm.Secret{Salt: salt, Verifier: hsm.Derive(password, salt)}
}

// Challenge returns a fresh digest of 32 bytes to be signed by a second factor in the next call.
func (s *Server) Challenge() []byte {
	r := rand.New(s.cluster.Chance)
	s.challenge = nil
	for range 4 {
		s.challenge = binary.BigEndian.AppendUint64(s.challenge, r.Uint64())
	}
	return s.challenge
}

// answered puts the challenge that was given out last into the answer to it, and forgets it.
func (s *Server) answered(f *hsm.SecondFactor) *hsm.SecondFactor {
	if f == nil {
		return nil
	}
	row := *f
	row.Challenge, s.challenge = s.challenge, nil
	return &row
}

// LogIn logs in, errors as hsm.LogInSigned.
func (s *Server) LogIn(t hsm.UserType, name string, prove hsm.Prover, f *hsm.SecondFactor) error {
	return s.call("login", name, func(h *hsm.HSM) error {
		return h.LogInSigned(s.Session, t, name, prove, s.answered(f))
	})
}

// LogOut ends the login. It fails with hsm.NotLoggedIn.
func (s *Server) LogOut() error {
	return s.call("logout", "", func(h *hsm.HSM) error {
		if !h.LoggedIn(s.Session) {
			return hsm.NotLoggedIn
		}
		return h.Logout(s.Session)
	})
}

// CreateUser adds a user.
func (s *Server) CreateUser(n hsm.NewUser) error {
	n.Second = s.answered(n.Second)
	err := s.call("create user", n.Name, func(h *hsm.HSM) error { return h.CreateUser(s.Session, n) })
	if err == nil {
		s.welcome(s.cluster.Node(s.Node).HSM.UserNamed(n.Type, n.Name).ID)
	}
	return err
}

// ChangePassword gives a user a new password. The first officer's activates the cluster, and the service makes a backup.
func (s *Server) ChangePassword(t hsm.UserType, name string, secret hsm.Secret) error {
	secret.Second = s.answered(secret.Second)
	return s.call("change password", name, func(h *hsm.HSM) error {
		err := h.ChangePassword(s.Session, t, name, secret)
		if err == nil && t == hsm.PRECO {
			s.cluster.take(s.group(), h, Activated, s.cluster.Now)
		}
		return err
	})
}

// DeleteUser removes a user and returns what Undelete needs.
func (s *Server) DeleteUser(t hsm.UserType, name string) (gone hsm.Deleted, err error) {
	err = s.call("delete user", name, func(h *hsm.HSM) error {
		gone, err = h.DeleteUser(s.Session, t, name)
		return err
	})
	return gone, err
}

// Undelete brings a deleted user back.
func (s *Server) Undelete(d hsm.Deleted) error {
	return s.changed(s.call("restore user", "", func(h *hsm.HSM) error { h.Undelete(d); return nil }))
}

// ExtractUser returns a user to copy.
func (s *Server) ExtractUser(id int) (u *hsm.User, err error) {
	err = s.call("extract", fmt.Sprint(id), func(h *hsm.HSM) error {
		u, err = h.ExtractUser(s.Session, id)
		return err
	})
	return u, err
}

// InsertUser stores a copy of a user.
func (s *Server) InsertUser(u *hsm.User) error {
	err := s.call("insert", u.Name, func(h *hsm.HSM) error { return h.InsertUser(s.Session, u) })
	if err == nil {
		s.welcome(u.ID)
	}
	return err
}

// welcome lets the HSM take the keys that a user who is new here owns elsewhere. Most own none.
func (s *Server) welcome(id int) {
	owned := func(k *hsm.Key) bool { return k != nil && k.Owner == id }
	elsewhere := func(n *Node) bool {
		return n.HSM.Node != s.Node && n.HSM.UserByID(id) != nil && slices.ContainsFunc(n.HSM.Keys, owned)
	}
	if slices.ContainsFunc(s.group().Reached(), elsewhere) {
		s.cluster.unsure = true
		s.cluster.settle()
	}
}

package cluster

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"

	"hsmplay/core/hsm"
)

// RegisterKey registers the user's public key for approvals.
func (s *Server) RegisterKey(t hsm.UserType, name string, key, file, signature []byte) error {
	return s.call("register key", name, func(h *hsm.HSM) error {
		return h.RegisterKey(s.Session, t, name, key, file, signature)
	})
}

// SetM sets the approvals that a service needs.
func (s *Server) SetM(service hsm.Service, m int) error {
	return s.call("set M value", fmt.Sprint(m), func(h *hsm.HSM) error { return h.SetM(s.Session, service, m) })
}

// M returns the approvals that a service needs.
func (s *Server) M(service hsm.Service) (m int, err error) {
	err = s.call("get M value", fmt.Sprint(service), func(h *hsm.HSM) error {
		m, err = h.M(s.Session, service)
		return err
	})
	return m, err
}

// NewToken makes a quorum token; handle is 0 for an officer's service.
func (s *Server) NewToken(service hsm.Service, name string, handle uint32) (t *hsm.Token, err error) {
	request := s.cluster.tokenRequest(service, name, handle)
	err = s.call("get token", name, func(h *hsm.HSM) error {
		t, err = h.NewToken(s.Session, request)
		return err
	})
	return t, err
}

// tokenRequest is a request for a token now.
func (c *Cluster) tokenRequest(service hsm.Service, name string, handle uint32) hsm.Request {
	request := hsm.Request{Service: service, Name: name, Handle: handle, Now: c.Now, Unix: (c.Wall + c.Now) / 1000}
	r := rand.New(c.Chance)
	binary.BigEndian.PutUint64(request.Nonce[:8], r.Uint64())
	binary.BigEndian.PutUint64(request.Nonce[8:], r.Uint64())
	return request
}

// Approve adds approvals to a token.
func (s *Server) Approve(file []byte, approvals []hsm.Approval) error {
	return s.call("approve token", "", func(h *hsm.HSM) error { return h.Approve(s.Session, file, approvals) })
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

// Tokens returns the tokens on the HSM by id.
func (s *Server) Tokens() (tokens []Pending, err error) {
	err = s.call("list tokens", "", func(h *hsm.HSM) error {
		listed, err := h.ListTokens(s.Session)
		for _, t := range listed {
			tokens = append(tokens, s.cluster.pending(h, t))
		}
		return err
	})
	return tokens, err
}

// DeleteTokens deletes the user's tokens, or all.
func (s *Server) DeleteTokens(all bool) error {
	return s.call("delete token", "", func(h *hsm.HSM) error { return h.DeleteTokens(s.Session, all) })
}

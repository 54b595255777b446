package cluster

import (
	"bytes"
	"slices"

	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// Server is one connection of cloudhsm_mgmt_util to one HSM, without the daemon: what is done through it, is done there
// and nowhere else. Each call is an [Event]. A connection that was lost does not come back; its calls fail with
// retcode.ServerUnavailable. Errors are otherwise those of the method of hsm.HSM with the same name.
type Server struct {
	Session uint64
	Node    int

	cluster   *Cluster
	challenge []byte // for the second factor of the next call that takes one
	resting   bool   // of a fork, and no tool has asked for it yet
}

// Dial connects to the HSM with an address. It fails with retcode.ServerUnavailable where no HSM answers there, and with
// retcode.MaxSessions.
func (c *Cluster) Dial(address string) (*Server, error) {
	all := c.All()
	i := slices.IndexFunc(all, func(n *Node) bool { return n.IP == address && n.Reached() })
	if i < 0 {
		return nil, retcode.ServerUnavailable
	}
	h := all[i].HSM
	c.lastID++
	if err := h.OpenSession(c.lastID); err != nil {
		return nil, err
	}
	return c.Redial(c.lastID, h.Node), nil
}

// Redial returns the connection of a saved session, for a tool that goes on.
func (c *Cluster) Redial(session uint64, node int) *Server {
	for _, s := range c.servers {
		if s.Session == session && s.Node == node {
			s.resting = false
			return s
		}
	}
	s := &Server{Session: session, Node: node, cluster: c}
	c.servers = append(c.servers, s)
	return s
}

// Connected reports whether the connection still stands.
func (s *Server) Connected() bool {
	n := s.cluster.Node(s.Node)
	return n != nil && n.Reached() && n.HSM.HasSession(s.Session)
}

// User returns who is logged in, nil for nobody. It is what the tool remembers, and no call.
func (s *Server) User() *hsm.User {
	if !s.Connected() {
		return nil
	}
	return s.cluster.Node(s.Node).HSM.SessionUser(s.Session)
}

// Close ends the session.
func (s *Server) Close() {
	if n := s.cluster.Node(s.Node); n != nil {
		n.HSM.CloseSession(s.Session)
	}
	s.cluster.servers = slices.DeleteFunc(s.cluster.servers, func(o *Server) bool { return o == s })
}

// group is the cluster of the HSM, which is there.
func (s *Server) group() *Group { return s.cluster.GroupOf(s.Node) }

// call does something on the HSM and records it.
func (s *Server) call(op, detail string, f func(*hsm.HSM) error) error {
	if !s.Connected() {
		return retcode.ServerUnavailable
	}
	err := f(s.cluster.Node(s.Node).HSM)
	s.cluster.record(Event{From: FromClient, Node: s.Node, Op: op, Detail: detail, Code: retcode.Of(err)})
	return err
}

// changed lets the consequences of a change happen: an HSM may take other keys now. It passes the error on.
func (s *Server) changed(err error) error {
	s.cluster.unsure = true
	s.cluster.settle()
	return err
}

// HSM returns the HSM to read its hardware data and counters.
func (s *Server) HSM() (h *hsm.HSM, err error) {
	err = s.call("info", "", func(at *hsm.HSM) error { h = at; return nil })
	return h, err
}

// Users returns the users of the HSM by id. It needs no login.
func (s *Server) Users() (users []*hsm.User, err error) {
	err = s.call("users", "", func(h *hsm.HSM) error { users = h.Users; return nil })
	return users, err
}

// Opens asks the HSM whether it can open what another one has masked: it can in one cluster and its clones. It fails with
// hsm.BadMask. handle is the key's, 0 for a user.
func (s *Server) Opens(from *Server, handle uint32) error {
	here, there := s.group(), from.group()
	if here.Lineage == there.Lineage && bytes.Equal(here.MaskKey, there.MaskKey) {
		return nil
	}
	return s.call("insert", handleText(handle), func(h *hsm.HSM) error {
		h.LogKeys(hsm.CNInsertMasked, s.Session, hsm.BadMask, handle)
		return hsm.BadMask
	})
}

// Trusts reports whether a file of certificates has certified the HSM's cluster, see [Group.Trusts].
func (s *Server) Trusts(anchor []byte) bool { return s.Connected() && s.group().Trusts(anchor) }

// Certificate returns the DER of one of the cluster's certificates. It needs no login.
func (s *Server) Certificate(number int) (der []byte, err error) {
	err = s.call("info", "", func(h *hsm.HSM) error { der, err = s.group().stored(h, number); return err })
	return der, err
}

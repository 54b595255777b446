package cluster

import "hsmplay/core/hsm"

// What a client knows of the HSMs without calling them: for notes, proposals and completion.
// Reading it is no event and asks nobody's rights, so a tool prints none of it as an HSM's answer.

// Fault returns why the client reaches no HSM, nil where it reaches one.
func (cl *Client) Fault() error {
	_, err := cl.primary()
	return err
}

// Reached lists the HSMs that the client reaches, by node, as having answered well.
func (cl *Client) Reached() []Answer {
	var answers []Answer
	for _, n := range cl.nodes() {
		answers = append(answers, Answer{Node: n.HSM.Node})
	}
	return answers
}

// WayOf is how the client of a session reaches HSMs: through the daemon, by connections of its own,
// or as one of the whole cluster; "" where it is gone.
func (c *Cluster) WayOf(session uint64) string {
	for _, cl := range c.clients {
		switch {
		case cl.Session != session:
		case cl.own != nil:
			return "own"
		case cl.whole != "":
			return "whole"
		default:
			return "daemon"
		}
	}
	return ""
}

// Size is how many HSMs there are for the client, reached or not.
func (cl *Client) Size() int { return len(cl.known()) }

// Node is the number of the first HSM, reached or not.
func (cl *Client) Node() int {
	if cl.own != nil {
		return cl.own[0]
	}
	if known := cl.known(); len(known) > 0 {
		return known[0].HSM.Node
	}
	return 0
}

// Policy is what the HSMs allow, which have one policy.
func (cl *Client) Policy() hsm.Policy {
	if known := cl.known(); len(known) > 0 {
		return known[0].HSM.Policy
	}
	return hsm.Policy{}
}

// FIPS reports whether the HSMs are in FIPS mode.
func (cl *Client) FIPS() bool { return cl.Policy().FIPS }

// MValue returns how many approvals a service needs on the first HSM that is reached, 1 for none
// but one's own.
func (cl *Client) MValue(s hsm.Service) int {
	n, err := cl.primary()
	if err != nil {
		return 1
	}
	return n.HSM.MValue(s)
}

// UserNamed returns the user of a type with a name from the first reached HSM that knows him, nil
// for none.
func (cl *Client) UserNamed(t hsm.UserType, name string) *hsm.User {
	for _, n := range cl.nodes() {
		if u := n.HSM.UserNamed(t, name); u != nil {
			return u
		}
	}
	return nil
}

// Everybody returns the users of the reached HSMs, by HSM and id; the same row once.
func (cl *Client) Everybody() []*hsm.User {
	var users []*hsm.User
	seen := map[*hsm.User]bool{}
	for _, n := range cl.nodes() {
		for _, u := range n.HSM.Users {
			if !seen[u] {
				users, seen[u] = append(users, u), true
			}
		}
	}
	return users
}

// Seeded returns a user of a type for a proposal to log in: one whose toy password is still valid,
// with that, or else the first; nil for none. HSMs that are not reached count too.
func (cl *Client) Seeded(t hsm.UserType) (first *hsm.User, password string) {
	for _, n := range cl.known() {
		for _, u := range n.HSM.Users {
			if u.Type != t {
				continue
			}
			if password := SeedPassword(u); password != "" {
				return u, password
			}
			if first == nil {
				first = u
			}
		}
	}
	return first, ""
}

// LacksUser returns an officer or crypto user whom another client's HSM knows and those of this one
// do not, nil for none.
func (cl *Client) LacksUser(from *Client) *hsm.User {
	for _, u := range from.Everybody() {
		if (u.Type == hsm.CO || u.Type == hsm.CU) && cl.UserNamed(u.Type, u.Name) == nil {
			return u
		}
	}
	return nil
}

// OtherCluster is an HSM of another cluster that knows a user.
type OtherCluster struct {
	Node int
	IP   string
}

// Elsewhere returns an HSM of another cluster than the client's that knows a user; false for none.
func (cl *Client) Elsewhere(t hsm.UserType, name string) (OtherCluster, bool) {
	for _, g := range cl.cluster.Groups {
		for _, n := range g.Nodes {
			if g != cl.group() && n.HSM.UserNamed(t, name) != nil {
				return OtherCluster{n.HSM.Node, n.IP}, true
			}
		}
	}
	return OtherCluster{}, false
}

package cluster

import (
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
)

// What a client knows of the HSMs without calling them: for notes, proposals and completion. Reading it is no event and asks
// nobody's rights, so a tool prints none of it as an HSM's answer.

// Facts returns what the HSM that answers for itself says of its hardware and counters: the first that is reached. It needs
// no login. It is a call.
func (cl *Client) Facts() (hsm.Facts, error) {
	n, err := cl.primary()
	if err != nil {
		return hsm.Facts{}, err
	}
	cl.cluster.record(Event{From: FromClient, Node: n.HSM.Node, Op: "info"})
	return n.HSM.Facts(), nil
}

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

// Size is how many HSMs there are for the client, reached or not.
func (cl *Client) Size() int { return len(cl.known()) }

// Node is the number of the first HSM, reached or not.
func (cl *Client) Node() int {
	if cl.daemon() {
		return cl.cluster.Nodes[0].HSM.Node
	}
	return cl.own[0]
}

// FIPS reports whether the HSMs, which have one policy, are in FIPS mode.
func (cl *Client) FIPS() bool {
	known := cl.known()
	return len(known) > 0 && known[0].HSM.Policy.FIPS
}

// MValue returns how many approvals a service needs on the first HSM that is reached, 1 for none but one's own.
func (cl *Client) MValue(s hsm.Service) int {
	n, err := cl.primary()
	if err != nil {
		return 1
	}
	return n.HSM.MValue(s)
}

// UserNamed returns the user of a type with a name from the first reached HSM that knows him, nil for none.
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

// Seeded returns a user of a type for a proposal to log in: one whose toy password is still valid, with that, or else the
// first; nil for none. HSMs that are not reached count too.
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

// LacksUser returns an officer or crypto user whom another client's HSM knows and those of this one do not, nil for none.
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

// merged returns the keys that are listed of each reached HSM, each once, by slot.
func (cl *Client) merged(list func(*hsm.HSM) []*hsm.Key) []*hsm.Key {
	all := &hsm.HSM{}
	for _, n := range cl.nodes() {
		for _, k := range list(n.HSM) {
			if k != nil && all.At(k.Handle) == nil {
				all.Put(k)
			}
		}
	}
	return slices.DeleteFunc(all.Keys, func(k *hsm.Key) bool { return k == nil })
}

// Visible returns the keys that the user may use, by slot.
func (cl *Client) Visible() []*hsm.Key {
	return cl.merged(func(h *hsm.HSM) []*hsm.Key {
		keys, _ := h.Find(cl.Session, func(*hsm.Key) bool { return true }) // without a login none
		return keys
	})
}

// InSession returns the keys that live in a session, 0 for the token keys, whosever they are, by slot.
func (cl *Client) InSession(session uint64) []*hsm.Key {
	other := func(k *hsm.Key) bool { return k == nil || k.Session != session }
	return cl.merged(func(h *hsm.HSM) []*hsm.Key { return slices.DeleteFunc(slices.Clone(h.Keys), other) })
}

// MayUse reports whether the user with an id is a crypto user, on the first reached HSM that knows the id, and may use a key.
func (cl *Client) MayUse(user int, k *hsm.Key) bool {
	for _, n := range cl.nodes() {
		if u := n.HSM.UserByID(user); u != nil {
			return u.Type == hsm.CU && k.UsableBy(user)
		}
	}
	return false
}

// Lacks returns the flags among those asked for that a key lacks; false where no reached HSM has the key.
func (cl *Client) Lacks(handle uint32, flags attr.Flags) (attr.Flags, bool) {
	for _, n := range cl.nodes() {
		if k := n.HSM.At(handle); k != nil {
			return flags &^ k.Flags, true
		}
	}
	return 0, false
}

// Place says where a key is whose handle means nothing to a user.
type Place int

const (
	// Nowhere: no HSM has it.
	Nowhere Place = iota
	// Internal: a key of the HSMs' own.
	Internal
	// OnUnreached: on an HSM that is not reached.
	OnUnreached
	// InOtherSession: a session key of another session.
	InOtherSession
	// OfOther: a key of somebody else.
	OfOther
	// OnOtherHSM: on another HSM of the same cluster, for a client of some of them.
	OnOtherHSM
	// InOtherCluster: on an HSM of another cluster.
	InOtherCluster
)

// Missing is why a handle means nothing to a user, and what to say of it.
type Missing struct {
	Place Place
	Node  int    // of the HSM that has the key
	IP    string // of that HSM
	Owner int    // the user id, OfOther
}

// Missing explains a handle that the client's HSMs have refused.
func (cl *Client) Missing(handle uint32) Missing {
	if !cl.daemon() {
		return cl.missingHere(handle)
	}
	for _, n := range cl.cluster.Nodes {
		k := n.HSM.At(handle)
		at := Missing{Node: n.HSM.Node, IP: n.IP}
		switch {
		case k == nil:
			continue
		case !n.Reached():
			at.Place = OnUnreached
		case k.Session != 0:
			at.Place = InOtherSession
		default:
			at.Place, at.Owner = OfOther, k.Owner
		}
		return at
	}
	if handle > 0 && handle < hsm.FirstSlot {
		return Missing{Place: Internal}
	}
	return Missing{}
}

// missingHere is Missing for own connections, whose HSMs are a part of what there is.
func (cl *Client) missingHere(handle uint32) Missing {
	at := Missing{}
	for _, n := range cl.cluster.All() {
		k := n.HSM.At(handle)
		if !n.Reached() || slices.Contains(cl.own, n.HSM.Node) || k == nil || k.Session != 0 {
			continue
		}
		if cl.cluster.GroupOf(n.HSM.Node) == cl.group() {
			return Missing{Place: OnOtherHSM, Node: n.HSM.Node, IP: n.IP}
		}
		at = Missing{Place: InOtherCluster, Node: n.HSM.Node, IP: n.IP}
	}
	return at
}

// Coverage is on which of the HSMs that are reached a key or a user is. A key that HSMs lack is copied in time; a user never.
type Coverage struct {
	Have, Of int
	Lacking  []int // the nodes, ascending
}

// Full reports whether it is everywhere.
func (c Coverage) Full() bool { return c.Have == c.Of }

// KeyCoverage returns on which HSMs a key is.
func (cl *Client) KeyCoverage(handle uint32) Coverage {
	return cl.coverage(func(h *hsm.HSM) bool { return h.At(handle) != nil })
}

// UserCoverage returns which HSMs know a user.
func (cl *Client) UserCoverage(t hsm.UserType, name string) Coverage {
	return cl.coverage(func(h *hsm.HSM) bool { return h.UserNamed(t, name) != nil })
}

func (cl *Client) coverage(has func(*hsm.HSM) bool) Coverage {
	var c Coverage
	for _, n := range cl.nodes() {
		c.Of++
		if has(n.HSM) {
			c.Have++
		} else {
			c.Lacking = append(c.Lacking, n.HSM.Node)
		}
	}
	return c
}

// Stranger returns the node of a reached HSM that lacks a key because it does not know the owner; false for none.
func (cl *Client) Stranger(k *hsm.Key) (node int, found bool) {
	known := cl.known()
	home := slices.IndexFunc(known, func(n *Node) bool { return n.holds(k) })
	if home < 0 {
		return 0, false
	}
	for _, n := range cl.nodes() {
		if !n.holds(k) && !n.HSM.KnowsOwner(known[home].HSM, k) {
			return n.HSM.Node, true
		}
	}
	return 0, false
}

// Line is why a connection to an address stands or does not.
type Line int

const (
	// NoHSM: no HSM has the address.
	NoHSM Line = iota
	// HSMDown: the HSM there is not reached.
	HSMDown
	// HSMFull: the HSM there has no session left.
	HSMFull
	// HSMUp: the HSM there answers.
	HSMUp
)

// LineTo says what is at an address.
func (c *Cluster) LineTo(address string) Line {
	for _, n := range c.All() {
		switch {
		case n.IP != address:
		case !n.Reached():
			return HSMDown
		case len(n.HSM.Sessions) >= n.HSM.SessMax:
			return HSMFull
		default:
			return HSMUp
		}
	}
	return NoHSM
}

// Naming is how a list of addresses, a configuration file's, fits the clusters.
type Naming struct {
	First    string   // the address of the first HSM of a cluster that is named, or of the daemon's
	Unnamed  []string // the HSMs of that cluster that are not named; none where several clusters are
	Clusters int      // how many clusters are named
}

// Naming compares addresses with the clusters.
func (c *Cluster) Naming(addresses []string) Naming {
	named := func(n *Node) bool { return slices.Contains(addresses, n.IP) }
	var groups []*Group
	for _, g := range c.Groups {
		if slices.ContainsFunc(g.Nodes, named) {
			groups = append(groups, g)
		}
	}
	g := c.Group
	if len(groups) > 0 {
		g = groups[0]
	}
	found := Naming{First: g.Nodes[0].IP, Clusters: len(groups)}
	for _, n := range g.Nodes {
		if len(groups) <= 1 && !named(n) {
			found.Unnamed = append(found.Unnamed, n.IP)
		}
	}
	return found
}

package cluster

import "slices"

// Line is why a connection to an address stands or does not.
type Line int

const (
	// NoHSM: no HSM has the address.
	NoHSM Line = iota
	// HSMDown: the HSM there is not reached.
	HSMDown
	// HSMOther: the HSM there is of a type that the tools of Client SDK 3 cannot talk to.
	HSMOther
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
		case !n.HSM.Policy.Model.Row().Older:
			return HSMOther
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

package view

import (
	"fmt"
	"slices"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
)

// NodeRow is an HSM.
type NodeRow struct {
	ID       string `json:"id"`
	Node     int    `json:"node"`
	IP       string `json:"ip"`
	Cluster  string `json:"cluster"` // its id
	Kin      string `json:"kin"`     // what its cluster is to the daemon's: "" for the same, clone, original, unrelated
	State    string `json:"state"`   // up, down, cut
	Sync     bool   `json:"sync"`
	Differs  bool   `json:"differs"`
	Keys     int    `json:"keys"`
	Missing  int    `json:"missing"`
	Users    int    `json:"users"`
	Delay    int64  `json:"delay"` // milliseconds
	Tampered bool   `json:"tampered"`
	FIPS     bool   `json:"-"`
	Model    string `json:"-"` // the type of the HSM
	Sessions int    `json:"-"`
	UserMgmt int    `json:"-"` // the M value of service 3; 1 is no quorum
	MiscCO   int    `json:"-"` // of service 4
}

func (r NodeRow) mark(m *mark) {
	m.text(r.ID)
	m.number(int64(r.Node))
	m.text(r.IP)
	m.text(r.Cluster)
	m.text(r.Kin)
	m.text(r.State)
	m.flag(r.Sync)
	m.flag(r.Differs)
	m.number(int64(r.Keys))
	m.number(int64(r.Missing))
	m.number(int64(r.Users))
	m.number(r.Delay)
	m.flag(r.Tampered)
	m.flag(r.FIPS)
	m.text(r.Model)
	m.number(int64(r.Sessions))
	m.number(int64(r.UserMgmt))
	m.number(int64(r.MiscCO))
}

// Nodes returns the HSMs of all clusters, by cluster and number.
func Nodes(c *cluster.Cluster, since int64) Section[NodeRow] {
	keys := placesOf(c)
	held, lacks := make([]int, len(keys.all)), make([]int, len(keys.all))
	for _, p := range keys.list {
		count(p.nodes, held)
		count(keys.missing(p), lacks)
	}
	var rows []NodeRow
	for _, g := range c.Groups {
		for _, n := range g.Nodes {
			i, id := len(rows), n.HSM.Node
			rows = append(rows, NodeRow{ID: fmt.Sprint("hsm-", id), Node: id, IP: n.IP, Cluster: g.ID, Kin: kin(c, g), State: state(n),
				Sync: n.SyncAt > 0 || c.Receiving(n), Differs: lacks[i] > 0 || !sameUsers(n.HSM, g.Nodes[0].HSM),
				Keys: held[i], Missing: lacks[i], Users: len(n.HSM.Users), Delay: n.Delay,
				Tampered: n.HSM.Firmware != cluster.Firmware, FIPS: n.HSM.Policy.FIPS, Model: n.HSM.Policy.Model.Name(), Sessions: len(n.HSM.Sessions),
				UserMgmt: n.HSM.MValue(hsm.UserMgmt), MiscCO: n.HSM.MValue(hsm.MiscCO)})
		}
	}
	return section(rows, len(rows), since)
}

// state is how an HSM can be reached.
func state(n *cluster.Node) string {
	switch {
	case !n.Up:
		return "down"
	case n.Isolated:
		return "cut"
	}
	return "up"
}

// kin is what a cluster is to the one that the daemon serves.
func kin(c *cluster.Cluster, g *cluster.Group) string {
	switch {
	case g == c.Group:
		return ""
	case g.Lineage != c.Lineage:
		return "unrelated"
	case g.Lineage == g.ID:
		return "original"
	}
	return "clone"
}

// sameUsers reports whether two HSMs have the same users with the same passwords.
func sameUsers(a, b *hsm.HSM) bool {
	return slices.EqualFunc(a.Users, b.Users, func(a, b *hsm.User) bool {
		return a == b || a.ID == b.ID && a.Name == b.Name && a.Type == b.Type && slices.Equal(a.Verifier, b.Verifier)
	})
}

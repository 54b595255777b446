package view

import (
	"fmt"
	"slices"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
)

// SessionRow is a session of a tool with the HSMs.
type SessionRow struct {
	ID    string `json:"id"`
	User  string `json:"user"` // "" before a login
	Type  string `json:"type"`
	Way   string `json:"way"` // daemon, own (connections), whole (cluster)
	Nodes []int  `json:"nodes"`
}

// Sessions returns the sessions in the order of the HSMs that have them. A tool that is logged in
// on some HSMs only has a row for these, and one without a user for the others.
func Sessions(c *cluster.Cluster) (rows []SessionRow) {
	for _, n := range c.All() {
		for _, s := range n.HSM.Sessions {
			name := ""
			if u := n.HSM.UserByID(s.User); u != nil {
				name = u.Name
			}
			id := fmt.Sprintf("session-%x-%s", s.ID, name)
			i := slices.IndexFunc(rows, func(r SessionRow) bool { return r.ID == id })
			if i < 0 {
				i = len(rows)
				rows = append(rows, SessionRow{ID: id, User: name, Type: string(s.Type), Way: c.WayOf(s.ID)})
			}
			rows[i].Nodes = append(rows[i].Nodes, n.HSM.Node)
		}
	}
	return rows
}

// TokenRow is a token for approvals.
type TokenRow struct {
	ID        string   `json:"id"`
	Number    int      `json:"number"`
	Service   int      `json:"service"`
	User      string   `json:"user"`
	Handle    uint32   `json:"handle"` // of the key to use; 0 for an officer's service
	Nodes     []int    `json:"nodes"`
	Approvers []string `json:"approvers"`
	Needed    int      `json:"needed"`
}

// Tokens returns the tokens in the order of the HSMs that have them. Those of one request are one
// row while the HSMs agree about them.
func Tokens(c *cluster.Cluster) (rows []TokenRow) {
	for _, n := range c.All() {
		for _, t := range n.HSM.Quorum.Tokens {
			r := TokenRow{Number: t.ID, Service: int(t.Service), User: nameOn(n.HSM, t.User), Handle: t.Handle, Needed: n.HSM.Required(t)}
			for _, id := range t.Approvers {
				r.Approvers = append(r.Approvers, nameOn(n.HSM, id))
			}
			r.ID = fmt.Sprintf("token-%d-%d-%d-%x-%d", t.Service, t.ID, t.User, t.Session, t.Handle)
			i := slices.IndexFunc(rows, func(o TokenRow) bool { return o.ID == r.ID && slices.Equal(o.Approvers, r.Approvers) })
			if i < 0 {
				i = len(rows)
				rows = append(rows, r)
			}
			rows[i].Nodes = append(rows[i].Nodes, n.HSM.Node)
		}
	}
	return rows
}

// nameOn is the name of the user that an HSM has under an id; "" for nobody.
func nameOn(h *hsm.HSM, id int) string {
	if u := h.UserByID(id); u != nil {
		return u.Name
	}
	return ""
}

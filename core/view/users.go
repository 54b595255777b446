package view

import (
	"cmp"
	"fmt"
	"slices"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
)

// UserRow is a user of the clusters.
type UserRow struct {
	ID       string `json:"id"`
	User     int    `json:"user"`
	Name     string `json:"name"`
	Type     string `json:"type"`
	Password string `json:"password"` // of seeded users only
	Nodes    []int  `json:"nodes"`
}

func (r UserRow) mark(m *mark) {
	m.text(r.ID)
	m.number(int64(r.User))
	m.text(r.Name)
	m.text(r.Type)
	m.text(r.Password)
	m.numbers(r.Nodes)
}

// Users returns the users by id, and on which HSMs they are. HSMs may have different users under
// one id.
func Users(c *cluster.Cluster, since int64) Section[UserRow] {
	var rows []UserRow
	at := map[int][]int{} // the rows with an id
	for _, n := range c.All() {
		for _, u := range n.HSM.Users {
			if i := slices.IndexFunc(at[u.ID], func(i int) bool { return rows[i].is(u) }); i >= 0 {
				row := &rows[at[u.ID][i]]
				row.Nodes = append(row.Nodes, n.HSM.Node)
				continue
			}
			rows = append(rows, userRow(u, n.HSM.Node, len(at[u.ID]) > 0))
			at[u.ID] = append(at[u.ID], len(rows)-1)
		}
	}
	slices.SortFunc(rows, func(a, b UserRow) int { return cmp.Or(a.User-b.User, cmp.Compare(a.ID, b.ID)) })
	return section(rows, len(rows), since)
}

// is reports whether the row, which has the id, is a user's.
func (r UserRow) is(u *hsm.User) bool { return r.Name == u.Name && r.Type == string(u.Type) }

// userRow describes a user whom a node has. The id of another one than the first with his number
// says who he is.
func userRow(u *hsm.User, node int, other bool) UserRow {
	r := UserRow{ID: fmt.Sprint("user-", u.ID), User: u.ID, Name: u.Name, Type: string(u.Type),
		Password: cluster.SeedPassword(u), Nodes: []int{node}}
	if other {
		r.ID += "-" + u.Name + "-" + r.Type
	}
	return r
}

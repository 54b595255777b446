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

	Differs  bool  `json:"-"` // HSMs disagree about his password or keys
	Quorum   []int `json:"-"` // the HSMs that have his key for approvals
	TwoFA    []int `json:"-"` // those that have his key of the second factor
	Locked   []int `json:"-"` // those on which he is locked out
	LoggedIn []int `json:"-"` // those on which he has a session
	Failures int   `json:"-"` // wrong passwords in a row, the most on any HSM
}

func (r UserRow) mark(m *mark) {
	m.text(r.ID)
	m.number(int64(r.User))
	m.text(r.Name)
	m.text(r.Type)
	m.text(r.Password)
	m.numbers(r.Nodes)
	m.flag(r.Differs)
	m.numbers(r.Quorum)
	m.numbers(r.TwoFA)
	m.numbers(r.Locked)
	m.numbers(r.LoggedIn)
	m.number(int64(r.Failures))
}

// Users returns the users by id, and on which HSMs they are. HSMs may have different users under
// one id.
func Users(c *cluster.Cluster, since int64) Section[UserRow] {
	var rows []UserRow
	at := map[int][]int{}  // the rows with an id
	var firsts []*hsm.User // of the rows, as the first HSM has them
	for _, n := range c.All() {
		for _, u := range n.HSM.Users {
			if i := slices.IndexFunc(at[u.ID], func(i int) bool { return rows[i].is(u) }); i >= 0 {
				row := &rows[at[u.ID][i]]
				row.meet(u, firsts[at[u.ID][i]], n.HSM)
				continue
			}
			rows = append(rows, userRow(u, n.HSM, len(at[u.ID]) > 0))
			firsts = append(firsts, u)
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
func userRow(u *hsm.User, on *hsm.HSM, other bool) UserRow {
	r := UserRow{ID: fmt.Sprint("user-", u.ID), User: u.ID, Name: u.Name, Type: string(u.Type),
		Password: cluster.SeedPassword(u)}
	r.meet(u, u, on)
	if other {
		r.ID += "-" + u.Name + "-" + r.Type
	}
	return r
}

// meet adds an HSM that has the user; first is the user as the first of them has him.
func (r *UserRow) meet(u, first *hsm.User, on *hsm.HSM) {
	node := on.Node
	r.Nodes = append(r.Nodes, node)
	r.Differs = r.Differs || !slices.Equal(u.Verifier, first.Verifier) || !slices.Equal(u.Quorum, first.Quorum) ||
		!slices.Equal(u.TwoFA, first.TwoFA)
	r.Failures = max(r.Failures, u.Failures)
	for _, mark := range []struct {
		set  bool
		list *[]int
	}{{u.Quorum != nil, &r.Quorum}, {u.TwoFA != nil, &r.TwoFA}, {u.Locked(), &r.Locked}, {loggedIn(on, u), &r.LoggedIn}} {
		if mark.set {
			*mark.list = append(*mark.list, node)
		}
	}
}

// loggedIn reports whether a user has a session on an HSM.
func loggedIn(h *hsm.HSM, u *hsm.User) bool {
	return slices.ContainsFunc(h.Sessions, func(s *hsm.Session) bool { return s.User == u.ID })
}

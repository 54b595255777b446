package sim

import (
	"hsmplay/core/hsm"
	"hsmplay/core/view"
)

// ClusterView is the section of the HSMs with what has happened between them.
type ClusterView struct {
	view.Section[view.NodeRow]
	Now     int64          `json:"now"`
	Due     int64          `json:"due"`
	Calls   []view.CallRow `json:"calls"`
	Profile string         `json:"profile"`
	FIPS    bool           `json:"fips"`
	Model   string         `json:"model"` // the type of the HSMs
	Daemon  bool           `json:"daemon"`
	Lines   int64          `json:"lines"` // typed so far
	State   string         `json:"state"` // UNINITIALIZED, INITIALIZED, ACTIVE
}

// Cluster returns the HSMs, and the calls after a sequence number.
func (w *World) Cluster(since, calls int64) ClusterView {
	var v ClusterView
	_, v.Due = w.Clock()
	w.machine.Do(func() {
		c := w.cluster
		v.Section, v.Calls = view.Nodes(c, since), view.Calls(c, calls)
		v.Now, v.Daemon, v.Lines, v.State = c.Now, c.Daemon, w.lines, string(c.State())
		v.FIPS, v.Model = c.Nodes[0].HSM.Policy.FIPS, c.Model().Name()
		v.Profile = profileNamed(c.Settings.Profile).name
	})
	return v
}

// Keys returns the keys from one index on that contain the filter in handle, label, class, type or
// owner; visible tells about the user of a terminal. Total counts all that match.
func (w *World) Keys(since int64, terminal, from, count int, filter string) (s view.Section[view.KeyRow]) {
	look := view.Look{User: w.userOf(terminal), From: from, Count: count, Filter: filter}
	w.machine.Do(func() { s = view.Keys(w.cluster, since, look) })
	return s
}

// userOf returns the id of the crypto user who is logged in at a terminal, 0 for nobody.
func (w *World) userOf(terminal int) (id int) {
	t := w.machine.Terminal(terminal)
	if t == nil {
		return 0
	}
	name := t.Now().User
	w.machine.Do(func() {
		for _, n := range w.cluster.Nodes {
			if u := n.HSM.UserNamed(hsm.CU, name); u != nil {
				id = u.ID
				return
			}
		}
	})
	return id
}

// Users returns the users of the cluster and on which HSMs they are.
func (w *World) Users(since int64) (s view.Section[view.UserRow]) {
	w.machine.Do(func() { s = view.Users(w.cluster, since) })
	return s
}

// Audit returns the audit logs of all HSMs, HSM by HSM, each with its oldest entry first.
func (w *World) Audit() (rows []view.AuditRow) {
	w.machine.Do(func() { rows = view.Audit(w.cluster) })
	return rows
}

// Trail returns the newest entries of all audit logs, the newest first: of one key, or of all for
// 0.
func (w *World) Trail(handle uint32, count int) (rows []view.AuditRow) {
	w.machine.Do(func() { rows = view.Trail(w.cluster, view.AuditLook{Handle: handle, Count: count}) })
	return rows
}

// Sight looks at the key with a row's id; visible is to the user of a terminal.
func (w *World) Sight(id string, terminal int) (s view.KeySight) {
	user := w.userOf(terminal)
	w.machine.Do(func() { s = view.Sight(w.cluster, id, user) })
	for i := range s.Attributes {
		s.Attributes[i].Reads = readsAs(s.Attributes[i])
	}
	return s
}

// readsAs is an attribute's value in words, "" where it speaks for itself.
func readsAs(a view.AttributeLine) string {
	return inWords(AttributeRow{Number: a.Number, Value: a.Value}, "")
}

// Access is who is at work on the HSMs, by which way, and what waits for approvals.
type Access struct {
	Daemon   DaemonView        `json:"daemon"`
	Sessions []view.SessionRow `json:"sessions"`
	Tokens   []view.TokenRow   `json:"tokens"`
	Quorum   []QuorumRow       `json:"quorum"`
	Keyed    []string          `json:"keyed"` // who can approve: users with a key for it
}

// QuorumRow is how many approvals an HSM asks of officers: for managing users, and for what else
// takes some; 1 is none.
type QuorumRow struct {
	Node  int `json:"node"`
	Users int `json:"users"`
	Other int `json:"other"`
}

// Access returns who is at work.
func (w *World) Access() Access {
	a := Access{Daemon: w.Daemon(), Sessions: w.Sessions(), Tokens: w.Tokens(), Quorum: []QuorumRow{}, Keyed: []string{}}
	for _, n := range w.Cluster(0, 0).Rows {
		a.Quorum = append(a.Quorum, QuorumRow{n.Node, n.UserMgmt, n.MiscCO})
	}
	for _, u := range w.Users(0).Rows {
		if len(u.Quorum) > 0 {
			a.Keyed = append(a.Keyed, u.Name)
		}
	}
	return a
}

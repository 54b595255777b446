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

package sim

import (
	"encoding/hex"
	"fmt"
	"reflect"
	"slices"
	"sort"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// Section is a part of the read model: facts in rows with stable ids. Its version grows when it changes; to a
// reader that has the version already, rows are left out. web/hsm.d.ts describes the fields.
type Section[Row any] struct {
	Version int64 `json:"version"`
	Rows    []Row `json:"rows"`
	Total   int   `json:"total"`
}

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
	Delay    int64  `json:"delay"`
	Tampered bool   `json:"tampered"`
}

// KeyRow is a key of the cluster.
type KeyRow struct {
	ID          string `json:"id"`
	Handle      uint32 `json:"handle"`
	Class       string `json:"class"`
	Type        string `json:"type"`
	Label       string `json:"label"`
	KeyID       string `json:"keyId"`
	Owner       int    `json:"owner"`
	OwnerName   string `json:"ownerName"`
	Shared      []int  `json:"shared"`
	Extractable bool   `json:"extractable"`
	Session     bool   `json:"session"`
	KCV         string `json:"kcv"`
	Nodes       []int  `json:"nodes"`
	Missing     []int  `json:"missing"`
	MValue      int    `json:"mValue"`
	Visible     bool   `json:"visible"`
}

// UserRow is a user of the cluster.
type UserRow struct {
	ID       string `json:"id"`
	User     int    `json:"user"`
	Name     string `json:"name"`
	Type     string `json:"type"`
	Password string `json:"password"` // of seeded users only
	Nodes    []int  `json:"nodes"`
}

// CallRow is one call to an HSM, or a copy between two.
type CallRow struct {
	ID      string `json:"id"`
	Seq     int64  `json:"seq"`
	Command int64  `json:"command"`
	Time    int64  `json:"time"`
	From    int    `json:"from"`
	Node    int    `json:"node"`
	Op      string `json:"op"`
	Detail  string `json:"detail"`
	Code    int64  `json:"code"`
}

// ClusterView is the section of the HSMs with what has happened between them.
type ClusterView struct {
	Section[NodeRow]
	Now     int64     `json:"now"`
	Due     int64     `json:"due"`
	Calls   []CallRow `json:"calls"`
	Profile string    `json:"profile"`
	FIPS    bool      `json:"fips"`
	Daemon  bool      `json:"daemon"`
	Lines   int64     `json:"lines"` // typed so far
	State   string    `json:"state"` // UNINITIALIZED, INITIALIZED, ACTIVE
}

// views remember what readers were told last, to know when a section has changed.
type views struct {
	nodes remembered[NodeRow]
	keys  remembered[KeyRow]
	users remembered[UserRow]
	files remembered[FileRow]
}

// remembered is the last content of a section.
type remembered[Row any] struct {
	version int64
	rows    []Row
}

// section answers a reader who has a version with the rows that are there now.
func (r *remembered[Row]) section(rows []Row, since int64) Section[Row] {
	if r.version == 0 || !reflect.DeepEqual(r.rows, rows) {
		r.version++
		r.rows = rows
	}
	s := Section[Row]{Version: r.version, Rows: rows, Total: len(rows)}
	if since == r.version {
		s.Rows = nil
	}
	if s.Rows == nil {
		s.Rows = []Row{}
	}
	return s
}

// Cluster returns the HSMs, and the calls after a sequence number.
func (w *World) Cluster(since, calls int64) ClusterView {
	var v ClusterView
	_, due := w.Clock()
	w.machine.Do(func() {
		v.Section = w.views.nodes.section(w.nodeRows(), since)
		v.Now, v.Due, v.Daemon, v.Lines = w.cluster.Now, due, w.cluster.Daemon, w.lines
		v.State = string(w.cluster.State())
		v.FIPS = w.cluster.Nodes[0].HSM.Policy.FIPS
		v.Profile = "classic"
		if w.cluster.Settings.Late {
			v.Profile = "late"
		}
		v.Calls = []CallRow{}
		for _, e := range w.cluster.Events(calls) {
			v.Calls = append(v.Calls, CallRow{ID: fmt.Sprint("call-", e.Seq), Seq: e.Seq, Command: e.Command, Time: e.Time,
				From: e.From, Node: e.Node, Op: e.Op, Detail: e.Detail, Code: e.Code.Number()})
		}
	})
	return v
}

func (w *World) nodeRows() []NodeRow {
	keys := w.keyRows(0)
	var rows []NodeRow
	for _, n := range w.cluster.All() {
		id := n.HSM.Node
		g := w.cluster.GroupOf(id)
		row := NodeRow{ID: fmt.Sprint("hsm-", id), Node: id, IP: n.IP, Cluster: g.ID, Kin: w.kin(g), State: strings.Fields(stateOf(n))[0], Delay: n.Delay,
			Sync: n.SyncAt > 0 || w.cluster.Receiving(n), Users: len(n.HSM.Users), Tampered: n.HSM.Firmware != cluster.Firmware}
		for _, k := range keys {
			if slices.Contains(k.Nodes, id) {
				row.Keys++
			}
			if slices.Contains(k.Missing, id) {
				row.Missing++
			}
		}
		row.Differs = row.Missing > 0 || !w.sameUsers(n)
		rows = append(rows, row)
	}
	return rows
}

// kin is what a cluster is to the one that the daemon serves.
func (w *World) kin(g *cluster.Group) string {
	switch {
	case g == w.cluster.Group:
		return ""
	case g.Lineage != w.cluster.Lineage:
		return "unrelated"
	case g.Lineage == g.ID:
		return "original"
	}
	return "clone"
}

// sameUsers reports whether a node has the users of its cluster's first node.
func (w *World) sameUsers(n *cluster.Node) bool {
	return slices.EqualFunc(n.HSM.Users, w.cluster.GroupOf(n.HSM.Node).Nodes[0].HSM.Users, func(a, b *hsm.User) bool {
		return a == b || a.ID == b.ID && a.Name == b.Name && a.Type == b.Type && slices.Equal(a.Verifier, b.Verifier)
	})
}

// Keys returns the keys from one index on that contain the filter in handle, label, class, type or owner; visible tells about
// the user of a terminal. Total counts all that match.
func (w *World) Keys(since int64, terminal, from, count int, filter string) Section[KeyRow] {
	var s Section[KeyRow]
	user := w.userOf(terminal)
	w.machine.Do(func() {
		rows := w.keyRows(user)
		if filter = strings.ToLower(filter); filter != "" {
			rows = slices.DeleteFunc(rows, func(k KeyRow) bool { return !strings.Contains(k.text(), filter) })
		}
		s = w.views.keys.section(rows, since)
	})
	from = min(max(from, 0), len(s.Rows))
	s.Rows = s.Rows[from:]
	if count > 0 {
		s.Rows = s.Rows[:min(count, len(s.Rows))]
	}
	return s
}

// text is what a filter looks at.
func (k KeyRow) text() string {
	return strings.ToLower(fmt.Sprint(k.Handle, " ", k.Class, " ", k.Type, " ", k.Label, " ", k.KeyID, " ", k.OwnerName))
}

// keyRows returns every key by slot, with where it is. Clusters may have different keys under one handle.
func (w *World) keyRows(user int) []KeyRow {
	type placed struct {
		handle   uint32
		material *mech.Material
	}
	var rows []KeyRow
	at, seen := map[placed]int{}, map[uint32]bool{}
	for _, n := range w.cluster.All() {
		for _, k := range n.HSM.Keys {
			if k == nil {
				continue
			}
			i, known := at[placed{k.Handle, k.Material}]
			if !known {
				i = len(rows)
				at[placed{k.Handle, k.Material}] = i
				rows = append(rows, w.keyRow(n, k, user))
				if seen[k.Handle] {
					rows[i].ID += fmt.Sprint("-", n.HSM.Node)
				}
				seen[k.Handle] = true
			}
			rows[i].Nodes = append(rows[i].Nodes, n.HSM.Node)
		}
	}
	for i := range rows {
		if !rows[i].Session {
			rows[i].Missing = w.missing(rows[i].Nodes)
		}
	}
	sort.Slice(rows, func(i, j int) bool {
		a, b := hsm.Slot(rows[i].Handle), hsm.Slot(rows[j].Handle)
		return a < b || a == b && rows[i].ID < rows[j].ID
	})
	return rows
}

// missing returns the HSMs that lack a key which others of their cluster have.
func (w *World) missing(have []int) []int {
	missing := []int{}
	for _, g := range w.cluster.Groups {
		var lack []int
		for _, n := range g.Nodes {
			if !slices.Contains(have, n.HSM.Node) {
				lack = append(lack, n.HSM.Node)
			}
		}
		if len(lack) < len(g.Nodes) {
			missing = append(missing, lack...)
		}
	}
	return missing
}

// keyRow describes a key on a node.
func (w *World) keyRow(at *cluster.Node, k *hsm.Key, user int) KeyRow {
	m := k.Material
	row := KeyRow{ID: fmt.Sprint("key-", k.Handle), Handle: k.Handle, Class: m.Class.Name(), Type: m.Describe(), Label: k.Label, KeyID: k.ID,
		Owner: k.Owner, Shared: []int{}, Extractable: k.Has(attr.FlagExtractable), Session: k.Session != 0,
		KCV: hex.EncodeToString(m.KCV), Nodes: []int{}, Missing: []int{}, MValue: k.MValue, Visible: k.UsableBy(user)}
	row.Shared = append(row.Shared, k.Shared...)
	owner := at.HSM.UserByID(k.Owner)
	for _, n := range w.cluster.GroupOf(at.HSM.Node).Nodes {
		if owner == nil {
			owner = n.HSM.UserByID(k.Owner)
		}
	}
	if owner != nil {
		row.OwnerName = owner.Name
	}
	return row
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
func (w *World) Users(since int64) (s Section[UserRow]) {
	w.machine.Do(func() {
		var rows []UserRow
		for _, n := range w.cluster.All() {
			for _, u := range n.HSM.Users {
				i := slices.IndexFunc(rows, func(r UserRow) bool { return r.User == u.ID && r.Name == u.Name })
				if i < 0 {
					i = len(rows)
					id := fmt.Sprint("user-", u.ID)
					if slices.ContainsFunc(rows, func(r UserRow) bool { return r.User == u.ID }) {
						id += "-" + u.Name
					}
					rows = append(rows, UserRow{ID: id, User: u.ID, Name: u.Name, Type: string(u.Type), Password: cluster.SeedPassword(u)})
				}
				rows[i].Nodes = append(rows[i].Nodes, n.HSM.Node)
			}
		}
		sort.Slice(rows, func(i, j int) bool {
			a, b := rows[i], rows[j]
			return a.User < b.User || a.User == b.User && a.ID < b.ID
		})
		s = w.views.users.section(rows, since)
	})
	return s
}

package sim

import (
	"path"
	"slices"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
	"hsmplay/core/shell"
)

// effect is what a line has done.
type effect struct {
	made, gone, changed map[int]spread // keys by their handles
	tokens              int            // of those that are gone, token keys
	users, lost, others map[string]spread
	files               []string // written or deleted
	nodes               int      // that are reached otherwise, new or gone
	login, logout       string
	let                 map[string]spread // who is logged in now, and was not
	refused, works      bool
	anew                bool // there are other HSMs now
	several             bool // there is more than one cluster
	asks                bool
}

// spread is on how many HSMs something is, or was, and of how many.
type spread struct{ on, of int }

// effects types a line in a copy, and yes where it is asked whether it is meant.
func effects(w, f *World, terminal int, line string) (e effect) {
	var heard shell.Ended
	f.hears = &heard
	files := f.memory.Rows()
	before := w.Now(terminal)
	turn := f.Type(terminal, line)
	for range wouldAsks {
		if turn.State != Asks || turn.Hidden || !strings.Contains(turn.Prompt, "(y/n)") {
			break
		}
		turn = f.Type(terminal, "y")
	}
	code := retcode.Of(heard.Err)
	e.refused = code != retcode.Success && code != retcode.Local
	e.works, e.asks = turn.Works() && heard.Err == nil, turn.State == Asks
	e.made, e.gone, e.changed = map[int]spread{}, map[int]spread{}, map[int]spread{}
	e.users, e.lost, e.others = map[string]spread{}, map[string]spread{}, map[string]spread{}
	is, was := f.cluster, w.cluster
	e.several = len(is.Groups) > 1
	for _, n := range is.All() {
		old := was.Node(n.HSM.Node)
		e.anew = e.anew || was.Called(is.GroupOf(n.HSM.Node).ID) == nil || old != nil && old.HSM.Serial != n.HSM.Serial
		if old == nil || old.Reached() != n.Reached() {
			e.nodes++
		}
	}
	for _, n := range was.All() {
		if is.Node(n.HSM.Node) == nil {
			e.nodes++
		}
	}
	for _, handle := range allHandles(was, is) {
		a, b := having(was, handle), having(is, handle)
		switch {
		case a.on == 0:
			e.made[handle] = b
		case b.on == 0:
			e.gone[handle] = a
			if isToken(was, handle) {
				e.tokens++
			}
		case differs(was, is, handle):
			e.changed[handle] = b
		}
	}
	e.ofUsers(was, is)
	e.files = changedNames(files, f.memory.Rows())
	if turn.User != before.User {
		e.login, e.logout = turn.User, before.User
	}
	e.let = map[string]spread{}
	p := spread{of: len(is.Nodes)}
	for _, n := range is.Nodes {
		if old := was.Node(n.HSM.Node); e.login != "" && old != nil && openFor(n.HSM, e.login) > openFor(old.HSM, e.login) {
			p.on++
		}
	}
	if p.on > 0 {
		e.let[e.login] = p
	}
	return e
}

// allHandles are those of all keys of two clusters.
func allHandles(clusters ...*cluster.Cluster) (list []int) {
	for _, c := range clusters {
		for _, n := range c.All() {
			for _, k := range n.HSM.Keys {
				if k != nil {
					list = append(list, int(k.Handle))
				}
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// having are the HSMs that have a key, of those of their cluster.
func having(c *cluster.Cluster, handle int) (p spread) {
	for _, n := range c.All() {
		if n.HSM.At(uint32(handle)) != nil {
			p.on, p.of = p.on+1, len(c.GroupOf(n.HSM.Node).Nodes)
		}
	}
	return p
}

func isToken(c *cluster.Cluster, handle int) bool {
	return slices.ContainsFunc(c.All(), func(n *cluster.Node) bool {
		k := n.HSM.At(uint32(handle))
		return k != nil && k.Session == 0
	})
}

// differs reports whether an HSM that has a key in both has another row of it.
func differs(was, is *cluster.Cluster, handle int) bool {
	return slices.ContainsFunc(is.All(), func(n *cluster.Node) bool {
		old := was.Node(n.HSM.Node)
		if old == nil {
			return false
		}
		a, b := old.HSM.At(uint32(handle)), n.HSM.At(uint32(handle))
		return a != nil && b != nil && a != b
	})
}

// ofUsers counts the users that are new, gone, or have another password or key.
func (e *effect) ofUsers(was, is *cluster.Cluster) {
	has := func(c *cluster.Cluster, u *hsm.User, fits func(*hsm.User) bool) (p spread) {
		for _, n := range c.All() {
			if o := n.HSM.UserByID(u.ID); o != nil && o.Name == u.Name && fits(o) {
				p.on, p.of = p.on+1, len(c.GroupOf(n.HSM.Node).Nodes)
			}
		}
		return p
	}
	any := func(*hsm.User) bool { return true }
	for _, n := range is.All() {
		for _, u := range n.HSM.Users {
			if has(was, u, any).on == 0 {
				e.users[u.Name] = has(is, u, any)
			} else if old := was.Node(n.HSM.Node); old != nil {
				o := old.HSM.UserByID(u.ID)
				if o != nil && (string(o.Salt) != string(u.Salt) || string(o.Quorum) != string(u.Quorum) || string(o.TwoFA) != string(u.TwoFA)) {
					e.others[u.Name] = has(is, u, any)
				}
			}
		}
	}
	for _, n := range was.All() {
		for _, u := range n.HSM.Users {
			if has(is, u, any).on == 0 {
				e.lost[u.Name] = has(was, u, any)
			}
		}
	}
}

// changedNames are the files that are new, gone or written, by their last names.
func changedNames(was, is []*shell.File) (names []string) {
	rows := map[string]*shell.File{}
	for _, f := range was {
		rows[f.Path] = f
	}
	for _, f := range is {
		if old := rows[f.Path]; old != f && !f.IsDir() {
			names = append(names, path.Base(f.Path))
		}
		delete(rows, f.Path)
	}
	for name, f := range rows {
		if !f.IsDir() {
			names = append(names, path.Base(name))
		}
	}
	slices.Sort(names)
	return names
}

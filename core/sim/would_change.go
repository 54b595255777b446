package sim

import (
	"bytes"
	"slices"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/shell"
)

// change is in what a copy of the world differs from what it was.
type change struct {
	keys  []rowChange[hsm.Key]
	users []rowChange[hsm.User]
	nodes []nodeChange
	files []fileChange
}

// rowChange is a row of HSMs that has changed: on how many it was, on which it is. One of was and is
// is nil where it is new or gone.
type rowChange[T any] struct {
	id      int // a handle, a number
	was, is *T
	had     int
	on      []int // the HSMs that have it
	fresh   []int // those that have it now and had it not
	missing int   // of those that had it and are there still, how many have it not
}

// made, gone and changed tell what has become of the row.
func (r rowChange[T]) made() bool    { return r.had == 0 && len(r.on) > 0 }
func (r rowChange[T]) gone() bool    { return r.had > 0 && len(r.on) == 0 }
func (r rowChange[T]) changed() bool { return r.had > 0 && len(r.on) > 0 }

// nodeChange is an HSM that can be reached otherwise, is new or gone.
type nodeChange struct{ was, is *cluster.Node }

// fileChange is a file that is new, gone or has another content.
type fileChange struct{ was, is *shell.File }

// changeOf compares the copy with what it was.
func (d *dryRun) changeOf() (c change) {
	keys, users := &rowChanges[hsm.Key]{at: map[int]int{}}, &rowChanges[hsm.User]{at: map[int]int{}}
	is := d.f.cluster
	for _, n := range is.All() {
		was := d.was.Node(n.HSM.Node)
		if was == nil {
			c.nodes = append(c.nodes, nodeChange{nil, n})
			continue
		}
		if was.Up != n.Up || was.Isolated != n.Isolated || was.Delay != n.Delay || was.HSM.Firmware != n.HSM.Firmware {
			c.nodes = append(c.nodes, nodeChange{was, n})
		}
		for slot := range max(len(was.HSM.Keys), len(n.HSM.Keys)) {
			a, b := element(was.HSM.Keys, slot), element(n.HSM.Keys, slot)
			if a != b {
				keys.differ(a, b, func(k *hsm.Key) int { return int(k.Handle) })
			}
		}
		for _, u := range n.HSM.Users {
			if old := was.HSM.UserByID(u.ID); old != u {
				users.differ(old, u, func(u *hsm.User) int { return u.ID })
			}
		}
		for _, u := range was.HSM.Users {
			if n.HSM.UserByID(u.ID) == nil {
				users.differ(u, nil, func(u *hsm.User) int { return u.ID })
			}
		}
	}
	for _, n := range d.was.All() {
		if is.Node(n.HSM.Node) == nil {
			c.nodes = append(c.nodes, nodeChange{n, nil})
		}
	}
	for i := range keys.list {
		place(&keys.list[i], d.was, is, func(h *hsm.HSM, id int) bool { return h.At(uint32(id)) != nil })
	}
	for i := range users.list {
		place(&users.list[i], d.was, is, func(h *hsm.HSM, id int) bool { return h.UserByID(id) != nil })
	}
	c.keys, c.users, c.files = keys.list, users.list, d.changedFiles()
	return c
}

// element is an element of a list, nil behind its end.
func element[T any](list []*T, i int) *T {
	if i < len(list) {
		return list[i]
	}
	return nil
}

// rowChanges is a list of rows that differ, each once.
type rowChanges[T any] struct {
	list []rowChange[T]
	at   map[int]int
}

// differ takes down two rows of an HSM that are not the same; one may be nil.
func (l *rowChanges[T]) differ(was, is *T, id func(*T) int) {
	for _, row := range []struct{ was, is *T }{{was, nil}, {nil, is}} {
		if row.was == nil && row.is == nil {
			continue
		}
		number := 0
		if row.was != nil {
			number = id(row.was)
		} else {
			number = id(row.is)
		}
		i, known := l.at[number]
		if !known {
			i = len(l.list)
			l.at[number] = i
			l.list = append(l.list, rowChange[T]{id: number})
		}
		if row.was != nil {
			l.list[i].was = row.was
		}
		if row.is != nil {
			l.list[i].is = row.is
		}
	}
}

// place looks where a row was and is.
func place[T any](r *rowChange[T], was, is *cluster.Cluster, has func(*hsm.HSM, int) bool) {
	for _, n := range was.All() {
		if has(n.HSM, r.id) {
			r.had++
		}
	}
	for _, n := range is.All() {
		old := was.Node(n.HSM.Node)
		had, has := old != nil && has(old.HSM, r.id), has(n.HSM, r.id)
		switch {
		case has && !had:
			r.fresh = append(r.fresh, n.HSM.Node)
		case had && !has:
			r.missing++
		}
		if has {
			r.on = append(r.on, n.HSM.Node)
		}
	}
}

// changedFiles compares the instance's files, but for directories; one that is written anew with the
// same content counts.
func (d *dryRun) changedFiles() (list []fileChange) {
	was, is := d.files, d.f.memory.Rows()
	name := func(f *shell.File) string { return f.Path }
	for len(was) > 0 || len(is) > 0 {
		var c fileChange
		order := first(was, is, name)
		if order <= 0 && len(was) > 0 {
			c.was, was = was[0], was[1:]
		}
		if order >= 0 && len(is) > 0 {
			c.is, is = is[0], is[1:]
		}
		if c.was != c.is && !(c.was != nil && c.is != nil && c.was.IsDir()) {
			list = append(list, c)
		}
	}
	return list
}

// lost reports whether a file had something in it that is there no more.
func (f fileChange) lost() bool {
	return f.was != nil && len(f.was.Data) > 0 && (f.is == nil || !bytes.HasPrefix(f.is.Data, f.was.Data))
}

// sessionKeys are how many keys of those that are gone lived in sessions.
func (c change) sessionKeys() (n int) {
	for _, k := range c.keys {
		if k.gone() && k.was.Session != 0 {
			n++
		}
	}
	return n
}

// those are the keys for which something holds.
func (c change) those(holds func(rowChange[hsm.Key]) bool) []rowChange[hsm.Key] {
	return slices.DeleteFunc(slices.Clone(c.keys), func(k rowChange[hsm.Key]) bool { return !holds(k) })
}

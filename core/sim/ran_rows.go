package sim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/shell"
)

// tables are the rows of a world at one moment, to tell by comparing pointers what has changed
// since.
type tables struct {
	nodes []nodeTables
	files []*shell.File
}

// nodeTables are the rows of an HSM, and how it can be reached.
type nodeTables struct {
	up, cut bool
	delay   int64
	keys    []*hsm.Key
	users   []*hsm.User
}

// fork returns a copy that goes its own way.
func (t *tables) fork() tables {
	f := tables{nodes: slices.Clone(t.nodes), files: t.files}
	for i := range f.nodes {
		f.nodes[i].keys = slices.Clone(f.nodes[i].keys)
	}
	return f
}

// changed returns the ids of the rows that have changed since the last call, as core/view has them,
// and remembers how they are now.
func (t *tables) changed(w *World) []string {
	found := ids{list: []string{}}
	t.remember(w, &found)
	return found.list
}

// remember takes down how the rows are now, and tells which have changed; nil is nobody to tell.
func (t *tables) remember(w *World, found *ids) {
	all := w.cluster.All()
	for i, n := range all {
		if i == len(t.nodes) {
			t.nodes = append(t.nodes, nodeTables{})
		}
		t.nodes[i].compare(n, found)
	}
	t.nodes = t.nodes[:len(all)]
	if rows := w.memory.Rows(); !slices.Equal(t.files, rows) {
		differences(t.files, rows, func(f *shell.File) string { return f.Path }, func(f *shell.File) { found.add("file-" + f.Path) })
		t.files = rows
	}
}

// compare looks at an HSM.
func (t *nodeTables) compare(n *cluster.Node, found *ids) {
	if t.up != n.Up || t.cut != n.Isolated || t.delay != n.Delay {
		found.number("hsm-", n.HSM.Node)
	}
	t.up, t.cut, t.delay = n.Up, n.Isolated, n.Delay
	t.compareKeys(n.HSM.Keys, found)
	if !slices.Equal(t.users, n.HSM.Users) {
		number := func(u *hsm.User) string { return fmt.Sprintf("%08d", u.ID) }
		differences(t.users, n.HSM.Users, number, func(u *hsm.User) { found.number("user-", u.ID) })
		t.users = slices.Clone(n.HSM.Users)
	}
}

// compareKeys looks at the keys of an HSM, slot by slot.
func (t *nodeTables) compareKeys(keys []*hsm.Key, found *ids) {
	t.keys = append(t.keys, make([]*hsm.Key, max(len(keys)-len(t.keys), 0))...)
	for slot, was := range t.keys {
		var is *hsm.Key
		if slot < len(keys) {
			is = keys[slot]
		}
		if was == is {
			continue
		}
		for _, k := range []*hsm.Key{was, is} {
			if k != nil {
				found.number("key-", int(k.Handle))
			}
		}
		t.keys[slot] = is
	}
}

// differences tells of the rows that are in one of two tables only; both are in the order of the
// names.
func differences[T any](was, is []*T, name func(*T) string, tell func(*T)) {
	for len(was) > 0 || len(is) > 0 {
		switch order := first(was, is, name); {
		case order < 0:
			tell(was[0])
			was = was[1:]
		case order > 0:
			tell(is[0])
			is = is[1:]
		default:
			if was[0] != is[0] {
				tell(is[0])
			}
			was, is = was[1:], is[1:]
		}
	}
}

// first is negative where the first table's next row comes first, 0 where both have it.
func first[T any](was, is []*T, name func(*T) string) int {
	switch {
	case len(is) == 0:
		return -1
	case len(was) == 0:
		return 1
	}
	return strings.Compare(name(was[0]), name(is[0]))
}

// ids is a list without repetitions.
type ids struct {
	list []string
	seen map[string]bool
}

func (l *ids) number(kind string, n int) {
	if l != nil {
		l.add(kind + strconv.Itoa(n))
	}
}

func (l *ids) add(id string) {
	if l == nil || l.seen[id] {
		return
	}
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	l.seen[id] = true
	l.list = append(l.list, id)
}

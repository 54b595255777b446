package sim

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
	"hsmplay/core/shell"
)

// Outline is what differs between two points.
type Outline struct {
	Rows   []Change   `json:"rows"`
	More   int        `json:"more"` // rows beside those
	Audit  []Logged   `json:"audit"`
	Undone []PointRow `json:"undone"` // commands that the second point is without, the newest first
	Done   []PointRow `json:"done"`   // commands that it has beside
}

// Change is a row that only one of two points has, or that is another one there.
type Change struct {
	ID   string `json:"id"`   // as the read model has it: key-7
	Kind string `json:"kind"` // hsm, user, key, file
	How  string `json:"how"`  // made, gone, changed
	Name string `json:"name"` // 7, ann, out.pem
	Says string `json:"says"` // a few words about it
}

// Logged is how many lines an HSM's audit log has more than at the other point, less than none where
// it has fewer, and its newest lines.
type Logged struct {
	Node  int      `json:"node"`
	Lines int      `json:"lines"`
	Texts []string `json:"texts"`
}

// loggedMax is how many lines of an audit log are told.
const loggedMax = 20

// outline compares two roots.
func outline(from, to *root) Outline {
	o := Outline{Rows: []Change{}, Audit: []Logged{}}
	a, b := nodesOf(from), nodesOf(to)
	for _, number := range slices.Sorted(maps.Keys(merged(a, b))) {
		o.node(a[number], b[number])
	}
	o.keys(handles(from, a, b, to), a, b)
	o.users(a, b)
	differences(from.memory.Rows(), to.memory.Rows(), func(f *shell.File) string { return f.Path }, func(f *shell.File) {
		_, was := from.memory.Stat(f.Path)
		_, is := to.memory.Stat(f.Path)
		o.add(Change{ID: "file-" + f.Path, Kind: "file", How: how(was == nil, is == nil), Name: strings.TrimPrefix(f.Path, shell.Home+"/"), Says: fmt.Sprintf("%d bytes", f.Size())})
	})
	return o
}

// located is an HSM of a root, with its keys.
type located struct {
	*cluster.Node
	chunks [][]*hsm.Key
}

// at returns the key of a handle, nil for none.
func (l located) at(handle uint32) *hsm.Key {
	if slot := hsm.Slot(handle); l.Node != nil && slot/chunk < len(l.chunks) && slot%chunk < len(l.chunks[slot/chunk]) {
		if k := l.chunks[slot/chunk][slot%chunk]; k != nil && k.Handle == handle {
			return k
		}
	}
	return nil
}

func nodesOf(r *root) map[int]located {
	all := map[int]located{}
	for i, n := range r.nodes() {
		all[n.HSM.Node] = located{n, r.keys[i]}
	}
	return all
}

func merged(a, b map[int]located) map[int]bool {
	all := map[int]bool{}
	for _, m := range []map[int]located{a, b} {
		for number := range m {
			all[number] = true
		}
	}
	return all
}

func how(was, is bool) string {
	switch {
	case !was:
		return "made"
	case !is:
		return "gone"
	}
	return "changed"
}

func (o *Outline) add(c Change) {
	if len(o.Rows) == 4*outlineMax {
		o.More++
		return
	}
	o.Rows = append(o.Rows, c)
}

// node compares an HSM, and its audit log.
func (o *Outline) node(was, is located) {
	n := is.Node
	if n == nil {
		n = was.Node
	}
	number := n.HSM.Node
	row := Change{ID: fmt.Sprint("hsm-", number), Kind: "hsm", How: how(was.Node != nil, is.Node != nil), Name: fmt.Sprint(number), Says: state(is.Node)}
	if was.Node == nil || is.Node == nil || state(was.Node) != state(is.Node) {
		o.add(row)
	}
	var before, after []*hsm.Entry
	if was.Node != nil {
		before = was.HSM.Audit.Entries
	}
	if is.Node != nil {
		after = is.HSM.Audit.Entries
	}
	same := 0
	if n := min(len(before), len(after)); n > 0 && before[n-1] == after[n-1] {
		same = n
	}
	if len(before) == same && len(after) == same {
		return
	}
	l := Logged{Node: number, Lines: len(after) - len(before), Texts: []string{}}
	for _, e := range after[max(same, len(after)-loggedMax):] {
		text, _, _ := strings.Cut(string(e.Opcode)+" "+e.User, "\n")
		if text = strings.TrimSpace(text); e.Code != retcode.Success {
			text += " (refused)"
		}
		l.Texts = append(l.Texts, text)
	}
	o.Audit = append(o.Audit, l)
}

// state says in a few words how an HSM can be reached.
func state(n *cluster.Node) string {
	switch {
	case n == nil:
		return ""
	case !n.Up:
		return "stopped"
	case n.Isolated:
		return "isolated"
	case n.Delay > 0:
		return fmt.Sprintf("up, %d ms away", n.Delay)
	}
	return "up"
}

// handles are those of the keys whose rows are not all the same.
func handles(from *root, a, b map[int]located, to *root) []uint32 {
	found := map[uint32]bool{}
	for number := range merged(a, b) {
		was, is := a[number].chunks, b[number].chunks
		for i := range max(len(was), len(is)) {
			var x, y []*hsm.Key
			if i < len(was) {
				x = was[i]
			}
			if i < len(is) {
				y = is[i]
			}
			if sameChunk(x, y) {
				continue
			}
			for j := range max(len(x), len(y)) {
				var p, q *hsm.Key
				if j < len(x) {
					p = x[j]
				}
				if j < len(y) {
					q = y[j]
				}
				if p == q {
					continue
				}
				for _, k := range []*hsm.Key{p, q} {
					if k != nil {
						found[k.Handle] = true
					}
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// keys compares keys, each over all HSMs.
func (o *Outline) keys(handles []uint32, a, b map[int]located) {
	for _, handle := range handles {
		was, _ := holding(a, handle)
		is, on := holding(b, handle)
		k := is
		if k == nil {
			k = was
		}
		says := k.Material.Type.Show() + " " + k.Material.Class.Name()
		if k.Label != "" {
			says += fmt.Sprintf(" %q", k.Label)
		}
		if len(on) > 0 {
			says += fmt.Sprintf(", on HSM %s", strings.Trim(fmt.Sprint(on), "[]"))
		}
		o.add(Change{ID: fmt.Sprint("key-", handle), Kind: "key", How: how(was != nil, is != nil), Name: fmt.Sprint(handle), Says: says})
	}
}

// holding returns a key, and the HSMs that hold it.
func holding(nodes map[int]located, handle uint32) (k *hsm.Key, on []int) {
	for _, number := range slices.Sorted(maps.Keys(nodes)) {
		if held := nodes[number].at(handle); held != nil {
			k, on = held, append(on, number)
		}
	}
	return k, on
}

// users compares users, each over all HSMs.
func (o *Outline) users(a, b map[int]located) {
	type rows struct{ was, is []*hsm.User }
	all := map[int]*rows{}
	note := func(nodes map[int]located, to func(*rows) *[]*hsm.User) {
		for _, number := range slices.Sorted(maps.Keys(nodes)) {
			for _, u := range nodes[number].HSM.Users {
				if all[u.ID] == nil {
					all[u.ID] = &rows{}
				}
				list := to(all[u.ID])
				*list = append(*list, u)
			}
		}
	}
	note(a, func(r *rows) *[]*hsm.User { return &r.was })
	note(b, func(r *rows) *[]*hsm.User { return &r.is })
	for _, id := range slices.Sorted(maps.Keys(all)) {
		r := all[id]
		if slices.Equal(r.was, r.is) {
			continue
		}
		u := append(r.is, r.was...)[0]
		o.add(Change{ID: fmt.Sprint("user-", id), Kind: "user", How: how(len(r.was) > 0, len(r.is) > 0), Name: u.Name, Says: string(u.Type)})
	}
}

// kinds are the kinds of rows, and what several of them are called, in the order of a sentence.
var kinds = []struct{ kind, one, many string }{
	{"key", "key", "keys"}, {"user", "user", "users"}, {"file", "file", "files"}, {"hsm", "HSM", "HSMs"},
}

// namesMax is how many names a sentence has of a kind.
const namesMax = 4

// sentence says what was changed, "" for nothing. What an HSM has logged alone does not count.
func (o Outline) sentence() string {
	var parts []string
	for _, deed := range []struct{ how, says string }{{"made", "made"}, {"changed", "changed"}, {"gone", "removed"}} {
		for _, kind := range kinds {
			var names []string
			for _, c := range o.Rows {
				if c.Kind == kind.kind && c.How == deed.how {
					names = append(names, c.Name)
				}
			}
			if len(names) > 0 {
				noun := kind.one
				if len(names) > 1 {
					noun = kind.many
				}
				parts = append(parts, deed.says+" "+noun+" "+few(names))
			}
		}
	}
	if len(parts) == 0 {
		return ""
	}
	text := strings.Join(parts, ", ")
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// whoLogged says who has logged in between two roots, or out; "" for nobody.
func whoLogged(from, to *root) string {
	was, is := loginsOf(from), loginsOf(to)
	for _, name := range slices.Sorted(maps.Keys(is)) {
		if is[name] > was[name] {
			return "Logged " + name + " in."
		}
	}
	for _, name := range slices.Sorted(maps.Keys(was)) {
		if was[name] > is[name] {
			return "Logged " + name + " out."
		}
	}
	return ""
}

// loginsOf counts the logins of each user on all HSMs.
func loginsOf(r *root) map[string]int {
	logins := map[string]int{}
	for _, n := range r.nodes() {
		for _, s := range n.HSM.Sessions {
			for _, u := range n.HSM.Users {
				if u.ID == s.User {
					logins[u.Name]++
				}
			}
		}
	}
	return logins
}

// few lists names, of many only how many more.
func few(names []string) string {
	if len(names) > namesMax {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:namesMax-1], ", "), len(names)-namesMax+1)
	}
	if len(names) > 1 {
		return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
	}
	return names[0]
}

package sim

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/internal/jsonrow"
	"hsmplay/core/mech"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// Errors of Load.
var (
	ErrNoWorld  = errors.New("sim: the rows hold no world")
	ErrTooNew   = errors.New("sim: the world was saved by a newer version")
	errBadChunk = errors.New("sim: a row of keys or users has a wrong name")
	errBadFile  = errors.New("sim: the row of a file has a wrong name")
)

// loader reads rows.
type loader struct {
	rows      map[string]string
	names     []string // sorted, so that errors are the same each time
	materials map[int64]*mech.Material
	keys      map[uint32][]*hsm.Key // by handle: rows that HSMs shared are shared again
	chunks    map[string][]*hsm.Key
	users     map[string]*hsm.User
	old       bool // of a version that did not say what is in it
	sure      bool // that the rows are what they were
}

func newLoader(rows map[string]string) *loader {
	l := &loader{rows: rows, materials: map[int64]*mech.Material{}, keys: map[uint32][]*hsm.Key{},
		chunks: map[string][]*hsm.Key{}, users: map[string]*hsm.User{}}
	for name := range rows {
		l.names = append(l.names, name)
	}
	slices.Sort(l.names)
	return l
}

// Load returns the world of saved rows with its terminals open as they were, but for open questions
// and waits. It fails on rows that Save did not write; the options' cluster settings count for
// nothing.
func Load(rows map[string]string, o Options) (*World, error) {
	l := newLoader(rows)
	saved, err := l.world()
	if err != nil {
		return nil, err
	}
	c, halfMade, err := cluster.Restore(saved.Snapshot, o.Source)
	if err != nil {
		return nil, err
	}
	memory, err := l.memory()
	if err != nil {
		return nil, err
	}
	if !saved.Modern {
		if err := memory.Put(configuredCLI(c)); err != nil {
			return nil, err
		}
	}
	c.NumberFrom(o.Wall << 8) // no engine before has made so many calls
	w := build(o, c, memory)
	w.ran.call = c.LastEvent()
	w.lines, w.seen, w.saver.loaded = saved.Lines, saved.Seen, l.names
	w.progress = saved.Way.known()
	if err := l.ran(&w.ran, saved.Ran); err != nil {
		return nil, err
	}
	terminals, err := l.terminals()
	if err != nil {
		return nil, err
	}
	for _, t := range terminals { // once all can be
		w.machine.Restore(t)
	}
	l.processes(w)
	w.machine.Do(c.EndOrphans)
	if halfMade > 0 {
		w.restored = append(w.restored, shell.Render(voice.Say(voice.HalfMade, "count", halfMade)))
	}
	return w, nil
}

// world reads cluster and HSMs.
func (l *loader) world() (savedWorld, error) {
	var saved savedWorld
	if l.rows[rowWorld] == "" {
		return saved, ErrNoWorld
	}
	if err := json.Unmarshal([]byte(l.rows[rowWorld]), &saved); err != nil {
		return saved, err
	}
	switch {
	case saved.Version > Version:
		return saved, ErrTooNew
	case saved.Version < 1:
		return saved, ErrNoWorld
	}
	if saved.Version < Version {
		l.rows, l.old = maps.Clone(l.rows), true // the host keeps its own
		for _, migrate := range migrations[saved.Version-1:] {
			if err := migrate(l.rows); err != nil {
				return saved, err
			}
		}
		return l.world()
	}
	if err := l.whole(); err != nil && !l.sure {
		return saved, err
	}
	if err := l.readMaterials(); err != nil {
		return saved, err
	}
	for _, g := range saved.Groups {
		for _, id := range g.Members {
			if len(saved.Nodes) == cluster.NodesMax {
				return saved, ErrNoWorld
			}
			n, err := l.node(id)
			if err != nil {
				return saved, err
			}
			saved.Nodes = append(saved.Nodes, n)
		}
		if err := l.peopled(saved.Nodes[len(saved.Nodes)-len(g.Members):]); err != nil {
			return saved, err
		}
	}
	var err error
	saved.Backups, err = l.backups(saved.Kept)
	return saved, err
}

// peopled returns NotWhole for HSMs of an old save whose users are missing: only a cluster that is
// not initialized, which is one HSM without keys, has none.
func (l *loader) peopled(nodes []cluster.Node) error {
	fresh := len(nodes) == 1 && !slices.ContainsFunc(nodes[0].HSM.Keys, func(k *hsm.Key) bool { return k != nil })
	for _, n := range nodes {
		if l.old && len(n.HSM.Users) == 0 && !fresh {
			return NotWhole{fmt.Sprintf("HSM %d has no users", n.HSM.Node)}
		}
	}
	return nil
}

func (l *loader) readMaterials() error {
	for _, name := range l.names {
		number, ok := strings.CutPrefix(name, rowMaterial)
		if !ok {
			continue
		}
		id, err := strconv.ParseInt(number, 10, 64)
		m, broken := hsm.LoadMaterial(l.rows[name])
		if err = errors.Join(err, broken); err != nil {
			return err
		}
		l.materials[id] = m
	}
	return nil
}

// node reads an HSM with its keys and users.
func (l *loader) node(id int) (cluster.Node, error) {
	name := rowNode + fmt.Sprint(id)
	n := cluster.Node{}
	if err := json.Unmarshal([]byte(l.rows[name]), &n); err != nil {
		return n, err
	}
	if n.HSM == nil || n.HSM.Node != id || slices.Contains(n.HSM.Sessions, nil) ||
		slices.Contains(n.HSM.Quorum.Tokens, nil) {
		return n, ErrNoWorld
	}
	n.HSM.Keys, n.HSM.Users = nil, nil // they have rows of their own
	begin, _ := slices.BinarySearch(l.names, name+"/")
	for _, row := range l.names[begin:] {
		var err error
		switch {
		case isRow(row, name+"/keys/"):
			err = l.readKeys(n.HSM, row)
		case isRow(row, name+"/users/"):
			err = l.readUsers(n.HSM, row)
		case isRow(row, name+"/audit/"):
			err = readAudit(n.HSM, l.rows[row])
		case !isRow(row, name+"/"):
			sortAudit(n.HSM)
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
	sortAudit(n.HSM)
	return n, nil
}

// sortAudit puts the entries of an audit log in their order: its rows are read by name.
func sortAudit(h *hsm.HSM) {
	slices.SortFunc(h.Audit.Entries, func(a, b *hsm.Entry) int { return cmp.Compare(a.Seq, b.Seq) })
}

// readKeys puts the keys of a row into an HSM. Rows that read the same are read once, so that HSMs
// that agree share their keys again.
func (l *loader) readKeys(h *hsm.HSM, name string) error {
	keys, known := l.chunks[l.rows[name]]
	if !known {
		var err error
		if keys, err = l.parseKeys(l.rows[name]); err != nil {
			return err
		}
		l.chunks[l.rows[name]] = keys
	}
	for _, k := range keys {
		if slot := hsm.Slot(k.Handle); slot < len(h.Keys) && h.Keys[slot] != nil {
			return errBadChunk
		}
		h.Put(k)
	}
	return nil
}

func (l *loader) parseKeys(row string) (keys []*hsm.Key, err error) {
	var list []*savedKey
	if !jsonrow.Read(row, codedKeys(&list)) {
		list = nil
		if err := json.Unmarshal([]byte(row), &list); err != nil {
			return nil, err
		}
	}
	for _, saved := range list {
		if saved == nil {
			continue
		}
		k := &saved.Key
		k.Label, k.ID = whole(k.Label, saved.LabelBytes), whole(k.ID, saved.IDBytes)
		if k.Material = l.materials[saved.Material]; k.Material == nil || hsm.Slot(k.Handle) > hsm.HSM2.Row().KeysMax*2 {
			return nil, errBadChunk
		}
		keys = append(keys, l.shared(k))
	}
	return keys, nil
}

// shared returns the key that was read before, where one is the same.
func (l *loader) shared(k *hsm.Key) *hsm.Key {
	same := func(o *hsm.Key) bool { return reflect.DeepEqual(o, k) }
	if i := slices.IndexFunc(l.keys[k.Handle], same); i >= 0 {
		return l.keys[k.Handle][i]
	}
	l.keys[k.Handle] = append(l.keys[k.Handle], k)
	return k
}

func (l *loader) readUsers(h *hsm.HSM, name string) error {
	users, err := l.parseUsers(l.rows[name])
	for _, u := range users {
		h.PutUser(u)
	}
	return err
}

func (l *loader) parseUsers(row string) (users []*hsm.User, err error) {
	var list []json.RawMessage
	if err := json.Unmarshal([]byte(row), &list); err != nil {
		return nil, err
	}
	for _, text := range list {
		u := l.users[string(text)]
		if u == nil {
			u = &hsm.User{}
			saved := savedUser{User: u}
			if err := json.Unmarshal(text, &saved); err != nil {
				return nil, err
			}
			u.Name = whole(u.Name, saved.NameBytes)
			l.users[string(text)] = u
		}
		users = append(users, u)
	}
	return users, nil
}

// readAudit adds the entries of a row to an audit log.
func readAudit(h *hsm.HSM, row string) error {
	entries, err := hsm.LoadEntries(row)
	if err != nil {
		return err
	}
	if slices.Contains(entries, nil) {
		return errBadChunk
	}
	h.Audit.Entries = append(h.Audit.Entries, entries...)
	return nil
}

func (l *loader) memory() (*shell.Memory, error) {
	var files []*shell.File
	for _, name := range l.names {
		if !isRow(name, rowFile+"/") {
			continue
		}
		f := &shell.File{}
		saved := savedFile{File: f}
		if err := json.Unmarshal([]byte(l.rows[name]), &saved); err != nil {
			return nil, err
		}
		f.Link = string(saved.Link)
		if rowFile+f.Path != name || path.Clean(f.Path) != f.Path || f.IsLink() != (f.Link != "") {
			return nil, errBadFile
		}
		files = append(files, f)
	}
	m := shell.NewMemory(files)
	return m, m.Check()
}

package sim

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/shell"
	"hsmplay/core/view"
)

// Version is the version of a saved world. A change of its form adds a function to migrations.
const Version = 3

// A saved world is rows of JSON by name, so that a host stores only what has changed:
//
//	sum                 how many rows there are of each kind, and a digest
//	world               clock, settings, chance
//	node/0              an HSM without its keys and users
//	node/0/keys/0       its keys in slots 0 to 31, as keyRows
//	node/0/users/0      its users 0 to 31 of the list
//	node/0/audit/0      the entries 0 to 7 of its audit log
//	material/7          key material, stored once however many HSMs hold it
//	backup/backup-…     a backup without its users and keys
//	page/8              some users or keys of backups, stored once however many backups hold it
//	file/home/…         a file
//	terminal/1          a terminal; see save_terminal.go for its variables and lines
//	ran/1/0             what ran in a terminal, its lines 0 to 7
//	process/17          a tool that runs on the host
const (
	rowWorld    = "world"
	rowNode     = "node/"
	rowMaterial = "material/"
	rowBackup   = "backup/"
	rowPage     = "page/"
	rowFile     = "file"
	rowTerminal = "terminal/"
	rowProcess  = "process/"
)

// chunk is how many keys or users stand in one row.
const chunk = 32

// savedWorld is the row world.
type savedWorld struct {
	Version int
	Lines   int64
	Seen    int64    `json:",omitempty"` // see [World.See]
	Ran     int64    // the number of the last line of what ran
	Kept    []string // the ids of the backups, the oldest first
	Way     progress // how far the learner has come
	Modern  bool     `json:",omitempty"` // the instance has a configuration of Client SDK 5, or somebody has deleted it
	cluster.Snapshot
}

// saver remembers what was saved, to tell what has changed.
type saver struct {
	rows      map[string]string       // small rows, compared as text
	keys      map[string][][]*hsm.Key // by the row of the HSM, row by row; compared by pointer, as all below
	made      map[int]keyRow          // the last one of each index, whichever HSM's
	users     map[string][]*hsm.User
	audit     map[string][]*hsm.Entry // by node
	files     map[string]*shell.File
	ran       map[string][]*view.RanRow
	lines     map[string]typedLines
	variables map[string]*shell.Variable // the first of a list that stays as it is
	materials map[*mech.Material]*stored
	pages     map[*cluster.Page]*stored
	backups   []*cluster.Backup
	next      int64
	same      map[int64]*stored // by numbers that are made from texts; nil: numbers are counted
	sums      map[string]uint64 // of the saved rows, by name
	sum       *sum
	loaded    []string // the rows that the world was loaded from, until the first call of Changes
}

// stored is key material, or a page of backups, that has a row.
type stored struct {
	id   int64
	used int    // in how many places of the saved rows
	text string // of key material, which stays as it is
}

// Save returns all rows of the world.
func (w *World) Save() map[string]string {
	whole := w.Whole()
	rows := make(map[string]string, len(whole))
	for name, row := range whole {
		rows[name] = *row
	}
	return rows
}

// Whole returns all rows of the world in the form that Changes has. The next call of Changes
// returns what it would have without.
func (w *World) Whole() map[string]*string {
	kept := w.saver
	defer func() { w.saver = kept }()
	// the numbers stay those of the rows that are stored already
	w.saver = saver{next: kept.next, materials: unused(kept.materials), pages: unused(kept.pages), made: maps.Clone(kept.made),
		sums: make(map[string]uint64, len(kept.sums)), sum: &sum{Rows: map[string]int{}}}
	return w.Changes()
}

// unused returns numbers as if no row used them.
func unused[K comparable](kept map[K]*stored) map[K]*stored {
	numbers := make(map[K]*stored, len(kept))
	for key, row := range kept {
		numbers[key] = &stored{id: row.id, text: row.text}
	}
	return numbers
}

// Changes returns the rows that have changed since the last call, nil for those that are to be
// deleted. The first call returns all rows, and deletes those that a loaded world has no more.
func (w *World) Changes() map[string]*string {
	c := w.saver.look()
	w.machine.Do(func() { c.moment(w.moment()) })
	for _, t := range w.machine.Terminals() {
		c.terminal(t.Save())
	}
	c.forget()
	for _, name := range w.saver.loaded {
		if _, is := c.rows[name]; !is {
			c.rows[name] = nil
		}
	}
	w.saver.loaded = nil
	c.sum()
	return c.rows
}

// look begins a look at a world.
func (s *saver) look() *changes {
	s.prepare()
	return &changes{saver: s, rows: map[string]*string{}, seen: map[string]bool{}}
}

func (s *saver) prepare() {
	if s.rows == nil {
		s.rows, s.keys, s.users = map[string]string{}, map[string][][]*hsm.Key{}, map[string][]*hsm.User{}
		s.audit, s.ran = map[string][]*hsm.Entry{}, map[string][]*view.RanRow{}
		s.files = map[string]*shell.File{}
		s.lines, s.variables = map[string]typedLines{}, map[string]*shell.Variable{}
	}
	if s.made == nil {
		s.made = map[int]keyRow{}
	}
	if s.materials == nil {
		s.materials, s.pages = map[*mech.Material]*stored{}, map[*cluster.Page]*stored{}
	}
}

// changes is one look at the world.
type changes struct {
	saver *saver
	rows  map[string]*string
	seen  map[string]bool
}

// moment is a world at one moment, without its terminals.
type moment struct {
	world     savedWorld
	nodes     []*cluster.Node // with their keys
	memory    *shell.Memory
	logs      []terminalLog
	processes []restingProcess
}

// moment returns the world as it is now. It is called under the world's lock.
func (w *World) moment() moment {
	m := moment{world: savedWorld{Lines: w.lines, Seen: w.seen, Ran: w.ran.seq, Way: w.progress, Snapshot: w.cluster.Bare()},
		nodes: w.cluster.All(), memory: w.memory, logs: w.ran.logs}
	for _, p := range w.processes {
		m.processes = append(m.processes, restingProcess{p.id, p.save()})
	}
	return m
}

// moment looks at everything but the terminals.
func (c *changes) moment(m moment) {
	for _, n := range m.nodes {
		c.node(*n)
	}
	m.world.Version, m.world.Modern = Version, true
	for _, b := range m.world.Backups {
		m.world.Kept = append(m.world.Kept, b.ID)
	}
	c.small(rowWorld, m.world)
	c.backups(m.world.Backups)
	for _, f := range m.memory.Rows() {
		name := rowFile + f.Path
		c.seen[name] = true
		if c.saver.files[name] != f {
			c.saver.files[name] = f
			c.put(name, savedFile{f, raw(f.Link)})
		}
	}
	for _, l := range m.logs {
		c.ran(l)
	}
	for _, p := range m.processes {
		c.small(rowProcess+p.id, p.saved)
	}
}

// node looks at an HSM.
func (c *changes) node(n cluster.Node) {
	name := rowNode + fmt.Sprint(n.HSM.Node)
	c.keys(name, n.HSM.Keys)
	for i, users := range slices.Collect(slices.Chunk(n.HSM.Users, chunk)) {
		list(c, c.saver.users, name+"/users/"+strconv.Itoa(i), users, savedUsers)
	}
	c.audit(name, n.HSM.Audit.Entries)
	bare := *n.HSM
	bare.Keys, bare.Users = nil, nil
	n.HSM = &bare
	c.small(name, n)
}

// list looks at a row of values that are compared each by pointer; as is how they are saved.
func list[T comparable, S any](c *changes, stored map[string][]T, name string, rows []T, as func([]T) S) {
	c.seen[name] = true
	if !slices.Equal(stored[name], rows) {
		stored[name] = slices.Clone(rows)
		c.put(name, as(rows))
	}
}

// small looks at a row that is compared as text.
func (c *changes) small(name string, value any) {
	c.seen[name] = true
	if text := marshal(value); c.saver.rows[name] != text {
		c.saver.rows[name] = text
		c.rows[name] = &text
	}
}

func (c *changes) put(name string, value any) { c.text(name, marshal(value)) }

func (c *changes) text(name, text string) { c.rows[name] = &text }

// forget deletes the rows that were not seen.
func (c *changes) forget() {
	for name := range c.saver.keys {
		if !c.seen[name] {
			c.keys(name, nil)
			delete(c.saver.keys, name)
		}
	}
	forgetIn(c, c.saver.rows)
	forgetIn(c, c.saver.users)
	forgetIn(c, c.saver.ran)
	for name, entries := range c.saver.audit {
		if !c.seen[name] {
			c.dropAudit(name, entries)
		}
	}
	forgetIn(c, c.saver.files)
	for name, t := range c.saver.lines {
		if !c.seen[name] {
			c.dropLines(name, t)
		}
	}
}

func forgetIn[V any](c *changes, stored map[string]V) {
	for name := range stored {
		if !c.seen[name] {
			delete(stored, name)
			c.rows[name] = nil
		}
	}
}

// marshal writes plain data as JSON.
func marshal(value any) string {
	data, err := json.Marshal(value)
	if err != nil { // plain data always marshals
		panic("sim: " + err.Error())
	}
	return string(data)
}

// isRow reports whether a row's name begins so.
func isRow(name, prefix string) bool { return strings.HasPrefix(name, prefix) }

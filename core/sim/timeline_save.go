package sim

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
)

// A timeline is kept by its host beside the world, as rows:
//
//	head          where the world stands, and the branches
//	points/3      the points 96 to 127 as they are shown
//
// and of each point the rows of its world that differ from those of the point before it in the
// store, whatever branch that is on; now and then all rows. See save.go for their names: there is
// no row sum, and key material and pages are numbered by what they are.
const (
	rowHead   = "head"
	rowPoints = "points/"
)

// LineVersion is the version of a kept timeline.
const LineVersion = 1

// Sizes of a kept timeline.
const (
	pointsPage = 32      // points in a row
	wholeAfter = 64      // points, at least, before all rows of one are kept again
	wholeLeast = 1 << 16 // and bytes of rows since
)

// Kept is what has changed of a timeline since the host has asked last.
type Kept struct {
	Rows   map[string]*string // nil deletes
	Worlds []KeptWorld        // of new points, in the order of their ids
	Gone   []int64            // points that are no more; what the rows of the next point lack of theirs is to be put there
	Hidden []string           // passwords that came to light: *** is to stand for them in all rows of what ran
	More   bool               // there is more to ask for at once
}

// KeptWorld is the world of a point as rows.
type KeptWorld struct {
	ID    int64
	Whole bool               // all rows; else those that differ from the point's before it
	Rows  map[string]*string // nil deletes
}

// keptHead is the row head.
type keptHead struct {
	Version  int
	At       int64
	Seq      int64  // of what had run there
	Gist     string // of the world there
	Now      int64  // the branch
	Last     int64
	Used     int64
	Branches []keptBranch
}

// keptBranch is a branch; its points are runs of numbers: the first, the last, and the step between.
type keptBranch struct {
	ID, Used int64
	Points   [][3]int64
}

// keptPoint is a point without its world.
type keptPoint struct {
	PointRow
	Seq    int64  `json:"seq"`
	Digest string `json:"digest"` // "" while its world is not kept
}

// keeper remembers what a host keeps of a timeline.
type keeper struct {
	saver  saver // as the world of the last point was saved
	fresh  []*point
	kept   map[int64]*point // points with their worlds
	pages  map[int64]bool   // of points, that have changed
	head   string
	hidden []string
	gone   []int64
	since  int // points since all rows of one were kept
	bytes  int // and bytes of rows
	whole  int // bytes of all rows then
}

func (k *keeper) add(p *point) {
	k.fresh = append(k.fresh, p)
	k.change(p)
}

// change notes that a point is shown in another way.
func (k *keeper) change(p *point) {
	if k.pages == nil {
		k.pages = map[int64]bool{}
	}
	k.pages[p.ID/pointsPage] = true
}

// points are all points, by id.
func (t *Timeline) points() map[int64]*point {
	all := map[int64]*point{}
	for _, b := range t.branches {
		for _, p := range b.points {
			all[p.ID] = p
		}
	}
	return all
}

// forget looks for points that no branch has any more.
func (t *Timeline) forget() {
	k, all := &t.keeper, t.points()
	for _, p := range k.fresh {
		p.gone = all[p.ID] == nil
	}
	k.fresh = slices.DeleteFunc(k.fresh, func(p *point) bool { return p.gone })
	for _, id := range slices.Sorted(maps.Keys(k.kept)) {
		if all[id] == nil {
			k.gone = append(k.gone, id)
			k.change(k.kept[id])
			delete(k.kept, id)
		}
	}
}

// Kept returns what has changed since the last call: the worlds of at most count points.
func (t *Timeline) Kept(count int) Kept {
	k := &t.keeper
	kept := Kept{Rows: map[string]*string{}}
	if k.kept == nil {
		k.kept = map[int64]*point{}
	}
	n := min(count, len(k.fresh))
	for _, p := range k.fresh[:n] {
		kept.Worlds = append(kept.Worlds, k.world(p))
		k.change(p)
	}
	k.fresh = slices.Clone(k.fresh[n:])
	if kept.More = len(k.fresh) > 0; kept.More {
		return kept // a host that stops here goes on without these points
	}
	kept.Gone, kept.Hidden, k.gone, k.hidden = k.gone, k.hidden, nil, nil
	t.keepPages(kept.Rows)
	if head := marshal(t.head()); head != k.head {
		k.head, kept.Rows[rowHead] = head, &head
	}
	return kept
}

// world returns the world of a point as rows.
func (k *keeper) world(p *point) KeptWorld {
	w := KeptWorld{ID: p.ID, Whole: k.saver.same == nil || k.since >= wholeAfter && k.bytes > max(k.whole, wholeLeast)}
	if w.Whole {
		k.saver, k.since, k.bytes, k.whole = saver{same: map[int64]*stored{}}, 0, 0, 0
	}
	c := k.saver.look()
	c.moment(p.root.moment())
	for _, s := range p.root.rest.Terminals {
		c.terminal(s)
	}
	c.forget()
	c.sum()
	delete(c.rows, rowSum)
	w.Rows = c.rows
	p.digest = k.saver.sum.digest
	for name := range k.saver.ran {
		p.digest -= k.saver.sums[name]
	}
	for name, row := range c.rows {
		k.bytes += len(name)
		if row != nil {
			k.bytes += len(*row)
		}
	}
	if k.since++; w.Whole {
		k.whole, k.bytes = k.bytes, 0
	}
	k.kept[p.ID] = p
	return w
}

// moment is the world of the root for a saver.
func (r *root) moment() moment {
	return moment{world: savedWorld{Lines: r.lines, Ran: r.ran.seq, Way: r.progress, Snapshot: r.cluster.Bare()},
		nodes: r.whole(), memory: r.memory, logs: r.ran.logs, processes: r.processes}
}

// keepPages returns the rows of the points that have changed.
func (t *Timeline) keepPages(rows map[string]*string) {
	if len(t.keeper.pages) == 0 {
		return
	}
	pages := map[int64][]keptPoint{}
	for _, p := range t.points() {
		if page := p.ID / pointsPage; t.keeper.pages[page] {
			pages[page] = append(pages[page], keptPoint{p.row(), p.seq, digestText(p.digest)})
		}
	}
	for _, page := range slices.Sorted(maps.Keys(t.keeper.pages)) {
		name, list := rowPoints+strconv.FormatInt(page, 10), pages[page]
		rows[name] = nil
		if len(list) > 0 {
			slices.SortFunc(list, func(a, b keptPoint) int { return cmp.Compare(a.ID, b.ID) })
			text := marshal(list)
			rows[name] = &text
		}
	}
	t.keeper.pages = nil
}

func digestText(digest uint64) string {
	if digest == 0 {
		return ""
	}
	return strconv.FormatUint(digest, 16)
}

// head returns the row head.
func (t *Timeline) head() keptHead {
	h := keptHead{Version: LineVersion, At: t.at.ID, Seq: t.at.seq, Gist: digestText(t.seen.gist()), Now: t.now.id, Last: t.last, Used: t.used}
	for _, b := range t.branches {
		row := keptBranch{ID: b.id, Used: b.used}
		for _, p := range b.points {
			row.add(p.ID)
		}
		h.Branches = append(h.Branches, row)
	}
	return h
}

// add adds a point to the last run where it goes on with its step.
func (b *keptBranch) add(id int64) {
	if n := len(b.Points); n > 0 {
		run := &b.Points[n-1]
		if step := id - run[1]; run[0] == run[1] || step == run[2] {
			run[1], run[2] = id, step
			return
		}
	}
	b.Points = append(b.Points, [3]int64{id, id, 1})
}

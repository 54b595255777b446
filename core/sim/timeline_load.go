package sim

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/shell"
)

// ErrForeign is the error of rows that no timeline has written, or that are another one's.
var ErrForeign = errors.New("sim: the rows are not of this timeline")

// recalledMax is how many worlds are held that were recalled: they share no rows with others.
const recalledMax = 8

// Join puts a timeline that a host has kept before this one: what was done in the world since it
// was loaded goes on from the point where it stood then. The worlds of its points are away until
// they are recalled, see [Timeline.Recall]. It fails with ErrForeign, and then changes nothing.
func (t *Timeline) Join(rows map[string]string) error {
	old, head, err := readLine(rows)
	if err != nil {
		return err
	}
	k, first := &t.keeper, t.branches[0].points[0]
	same := head.Seq == first.seq && head.Gist == digestText(first.root.gist())
	for _, p := range t.points() {
		p.ID += old.last
		p.Depth += old.at.Depth + 1
		if same {
			p.Depth--
		}
	}
	old.graft(t, same)
	if same && t.at == first {
		t.at = old.at
	}
	t.branches, t.now, t.last, t.used = old.branches, old.now, t.last+old.last, t.used+old.used
	if same {
		k.fresh = slices.DeleteFunc(k.fresh, func(p *point) bool { return p == first })
	}
	k.kept, k.pages = map[int64]*point{}, nil
	for id, p := range t.points() {
		if p.root == nil {
			k.kept[id] = p
		}
	}
	for _, p := range k.fresh {
		k.change(p)
	}
	if t.prune() {
		t.forget()
	}
	return nil
}

// graft takes the branches of a timeline over that goes on from the point where this one stands;
// same: its first point is that point.
func (t *Timeline) graft(on *Timeline, same bool) {
	before := t.now.upTo(t.at)
	tip := len(before) == len(t.now.points)
	was := t.now
	for i, b := range on.branches {
		after := b.points
		if same {
			after = after[1:]
		}
		to := b
		switch {
		case i > 0 || !tip && len(after) > 0:
			b.id, b.used, b.points = b.id+t.last, b.used+t.used, slices.Concat(before, after)
			t.branches = append(t.branches, b)
		case tip:
			to, was.points = was, slices.Concat(before, after)
		default:
			to = was
		}
		if b == on.now {
			t.now, to.used = to, t.used+on.used
		}
	}
}

// readLine reads a timeline whose worlds are away.
func readLine(rows map[string]string) (*Timeline, keptHead, error) {
	var head keptHead
	if json.Unmarshal([]byte(rows[rowHead]), &head) != nil || head.Version != LineVersion || len(head.Branches) > branchesMax {
		return nil, head, ErrForeign
	}
	points, err := readPoints(rows, head.Last)
	if err != nil {
		return nil, head, err
	}
	t := &Timeline{last: head.Last, used: head.Used, at: points[head.At]}
	for _, row := range head.Branches {
		b := &branch{id: row.ID, used: row.Used}
		if b.points, err = row.read(points); err != nil {
			return nil, head, err
		}
		t.branches = append(t.branches, b)
		if b.id == head.Now {
			t.now = b
		}
	}
	if t.now == nil || t.at == nil || !slices.Contains(t.now.points, t.at) || head.Last > idMax || head.Used > idMax {
		return nil, head, ErrForeign
	}
	return t, head, nil
}

// Limits of what is read.
const (
	idMax     = 1 << 48
	keptMost  = branchesMax * (2*pointsMax + 2*thinned)
	depthMost = 1 << 40
)

// readPoints reads the points by id.
func readPoints(rows map[string]string, last int64) (map[int64]*point, error) {
	points := map[int64]*point{}
	for name, text := range rows {
		if !isRow(name, rowPoints) {
			continue
		}
		var list []keptPoint
		if json.Unmarshal([]byte(text), &list) != nil || len(points)+len(list) > keptMost {
			return nil, ErrForeign
		}
		for _, row := range list {
			digest, err := strconv.ParseUint(row.Digest, 16, 64)
			if err != nil || row.ID < 1 || row.ID > last || row.Depth < 0 || row.Depth > depthMost || points[row.ID] != nil {
				return nil, ErrForeign
			}
			points[row.ID] = &point{PointRow: row.PointRow, seq: row.Seq, digest: digest}
		}
	}
	return points, nil
}

// read returns the points of a branch.
func (b keptBranch) read(all map[int64]*point) (points []*point, err error) {
	for _, run := range b.Points {
		for id := run[0]; id <= run[1]; id += run[2] {
			p := all[id]
			if run[2] < 1 || p == nil || len(points) > 0 && points[len(points)-1].ID >= id {
				return nil, ErrForeign
			}
			points = append(points, p)
		}
	}
	if len(points) == 0 {
		return nil, ErrForeign
	}
	return points, nil
}

// Away returns those points of some whose worlds are to be recalled before one goes there, or
// compares them.
func (t *Timeline) Away(ids ...int64) []int64 {
	away := []int64{}
	for _, id := range ids {
		if _, p := t.find(id); p != nil && p.root == nil {
			away = append(away, id)
		}
	}
	return away
}

// Recall brings the world of a point back from its rows. It fails with ErrNoPoint, with ErrForeign
// for rows that are not those of the point, and for what [Load] fails.
func (t *Timeline) Recall(w *World, id int64, rows map[string]string) error {
	_, p := t.find(id)
	switch {
	case p == nil:
		return ErrNoPoint
	case p.root != nil:
		return nil
	case lineDigest(rows) != p.digest:
		return ErrForeign
	}
	r, err := readRoot(rows, w.options)
	if err != nil {
		return err
	}
	p.root = r
	if t.recalled = append(t.recalled, p); len(t.recalled) > recalledMax {
		i := slices.IndexFunc(t.recalled, func(p *point) bool { return p != t.at })
		t.recalled[i].root = nil
		t.recalled = slices.Delete(t.recalled, i, i+1)
	}
	return nil
}

// lineDigest is the digest of a point's rows, but for what ran: a password may come to light there.
func lineDigest(rows map[string]string) uint64 {
	digest := sumOf(rows).digest
	for name, text := range rows {
		if isRow(name, rowRan) {
			digest -= fingerprint(name, text)
		}
	}
	return digest
}

// readRoot reads a world at one moment.
func readRoot(rows map[string]string, o Options) (*root, error) {
	l := newLoader(rows)
	l.sure = true
	saved, err := l.world()
	if err != nil {
		return nil, err
	}
	r := &root{options: o, lines: saved.Lines, progress: saved.Way.known()}
	if r.cluster, _, err = cluster.Restore(saved.Snapshot, o.Source); err != nil {
		return nil, err
	}
	if r.memory, err = l.memory(); err != nil {
		return nil, err
	}
	if err := l.ran(&r.ran, saved.Ran); err != nil {
		return nil, err
	}
	terminals, err := l.terminals()
	if err != nil {
		return nil, err
	}
	r.rest = shell.Rested(terminals)
	for _, name := range l.names {
		var saved savedProcess
		if isRow(name, rowProcess) && json.Unmarshal([]byte(l.rows[name]), &saved) == nil {
			r.processes = append(r.processes, restingProcess{name[len(rowProcess):], saved})
		}
	}
	for i, n := range r.cluster.All() {
		var beside [][]*hsm.Key
		if i > 0 {
			beside = r.keys[0]
		}
		r.keys = append(r.keys, chunked(n.HSM.Keys, beside))
		n.HSM.Keys = nil
	}
	return r, nil
}

package sim

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/view"
)

// Limits of a timeline.
const (
	pointsMax   = 1000 // the newest points of a branch, of which all are kept
	thinned     = 50   // of the older ones each so-manieth is
	branchesMax = 8
	outlineMax  = 64 // rows of a difference, of each kind
)

// Errors of a timeline.
var (
	ErrNoPoint = errors.New("sim: the timeline has no such point")
	ErrBusy    = errors.New("sim: a command runs, asks or waits")
	ErrAway    = errors.New("sim: the world of the point is to be recalled first")
)

// Timeline is the points of a world: one for each command that has ended, and one for how it began.
// One can go back to any of them and on from there; what came after it stays, as another branch. An
// open question or a wait is no point. Begin with [NewTimeline]; the host serialises the calls.
type Timeline struct {
	branches []*branch
	now      *branch
	at       *point // where the world stands
	seen     *root  // the world when it was looked at last
	last     int64  // number of the last point
	used     int64
	seq      int64 // of what ran, when the world was looked at last
	keeper   keeper
	recalled []*point
}

// branch is a way through the points, from the first one on. Branches share points.
type branch struct {
	id     int64
	used   int64
	points []*point
}

// point is a world after a command. What the command has done is worked out when somebody looks:
// most points are never looked at.
type point struct {
	PointRow
	root   *root  // nil: it is to be recalled
	from   *root  // the world before it, until Says is known
	seq    int64  // of what ran
	digest uint64 // of the rows that the host keeps of it
	gone   bool   // no branch has it any more
}

// row is the point as it is shown.
func (p *point) row() PointRow {
	if p.from != nil {
		done := strings.TrimSpace(whoLogged(p.from, p.root) + " " + outline(p.from, p.root).sentence())
		if done != "" && p.Says != "" { // refused, and yet something is another: a count of failed logins
			done = strings.TrimSuffix(p.Says, ".") + ". " + done
		}
		p.Says = cmp.Or(done, p.Says, "Nothing has changed.")
		p.from = nil
	}
	return p.PointRow
}

// age lets go what an old point must not keep for the rest of a session: the world of one that goes,
// and the calls of its time.
func (p *point) age() {
	p.row()
	if p.root != nil && p.root.cluster != nil {
		p.root.cluster.ForgetEvents()
	}
}

// PointRow is a point as it is shown.
type PointRow struct {
	ID       int64  `json:"id"`
	Depth    int    `json:"depth"` // how many commands come before it
	Time     int64  `json:"time"`  // simulated milliseconds
	Terminal int    `json:"terminal"`
	Line     string `json:"line"` // without secrets; "" for what was done beside the terminals
	Tool     string `json:"tool"`
	Failed   bool   `json:"failed"`
	Says     string `json:"says"`  // one sentence about what it has done
	Ahead    int    `json:"ahead"` // how many other branches go on from it
}

// BranchRow is a branch as it is shown: the point that it parts at from the branch that the world
// is on, and its last one.
type BranchRow struct {
	ID   int64    `json:"id"`
	From int64    `json:"from"`
	More int      `json:"more"` // points after From
	Last PointRow `json:"last"`
}

// NewTimeline begins a timeline with the world as it is.
func NewTimeline(w *World) *Timeline {
	t := &Timeline{}
	t.now = &branch{id: 1}
	t.branches = []*branch{t.now}
	w.machine.Do(func() {
		t.seq, w.timed = w.ran.seq, true
		t.add(&point{PointRow: PointRow{Time: w.cluster.Now, Says: "The world as it was found."}, root: w.root(nil)})
	})
	return t
}

// Take adds a point where a command has ended since the last one, and reports whether one has. It
// is called after everything that may end one.
func (t *Timeline) Take(w *World) (took bool) {
	w.machine.Do(func() {
		if w.ran.seq != t.seq {
			took = t.take(w, w.ran.since(t.seq))
		}
	})
	return took
}

// refusalSaid is what was wrong with a line in words: of a reason of an HSM what it means.
func refusalSaid(refusal string) string {
	for _, row := range hsm.Reasons {
		if string(row.Reason) == refusal {
			return "Refused: " + row.Means + "."
		}
	}
	return refusal
}

// take adds a point for rows of what ran. It is called under the world's lock.
func (t *Timeline) take(w *World, rows []*view.RanRow) bool {
	for _, r := range rows {
		if term := w.machine.Terminal(r.Terminal); term != nil && !term.Idle() {
			return false
		}
	}
	row := PointRow{Time: w.cluster.Now}
	var secrets []string
	if len(rows) > 0 {
		last := rows[len(rows)-1] // of a line of bash, bash's own row: it ends last
		row.Terminal, row.Line, row.Tool = last.Terminal, last.Line, last.Tool
		row.Failed = last.Status != 0 || last.Code != nil && *last.Code != 0
		if row.Failed {
			row.Says = refusalSaid(last.Refusal)
		}
		secrets = w.ran.hidden
	}
	t.seq = w.ran.seq
	t.add(&point{PointRow: row, root: w.root(t.seen), from: t.seen})
	for _, secret := range secrets {
		t.hide(secret)
	}
	w.ran.hidden = nil
	return true
}

// add appends a point behind the one where the world stands: to its branch if that ends there, else
// to a new branch.
func (t *Timeline) add(p *point) {
	t.last++
	t.used++
	p.ID = t.last
	if t.at != nil {
		p.Depth = t.at.Depth + 1
		if i := slices.Index(t.now.points, t.at); i < len(t.now.points)-1 {
			t.now = &branch{id: p.ID, points: slices.Clone(t.now.points[:i+1])}
			t.branches = append(t.branches, t.now)
		}
	}
	t.at, t.seen, p.seq = p, p.root, p.root.ran.seq
	points := append(t.now.points, t.at)
	t.now.used, t.now.points = t.used, thin(points)
	t.keeper.add(t.at)
	if t.prune() || len(t.now.points) < len(points) {
		t.forget()
	}
}

// prune drops the branches that are too many, those first that were used least recently.
func (t *Timeline) prune() (pruned bool) {
	for ; len(t.branches) > branchesMax; pruned = true {
		oldest := slices.MinFunc(t.branches, func(a, b *branch) int { return int(a.used - b.used) })
		t.branches = slices.DeleteFunc(t.branches, func(b *branch) bool { return b == oldest })
	}
	return pruned
}

// thin leaves out points that are too many.
func thin(points []*point) []*point {
	old := len(points) - pointsMax
	if old < thinned || points[len(points)-1].Depth%thinned != 0 { // now and then is enough
		return points
	}
	kept := slices.DeleteFunc(slices.Clone(points[:old]), func(p *point) bool { return p.Depth%thinned != 0 })
	for _, p := range kept {
		p.age()
	}
	if len(kept) > pointsMax {
		kept = slices.Delete(kept, 1, len(kept)-pointsMax+1)
	}
	return append(kept, points[old:]...)
}

// find returns a point and a branch that it is on: rather the one that the world is on.
func (t *Timeline) find(id int64) (*branch, *point) {
	for _, b := range append([]*branch{t.now}, t.branches...) {
		if i := slices.IndexFunc(b.points, func(p *point) bool { return p.ID == id }); i >= 0 {
			return b, b.points[i]
		}
	}
	return nil, nil
}

// Go returns the world of a point; the one before is [World.Shut] by the caller. It fails with
// ErrNoPoint, and with ErrBusy while a command runs, asks or waits. What was done since the last
// point beside the terminals becomes a point first. Both worlds have the same host.
func (t *Timeline) Go(w *World, id int64) (*World, error) {
	b, p := t.find(id)
	switch {
	case p == nil:
		return nil, ErrNoPoint
	case p.root == nil:
		return nil, ErrAway
	}
	for _, term := range w.machine.Terminals() {
		if !term.Idle() {
			return nil, ErrBusy
		}
	}
	t.Take(w)
	var call int64
	w.machine.Do(func() {
		call = w.cluster.LastEvent()
		if outline(t.seen, w.root(t.seen)).sentence() != "" {
			t.take(w, nil)
			b, p = t.find(id)
		}
	})
	t.now, t.at, t.seen = b, p, p.root
	t.used++
	b.used = t.used
	next := p.root.world(call)
	next.options.Listen = w.options.Listen
	next.saver, next.seen, next.timed = w.saver, w.seen, true
	t.seq = next.ran.seq
	return next, nil
}

// TimelineView is the points of the branch that the world is on, the newest first, and the other
// branches.
type TimelineView struct {
	At       int64       `json:"at"`
	Total    int         `json:"total"` // points of this branch
	Points   []PointRow  `json:"points"`
	Branches []BranchRow `json:"branches"`
}

// View returns count points from an index on.
func (t *Timeline) View(from, count int) TimelineView {
	v := TimelineView{At: t.at.ID, Total: len(t.now.points), Points: []PointRow{}, Branches: []BranchRow{}}
	ahead := map[int64]int{}
	for _, b := range t.branches {
		if b == t.now {
			continue
		}
		n := 0
		for n < len(b.points) && n < len(t.now.points) && b.points[n] == t.now.points[n] {
			n++
		}
		row := BranchRow{ID: b.id, More: len(b.points) - n, Last: b.points[len(b.points)-1].row()}
		if n > 0 {
			row.From = b.points[n-1].ID
			ahead[row.From]++
		}
		v.Branches = append(v.Branches, row)
	}
	for i := len(t.now.points) - 1 - max(from, 0); i >= 0 && len(v.Points) < count; i-- {
		row := t.now.points[i].row()
		row.Ahead = ahead[row.ID]
		v.Points = append(v.Points, row)
	}
	return v
}

// Differs tells what differs between two points: rows, and the commands from one to the other. It
// fails with ErrNoPoint.
func (t *Timeline) Differs(from, to int64) (Outline, error) {
	a, p := t.find(from)
	b, q := t.find(to)
	switch {
	case p == nil || q == nil:
		return Outline{}, ErrNoPoint
	case p.root == nil || q.root == nil:
		return Outline{}, ErrAway
	}
	o := outline(p.root, q.root)
	o.Undone, o.Done = ways(a.upTo(p), b.upTo(q))
	return o, nil
}

// upTo are the points of a branch up to one.
func (b *branch) upTo(p *point) []*point { return b.points[:slices.Index(b.points, p)+1] }

// ways are the commands that lead from the end of one way to that of another: those that are not on
// the other, the newest first, and then those of the other alone.
func ways(from, to []*point) (undone, done []PointRow) {
	n := 0
	for n < len(from) && n < len(to) && from[n] == to[n] {
		n++
	}
	undone, done = []PointRow{}, []PointRow{}
	for _, p := range slices.Backward(from[n:]) {
		undone = append(undone, p.row())
	}
	for _, p := range to[n:] {
		done = append(done, p.row())
	}
	return undone[:min(len(undone), outlineMax)], done[:min(len(done), outlineMax)]
}

// hide takes a password out of all that the points have of lines: it may have been typed before it
// was known for one.
func (t *Timeline) hide(secret string) {
	if len(secret) < hsm.PasswordMin {
		return
	}
	had := false
	seen := map[*view.RanRow]bool{}
	for _, b := range t.branches {
		for _, p := range b.points {
			if strings.Contains(p.Line, secret) {
				had, p.Line = true, strings.ReplaceAll(p.Line, secret, command.Hidden)
				t.keeper.change(p)
			}
			if p.root == nil {
				had = true // for all that is known here
				continue
			}
			for _, l := range p.root.ran.logs {
				if len(l.rows) == 0 || seen[l.rows[len(l.rows)-1]] {
					continue
				}
				had = p.root.ran.hide(secret) || had
				break
			}
			for _, l := range p.root.ran.logs {
				if len(l.rows) > 0 {
					seen[l.rows[len(l.rows)-1]] = true
				}
			}
		}
	}
	if had {
		t.keeper.hidden = append(t.keeper.hidden, secret)
	}
}

// since are the rows after a sequence number, in their order.
func (r *ran) since(seq int64) (rows []*view.RanRow) {
	for _, l := range r.logs {
		for i := len(l.rows); i > 0 && l.rows[i-1].Seq > seq; i-- {
			rows = append(rows, l.rows[i-1])
		}
	}
	slices.SortFunc(rows, func(a, b *view.RanRow) int { return int(a.Seq - b.Seq) })
	return rows
}

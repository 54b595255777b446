package lesson

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/view"
)

// watch is a step under way: when it began, and what names mean.
type watch struct {
	step    *Step
	lesson  *Lesson
	begin   *stage          // the world when the step began
	since   int64           // what had run by then
	was     map[string]bool // the rows that were there
	kept    names           // that earlier steps have bound
	binders []Goal          // of earlier steps, by which names can be bound anew
	prints  []fingerprint   // of the wrong tries without predicates; nil until one is needed
}

// newWatch begins a step in a world.
func newWatch(l *Lesson, step int, s *stage, kept names, binders []Goal) *watch {
	w := &watch{step: &l.Steps[step], lesson: l, begin: s.fork(), since: lastSeq(s.world), kept: kept, binders: binders}
	w.was = newEyes(s.world).present()
	return w
}

// eyes look at the world as the step is to see it.
func (w *watch) eyes(s *stage) *eyes {
	e := newEyes(s.world)
	e.since, e.was, e.tabs, e.tongue = max(w.since, s.after), w.was, s.tabs, w.lesson.tongue
	return e
}

// look finds out which goals are met.
func (w *watch) look(e *eyes) outcome {
	o := e.meet(w.step.Lets, w.step.Goals, w.kept)
	if o.all() {
		return o
	}
	again := w.binders
	again = slices.DeleteFunc(slices.Clone(again), func(g Goal) bool {
		return !slices.ContainsFunc(bound([]Goal{g}), func(name string) bool { return uses(w.step.Goals, name) })
	})
	if len(again) == 0 {
		return o
	}
	for _, g := range again {
		if len(e.candidates(g, w.kept.without(bound(again)))) == 0 {
			return o
		}
	}
	anew := e.meet(slices.Concat(again, w.step.Lets), w.step.Goals, w.kept.without(bound(again)))
	if anew.count > o.count {
		return anew
	}
	return o
}

// uses reports whether goals have a name.
func uses(goals []Goal, name string) bool {
	return slices.ContainsFunc(goals, func(g Goal) bool {
		return slices.ContainsFunc(g.all(), func(t Test) bool { return t.name() == name })
	})
}

// names are what names mean now: those of the goals that are met, and those that only bind.
func (w *watch) names(s *stage) names {
	e := w.eyes(s)
	n := w.look(e).names
	for _, g := range slices.Concat(w.lesson.Lets, w.step.Lets) {
		if list := e.candidates(g, n); len(list) > 0 {
			n = list[0].names
		}
	}
	return n
}

// failed is the sentence of the first predicate by which the step cannot be reached any more, ""
// for none.
func (w *watch) failed(e *eyes, n names) string {
	for _, g := range w.step.Fails {
		if e.meet(nil, []Goal{g}, n).all() {
			return n.fill(g.Says)
		}
	}
	return ""
}

// fingerprint is what came of lines: the last command with its answer, and what is missing.
type fingerprint string

// print is the fingerprint of what a terminal has run last.
func (w *watch) print(e *eyes, o outcome, terminal int) fingerprint {
	var b strings.Builder
	rows := e.world.Ran(terminal, e.since)
	if len(rows) > 0 {
		r := rows[len(rows)-1]
		fmt.Fprintln(&b, heard{RanRow: r}.answered(nil), r.Refusal)
	}
	for _, m := range e.misses(w.step.Goals, o) {
		fmt.Fprint(&b, m.Goal)
		for _, d := range m.Differs {
			if d.test.name() == "" {
				fmt.Fprint(&b, " ", d.Field, "=", d.Found)
			}
		}
		fmt.Fprintln(&b)
	}
	return fingerprint(b.String())
}

// caught is a wrong try that has come of what was done, with the names that its sentence has.
type caught struct {
	*Wrong
	names names
}

// wrongs are the wrong tries that have come of what was done: those whose predicates are met, then
// the one that has left the same behind.
func (w *watch) wrongs(e *eyes, o outcome, terminal int) (all []caught) {
	for i := range w.step.Wrong {
		t := &w.step.Wrong[i]
		if t.Seen == nil {
			continue
		}
		if seen := e.meet(w.step.Lets, t.Seen, o.names); seen.all() {
			all = append(all, caught{t, seen.names})
		}
	}
	w.makePrints()
	now := w.print(e, o, terminal)
	for i := range w.step.Wrong {
		if w.step.Wrong[i].Seen == nil && w.prints[i] == now {
			return append(all, caught{&w.step.Wrong[i], o.names})
		}
	}
	return all
}

// again reports whether what ran after a line has done a wrong try once more.
func (w *watch) again(s *stage, c caught, o outcome, line int64) bool {
	if !slices.ContainsFunc(c.Seen, func(g Goal) bool { return g.Subject == "ran" && !g.counted() }) {
		return false
	}
	e := w.eyes(s)
	e.since = max(e.since, line)
	return e.meet(w.step.Lets, c.Seen, o.names).all()
}

// makePrints tries the wrong lines on copies of the step's beginning.
func (w *watch) makePrints() {
	if w.prints != nil {
		return
	}
	w.prints = make([]fingerprint, len(w.step.Wrong))
	for i, t := range w.step.Wrong {
		if t.Seen != nil {
			continue
		}
		s := w.begin.fork()
		s.play(t.Lines, func() names { return w.names(s) })
		e := w.eyes(s)
		w.prints[i] = w.print(e, w.look(e), s.lastTab(t.Lines))
		s.world.Shut()
	}
}

// lastTab is the terminal that the last of lines goes to.
func (s *stage) lastTab(lines []string) int {
	n, _ := parted(lines[len(lines)-1])
	return s.tab(n)
}

// end are the names and the binders that the next step begins with.
func (w *watch) end(o outcome) (kept names, binders []Goal) {
	binders = slices.Clone(w.binders)
	for _, g := range slices.Concat(w.step.Lets, w.step.Goals) {
		if !g.counted() && g.Subject != "ran" && len(bound([]Goal{g})) > 0 {
			binders = append(binders, g)
		}
	}
	return o.names, binders
}

// firstNames are what the lesson's own names mean in the world that it begins in.
func (l *Lesson) firstNames(s *stage) names {
	return newEyes(s.world).meet(l.Lets, nil, nil).names
}

// Digest tells a step's goals from others: a tick is for these.
func (s *Step) Digest() string {
	h := sha256.New()
	for _, g := range s.Goals {
		fmt.Fprintln(h, strings.Join(strings.Fields(g.Text), " "))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// yours are the lines that were typed since the step began, written as those of a lesson.
func (w *watch) yours(s *stage) (lines []string) {
	for _, r := range typedRows(s.world.Ran(-1, w.since)) {
		mark := ""
		if tab := s.number(r.Terminal); tab > 1 {
			mark = fmt.Sprintf("@%d ", tab)
		}
		lines = append(lines, mark+r.Line)
	}
	return lines
}

// typedRows are the rows of lines that somebody typed. A shell tells of a line when it has ended,
// after the tools that it started have told of their start and of what was typed there: the line
// stands where the first of them began, and not at all where that was before.
func typedRows(rows []view.RanRow) (typed []view.RanRow) {
	told := map[int]int64{} // by terminal, the last line that its shell has told of
	for _, r := range rows {
		if r.Tool != "bash" {
			typed = append(typed, r)
			continue
		}
		var now []view.RanRow
		began, inside := false, false
		for _, e := range typed {
			switch {
			case e.Terminal != r.Terminal || e.Seq <= told[r.Terminal]:
				now = append(now, e)
			case !strings.HasPrefix(e.Line, e.Tool): // not its start
				now, inside = append(now, e), true
			case !began:
				now, began = append(now, r), true
			}
		}
		if !began && !inside {
			now = append(now, r)
		}
		typed, told[r.Terminal] = now, r.Seq
	}
	return typed
}

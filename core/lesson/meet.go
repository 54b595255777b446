package lesson

import (
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/sim"
)

// Differs is a field in which a row is not as it was asked for.
type Differs struct {
	Field string `json:"field"`
	Found string `json:"found"`
	Want  string `json:"want"`
	test  Test
}

// met is what came of a goal.
type met struct {
	ok   bool
	row  *row // that passes; nil where rows are counted
	seen int  // how many rows pass, where they are counted
}

// outcome is what came of all goals together.
type outcome struct {
	met   []met
	count int // of those that are met
	names names
}

// all reports whether every goal is met.
func (o outcome) all() bool { return o.count == len(o.met) }

// searchMax is how many choices of rows are tried for goals that have names in common.
const searchMax = 20_000

// meet chooses rows so that as many goals as possible are met together. lets only bind names: they
// are met before the goals, or left.
func (e *eyes) meet(lets, goals []Goal, start names) outcome {
	s := search{eyes: e, goals: slices.Concat(lets, goals), lets: len(lets)}
	s.best.count = -1
	s.chosen = make([]met, len(s.goals))
	s.from(0, 0, start)
	s.best.met = s.best.met[len(lets):]
	for _, name := range bound(lets) {
		if s.best.names[name] == unknown {
			s.best.names = s.best.names.without([]string{name})
		}
	}
	return s.best
}

// search is one search for rows.
type search struct {
	*eyes
	goals  []Goal
	lets   int
	chosen []met
	best   outcome
	tried  int
}

// from chooses the rows from a goal on.
func (s *search) from(i, count int, n names) {
	s.tried++
	if i == len(s.goals) {
		if count > s.best.count {
			s.best = outcome{slices.Clone(s.chosen), count, n}
		}
		return
	}
	left := len(s.goals) - max(i, s.lets)
	if count+left <= s.best.count || s.tried > searchMax && s.best.count >= 0 {
		return
	}
	worth := 1
	if i < s.lets {
		worth = 0
	}
	candidates := s.candidates(s.goals[i], n)
	for _, c := range candidates {
		s.chosen[i] = c.met
		s.from(i+1, count+worth, c.names)
		if s.best.count == len(s.goals)-s.lets {
			return
		}
	}
	if i < s.lets {
		if len(candidates) > 0 {
			return
		}
		n = s.nobody(s.goals[i], n)
	}
	s.chosen[i] = met{}
	s.from(i+1, count, n)
}

// nobody are the names with those of a let that no row passes: nothing else may bind them, unless a
// goal does.
func (s *search) nobody(let Goal, n names) names {
	others := bound(s.goals[s.lets:])
	for _, name := range bound([]Goal{let}) {
		if _, has := n[name]; !has && !slices.Contains(others, name) {
			n = n.with(name, unknown)
		}
	}
	return n
}

// unknown is what a name stands for that no row has: no field is like that.
const unknown = "\x00"

// candidate is a way to meet a goal.
type candidate struct {
	met
	names names
}

// candidates are the ways to meet a goal: those that bind the same names are one.
func (e *eyes) candidates(g Goal, n names) (list []candidate) {
	seen := map[string]bool{}
	count := 0
	for _, r := range e.rows(g) {
		all, lacks := e.pass(g, r, n)
		if len(lacks) > 0 {
			continue
		}
		count++
		for _, with := range all {
			if key := with.key(); !seen[key] && !g.counted() {
				seen[key] = true
				list = append(list, candidate{met{ok: true, row: &r}, with})
			}
		}
	}
	if g.counted() && countOK(g, count) {
		return []candidate{{met{ok: true, seen: count}, n}}
	}
	return list
}

// countOK reports whether so many rows are as many as the goal wants.
func countOK(g Goal, count int) bool {
	for _, t := range g.Tests {
		switch {
		case t.Field == noneMark && count > 0:
			return false
		case t.Field == countField && !number(count).passes(t.Op, t.Value):
			return false
		}
	}
	return true
}

// pass returns the names with which a row passes a goal's tests, and where it differs.
func (e *eyes) pass(g Goal, r row, n names) (all []names, lacks []Differs) {
	all = []names{n}
	for _, t := range g.Tests {
		if t.Field == noneMark || t.Field == countField {
			continue
		}
		next, lack := e.try(g, t, r, all)
		if lack != nil {
			lacks = append(lacks, *lack)
			continue
		}
		all = next
	}
	if g.Relation == "" || len(lacks) > 0 {
		return all, lacks
	}
	var related []names
	for _, n := range all {
		with, lack := r.relates(g, n)
		if len(lack) > 0 {
			lacks = lack
			continue
		}
		related = append(related, with...)
	}
	if len(related) > 0 {
		lacks = nil
	}
	return related, lacks
}

// try tests one field of a row.
func (e *eyes) try(g Goal, t Test, r row, all []names) ([]names, *Differs) {
	if t.Field == newField {
		return e.compare(t, flag(!e.was[r.id]), all)
	}
	if t.name() == "" && t.Op != "~" {
		want, right := all[0].fill(t.Value), t.Op == "="
		for alternative := range strings.SplitSeq(want, "|") {
			ok, tried := r.tries(t.Field, alternative)
			if !tried {
				return e.compare(e.known(t), r.fields(t.Field), all)
			}
			if ok == right {
				return all, nil
			}
		}
		return nil, &Differs{t.Field, r.fields(t.Field).String(), t.Value, t}
	}
	return e.compare(t, r.fields(t.Field), all)
}

// known is a test with the words that stand for something: all HSMs, the name of a curve.
func (e *eyes) known(t Test) Test {
	switch {
	case t.Value == "all":
		t.Value = e.all
	case t.Field == "curve":
		if _, err := strconv.Atoi(t.Value); err != nil && t.Value != noneMark {
			var ids []string
			for name := range strings.SplitSeq(t.Value, "|") {
				if id := sim.CurveID(name); id > 0 {
					name = strconv.Itoa(id)
				}
				ids = append(ids, name)
			}
			t.Value = strings.Join(ids, "|")
		}
	}
	return t
}

// compare compares a value, and binds the test's name to it where that has none yet.
func (e *eyes) compare(t Test, v value, all []names) (passed []names, lack *Differs) {
	want := t.Value
	for _, n := range all {
		name := t.name()
		if name == "" {
			want = n.fill(t.Value)
		}
		value, has := n[name]
		switch {
		case name != "" && has:
			if want = value; v.passes(t.Op, value) {
				passed = append(passed, n)
			}
		case t.Op == "=" && name != "":
			if len(v.texts) > 0 {
				passed = append(passed, n.with(name, strings.Join(v.texts, ",")))
			}
		case t.Op == "~" && name != "":
			for _, element := range v.texts {
				passed = append(passed, n.with(name, element))
			}
		case name == "" && v.passes(t.Op, want):
			passed = append(passed, n)
		}
	}
	if len(passed) == 0 {
		return nil, &Differs{t.Field, v.String(), want, t}
	}
	return passed, nil
}

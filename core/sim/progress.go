package sim

import (
	"slices"
	"strings"

	"hsmplay/core/view"
)

// progress is how far the learner has come on the ways of Next, and what was told once. It belongs
// to the world and is saved with it.
type progress struct {
	Arc   string   `json:",omitempty"` // that is walked, where the learner has chosen one
	Taken []string `json:",omitempty"` // the steps that were taken, by arc and name
	Ended []string `json:",omitempty"` // the arcs that were walked to their end
	Told  []string `json:",omitempty"` // the commands of which the first success was told
}

// fork returns a copy that goes its own way.
func (p *progress) fork() progress {
	return progress{p.Arc, slices.Clone(p.Taken), slices.Clone(p.Ended), slices.Clone(p.Told)}
}

// known returns a progress that was saved without what the tables do not have: steps may have had
// other names then.
func (p progress) known() progress {
	var names []string
	for i := range steps {
		names = append(names, steps[i].id())
	}
	p.Taken, p.Ended, p.Told = among(p.Taken, names), among(p.Ended, arcs), among(p.Told, toldNames())
	if !slices.Contains(arcs, p.Arc) {
		p.Arc = ""
	}
	return p
}

// among returns the names of a list that a table has, each once.
func among(list, names []string) (found []string) {
	for _, name := range list {
		if slices.Contains(names, name) && !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	return found
}

func (s *step) id() string { return s.arc + "/" + s.name }

// next is the first step of an arc that is yet to be taken, nil where all are.
func (p *progress) next(g *guide, arc string) *step {
	for i := range steps {
		s := &steps[i]
		if s.arc == arc && !slices.Contains(p.Taken, s.id()) && (s.is == nil || !s.is(g)) {
			return s
		}
	}
	return nil
}

// current is the arc that is walked: the one that was chosen, or the first that can be walked and
// was not. It is "" where all were: the learner chooses.
func (p *progress) current(g *guide) string {
	if p.Arc != "" {
		return p.Arc
	}
	for _, arc := range arcs {
		if !slices.Contains(p.Ended, arc) && p.offer(g, arc) != nil {
			return arc
		}
	}
	return ""
}

// offer is the step of an arc whose line is proposed: the next one, or where what that needs is
// gone, the last one before it that can be typed. It is nil where none can.
func (p *progress) offer(g *guide, arc string) *step {
	next, before := p.next(g, arc), (*step)(nil)
	for i := range steps {
		s := &steps[i]
		switch {
		case s.arc != arc:
		case s == next && s.line(g) != "":
			return s
		case s == next:
			return before
		case (s.is == nil || !s.is(g)) && s.line(g) != "":
			before = s
		}
	}
	return nil
}

// walk takes the steps that a line has taken. A line that begins another arc, and is none of the
// one that is walked, chooses it; where none is walked, any line of an arc does. It is called under
// the world's lock.
func (p *progress) walk(g *guide, r *view.RanRow) {
	current := p.current(g)
	if current != "" && p.take(g, current, r) {
		p.end(g, current)
		return
	}
	for _, arc := range arcs {
		first := p.first(arc)
		if arc == current || current != "" && slices.Contains(p.Ended, arc) || !p.take(g, arc, r) {
			continue
		}
		if current == "" || first {
			p.Arc, p.Ended = arc, slices.DeleteFunc(p.Ended, func(ended string) bool { return ended == arc })
			p.end(g, arc)
		}
		return
	}
}

// first reports whether nothing of an arc was taken.
func (p *progress) first(arc string) bool {
	return !slices.ContainsFunc(p.Taken, func(id string) bool { return strings.HasPrefix(id, arc+"/") })
}

// take marks the steps of an arc that a line has taken, with those around it that the world shows,
// and reports whether there are any.
func (p *progress) take(g *guide, arc string, r *view.RanRow) (took bool) {
	if !p.concerns(arc, r) {
		return false
	}
	taken := slices.Clone(p.Taken)
	for i := range steps {
		s := &steps[i]
		switch {
		case s.arc != arc || slices.Contains(taken, s.id()):
			continue
		case !took && s.takes(r) && (s.is == nil || s.is(g)):
			took = true
		case s.is != nil && s.is(g):
		case took:
			p.Taken = taken
			return true
		default:
			return false
		}
		taken = append(taken, s.id())
	}
	if took {
		p.Taken = taken
	}
	return took
}

// concerns reports whether a line takes a step of an arc that is not taken yet. Most lines do not,
// and what the world shows need not be looked at for them.
func (p *progress) concerns(arc string, r *view.RanRow) bool {
	for i := range steps {
		if s := &steps[i]; s.arc == arc && s.takes(r) && !slices.Contains(p.Taken, s.id()) {
			return true
		}
	}
	return false
}

// end ends an arc of which all steps are taken.
func (p *progress) end(g *guide, arc string) {
	if p.next(g, arc) != nil {
		return
	}
	p.Arc, p.Ended = "", append(p.Ended, arc)
	p.Taken = slices.DeleteFunc(p.Taken, func(id string) bool { return strings.HasPrefix(id, arc+"/") })
}

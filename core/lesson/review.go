package lesson

import "slices"

// When a review is due: after so many whole lessons, then so many days after the one before.
const reviewAfter = 5

var reviewDays = []int64{2, 5, 12}

const day = 24 * 60 * 60 * 1000 // milliseconds

// reviewSteps is how many steps a review has.
const reviewSteps = 3

// StepRef names a step of a course.
type StepRef struct {
	Lesson string `json:"lesson"`
	Step   int    `json:"step"`
	ID     string `json:"id"` // of the wrong try that it is chosen for
}

// Due returns when the next review is due, milliseconds since 1970; 0 is now, -1 not yet or never
// again.
func (p *Progress) Due(course []*Lesson) int64 {
	whole := 0
	for _, l := range course {
		if p.Whole(l) {
			whole++
		}
	}
	switch n := len(p.Reviews); {
	case whole < reviewAfter || n > len(reviewDays):
		return -1
	case n == 0:
		return 0
	default:
		return p.Reviews[n-1] + reviewDays[n-1]*day
	}
}

// Review chooses the steps of a review: those in which the wrong tries are caught that were made
// most often, one for each. Without enough of them there are fewer.
func (p *Progress) Review(course []*Lesson) (steps []StepRef) {
	type hit struct {
		id    string
		count int
	}
	var hits []hit
	for _, l := range p.Lessons {
		for _, s := range l.Steps {
			for _, id := range s.Wrong {
				i := slices.IndexFunc(hits, func(h hit) bool { return h.id == id })
				if i < 0 {
					i = len(hits)
					hits = append(hits, hit{id: id})
				}
				hits[i].count++
			}
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return b.count - a.count })
	for _, h := range hits {
		if ref, ok := catches(course, h.id, steps); ok && len(steps) < reviewSteps {
			steps = append(steps, ref)
		}
	}
	return steps
}

// catches finds a step that catches a wrong try and is not among those chosen: the last one of the
// course, which is the least like the one where it was made.
func catches(course []*Lesson, id string, chosen []StepRef) (StepRef, bool) {
	for _, l := range slices.Backward(course) {
		for i, s := range l.Steps {
			taken := slices.ContainsFunc(chosen, func(r StepRef) bool { return r.Lesson == l.Name && r.Step == i })
			if !taken && slices.ContainsFunc(s.Wrong, func(w Wrong) bool { return w.ID == id }) {
				return StepRef{l.Name, i, id}, true
			}
		}
	}
	return StepRef{}, false
}

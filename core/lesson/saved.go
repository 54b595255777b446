package lesson

import (
	"encoding/json"
	"slices"

	"hsmplay/core/sim"
)

// savedPlayer is how a lesson was played, beside its world.
type savedPlayer struct {
	Lesson  string     `json:"lesson"`
	Digest  string     `json:"digest"` // of the step's goals
	Step    int        `json:"step"`
	Since   int64      `json:"since"`
	Was     []string   `json:"was"`
	Kept    names      `json:"kept"`
	Tabs    []int      `json:"tabs"`
	Ended   bool       `json:"ended"`
	Hints   int        `json:"hints"`
	Line    int        `json:"line"`
	Guesses []Guess    `json:"guesses"`
	Answers []Answer   `json:"answers"`
	Tried   bool       `json:"tried"`
	Stays   []bool     `json:"stays"`
	Done    LessonDone `json:"done"`
}

// Save writes how the lesson is played. With the world's rows, [Resume] goes on with it.
func (p *Player) Save() []byte {
	s := savedPlayer{Lesson: p.lesson.Name, Digest: p.watch.step.Digest(), Step: p.at, Since: p.watch.since, Kept: p.watch.kept,
		Tabs: p.stage.tabs, Ended: p.now.ended, Hints: p.now.hints, Line: p.now.line, Guesses: p.now.guesses, Answers: p.now.answers, Tried: p.now.tried, Stays: p.now.stays, Done: p.done}
	for id := range p.watch.was {
		s.Was = append(s.Was, id)
	}
	slices.Sort(s.Was)
	data, err := json.Marshal(s)
	if err != nil { // plain data always marshals
		panic("lesson: " + err.Error())
	}
	return data
}

// Resume goes on with a lesson in its saved world. Where the lesson has changed, or the data is of
// another one, it fails with ErrProgress. One goes back to the steps before by their solutions.
func Resume(l *Lesson, w *sim.World, data []byte, at int64) (*Player, error) {
	var s savedPlayer
	if json.Unmarshal(data, &s) != nil || s.Lesson != l.Name || s.Step < 0 || s.Step >= len(l.Steps) || len(s.Tabs) == 0 ||
		l.Steps[s.Step].Digest() != s.Digest || s.Hints > len(l.Steps[s.Step].Hints) || len(s.Stays) != len(l.Steps[s.Step].Goals) || len(s.Guesses) != len(s.Answers) {
		return nil, ErrProgress
	}
	p := &Player{lesson: l, stage: &stage{world: w, tabs: s.Tabs}, heard: at, done: s.Done}
	before := l.setUp(sim.New(sim.Options{}))
	kept, binders := l.firstNames(before), slices.Clone(l.Lets)
	for i := range s.Step {
		b := newWatch(l, i, before, kept, binders)
		p.begins = append(p.begins, b)
		before.play(b.step.Solution, func() names { return b.names(before) })
		kept, binders = b.end(b.look(b.eyes(before)))
	}
	p.begin(s.Step, s.Kept, binders)
	p.watch.begin, p.watch.since, p.watch.was = before, s.Since, map[string]bool{}
	for _, id := range s.Was {
		p.watch.was[id] = true
	}
	p.now = now{ended: s.Ended, hints: s.Hints, line: s.Line, guesses: s.Guesses, answers: s.Answers, tried: s.Tried, stays: s.Stays}
	p.look(0)
	p.withhold()
	return p, nil
}

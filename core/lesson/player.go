package lesson

import (
	"errors"
	"slices"

	"hsmplay/core/sim"
	"hsmplay/core/voice"
)

// Player plays a lesson in a world. A host types into the world as ever and tells the player of each
// line that has ended; times are milliseconds since 1970. Begin with [Play].
type Player struct {
	lesson *Lesson
	stage  *stage
	watch  *watch
	at     int      // the step
	begins []*watch // of the steps that have begun, for going back
	done   LessonDone
	heard  int64 // when a line was heard of last
	now    now
}

// now is how the step stands.
type now struct {
	outcome outcome
	misses  []Miss
	wrong   *WrongNote
	held    []string // ids of wrong tries that were there after the last line
	ran     int64    // what had run by the last look
	failed  string
	ended   bool // it has ticked
	hints   int
	line    int // of the solution, shown next
	guesses []Guess
	answers []Answer
	tried   bool   // a line was typed in it
	stays   []bool // goals that were met as it began, and have been ever since
}

// WrongNote answers a wrong try.
type WrongNote struct {
	ID   string         `json:"id"`
	Says [][]voice.Part `json:"says"`
}

// ErrNoChoice is of a guess at a prediction or a choice that is not there.
var ErrNoChoice = errors.New("lesson: there is no such choice")

// idle is the longest time between two lines that counts as work, milliseconds.
const idle = 3 * 60 * 1000

// Play begins a lesson in a fresh world, which it makes to what the lesson needs.
func Play(l *Lesson, w *sim.World, at int64) *Player {
	p := &Player{lesson: l, stage: l.setUp(w), heard: at}
	p.done = LessonDone{Name: l.Name, Last: at}
	p.begin(0, l.firstNames(p.stage), slices.Clone(l.Lets))
	return p
}

// begin begins a step in the world as it is.
func (p *Player) begin(step int, kept names, binders []Goal) {
	p.at = step
	p.done.lay(p.lesson, step, p.stage.world)
	p.watch = newWatch(p.lesson, step, p.stage, kept, binders)
	p.begins = append(p.begins[:min(step, len(p.begins))], p.watch)
	p.now = now{}
	p.look(0)
	for _, m := range p.now.outcome.met {
		p.now.stays = append(p.now.stays, m.ok)
	}
	p.withhold()
}

// repairs reports whether the notes of tools may give lines to be typed: after a hint, and from the
// second try on. Until then the learner is to find them.
func (p *Player) repairs() bool { return p.now.ended || p.now.hints > 0 || p.stepDone().Tries > 0 }

// withhold takes lines out of the notes of the world while they are to be found.
func (p *Player) withhold() { p.stage.world.Withhold(!p.repairs()) }

// End leaves the lesson: its world speaks as any other from now on.
func (p *Player) End() { p.stage.world.Withhold(false) }

// World is the world that the lesson is played in. It is another one after [Player.Back].
func (p *Player) World() *sim.World { return p.stage.world }

// Speak goes on in the texts of a lesson that is the same one in another language; another lesson
// leaves everything as it is. What was done stays.
func (p *Player) Speak(l *Lesson) {
	if l.Name != p.lesson.Name || !slices.EqualFunc(l.Steps, p.lesson.Steps, func(a, b Step) bool {
		return a.Digest() == b.Digest() && len(a.Wrong) == len(b.Wrong) && len(a.Hints) == len(b.Hints) && len(a.Predict) == len(b.Predict)
	}) {
		return
	}
	p.lesson = l
	for i, w := range p.begins {
		w.lesson, w.step = l, &l.Steps[i]
	}
	p.stepDone().Title = p.watch.step.Title
	now := p.now
	p.look(0)
	p.now.ended, p.now.wrong, p.now.held = now.ended, nil, now.held
}

// Front is the terminal that the lesson begins in; where it was closed, a new one.
func (p *Player) Front() int { return p.stage.tab(1) }

// Lesson is the lesson that is played.
func (p *Player) Lesson() *Lesson { return p.lesson }

// Observe is called when a line has ended in a terminal. What it has changed is in the state.
func (p *Player) Observe(terminal int, at int64) {
	done := p.stepDone()
	if p.stage.opened(terminal) {
		p.stage.know(terminal)
		if len(p.stage.world.Ran(terminal, p.now.ran)) == 0 {
			return // no line was typed there yet
		}
	}
	if !p.now.ended {
		done.Ms += min(max(at-p.heard, 0), idle)
		if p.stage.world.Now(terminal).State != sim.Asks { // a command that asks has not ended
			done.Tries++
			p.now.tried = true
		}
		p.look(terminal)
	}
	p.heard, p.done.Last = at, at
	p.withhold()
}

// opened reports whether a terminal is one that the lesson does not know yet.
func (s *stage) opened(terminal int) bool { return terminal > 0 && !slices.Contains(s.tabs, terminal) }

// know gives a new terminal its number: that of the first tab that was closed, or the next one.
func (s *stage) know(terminal int) {
	for i, old := range s.tabs {
		if s.world.Now(old).State == sim.Closed {
			s.tabs[i] = terminal
			return
		}
	}
	s.tabs = append(s.tabs, terminal)
}

// look finds out how the step stands after a line in a terminal; 0 is before any.
func (p *Player) look(terminal int) {
	defer func() { p.now.ran = lastSeq(p.stage.world) }()
	e := p.watch.eyes(p.stage)
	o := p.watch.look(e)
	p.now.outcome, p.now.wrong, p.now.failed = o, nil, ""
	p.now.misses = e.misses(p.watch.step.Goals, o)
	for i, m := range o.met {
		if !m.ok && i < len(p.now.stays) {
			p.now.stays[i] = false
		}
	}
	done := p.stepDone()
	if o.all() && terminal > 0 {
		p.now.ended, done.Ticked = true, true
		done.Lines = p.watch.yours(p.stage)
		return
	}
	if terminal == 0 {
		return
	}
	p.now.failed = p.watch.failed(e, o.names)
	p.answerWrong(e, o, terminal)
}

// answerWrong answers what has come of the last line: a wrong try that was not there before it, or
// one that it has done again. What still holds of an earlier line was answered then.
func (p *Player) answerWrong(e *eyes, o outcome, terminal int) {
	all, held := p.watch.wrongs(e, o, terminal), p.now.held
	p.now.held = nil
	for _, c := range all {
		p.now.held = append(p.now.held, c.ID)
	}
	i := slices.IndexFunc(all, func(c caught) bool { return !slices.Contains(held, c.ID) })
	if i < 0 {
		i = slices.IndexFunc(all, func(c caught) bool {
			return c.Seen == nil && lastSeq(p.stage.world) > p.now.ran || p.watch.again(p.stage, c, o, p.now.ran)
		})
	}
	if i < 0 {
		return
	}
	p.now.wrong = &WrongNote{all[i].ID, prose(all[i].Says, p.lesson.shown(all[i].names))}
	p.stepDone().Wrong = append(p.stepDone().Wrong, all[i].ID)
}

// stepDone is the record of the step.
func (p *Player) stepDone() *StepDone {
	digest := p.watch.step.Digest()
	i := slices.IndexFunc(p.done.Steps, func(s StepDone) bool { return s.Digest == digest })
	if i < 0 {
		i = len(p.done.Steps)
		p.done.Steps = append(p.done.Steps, StepDone{Title: p.watch.step.Title, Digest: digest, Guesses: []Guess{}, Wrong: []string{}, Lines: []string{}})
	}
	return &p.done.Steps[i]
}

// Next goes on to the next step once this one has ticked. False: there is none, or it has not.
func (p *Player) Next() bool {
	if !p.now.ended || p.at+1 == len(p.lesson.Steps) {
		return false
	}
	kept, binders := p.watch.end(p.now.outcome)
	p.begin(p.at+1, kept, binders)
	return true
}

// Hint gives the next hint. False: there is none left.
func (p *Player) Hint() bool {
	if p.now.hints == len(p.watch.step.Hints) {
		return false
	}
	p.now.hints++
	p.stepDone().Hints++
	p.withhold()
	return true
}

// Shown is a line of the solution, to be put on the prompt of a tab.
type Shown struct {
	Tab  int    `json:"tab"` // as the lesson counts them; 1 is the front one
	Line string `json:"line"`
	At   int    `json:"at"` // from 1
	Of   int    `json:"of"`
}

// ShowMe gives the next line of the solution, the first one again after the last.
func (p *Player) ShowMe() Shown {
	lines := p.watch.step.Solution
	i := p.now.line % len(lines)
	p.now.line = i + 1
	p.stepDone().Shown++
	tab, line := parted(p.watch.names(p.stage).fill(lines[i]))
	return Shown{tab, line, i + 1, len(lines)}
}

// Guess answers a prediction of the step. It fails with ErrNoChoice.
func (p *Player) Guess(prediction, choice int) error {
	if prediction != len(p.now.guesses) || prediction >= len(p.watch.step.Predict) ||
		choice < 0 || choice >= len(p.watch.step.Predict[prediction].Choices) {
		return ErrNoChoice
	}
	question := p.watch.step.Predict[prediction]
	n := p.watch.names(p.stage)
	a := p.answer(question, n)
	g := Guess{n.fill(question.Line), n.fill(question.Choices[choice]), a.Is, a.Right == choice}
	if a.Right >= 0 {
		g.Is = n.fill(question.Choices[a.Right])
	}
	p.now.guesses, p.now.answers = append(p.now.guesses, g), append(p.now.answers, a)
	p.stepDone().Guesses = append(p.stepDone().Guesses, g)
	return nil
}

// answer is the answer to a question of the step: in a copy of the learner's world, and where what
// comes of it there is none of the choices, as in a tab whose tool was left meanwhile, in the world
// that the lesson's own way leads to.
func (p *Player) answer(q Predict, n names) Answer {
	a := q.answer(p.stage, n)
	if a.Right >= 0 && !a.lost {
		return a
	}
	s, n := p.lesson.reached(p.at)
	defer s.world.Shut()
	if b := q.answer(s, n); b.Right >= 0 {
		return b
	}
	return a
}

// Back goes back to the beginning of a step that has begun, with the world as it was then. It fails
// with ErrNoChoice.
func (p *Player) Back(step int) error {
	if step < 0 || step >= len(p.begins) {
		return ErrNoChoice
	}
	w := p.begins[step]
	p.stage = w.begin.fork()
	p.begins = p.begins[:step]
	p.begin(step, w.kept, w.binders)
	return nil
}

// Record is what was done of the lesson so far.
func (p *Player) Record() LessonDone {
	done := p.done
	done.Steps = slices.Clone(done.Steps)
	return done
}

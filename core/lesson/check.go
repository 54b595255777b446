package lesson

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hsmplay/core/sim"
)

// Fault is what is wrong with a lesson: where, and what the proof has found there.
type Fault struct {
	File string
	Line int
	Kind string // a row of the proof: solution, wrong, noise …
	Says string
}

// Error is file:line: kind: what was found.
func (f Fault) Error() string { return fmt.Sprintf("%s:%d: %s: %s", f.File, f.Line, f.Kind, f.Says) }

// Proof says how much is proved.
type Proof struct {
	New    func() *sim.World // makes a fresh world
	Seeds  []uint64          // of the noise; none for no noise
	Wrongs bool              // wrong tries, predictions and prose too
}

// Check proves a lesson: each step from its own start. Nothing is returned for one that is right.
func (l *Lesson) Check(file string, p Proof) []Fault {
	c := &check{lesson: l, file: file, proof: p}
	if p.Wrongs {
		c.prose()
	}
	s := l.setUp(p.New())
	defer func() { s.world.Shut() }()
	c.ground(s)
	kept, binders := l.firstNames(s), []Goal(nil)
	for _, g := range l.Lets {
		if !slices.ContainsFunc(bound([]Goal{g}), func(name string) bool { return kept[name] != "" }) {
			c.fault(g.At, "let", "no row of the world passes: %s", g.Text)
		}
		binders = append(binders, g)
	}
	var left []leftover
	for i := range l.Steps {
		LessonDone{}.lay(l, i, s.world)
		w := newWatch(l, i, s, kept, binders)
		c.step(w)
		c.leftovers(left, i)
		left = c.leave(w)
		c.printed += s.play(w.step.Solution, func() names { return w.names(s) })
		o := w.look(w.eyes(s))
		kept, binders = w.end(o)
		w.begin.world.Shut()
		c.shows(w.step, o.names)
		if !o.all() {
			break // what comes after it cannot be reached
		}
	}
	return c.faults
}

// ground proves that the lines which make the world are known where they are typed.
func (c *check) ground(s *stage) {
	for _, r := range s.world.Ran(-1, 0) {
		h := heard{RanRow: r}
		if !h.known() || strings.HasPrefix(r.Line, profileLine) && h.refused() {
			c.fault(1, "world", "`%s` does nothing in %s", r.Line, r.Tool)
		}
	}
}

// leftover is a world in which a wrong try was made before the solution of a step.
type leftover struct {
	by      string // id of the wrong try
	stage   *stage
	kept    names
	binders []Goal
}

// looks are the programs of the tabs, and who is logged in there: what lines come to depends on it.
func (s *stage) looks() string {
	var b strings.Builder
	for _, t := range s.world.TerminalsView().Terminals {
		fmt.Fprintln(&b, s.number(t.Terminal), t.Program, t.User)
	}
	return b.String()
}

// leave makes the worlds in which the next step may find what a wrong try of this one has left, with
// the tabs as the solution leaves them.
func (c *check) leave(w *watch) (all []leftover) {
	if !c.proof.Wrongs || runtime.GOOS == "js" {
		return nil
	}
	clean := w.begin.fork()
	defer clean.world.Shut()
	clean.play(w.step.Solution, func() names { return w.names(clean) })
	then := clean.looks()
	for i := range w.step.Wrong {
		s := w.begin.fork()
		bound := func() names { return w.names(s) }
		s.play(w.step.Wrong[i].Lines, bound)
		s.play(w.step.Solution, bound)
		if o := w.look(w.eyes(s)); o.all() && s.looks() == then {
			kept, binders := w.end(o)
			all = append(all, leftover{w.step.Wrong[i].ID, s, kept, binders})
			continue
		}
		s.world.Shut()
	}
	return all
}

// leftovers proves that neither nothing at all nor a wrong try is enough for a step where a wrong try
// of the step before has left something behind.
func (c *check) leftovers(left []leftover, step int) {
	for _, l := range left {
		LessonDone{}.lay(c.lesson, step, l.stage.world)
		w := newWatch(c.lesson, step, l.stage, l.kept, l.binders)
		if w.look(w.eyes(w.begin)).all() {
			c.fault(w.step.Line, "leftover", "all goals are met before anything is typed, after %s in the step before", l.by)
		}
		for i := range w.step.Wrong {
			s := w.begin.fork()
			s.play(w.step.Wrong[i].Lines, func() names { return w.names(s) })
			if w.look(w.eyes(s)).all() {
				c.fault(w.step.Wrong[i].At, "leftover", "%s meets all goals after %s in the step before", w.step.Wrong[i].ID, l.by)
			}
			s.world.Shut()
		}
		w.begin.world.Shut()
		l.stage.world.Shut()
	}
}

// check is one proof under way.
type check struct {
	lesson  *Lesson
	file    string
	proof   Proof
	printed string // by the solutions so far, and what else was typed in the step
	faults  []Fault
}

func (c *check) fault(line int, kind, says string, args ...any) {
	c.faults = append(c.faults, Fault{c.file, line, kind, fmt.Sprintf(says, args...)})
}

// step proves a step.
func (c *check) step(w *watch) {
	step := w.step
	if o := w.look(w.eyes(w.begin)); o.all() {
		c.fault(step.Line, "unsolved", "all goals are met before anything is typed")
	}
	if says := w.failed(w.eyes(w.begin), w.kept); says != "" {
		c.fault(step.Line, "fail", "it has failed before anything is typed: %s", says)
	}
	for i, lines := range slices.Concat([][]string{step.Solution}, step.Also) {
		kind := "solution"
		if i > 0 {
			kind = "also"
		}
		c.right(w, kind, lines, nil)
		for _, seed := range c.proof.Seeds {
			c.right(w, kind, lines, &seed)
		}
	}
	if !c.proof.Wrongs {
		return
	}
	for i := range step.Wrong {
		c.wrong(w, &step.Wrong[i], nil)
		for _, seed := range c.proof.Seeds {
			c.wrong(w, &step.Wrong[i], &seed)
		}
	}
	for _, p := range step.Predict {
		c.predict(w, p)
	}
}

// run types lines from the step's start, with noise where there is a seed.
func (c *check) run(w *watch, lines []string, seed *uint64) (s *stage, text string) {
	s = w.begin.fork()
	bound := func() names { return w.names(s) }
	if seed == nil {
		return s, s.play(lines, bound)
	}
	n := newNoise(s.world, *seed)
	s.after = lastSeq(s.world)
	return s, n.between(s, lines, bound)
}

// noisy names the seed of a row with noise.
func noisy(kind string, seed *uint64) string {
	if seed == nil {
		return kind
	}
	return fmt.Sprintf("noise %d, %s", *seed, kind)
}

// right proves that lines meet all goals.
func (c *check) right(w *watch, kind string, lines []string, seed *uint64) {
	s, text := c.run(w, lines, seed)
	defer s.world.Shut()
	e := w.eyes(s)
	o := w.look(e)
	for _, m := range e.misses(w.step.Goals, o) {
		c.fault(w.step.Goals[m.Goal].At, noisy(kind, seed), "`%s` does not meet it: %s\n%s", strings.Join(lines, "; "), plain(m), tail(text))
	}
	if says := w.failed(e, o.names); says != "" {
		c.fault(w.step.Line, noisy("fail", seed), "`%s` fails the step: %s", strings.Join(lines, "; "), says)
	}
	if seed == nil && kind == "also" {
		c.printed += text
	}
}

// plain is the sentence of a miss.
func plain(m Miss) string {
	var b strings.Builder
	for _, p := range m.Says {
		b.WriteString(p.Text)
	}
	return b.String()
}

// tail is the last of what was printed.
func tail(text string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	lines = lines[max(0, len(lines)-6):]
	return "        " + strings.Join(lines, "\n        ")
}

// wrong proves that a wrong try meets not all goals, and that it is answered with its own id.
func (c *check) wrong(w *watch, t *Wrong, seed *uint64) {
	s, text := c.run(w, t.Lines, seed)
	defer s.world.Shut()
	e := w.eyes(s)
	o := w.look(e)
	kind := noisy("wrong "+t.ID, seed)
	if o.all() {
		c.fault(t.At, kind, "`%s` meets all goals", strings.Join(t.Lines, "; "))
		return
	}
	all := w.wrongs(e, o, s.lastTab(t.Lines))
	switch {
	case len(all) == 0:
		var misses []string
		for _, m := range e.misses(w.step.Goals, o) {
			misses = append(misses, plain(m))
		}
		c.fault(t.At, kind, "`%s` is not recognised; without it one reads: %s\n%s", strings.Join(t.Lines, "; "), strings.Join(misses, " "), tail(text))
	case all[0].ID != t.ID:
		c.fault(t.At, kind, "`%s` is answered as %s", strings.Join(t.Lines, "; "), all[0].ID)
	default:
		if left := c.unbound(all[0].names.fill(t.Says)); left != "" {
			c.fault(t.At, kind, "$%s is not bound in its sentence", left)
		}
	}
	if seed == nil {
		c.printed += text
	}
}

// unbound is a name of the lesson that stands in a text without a value, "" for none.
func (c *check) unbound(text string) string {
	if left := mentioned(text, c.lesson.names()); len(left) > 0 {
		return left[0]
	}
	return ""
}

// names lists all names that the lesson binds somewhere.
func (l *Lesson) names() (all []string) {
	goals := slices.Clone(l.Lets)
	for _, s := range l.Steps {
		goals = slices.Concat(goals, s.Lets, s.Goals)
		for _, w := range s.Wrong {
			goals = append(goals, w.Seen...)
		}
	}
	return bound(goals)
}

// predict proves that exactly one choice is right.
func (c *check) predict(w *watch, p Predict) {
	a := p.answer(w.begin, w.names(w.begin))
	switch {
	case a.Right < 0:
		c.fault(p.At, "predict", "the answer to `%s` is %q, which is not among the choices", p.Line, short(a.Is))
	case a.Also:
		c.fault(p.At, "predict", "more than one choice is right: the answer is %q", short(a.Is))
	}
	c.printed += a.Text
	c.spoils(w.step, p, a)
}

// spoils proves that what is read before a question is answered does not name its answer.
func (c *check) spoils(step *Step, p Predict, a Answer) {
	if a.Right < 0 || len(p.Choices[a.Right]) == 1 || slices.Contains([]string{"yes", "no", noneMark}, p.Choices[a.Right]) {
		return
	}
	answer := p.Choices[a.Right]
	for _, text := range []string{step.Title, step.Prose, p.Asks} {
		if hasWord(text, answer) && !slices.ContainsFunc(p.Choices, func(choice string) bool { return choice != answer && hasWord(text, choice) }) {
			c.fault(p.At, "predict", "%q is read before the question is answered: %s", answer, text)
		}
	}
}

// hasWord reports whether a text has a word, or words, as a whole.
func hasWord(text, word string) bool {
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for rest := text; ; {
		i := strings.Index(rest, word)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(rest[:i])
		after, _ := utf8.DecodeRuneInString(rest[i+len(word):])
		if !inWord(before) && !inWord(after) {
			return true
		}
		rest = rest[i+len(word):]
	}
}

// short is a text that fits into a line.
func short(text string) string {
	if len(text) > 200 {
		return text[:200] + "…"
	}
	return text
}

// shows proves that what is quoted is printed by the lines of the step, or of those before.
func (c *check) shows(step *Step, n names) {
	if !c.proof.Wrongs {
		return
	}
	for _, show := range step.Shows {
		rest := strings.Split(c.printed, "\n")
		for _, line := range show.Lines {
			want := strings.TrimRight(n.fill(line), " ")
			if strings.TrimSpace(want) == "…" {
				continue
			}
			i := slices.IndexFunc(rest, func(printed string) bool { return quotes(want, printed) })
			if i < 0 {
				c.fault(show.At, "shows", "nothing prints %q there", want)
				break
			}
			rest = rest[i+1:]
		}
	}
}

// quotes reports whether a printed line is the one that is quoted; … in it is any text.
func quotes(want, printed string) bool {
	printed = strings.TrimSpace(strings.ReplaceAll(printed, "\t", " "))
	parts := strings.Split(strings.TrimSpace(strings.ReplaceAll(want, "\t", " ")), "…")
	if !strings.HasPrefix(printed, parts[0]) {
		return false
	}
	for _, part := range parts {
		_, rest, ok := strings.Cut(printed, part)
		if !ok {
			return false
		}
		printed = rest
	}
	return printed == "" || parts[len(parts)-1] == ""
}

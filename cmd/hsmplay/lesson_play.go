package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"hsmplay/core/lesson"
	"hsmplay/core/sim"
)

// playHelp is what one can say to the player beside the lines that are typed.
const playHelp = `:hint  a hint          :show    a line of the solution     :guess N  answers a question
:next  the next step   :back N  to the start of step N      :record FILE  writes what was done
:step  the step again  :quit    leaves                      @2 LINE  types in the second tab
`

// playLesson plays a lesson in the terminal.
func playLesson(ctx context.Context, h host, args []string) int {
	if len(args) != 1 {
		return h.misuse("lesson play", errors.New("one lesson is played, by its name or its file"))
	}
	l, err := lessonNamed(args[0])
	if err != nil {
		return h.fail("lesson play", err)
	}
	s := &seatOfLesson{host: h, keys: newKeyboard(h)}
	defer s.keys.close()
	s.player = lesson.Play(l, sim.New(sim.Options{Seed: uint64(time.Now().UnixNano()), Wall: now()}), now())
	s.paragraphs(s.player.State().Intro)
	fmt.Fprint(h.out, playHelp)
	s.step()
	for ctx.Err() == nil && s.turn() {
	}
	return done
}

// now is this machine's clock, milliseconds since 1970.
func now() int64 { return time.Now().UnixMilli() }

// lessonNamed reads a lesson of a file, or of the course by its name.
func lessonNamed(name string) (*lesson.Lesson, error) {
	if text, err := os.ReadFile(name); err == nil {
		return lesson.Read(name, string(text))
	}
	course, _, err := lesson.Course()
	if err != nil {
		return nil, err
	}
	for _, l := range course {
		if l.Name == name {
			return l, nil
		}
	}
	return nil, fmt.Errorf("there is no lesson %s; `hsmplay lesson list` lists them", name)
}

// seatOfLesson is who plays a lesson in the terminal.
type seatOfLesson struct {
	host
	keys   keyboard
	player *lesson.Player
	other  int // the terminal of the second tab, 0 for none
}

// turn reads a line and does what it says. False: the lesson is left.
func (s *seatOfLesson) turn() bool {
	at := s.player.World().Now(s.player.Front())
	if at.State == sim.Closed {
		return false
	}
	read := s.keys.line
	if at.Hidden {
		read = s.keys.secret
	}
	line, err := read(at.Prompt)
	word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	switch {
	case errors.Is(err, errCtrlC):
		s.print(s.player.World().Interrupt(s.player.Front()))
	case err != nil:
		return false
	case at.State != sim.Asks && strings.HasPrefix(word, ":"):
		return s.says(word[1:], rest)
	case word == "@2":
		s.types(s.second(), rest)
	default:
		s.types(s.player.Front(), line)
	}
	return true
}

// second is the terminal of the second tab.
func (s *seatOfLesson) second() int {
	if s.player.World().Now(s.other).State == sim.Closed {
		s.other = s.player.World().Open("", 0).Terminal
	}
	return s.other
}

// types a line, and tells what the lesson makes of it. A wait takes simulated time only.
func (s *seatOfLesson) types(terminal int, line string) {
	w := s.player.World()
	turn := w.Type(terminal, line)
	s.print(turn)
	for turn.State == sim.Waits && w.Jump(terminal) {
		turn = w.Now(terminal)
	}
	if turn.State == sim.Asks || strings.TrimSpace(line) == "" {
		return
	}
	ended := s.player.State().Ended
	s.player.Observe(terminal, now())
	if !ended {
		s.judge()
	}
}

// print shows a turn.
func (s *seatOfLesson) print(t sim.Turn) {
	fmt.Fprint(s.out, t.Text)
	for _, n := range t.Notes {
		fmt.Fprintf(s.out, "  | %s\n", plain(n))
	}
}

// judge tells how the step stands after a line.
func (s *seatOfLesson) judge() {
	state := s.player.State()
	switch {
	case state.Ended:
		for _, g := range state.Goals {
			fmt.Fprintf(s.out, "  [x] %s: %s\n", words(g.Says), g.Fact)
		}
		s.paragraphs(state.Done)
		fmt.Fprintf(s.out, "  yours: %s\n  ours:  %s\n", typedLines(state.Yours), typedLines(state.Ours))
		if state.Last {
			fmt.Fprintln(s.out, "  The lesson is done. :record FILE writes what was done, :quit leaves.")
		} else {
			fmt.Fprintln(s.out, "  :next goes on.")
		}
		return
	case len(state.Failed) > 0:
		fmt.Fprintf(s.out, "  %s :back %d goes back to the start of this step.\n", words(state.Failed), state.Step+1)
	case state.Wrong != nil:
		s.paragraphs(state.Wrong.Says)
	}
	for _, m := range state.Missing {
		goal, miss := words(state.Goals[m.Goal].Says), words(m.Says)
		if strings.Contains(miss, strings.ReplaceAll(goal, "`", "")) {
			fmt.Fprintf(s.out, "  [ ] %s\n", miss) // it names the goal itself
			continue
		}
		fmt.Fprintf(s.out, "  [ ] %s: %s\n", goal, miss)
	}
}

// typedLines are lines as one types them here, in one.
func typedLines(all []lesson.TypedLine) string {
	var lines []string
	for _, l := range all {
		if l.Tab > 1 {
			l.Line = fmt.Sprintf("@%d %s", l.Tab, l.Line)
		}
		lines = append(lines, l.Line)
	}
	return strings.Join(lines, "; ")
}

// says does what one says to the player. False: the lesson is left.
func (s *seatOfLesson) says(word, rest string) bool {
	number, _ := strconv.Atoi(rest) // what is no number is no choice
	var err error
	switch word {
	case "quit":
		return false
	case "hint":
		if !s.player.Hint() {
			fmt.Fprintln(s.out, "  There is no hint left. :show shows a line.")
			return true
		}
		state := s.player.State()
		fmt.Fprintf(s.out, "  hint %d of %d: %s\n", len(state.Hints), state.HintsOf, words(state.Hints[len(state.Hints)-1]))
	case "show":
		shown := s.player.ShowMe()
		fmt.Fprintf(s.out, "  line %d of %d, tab %d: %s\n", shown.At, shown.Of, shown.Tab, shown.Line)
	case "next":
		if s.player.Next() {
			s.step()
		}
	case "step":
		s.step()
	case "guess":
		err = s.guess(number)
	case "back":
		if err = s.player.Back(number - 1); err == nil {
			s.other = 0
			s.step()
		}
	case "record":
		var p lesson.Progress
		p.Put(s.player.Record())
		err = os.WriteFile(rest, p.Bytes(), 0o644)
	default:
		fmt.Fprint(s.out, playHelp)
	}
	if err != nil {
		fmt.Fprintf(s.out, "  %v\n", err)
	}
	return true
}

// guess answers the open question.
func (s *seatOfLesson) guess(choice int) error {
	open := 0
	for _, q := range s.player.State().Predict {
		if q.Right >= 0 {
			open++
		}
	}
	if err := s.player.Guess(open, choice-1); err != nil {
		return err
	}
	q := s.player.State().Predict[open]
	fmt.Fprintf(s.out, "  It is %s. %s\n", q.Is, words(q.Why))
	if state := s.player.State(); !state.Quiet {
		s.goals(state)
	}
	return nil
}

// step shows the step.
func (s *seatOfLesson) step() {
	state := s.player.State()
	fmt.Fprintf(s.out, "\n  Step %d of %d: %s\n", state.Step+1, len(state.Titles), state.Titles[state.Step])
	s.paragraphs(state.Prose)
	if state.Held {
		fmt.Fprintln(s.out, "  First, what do you expect? The checklist follows.")
	} else {
		s.goals(state)
	}
	for _, q := range state.Predict {
		fmt.Fprintf(s.out, "  ? %s\n  ? %s\n", typedLines([]lesson.TypedLine{q.TypedLine}), words(q.Asks))
		for i, choice := range q.Choices {
			fmt.Fprintf(s.out, "  ? :guess %d  %s\n", i+1, choice)
		}
	}
}

// goals shows the checklist.
func (s *seatOfLesson) goals(state lesson.State) {
	for _, g := range state.Goals {
		fmt.Fprintf(s.out, "  [ ] %s\n", words(g.Says))
	}
}

// paragraphs shows prose.
func (s *seatOfLesson) paragraphs(all [][]sim.Part) {
	for _, p := range all {
		fmt.Fprintf(s.out, "  %s\n", words(p))
	}
}

// words is a text with its code in back quotes.
func words(parts []sim.Part) string {
	var b strings.Builder
	for _, p := range parts {
		if p.Code {
			b.WriteString("`" + p.Text + "`")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

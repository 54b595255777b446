package lesson

import (
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/sim"
)

// stage is a world with the tabs that a lesson knows by number. Tab 1 is the front one.
type stage struct {
	world *sim.World
	tabs  []int // terminals
	after int64 // what ran up to here is nobody's; 0: what ran before the step
}

// profileLine is the line that chooses the profile.
const profileLine = "hsm profile "

// columns is the width of a tab that nobody sees.
const columns = 100

// setUp makes the world of a lesson in a fresh one: its lines in a bash of their own, then the
// front tab with the lines to start with.
func (l *Lesson) setUp(w *sim.World) *stage {
	s := &stage{world: w}
	if len(l.World) > 0 || l.Profile != "" {
		back := w.Open("", columns).Terminal
		if l.Profile != "" {
			w.Type(back, profileLine+l.Profile)
		}
		for _, line := range l.World {
			s.at(back, line.Line)
		}
		w.Close(back)
	}
	s.tab(1)
	for _, line := range l.Start {
		s.typed(line)
	}
	return s
}

// reached is a fresh world in which the solutions of the steps before one were typed, with the names
// that are known there.
func (l *Lesson) reached(step int) (*stage, names) {
	s := l.setUp(sim.New(sim.Options{}))
	kept, binders := l.firstNames(s), slices.Clone(l.Lets)
	for i := range step {
		w := newWatch(l, i, s, kept, binders)
		s.play(w.step.Solution, func() names { return w.names(s) })
		kept, binders = w.end(w.look(w.eyes(s)))
	}
	return s, newWatch(l, step, s, kept, binders).names(s)
}

// fork is a copy of the stage that goes its own way.
func (s *stage) fork() *stage { return &stage{world: s.world.Fork(), tabs: append([]int{}, s.tabs...)} }

// tab is the terminal with a number; it is opened where it is not there.
func (s *stage) tab(n int) int {
	for len(s.tabs) < n {
		s.tabs = append(s.tabs, s.world.Open("", columns).Terminal)
	}
	if s.world.Now(s.tabs[n-1]).State == sim.Closed {
		s.tabs[n-1] = s.world.Open("", columns).Terminal
	}
	return s.tabs[n-1]
}

// number is the number of a terminal, 0 for one that the lesson does not know.
func (s *stage) number(terminal int) int { return 1 + slices.Index(s.tabs, terminal) }

// tabsMax is the highest number of a tab.
const tabsMax = 9

// parted is the tab that a line goes to, and what is typed there.
func parted(line string) (tab int, typed string) {
	if mark, rest, ok := strings.Cut(line, " "); ok && strings.HasPrefix(mark, "@") {
		if n, err := strconv.Atoi(mark[1:]); err == nil && n >= 1 && n <= tabsMax {
			return n, rest
		}
	}
	return 1, line
}

// typed types a line of a lesson: @2 before it is the second tab, @^C and @^D are keys. A command
// that waits for time alone gets it.
func (s *stage) typed(line string) sim.Turn {
	n, line := parted(line)
	return s.at(s.tab(n), line)
}

// at types into a terminal. A command that still waits there gets the time that it waits for first.
func (s *stage) at(terminal int, line string) sim.Turn {
	if line == "@^C" {
		return s.world.Interrupt(terminal)
	}
	s.passTime(terminal)
	switch line {
	case "@^D":
		return s.world.End(terminal)
	}
	return s.world.Type(terminal, line)
}

// jumpsMax is how often the clock is moved for one command that waits.
const jumpsMax = 100

// passTime lets the time pass that a command waits for.
func (s *stage) passTime(terminal int) {
	for range jumpsMax {
		if s.world.Now(terminal).State != sim.Waits || !s.world.Jump(terminal) {
			return
		}
	}
}

// play types lines, with the names filled in as they come to be bound, and returns what is printed.
func (s *stage) play(lines []string, names func() names) string {
	var out strings.Builder
	for _, line := range lines {
		out.WriteString(s.typed(names().fill(line)).Text)
	}
	for _, terminal := range s.tabs {
		s.passTime(terminal)
	}
	return out.String()
}

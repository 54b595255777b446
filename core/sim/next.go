package sim

import (
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/cli"
	"hsmplay/core/cluster"
	"hsmplay/core/cmu"
	"hsmplay/core/hsm"
	"hsmplay/core/kmu"
	"hsmplay/core/shell"
)

// nextMax is how many lines Next proposes.
const nextMax = 3

// Next proposes up to three lines that make sense in a terminal now: the next step of the way that
// the learner walks, then what else fits. Each was tried in a copy of the world.
func (w *World) Next(terminal int) []string {
	t := w.machine.Terminal(terminal)
	if t == nil {
		return nil
	}
	own, now, dir := t.Next(), t.Now(), t.Dir()
	if now.State != shell.Ready {
		return []string{}
	}
	var rows []proposal
	w.machine.Do(func() {
		g := &guide{w: w, program: now.Program, user: now.User, prompt: now.Prompt, dir: dir}
		rows = g.proposals(own)
	})
	lines := []string{}
	for _, row := range rows {
		if len(lines) < nextMax && !slices.Contains(lines, row.line) && w.comesTo(terminal, row) {
			lines = append(lines, row.line)
		}
	}
	return lines
}

// proposal is a line that may make sense, and the step that it is or leads to, nil for none.
type proposal struct {
	line string
	step *step
}

// comesTo reports whether a proposed line does what it is proposed for: a step may be there to see
// it refused.
func (w *World) comesTo(terminal int, p proposal) bool {
	if w.trial {
		return true
	}
	turn, works := w.tried(terminal, p.line)
	return works || p.step != nil && p.step.refused && turn.Code != nil && *turn.Code != 0
}

// proposals are the lines of a prompt, the best first; own are those of its program.
func (g *guide) proposals(own []string) []proposal {
	ways, rest := g.ways(), g.tokenLines()
	for _, line := range own {
		rest = append(rest, proposal{line: line})
	}
	if g.w.down() >= 0 {
		rest = append(rest, proposal{line: g.w.startLine()})
	}
	if g.program == bash && g.w.down() < 0 && g.w.cluster.State() == cluster.Active {
		rest = slices.Insert(rest, min(1, len(rest)), proposal{line: toolNamed(cli.Name).line})
	}
	if line := "openssl pkey -pubin -in " + cli.FirstFile + " -noout -text"; g.program == bash && exists(cli.FirstFile)(g) && !g.w.ran.has(line) {
		ways = slices.Insert(ways, 0, proposal{line: line})
	}
	switch {
	case g.program == bash && g.w.nextStep() != "":
		return slices.Concat([]proposal{{line: g.w.nextStep()}}, ways, rest)
	case (g.program == cmu.Name || g.program == cli.Name) && len(ways) > 0 && !leadsThrough(ways[0].step.arc, g.program):
		return append(rest, ways...) // who is here came to do something else
	}
	return append(ways, rest...)
}

// leadsThrough reports whether a tool is used on an arc.
func leadsThrough(arc, tool string) bool {
	return slices.ContainsFunc(steps, func(s step) bool { return s.arc == arc && s.tool == tool })
}

// ways are the lines that lead on: one on the arc that is walked, or where none is, one on each arc
// that can be walked.
func (g *guide) ways() (list []proposal) {
	if g.w.cluster.State() != cluster.Active {
		return nil
	}
	walked := arcs
	if current := g.w.progress.current(g); current != "" {
		walked = []string{current}
	}
	for _, arc := range walked {
		s := g.w.progress.offer(g, arc)
		if s == nil {
			continue
		}
		if line := g.way(s); line != "" {
			list = append(list, proposal{line, s})
		}
	}
	return list
}

// way is the line of a step, or what leads from the prompt to where it can be typed: out of one
// program, into another, in as somebody. It is "" where that would end what the step needs.
func (g *guide) way(s *step) string {
	here := s.tool == "" || s.tool == g.program
	switch {
	case here && g.fits(s):
		return s.line(g)
	case s.stays:
		return ""
	case g.program == bash:
		return toolNamed(s.tool).line
	case !here || strings.HasPrefix(g.prompt, "server"):
		return toolNamed(g.program).leaves(g.prompt)
	case g.user == "":
		return loginLine(s.tool, g.who(s))
	}
	return "logoutHSM"
}

// fits reports whether the right one is logged in for a step.
func (g *guide) fits(s *step) bool {
	switch s.tool {
	case "", bash:
		return true
	case cmu.Name:
		return strings.EqualFold(g.user, g.who(s).Name) && !strings.HasPrefix(g.prompt, "server")
	}
	return g.user != "" && (s.as == nil || strings.EqualFold(g.user, g.who(s).Name))
}

// who is to be logged in for a step.
func (g *guide) who(s *step) *hsm.User {
	if s.as != nil {
		return s.as(g)
	}
	if users := g.seeded(); len(users) > 0 && g.here().Users != nil {
		return users[0]
	}
	return g.me()
}

// atShell are proposed at bash's prompt, behind the ways.
var atShell = []struct {
	when func(*World) bool
	line func(*World) string
}{
	{func(w *World) bool { return !w.cluster.Daemon }, always("service cloudhsm-client start")},
	{func(w *World) bool { return w.down() >= 0 }, (*World).startLine},
	{func(*World) bool { return true }, always(kmu.Name)},
	{func(*World) bool { return true }, always("hsm status")},
	{func(*World) bool { return true }, always("ls")},
}

func always(line string) func(*World) string { return func(*World) string { return line } }

// nextAtShell proposes lines. It is called under the world's lock.
func (w *World) nextAtShell() (lines []string) {
	for _, p := range atShell {
		if p.when(w) {
			lines = append(lines, p.line(w))
		}
	}
	return lines
}

// down returns the number of an HSM that is stopped, -1 for none.
func (w *World) down() int {
	for _, n := range w.cluster.Nodes {
		if !n.Up {
			return n.HSM.Node
		}
	}
	return -1
}

func (w *World) startLine() string { return fmt.Sprintf("hsm start %d", w.down()) }

func (w *World) stopLine() string {
	return fmt.Sprintf("hsm stop %d", w.cluster.Nodes[len(w.cluster.Nodes)-1].HSM.Node)
}

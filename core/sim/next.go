package sim

import (
	"fmt"

	"hsmplay/core/kmu"
)

// proposal is a line that makes sense at the shell in a state of the world (Next on the page).
type proposal struct {
	when func(*World) bool
	line func(*World) string
}

func always(line string) func(*World) string { return func(*World) string { return line } }

// atShell are tried in their order; the first three that fit are proposed.
var atShell = []proposal{
	{func(w *World) bool { return w.nextStep() != "" }, (*World).nextStep},
	{func(w *World) bool { return w.down() >= 0 && w.keys() == 0 }, (*World).startLine},
	{func(w *World) bool { return w.keys() > 0 && w.down() < 0 }, (*World).stopLine},
	{func(*World) bool { return true }, always(kmu.Name)},
	{func(w *World) bool { return w.down() >= 0 && w.keys() > 0 }, (*World).startLine},
	{func(*World) bool { return true }, always("hsm status")},
	{func(*World) bool { return true }, always("ls")},
}

// nextAtShell proposes up to three lines. It is called under the world's lock.
func (w *World) nextAtShell() []string {
	var lines []string
	for _, p := range atShell {
		if len(lines) < 3 && p.when(w) {
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

// keys returns how many keys the fullest HSM holds.
func (w *World) keys() int {
	most := 0
	for _, n := range w.cluster.Nodes {
		token, session := n.HSM.Count()
		most = max(most, token+session)
	}
	return most
}

func (w *World) startLine() string { return fmt.Sprintf("hsm start %d", w.down()) }

func (w *World) stopLine() string {
	return fmt.Sprintf("hsm stop %d", w.cluster.Nodes[len(w.cluster.Nodes)-1].HSM.Node)
}

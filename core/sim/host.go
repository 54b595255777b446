package sim

import (
	"hsmplay/core/cluster"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// What hosts name; they import nothing below sim.
type (
	// State says what a terminal is doing.
	State = shell.State
	// Note is a rendered note of the playground.
	Note = shell.Note
	// Part is a run of a text: words, or code.
	Part = voice.Part
)

// The states of a terminal.
const (
	Ready  = shell.Ready
	Asks   = shell.Asks
	Waits  = shell.Waits
	Runs   = shell.Runs
	Closed = shell.Closed
)

// NodesMax is how many HSMs a cluster may have.
const NodesMax = cluster.NodesMax

// Now returns how a terminal stands, as a turn without text.
func (w *World) Now(terminal int) Turn {
	if t := w.machine.Terminal(terminal); t != nil {
		return t.Now()
	}
	return Turn{Terminal: terminal, State: Closed}
}

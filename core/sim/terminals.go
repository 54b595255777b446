package sim

import "hsmplay/core/shell"

// TerminalInfo is how a terminal stands.
type TerminalInfo struct {
	Terminal int         `json:"terminal"`
	Program  string      `json:"program"`
	User     string      `json:"user"`
	Prompt   string      `json:"prompt"`
	State    shell.State `json:"state"`
	History  []string    `json:"history"` // of the program at the prompt
	Named    string      `json:"named"`
}

// TerminalsView is the open terminals, and what loading the world has changed.
type TerminalsView struct {
	Terminals []TerminalInfo `json:"terminals"`
	Notes     []shell.Note   `json:"notes"`
}

// TerminalsView returns the open terminals by number. The notes are told once.
func (w *World) TerminalsView() TerminalsView {
	v := TerminalsView{Terminals: []TerminalInfo{}, Notes: append([]shell.Note{}, w.restored...)}
	w.restored = nil
	for _, t := range w.machine.Terminals() {
		now := t.Now()
		v.Terminals = append(v.Terminals, TerminalInfo{t.Number, now.Program, now.User, now.Prompt, now.State, t.History(), t.Name})
	}
	return v
}

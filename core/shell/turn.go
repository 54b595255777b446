package shell

import (
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

// State says what a terminal is doing.
type State string

// The states of a terminal.
const (
	Ready  State = "ready"
	Asks   State = "asks"
	Waits  State = "waits"
	Runs   State = "runs" // more will come by itself
	Closed State = "closed"
)

// Turn is what happened in a terminal; web/hsm.d.ts describes the fields. Everything in it is
// [voice.Visible].
type Turn struct {
	Terminal int     `json:"terminal"`
	Line     *string `json:"line"` // nil: goes on in the open block
	Echo     bool    `json:"echo"`
	At       string  `json:"at"`
	Text     string  `json:"text"`
	Notes    []Note  `json:"notes"`
	State    State   `json:"state"`
	Prompt   string  `json:"prompt"`
	Hidden   bool    `json:"hidden"`
	Wait     *Wait   `json:"wait"`
	Status   int     `json:"status"`
	Code     *int64  `json:"code"`
	Command  string  `json:"command"`
	Program  string  `json:"program"`
	User     string  `json:"user"`
	Said     string  `json:"said"`
	Clear    bool    `json:"clear"`
	Calls    []int64 `json:"calls,omitempty"` // the first and the last call to an HSM of the line so far; nil for none
}

// Works reports whether the line of a turn has ended without a fault, asks, waits, or reads what is
// typed next.
func (t Turn) Works() bool {
	switch {
	case t.State == Asks, t.State == Waits:
		return true
	case t.Code != nil:
		return *t.Code == 0
	case t.State == Ready && t.Prompt == "":
		return true // the status is still that of the line before
	}
	return t.Status == 0
}

// Note is a rendered note of the playground.
type Note struct {
	ID    voice.ID     `json:"id"`
	Parts []voice.Part `json:"parts"`
	Error bool         `json:"error,omitempty"`
}

// Wait is what a waiting command waits for, in simulated milliseconds.
type Wait struct {
	About []voice.Part `json:"about"`
	Have  int          `json:"have"`
	Of    int          `json:"of"`
	Since int64        `json:"since"`
	Until int64        `json:"until"` // 0: no end
}

// Render makes a note ready to show. Its arguments are data, so they lose their line ends too.
func Render(n voice.Note) Note {
	row, _ := voice.Lookup(n.ID)
	return Note{ID: n.ID, Parts: parts(n), Error: row.Error}
}

func parts(n voice.Note) []voice.Part {
	list := n.Parts()
	for i := range list {
		list[i].Text = oneLine(list[i].Text)
	}
	return list
}

// oneLine makes text visible and keeps it on one line.
func oneLine(text string) string { return voice.OneLine(text) }

// progress renders what a wait waits for. The caller holds the world's lock.
func progress(w *command.Wait) *Wait {
	if w == nil || w.Progress == nil {
		return nil
	}
	p := w.Progress()
	return &Wait{About: parts(p.About), Have: p.Have, Of: p.Of, Since: p.Since, Until: p.Until}
}

// codeOf returns the return code that an outcome carries.
func codeOf(err error) *uint32 {
	code := uint32(retcode.Of(err))
	return &code
}

// shownCode is a code as the page gets it; nil where a line has none.
func shownCode(code *uint32) *int64 {
	if code == nil {
		return nil
	}
	n := retcode.Code(*code).Number()
	return &n
}

// said makes the sentence for the spoken log from a finished turn and the code of its line, nil for
// none. Whether Ctrl-C has ended the line says neither a code nor a status.
func said(t Turn, code *uint32, interrupted bool) string {
	switch {
	case t.Command == "" || t.State != Ready && t.State != Closed:
		return ""
	case interrupted:
		return t.Command + " was interrupted."
	case code != nil && *code != 0 && retcode.Code(*code) != retcode.Local:
		return t.Command + " failed: " + strings.TrimSuffix(oneLine(retcode.Code(*code).Error()), ".") + "."
	case code != nil && *code != 0, code == nil && t.Status != 0:
		return t.Command + " failed."
	}
	return t.Command + " succeeded."
}

// add appends what happened later to a turn.
func (t *Turn) add(later Turn) {
	text, notes := t.Text+later.Text, append(t.Notes[:len(t.Notes):len(t.Notes)], later.Notes...)
	if later.Clear {
		text = later.Text
	}
	line, echo, at, clear := t.Line, t.Echo, t.At, t.Clear || later.Clear
	*t = later
	t.Line, t.Echo, t.At, t.Clear = line, echo, at, clear
	t.Text, t.Notes = text, notes
}

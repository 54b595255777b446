package sim

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
	"hsmplay/core/shell"
	"hsmplay/core/view"
	"hsmplay/core/voice"
)

// Limits of what is remembered of what ran.
const (
	ranMax  = 256 // lines of a terminal
	ranGone = 64  // of which so many go when there are more: whole pages of a saved world
	rowsMax = 32  // ids of changed rows of a line
	logsMax = 16  // terminals that are remembered, those that are closed too
)

// ran is what ran, by terminal, and the world as the last line has left it. It is guarded by the
// world's lock.
type ran struct {
	seq  int64
	call int64 // the number of the last call then
	logs []terminalLog
	last tables

	hidden []string // passwords that came to light since the timeline has looked
}

// terminalLog is what ran in a terminal, the oldest first. Rows are only appended, but for secrets
// that come to light.
type terminalLog struct {
	terminal int
	gone     int // how many came before them
	rows     []*view.RanRow
}

// Ran returns what ran in a terminal after a sequence number, the oldest first; -1 is all
// terminals, 0 what tools did that run on the host.
func (w *World) Ran(terminal int, after int64) (rows []view.RanRow) {
	w.machine.Do(func() {
		var all []view.RanRow
		for _, l := range w.ran.logs {
			for _, r := range l.rows {
				all = append(all, *r)
			}
		}
		slices.SortFunc(all, func(a, b view.RanRow) int { return int(a.Seq - b.Seq) })
		rows = view.Ran(all, terminal, after)
	})
	return rows
}

// ended takes a line down and returns what is to be said to it. It is called under the world's
// lock.
func (w *World) ended(e shell.Ended) []voice.Note {
	if w.hears != nil {
		*w.hears = e
	}
	before := w.ran.call
	r := &view.RanRow{Terminal: e.Terminal, Time: w.cluster.Now, Tool: e.Tool, Status: e.Status, Refusal: refusal(e.Err)}
	for _, exit := range e.Exits {
		r.Exits = append(r.Exits, view.Exit(exit))
	}
	var secrets []string
	r.Path, r.Line, secrets = w.told(e)
	if e.By != nil {
		code := retcode.Of(e.Err).Number()
		r.Code, r.User = &code, e.By.User()
	}
	r.Calls, w.ran.call = []int64{}, w.cluster.LastEvent()
	if before < w.ran.call {
		r.Calls = []int64{before + 1, w.ran.call}
	}
	r.Rows = w.ran.last.changed(w)
	r.More = max(len(r.Rows)-rowsMax, 0)
	r.Rows = r.Rows[:len(r.Rows)-r.More]
	w.ran.add(r)
	w.walk(e, r)
	for _, secret := range append(secrets, e.Secrets...) {
		w.ran.hide(secret)
		if w.timed {
			w.ran.hidden = append(w.ran.hidden, secret)
		}
	}
	return append(w.happened(e, r), w.approvals(e, r)...)
}

// walk takes the steps that a line of a terminal has taken.
func (w *World) walk(e shell.Ended, r *view.RanRow) {
	if e.Terminal == 0 || w.cluster.State() != cluster.Active {
		return
	}
	g := &guide{w: w, program: e.Tool, dir: e.Dir}
	if e.By != nil {
		g.user = e.By.User()
	}
	w.progress.walk(g, r)
}

// refusal says in a few words what was wrong with a line.
func refusal(err error) string {
	var fault *command.Fault
	var refused hsm.Refusal
	switch {
	case err == nil:
		return ""
	case errors.As(err, &fault):
		return fault.Error()
	case errors.As(err, &refused):
		return string(refused.Reason)
	}
	return retcode.Of(err).Error()
}

// add appends a row to the log of its terminal.
func (r *ran) add(row *view.RanRow) {
	r.seq++
	row.Seq, row.ID = r.seq, fmt.Sprint("ran-", r.seq)
	l := r.log(row.Terminal)
	l.rows = append(l.rows, row)
	if len(l.rows) > ranMax {
		l.rows, l.gone = slices.Clone(l.rows[ranGone:]), l.gone+ranGone
	}
}

// log returns the log of a terminal, which is made where there is none yet.
func (r *ran) log(terminal int) *terminalLog {
	i := slices.IndexFunc(r.logs, func(l terminalLog) bool { return l.terminal == terminal })
	if i < 0 {
		if len(r.logs) == logsMax {
			r.logs = slices.Delete(r.logs, 0, 1)
		}
		i = len(r.logs)
		r.logs = append(r.logs, terminalLog{terminal: terminal})
	}
	return &r.logs[i]
}

// settle is called when the world has changed by itself: that is no line's work, unless one waits
// for it.
func (r *ran) settle(w *World) {
	if !w.machine.Waiting() {
		r.call = w.cluster.LastEvent()
		r.last.remember(w, nil)
	}
}

// hide takes a password out of all lines, and reports whether one had it: it may have been typed
// before it was known for one. One that is too short to be a password of an HSM is a toy.
func (r *ran) hide(secret string) (had bool) {
	if len(secret) < hsm.PasswordMin {
		return false
	}
	for _, l := range r.logs {
		for i, row := range l.rows {
			if strings.Contains(row.Line+strings.Join(row.Path, " "), secret) {
				hidden := *row
				hidden.Path = slices.Clone(row.Path)
				for i, word := range row.Path {
					hidden.Path[i] = strings.ReplaceAll(word, secret, command.Hidden)
				}
				hidden.Line = strings.ReplaceAll(row.Line, secret, command.Hidden)
				l.rows[i], had = &hidden, true
			}
		}
	}
	return had
}

// has reports whether a line has run, as far as is remembered.
func (r *ran) has(line string) bool {
	return slices.ContainsFunc(r.logs, func(l terminalLog) bool {
		return slices.ContainsFunc(l.rows, func(row *view.RanRow) bool { return row.Line == line })
	})
}

// fork returns a copy that goes its own way.
func (r *ran) fork() ran {
	f := *r
	f.logs = slices.Clone(r.logs)
	for i := range f.logs {
		f.logs[i].rows = slices.Clone(r.logs[i].rows)
	}
	f.last = r.last.fork()
	return f
}

package shell

import (
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"hsmplay/core/command"
	"hsmplay/core/voice"
)

// screen is what has been printed to a terminal and not been told yet, and the facts of the line
// that runs. The terminal's mu guards it.
type screen struct {
	line    *string
	echo    bool
	at      string
	text    []byte // visible
	partial []byte // the first bytes of a character whose rest is still to come
	notes   []Note
	said    []Note // since the line was typed, told or not
	lacks   string // see keepLacks
	clear   bool

	status  int
	code    *uint32
	command string
	told    time.Time // of the last turn
	shows   bool      // somebody is on the way to tell what a job has printed at the prompt

	interrupted bool  // the line was ended by Ctrl-C
	called      int64 // the last call to an HSM before the line
}

// tally counts what the running line has shown.
type tally struct{ bytes, rows, line atomic.Int64 }

func (s *tally) reset() {
	s.bytes.Store(0)
	s.rows.Store(0)
	s.line.Store(0)
}

// full reports whether the running line has shown all that it may.
func (t *Terminal) full() bool {
	limits := &t.m.o.Limits
	return t.shown.bytes.Load() >= limits.Screen || t.shown.rows.Load() >= limits.Rows || t.shown.line.Load() >= limits.Line
}

// flushAfter is how long output may stay untold.
const flushAfter = 50 * time.Millisecond

// write prints to the terminal, whatever bytes they are.
func (t *Terminal) write(text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now, later := whole(append(t.screen.partial, text...))
	seen := voice.Visible(string(now))
	t.shown.bytes.Add(int64(len(seen)))
	t.shown.rows.Add(int64(strings.Count(seen, "\n")))
	if i := strings.LastIndexByte(seen, '\n'); i >= 0 {
		t.shown.line.Store(int64(len(seen) - i - 1))
	} else {
		t.shown.line.Add(int64(len(seen)))
	}
	t.keepLacks(seen)
	t.screen.text = append(t.screen.text, seen...)
	t.screen.partial = later
	if t.m.o.Live && t.m.o.Listen != nil && t.at.state == Ready && !t.screen.shows {
		t.screen.shows = true
		time.AfterFunc(showAfter, t.show)
	}
}

// showAfter gathers what a job prints at a prompt into one turn.
const showAfter = 20 * time.Millisecond

// show lets the listener hear what a job has printed at a prompt. A line that has begun since
// brings it along.
func (t *Terminal) show() {
	t.mu.Lock()
	t.screen.shows = false
	t.mu.Unlock()
	t.flushed()
}

// whole splits text before a last character whose bytes have not all come yet.
func whole(text []byte) (now, later []byte) {
	for i := len(text) - 1; i >= 0 && len(text)-i < utf8.UTFMax; i-- {
		if utf8.RuneStart(text[i]) {
			if !utf8.FullRune(text[i:]) {
				return text[:i], text[i:]
			}
			break
		}
	}
	return text, nil
}

// notesMax is how many notes are kept until the host takes them: the last ones.
const notesMax = 100

// note says something beside the terminal. The same note is said once for a line, however often the
// host takes what there is while it runs.
func (t *Terminal) note(n Note) {
	t.mu.Lock()
	defer t.mu.Unlock()
	same := func(other Note) bool { return other.ID == n.ID && slices.Equal(other.Parts, n.Parts) }
	if slices.ContainsFunc(t.screen.said, same) {
		return
	}
	t.screen.notes, t.screen.said = appendLast(t.screen.notes, n), appendLast(t.screen.said, n)
}

// appendLast appends a note to a list that keeps the last [notesMax].
func appendLast(list []Note, n Note) []Note {
	if len(list) == notesMax {
		list = list[1:]
	}
	return append(list, n)
}

// wipe clears the transcript.
func (t *Terminal) wipe() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.screen.clear, t.screen.text, t.screen.notes, t.screen.said = true, nil, nil, nil
}

func (t *Terminal) hasOutput() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.screen.text) > 0 || len(t.screen.notes) > 0
}

// flush offers the host what was printed, if it listens and the last time is long ago. It is called
// by processes, often.
func (t *Terminal) flush() {
	t.mu.Lock()
	due := len(t.screen.text) > 0 && time.Since(t.screen.told) >= flushAfter
	t.mu.Unlock()
	if due {
		t.offer()
	}
}

// aheadMax is how many bytes a process may print before the host has taken them.
const aheadMax = 256 << 10

// settleAhead holds a process back that prints faster than the host takes it.
func (t *Terminal) settleAhead() {
	for t.ahead() && t.life.Err() == nil {
		time.Sleep(time.Millisecond)
		t.offer()
	}
}

// ahead reports whether more is printed than the host should get at once, and the host listens.
func (t *Terminal) ahead() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.at.state == Runs && len(t.screen.text) > aheadMax
}

// offer tells the host what was printed, if it listens.
func (t *Terminal) offer() {
	select {
	case t.toHost <- handover{flush: true}:
	default:
	}
}

// tell makes a turn of what has not been told yet, and lets the listener hear it.
func (t *Terminal) tell() Turn {
	turn := t.status()
	t.mu.Lock()
	s := &t.screen
	if turn.State != Runs && len(s.partial) > 0 {
		s.text, s.partial = append(s.text, voice.Visible(string(s.partial))...), nil
	}
	turn.Line, turn.Echo, turn.At = s.line, s.line == nil || s.echo, s.at
	turn.Text, turn.Clear = string(s.text), s.clear
	turn.Notes = append([]Note{}, s.notes...)
	s.line, s.at, s.text, s.notes, s.clear, s.told = nil, "", nil, nil, false, time.Now()
	code, interrupted, called := s.code, s.interrupted, s.called
	t.mu.Unlock()
	if turn.State != Runs {
		turn.Calls = t.calls(called)
	}
	if turn.Line != nil || turn.Text != "" {
		turn.Said = said(turn, code, interrupted)
	}
	if t.m.o.Listen != nil {
		t.m.o.Listen(turn)
	}
	return turn
}

// status is how the terminal stands: a turn without text.
func (t *Terminal) status() Turn {
	t.mu.Lock()
	at, s := t.at, &t.screen
	turn := Turn{Terminal: t.Number, Echo: true, Notes: []Note{}, State: at.state, Prompt: voice.Visible(at.prompt),
		Hidden: at.hidden, Status: s.status, Code: shownCode(s.code), Command: s.command, Program: "bash"}
	if len(t.stack) > 0 {
		top := t.stack[len(t.stack)-1]
		turn.Program, turn.User = top.name, oneLine(top.user)
	}
	t.mu.Unlock()
	turn.Wait = t.progress(at.wait)
	return turn
}

func (t *Terminal) progress(w *command.Wait) (shown *Wait) {
	if w != nil {
		t.m.Do(func() { shown = progress(w) })
	}
	return shown
}

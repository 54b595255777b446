package shell

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"hsmplay/core/command"
	"hsmplay/core/voice"
)

// Two sides share a terminal: the host, who types, closes and shows, and the process, a goroutine
// that runs bash and all that bash runs for as long as the terminal is open. At any time one of
// them works and the other waits, so that a program can be written as if it blocked: it asks for a
// line and gets one. The channels hand the turn over:
//
//	host:     Type → begin → resume ── toProc ──▶ the process;  await ◀── toHost ── the process → Turn
//	process:  ask → handOver ── toHost ──▶ the host;  handOver ◀── toProc ── the host → runs the line, asks again
//
// toHost carries a [handover]: the process has stopped, because it wants a line (Ready), an answer
// (Asks) or time (Waits), or has ended (Closed); with flush it has not stopped but printed, and
// goes on at once. toProc carries the [input] that lets it go on. Both are unbuffered, and only
// [Terminal.handOver], [Terminal.flush] and the end of [Terminal.live] on the one side,
// [Terminal.resume] and [Terminal.await] on the other touch them: who holds [Terminal.host] is the
// one host call that is in a turn, who holds [Terminal.fore] the one process of a pipe that may
// ask. A process never hands over while it holds the world's lock, since the host takes that to
// poll waits. What both sides read and write at any time, such as the screen and the stack of
// programs, is behind mu. Jobs in the background have goroutines of their own and never hand over:
// their waits are [Machine.Poll]'s, their output comes with the next turn.

// Terminal is one tab: bash at the bottom, and the programs that it runs. One goroutine of its own
// carries them out; it hands over where a line is wanted, where a command waits, and at the end.
type Terminal struct {
	Number int
	Name   string // what it was opened for, "" for nothing in particular
	m      *Machine

	host   sync.Mutex    // one host call at a time
	toHost chan handover // unbuffered, like the next
	toProc chan input
	fore   sync.Mutex  // one process at a time has the terminal
	killed atomic.Bool // the terminal is being closed
	shown  tally       // since the line was typed
	life   context.Context
	die    context.CancelFunc // ends all that runs, jobs in the background too

	mu           sync.Mutex // guards what is below: both sides touch it
	asleep       bool       // of a fork, and not used yet: saved is all of it
	at           handover   // where the process stands; state Runs while it does not
	cancel       context.CancelFunc
	inputs       int // how often the host has answered the process
	stopped      int // the input whose line Ctrl-C has stopped
	screen       screen
	columns      int
	stack        []*running // the programs that read lines, innermost last
	shell        *bash
	history      map[string]*history
	saved        Saved             // as of the last prompt of bash
	secrets      []string          // see Ended
	exits        []Exit            // see Ended
	defined      map[string]bool   // see functionsWith
	keyed        map[string]bool   // see keyedIn
	fixed        map[string]bool   // see fixedIn
	integers     map[string]bool   // see declareIntegers
	folds        map[string]string // see declareFolds
	foldsEver    map[string]string // with those that functions have declared, for read
	integersEver map[string]bool   // the same
	texts        []string          // kept for processes, see [bash.forked]
	textAt       map[string]int
	typedBody    map[string]string // of a changed function, how it was typed
}

// handover is what the process tells the host when it stops, or that there is output.
type handover struct {
	state  State
	prompt string
	hidden bool
	wait   *command.Wait
	flush  bool // output only: the process does not stop
}

// input is what the host answers to a handover.
type input struct {
	kind    inputKind
	line    string
	outcome command.Outcome
}

type inputKind int

const (
	typed       inputKind = iota
	ended                 // Ctrl-D
	interrupted           // Ctrl-C; outcome is what the wait had to say
	over                  // the wait is over, with outcome
	hangup                // the terminal is closed
)

// Open makes a terminal and returns it with its first turn. name is "" or what it is for; columns
// is the width in characters, 0 for 80.
func (m *Machine) Open(name string, columns int) (*Terminal, Turn) {
	return m.start(Saved{Name: name, Columns: columns, Dir: Home})
}

func (m *Machine) start(s Saved) (*Terminal, Turn) {
	t := m.terminal(s)
	m.mu.Lock()
	m.number = max(m.number+1, s.Number)
	t.Number = m.number
	if s.Number > 0 {
		t.Number = s.Number
	}
	m.terminals = append(m.terminals, t)
	slices.SortFunc(m.terminals, func(a, b *Terminal) int { return a.Number - b.Number })
	m.mu.Unlock()
	t.host.Lock()
	defer t.host.Unlock()
	t.at.state = Runs
	go t.live(s)
	return t, t.await()
}

// terminal makes a terminal without a number whose bash is yet to begin.
func (m *Machine) terminal(s Saved) *Terminal {
	t := &Terminal{Name: s.Name, m: m, toHost: make(chan handover), toProc: make(chan input),
		columns: s.Columns, history: map[string]*history{}, saved: s}
	t.life, t.die = context.WithCancel(context.Background())
	return t
}

// Type hands a line to the terminal and returns, when it is ready again, asks, waits or is closed,
// with everything since the line.
func (t *Terminal) Type(line string) Turn {
	t.wake()
	t.host.Lock()
	defer t.host.Unlock()
	switch t.at.state {
	case Closed:
		return t.tell()
	case Waits:
		t.note(Render(voice.Say(voice.ShellStillWaits, "line", line)))
		return t.tell()
	}
	t.begin(line)
	return t.resume(input{kind: typed, line: line})
}

// enter tells the host that what is done with the world now is this terminal's. It is called under
// the world's lock.
func (t *Terminal) enter() {
	if t != nil && t.m.o.Enter != nil {
		t.m.o.Enter(t.Number)
	}
}

// called is the number of the last call to an HSM.
func (t *Terminal) called() (last int64) {
	if t.m.o.Called != nil {
		t.m.Do(func() { last = t.m.o.Called() })
	}
	return last
}

// calls are the numbers of the first and the last call that the terminal has made since one; nil
// for none.
func (t *Terminal) calls(after int64) (numbers []int64) {
	if t.m.o.Calls != nil {
		t.m.Do(func() { numbers = t.m.o.Calls(t.Number, after) })
	}
	return numbers
}

// Idle reports whether no line runs, asks or waits in the terminal.
func (t *Terminal) Idle() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.asleep || t.at.state == Ready || t.at.state == Closed
}

// begin opens a block with a typed line.
func (t *Terminal) begin(line string) {
	called := t.called()
	t.mu.Lock()
	defer t.mu.Unlock()
	shown := oneLine(line)
	if t.at.hidden {
		shown = ""
	}
	t.screen.line, t.screen.echo, t.screen.at = &shown, !t.at.hidden, t.at.prompt
	t.screen.said, t.screen.lacks = nil, ""
	if t.at.state == Ready {
		t.screen.code, t.screen.command, t.screen.interrupted = nil, label(line), false
		t.screen.called = called
	}
}

// label is the first word of a line, for labels.
func label(line string) string {
	fields := strings.Fields(line)
	if len(fields) == 0 {
		return ""
	}
	word := fields[0]
	for len(word) > 64 {
		_, size := utf8.DecodeLastRuneInString(word[:65])
		word = word[:65-size]
	}
	return oneLine(word)
}

// Interrupt is Ctrl-C: a line is given up, a question too, a wait ends, a running bash line stops
// with status 130.
func (t *Terminal) Interrupt() Turn {
	t.wake()
	for !t.host.TryLock() {
		if t.stopLine() {
			t.host.Lock()
			defer t.host.Unlock()
			return t.tell()
		}
		time.Sleep(time.Millisecond) // a line is just beginning or ending; under js only a sleep lets it go on
	}
	defer t.host.Unlock()
	switch t.at.state {
	case Closed:
		return t.tell()
	case Waits:
		out := t.endOutcome(command.Interrupted)
		t.interrupted()
		t.write("^C\n")
		return t.resume(input{kind: interrupted, outcome: out})
	}
	t.begin("")
	t.interrupted()
	t.write("^C\n")
	return t.resume(input{kind: interrupted})
}

// interrupted keeps in mind that Ctrl-C has ended a line, for what is said of it.
func (t *Terminal) interrupted() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.screen.interrupted = true
}

// stopLine stops the line that is running, and reports whether one is. A line may have been typed
// but not yet have its context: [Terminal.lineContext] stops it then.
func (t *Terminal) stopLine() bool {
	t.mu.Lock()
	runs, cancel := t.at.state == Runs, t.cancel
	if runs {
		t.stopped, t.screen.interrupted = t.inputs, true
	}
	t.mu.Unlock()
	if runs {
		t.write("^C\n")
	}
	if runs && cancel != nil {
		cancel()
	}
	return runs
}

// stop cancels what is running.
func (t *Terminal) stop() {
	t.mu.Lock()
	cancel := t.cancel
	t.mu.Unlock()
	if cancel != nil {
		cancel()
	}
}

// End is Ctrl-D on an empty line: it leaves the running program, or the shell.
func (t *Terminal) End() Turn {
	t.wake()
	t.host.Lock()
	defer t.host.Unlock()
	if t.at.state == Closed || t.at.state == Waits {
		return t.tell()
	}
	t.begin("")
	return t.resume(input{kind: ended})
}

// Close ends the terminal with all that runs on it; its sessions with the HSMs end too.
func (t *Terminal) Close() {
	t.wake()
	t.killed.Store(true)
	t.die()
	t.host.Lock()
	defer t.host.Unlock()
	if t.at.state == Waits {
		t.endOutcome(command.Interrupted)
	}
	if t.at.state != Closed {
		t.resume(input{kind: hangup})
	}
}

// Resize tells the width in characters.
func (t *Terminal) Resize(columns int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.columns = columns
}

// Columns is the width in characters.
func (t *Terminal) Columns() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.columns <= 0 {
		return 80
	}
	return t.columns
}

// Now returns how the terminal stands, as a turn without text.
func (t *Terminal) Now() Turn {
	t.wake()
	return t.status()
}

// poll lets the terminal's command go on if its wait is over.
func (t *Terminal) poll() (Turn, bool) {
	if !t.host.TryLock() {
		return Turn{}, false
	}
	defer t.host.Unlock()
	w := t.waiting()
	if w == nil {
		return Turn{}, false
	}
	var out command.Outcome
	done := false
	t.m.Do(func() { t.enter(); out, done = w.Poll() })
	if !done {
		return Turn{}, false
	}
	return t.resume(input{kind: over, outcome: out}), true
}

// waiting returns what the terminal waits for, nil for nothing.
func (t *Terminal) waiting() *command.Wait {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.at.state != Waits {
		return nil
	}
	return t.at.wait
}

// endWait gives up the wait, for another reason than Ctrl-C.
func (t *Terminal) endWait(why command.Ending) Turn {
	t.host.Lock()
	defer t.host.Unlock()
	if t.at.state != Waits {
		return t.tell()
	}
	return t.resume(input{kind: over, outcome: t.endOutcome(why)})
}

func (t *Terminal) endOutcome(why command.Ending) (out command.Outcome) {
	if w := t.waiting(); w != nil && w.End != nil {
		t.m.Do(func() { t.enter(); out = w.End(why) })
	}
	return out
}

// resume answers the process and waits until it stops again.
func (t *Terminal) resume(in input) Turn {
	t.mu.Lock()
	t.at = handover{state: Runs}
	t.inputs++
	t.mu.Unlock()
	t.toProc <- in
	return t.await()
}

// await hears the process until it stops, and returns everything that it said.
func (t *Terminal) await() Turn {
	var all Turn
	for first := true; ; first = false {
		h := <-t.toHost
		if !h.flush {
			t.mu.Lock()
			t.at = h
			t.mu.Unlock()
		}
		piece := t.tell()
		if first {
			all = piece
		} else {
			all.add(piece)
		}
		if !h.flush {
			return all
		}
	}
}

// flushed tells what jobs in the background have printed since the last turn.
func (t *Terminal) flushed() (Turn, bool) {
	if !t.host.TryLock() {
		return Turn{}, false
	}
	defer t.host.Unlock()
	if !t.hasOutput() {
		return Turn{}, false
	}
	return t.tell(), true
}

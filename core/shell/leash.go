package shell

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"time"

	"hsmplay/core/voice"
)

// Limits bound what one typed line may use. Go cannot recover from a full stack or memory, so they
// are never reached. Zero fields have the defaults.
type Limits struct {
	Steps  int64 // statements, calls and 4 KiB pieces of output: 5 million
	Output int64 // bytes written by all programs of the line: 64 MiB
	Piped  int64 // bytes written to pipes or read from endless devices, which nobody keeps: 256 MiB
	Screen int64 // bytes shown on the terminal: 8 MiB
	Line   int64 // bytes of one line shown: 1 MiB
	Rows   int64 // lines shown on the terminal: 200,000
	Frames int   // of Go's stack: 2,400
	Forks  int64 // processes at once: 100
	Room   int64 // bytes that one expansion may make: 4 MiB
	Heap   int64 // bytes that variables may add: 48 MiB
}

func (l Limits) orDefaults() Limits {
	defaults := Limits{Steps: 5_000_000, Output: 64 << 20, Piped: 256 << 20, Screen: 8 << 20, Line: 1 << 20, Rows: 200_000,
		Frames: 2400, Forks: 100, Room: 4 << 20, Heap: 48 << 20}
	for _, f := range []struct{ field, value *int64 }{
		{&l.Steps, &defaults.Steps}, {&l.Output, &defaults.Output}, {&l.Screen, &defaults.Screen},
		{&l.Piped, &defaults.Piped}, {&l.Line, &defaults.Line},
		{&l.Rows, &defaults.Rows}, {&l.Forks, &defaults.Forks},
		{&l.Room, &defaults.Room}, {&l.Heap, &defaults.Heap},
	} {
		if *f.field == 0 {
			*f.field = *f.value
		}
	}
	if l.Frames == 0 {
		l.Frames = defaults.Frames
	}
	return l
}

// leash is the context of one typed line. The interpreter asks a context for its error before every
// statement, command and call: that is where the line's use is counted, and where it yields.
type leash struct {
	context.Context
	*budget
}

// budget counts what a line has used; its processes share it.
type budget struct {
	t       *Terminal
	limits  Limits
	steps   atomic.Int64
	output  atomic.Int64
	piped   atomic.Int64
	forks   atomic.Int64
	heap    atomic.Int64 // where the heap is looked at closely; 0 before the first look
	yielded atomic.Int64 // Unix nanoseconds
	spent   atomic.Pointer[overrun]
}

// overrun is the limit that a line went over: how bash says it, the exit status, and the note.
type overrun struct {
	text   string
	status uint8
	note   voice.Note
}

// Error returns bash's words.
func (o *overrun) Error() string { return o.text }

// errPipe ends a process that writes where nobody reads any more.
var errPipe = errors.New("broken pipe")

// newLeash makes a context for what nobody typed. Cancelling stops it.
func (t *Terminal) newLeash() (*leash, context.CancelFunc) {
	ctx, cancel := context.WithCancel(t.life)
	return &leash{ctx, t.newBudget()}, cancel
}

// newLine makes the context of a line that was typed. Ctrl-C stops it.
func (t *Terminal) newLine() *leash { return &leash{t.lineContext(), t.newBudget()} }

// newBudget is what one line may use.
func (t *Terminal) newBudget() *budget {
	b := &budget{t: t, limits: t.m.o.Limits}
	b.yielded.Store(time.Now().UnixNano())
	return b
}

// refresh begins a new line: what was used before counts no more, and the event loop has just had
// its turn, with the line.
func (b *budget) refresh() {
	b.yielded.Store(time.Now().UnixNano())
	b.steps.Store(0)
	b.output.Store(0)
	b.piped.Store(0)
	b.t.shown.reset()
	b.heap.Store(0)
}

// forgive lets a program go on after one of its commands went over a limit.
func (b *budget) forgive() {
	b.spent.Store(nil)
	b.refresh()
}

// Err counts one step and returns why the line must stop, if it must.
func (l *leash) Err() error {
	if err := l.Context.Err(); err != nil {
		return err
	}
	return l.step()
}

// step counts one step.
func (b *budget) step() error {
	n := b.steps.Add(1)
	if n&7 == 0 {
		b.look(n)
	}
	if o := b.spent.Load(); o != nil {
		return o
	}
	return nil
}

// look is the part of a step that costs more.
func (b *budget) look(n int64) {
	if n > b.limits.Steps {
		b.end(&overrun{"CPU time limit exceeded", 152, voice.Say(voice.ShellSteps, "limit", b.limits.Steps)})
	}
	if b.t.full() {
		b.end(&overrun{"File size limit exceeded", 153,
			voice.Say(voice.ShellFlood, "bytes", b.limits.Screen, "rows", b.limits.Rows)})
	}
	if n&31 == 0 && deeper(b.limits.Frames) {
		b.end(&overrun{"maximum function nesting level exceeded", 1, voice.Say(voice.ShellDepth)})
	}
	b.weigh()
	if n&63 == 0 {
		b.yield()
	}
}

// yield lets the event loop of a page go on, and the output out, every 50 ms. Under js a sleep does
// that and runtime.Gosched does not.
func (b *budget) yield() {
	now := time.Now().UnixNano()
	if time.Duration(now-b.yielded.Load()) < flushAfter {
		return
	}
	time.Sleep(time.Millisecond) // before the flush: that wakes a goroutine, and then the page's loop would not get its turn
	b.t.flush()
	b.yielded.Store(time.Now().UnixNano())
}

// weigh ends the line when it has added too much to the heap. What is over the mark may be garbage,
// so a collection decides. What the terminal shows is the host's, who may hold it [copies] times.
//
// Most lines are done before the first look, which is why the heap is not read at their beginning.
func (b *budget) weigh() {
	now := heapBytes()
	b.heap.CompareAndSwap(0, now+b.limits.Heap)
	mark := b.heap.Load() + copies*b.t.shown.bytes.Load()
	if now < mark {
		return
	}
	runtime.GC()
	if heapBytes() >= mark {
		b.end(&overrun{"xrealloc: cannot allocate memory", 2, voice.Say(voice.ShellMemory)})
	}
}

// write counts output.
func (b *budget) write(n int) error { return b.pass(n, &b.output, b.limits.Output) }

// pipe counts what goes through a pipe, or comes from a device that has no end.
func (b *budget) pipe(n int) error { return b.pass(n, &b.piped, b.limits.Piped) }

func (b *budget) pass(n int, all *atomic.Int64, limit int64) error {
	if all.Add(int64(n)) > limit {
		b.end(&overrun{"File size limit exceeded", 153, voice.Say(voice.ShellOutput, "limit", limit)})
	}
	if n >= 4096 {
		b.steps.Add(int64(n / 4096))
	}
	b.yield()
	return b.step()
}

// copies is how often a host may hold what is shown: the turn, the pieces it was heard in, and two
// on the way.
const copies = 4

// fork counts a process in; the caller calls done at its end.
func (b *budget) fork() (done func(), err error) {
	if b.forks.Add(1) > b.limits.Forks {
		b.end(&overrun{"fork: retry: Resource temporarily unavailable", 254,
			voice.Say(voice.ShellForks, "limit", b.limits.Forks)})
	}
	done = func() { b.forks.Add(-1) }
	if o := b.spent.Load(); o != nil {
		return done, o
	}
	return done, nil
}

// room ends the line when an expansion would make more bytes than it may.
func (b *budget) room(bytes int64) error {
	if bytes > b.limits.Room {
		b.end(&overrun{"xrealloc: cannot allocate memory", 2, voice.Say(voice.ShellMemory)})
	}
	if o := b.spent.Load(); o != nil {
		return o
	}
	return nil
}

// end makes every process of the line stop; the first reason counts.
func (b *budget) end(why *overrun) { b.spent.CompareAndSwap(nil, why) }

// deeper reports whether Go's stack holds more than so many frames.
func deeper(frames int) bool {
	var pc [1]uintptr
	return runtime.Callers(frames, pc[:]) > 0
}

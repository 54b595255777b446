package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"hsmplay/core/sim"
)

// execute is the verb exec.
func execute(ctx context.Context, h host, args []string) int {
	flags := flag.NewFlagSet("exec", flag.ContinueOnError)
	transcript := flags.Bool("transcript", false, "")
	nodes := flags.Int("nodes", 3, "")
	seed := flags.Uint64("seed", 1, "")
	dir := flags.String("dir", "", "")
	state := flags.String("state", "", "")
	clock := flags.String("clock", "", "")
	if status, ok := h.parse(flags, args); !ok {
		return status
	}
	if *nodes < 1 || *nodes > sim.NodesMax {
		return h.misuse("exec", fmt.Errorf("-nodes is 1 to %d", sim.NodesMax))
	}
	in, err := scriptFile(h, flags.Args())
	if err != nil {
		return h.misuse("exec", err)
	}
	defer in.Close()
	wall, err := wallClock(*clock)
	if err != nil {
		return h.misuse("exec", err)
	}
	options := sim.Options{Nodes: *nodes, Seed: *seed, Wall: wall, Strict: *clock != ""}
	if *clock != "" && given(flags, "seed") && *state == "" { // a kept world would get the same keys again
		defer replayed(*seed)()
	}
	if *dir != "" {
		home, err := openDisk(*dir)
		if err != nil {
			return h.misuse("exec", err)
		}
		options.Disk = home
	}
	signal.Ignore(syscall.SIGPIPE) // a reader who goes away must not take the world with him
	ctx, stop := endedBy(ctx, os.Interrupt)
	defer stop()
	out := &outlet{Writer: h.out}
	e := &executor{screen: newScreen(out, h.err, *transcript), out: out, dated: *clock != "", numbers: map[int]int{}, states: map[int]sim.State{}}
	options.Listen = e.listen
	if *state != "" {
		store, err := newStore(*state, h.err)
		if err != nil {
			return h.fail("exec", err)
		}
		e.store = &store
	}
	switch err := e.session(ctx, patient{ctx, in}, options); {
	case err != nil && !errors.Is(err, context.Canceled):
		return h.fail("exec", err)
	case ctx.Err() != nil:
		return endingStatus(ctx)
	}
	return done
}

// given reports whether a flag was given.
func given(flags *flag.FlagSet, name string) (found bool) {
	flags.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}

// wallClock is the time of -clock in milliseconds since 1970; this machine's where none is given.
func wallClock(text string) (int64, error) {
	if text == "" {
		return time.Now().UnixMilli(), nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return 0, fmt.Errorf("-clock is a time such as 2026-11-29T12:00:00Z, not %q", text)
	}
	return t.UnixMilli(), nil
}

// scriptFile opens what is to be typed: a file, or standard input for none and for "-".
func scriptFile(h host, args []string) (io.ReadCloser, error) {
	switch {
	case len(args) > 1:
		return nil, fmt.Errorf("one script at a time, not %d: %s", len(args), strings.Join(args, " "))
	case len(args) == 0 || args[0] == "-":
		return io.NopCloser(h.in), nil
	}
	return os.Open(args[0])
}

// executor types a script. Time stands still but for the waits that nothing else in the script can
// end.
type executor struct {
	world   *sim.World
	store   *store      // nil: the world ends with the run
	dated   bool        // -clock: a kept world has another date from now on
	out     *outlet     // where the screen's text goes
	numbers map[int]int // terminals as the script counts them → as the world does

	mu     sync.Mutex // guards what the listener touches
	screen *screen
	states map[int]sim.State
}

// session types the script in a world: a fresh one, or the one of the state file, which is saved at
// the end.
func (e *executor) session(ctx context.Context, in io.Reader, o sim.Options) error {
	if e.store == nil {
		e.world = sim.New(o)
		return e.typeAll(ctx, in)
	}
	err := e.store.take(ctx)
	if err != nil {
		return err
	}
	if e.world, err = e.store.load(o); err != nil {
		return errors.Join(err, e.store.close())
	}
	if e.dated {
		e.world.SetDate(o.Wall)
	}
	e.listen(sim.Turn{Notes: e.world.TerminalsView().Notes})
	return errors.Join(e.typeAll(ctx, in), e.store.save(e.world), e.store.close())
}

// listen hears every turn.
func (e *executor) listen(t sim.Turn) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.screen.show(t)
	e.states[t.Terminal] = t.State
}

// is reports whether a terminal of the world stands so.
func (e *executor) is(terminal int, state sim.State) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.states[terminal] == state
}

// lost reports whether nobody hears what is said: then nothing more is typed.
func (e *executor) lost() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.out.err != nil
}

// flush lets the reader of the output have it.
func (e *executor) flush() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.screen.flush()
}

// typeAll does each step of the script, then ends the waits that are left. An interrupt of the
// process is Ctrl-C in every terminal, and the end.
func (e *executor) typeAll(ctx context.Context, in io.Reader) error {
	defer e.flush()
	stop := context.AfterFunc(ctx, func() {
		for _, t := range e.world.Terminals() {
			e.world.Interrupt(t.Number)
		}
	})
	defer stop()
	script := newScript(in)
	for {
		step, err := script.next()
		if errors.Is(err, io.EOF) || ctx.Err() != nil || e.lost() {
			break
		}
		if err != nil {
			return err
		}
		e.do(step, script)
		if script.idle() {
			e.flush()
		}
	}
	for _, t := range e.world.Terminals() {
		e.settle(t.Number)
	}
	return nil
}

// do does one step. A line for a terminal that waits is typed when the wait is over; Ctrl-C comes
// at once.
func (e *executor) do(s step, script *script) {
	terminal := e.terminal(s.terminal)
	switch s.key {
	case ctrlC:
		e.world.Interrupt(terminal)
		return
	case ctrlD:
		e.settle(terminal)
		e.world.End(terminal)
		return
	}
	e.settle(terminal)
	e.typeLine(e.terminal(s.terminal), s, script)
}

// grace is how long a line may run when the script goes on with Ctrl-C.
const grace = 200 * time.Millisecond

// typeLine types a line. Where the next step is Ctrl-C and the line still runs after a while, that
// step is done.
func (e *executor) typeLine(terminal int, s step, script *script) {
	if !script.stops(s.terminal) {
		e.world.Type(terminal, s.line)
		return
	}
	timer := time.AfterFunc(grace, func() { e.world.Interrupt(terminal) })
	e.world.Type(terminal, s.line)
	if !timer.Stop() {
		script.ahead = nil
	}
}

// inOrder is up to which number the terminals of a script have those of the world, whichever the
// script begins with.
const inOrder = 32

// terminal returns the world's number of a terminal of the script, and opens it where there is none
// or it has ended; with it those before, which the script may come to.
func (e *executor) terminal(number int) int {
	real, known := e.numbers[number]
	if !known {
		real = number
	}
	for _, t := range e.world.Terminals() {
		if t.Number == real && !e.is(real, sim.Closed) {
			return real
		}
	}
	for before := len(e.world.Terminals()) + 1; before < number && number <= inOrder; before++ {
		e.world.Open("", 0)
	}
	e.numbers[number] = e.world.Open("", 0).Terminal
	return e.numbers[number]
}

// settle ends a terminal's wait: the clock jumps to what can end it; where nothing can, the wait is
// given up.
func (e *executor) settle(terminal int) {
	for e.is(terminal, sim.Waits) {
		if !e.world.Jump(terminal) {
			e.world.GiveUp(terminal)
		}
	}
}

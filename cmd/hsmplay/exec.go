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
	options := sim.Options{Nodes: *nodes, Seed: *seed, Wall: time.Now().UnixMilli()}
	if *dir != "" {
		home, err := openDisk(*dir)
		if err != nil {
			return h.misuse("exec", err)
		}
		options.Disk = home
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	e := &executor{screen: newScreen(h.out, h.err, *transcript), numbers: map[int]int{}, states: map[int]sim.State{}}
	defer e.screen.flush()
	options.Listen = e.listen
	switch err := e.session(ctx, in, *state, options); {
	case err != nil && !errors.Is(err, context.Canceled):
		return h.fail("exec", err)
	case ctx.Err() != nil:
		return interrupted
	}
	return done
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

// executor types a script. Time stands still but for the waits that nothing else in the script can end.
type executor struct {
	world   *sim.World
	numbers map[int]int // terminals as the script counts them → as the world does

	mu     sync.Mutex // guards what the listener touches
	screen *screen
	states map[int]sim.State
}

// session types the script in a world: a fresh one, or the one of the state file, which is saved at the end.
func (e *executor) session(ctx context.Context, in io.Reader, state string, o sim.Options) error {
	if state == "" {
		e.world = sim.New(o)
		return e.typeAll(ctx, in)
	}
	s, err := openStore(ctx, state)
	if err != nil {
		return err
	}
	if e.world, err = s.load(o); err != nil {
		return errors.Join(err, s.close())
	}
	e.listen(sim.Turn{Notes: e.world.TerminalsView().Notes})
	return errors.Join(e.typeAll(ctx, in), s.save(e.world), s.close())
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

// flush lets the reader of the output have it.
func (e *executor) flush() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.screen.flush()
}

// typeAll does each step of the script, then ends the waits that are left. An interrupt of the process is Ctrl-C in
// every terminal, and the end.
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
		if errors.Is(err, io.EOF) || ctx.Err() != nil {
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

// do does one step. A line for a terminal that waits is typed when the wait is over; Ctrl-C comes at once.
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

// typeLine types a line. Where the next step is Ctrl-C and the line still runs after a while, that step is done.
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

// terminal returns the world's number of a terminal of the script, and opens it where there is none or it has ended.
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
	e.numbers[number] = e.world.Open("", 0).Terminal
	return e.numbers[number]
}

// settle ends a terminal's wait: the clock jumps to what can end it; where nothing can, the wait is given up.
func (e *executor) settle(terminal int) {
	for e.is(terminal, sim.Waits) {
		if !e.world.Jump(terminal) {
			e.world.GiveUp(terminal)
		}
	}
}

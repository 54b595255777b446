package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hsmplay/core/sim"
)

// callNames are the names under which the program is something else: `hsmplay install` puts them
// into a directory.
func callNames() []string {
	names := sim.Tools()
	for _, g := range guests {
		names = append(names, g.name)
	}
	return names
}

// calledAs returns which of [callNames] the program is called by, if it is.
func calledAs(path string) (name string, is bool) {
	name = strings.TrimSuffix(filepath.Base(path), ".exe")
	return name, slices.Contains(callNames(), name)
}

// actAs is the program under one of [callNames], on the world of [worldFile]. It returns the exit
// status.
func actAs(name string, h host, args []string) int {
	return onShared(h, func(world *shared, keyboard keyboard, notes io.Writer) (int, error) {
		if i := slices.IndexFunc(guests, func(g guest) bool { return g.name == name }); i >= 0 {
			return newSwitchboard(world, h.out, notes, etcDir).run(guests[i], args)
		}
		return (&toolRun{newSeat(world, name, keyboard.live()), keyboard, h.out, h.err, notes}).run(args)
	})
}

// inOtherWords is the verb same: it asks the world that the installed tools share.
func inOtherWords(_ context.Context, h host, args []string) int {
	return onShared(h, func(world *shared, _ keyboard, notes io.Writer) (int, error) {
		asks := guest{line: func(args []string) string { return quoted("same", args...) }}
		return newSwitchboard(world, h.out, notes, etcDir).run(asks, args)
	})
}

// onShared runs what works on the world of [worldFile], and returns its exit status. notes is nil
// where nobody wants them.
func onShared(h host, do func(world *shared, keyboard keyboard, notes io.Writer) (int, error)) int {
	file, err := worldFile(os.Getenv)
	if err != nil {
		return h.fail("", err)
	}
	world, err := openShared(file, h.err)
	if err != nil {
		return h.fail("", err)
	}
	defer world.close()
	keyboard := newKeyboard(h)
	defer keyboard.close()
	var notes io.Writer
	if wanted(os.Getenv("HSMPLAY_HINTS"), keyboard.live()) {
		notes = h.err
	}
	status, err := do(world, keyboard, notes)
	if err != nil {
		return h.fail("", err)
	}
	return status
}

// wanted reports whether somebody wants notes: on a terminal, unless HSMPLAY_HINTS is 0, as scripts
// that type at one set it.
func wanted(hints string, live bool) bool {
	if hints == "" {
		return live
	}
	return hints != "0"
}

// toolRun is a tool that runs, on this machine's files: the seat carries out what the keyboard
// types.
type toolRun struct {
	seat     *seat
	keyboard keyboard
	out, err io.Writer
	notes    io.Writer // nil: nobody wants them
}

// run runs the tool until it ends and returns its exit status.
func (t *toolRun) run(args []string) (status int, err error) {
	ctx := context.Background()
	t.keyboard.complete(t.seat.complete)
	reply, err := t.seat.start(ctx, args)
	for err == nil {
		if err = t.show(reply); err != nil {
			break
		}
		switch reply.State {
		case sim.Closed:
			return reply.Status, nil
		case sim.Runs, sim.Waits:
			reply, err = t.wait(ctx)
		default:
			reply, err = t.typed(ctx, reply)
		}
	}
	return failed, err
}

// show prints what the tool says. What is printed has been saved.
func (t *toolRun) show(r sim.Reply) error {
	for _, part := range []struct {
		to   io.Writer
		text string
	}{{t.out, r.Text}, {t.err, r.Errors}} {
		if t.keyboard.live() {
			part.text = sim.Visible(part.text)
		}
		if _, err := io.WriteString(part.to, part.text); err != nil {
			return fmt.Errorf("the output is lost: %w", err)
		}
	}
	hint(t.notes, r.Notes)
	return nil
}

// hereCalled has lines of notes name a service as `hsmplay install` does.
var hereCalled = strings.NewReplacer("`service cloudhsm-client", "`cloudhsm-client", "`sudo service cloudhsm-client", "`sudo cloudhsm-client")

// hint gives the playground's notes to whoever wants them.
func hint(to io.Writer, notes []sim.Note) {
	for _, n := range notes {
		if to != nil {
			fmt.Fprintf(to, "hint: %s\n", hereCalled.Replace(plain(n)))
		}
	}
}

// typed reads a line, or the answer to a question, and carries it out. The end of the input ends
// the tool.
func (t *toolRun) typed(ctx context.Context, r sim.Reply) (sim.Reply, error) {
	read, carry := t.keyboard.line, t.seat.line
	if r.State == sim.Asks {
		carry = t.seat.answer
		if r.Hidden {
			read = t.keyboard.secret
		}
	}
	line, err := read(r.Prompt)
	switch {
	case errors.Is(err, errCtrlC):
		return t.seat.interrupt(ctx)
	case err != nil:
		return t.seat.end(ctx)
	}
	return carry(ctx, line)
}

// wait stays until the command can go on. On a terminal Ctrl-C gives it up; otherwise it ends the
// program, as it does with programs that know nothing of it.
func (t *toolRun) wait(ctx context.Context) (sim.Reply, error) {
	if !t.keyboard.live() {
		return t.seat.wait(ctx)
	}
	interrupts, stop := ctrlCs()
	defer stop()
	waiting, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-interrupts:
			cancel()
		case <-waiting.Done():
		}
	}()
	reply, err := t.seat.wait(waiting)
	if waiting.Err() != nil && errors.Is(err, context.Canceled) {
		return t.seat.interrupt(ctx)
	}
	return reply, err
}

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

// toolNamed returns the tool that the program is called as: `hsmplay install` links it under the tools' names.
func toolNamed(called string) (tool string, is bool) {
	name := strings.TrimSuffix(filepath.Base(called), ".exe")
	return name, slices.Contains(sim.Tools(), name)
}

// actAs is the program under a tool's name: the tool itself, on this machine's files and the world of [worldFile]. It
// returns the tool's exit status. The playground's notes are given on a terminal, or with HSMPLAY_HINTS=1.
func actAs(tool string, h host, args []string) int {
	file, err := worldFile(os.Getenv)
	if err != nil {
		return h.fail("", err)
	}
	world, err := openShared(file, h.err)
	if err != nil {
		return h.fail("", err)
	}
	defer world.close()
	t := &toolRun{seat: newSeat(world, tool), keyboard: newKeyboard(h), out: h.out}
	defer t.keyboard.close()
	if hints := os.Getenv("HSMPLAY_HINTS"); t.keyboard.live() || hints != "" && hints != "0" {
		t.notes = h.err
	}
	status, err := t.run(args)
	if err != nil {
		return h.fail("", err)
	}
	return status
}

// toolRun is a tool that runs: the seat carries out what the keyboard types.
type toolRun struct {
	seat     *seat
	keyboard keyboard
	out      io.Writer
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
	text := r.Text
	if t.keyboard.live() {
		text = sim.Visible(text)
	}
	if _, err := io.WriteString(t.out, text); err != nil {
		return fmt.Errorf("the output is lost: %w", err)
	}
	for _, n := range r.Notes {
		if t.notes != nil {
			fmt.Fprintf(t.notes, "hint: %s\n", plain(n))
		}
	}
	return nil
}

// typed reads a line, or the answer to a question, and carries it out. The end of the input ends the tool.
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

// wait stays until the command can go on. On a terminal Ctrl-C gives it up; otherwise it ends the program, as it does with
// programs that know nothing of it.
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

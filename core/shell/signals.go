package shell

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/interp"
)

// signal is one that kill sends; the number 0 only asks.
type signal struct {
	name   string
	number int
}

// harmless are the signals that end nobody by themselves.
var harmless = []string{"CHLD", "CONT", "WINCH"}

// signalNamed returns the signal of a name or number, false for none.
func signalNamed(word string) (signal, bool) {
	switch strings.TrimPrefix(strings.ToUpper(word), "SIG") {
	case "0":
		return signal{}, true
	case "KILL", "9":
		return signal{"KILL", 9}, true
	}
	i := condition(word)
	if i < 0 {
		return signal{name: word}, false
	}
	number, err := strconv.Atoi(conditions[i].number)
	return signal{conditions[i].name, number}, err == nil && number > 0
}

// signalOf takes the signal off the arguments of kill, TERM for none; false for one that is
// unknown.
func signalOf(args []string) (rest []string, with signal, ok bool) {
	with = signal{"TERM", 15}
	if len(args) > 1 && (args[0] == "-s" || args[0] == "-n") {
		args = append([]string{"-" + args[1]}, args[2:]...)
	}
	if len(args) > 0 && args[0] != "--" && strings.HasPrefix(args[0], "-") {
		if with, ok = signalNamed(args[0][1:]); !ok {
			return nil, with, false
		}
		args = args[1:]
	}
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	return args, with, true
}

// ownPID is the number that $$ gives.
func (b *bash) ownPID() string { return fmt.Sprint(1000 + b.t.Number) }

// rewriteKill is a signal to the shell itself: its trap for it, or what bash does without one. Jobs
// are ended by [runKill].
func rewriteKill(b *bash, ctx context.Context, args []string) []string {
	rest, with, ok := signalOf(args[1:])
	if !ok || !slices.Contains(rest, b.ownPID()) {
		return toProgram(b, ctx, args)
	}
	others := slices.DeleteFunc(rest, func(word string) bool { return word == b.ownPID() })
	first := ":"
	if len(others) > 0 {
		first = hidden + "run kill -" + with.name + " " + quoteAll(others)
	}
	return []string{"eval", first + "\n" + b.struckBy(ctx, with)}
}

// struckBy is the text that bash carries out for a signal.
func (b *bash) struckBy(ctx context.Context, with signal) string {
	hc := interp.HandlerCtx(ctx)
	_, text := b.trapText(hc.Env.Get(trapVariable + with.name).String())
	switch set := hc.Env.Get(trapVariable + with.name).IsSet(); {
	case with.number == 0 || set && text == "" && with.name != "KILL" || !set && slices.Contains(harmless, with.name):
		return hidden + "status 0"
	case set && with.name != "KILL":
		return strings.TrimLeft(trapPrelude("0", fmt.Sprint(max(1, hc.Pos.Line())), "kill"), "\n") + text + "\n" + hidden + "status 0"
	case b.inLine && (with.name == "TERM" || with.name == "QUIT"): // an interactive shell minds neither
		return hidden + "status 0"
	case b.inLine && with.name == "INT":
		return hidden + "status 130"
	case with.name == "KILL":
		return "unset " + trapVariable + "EXIT\nexit 137"
	}
	return fmt.Sprintf("exit %d", 128+with.number)
}

// trapped runs the trap of a signal that has come from outside, if there is one, under a line of
// its own.
func (b *bash) trapped(name string, status int) {
	if b.t.life.Err() != nil || b.t.killed.Load() {
		return
	}
	l, cancel := b.t.newLeash()
	defer cancel()
	b.runTrap(l, name, status)
}

// struck ends a script that was stopped: by Ctrl-C, or by kill where it is a job. Its trap for that
// and its EXIT trap still run.
func (b *bash) struck(ctx context.Context) int {
	with := signal{"INT", 2}
	if side, ok := ctx.Value(sideKey{}).(*pipeSide); ok && side.job != nil && side.job.signal.number > 0 {
		with = side.job.signal
	}
	status := 128 + with.number
	if with.name == "KILL" {
		return status
	}
	b.t.setStatus(status)
	b.trapped(with.name, status)
	if b.exited {
		status = b.t.lastStatus()
	}
	b.exited = false
	b.trapped("EXIT", status)
	if b.exited {
		status = b.t.lastStatus()
	}
	return status
}

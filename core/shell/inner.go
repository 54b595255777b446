package shell

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"hsmplay/core/voice"
	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
)

// sideKey is where a process's side of a pipe, or job, is found in a context.
type sideKey struct{}

// pipeSide is what the interpreter runs in a goroutine of its own.
type pipeSide struct {
	broken bool // nobody reads what it writes
	behind bool // a job in the background
	job    *job // that job; nil for others
}

// fork runs a kept text in the goroutine that the interpreter has made for one side of a pipe, or
// for a job. A fault in it ends nothing but itself.
func (b *bash) fork(ctx context.Context, args []string) (err error) {
	done, err := budgetOf(ctx).fork()
	defer done()
	if err != nil {
		return err
	}
	args = append(args, "", "")
	side := &pipeSide{behind: args[1] == "behind"}
	if outer, ok := ctx.Value(sideKey{}).(*pipeSide); ok {
		side.behind = side.behind || outer.behind
	}
	defer func() {
		if thrown := recover(); thrown != nil {
			b.t.note(Render(voice.Say(voice.ShellFault)))
			err = interp.ExitStatus(1)
		}
	}()
	n, _ := strconv.Atoi(args[0])
	run := func(ctx context.Context) error {
		return interp.HandlerCtx(ctx).Builtin(context.WithValue(ctx, sideKey{}, side), []string{"eval", b.t.keptText(n)})
	}
	if side.behind {
		side.job = b.jobs.find(args[2])
		return b.asJob(ctx, args[2], run)
	}
	ran := run(ctx)
	status := statusOf(ran)
	if side.broken {
		status = 141
	}
	b.jobs.side(args[2], status)
	if side.broken {
		// The interpreter holds on to a fatal end until a builtin has ended well or badly.
		return interp.HandlerCtx(ctx).Builtin(ctx, []string{"exit", "141"})
	}
	return ran
}

// room refuses an expansion that would make too many bytes; see [guardRoom].
func (b *bash) room(ctx context.Context, args []string) error {
	var total, group, last int64
	for i, value := range args[1:] {
		n := int64(len(value))
		if i < len(args[0]) && args[0][i] == '*' {
			group += last * n
			continue
		}
		total, last = total+n, n
	}
	return budgetOf(ctx).room(total + group)
}

func (b *bash) exitStatus(_ context.Context, args []string) error {
	n, _ := strconv.Atoi(args[0])
	if n == 0 {
		return nil
	}
	return interp.ExitStatus(n)
}

// variable prints a variable that the interpreter would answer from the host.
func (b *bash) variable(ctx context.Context, args []string) error {
	hc := interp.HandlerCtx(ctx)
	if args[0] == seeded {
		b.m.Do(func() { b.random.seed(args[1]) })
		return nil
	}
	if args[0] == sinceWhen {
		args = append(args, "SECONDS")
	}
	name := args[len(args)-1]
	if name == "_" {
		word, _ := b.lastWord.Load().(string)
		_, err := io.WriteString(hc.Stdout, word)
		return err
	}
	n, fraction := int64(0), ""
	b.m.Do(func() {
		switch name {
		case "RANDOM":
			n = b.random.next(b.m.chance)
		case "SECONDS":
			n = b.m.now() / 1000
		case "EPOCHSECONDS":
			n = b.m.epoch() / 1000
		case "EPOCHREALTIME":
			n, fraction = b.m.epoch()/1000, fmt.Sprintf(".%03d000", b.m.epoch()%1000)
		}
	})
	if name == "SECONDS" { // counted from when the shell began, or from what it was set to
		from := hc.Env.Get(name).String()
		if args[0] == sinceWhen {
			from = args[1]
		}
		since, _ := strconv.ParseInt(from, 10, 64)
		n -= since
	}
	io.WriteString(hc.Stdout, strconv.FormatInt(n, 10)+fraction)
	return nil
}

// count prints how many elements an array has, for ${#a[@]}.
func (b *bash) count(ctx context.Context, args []string) error {
	n := 0
	switch v := variableOf(ctx, args[0]); v.Kind {
	case expand.Indexed:
		n = len(v.List)
	case expand.Associative:
		n = len(v.Map)
	case expand.String:
		n = 1
	}
	io.WriteString(interp.HandlerCtx(ctx).Stdout, strconv.Itoa(n))
	return nil
}

// anchor replaces what a pattern has matched at one end, see [anchored].
func (b *bash) anchor(ctx context.Context, args []string) error {
	if len(args) != 4 {
		return interp.ExitStatus(1)
	}
	text, rest, with := args[1], args[2], args[3]
	switch {
	case args[0] == "front-empty":
		text = with + text
	case args[0] == "back-empty":
		text += with
	case rest == text:
	case args[0] == "front":
		text = with + rest
	default:
		text = rest + with
	}
	io.WriteString(interp.HandlerCtx(ctx).Stdout, text)
	return nil
}

// runBuiltin runs a program that stands for a builtin.
func (b *bash) runBuiltin(ctx context.Context, args []string) error {
	row, ok := b.m.row(args[0])
	if !ok {
		row, _ = b.m.row(hidden + args[0])
	}
	p := b.process(ctx, args)
	p.builtin = true
	status, err := row.run(p)
	return b.finish(ctx, result{status, err})
}

package shell

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"mvdan.cc/sh/v3/interp"
)

// linesVariable holds the lines of the calls that functions run in, the last one first. It is kept
// where `caller` or BASH_LINENO is mentioned, see [preparer.named].
const linesVariable = hiddenVariable + "lines"

// calling prints the line of the command that was called last.
func (b *bash) calling(ctx context.Context, _ []string) error {
	_, err := io.WriteString(interp.HandlerCtx(ctx).Stdout, fmt.Sprint(b.line.Load()))
	return err
}

// rewriteCaller tells who has called the function that runs: line and file, with a number also which
// function that was, so many calls further out.
func rewriteCaller(b *bash, ctx context.Context, args []string) []string {
	env := interp.HandlerCtx(ctx).Env
	lines, functions := env.Get(linesVariable).List, env.Get(functionsVariable).List
	if !b.inLine {
		lines = lines[:max(len(lines)-1, 0)] // that of the script
	}
	file := b.arg0
	if file == "bash" {
		file = "environment"
	}
	n := 0
	if len(args) > 1 {
		var err error
		if n, err = strconv.Atoi(args[1]); err != nil || n < 0 {
			b.complain(ctx, "caller: %s: invalid number", args[1])
			return status(2)
		}
	}
	outer := n+1 < len(functions) && (functions[n+1] != "main" || file != "environment")
	switch {
	case n >= len(lines) || len(args) > 1 && !outer:
		return status(1)
	case len(args) > 1:
		fmt.Fprintf(interp.HandlerCtx(ctx).Stdout, "%s %s %s\n", lines[n], functions[n+1], file)
	case outer:
		fmt.Fprintf(interp.HandlerCtx(ctx).Stdout, "%s %s\n", lines[0], file)
	default:
		fmt.Fprintf(interp.HandlerCtx(ctx).Stdout, "%s NULL\n", lines[0])
	}
	return status(0)
}

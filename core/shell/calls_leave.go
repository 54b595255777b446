package shell

import (
	"context"
	"strconv"

	"mvdan.cc/sh/v3/interp"
)

// rewriteExit ends the shell; in a trap without a number it has the status that has set the trap
// off.
func rewriteExit(b *bash, ctx context.Context, args []string) []string {
	args = exitArgs(b, ctx, args)
	b.failure.mu.Lock()
	defer b.failure.mu.Unlock()
	f := b.failure.of(interp.HandlerCtx(ctx).Env)
	f.leaves = args[0] == "exit"
	if f.handles && len(args) == 1 {
		args = append(args, f.status)
	}
	return args
}

// rewriteExitInner is the `exit` of a subshell, which is none of the shell around it.
func rewriteExitInner(b *bash, ctx context.Context, args []string) []string {
	args = exitArgs(b, ctx, args)
	b.failure.mu.Lock()
	defer b.failure.mu.Unlock()
	if f := b.failure.of(interp.HandlerCtx(ctx).Env); f != &b.failure.failing {
		f.leaves = args[0] == "exit"
	}
	return args
}

// exitArgs checks the argument of `exit`.
func exitArgs(b *bash, ctx context.Context, args []string) []string {
	args = append([]string{"exit"}, args[1:]...)
	if len(args) == 1 {
		return args
	}
	n, err := strconv.Atoi(args[1])
	if err != nil {
		b.complain(ctx, "exit: %s: numeric argument required", args[1])
		return []string{"exit", "2"}
	}
	if len(args) > 2 {
		b.complain(ctx, "exit: too many arguments")
		return status(1)
	}
	return []string{"exit", strconv.Itoa(n & 255)}
}

func rewriteReturn(b *bash, ctx context.Context, args []string) []string {
	trapped := b.hasReturnTrap(ctx)
	if len(args) == 1 && trapped {
		return returnTrapped("$" + elementStatus)
	}
	if len(args) != 2 {
		return args
	}
	b.failure.returned(interp.HandlerCtx(ctx).Env, args[1])
	n, err := strconv.Atoi(args[1])
	if err != nil {
		b.complain(ctx, "return: %s: numeric argument required", args[1])
		n = 2
	}
	code := strconv.Itoa(n & 255)
	if trapped {
		return returnTrapped(code)
	}
	return []string{"return", code}
}

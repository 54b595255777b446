package shell

import (
	"context"
	"strconv"
)

// rewriteExit ends the shell; in a trap without a number it has the status that has set the trap
// off.
func rewriteExit(b *bash, ctx context.Context, args []string) []string {
	args = exitArgs(b, ctx, args)
	b.failure.mu.Lock()
	defer b.failure.mu.Unlock()
	b.failure.leaves = args[0] == "exit"
	if b.failure.handles && len(args) == 1 {
		args = append(args, b.failure.status)
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

package unix

import (
	"strings"

	"hsmplay/core/shell"
)

// timeoutPrograms run another program in some other way.
var timeoutPrograms = []Program{
	{Name: "timeout", Means: "runs a command with a time limit", Run: runTimeout,
		Help: usage("timeout [-k TIME] [-s SIGNAL] DURATION COMMAND [ARG]...", "Run COMMAND and end it after DURATION; the status is 124 then.")},
	{Name: "nohup", Run: runThrough}, {Name: "setsid", Run: runThrough}, {Name: "stdbuf", Run: runThrough}, {Name: "nice", Run: runThrough},
	{Name: "flock", Run: runFlock, Help: usage("flock [-n] [-w SECONDS] FD|FILE [COMMAND [ARG]...]", "Take a lock, which is always free on this machine, and run COMMAND.")},
}

func runTimeout(p *Process) int {
	args := p.Args[1:]
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		if (args[0] == "-k" || args[0] == "-s") && len(args) > 1 {
			args = args[1:]
		}
		args = args[1:]
	}
	if len(args) < 2 {
		p.Errorf("Try 'timeout --help' for more information.\n")
		return 125
	}
	ms, ok := seconds(args[0])
	if !ok {
		p.misused(125, "invalid time interval "+quoted(args[0]))
	}
	return p.Spawn(shell.Child{Args: args[1:], Within: ms})
}

// runThrough runs a command as it is: there are no hangups, sessions or priorities here.
func runThrough(p *Process) int {
	args := p.Args[1:]
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		if args[0] == "-n" && len(args) > 1 {
			args = args[1:]
		}
		args = args[1:]
	}
	if len(args) == 0 {
		p.misused(125, "missing operand")
	}
	return p.Run(args)
}

func runFlock(p *Process) int {
	args := p.Args[1:]
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		if args[0] == "-w" && len(args) > 1 {
			args = args[1:]
		}
		args = args[1:]
	}
	switch {
	case len(args) == 0:
		p.misused(64, "requires a file descriptor, file or directory")
	case len(args) == 1:
		return 0
	case args[1] == "-c" && len(args) > 2:
		return p.Run([]string{"sh", "-c", args[2]})
	}
	return p.Run(args[1:])
}

package shell

import (
	"strconv"

	"hsmplay/core/voice"
)

// builtinPrograms are bash itself, and what is built into bash but not into its interpreter. All
// other programs are handed in, see [Options].
var builtinPrograms []Program

func init() {
	builtinPrograms = []Program{
		{Name: "bash", Means: "runs a script: bash FILE, or bash -c 'COMMAND'", Run: runBash,
			Help: "Usage: bash [-c COMMAND | FILE] [ARGUMENT]...\nRun a script, or lines from standard input.\n"},
		{Name: "sh", Run: runBash, Help: "Usage: sh [-c COMMAND | FILE] [ARGUMENT]...\nbash, by another name.\n"},
		{Name: "clear", Means: "clears the transcript", AtTools: true, Run: runClear},
		{Name: "help", Path: "-", Means: "lists what can be typed here", Run: runHelp},
		{Name: "history", Path: "-", Means: "shows the lines typed so far", Run: runHistory},
		{Name: "type", Path: "-", Run: runType},
		{Name: hidden + "command", Path: "-", Run: runCommandV},
		{Name: hidden + "jobs", Path: "-", Run: runJobs},
		{Name: hidden + "kill", Path: "-", Run: runKill},
	}
	for _, name := range noJobs {
		if name != "jobs" && name != "kill" {
			builtinPrograms = append(builtinPrograms, Program{Name: hidden + name, Path: "-", Run: runNoJobs})
		}
	}
}

// runBash runs a script, the lines of standard input, or an interactive shell of its own.
func runBash(p *Process) int {
	call, refused := readBashCall(p.Args[1:])
	switch {
	case refused != "":
		p.Errorf("bash: %s: invalid option\n", refused)
		return 2
	case call.command && len(call.args) == 0:
		p.Errorf("bash: -c: option requires an argument\n")
		return 2
	case call.command:
		name := append(call.args, "bash")[1]
		return p.runCalled(call, name, call.args[0], call.args[min(len(call.args), 2):])
	case len(call.args) > 0 && !call.input:
		data, err := p.ReadFile(call.args[0])
		if err != nil {
			p.Errorf("bash: %s: %s\n", call.args[0], Reason(err))
			return 127
		}
		return p.runCalled(call, call.args[0], string(data), call.args[1:])
	case !p.OnTerminal():
		data, err := p.ReadFile("-")
		if err != nil {
			return p.Complain("%s", Reason(err))
		}
		return p.runCalled(call, "bash", string(data), call.args)
	}
	return p.runInteractive()
}

// runInteractive is a bash in a bash, at the terminal.
func (p *Process) runInteractive() int {
	sh := p.t.newBash(setup{vars: p.childVariables(), dir: p.Dir, arg0: "bash", root: p.root, out: p.out, err: p.err})
	r := &running{name: "bash"}
	p.t.push(r)
	defer p.t.pop(r)
	outer := p.t.swapCancel(nil)
	sh.readLines(p.ctx)
	p.t.setCancel(outer)
	return p.t.lastStatus()
}

func runClear(p *Process) int {
	p.t.wipe()
	return 0
}

func runHelp(p *Process) int {
	if len(p.Args) > 1 {
		row, ok := p.m.row(p.Args[1])
		if !ok || row.Help == "" && row.Means == "" {
			return p.Complain("no help topics match `%s'.  Try `help'.", oneLine(p.Args[1]))
		}
		if row.Help == "" {
			p.Printf("%s: %s\n", row.Name, row.Means)
			return 0
		}
		p.Print(row.Help)
		return 0
	}
	p.Print("On this client instance (NAME --help tells more):\n\n")
	for _, row := range p.m.Programs() {
		if row.Means != "" {
			p.Printf("  %-22s %s\n", row.Name, row.Means)
		}
	}
	p.Print("\nbash itself has loops, functions, pipes, redirections, here-documents, $(…), arithmetic and globbing.\n")
	return 0
}

func runHistory(p *Process) int {
	lines := p.t.historyOf("bash")
	from := 0
	if len(p.Args) > 1 {
		if p.Args[1] == "-c" {
			p.t.forgetHistory("bash")
			return 0
		}
		n, err := strconv.Atoi(p.Args[1])
		if err != nil {
			p.Errorf("bash: history: %s: numeric argument required\n", p.Args[1])
			return 1
		}
		from = max(0, len(lines)-n)
	}
	for i, line := range lines[from:] {
		p.Printf("%5d  %s\n", from+i+1, line)
	}
	return 0
}

// runNoJobs stands for the builtins about jobs, limits and the line editor.
func runNoJobs(p *Process) int {
	switch p.Args[0] {
	case "bind", "complete", "compopt", "disown", "enable":
		return 0
	case "ulimit":
		p.Print("unlimited\n")
		return 0
	}
	p.Errorf("bash: %s: no job control\n", p.Args[0])
	p.Note(voice.ShellNoJobs)
	return 1
}

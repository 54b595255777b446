package shell

import (
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/voice"
)

// shellPrograms are the programs that are about the shell itself, and what is built into bash but not into its
// interpreter.
var shellPrograms []Program

func init() {
	shellPrograms = []Program{
		{Name: "bash", Means: "runs a script: bash FILE, or bash -c 'COMMAND'", Run: runBash,
			Help: usage("bash [-c COMMAND | FILE] [ARGUMENT]...", "Run a script, or lines from standard input.")},
		{Name: "sh", Run: runBash, Help: usage("sh [-c COMMAND | FILE] [ARGUMENT]...", "bash, by another name.")},
		{Name: "clear", Means: "clears the transcript", AtTools: true, Run: runClear},
		{Name: "help", Path: "-", Means: "lists what can be typed here", Run: runHelp},
		{Name: "history", Path: "-", Means: "shows the lines typed so far", Run: runHistory},
		{Name: "type", Path: "-", Run: runType},
		{Name: hidden + "command", Path: "-", Run: runCommandV},
		{Name: "pwd", Means: "shows the working directory", Run: func(p *Process) int { p.Print(p.Dir + "\n"); return 0 }},
		{Name: "sudo", Means: "runs a command with root's rights", Run: runSudo,
			Help: usage("sudo [-u USER] COMMAND [ARGUMENT]...", "Run COMMAND as root, without a password.")},
		{Name: "env", Means: "shows the environment, or runs a command in a changed one", Run: runEnv,
			Help: usage("env [-i] [-u NAME] [NAME=VALUE]... [COMMAND [ARG]...]", "Set each NAME to VALUE in the environment and run COMMAND.")},
		{Name: "printenv", Run: runPrintenv, Help: usage("printenv [NAME]...", "Print the environment, or variables of it.")},
		{Name: "which", Means: "shows where a program is", Run: runWhich, Help: usage("which NAME...", "Print where NAMEs are found.")},
		{Name: "sleep", Means: "waits for a time on the simulated clock", Run: runSleep,
			Help: usage("sleep NUMBER[SUFFIX]...", "Pause for NUMBER seconds of the simulated clock. SUFFIX is s, m, h or d.")},
		{Name: "whoami", Run: func(p *Process) int { p.Print(p.userName() + "\n"); return 0 }},
		{Name: "id", Run: runID, Help: usage("id [-u | -g | -un]", "Print the user and the groups.")},
		{Name: "hostname", Run: func(p *Process) int { p.Print("ip-10-0-1-20\n"); return 0 }},
		{Name: "uname", Run: runUname, Help: usage("uname [-asnrm]", "Print the name of the system.")},
		{Name: "true", Run: func(*Process) int { return 0 }},
		{Name: "false", Run: func(*Process) int { return 1 }},
	}
	for _, name := range noJobs {
		run := runNoJobs
		if other := map[string]func(*Process) int{"kill": runKill, "jobs": runJobs}[name]; other != nil {
			run = other
		}
		shellPrograms = append(shellPrograms, Program{Name: hidden + name, Path: "-", Run: run})
	}
}

// Run runs another program with this one's streams and returns its exit status.
func (p *Process) Run(args []string) int {
	q := *p
	q.Args, q.lines = args, p.Stdin()
	if p.OnTerminal() {
		q.lines = nil
	}
	r := p.sh.spawn(&q, args)
	p.check(r.err)
	return r.status
}

// runBash runs a script, the lines of standard input, or an interactive shell of its own.
func runBash(p *Process) int {
	args := p.Args[1:]
	var set []string
	for len(args) > 0 && len(args[0]) > 1 && strings.Trim(args[0], "-euxlinc") == "" && args[0][0] == '-' && args[0] != "-c" {
		if flags := strings.NewReplacer("-", "", "l", "", "i", "", "n", "", "c", "").Replace(args[0]); flags != "" {
			set = append(set, "set -"+flags+"\n")
		}
		inline := strings.Contains(args[0], "c")
		args = args[1:]
		if inline {
			args = slices.Concat([]string{"-c"}, args)
			break
		}
	}
	prelude := strings.Join(set, "")
	switch {
	case len(args) > 1 && args[0] == "-c":
		name := "bash"
		if len(args) > 2 {
			name = args[2]
		}
		return p.runScript(name, prelude+args[1], args[min(len(args), 3):])
	case len(args) > 0 && args[0] == "-c":
		p.Errorf("bash: -c: option requires an argument\n")
		return 2
	case len(args) > 0 && strings.HasPrefix(args[0], "-") && args[0] != "-":
		p.Errorf("bash: %s: invalid option\n", args[0])
		return 2
	case len(args) > 0 && args[0] != "-":
		data, err := p.ReadFile(args[0])
		if err != nil {
			p.Errorf("bash: %s: %s\n", args[0], reason(err))
			return 127
		}
		return p.runScript(args[0], prelude+string(data), args[1:])
	case !p.OnTerminal():
		data, err := p.ReadFile("-")
		if err != nil {
			return p.Complain("%s", reason(err))
		}
		return p.runScript("bash", prelude+string(data), nil)
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
	case "umask":
		if len(p.Args) == 1 {
			p.Print("0022\n")
		}
		return 0
	case "ulimit":
		p.Print("unlimited\n")
		return 0
	}
	p.Errorf("bash: %s: no job control\n", p.Args[0])
	p.Note(voice.ShellNoJobs)
	return 1
}

package shell

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/voice"
	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// shellPrograms are the programs that are about the shell itself, and what is built into bash but not into its
// interpreter.
var shellPrograms []Program

func init() {
	shellPrograms = []Program{
		{Name: "bash", Means: "runs a script: bash FILE, or bash -c 'COMMAND'", Run: runBash,
			Help: usage("bash [-c COMMAND | FILE] [ARGUMENT]...", "Run a script, or lines from standard input.")},
		{Name: "sh", Run: runBash},
		{Name: "clear", Means: "clears the transcript", AtTools: true, Run: runClear},
		{Name: "help", Path: "-", Means: "lists what can be typed here", Run: runHelp},
		{Name: "history", Path: "-", Means: "shows the lines typed so far", Run: runHistory},
		{Name: "type", Path: "-", Run: runType},
		{Name: hidden + "command", Path: "-", Run: runCommandV},
		{Name: "pwd", Means: "shows the working directory", Run: func(p *Process) int { p.Print(p.Dir + "\n"); return 0 }},
		{Name: "sudo", Means: "runs a command with root's rights", Run: runSudo},
		{Name: "env", Means: "shows the environment, or runs a command in a changed one", Run: runEnv,
			Help: usage("env [-i] [-u NAME] [NAME=VALUE]... [COMMAND [ARG]...]", "Set each NAME to VALUE in the environment and run COMMAND.")},
		{Name: "printenv", Run: runPrintenv},
		{Name: "which", Means: "shows where a program is", Run: runWhich},
		{Name: "sleep", Means: "waits for a time on the simulated clock", Run: runSleep,
			Help: usage("sleep NUMBER[SUFFIX]...", "Pause for NUMBER seconds of the simulated clock. SUFFIX is s, m, h or d.")},
		{Name: "whoami", Run: func(p *Process) int { p.Print(p.userName() + "\n"); return 0 }},
		{Name: "id", Run: runID},
		{Name: "hostname", Run: func(p *Process) int { p.Print("ip-10-0-1-20\n"); return 0 }},
		{Name: "uname", Run: runUname},
		{Name: "true", Run: func(*Process) int { return 0 }},
		{Name: "false", Run: func(*Process) int { return 1 }},
	}
	for _, name := range noJobs {
		shellPrograms = append(shellPrograms, Program{Name: hidden + name, Path: "-", Run: runNoJobs})
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
	case "jobs", "bind", "complete", "compopt", "disown", "enable":
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

// isFunction asks bash. The empty eval afterwards takes back the status that the question has left there.
func (p *Process) isFunction(name string) bool {
	if !syntax.ValidName(name) {
		return false
	}
	hc := interp.HandlerCtx(p.ctx)
	defer hc.Builtin(p.ctx, []string{"eval", ":"})
	return hc.Builtin(p.ctx, []string{"eval", "declare -f " + name + " > /dev/null"}) == nil
}

// kind says what a name is to bash.
func (p *Process) kind(name string) (kind, file string) {
	switch {
	case syntax.IsKeyword(name):
		return "keyword", ""
	case p.isFunction(name):
		return "function", ""
	case slices.Contains(builtins, name) || rewrites[name] != nil || interp.IsBuiltin(name):
		return "builtin", ""
	}
	if row, ok := p.m.row(name); ok && row.path() != "" && onPath(p, row.path()[:strings.LastIndex(row.path(), "/")]) {
		return "file", row.path()
	} else if ok && row.path() == "" && !strings.HasPrefix(name, hidden) {
		return "builtin", ""
	}
	if _, file, why := p.sh.find(p, name); why == "" && file != "" {
		return "file", file
	}
	return "", ""
}

func runType(p *Process) int {
	args, mode := p.Args[1:], ""
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		mode, args = args[0], args[1:]
	}
	status := 0
	for _, name := range args {
		kind, file := p.kind(name)
		switch {
		case kind == "":
			status = 1
			if mode == "" || mode == "-a" {
				p.Errorf("bash: type: %s: not found\n", oneLine(name))
			}
		case mode == "-t":
			p.Print(kind + "\n")
		case mode == "-p" || mode == "-P":
			if file != "" {
				p.Print(file + "\n")
			}
		case kind == "file":
			p.Printf("%s is %s\n", name, file)
		case kind == "function":
			p.Printf("%s is a function\n", name)
		default:
			p.Printf("%s is a shell %s\n", name, kind)
		}
	}
	return status
}

// runCommandV is `command -v`.
func runCommandV(p *Process) int {
	status := 1
	for _, name := range p.Args[2:] {
		kind, file := p.kind(name)
		switch {
		case kind == "":
			continue
		case p.Args[1] == "-V" && file != "":
			p.Printf("%s is %s\n", name, file)
		case file != "":
			p.Print(file + "\n")
		default:
			p.Print(name + "\n")
		}
		status = 0
	}
	return status
}

func runWhich(p *Process) int {
	status := 0
	for _, name := range p.Args[1:] {
		row, file, why := p.sh.find(p, name)
		switch {
		case why == "" && row != nil && row.path() != "":
			p.Print(row.path() + "\n")
		case why == "" && file != "":
			p.Print(file + "\n")
		default:
			p.Errorf("which: no %s in (%s)\n", oneLine(name), p.Env("PATH"))
			status = 1
		}
	}
	return status
}

func (p *Process) userName() string {
	if p.root {
		return "root"
	}
	return "ec2-user"
}

func runSudo(p *Process) int {
	args := p.Args[1:]
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		if (args[0] == "-u" || args[0] == "-g") && len(args) > 1 {
			args = args[1:]
		}
		args = args[1:]
	}
	if len(args) == 0 {
		p.Errorf("usage: sudo COMMAND [ARGUMENT]...\n")
		return 1
	}
	if interp.IsBuiltin(args[0]) {
		if _, ok := p.m.row(args[0]); !ok {
			p.Errorf("sudo: %s: command not found\n", args[0])
			return 1
		}
	}
	p.root = true
	return p.Run(args)
}

func runEnv(p *Process) int {
	vars := exportedOf(p.env)
	args := p.Args[1:]
	for len(args) > 0 {
		name, value, assigned := strings.Cut(args[0], "=")
		switch {
		case args[0] == "-i" || args[0] == "-":
			vars = nil
		case args[0] == "-u" && len(args) > 1:
			drop := args[1]
			vars = slices.DeleteFunc(vars, func(v Variable) bool { return v.Name == drop })
			args = args[1:]
		case assigned && name != "":
			vars = setVariable(vars, name, value, true)
		default:
			p.env = &environ{vars: vars}
			return p.Run(args)
		}
		args = args[1:]
	}
	for _, v := range vars {
		p.Printf("%s=%s\n", v.Name, v.Str)
	}
	return 0
}

func runPrintenv(p *Process) int {
	if len(p.Args) > 1 {
		v := p.env.Get(p.Args[1])
		if !v.IsSet() || !v.Exported {
			return 1
		}
		p.Print(v.Str + "\n")
		return 0
	}
	for _, v := range exportedOf(p.env) {
		p.Printf("%s=%s\n", v.Name, v.Str)
	}
	return 0
}

func runID(p *Process) int {
	id, name := "1000", p.userName()
	if p.root {
		id = "0"
	}
	switch {
	case len(p.Args) > 1 && strings.Contains(p.Args[1], "u") && strings.Contains(p.Args[1], "n"):
		p.Print(name + "\n")
	case len(p.Args) > 1 && (p.Args[1] == "-u" || p.Args[1] == "-g"):
		p.Print(id + "\n")
	default:
		p.Printf("uid=%s(%s) gid=%s(%s) groups=%s(%s)\n", id, name, id, name, id, name)
	}
	return 0
}

func runUname(p *Process) int {
	o := p.options(1, "asnrm")
	all := [][2]string{{"s", "Linux"}, {"n", "ip-10-0-1-20"}, {"r", "4.14.0-hsmplay"}, {"m", "x86_64"}}
	var words []string
	for _, row := range all {
		if o.has('a') || o.has(row[0][0]) {
			words = append(words, row[1])
		}
	}
	if len(words) == 0 {
		words = []string{"Linux"}
	}
	p.Print(strings.Join(words, " ") + "\n")
	return 0
}

// seconds reads a time such as 1.5, 2m or 1h, in milliseconds.
func seconds(word string) (ms int64, ok bool) {
	factor := 1000.0
	for _, unit := range []struct {
		suffix string
		factor float64
	}{{"s", 1000}, {"m", 60_000}, {"h", 3_600_000}, {"d", 86_400_000}} {
		if rest, found := strings.CutSuffix(word, unit.suffix); found {
			word, factor = rest, unit.factor
			break
		}
	}
	n, err := strconv.ParseFloat(word, 64)
	if err != nil || n < 0 || n > 1e12 {
		return 0, false
	}
	return int64(n * factor), true
}

func runSleep(p *Process) int {
	o := p.options(1, "")
	p.needs(o, 1)
	total := int64(0)
	for _, word := range o.args {
		ms, ok := seconds(word)
		if !ok {
			p.misused(1, fmt.Sprintf("invalid time interval '%s'", oneLine(word)))
		}
		total += ms
	}
	p.Sleep(total)
	return 0
}

// Sleep waits until so many milliseconds have passed on the simulated clock.
func (p *Process) Sleep(ms int64) {
	var since int64
	p.World(func() { since = p.m.now() })
	until := since + ms
	_, ok := p.Wait(&command.Wait{
		Progress: func() command.Progress {
			return command.Progress{About: voice.Say(voice.ShellSleeps), Since: since, Until: until}
		},
		Poll: func() (command.Outcome, bool) { return command.Outcome{}, p.m.now() >= until },
		End:  func(command.Ending) command.Outcome { return command.Outcome{} },
		Due:  func() int64 { return until },
	})
	if !ok {
		p.Yield()
	}
}

var _ expand.Environ = (*environ)(nil)

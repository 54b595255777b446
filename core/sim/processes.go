package sim

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// processRow is a process of the client instance, as ps names its fields.
type processRow map[string]string

// processPrograms list processes. There are the first one, the daemon while it runs, the shell of
// each terminal with its jobs in the background, and ps itself (procps' words).
func (w *World) processPrograms() []shell.Program {
	return []shell.Program{
		{Name: "ps", Means: "lists processes", Run: w.ps,
			Help: "usage: ps [-e | aux] [-f] [-C NAME] [-p PID] [-o FIELD,...]\nList the processes of the client instance.\n"},
		{Name: "pgrep", Means: "finds processes by name", Run: w.pgrep,
			Help: "usage: pgrep [-afclx] PATTERN\nPrint the numbers of the processes whose name matches a pattern.\n"},
		{Name: "pidof", Run: w.pidof, Help: "usage: pidof NAME...\nPrint the numbers of the processes with a name.\n"},
	}
}

// processRows are the processes by number; own is the program that asks.
func (w *World) processRows(p *shell.Process, own string) (rows []processRow) {
	add := func(pid, parent int, user, tty, name, args string) {
		rows = append(rows, processRow{"pid": strconv.Itoa(pid), "ppid": strconv.Itoa(parent), "user": user, "tty": tty, "comm": name,
			"args": args, "stat": map[bool]string{true: "R+", false: "Ss"}[name == own], "time": "00:00:00", "pcpu": "0.0", "pmem": "0.0"})
	}
	add(1, 0, "root", "?", "systemd", "/usr/lib/systemd/systemd")
	for _, t := range w.machine.Terminals() {
		add(1000+t.Number, 1, "ec2-user", fmt.Sprintf("pts/%d", t.Number-1), "bash", "-bash")
	}
	for _, job := range p.Jobs() {
		if job.Args == nil {
			job.Args = []string{"-bash"}
		}
		name := strings.TrimPrefix(path.Base(job.Args[0]), "-")
		add(job.PID, 1000+job.Terminal, "ec2-user", fmt.Sprintf("pts/%d", job.Terminal-1), name, strings.Join(job.Args, " "))
		rows[len(rows)-1]["stat"] = "S"
	}
	on := false
	p.World(func() { on = w.cluster.Daemon })
	if on {
		add(daemonPID, 1, "root", "?", "cloudhsm_client", "/opt/cloudhsm/bin/cloudhsm_client "+clientConfig)
	}
	if own != "" {
		at, _ := strconv.Atoi(ownTerminal(p))
		add(daemonPID+1, 1001+at, p.User(), "pts/"+ownTerminal(p), own, strings.Join(p.Args, " "))
	}
	slices.SortStableFunc(rows, func(a, b processRow) int {
		return cmp.Or(cmp.Compare(len(a["pid"]), len(b["pid"])), cmp.Compare(a["pid"], b["pid"]))
	})
	return rows
}

// psHeads are the headings of fields; those with a - stand at the left.
var psHeads = map[string]string{"pid": "  PID", "ppid": " PPID", "user": "-USER    ", "tty": "-TT      ", "comm": "-COMMAND", "args": "-COMMAND",
	"stat": "-STAT", "time": "    TIME", "pcpu": "%CPU", "pmem": "%MEM"}

// psCalled are other names of fields.
var psCalled = map[string]string{"cmd": "args", "command": "args", "ucmd": "comm", "uid": "user", "euser": "user", "uname": "user", "tt": "tty",
	"tname": "tty", "s": "stat", "state": "stat", "%cpu": "pcpu", "%mem": "pmem"}

// ps lists processes.
func (w *World) ps(p *shell.Process) int {
	letters, fields, chosen := "", []string(nil), map[string][]string{}
	for args := p.Args[1:]; len(args) > 0; args = args[1:] {
		word := strings.TrimLeft(args[0], "-")
		if last := word[max(0, len(word)-1):]; strings.HasPrefix(args[0], "-") && strings.Contains("oCpu", last) && last != "" && len(args) > 1 {
			word, args = strings.TrimSuffix(word, last), args[1:]
			if key := map[string]string{"C": "comm", "p": "pid", "u": "user"}[last]; key != "" {
				chosen[key] = append(chosen[key], strings.Split(args[0], ",")...)
			} else {
				fields = append(fields, strings.Split(args[0], ",")...)
			}
		}
		if bad := strings.Trim(word, "AeafxuwlHj"); bad != "" {
			p.Errorf("error: unsupported option (BSD syntax)\n\nUsage:\n ps [options]\n\n Try 'ps --help <simple|list|output|threads|misc|all>'\n" +
				"  or 'ps --help <s|l|o|t|m|a>'\n for additional help text.\n\nFor more details see ps(1).\n")
			return 1
		}
		letters += word
	}
	head := true
	switch {
	case fields != nil:
		head = !strings.HasSuffix(fields[0], "=")
	case strings.Contains(letters, "u"):
		fields = []string{"user", "pid", "pcpu", "pmem", "tty=TTY", "stat", "time", "args"}
	case strings.Contains(letters, "f"):
		fields = []string{"user=UID", "pid", "ppid", "tty=TTY", "time", "args=CMD"}
	default:
		fields = []string{"pid", "tty=TTY", "time", "comm=CMD"}
	}
	rows := slices.DeleteFunc(w.processRows(p, "ps"), func(row processRow) bool {
		for key, values := range chosen {
			if !slices.Contains(values, row[key]) {
				return true
			}
		}
		return len(chosen) == 0 && !strings.ContainsAny(letters, "Aex") && row["tty"] != "pts/"+ownTerminal(p)
	})
	for i := -1; i < len(rows); i++ {
		var line []string
		for at, field := range fields {
			name, title, _ := strings.Cut(field, "=")
			if other, ok := psCalled[name]; ok {
				name = other
			}
			known, ok := psHeads[name]
			if !ok {
				p.Errorf("error: unknown user-defined format specifier \"%s\"\n", voice.OneLine(name))
				return 1
			}
			left, width := strings.HasPrefix(known, "-"), len(strings.TrimPrefix(known, "-"))
			text := strings.TrimSpace(strings.TrimPrefix(known, "-"))
			if title != "" {
				text = title
			}
			if i >= 0 {
				text = rows[i][name]
			}
			switch {
			case left && at == len(fields)-1:
			case left:
				text = fmt.Sprintf("%-*s", width, text)
			default:
				text = fmt.Sprintf("%*s", width, text)
			}
			line = append(line, text)
		}
		if i >= 0 || head {
			p.Print(strings.Join(line, " ") + "\n")
		}
	}
	return map[bool]int{true: 1, false: 0}[len(rows) == 0]
}

// ownTerminal is the number of a process's terminal, from 0.
func ownTerminal(p *shell.Process) string {
	pid, _ := strconv.Atoi(p.Env("BASHPID"))
	return strconv.Itoa(max(0, pid-1001))
}

// pgrep finds processes by a pattern.
func (w *World) pgrep(p *shell.Process) int {
	letters, patterns := "", []string(nil)
	for i, word := range p.Args[1:] {
		switch {
		case word == "-u" || word == "-U" || i > 0 && strings.HasPrefix(p.Args[i], "-") && strings.HasSuffix(strings.ToLower(p.Args[i]), "u"):
		case strings.HasPrefix(word, "-"):
			letters += word[1:]
		default:
			patterns = append(patterns, word)
		}
	}
	if len(patterns) != 1 {
		what := map[bool]string{true: "no matching criteria specified", false: "only one pattern can be provided"}[len(patterns) == 0]
		p.Errorf("pgrep: %s\nTry `pgrep --help' for more information.\n", what)
		return 2
	}
	text := patterns[0]
	if strings.Contains(letters, "x") {
		text = "^(" + text + ")$"
	}
	matches, err := regexp.Compile(text)
	if err != nil {
		p.Errorf("pgrep: %s\n", voice.OneLine(err.Error()))
		return 2
	}
	found := 0
	for _, row := range w.processRows(p, "") {
		if name := row[map[bool]string{true: "args", false: "comm"}[strings.Contains(letters, "f")]]; !matches.MatchString(name) {
			continue
		}
		found++
		switch {
		case strings.Contains(letters, "c"):
		case strings.Contains(letters, "a"):
			p.Print(row["pid"] + " " + row["args"] + "\n")
		case strings.Contains(letters, "l"):
			p.Print(row["pid"] + " " + row["comm"] + "\n")
		default:
			p.Print(row["pid"] + "\n")
		}
	}
	if strings.Contains(letters, "c") {
		p.Printf("%d\n", found)
	}
	return map[bool]int{true: 1, false: 0}[found == 0]
}

// pidof prints the numbers of processes with some names, the newest first.
func (w *World) pidof(p *shell.Process) int {
	var found []string
	for _, row := range w.processRows(p, "") {
		if slices.ContainsFunc(p.Args[1:], func(name string) bool { return name[strings.LastIndexByte(name, '/')+1:] == row["comm"] }) {
			found = append([]string{row["pid"]}, found...)
		}
	}
	if len(found) == 0 {
		return 1
	}
	p.Print(strings.Join(found, " ") + "\n")
	return 0
}

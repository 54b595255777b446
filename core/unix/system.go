package unix

import (
	"strings"

	"hsmplay/core/voice"
)

// systemPrograms tell about the machine, the user and the place, or do next to nothing.
var systemPrograms = []Program{
	{Name: "nproc", Run: func(p *Process) int { p.Print("1\n"); return 0 }, Help: usage("nproc", "Print the number of processors.")},
	{Name: "pwd", Means: "shows the working directory", Run: func(p *Process) int { p.Print(p.Dir + "\n"); return 0 }},
	{Name: "which", Means: "shows where a program is", Run: runWhich, Help: usage("which NAME...", "Print where NAMEs are found.")},
	{Name: "sleep", Means: "waits for a time on the simulated clock", Run: runSleep,
		Help: usage("sleep NUMBER[SUFFIX]...", "Pause for NUMBER seconds of the simulated clock. SUFFIX is s, m, h or d.")},
	{Name: "whoami", Run: func(p *Process) int { p.Print(p.User() + "\n"); return 0 }},
	{Name: "id", Run: runID, Help: usage("id [-u | -g | -un]", "Print the user and the groups.")},
	{Name: "hostname", Run: func(p *Process) int { p.Print("ip-10-0-1-20\n"); return 0 }},
	{Name: "uname", Run: runUname, Help: usage("uname [-asnrmpio]", "Print the name of the system.")},
	{Name: "true", Run: func(*Process) int { return 0 }},
	{Name: "false", Run: func(*Process) int { return 1 }},
}

func runWhich(p *Process) int {
	return each(p.Args[1:], func(name string) bool {
		if file, _ := p.Which(name); file != "" {
			p.Print(file + "\n")
			return true
		}
		p.Errorf("which: no %s in (%s)\n", voice.OneLine(name), p.Env("PATH"))
		return false
	})
}

func runID(p *Process) int {
	id, name := "1000", p.User()
	if p.Root() {
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
	o := p.options(1, "asnrmpio", "all=a", "kernel-name=s", "nodename=n", "kernel-release=r", "machine=m", "processor=p", "hardware-platform=i", "operating-system=o")
	all := [][2]string{{"s", "Linux"}, {"n", "ip-10-0-1-20"}, {"r", "4.14.0-hsmplay"}, {"m", "x86_64"}, {"p", "x86_64"}, {"i", "x86_64"}, {"o", "GNU/Linux"}}
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

package sim

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// daemon is the name of the client daemon's service.
const daemon = "cloudhsm-client"

// daemonPID is what the daemon's process is called; the machine shows no others.
const daemonPID = 2417

// unitMeans is the description of the daemon's unit; it is provisional.
const unitMeans = "CloudHSM client daemon"

// servicePrograms start, stop and show the client daemon: service, systemd's systemctl and
// journalctl, and Upstart's start and stop of Amazon Linux 1 (spec/kmu.md 1), where their own
// wording is known to be theirs.
func (w *World) servicePrograms() []shell.Program {
	rows := []shell.Program{
		{Name: "service", Path: "/usr/sbin/service", Means: "starts and stops the client daemon", Help: serviceTable.Usage(),
			Run:    func(p *shell.Process) int { return carried(p, serviceTable, &unitCall{w, p}) },
			Typing: typing(serviceTable, &unitCall{w: w})},
		{Name: "systemctl", Means: "starts and stops the client daemon", Help: systemctlTable.Usage(),
			Run: w.systemctl, Typing: typing(systemctlTable, &unitCall{w: w})},
		{Name: "journalctl", Means: "shows the client daemon's log", Help: journalTable.Usage(),
			Run:    func(p *shell.Process) int { return carried(p, journalTable, &unitCall{w, p}) },
			Typing: typing(journalTable, &unitCall{w: w})},
		{Name: "cloudhsm_client", Path: "/opt/cloudhsm/bin/cloudhsm_client", Means: "the client daemon itself", Run: w.foreground,
			Help: "usage: cloudhsm_client FILE\n"},
	}
	for _, verb := range serviceVerbs {
		table := upstartTable(verb.Word)
		rows = append(rows, shell.Program{Name: verb.Word, Path: "/usr/sbin/" + verb.Word, Help: table.Usage(),
			Run: func(p *shell.Process) int { return carried(p, table, &unitCall{w, p}) }, Typing: typing(table, &unitCall{w: w})})
	}
	return rows
}

// isDaemon reports whether a unit is the client daemon's.
func isDaemon(unit string) bool { return unit == daemon || unit == daemon+".service" }

// nameDaemon tells who names the daemon almost what it is called, and offers the line with its
// name.
func nameDaemon(p *shell.Process, unit string) {
	bare := strings.TrimSuffix(strings.ToLower(unit), ".service")
	if !strings.Contains(bare, "hsm") && command.Nearest(bare, []string{daemon}).How == command.Far {
		return
	}
	line := slices.Clone(p.Args)
	line[slices.Index(line, unit)] = daemon
	p.Note(voice.DaemonNamed, "daemon", daemon, "line", strings.Join(line, " "))
}

// service is the program of that name. The wording of start and stop is the playground's.
func (c *unitCall) service(args command.Args) command.Outcome {
	return command.Outcome{Status: c.w.service(c.p, args.Text("SERVICE"), args.Text("COMMAND"))}
}

func (w *World) service(p *shell.Process, name, verb string) int {
	if !isDaemon(name) {
		p.Complain("%s: unrecognized service", voice.OneLine(name))
		nameDaemon(p, name)
		return 4
	}
	switch verb {
	case "start", "restart", "stop":
		if !w.switchDaemon(p, verb) {
			return 1
		}
		p.World(func() {
			p.Printf("%s is %s\n", daemon, map[bool]string{true: "running", false: "stopped"}[w.cluster.Daemon])
		})
		return 0
	case "status":
		return w.unitStatus(p)
	}
	p.Errorf("usage: service start|stop|restart|status\n")
	return 2
}

// systemctl says nothing where it succeeds.
func (w *World) systemctl(p *shell.Process) int {
	words := optionsLast(p.Args[1:])
	if len(words) == 0 {
		words = []string{"list-units"}
	}
	return carriedWords(p, systemctlTable, &unitCall{w, p}, words)
}

func (c *unitCall) nothing(command.Args) command.Outcome { return command.Outcome{} }

func (c *unitCall) list(command.Args) command.Outcome {
	on := false
	c.p.World(func() { on = c.w.cluster.Daemon })
	if !on {
		return command.Outcome{}
	}
	return command.Outcome{Text: daemon + ".service loaded active running " + unitMeans + "\n"} // provisional
}

func (c *unitCall) listFiles(command.Args) command.Outcome {
	return command.Outcome{Text: daemon + ".service " + c.w.enabled(c.p) + "\n"} // provisional
}

// units carries a verb of systemctl out on each unit.
func (c *unitCall) units(verb string, args command.Args) command.Outcome {
	status := 0
	for _, unit := range args.Texts("UNIT") {
		status = max(status, c.w.unit(c.p, verb, unit, args))
	}
	return command.Outcome{Status: status}
}

// unit carries a verb of systemctl out.
func (w *World) unit(p *shell.Process, verb, unit string, args command.Args) int {
	name := strings.TrimSuffix(unit, ".service") + ".service"
	if !isDaemon(unit) {
		nameDaemon(p, unit)
		return notFound(p, verb, voice.OneLine(name))
	}
	quiet := args.Has("-q")
	switch verb {
	case "start", "stop", "restart":
		return map[bool]int{false: 1}[w.switchDaemon(p, verb)]
	case "try-restart", "condrestart", "reload-or-restart", "reload":
		return map[bool]int{false: 1}[w.switchDaemon(p, "restart")]
	case "enable", "disable":
		p.World(func() { w.cluster.Disabled = verb == "disable" })
		if args.Has("--now") {
			return map[bool]int{false: 1}[w.switchDaemon(p, map[string]string{"enable": "start", "disable": "stop"}[verb])]
		}
		return 0
	case "show":
		w.show(p, args)
		return 0
	case "is-enabled":
		state := w.enabled(p)
		if !quiet {
			p.Print(state + "\n")
		}
		return map[string]int{"disabled": 1}[state]
	case "is-active", "is-failed":
		on := false
		p.World(func() { on = w.cluster.Daemon })
		if !quiet {
			p.Print(map[bool]string{true: "active\n", false: "inactive\n"}[on])
		}
		return map[bool]int{true: map[string]int{"is-failed": 1}[verb], false: map[string]int{"is-active": 3, "is-failed": 1}[verb]}[on]
	}
	return w.unitStatus(p)
}

// show prints properties of the daemon's unit, all or those of -p.
func (w *World) show(p *shell.Process, args command.Args) {
	on := false
	p.World(func() { on = w.cluster.Daemon })
	either := func(up, down string) string { return map[bool]string{true: up, false: down}[on] }
	wanted := strings.Split(strings.Join(args.Texts("-p"), ","), ",")
	for _, row := range [][2]string{{"MainPID", either(fmt.Sprint(daemonPID), "0")}, {"Id", daemon + ".service"}, {"Description", unitMeans},
		{"LoadState", "loaded"}, {"ActiveState", either("active", "inactive")}, {"SubState", either("running", "dead")}, {"UnitFileState", w.enabled(p)}} {
		switch {
		case args.Has("-p") && !slices.Contains(wanted, row[0]):
		case args.Has("--value"):
			p.Print(row[1] + "\n")
		default:
			p.Printf("%s=%s\n", row[0], row[1])
		}
	}
}

// enabled says whether systemd starts the daemon with the instance.
func (w *World) enabled(p *shell.Process) string {
	disabled := false
	p.World(func() { disabled = w.cluster.Disabled })
	return map[bool]string{false: "enabled", true: "disabled"}[disabled]
}

// notFound says that there is no such unit, as systemctl does for each verb.
func notFound(p *shell.Process, verb, name string) int {
	switch verb {
	case "status":
		p.Errorf("Unit %s could not be found.\n", name)
		return 4
	case "is-active", "is-failed":
		p.Print("unknown\n")
		return 3
	case "enable", "disable", "is-enabled":
		p.Errorf("Failed to execute operation: No such file or directory\n")
		return 1
	}
	p.Errorf("Failed to %s %s: Unit not found.\n", verb, name)
	return 5
}

// unitStatus shows the daemon's unit in the form of systemd.
func (w *World) unitStatus(p *shell.Process) int {
	on := false
	p.World(func() { on = w.cluster.Daemon })
	p.Printf("● %s.service - "+unitMeans+"\n"+
		"   Loaded: loaded (/etc/systemd/system/%[1]s.service; %[2]s; vendor preset: disabled)\n", daemon, w.enabled(p))
	if !on {
		p.Print("   Active: inactive (dead)\n")
		return 3
	}
	p.Printf("   Active: active (running)\n Main PID: %d (cloudhsm_client)\n", daemonPID)
	return 0
}

// upstart is a verb of Upstart.
func (w *World) upstart(p *shell.Process, verb, job string) int {
	if job != daemon {
		nameDaemon(p, job)
		return p.Complain("Unknown job: %s", voice.OneLine(job))
	}
	on := false
	p.World(func() { on = w.cluster.Daemon })
	switch {
	case verb == "start" && on:
		return p.Complain("Job is already running: %s", daemon)
	case (verb == "stop" || verb == "restart") && !on:
		return p.Complain("Unknown instance: ")
	case verb != "status" && !w.switchDaemon(p, verb):
		return 1
	}
	p.World(func() { on = w.cluster.Daemon })
	if on {
		p.Printf("%s start/running, process %d\n", daemon, daemonPID)
	} else {
		p.Printf("%s stop/waiting\n", daemon)
	}
	return 0
}

// journal shows the daemon's log, as far as it can be told from how the daemon stands; its lines
// are provisional.
func (c *unitCall) journal(args command.Args) command.Outcome {
	w, p := c.w, c.p
	var lines []string
	p.World(func() {
		if w.cluster.Daemon || w.cluster.State() == cluster.Active {
			lines = append(lines, "systemd[1]: Started CloudHSM client daemon.")
		}
		if !w.cluster.Daemon {
			if lines != nil { // it was started with the machine, and somebody has stopped it
				lines = append(lines, "systemd[1]: Stopping CloudHSM client daemon...", "systemd[1]: Stopped CloudHSM client daemon.")
			}
			return
		}
		for _, n := range w.cluster.Nodes {
			how := map[bool]string{true: "connected to", false: "cannot connect to"}[n.Up && !n.Isolated]
			lines = append(lines, fmt.Sprintf("cloudhsm_client[%d]: liquidSecurity INF: %s HSM %d at %s:2225", daemonPID, how, n.HSM.Node, n.IP))
		}
	})
	at := p.Date(p.Now())
	const stamp = "Mon 2006-01-02 15:04:05 UTC"
	bare := args.Text("-o") == "cat"
	if !bare && !args.Has("-q") {
		p.Printf("-- Logs begin at %s, end at %s. --\n", p.Date(0).Format(stamp), at.Format(stamp))
	}
	urgent := args.Has("-p") && !slices.Contains([]string{"6", "7", "info", "debug"}, args.Text("-p"))
	lines = slices.DeleteFunc(lines, func(line string) bool {
		who, _, _ := strings.Cut(line, "[")
		return urgent || args.Has("-u") && !slices.ContainsFunc(args.Texts("-u"), isDaemon) || args.Has("-t") && !slices.Contains(args.Texts("-t"), who)
	})
	if most := args.Int("-n"); args.Has("-n") {
		if args.Text("-n") == "" {
			most = 10
		}
		lines = lines[len(lines)-int(min(most, int64(len(lines)))):]
	}
	if len(lines) == 0 && !args.Has("-q") {
		p.Print("-- No entries --\n")
	}
	for _, line := range lines {
		if _, said, _ := strings.Cut(line, ": "); bare {
			p.Print(said + "\n")
			continue
		}
		p.Printf("%s ip-10-0-1-20 %s\n", at.Format("Jan 02 15:04:05"), line)
	}
	return command.Outcome{}
}

// foreground is the daemon started by hand: it runs until Ctrl-C or kill, and where its terminal is
// closed it goes on as under nohup.
func (w *World) foreground(p *shell.Process) int {
	file := clientConfig
	if len(p.Args) > 1 {
		file = p.Args[1]
	}
	if _, err := p.ReadFile(file); err != nil {
		return p.Complain("%s: %s", voice.OneLine(file), shell.Reason(err)) // provisional
	}
	on := false
	p.World(func() { on = w.cluster.Daemon })
	if on {
		return p.Complain("the daemon is running already") // provisional
	}
	if !w.switchDaemon(p, "start") {
		return 1
	}
	p.World(func() { p.Printf("liquidSecurity INF: %d HSMs in the cluster\n", len(w.cluster.Nodes)) }) // provisional
	_, over := p.Wait(&command.Wait{
		Progress: func() command.Progress { return command.Progress{About: voice.Say(voice.DaemonInFront)} },
		Poll:     func() (command.Outcome, bool) { return command.Outcome{}, !w.cluster.Daemon },
		End:      func(command.Ending) command.Outcome { return command.Outcome{} },
		Due:      func() int64 { return 0 },
	})
	if !over && !p.HungUp() {
		p.World(func() { w.cluster.SetDaemon(false) })
		return 130
	}
	return 0
}

// switchDaemon stops the daemon, starts it, or both; false where it does not start.
func (w *World) switchDaemon(p *shell.Process, verb string) bool {
	var what, serves string
	var err error
	p.World(func() {
		if verb != "start" {
			w.cluster.SetDaemon(false)
		}
		if verb != "stop" && !w.cluster.Daemon {
			what, err = w.startDaemon()
			if len(w.cluster.Groups) > 1 {
				serves = w.cluster.ID
			}
		}
	})
	if err == nil {
		if serves != "" {
			p.Note(voice.DaemonServes, "cluster", serves)
		}
		return true
	}
	p.Complain("%s does not start: %s", daemon, err)
	switch {
	case errors.Is(err, errNotTrusted):
		p.Note(voice.AnchorNotInPlace, "file", what)
	case errors.Is(err, errOtherType):
		p.Note(voice.OlderTools, "type", what)
	default:
		p.Note(voice.DaemonStays, "file", clientConfig, "ip", what)
	}
	return false
}

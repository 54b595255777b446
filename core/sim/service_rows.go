package sim

import (
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// unitCall is a program at work that starts, stops or shows the client daemon.
type unitCall struct {
	w *World
	p *shell.Process
}

// unitForm is how these programs read options; a word with a dash is never a unit.
var unitForm = command.Form{Equals: true, Strict: true, Again: true}

// daemonWords are the names of the daemon that are offered. Another one is carried out: each
// program refuses it in words of its own.
var daemonWords = []command.Value{{Word: daemon, Means: "the client daemon"}}

// serviceVerbs are those of service and Upstart.
var serviceVerbs = []command.Value{{Word: "start", Means: "starts the daemon"}, {Word: "stop", Means: "stops it"},
	{Word: "restart", Means: "stops it and starts it anew"}, {Word: "status", Means: "says whether it runs"}}

// serviceUsage is all that service says of itself.
const serviceUsage = "usage: service cloudhsm-client start|stop|restart|status [-l]\n"

// serviceTable is the program of that name.
var serviceTable = command.Table[*unitCall]{Tool: "service", Lead: "service ",
	Style: command.Style{Quotes: command.ShellQuotes, Help: []string{"-h", "--help"}, Form: unitForm,
		Usage: func(command.Shape) string { return serviceUsage },
		Refuse: func(command.Fault, command.Shape) command.Refusal {
			return command.Refusal{Text: "usage: service cloudhsm-client start|stop|restart|status\n", Errors: true, Status: 2}
		}},
	Specs: []command.Spec[*unitCall]{{Means: "starts, stops and shows the client daemon", Run: (*unitCall).service, Params: []command.Param{
		{Value: "SERVICE", Values: daemonWords, Means: "the service"},
		{Value: "COMMAND", Kind: command.Choices, Values: serviceVerbs, Loose: true, Means: "what to do with it"},
		{Flag: "-l", Also: "--full", Kind: command.Switch, Optional: true, Means: "does not cut long lines"}}}},
}

// unitSays are lines with the daemon's name before the verb, as service wants it.
var unitSays = []command.Saying{
	{Said: daemon + " start", Line: "start " + daemon, Whole: true}, {Said: daemon + " stop", Line: "stop " + daemon, Whole: true},
	{Said: daemon + " restart", Line: "restart " + daemon, Whole: true}, {Said: daemon + " status", Line: "status " + daemon, Whole: true},
}

// systemctlTable is the program of that name, as far as one unit goes.
var systemctlTable = command.Table[*unitCall]{Tool: "systemctl", Lead: "systemctl ",
	Style: command.Style{Quotes: command.ShellQuotes, Help: []string{"-h", "--help"}, Form: unitForm,
		Usage: systemctlUsage, Refuse: refuseUnit},
	Says: unitSays,
	Specs: []command.Spec[*unitCall]{
		unitVerb("start", "starts the daemon"),
		unitVerb("stop", "stops it"),
		unitVerb("restart", "stops it and starts it anew"),
		unitVerb("status", "shows whether it runs", command.Param{Flag: "-n", Also: "--lines", Value: "LINES", Kind: command.Number,
			Optional: true, Example: "10", Means: "so many lines of the log: none are shown here"}),
		unitVerb("is-active", "says active or inactive, and ends with 0 or 3"),
		unitVerb("enable", "starts it with the machine", nowOption),
		unitVerb("disable", "does not start it with the machine", nowOption),
		unitVerb("is-enabled", "says whether it starts with the machine"),
		unitVerb("show", "prints properties of its unit",
			command.Param{Flag: "-p", Also: "--property", Value: "NAME", Example: "ActiveState", Repeat: true, Optional: true, Means: "only this one"},
			command.Param{Flag: "--value", Kind: command.Switch, Optional: true, Means: "without its name"}),
		hiddenVerb(unitVerb("is-failed", "says whether it has failed")),
		hiddenVerb(unitVerb("reload", "restarts it")), hiddenVerb(unitVerb("reload-or-restart", "restarts it")),
		hiddenVerb(unitVerb("try-restart", "restarts it")), hiddenVerb(unitVerb("condrestart", "restarts it")),
		{Name: "list-units", Means: "lists what runs", Any: true, Run: (*unitCall).list},
		{Name: "list-unit-files", Means: "lists what there is, and what starts with the machine", Any: true, Run: (*unitCall).listFiles},
		{Name: "daemon-reload", Means: "reads the units' files again: there is nothing to do", Any: true, Run: (*unitCall).nothing},
		{Name: "reset-failed", Hidden: true, Any: true, Run: (*unitCall).nothing},
	},
}

// nowOption is that of enable and disable.
var nowOption = command.Param{Flag: "--now", Kind: command.Switch, Optional: true, Means: "and starts or stops it now"}

// unitVerb is a row of systemctl. Options that it does not know are passed over.
func unitVerb(name, means string, more ...command.Param) command.Spec[*unitCall] {
	return command.Spec[*unitCall]{Name: name, Means: means, Any: true,
		Run: func(c *unitCall, args command.Args) command.Outcome { return c.units(name, args) },
		Params: append([]command.Param{
			{Value: "UNIT", Many: true, Values: daemonWords, Means: "the unit"},
			{Flag: "-q", Also: "--quiet", Kind: command.Switch, Optional: true, Means: "prints nothing"},
			{Flag: "-l", Also: "--full", Kind: command.Switch, Optional: true, Means: "does not cut long lines"},
			{Flag: "--no-pager", Kind: command.Switch, Optional: true, Means: "prints everything at once"}}, more...)}
}

func hiddenVerb(row command.Spec[*unitCall]) command.Spec[*unitCall] {
	row.Hidden = true
	return row
}

// systemctlUsage is the help of the program and of its verbs.
func systemctlUsage(s command.Shape) string {
	if s.Name == "" {
		var b strings.Builder
		b.WriteString("usage: systemctl COMMAND [OPTION]... cloudhsm-client\n\n")
		for _, line := range s.Commands {
			fmt.Fprintf(&b, "  %-16s %s\n", line.Name, line.Means)
		}
		return b.String()
	}
	words := []string{"usage: systemctl", s.Name}
	for _, p := range s.Params {
		switch {
		case p.Flag == "":
			words = append(words, daemon)
		default:
			words = append(words, "["+p.Flag+"]")
		}
	}
	return strings.Join(words, " ") + "\n" + s.Means + "\n"
}

// refuseUnit words a line that systemctl cannot carry out.
func refuseUnit(f command.Fault, _ command.Shape) command.Refusal {
	text := "Too few arguments.\n"
	switch f.Kind {
	case command.UnknownCommand:
		text = "Unknown operation " + voice.OneLine(f.Word) + ".\n"
	case command.UnknownOption:
		text = "systemctl: unrecognized option '" + voice.OneLine(f.Word) + "'\n"
	}
	return command.Refusal{Text: text, Errors: true, Status: 1}
}

// upstartTable is a verb of Upstart.
func upstartTable(verb string) command.Table[*unitCall] {
	means := serviceVerbs[slices.IndexFunc(serviceVerbs, func(v command.Value) bool { return v.Word == verb })].Means
	return command.Table[*unitCall]{Tool: verb, Lead: verb + " ",
		Style: command.Style{Quotes: command.ShellQuotes, Help: []string{"-h", "--help"}, Form: unitForm,
			Usage: func(command.Shape) string { return "usage: " + verb + " cloudhsm-client\n" },
			Refuse: func(command.Fault, command.Shape) command.Refusal {
				return command.Refusal{Text: fmt.Sprintf("%s: missing job name\nTry `%[1]s --help' for more information.\n", verb), Errors: true, Status: 1}
			}},
		Specs: []command.Spec[*unitCall]{{Means: means, Params: []command.Param{{Value: "JOB", Values: daemonWords, Means: "the job"}},
			Run: func(c *unitCall, args command.Args) command.Outcome {
				return command.Outcome{Status: c.w.upstart(c.p, verb, args.Text("JOB"))}
			}}},
	}
}

// journalTable is the program of systemd's log.
var journalTable = command.Table[*unitCall]{Tool: "journalctl", Lead: "journalctl ",
	Style: command.Style{Quotes: command.ShellQuotes, Help: []string{"-h", "--help"}, Form: unitForm,
		Usage: func(command.Shape) string { return "usage: journalctl [-u cloudhsm-client] [-n LINES]\n" },
		Refuse: func(f command.Fault, _ command.Shape) command.Refusal {
			text := "journalctl: option requires an argument -- '" + strings.TrimLeft(f.Param.Flag, "-") + "'\n"
			if f.Kind == command.NotANumber || f.Kind == command.OutOfRange {
				text = "Failed to parse lines '" + voice.OneLine(f.Word) + "'\n"
			}
			return command.Refusal{Text: text, Errors: true, Status: 1}
		}},
	Specs: []command.Spec[*unitCall]{{Means: "shows the client daemon's log", Any: true, Run: (*unitCall).journal, Params: []command.Param{
		{Flag: "-u", Also: "--unit", Value: "UNIT", Values: daemonWords, Repeat: true, Optional: true, Means: "the unit whose lines are shown"},
		{Flag: "-n", Also: "--lines", Value: "LINES", Kind: command.Number, Bare: true, Optional: true, Example: "10", Means: "only so many, the last ones"},
		{Flag: "-o", Also: "--output", Value: "FORM", Example: "cat", Optional: true, Means: "cat: what is said, and no more"},
		{Flag: "-p", Also: "--priority", Value: "LEVEL", Example: "err", Optional: true, Means: "only lines of this level or above"},
		{Flag: "-t", Also: "--identifier", Value: "NAME", Example: "cloudhsm_client", Repeat: true, Optional: true, Means: "only lines of this program"},
		{Flag: "-q", Also: "--quiet", Kind: command.Switch, Optional: true, Means: "without a line around the log"},
		{Flag: "-f", Also: "--follow", Kind: command.Switch, Optional: true, Means: "waits for more: there is none here"},
		{Flag: "--no-pager", Kind: command.Switch, Optional: true, Means: "prints everything at once"}}}},
}

// optionsLast puts the options before a verb behind it, where the table has them.
func optionsLast(words []string) []string {
	n := slices.IndexFunc(words, func(word string) bool { return !strings.HasPrefix(word, "-") })
	if n <= 0 {
		return words
	}
	return slices.Concat(words[n:], words[:n])
}

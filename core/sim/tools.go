package sim

import (
	"slices"
	"strings"

	"hsmplay/core/cli"
	"hsmplay/core/cluster"
	"hsmplay/core/cmu"
	"hsmplay/core/command"
	"hsmplay/core/kmu"
	"hsmplay/core/shell"
)

// Host is the machine as a tool sees it, and Files its file system.
type (
	Host  = command.Host
	Files = command.Files
)

// tool is an interactive tool of the HSM.
type tool struct {
	name  string
	means string // one line for a learner
	short string // what people call it
	line  string // starts it, behind the directory of the tools
	leave string // ends it
	names func() []string
	start func(*cluster.Cluster, *Host) command.Tool
	told  func(line string) (path []string, shown string, secrets []string)   // see command.Table
	once  func(args []string) (path []string, shown string, secrets []string) // the same of the one command that it is started for; nil: it says so by singlecmd
	keeps []string                                                            // the commands that take a password
	types func(*cluster.Cluster) *shell.Typing                                // completes a command behind its name; nil: there is none
	says  []command.Saying                                                    // how people of other tools say its lines
	reads func(line string) string                                            // see command.Other

	grammar string // where it is told how its lines are read
}

// installed are the tools. A new one is a row here and a package beside core/kmu.
var installed = []tool{
	{kmu.Name, "makes and manages keys, as a crypto user", "kmu", kmu.Name, "exit",
		func() []string { return names(kmu.Commands.Specs) },
		func(c *cluster.Cluster, h *Host) command.Tool {
			return kmu.New(c, h, func() *kmu.Wording { return profileNamed(c.Settings.Profile).kmu })
		},
		kmu.Commands.Told, nil, kmu.Commands.Secretive(), nil, kmu.Commands.Says, kmu.Commands.Reads, "spec/kmu.md 2.1"},
	{cmu.Name, "manages users, quorum and sharing on each HSM, as an officer", "cmu",
		cmu.Name + " /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "quit",
		func() []string { return slices.Concat(names(cmu.Global.Specs), names(cmu.Single.Specs)) },
		func(c *cluster.Cluster, h *Host) command.Tool {
			return cmu.New(c, h, func() *cmu.Wording { return profileNamed(c.Settings.Profile).cmu })
		},
		cmu.Told, nil, cmu.Global.Secretive(), nil, cmu.Global.Says, cmu.Global.Reads, "spec/cmu.md 1.3"},
	{cli.Name, "the tool of Client SDK 5: users, keys and signatures on all HSMs at once", "cli", cli.Name + " interactive", "quit",
		cli.Words, func(c *cluster.Cluster, h *Host) command.Tool { return cli.New(c, h) },
		cli.Commands.Told, cli.Told, nil, func(c *cluster.Cluster) *shell.Typing {
			return &shell.Typing{
				Complete: func(names func(string) []string, line string, cursor int) command.Completion {
					return cli.Complete(c, names, line, cursor)
				},
				Explain: func(names func(string) []string, line string, cursor int) command.Explanation {
					return cli.Explain(c, names, line, cursor)
				}}
		}, cli.Guides(), cli.Commands.Reads, "spec/cloudhsm-cli.md 1.5"},
}

// names returns the names of commands that the tools tell of.
func names[T any](specs []command.Spec[T]) (list []string) {
	for _, s := range specs {
		if !s.Hidden {
			list = append(list, s.Name)
		}
	}
	return list
}

// toolNamed is the row of a tool.
func toolNamed(name string) tool {
	return installed[slices.IndexFunc(installed, func(t tool) bool { return t.name == name })]
}

// leaves is the line that leaves a tool, or one of its modes.
func (t tool) leaves(prompt string) string {
	if strings.HasPrefix(prompt, "server") {
		return "exit"
	}
	return t.leave
}

// binDir is where the tools are installed.
const binDir = "/opt/cloudhsm/bin/"

// begin makes a tool that knows the others.
func (t tool) begin(c *cluster.Cluster, h *Host) command.Tool {
	h.Others = others(t.name)
	return t.start(c, h)
}

// others are the tools beside one, with the commands that are not its own.
func others(name string) []command.Other {
	var own []string
	var list []command.Other
	for _, t := range installed {
		if t.name == name {
			own = t.names()
		}
	}
	for _, t := range installed {
		if t.name != name {
			names := slices.DeleteFunc(t.names(), func(n string) bool { return slices.Contains(own, n) })
			list = append(list, command.Other{Tool: t.name, Start: binDir + t.line, Names: names, Says: t.says, Reads: t.reads})
		}
	}
	return list
}

// Tools returns the names of the tools.
func Tools() []string {
	var names []string
	for _, t := range installed {
		names = append(names, t.name)
	}
	return names
}

// tools are the tools as programs of the instance.
func tools(c *cluster.Cluster) []shell.ToolRow {
	var rows []shell.ToolRow
	for _, t := range installed {
		row := shell.ToolRow{Name: t.name, Path: binDir + t.name, Means: t.means,
			Short: t.short, Start: t.line, Leave: t.leave, Commands: t.names(), Says: t.says, Reads: t.reads, Told: t.told,
			New: func(p *shell.Process) command.Tool { return t.begin(c, p.Host()) }}
		if t.types != nil {
			row.Typing = t.types(c)
		}
		rows = append(rows, row)
	}
	return rows
}

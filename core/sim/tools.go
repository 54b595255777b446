package sim

import (
	"slices"

	"hsmplay/core/cluster"
	"hsmplay/core/cmu"
	"hsmplay/core/command"
	"hsmplay/core/kmu"
	"hsmplay/core/shell"
)

// Files is the file system as a tool sees it.
type Files = command.Files

// tool is an interactive tool of the HSM.
type tool struct {
	name  string
	means string // one line for a learner
	short string // what people call it
	line  string // starts it
	leave string // ends it
	names func() []string
	start func(*cluster.Cluster, Files) command.Tool
}

// installed are the tools. A new one is a row here and a package beside core/kmu.
var installed = []tool{
	{kmu.Name, "makes and manages keys, as a crypto user", "kmu", kmu.Name, "exit",
		func() []string { return names(kmu.Commands.Specs) },
		func(c *cluster.Cluster, f Files) command.Tool { return kmu.New(c, f) }},
	{cmu.Name, "manages users, quorum and sharing on each HSM, as an officer", "cmu",
		cmu.Name + " /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "quit",
		func() []string { return slices.Concat(names(cmu.Global.Specs), names(cmu.Single.Specs)) },
		func(c *cluster.Cluster, f Files) command.Tool { return cmu.New(c, f) }},
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
		rows = append(rows, shell.ToolRow{Name: t.name, Path: "/opt/cloudhsm/bin/" + t.name, Means: t.means,
			Short: t.short, Start: t.line, Leave: t.leave, Commands: t.names(),
			New: func(p *shell.Process) command.Tool { return t.start(c, p.Files()) }})
	}
	return rows
}

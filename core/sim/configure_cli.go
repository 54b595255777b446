package sim

import (
	"hsmplay/core/cli"
	"hsmplay/core/command"
	"hsmplay/core/shell"
)

// configureCLI is the program that writes the configuration of CloudHSM CLI
// (spec/cloudhsm-cli.md 1.1).
func (w *World) configureCLI(p *shell.Process) int {
	c := &cli.Configuring{Read: p.ReadFile, Write: p.WriteFile,
		Abs: func(name string) string {
			if abs, err := p.Abs(name); err == nil {
				return abs
			}
			return name
		},
		All: func() (all []cli.Place) {
			p.World(func() { all = w.places() })
			return all
		}}
	return carried(p, forRoot(cli.Configure), c)
}

// forRoot is a program's table whose lines are offered with sudo before them: its files are root's.
func forRoot[E any](table command.Table[E]) command.Table[E] {
	table.Lead = "sudo " + table.Lead
	return table
}

// carried runs a program that is a table.
func carried[E any](p *shell.Process, table command.Table[E], state E) int {
	return carriedWords(p, table, state, p.Args[1:])
}

func carriedWords[E any](p *shell.Process, table command.Table[E], state E, words []string) int {
	out := table.Carry(state, table.MatchWords(words))
	p.Print(out.Text)
	p.Errorf("%s", out.Errors)
	for _, n := range out.Notes {
		p.Note(n.ID, anys(n.Args)...)
	}
	return out.Status
}

// places are the clusters as the service tells of them. It is called under the world's lock.
func (w *World) places() (all []cli.Place) {
	for _, g := range w.cluster.Groups {
		all = append(all, cli.Place{ID: g.ID, Model: g.Model(), Addresses: addresses(g)})
	}
	return all
}

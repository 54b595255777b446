package sim

import (
	"hsmplay/core/cli"
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
	out := cli.Configure.Carry(c, cli.Configure.MatchWords(p.Args[1:]))
	for _, n := range out.Notes {
		p.Note(n.ID, anys(n.Args)...)
	}
	p.Print(out.Text)
	p.Errorf("%s", out.Errors)
	return out.Status
}

// places are the clusters as the service tells of them. It is called under the world's lock.
func (w *World) places() (all []cli.Place) {
	for _, g := range w.cluster.Groups {
		all = append(all, cli.Place{ID: g.ID, Model: g.Model(), Addresses: addresses(g)})
	}
	return all
}

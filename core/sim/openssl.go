package sim

import (
	"context"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/openssl"
	"hsmplay/core/shell"
)

// openssl is the program of that name: it runs without the world's lock, which it takes to reach
// the cluster.
func (w *World) openssl(p *shell.Process) int {
	var now int64
	p.World(func() { now = w.cluster.Wall + w.cluster.Now })
	return openssl.Run(openssl.World{
		Args: p.Args[1:], In: p.Stdin(), Out: p, Err: complaints{p},
		ReadFile: p.ReadFile, WriteFile: p.WriteFile, Env: p.Env, Now: now, Note: p.Note, Ask: p.AskHidden,
		Cluster: func(f func(*cluster.Cluster)) { p.World(func() { f(w.cluster) }) },
		Slow:    func(work func(context.Context)) { p.Wait(slow(work)) },
		Source:  w.options.Source,
		Secret:  func() { p.World(w.cluster.Rehearsal().Stop) },
	})
}

// complaints is the standard error of a process.
type complaints struct{ *shell.Process }

// Write writes; it never fails.
func (c complaints) Write(data []byte) (int, error) {
	c.Errorf("%s", data)
	return len(data), nil
}

// slow is a wait for work that ends with it.
func slow(work func(context.Context)) *command.Wait {
	return &command.Wait{
		Poll: func() (command.Outcome, bool) { return command.Outcome{}, true },
		End:  func(command.Ending) command.Outcome { return command.Outcome{} },
		Work: work,
	}
}

package sim

import (
	"slices"

	"hsmplay/core/command"
	"hsmplay/core/mech"
	"hsmplay/core/shell"
)

// Fork returns a copy of the world that goes its own way: for a dry run, or to look at what a line
// would do. It copies tables of pointers; rows are shared. Its terminals begin at their prompts
// when they are used first; open questions, waits and jobs in the background are not copied, and of
// an instance on a host's disk only what is not there. A fork that is used no more is to be
// [World.Shut].
func (w *World) Fork() *World { return w.fork(nil, shell.Limits{}) }

// fork is Fork; with a source of RSA keys it is a trial, in which the source is asked and offers
// are not tried again. Zero limits are those of any terminal.
func (w *World) fork(source mech.RSASource, limits shell.Limits) *World {
	f := &World{options: w.options, lines: w.lines, seen: w.seen, trial: source != nil, limits: limits}
	f.options.Listen, f.options.Disk, f.options.Etc = nil, nil, nil
	w.machine.Do(func() {
		f.cluster, f.memory = w.cluster.Fork(), w.memory.Fork()
		f.ran, f.progress = w.ran.fork(), w.progress.fork()
		if source != nil {
			f.options.Source, f.cluster.Source = mech.Source{RSA: source}, mech.Source{RSA: source}
		}
		f.machine = w.machine.Fork(f.instance())
		for _, p := range w.processes {
			f.goOn(p.id, p.save())
		}
	})
	for _, t := range f.machine.Resting() {
		f.hold(t.Tool, t.State)
	}
	f.machine.Do(f.cluster.EndOrphans)
	return f
}

// Hear sets who hears the turns of a world: a fork has nobody. It is called before the world is
// used.
func (w *World) Hear(listen func(Turn)) {
	w.options.Listen = listen
	w.machine.Hear(listen)
}

// hold keeps the sessions of a saved tool that goes on only later.
func (w *World) hold(name string, state []byte) {
	i := slices.IndexFunc(installed, func(t tool) bool { return t.name == name })
	if i >= 0 {
		_ = installed[i].begin(w.cluster, &Host{Env: command.NoEnv}).Restore(state) // one that fails then holds nothing, and fails again later
	}
}

// Shut ends a world that is used no more: the processes of its terminals would keep it in memory.
func (w *World) Shut() { w.machine.Shut() }

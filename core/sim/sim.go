// Package sim is the façade of the whole playground: a world of HSMs, a client instance and its
// terminals. Hosts drive it, and so can anybody's Go test. Begin with [New], [World.Open] and
// [World.Type].
package sim

import (
	"path"
	"slices"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/shell"
	"hsmplay/core/unix"
)

// Turn is what happened in a terminal.
type Turn = shell.Turn

// Options describe a fresh world, and how a world meets its host.
type Options struct {
	Nodes   int  // HSMs; 0 is 3
	NonFIPS bool // HSMs in non-FIPS mode
	Model   hsm.Model
	KeysMax int // keys that fit on an HSM; 0 is 3,300
	SessMax int // sessions that fit on an HSM; 0 is 1,024
	Seed    uint64
	Wall    int64 // the wall clock, milliseconds since 1970
	Source  mech.Source
	Disk    shell.Disk // the home directory of the instance; nil keeps it in memory
	Strict  bool       // files on Disk get the simulated time, not the host's
	Etc     shell.Disk // a real directory over /opt/cloudhsm/etc of the instance, file by file; nil for none
	Listen  func(Turn) // hears every turn, also partial ones
	Live    bool       // Listen hears at once what jobs print at a prompt, not with the next line
}

// World is one playground. Its methods may be called from several goroutines; Type blocks until the
// terminal is ready again, asks, waits or is closed.
type World struct {
	options   Options
	cluster   *cluster.Cluster
	machine   *shell.Machine
	memory    *shell.Memory
	lines     int64 // typed so far
	seen      int64 // by a host whose clock moves the world's, milliseconds since 1970; 0 is never
	processes []*Process
	saver     saver
	ran       ran
	progress  progress
	restored  []shell.Note // what loading has changed
	here      Files        // as the process sees them whose verb is carried out
	timed     bool         // a timeline keeps points of it
	limits    shell.Limits // of the lines of a copy
	hears     *shell.Ended // where a copy keeps the line that has ended; nil: nowhere
	trial     bool         // a copy in which an offered line is tried: what is offered there is not tried again
}

// New returns a fresh world without a terminal.
func New(o Options) *World {
	c := cluster.New(o.fresh())
	return build(o, c, shell.NewMemory(slices.Concat(shell.Fresh(), configured(c))))
}

// fresh are the options of the cluster.
func (o Options) fresh() cluster.Options {
	return cluster.Options{Nodes: o.Nodes, NonFIPS: o.NonFIPS, Model: o.Model, KeysMax: o.KeysMax, SessMax: o.SessMax, Seed: o.Seed,
		Wall: o.Wall, Source: o.Source}
}

// build puts a world together.
func build(o Options, c *cluster.Cluster, memory *shell.Memory) *World {
	w := &World{options: o, cluster: c, memory: memory}
	w.machine = shell.New(w.instance())
	w.ran.last.remember(w, nil)
	return w
}

// instance is what the world's machine is made of.
func (w *World) instance() shell.Options {
	var files shell.FS = w.memory
	if w.options.Etc != nil {
		files = shell.NewLayer(files, w.options.Etc, path.Dir(clientConfig), w.diskClock())
	}
	if w.options.Disk != nil {
		files = shell.NewDisk(files, w.options.Disk, w.diskClock())
	}
	c := w.cluster
	try := w.try
	if w.trial {
		try = nil
	}
	return shell.Options{
		Tools:    tools(c),
		Programs: slices.Concat(unix.Programs(), w.programs()),
		FS:       files,
		Now:      func() int64 { return c.Now },
		Epoch:    func() int64 { return c.Wall + c.Now },
		Seed:     w.options.Seed,
		Listen:   w.options.Listen,
		Live:     w.options.Live,
		Next:     w.nextAtShell,
		Ended:    w.ended,
		Enter:    func(terminal int) { c.Terminal = terminal },
		Calls:    c.EventsOf,
		Called:   c.LastEvent,
		Try:      try,
		Says:     shellSays,
		Lacks:    shellLacks,
		Limits:   w.limits,
	}
}

// Open makes a terminal. name is "" or what it is for; columns is its width in characters, 0 for
// 80.
func (w *World) Open(name string, columns int) Turn {
	_, turn := w.machine.Open(name, columns)
	return turn
}

// Terminals returns how the open terminals stand, by number.
func (w *World) Terminals() []*shell.Terminal { return w.machine.Terminals() }

// Withhold takes the lines to be typed out of the notes of the world, or leaves them in again. A
// fork has them.
func (w *World) Withhold(withhold bool) { w.machine.Withhold(withhold) }

// Close ends a terminal; its sessions with the HSMs end with it.
func (w *World) Close(terminal int) {
	if t := w.machine.Terminal(terminal); t != nil {
		t.Close()
		w.machine.Poll()
	}
}

// Type hands a line to a terminal.
func (w *World) Type(terminal int, line string) Turn {
	return w.drive(terminal, func(t *shell.Terminal) Turn {
		w.machine.Do(func() {
			w.lines++
			w.cluster.Command = w.lines
		})
		return t.Type(line)
	})
}

// Interrupt is Ctrl-C.
func (w *World) Interrupt(terminal int) Turn { return w.drive(terminal, (*shell.Terminal).Interrupt) }

// End is Ctrl-D on an empty line.
func (w *World) End(terminal int) Turn { return w.drive(terminal, (*shell.Terminal).End) }

// drive does something in a terminal, then lets commands elsewhere go on that have waited for it. A
// terminal that is not there is closed.
func (w *World) drive(terminal int, f func(*shell.Terminal) Turn) Turn {
	t := w.machine.Terminal(terminal)
	if t == nil {
		return Turn{Terminal: terminal, State: shell.Closed}
	}
	turn := f(t)
	w.machine.Poll()
	return turn
}

// Resize tells a terminal its width in characters.
func (w *World) Resize(terminal, columns int) {
	if t := w.machine.Terminal(terminal); t != nil {
		t.Resize(columns)
	}
}

// Complete lists what may stand at the cursor of a line that is being typed; cursor counts bytes.
func (w *World) Complete(terminal int, line string, cursor int) command.Completion {
	if t := w.machine.Terminal(terminal); t != nil {
		return t.Complete(line, cursor)
	}
	return command.Completion{}
}

// Explain ties the words of a line that is being typed to their meaning.
func (w *World) Explain(terminal int, line string, cursor int) command.Explanation {
	if t := w.machine.Terminal(terminal); t != nil {
		e := t.Explain(line, cursor)
		e.Real, e.Page = realOf(t.Now().Program, line)
		return e
	}
	return command.Explanation{Current: -1}
}

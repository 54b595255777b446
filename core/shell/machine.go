// Package shell is the client instance: its file system, environment, bash and programs, and the
// terminals on which they run. bash is mvdan.cc/sh's, kept away from the host by handlers; the
// tools of the HSM come in as rows, see [ToolRow]. It is the one package of core with goroutines:
// each terminal has one that runs bash and what bash runs, and it hands over to the host where it
// wants a line, waits or has ended. Begin with [New] and [Machine.Open].
package shell

import (
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"sync"

	"hsmplay/core/command"
	"hsmplay/core/voice"
)

// Options are what a machine is made of.
type Options struct {
	Tools    []ToolRow
	Programs []Program                // beside bash and the tools; bash takes echo, printf, pwd, [ and test from here
	FS       FS                       // nil: fresh files in memory
	Now      func() int64             // simulated milliseconds
	Epoch    func() int64             // the same since 1970, for date; nil: Now
	Seed     uint64                   // of $RANDOM, mktemp and other chance, but not of /dev/urandom
	Listen   func(Turn)               // hears every turn, partial ones at least every 50 ms; nil for nobody
	Live     bool                     // Listen also hears at once what jobs print at a prompt; else the next turn has it
	Ended    func(Ended) []voice.Note // hears every line that has ended, under the world's lock, and says something to it; nil for nobody
	Next     func() []string
	Enter    func(terminal int)                      // is told in which terminal the world is used now, under its lock; nil for nobody
	Called   func() int64                            // the number of the last call to an HSM
	Calls    func(terminal int, after int64) []int64 // the numbers of the first and the last that a terminal has made since; nil for none
	Says     []command.Saying                        // how people of other systems say lines of bash
	Lacks    []Lack                                  // programs of other systems that the instance lacks for a reason
	// Try types a line in a copy of a terminal's world and returns whether it works there, and what
	// is said to it where it does not; terminal 0 is a new one. Nil: what notes offer is not tried.
	Try    func(terminal int, line string) ([]Note, bool)
	Limits Limits // zero fields have defaults
}

// ToolRow is an interactive tool that is installed on the instance.
type ToolRow struct {
	Name     string
	Path     string           // /opt/cloudhsm/bin/key_mgmt_util
	Means    string           // one line for a learner
	Short    string           // what it is called for short, "" for nothing
	Start    string           // the line that starts it, "" for Name
	Leave    string           // the command that ends it, "" for exit
	Says     []command.Saying // how people of other tools say its lines
	Commands []string         // what can be typed at its prompt: bash tells who types one at its own
	New      func(*Process) command.Tool
	Reads    func(line string) string                                          // see [command.Other]; may be nil
	Told     func(line string) (path []string, shown string, secrets []string) // see [command.Table]; may be nil
	Typing   *Typing                                                           // reads what is typed behind the name, as of a [Program]
}

// Machine is the client instance. Its methods may be called from several goroutines.
type Machine struct {
	o        Options
	world    sync.Mutex // held while a program talks to the engine or the files, never while one waits
	fs       *linked
	table    []Program
	dice     *rand.PCG
	chance   *rand.Rand     // of the dice
	programs map[string]int // index in table by name
	open     []*openFile    // guarded by world
	withhold bool           // notes give no lines to be typed; guarded by world

	mu        sync.Mutex // guards what is below
	terminals []*Terminal
	number    int
	later     []*background
}

// New makes an instance. A fresh one has no terminal.
func New(o Options) *Machine {
	o.Limits = o.Limits.orDefaults()
	if o.Now == nil {
		o.Now = func() int64 { return 0 }
	}
	if o.FS == nil {
		o.FS = NewMemory(Fresh())
	}
	m := &Machine{o: o, dice: rand.NewPCG(o.Seed, 0x68736d)}
	m.chance = rand.New(m.dice)
	m.table = slices.Concat(builtinPrograms, o.Programs)
	for _, tool := range o.Tools {
		m.table = append(m.table, toolProgram(tool))
	}
	m.programs = map[string]int{}
	var installed []string
	for i, row := range m.table {
		m.programs[row.Name] = i
		if row.path() != "" {
			installed = append(installed, row.path())
		}
	}
	m.fs = &linked{withSystem(o.FS, installed)}
	return m
}

// Hear sets who hears every turn, as Options.Listen. It is called before a terminal is used.
func (m *Machine) Hear(listen func(Turn)) { m.o.Listen = listen }

// Do runs f under the world's lock: what the host does to the cluster or the files beside the
// terminals. Afterwards the host calls [Machine.Poll].
func (m *Machine) Do(f func()) {
	m.world.Lock()
	defer m.world.Unlock()
	f()
}

// Withhold takes the lines to be typed out of notes, or leaves them in again: who is to find one
// has nothing of one that is given at once.
func (m *Machine) Withhold(withhold bool) { m.Do(func() { m.withhold = withhold }) }

// Withheld reports whether notes give no lines.
func (m *Machine) Withheld() (withhold bool) {
	m.Do(func() { withhold = m.withhold })
	return withhold
}

// FS returns the files with what is installed. It is used under [Machine.Do].
func (m *Machine) FS() FS { return m.fs }

// Terminals returns the open terminals in the order of their numbers.
func (m *Machine) Terminals() []*Terminal {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.terminals)
}

// Terminal returns the terminal with a number, nil if there is none.
func (m *Machine) Terminal(number int) *Terminal {
	for _, t := range m.Terminals() {
		if t.Number == number {
			return t
		}
	}
	return nil
}

// Poll lets the commands go on whose wait is over. It is called after every change of the world and
// of the clock, and returns what happened, in the order of the terminals.
func (m *Machine) Poll() []Turn {
	var turns []Turn
	for again := true; again; {
		again = m.pollBackground()
		for _, t := range m.Terminals() {
			if turn, moved := t.poll(); moved {
				turns, again = append(turns, turn), true
			}
		}
	}
	for _, t := range m.Terminals() {
		if turn, some := t.flushed(); some {
			turns = append(turns, turn)
		}
	}
	return turns
}

// GiveUp ends the wait of a terminal because nothing that is due can end it.
func (m *Machine) GiveUp(t *Terminal) Turn { return t.endWait(command.Hopeless) }

// Due returns when time alone next changes something about a wait of a terminal or a job, 0 for
// never. Hosts that jump in time jump there, or to an earlier event of the cluster.
func (m *Machine) Due() int64 {
	due := int64(0)
	m.Do(func() {
		for _, w := range m.waits() {
			if at := dueOf(w); at > 0 && (due == 0 || at < due) {
				due = at
			}
		}
	})
	return due
}

// Waiting reports whether a terminal or a job waits for something.
func (m *Machine) Waiting() bool { return len(m.waits()) > 0 }

// waits returns all waits, those of background jobs too.
func (m *Machine) waits() []*command.Wait {
	m.mu.Lock()
	defer m.mu.Unlock()
	var list []*command.Wait
	for _, t := range m.terminals {
		if w := t.waiting(); w != nil {
			list = append(list, w)
		}
	}
	for _, b := range m.later {
		list = append(list, b.wait)
	}
	return list
}

// now is the simulated time in milliseconds.
func (m *Machine) now() int64 { return m.o.Now() }

// epoch is the simulated time in milliseconds since 1970.
func (m *Machine) epoch() int64 {
	if m.o.Epoch == nil {
		return m.now()
	}
	return m.o.Epoch()
}

// row returns the program of that name, and whether there is one.
func (m *Machine) row(name string) (Program, bool) {
	i, ok := m.programs[name]
	if !ok {
		return Program{}, false
	}
	return m.table[i], true
}

// installed returns the program at an absolute path; /bin is /usr/bin.
func (m *Machine) installed(file string) (Program, bool) {
	if strings.HasPrefix(file, "/bin/") {
		file = "/usr" + file
	}
	row, ok := m.row(path.Base(file))
	if !ok || row.path() != file {
		return Program{}, false
	}
	return row, true
}

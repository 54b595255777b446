package sim

import (
	"context"
	"crypto/rsa"
	"slices"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// Would is what a line would come to, as far as the playground knows without running it.
type Would struct {
	Says    []Note `json:"says"`    // sentence by sentence; empty: nothing is said
	Final   []Note `json:"final"`   // what of it cannot be undone
	Refused bool   `json:"refused"` // an HSM will refuse it
}

// Limits of a dry run, over which nothing is said.
const (
	wouldKeys  = 30_000 // rows of keys on all HSMs, which are looked through
	wouldCalls = 300    // calls to HSMs
	wouldAsks  = 3      // questions that are answered with yes
)

// wouldLimits are those of the line in the copy.
var wouldLimits = shell.Limits{Steps: 20_000, Output: 1 << 20, Screen: 1 << 20, Piped: 1 << 20}

// Would says what a line would do that is being typed at a terminal's prompt: for the tools,
// openssl and hsm. It carries the line out in a copy of the world in which nothing is computed that
// takes a secret, and tells the difference. Of other lines of bash, which are not run, it says what
// they would overwrite or delete.
func (w *World) Would(terminal int, line string) Would {
	return w.would(terminal, line, false)
}

// would is Would; in earnest it computes all that the line computes.
func (w *World) would(terminal int, line string, earnest bool) (v Would) {
	v.Says, v.Final = []Note{}, []Note{}
	t := w.machine.Terminal(terminal)
	if t == nil || strings.TrimSpace(line) == "" {
		return v
	}
	now := t.Now()
	if now.State != Ready {
		return v
	}
	d := &dryRun{w: w, earnest: earnest, now: now, dir: t.Dir()}
	simple, ok := shell.ReadSimple(line)
	switch {
	case now.Program != bash && d.begin():
		d.run(terminal, line)
	case now.Program != bash, !ok:
	case !slices.Contains(rehearsed(), simple.Words[0]):
		d.parsed(simple)
	case d.begin():
		d.words = simple.Words
		d.run(terminal, line)
	}
	d.tell(&v)
	if d.f != nil {
		d.f.Shut()
	}
	return v
}

// rehearsed are the programs whose lines are rehearsed.
func rehearsed() []string { return append(Tools(), verbs.Tool, "openssl") }

// dryRun is a line on its way through a copy of the world.
type dryRun struct {
	w         *World
	earnest   bool // nothing is left out
	now       Turn // how the terminal stands
	dir       string
	words     []string // of a line of bash
	f         *World   // the copy
	rehearsal hsm.Rehearsal
	was       *cluster.Cluster // the copy before
	files     []*shell.File    // the same

	turn      Turn
	confirmed bool
	heard     shell.Ended

	parsedSays, parsedFinal []voice.Note // of what was not run
}

// begin makes the copy, false where the world is too large for one.
func (d *dryRun) begin() bool {
	if d.w.keysHeld() > wouldKeys {
		return false
	}
	source := mech.RSASource(noRSA)
	if d.earnest {
		source = d.w.options.Source.RSA
	}
	d.f = d.w.fork(source, wouldLimits)
	d.w.lend(d.f)
	if !d.earnest {
		d.f.cluster.Rehearse(&d.rehearsal)
	}
	d.was, d.files = d.f.cluster.Fork(), d.f.memory.Rows()
	return true
}

// run types the line in the copy, and yes where it is asked whether it is meant.
func (d *dryRun) run(terminal int, line string) {
	d.f.hears = &d.heard
	d.turn = d.f.Type(terminal, line)
	for range wouldAsks {
		if d.turn.State != Asks || d.turn.Hidden || !strings.Contains(d.turn.Prompt, "(y/n)") {
			break
		}
		d.confirmed = true
		d.turn = d.f.Type(terminal, "y")
	}
}

// known reports whether the dry run has come to its end within its limits.
func (d *dryRun) known() bool {
	overrun := slices.ContainsFunc(d.turn.Notes, func(n Note) bool { return slices.Contains(overruns, n.ID) })
	return d.rehearsal.Calls <= wouldCalls && (!overrun || d.rehearsal.Stopped())
}

// overruns are said where a line was stopped.
var overruns = []voice.ID{voice.ShellSteps, voice.ShellOutput, voice.ShellFlood, voice.ShellMemory, voice.ShellDepth, voice.ShellFault}

// noRSA is the source of RSA keys in a dry run, which never asks for one.
func noRSA(context.Context, int) (*rsa.PrivateKey, error) { return nil, errTried }

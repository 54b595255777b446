package kmu

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"strings"
	"testing"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/internal/transcript"
	"hsmplay/core/mech"
)

// noon is the wall clock of the tests: 2025-11-24 12:00 UTC.
const noon = 1763985600000

// ready keeps one RSA key of each size, so that tests make few.
var ready = map[int]*rsa.PrivateKey{}

var readyKeys = mech.Source{RSA: func(_ context.Context, bits int) (*rsa.PrivateKey, error) {
	if ready[bits] == nil {
		key, err := rsa.GenerateKey(rand.Reader, bits)
		if err != nil {
			return nil, err
		}
		ready[bits] = key
	}
	return ready[bits], nil
}}

var _ mech.Source = readyKeys

// desk is a tool on a cluster of three HSMs with files, played by transcripts.
type desk struct {
	t       *testing.T
	cluster *cluster.Cluster
	files   transcript.Files
	tool    *Tool
	quiet   bool // notes are left out
	late    bool // the late output generation is set
	ask     *command.Question
	wait    *command.Wait
	left    *Tool // the tool that was set aside
	out     command.Outcome
}

// machine is a machine with these files, and with the other tool.
func machine(files command.Files) *command.Host {
	return &command.Host{Files: files, Env: command.NoEnv, Terminal: true, Others: []command.Other{{Tool: "cloudhsm_mgmt_util",
		Start: "/opt/cloudhsm/bin/cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", Names: strings.Fields(
			"changePswd createUser deleteUser findAllKeys getMValue info registerQuorumPubKey server setMValue shareKey syncKey syncUser")}}}
}

// classic is the wording of a tool whose generation is never changed.
func classic() *Wording { return &Classic }

// wording is the one that is set at the desk.
func (d *desk) wording() *Wording {
	if d.late {
		return &Late
	}
	return &Classic
}

// newDesk returns a started tool; its banner is not part of any output.
func newDesk(t *testing.T) *desk {
	d := &desk{t: t, files: transcript.Files{}}
	d.begin(cluster.Options{})
	return d
}

// loggedInDesk is a desk at which example_user is logged in.
func loggedInDesk(t *testing.T) *desk {
	d := newDesk(t)
	d.line("loginHSM -u CU -s example_user -p aws")
	return d
}

func (d *desk) begin(o cluster.Options) {
	o.Wall, o.Source = noon, readyKeys
	d.cluster, d.late = cluster.New(o), false
	d.tool = New(d.cluster, machine(d.files), d.wording)
	d.tool.Start(nil)
}

// Prompt is the tool's, or the question's.
func (d *desk) Prompt() string {
	if d.ask != nil {
		return d.ask.Prompt
	}
	return prompt
}

// Type carries out a line of a transcript.
func (d *desk) Type(prompt, line string) string {
	if prompt == "$ " {
		return d.command(line)
	}
	return d.line(line)
}

// line types a line or an answer and returns what is printed, notes behind ~.
func (d *desk) line(line string) string {
	if ask := d.ask; ask != nil {
		d.ask = nil
		return d.print(ask.Then(line))
	}
	return d.print(d.tool.Line(line))
}

// print carries an outcome on until it ends, asks, or waits for the world.
func (d *desk) print(out command.Outcome) string {
	text := d.text(out)
	for out.Wait != nil {
		w := out.Wait
		if w.Work != nil {
			w.Work(context.Background())
		}
		next, done := w.Poll()
		if !done {
			d.wait = w
			return text
		}
		out = next
		text += d.text(out)
	}
	d.ask, d.out = out.Ask, out
	return text
}

func (d *desk) text(out command.Outcome) string {
	text := out.Text
	for _, n := range out.Notes {
		if !d.quiet {
			text += "~ " + n.String() + "\n"
		}
	}
	return text
}

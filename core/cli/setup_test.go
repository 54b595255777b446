package cli

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"regexp"
	"testing"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/internal/transcript"
	"hsmplay/core/mech"
)

// noon is the wall clock of the tests: 2026-11-24 12:00 UTC.
const noon = 1795521600000

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

// desk is a tool at its prompt, on a cluster of three HSMs with files, played by transcripts.
type desk struct {
	t       testing.TB
	cluster *cluster.Cluster
	files   transcript.Files
	env     map[string]string
	tool    *Tool
	quiet   bool // notes are left out
	ask     *command.Question
	out     command.Outcome
}

// newDesk returns a started tool.
func newDesk(t testing.TB) *desk {
	d := &desk{t: t, files: transcript.Files{}, env: map[string]string{}}
	d.begin(cluster.Options{})
	return d
}

func (d *desk) begin(o cluster.Options) {
	o.Wall, o.Source = noon, readyKeys
	d.cluster = cluster.New(o)
	d.configure(d.cluster.Groups...)
	d.tool = New(d.cluster, d.host())
	d.tool.Start([]string{"interactive"})
}

func (d *desk) host() *command.Host {
	return &command.Host{Files: d.files, Env: func(name string) string { return d.env[name] }, Terminal: true}
}

// Prompt is the tool's, or the question's.
func (d *desk) Prompt() string {
	if d.ask != nil {
		return d.ask.Prompt
	}
	return d.tool.Prompt()
}

// Type carries out a line of a transcript.
func (d *desk) Type(_, line string) string { return d.line(line) }

// line types a line or an answer and returns what is printed: errors behind !, notes behind ~.
func (d *desk) line(line string) string {
	if ask := d.ask; ask != nil {
		d.ask = nil
		return d.print(ask.Then(line))
	}
	return d.print(d.tool.Line(line))
}

// print carries an outcome on until it ends or asks.
func (d *desk) print(out command.Outcome) string {
	text := d.text(out)
	for out.Wait != nil {
		w := out.Wait
		if w.Work != nil {
			w.Work(context.Background())
		}
		next, done := w.Poll()
		if !done {
			d.t.Fatal("a command waits for what does not come")
		}
		out = next
		text += d.text(out)
	}
	d.ask, d.out = out.Ask, out
	return text
}

func (d *desk) text(out command.Outcome) string {
	text := chance.ReplaceAllString(out.Text, `$1": "…"`) + out.Errors
	for _, n := range out.Notes {
		if !d.quiet {
			text += "~ " + n.String() + "\n"
		}
	}
	return text
}

// configure writes the configuration for clusters.
func (d *desk) configure(groups ...*cluster.Group) {
	var c Config
	for i, g := range groups {
		file := fmt.Sprintf("ca%d.crt", i)
		d.files[file] = mech.CertificatePEM(g.CustomerRoot())
		row := FreshConfig("hsm1", g.ID, []string{g.Nodes[0].IP}).Clusters[0]
		row.Cluster.CAFile = file
		c.Clusters = append(c.Clusters, row)
	}
	d.files[ConfigFile] = c.Text()
}

// chance finds what is different each time, of which a transcript shows that it is there.
var chance = regexp.MustCompile(`(ec-point|modulus|check-value|signature|iv|wrapped[-_]key[-_]data)": "[^"]+"`)

// Package cli is CloudHSM CLI, the tool of Client SDK 5: its table of commands, the handlers by noun
// (users.go, keys.go, sign.go, wrap.go, quorum.go …), the JSON it answers with in envelope.go and
// object.go, and its wording in wording.go. What it prints is byte-exact with spec/cloudhsm-cli.md;
// what the playground says to it are notes. It runs at a prompt of its own, or for one command.
// Begin with [New], [Commands] and [Program].
package cli

import (
	"encoding/json"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/retcode"
)

// Name is the program's name on PATH.
const Name = "cloudhsm-cli"

// prompt stands before each line while one cluster is configured (spec/cloudhsm-cli.md 1.2).
const prompt = "aws-cloudhsm > "

// Tool is one running cloudhsm-cli. It implements command.Tool.
type Tool struct {
	cluster  *cluster.Cluster
	host     *command.Host
	links    []*link // one for each cluster of the configuration, in its order
	chosen   string  // the cluster that the start line has chosen, "" for none
	recent   string  // the cluster that somebody has logged in to last
	about    *link   // the cluster of the last line, nil where it chose none
	single   bool    // it was started for one command
	begun    string  // the lines of a command that goes on, each without its backslash
	status   int
	log      *ConfigLogging // nil: none is kept
	fell     bool           // its file could not be written
	foreseen *Tool          // the tool on a copy of the cluster, see ahead

	signed   *lastSigned // for Next
	verified bool
}

// New returns a tool that is not started yet.
func New(c *cluster.Cluster, host *command.Host) *Tool { return &Tool{cluster: c, host: host} }

// Start carries out the command of the arguments, and ends; with interactive it stays at its
// prompt.
func (t *Tool) Start(args []string) command.Outcome {
	t.single = true
	if len(args) == 0 {
		t.status = 2 // as of a category without a command behind it
		return command.Outcome{Errors: Program.Usage(), Exit: true, Err: retcode.Local, Status: t.status}
	}
	logged := t.logged(func() ([]string, string, []string) { return Told(args) })
	m := Program.MatchWords(args)
	return Program.Carry(t, m).Then(t.explain(func() string { return Program.Instead(t, m) })).Then(logged).Then(func(out command.Outcome) command.Outcome {
		t.status = out.Status
		return command.Outcome{Exit: t.single, Err: out.Err}
	})
}

// Line carries out a typed line. One that ends in a backslash goes on with the next
// (spec/cloudhsm-cli.md 1.2).
func (t *Tool) Line(line string) command.Outcome {
	line = t.begun + line
	t.begun = ""
	if rest, more := strings.CutSuffix(line, `\`); more {
		t.begun = rest
		return command.Outcome{}
	}
	logged := t.logged(func() ([]string, string, []string) { return Commands.Told(line) })
	m := Commands.Match(line)
	return Commands.Carry(t, m).Then(t.explain(func() string { return Commands.Instead(t, m) })).Then(logged)
}

// Prompt names the tool; behind a backslash there is none.
func (t *Tool) Prompt() string {
	if t.begun != "" {
		return ""
	}
	if len(t.links) > 1 { // provisional where somebody is logged in to two (spec/cloudhsm-cli.md 8.2)
		for _, l := range t.links {
			if u := l.user(); u != nil && (l.id == t.recent || t.recent == "") {
				return strings.ToLower(u.Name) + "@" + l.id + " > "
			}
		}
	}
	return prompt
}

// Complete lists what may stand at the cursor.
func (t *Tool) Complete(line string, cursor int) command.Completion {
	return Commands.Complete(t, line, cursor)
}

// Explain ties the words of the line to their meaning.
func (t *Tool) Explain(line string, cursor int) command.Explanation {
	return Commands.Explain(t, line, cursor)
}

// Status is 1 where the one command was refused or the tool could not start, 2 for a usage mistake
// (spec/cloudhsm-cli.md 1.6).
func (t *Tool) Status() int { return t.status }

// version says which version it is.
func (t *Tool) version(command.Args) command.Outcome { return command.Outcome{Text: Version + "\n"} }

// quit ends the tool.
func (t *Tool) quit(command.Args) command.Outcome { return command.Outcome{Exit: true} }

// User is who is logged in on the first cluster where somebody is, "" for nobody.
func (t *Tool) User() string {
	for _, l := range t.links {
		if u := l.user(); u != nil {
			return strings.ToLower(u.Name)
		}
	}
	return ""
}

// Close ends the sessions on the HSMs.
func (t *Tool) Close() {
	for _, l := range t.links {
		if l.client != nil {
			l.client.Close()
		}
	}
	t.links = nil
}

// saved is what a tool needs to go on in another run.
type saved struct {
	Links  []savedLink
	Chosen string         `json:",omitempty"`
	Recent string         `json:",omitempty"`
	Begun  string         `json:",omitempty"`
	Log    *ConfigLogging `json:",omitempty"`

	Signed   *lastSigned `json:",omitempty"`
	Verified bool        `json:",omitempty"`
}

type savedLink struct {
	ID      string // in the configuration
	Cluster string
	Session uint64 // 0 for one that was never connected
	Login   *cluster.Login
	How     cluster.Joining
	Weak    bool `json:",omitempty"`
	Hasty   bool `json:",omitempty"`
}

// Save returns the sessions, and what was begun.
func (t *Tool) Save() []byte {
	s := saved{Chosen: t.chosen, Recent: t.recent, Begun: t.begun, Log: t.log, Signed: t.signed, Verified: t.verified}
	for _, l := range t.links {
		row := savedLink{ID: l.id, How: l.how, Weak: l.weak, Hasty: l.hasty}
		if l.client != nil {
			row.Cluster, row.Session, row.Login = l.client.ID(), l.client.Session, l.client.Login
		}
		s.Links = append(s.Links, row)
	}
	data, err := json.Marshal(s)
	if err != nil { // plain data always marshals
		panic("cli: " + err.Error())
	}
	return data
}

// Restore goes on with saved sessions. It fails on data that Save did not write.
func (t *Tool) Restore(data []byte) error {
	var s saved
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	t.log = s.Log
	t.chosen, t.recent, t.begun, t.signed, t.verified = s.Chosen, s.Recent, s.Begun, s.Signed, s.Verified
	for _, row := range s.Links {
		l := &link{id: row.ID, how: row.How, weak: row.Weak, hasty: row.Hasty}
		if row.Session != 0 {
			l.client = t.cluster.Rejoin(row.Session, row.Cluster, row.Login, row.How)
		}
		t.links = append(t.links, l)
	}
	return nil
}

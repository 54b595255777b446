// Package cmu is cloudhsm_mgmt_util: its table of commands, the handlers by noun (users.go,
// quorum.go, keys.go …) and its wording in print.go. It knows the servers of its configuration file
// and no others, and does each thing server by server. What the tool prints is byte-exact with
// spec/cmu.md; what the playground says to it are notes. Begin with [New], [Global] and [Single].
package cmu

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/voice"
)

// Name is the program's name on PATH.
const Name = "cloudhsm_mgmt_util"

// everywhere is the mode in which a command runs on all servers.
const everywhere = -1

// Tool is one running cloudhsm_mgmt_util. It implements command.Tool.
type Tool struct {
	cluster *cluster.Cluster
	host    *command.Host
	servers []*server // by number
	mode    int       // the server that commands run on, or everywhere
	status  int
	wording func() *Wording // the one that is set now
}

// New returns a tool that is not started yet. wording tells what is worded, which may change
// between commands.
func New(c *cluster.Cluster, host *command.Host, wording func() *Wording) *Tool {
	return &Tool{cluster: c, host: host, mode: everywhere, wording: wording}
}

// Line carries out a typed line.
func (t *Tool) Line(line string) command.Outcome {
	other := t.elsewhere(line)
	out := t.table().Run(t, line)
	var fault *command.Fault
	switch {
	case other != nil:
		out.Notes = []voice.Note{*other}
	case errors.As(out.Err, &fault) && fault.Kind == command.ExtraWord:
		table, words := t.table(), strings.Fields(line)
		spec := table.Lookup(words[0])
		meant, _ := table.Meant(t, line)
		if about := table.About(words[1:]); spec.Name == "help" && about != "" {
			meant = "help " + about
		}
		out.Notes = []voice.Note{voice.Say(voice.CMUExtraWord, "form", synopsisOf(spec.Name), "line", meant)}
	}
	return out
}

// table is the table of the mode.
func (t *Tool) table() command.Table[*Tool] {
	if t.mode == everywhere {
		return Global
	}
	return Single
}

// Told is [command.Table.Told] of whichever mode has the command.
func Told(line string) (path []string, shown string, secrets []string) {
	if words := strings.Fields(line); len(words) > 0 && Global.Lookup(words[0]) == nil && Single.Lookup(words[0]) != nil {
		return Single.Told(line)
	}
	return Global.Told(line)
}

// elsewhere returns the note to a command of the other mode, nil where the line is none.
func (t *Tool) elsewhere(line string) *voice.Note {
	here, there, id := Global, Single, voice.CMUServerModeOnly
	if t.mode != everywhere {
		here, there, id = Single, Global, voice.CMUGlobalModeOnly
	}
	words := strings.Fields(line)
	if len(words) == 0 || len(line) > command.LineMax || here.Lookup(words[0]) != nil {
		return nil
	}
	spec := there.Lookup(words[0])
	if spec == nil {
		return nil
	}
	if spec.Name == exit.Name {
		id = voice.CMUExitIsQuit
	}
	note := voice.Say(id, "command", spec.Name)
	return &note
}

// Prompt names the server in server mode (spec/cmu.md 1.3).
func (t *Tool) Prompt() string {
	if t.mode == everywhere {
		return "aws-cloudhsm>"
	}
	return fmt.Sprintf("server%d>", t.mode)
}

// Alone reports whether what is typed goes to one server.
func (t *Tool) Alone() bool { return t.mode != everywhere }

// User is who is logged in, on the first server where somebody is, "" for nobody.
func (t *Tool) User() string {
	if u := t.user(); u != nil {
		return u.Name
	}
	return ""
}

// user returns who is logged in, nil for nobody.
func (t *Tool) user() *hsm.User {
	for _, s := range t.targets() {
		if u := s.link.User(); u != nil {
			return u
		}
	}
	return nil
}

// Complete lists what may stand at the cursor.
func (t *Tool) Complete(line string, cursor int) command.Completion {
	return t.table().Complete(t, line, cursor)
}

// Explain ties the words of the line to their meaning.
func (t *Tool) Explain(line string, cursor int) command.Explanation {
	return t.table().Explain(t, line, cursor)
}

// Status is 1 where the tool could not start, 0 otherwise.
func (t *Tool) Status() int { return t.status }

// Close ends the sessions on the HSMs.
func (t *Tool) Close() {
	for _, s := range t.servers {
		if s.link != nil {
			s.link.Close()
			s.link = nil
		}
	}
}

// saved is what a tool needs to go on in another run.
type saved struct {
	Mode    int
	Servers []savedServer
}

type savedServer struct {
	Entry     entry
	Partition string
	Encrypted bool
	Session   uint64 // 0 for one that was never connected
	Node      int
}

// Save returns the servers with their sessions, and the mode.
func (t *Tool) Save() []byte {
	s := saved{Mode: t.mode}
	for _, at := range t.servers {
		row := savedServer{Entry: at.entry, Partition: at.partition, Encrypted: at.encrypted}
		if at.link != nil {
			row.Session, row.Node = at.link.Session, at.link.Node()
		}
		s.Servers = append(s.Servers, row)
	}
	data, err := json.Marshal(s)
	if err != nil { // plain data always marshals
		panic("cmu: " + err.Error())
	}
	return data
}

// Restore goes on with saved sessions. It fails on data that Save did not write.
func (t *Tool) Restore(data []byte) error {
	var s saved
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	if s.Mode < everywhere || s.Mode >= len(s.Servers) || len(s.Servers) > serversMax {
		return fmt.Errorf("cmu: no server has the number %d", s.Mode)
	}
	t.mode = s.Mode
	for i, row := range s.Servers {
		at := &server{entry: row.Entry, number: i, partition: row.Partition, encrypted: row.Encrypted}
		if row.Session != 0 {
			at.link = t.cluster.Redial(row.Session, row.Node)
		}
		t.servers = append(t.servers, at)
	}
	return nil
}

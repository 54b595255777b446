// Package kmu is key_mgmt_util: its table of commands, the handlers by noun (session.go,
// generate.go, keys.go, attributes.go …) and its wording in print.go. What the tool prints is
// byte-exact with spec/kmu.md; what the playground says to it are notes. Begin with [New] and
// [Commands].
package kmu

import (
	"encoding/json"
	"errors"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

// Name is the program's name on PATH.
const Name = "key_mgmt_util"

// prompt has two blanks (spec/kmu.md 1.1).
const prompt = "Command:  "

// Tool is one running key_mgmt_util. It implements command.Tool.
type Tool struct {
	cluster *cluster.Cluster
	client  *cluster.Client
	host    *command.Host
	status  int
	wording func() *Wording // the one that is set now
}

// New returns a tool that is not started yet. wording tells what is worded, which may change
// between commands.
func New(c *cluster.Cluster, host *command.Host, wording func() *Wording) *Tool {
	return &Tool{cluster: c, host: host, wording: wording}
}

// Start connects to the cluster and prints the banner. With the arguments of singlecmd it logs in,
// carries out the one command and ends (spec/kmu.md 1.3).
func (t *Tool) Start(args []string) command.Outcome {
	client, err := t.cluster.Connect()
	if err != nil {
		t.status = 1
		why := t.unreached()
		if errors.Is(err, retcode.MaxSessions) {
			why = voice.Say(voice.SessionsFull)
		}
		return command.Outcome{Text: t.refusedStart(err), Err: err, Exit: true, Notes: []voice.Note{why}}
	}
	t.client = client
	out := command.Outcome{Text: t.banner()}
	if len(args) > 0 && args[0] == "Cfm3Util" { // the old form of scripts from 2017
		args = args[1:]
	}
	if len(args) > 0 && args[0] == "singlecmd" {
		out.Text = strings.TrimSuffix(out.Text, "\n") // the login's answer begins with a blank line
		return out.Then(func(command.Outcome) command.Outcome { return t.single(args[1:]) })
	}
	if len(args) > 0 {
		note := t.singleForm(args)
		if command.AsksHelp(args[0]) {
			note = voice.Say(voice.HelpAsked, "tool", Name, "line", help.Name)
		}
		out.Notes = append(out.Notes, note)
		return out
	}
	if t.client.Login == nil && t.host.Terminal { // a script has its lines already
		out.Notes = append(out.Notes, t.asSeeded(voice.Say(voice.NotLoggedIn)))
	}
	return out
}

// Line carries out a typed line.
func (t *Tool) Line(line string) command.Outcome {
	if t.client == nil {
		return command.Outcome{Exit: true}
	}
	return Commands.Run(t, line).Then(t.sayReason)
}

// reasonNotes are said about codes that no handler has a closer reason for.
var reasonNotes = map[retcode.Code]voice.ID{
	retcode.UserNotReady:      voice.LoginFirst,
	retcode.DaemonSocket:      voice.NoDaemon,
	retcode.ConnectionLost:    voice.NoDaemon,
	retcode.ServerUnavailable: voice.NoDaemon,
}

// sayReason adds a note to an outcome that has none.
func (t *Tool) sayReason(out command.Outcome) command.Outcome {
	said := command.Outcome{Err: out.Err}
	id, ok := reasonNotes[retcode.Of(out.Err)]
	switch {
	case !ok || len(out.Notes) > 0:
	case id == voice.LoginFirst && t.User() != "":
		said.Notes = []voice.Note{voice.Say(voice.LoginMissing, "user", t.User())}
	case id == voice.LoginFirst:
		said.Notes = []voice.Note{t.asSeeded(voice.Say(id))}
	default:
		said.Notes = []voice.Note{t.unreached()}
	}
	return said
}

// unreached says why the tool reaches no HSM.
func (t *Tool) unreached() voice.Note {
	switch {
	case !t.cluster.Older():
		return voice.Say(voice.OlderTools, "type", t.cluster.Model().Name())
	case t.cluster.Daemon:
		return voice.Say(voice.NoHSM)
	}
	return voice.Say(voice.NoDaemon)
}

// Prompt is `Command:  `.
func (t *Tool) Prompt() string { return prompt }

// User is who is logged in, "" for nobody.
func (t *Tool) User() string {
	if t.client == nil || t.client.Login == nil {
		return ""
	}
	return t.client.Login.Name
}

// Complete lists what may stand at the cursor.
func (t *Tool) Complete(line string, cursor int) command.Completion {
	return Commands.Complete(t, line, cursor)
}

// Explain ties the words of the line to their meaning.
func (t *Tool) Explain(line string, cursor int) command.Explanation {
	return Commands.Explain(t, line, cursor)
}

// Status is 1 after a singlecmd whose command was refused, 0 otherwise (spec/kmu.md 1.3: a choice).
func (t *Tool) Status() int { return t.status }

// Close ends the sessions on the HSMs.
func (t *Tool) Close() {
	if t.client != nil {
		t.client.Close()
		t.client = nil
	}
}

// saved is what a tool needs to go on in another run.
type saved struct {
	Session uint64
	Login   *cluster.Login
}

// Save returns the session and its login.
func (t *Tool) Save() []byte {
	if t.client == nil {
		return nil
	}
	data, err := json.Marshal(saved{t.client.Session, t.client.Login})
	if err != nil { // plain data always marshals
		panic("kmu: " + err.Error())
	}
	return data
}

// Restore goes on with a saved session, without a banner. It fails on data that Save did not write.
func (t *Tool) Restore(data []byte) error {
	var s saved
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	t.client = t.cluster.Reattach(s.Session, s.Login)
	return nil
}

// single carries out `loginHSM … <command> …`: the login, then the rest of the line, which is echoed
// right below the login's answer (spec/kmu.md 1.3).
func (t *Tool) single(args []string) command.Outcome {
	login, rest := splitSingle(args)
	if len(login) == 0 {
		t.status = 1
		return command.Outcome{Exit: true, Text: Commands.Usage(loginHSM.Name), Notes: []voice.Note{t.singleForm(args)}}
	}
	answer := t.words(login)
	if len(rest) > 0 {
		answer = closed(answer)
	}
	return answer.Then(func(out command.Outcome) command.Outcome {
		if out.Err != nil || len(rest) == 0 {
			return t.endSingle(out)
		}
		echo := command.Outcome{Text: "Command: " + strings.Join(rest, " ") + "\n"}
		return echo.Then(func(command.Outcome) command.Outcome { return t.words(rest).Then(t.endSingle) })
	})
}

// singleForm shows how the words of a command are typed with a login that works; what is no command
// is replaced by one.
func (t *Tool) singleForm(args []string) voice.Note {
	what := findKey.Name
	if len(args) > 0 && Commands.Lookup(args[0]) != nil && args[0] != loginHSM.Name && Commands.MatchWords(args).Fault == nil {
		what = command.Joined(args)
	}
	login := t.loginLine()
	if login == "" {
		return t.asSeeded(voice.Say(voice.NotLoggedIn))
	}
	return voice.Say(voice.SingleForm, "login", login, "command", what)
}

// closed leaves out the blank line behind an answer that is no refusal.
func closed(out command.Outcome) command.Outcome {
	switch {
	case out.Ask != nil:
		ask := *out.Ask
		out.Ask = &command.Question{Prompt: ask.Prompt, Hidden: ask.Hidden, Then: func(a string) command.Outcome { return closed(ask.Then(a)) }}
	case out.Err == nil:
		out.Text = strings.TrimSuffix(out.Text, "\n")
	}
	return out
}

// words carries out a command whose words the shell has split.
func (t *Tool) words(words []string) command.Outcome {
	return Commands.Carry(t, Commands.MatchWords(words)).Then(t.sayReason)
}

// endSingle ends the program with the status of its command.
func (t *Tool) endSingle(out command.Outcome) command.Outcome {
	if out.Err != nil {
		t.status = 1
	}
	return command.Outcome{Exit: true, Err: out.Err}
}

// splitSingle parts the words of singlecmd at the second command: loginHSM with its options, and
// the rest.
func splitSingle(args []string) (login, rest []string) {
	if len(args) == 0 || args[0] != loginHSM.Name {
		return nil, nil
	}
	n := Commands.MatchWords(args).Taken()
	return args[:n], args[n:]
}

package cmu

import (
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

// server is one entry of the configuration file and the connection to it.
type server struct {
	entry
	number    int             // its place in the file
	link      *cluster.Client // of the one HSM; nil for one that was never connected
	partition string          // the HSM's id, "" for one that was never connected
	encrypted bool            // the channel to the HSM itself stands
}

// label is how output names a server: server 0(10.0.2.14).
func (s *server) label() string { return fmt.Sprintf("server %d(%s)", s.number, s.Name) }

func (s *server) connected() bool { return s.link != nil && s.link.Connected() }

// targets are the connected servers that a command runs on in the mode.
func (t *Tool) targets() []*server {
	var targets []*server
	for _, s := range t.servers {
		if s.connected() && (t.mode == everywhere || t.mode == s.number) {
			targets = append(targets, s)
		}
	}
	return targets
}

// Start reads the configuration file and connects to its servers, one after the other
// (spec/cmu.md 1.2).
func (t *Tool) Start(args []string) command.Outcome {
	if len(args) != 1 {
		return t.refuseStart("Usage: "+Name+" <configuration file>\n", voice.Say(voice.CMUStartForm, "file", DefaultConfig))
	}
	entries, outcome := t.config(args[0])
	if outcome != nil {
		return *outcome
	}
	var b strings.Builder
	for _, e := range entries {
		if e.E2E.Enable == "no" {
			b.WriteString("Ignoring E2E enable flag in the configuration file\n\n")
			break
		}
	}
	b.WriteString("Connecting to the server(s), it may take time\ndepending on the server(s) load, please wait...\n")
	for i, e := range entries {
		s := &server{entry: e, number: i}
		t.servers = append(t.servers, s)
		if e.Enable != "no" {
			b.WriteString(t.connect(s))
		}
	}
	if len(t.targets()) == 0 {
		out := t.refuseStart(b.String()+"Connection to one of servers failed, exiting...\n",
			t.downNote(t.servers[0]))
		out.Err = retcode.ServerUnavailable
		return out
	}
	out := t.encrypt(t.targets())
	out.Text = b.String() + out.Text
	out.Notes = append(out.Notes, t.startNotes()...)
	return out
}

// config reads the configuration file. The refusals are provisional: no public page shows one.
func (t *Tool) config(name string) ([]entry, *command.Outcome) {
	data, err := t.host.ReadFile(name)
	if err != nil {
		note := voice.Say(voice.CMUConfigMissing, "file", name, "why", command.FileReason(err), "default", DefaultConfig)
		if command.AsksHelp(name) {
			note = voice.Say(voice.HelpAsked, "tool", Name, "line", "help "+Name)
		}
		out := t.refuseStart("Failed to open configuration file: "+name+"\n", note)
		return nil, &out
	}
	entries, err := readConfig(data)
	if err != nil {
		out := t.refuseStart("Failed to parse configuration file: "+name+"\n",
			voice.Say(voice.CMUConfigBad, "file", name, "ip", t.firstAddress()))
		return nil, &out
	}
	return entries, nil
}

func (t *Tool) refuseStart(text string, note voice.Note) command.Outcome {
	t.status = 1
	return command.Outcome{Text: text, Err: retcode.Local, Exit: true, Notes: []voice.Note{note}}
}

// connect opens the connection to a server and returns what the tool prints meanwhile.
func (t *Tool) connect(s *server) string {
	where := fmt.Sprintf("server '%s': hostname '%s', port %d", s.Name, s.Hostname, s.Port)
	text := "\nConnecting to " + where + "...\n"
	link, err := t.dial(s)
	if err != nil {
		return text + fmt.Sprintf("Connetion to server %s(%s) on port %d failed\n\nServer %d(%s) is not connected\n",
			s.Name, s.Hostname, s.Port, s.number, s.Name) // sic, spec/cmu.md 1.2
	}
	s.link = link
	if facts, err := link.Facts(); err == nil {
		s.partition = facts.ID
	}
	return text + "Connected to " + where + ".\n"
}

func (t *Tool) dial(s *server) (*cluster.Client, error) {
	if s.Port != Port {
		return nil, retcode.ServerUnavailable
	}
	return t.cluster.Dial(s.Hostname)
}

// startNotes tell a beginner what to type, and everybody which HSMs are out of reach.
func (t *Tool) startNotes() []voice.Note {
	var notes []voice.Note
	for _, s := range t.servers {
		if !s.connected() {
			notes = append(notes, t.downNote(s))
			break
		}
	}
	if note, stale := t.stale(); stale {
		notes = append(notes, note)
	}
	plain := slices.ContainsFunc(t.targets(), func(s *server) bool { return !s.encrypted })
	if len(notes) == 0 && t.user() == nil && !plain && t.host.Terminal { // a script has its lines already
		notes = append(notes, voice.Say(voice.CMUNotLoggedIn, "login", loginLine(t)))
	}
	return notes
}

// stale returns the note to HSMs that the configuration file does not know. A file with HSMs of
// several clusters is not meant to have all.
func (t *Tool) stale() (voice.Note, bool) {
	file := t.naming()
	return voice.Say(voice.CMUStale, "ips", strings.Join(file.Unnamed, ", "), "ip", file.First), len(file.Unnamed) > 0
}

// naming compares the configuration file with the clusters.
func (t *Tool) naming() cluster.Naming {
	var addresses []string
	for _, s := range t.servers {
		addresses = append(addresses, s.Hostname)
	}
	return t.cluster.Naming(addresses)
}

func (t *Tool) firstAddress() string { return t.naming().First }

// quit ends the tool (spec/cmu.md 1.8).
var quit = row{Spec: command.Spec[*Tool]{Name: "quit", Means: "closes the connections and ends the tool",
	Run: func(t *Tool, _ command.Args) command.Outcome { return t.End() }}, synopsis: "quit", in: globalMode, plain: true}

// End is what the end of the input does, in both modes (spec/cmu.md 1.3, a choice).
func (t *Tool) End() command.Outcome {
	return command.Outcome{Text: "\ndisconnecting from servers, please wait...\n", Exit: true}
}

// serverCommand enters server mode (spec/cmu.md 1.6).
var serverCommand = row{Spec: command.Spec[*Tool]{Name: "server", Means: "makes the commands that follow work on one server only",
	Params: []command.Param{{Value: "server-number", Kind: command.Node, Means: "the number of a server, 0 for the first"}},
	Run:    (*Tool).enter}, synopsis: "server <server-number>", in: globalMode, plain: true}

// exit leaves server mode.
var exit = row{Spec: command.Spec[*Tool]{Name: "exit", Means: "goes back to all servers",
	Run: func(t *Tool, _ command.Args) command.Outcome {
		t.mode = everywhere
		return command.Outcome{}
	}}, synopsis: "exit", in: serverMode, plain: true}

func (t *Tool) enter(args command.Args) command.Outcome {
	s, refused := t.numbered(args.Int("server-number"))
	switch {
	case refused != nil:
		return *refused
	case !s.connected():
		return t.unreached(s)
	}
	t.mode = s.number
	channel := "Unencrypted"
	if s.encrypted {
		channel = "E2"
	}
	return command.Outcome{Text: "Server is in '" + channel + "' mode...\n"}
}

// numbered returns the server with a number, or the refusal.
func (t *Tool) numbered(number int64) (*server, *command.Outcome) {
	if number < 0 || number >= int64(len(t.servers)) {
		return nil, &command.Outcome{Text: badServer + "\n", Err: retcode.Local,
			Notes: []voice.Note{voice.Say(voice.CMUBadServer, "last", len(t.servers)-1)}}
	}
	return t.servers[number], nil
}

// unreached is the answer for a server without a connection.
func (t *Tool) unreached(s *server) command.Outcome {
	return command.Outcome{Text: fmt.Sprintf("Server %d is not connected\n", s.number), Err: retcode.ServerUnavailable,
		Notes: []voice.Note{t.downNote(s)}}
}

// downNote says why a server is not connected: there may be no HSM at its address, none at the
// port, no session left, or one that has come back.
func (t *Tool) downNote(s *server) voice.Note {
	line := t.cluster.LineTo(s.Hostname)
	id := lineNotes[line]
	switch {
	case s.Enable == "no":
		id = voice.CMUNotEnabled
	case line != cluster.NoHSM && s.Port != Port:
		id = voice.CMUOtherPort
	case line == cluster.HSMFull && s.link != nil:
		id = voice.CMUConnectionLost
	}
	if id == voice.OlderTools {
		return voice.Say(id, "type", t.cluster.GroupAt(s.Hostname).Model().Name())
	}
	return voice.Say(id, "server", s.number, "ip", s.Hostname, "first", t.firstAddress(), "port", Port)
}

// lineNotes are the notes to what is at a server's address.
var lineNotes = map[cluster.Line]voice.ID{
	cluster.NoHSM:    voice.CMUNoSuchAddress,
	cluster.HSMDown:  voice.CMUServerDown,
	cluster.HSMOther: voice.OlderTools,
	cluster.HSMFull:  voice.SessionsFull,
	cluster.HSMUp:    voice.CMUConnectionLost,
}

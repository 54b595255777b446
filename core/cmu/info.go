package cmu

import (
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

var info = row{Spec: command.Spec[*Tool]{Name: "info", Means: "shows the connection to a server and who is logged in there",
	Params: []command.Param{
		{Value: "server", Kind: command.Choices, Values: []command.Value{{Word: "server", Means: "the only thing there is info about"}}, Means: "the word server"},
		{Value: "server id", Kind: command.Node, Means: "the number of a server, 0 for the first"}},
	Run: (*Tool).info}, synopsis: "info server <server id>", in: globalMode, plain: true}

// getClusterInfo works and is in no help.
var getClusterInfo = row{Spec: command.Spec[*Tool]{Name: "getClusterInfo", Means: "lists the HSMs that each server knows in its cluster",
	Run: (*Tool).getClusterInfo}, synopsis: "getClusterInfo", in: globalMode | serverMode, plain: true, unlisted: true}

var getHSMInfo = row{Spec: command.Spec[*Tool]{Name: "getHSMInfo", Means: "shows hardware and firmware of each HSM", Run: (*Tool).getHSMInfo},
	synopsis: "getHSMInfo", in: globalMode | serverMode, plain: true}

var getCert = row{Spec: command.Spec[*Tool]{Name: "getCert", Means: "saves a certificate of the HSM",
	Params: []command.Param{
		{Value: "file-name", Kind: command.Output, Example: "PO.crt", Means: "the file to write"},
		{Value: "certificate-type", Kind: command.Number, Example: "4", Values: certificateTypes, Means: "which certificate: 1, 2, 4, 8 or 16"}},
	Run: (*Tool).getCert}, synopsis: "getCert <file-name> <certificate-type>", in: serverMode}

var help = row{Spec: command.Spec[*Tool]{Name: "help", Means: "lists the commands, or shows the syntax of one",
	Params: []command.Param{{Value: "command", Optional: true, Example: "createUser", Means: "a command"}},
	Run:    (*Tool).help}, synopsis: "help [<command>]", in: globalMode | serverMode, plain: true}

// certificateTypes are the certificates by number (spec/cmu.md 3.10).
var certificateTypes = []command.Value{{Word: "1", Means: "the manufacturer's root"}, {Word: "2", Means: "the manufacturer's hardware certificate"},
	{Word: "4", Means: "the customer's root, customerCA.crt"}, {Word: "8", Means: "the cluster's certificate, signed by the customer's root"},
	{Word: "16", Means: "the cluster's certificate, below the manufacturer's root"}}

// The layout of info, with the tool's own tabs (spec/cmu.md 3.15).
const (
	infoHead = "Id     \tName   \t\t\tHostname       \t Port  \tState  \t        Partition      \t LoginState\n"
	infoRow  = "%-7d\t%-23s\t%-15s\t%-6d\t%-15s\t%-15s\t %s\n"
)

func (t *Tool) info(args command.Args) command.Outcome {
	s, refused := t.numbered(args.Int("server id"))
	if refused != nil {
		return *refused
	}
	state, login := "Not connected", "Not logged in"
	if s.connected() {
		state = "Connected"
		if u := s.link.User(); u != nil {
			login = fmt.Sprintf("Logged in as '%s(%s)'", u.Name, typeShown(u))
		}
	}
	return command.Outcome{Text: infoHead + fmt.Sprintf(infoRow, s.number, s.Name, s.Hostname, s.Port, state, s.partition, login)}
}

func (t *Tool) getHSMInfo(command.Args) command.Outcome {
	return t.sweep(action{name: "getHSMInfo", head: "Getting HSM Info", do: func(at *server) (report, error) {
		facts, err := at.link.Facts()
		if err != nil {
			return report{}, err
		}
		var b strings.Builder
		fmt.Fprintf(&b, "\t\t*** Server %d HSM Info ***\n\n", at.number)
		writeDescription(&b, facts)
		b.WriteString("\n")
		return report{before: b.String(), silent: true}, nil
	}})
}

// The layout of getClusterInfo: a user's guide names its first line and its columns, the rest is
// made up (spec/cmu.md 1.3).
const (
	membersHead = "Cluster info from %s:\n\n    Node Id    \t\tHostname       \tPort\n"
	membersRow  = "%10d     \t\t%-15s\t%d\n"
)

// getClusterInfo lists the HSMs that each server knows in its cluster.
func (t *Tool) getClusterInfo(command.Args) command.Outcome {
	return t.sweep(action{name: "getClusterInfo", apart: "\n", do: func(at *server) (report, error) {
		members, err := at.link.Members()
		var b strings.Builder
		fmt.Fprintf(&b, membersHead, at.label())
		for _, m := range members {
			fmt.Fprintf(&b, membersRow, m.Node, m.IP, Port)
		}
		return report{before: b.String(), silent: true}, err
	}})
}

// getCert saves a certificate (spec/cmu.md 3.10).
func (t *Tool) getCert(args command.Args) command.Outcome {
	number := args.Int("certificate-type")
	known := slices.ContainsFunc(certificateTypes, func(v command.Value) bool { return v.Word == fmt.Sprint(number) })
	if !known {
		return local(badCertificate, voice.Say(voice.CMUCertificateTypes))
	}
	at := t.servers[t.mode]
	if !at.connected() {
		return t.unreached(at)
	}
	der, err := at.link.Certificate(int(number))
	if err != nil {
		return t.unreached(at)
	}
	if fault := t.write(args.Text("file-name"), mech.CertificatePEM(der)); fault != nil {
		return *fault
	}
	return command.Outcome{Text: "getCert Success\n"}
}

// help lists the commands of the mode, or shows the syntax of one (spec/cmu.md 3.14, provisional).
func (t *Tool) help(args command.Args) command.Outcome {
	table := t.table()
	if word := args.Text("command"); word != "" {
		if spec := table.Lookup(word); spec != nil {
			return command.Outcome{Text: table.Usage(spec.Name)}
		}
		out := t.Line(word) // no command of the mode, so nothing is carried out
		if about := table.About([]string{word}); about != "" {
			out.Notes = []voice.Note{voice.Say(voice.HelpAsked, "tool", Name, "line", "help "+about)}
		}
		return out
	}
	var names []string
	for _, s := range table.Specs {
		if !slices.ContainsFunc(rows, func(r row) bool { return r.Name == s.Name && r.unlisted }) {
			names = append(names, s.Name)
		}
	}
	slices.Sort(names)
	var b strings.Builder
	b.WriteString("Commands:\n")
	for line := range slices.Chunk(names, 3) {
		text := ""
		for _, name := range line {
			text += fmt.Sprintf("%-32s", name)
		}
		b.WriteString("        " + strings.TrimRight(text, " ") + "\n")
	}
	return command.Outcome{Text: b.String()}
}

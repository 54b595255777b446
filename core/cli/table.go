package cli

import (
	"io/fs"
	"slices"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/command/clap"
)

// Version is what the tool says it is (spec/cloudhsm-cli.md, state described).
const Version = Name + " 5.18.0"

// Commands is the table of the tool at its prompt, and Program that of the program in bash: each
// command is in both (spec/cloudhsm-cli.md 1.3).
var Commands, Program command.Table[*Tool]

var (
	quit        = command.Spec[*Tool]{Name: "quit", Summary: "Exit the interactive mode", Run: (*Tool).quit} // provisional
	interactive = command.Spec[*Tool]{Name: "interactive", Summary: "Start the interactive mode",            // provisional
		Params: params(), Run: (*Tool).interactive}
	versions = []command.Spec[*Tool]{
		{Name: "--version", Summary: "Print version", Hidden: true, Run: (*Tool).version},
		{Name: "-V", Summary: "Print version", Hidden: true, Run: (*Tool).version},
	}
)

// everywhere are the commands of both modes, in the order of the help.
func everywhere() []command.Spec[*Tool] {
	return slices.Concat([]command.Spec[*Tool]{
		clusterCategory, clusterActivate, clusterHSMInfo, mtlsCategory, mtlsRegister, mtlsDeregister, mtlsList, mtlsGet, mtlsSet,
		cryptoCategory, signCategory}, signs(), []command.Spec[*Tool]{verifyCategory}, verifies(), []command.Spec[*Tool]{
		keyCategory, keyDelete, keyGenerateFile, pairCategory, keyGenerateEC, keyGenerateMLDSA, keyGenerateRSA,
		symmetricCategory, keyGenerateAES, keyGenerateSecret, importCategory, keyImportPEM, keyList, keyReplicate,
		keySetAttribute, keyShare, keyUnshare, unwrapCategory}, unwraps(), []command.Spec[*Tool]{wrapCategory}, wraps(),
		[]command.Spec[*Tool]{login, loginMFA, logout,
			quorumCategory, tokenSignCategory, quorumDelete, quorumGenerate, quorumList, quorumListValues, quorumSetValue,
			userCategory, changeMFACategory, userChangeMFA, userChangePassword, changeQuorumCategory, changeQuorumSign, userChangeQuorum,
			userCreate, userDelete, userList, userReplicate}, versions)
}

func init() { // the handlers read the tables that they stand in
	all := everywhere()
	at := slices.IndexFunc(all, func(s command.Spec[*Tool]) bool { return s.Name == quorumCategory.Name })
	Commands = table("", slices.Insert(slices.Clone(all), at, quit))
	at = slices.IndexFunc(all, func(s command.Spec[*Tool]) bool { return s.Name == keyCategory.Name })
	Program = table(Name+" ", slices.Insert(slices.Clone(all), at, interactive))
}

// table is the commands with what stands before them where they are typed.
func table(lead string, specs []command.Spec[*Tool]) command.Table[*Tool] {
	return command.Table[*Tool]{Tool: Name, Lead: lead, Leave: quit.Name, Specs: specs, Style: clap.Style(lead), Live: live, Fill: fill, Wants: wantsCluster, Says: saysTo(lead), Called: called, Makes: makes, Absent: absent,
		Others: func(t *Tool) []command.Other { return t.host.Others }}
}

// Told is the command of the words behind the program's name, without its secrets, as
// [command.Table.Told] has it of a line; no path where the tool reads lines.
func Told(args []string) (path []string, shown string, secrets []string) {
	path, shown, secrets = Program.Told(command.Joined(args))
	if slices.Equal(path, []string{interactive.Name}) {
		path = nil
	}
	return path, shown, secrets
}

// Words are the words that commands begin with.
func Words() (words []string) {
	for _, spec := range Commands.Specs {
		if first := spec.Path()[0]; !spec.Hidden && !slices.Contains(words, first) {
			words = append(words, first)
		}
	}
	return words
}

// Complete lists what may stand at the cursor of the words behind the program's name; cursor counts
// bytes. names lists files.
func Complete(c *cluster.Cluster, names func(prefix string) []string, line string, cursor int) command.Completion {
	return Program.Complete(typing(c, names), line, cursor)
}

// Explain ties the words behind the program's name to their meaning.
func Explain(c *cluster.Cluster, names func(prefix string) []string, line string, cursor int) command.Explanation {
	return Program.Explain(typing(c, names), line, cursor)
}

// typing is a program that is being typed: it has no connections.
func typing(c *cluster.Cluster, names func(prefix string) []string) *Tool {
	return New(c, &command.Host{Files: listing(names), Env: command.NoEnv})
}

// listing is files by their names alone.
type listing func(prefix string) []string

func (l listing) Names(prefix string) []string  { return l(prefix) }
func (listing) ReadFile(string) ([]byte, error) { return nil, fs.ErrNotExist }
func (listing) WriteFile(string, []byte) error  { return fs.ErrPermission }

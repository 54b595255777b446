package same

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/cli"
	"hsmplay/core/cmu"
	"hsmplay/core/command"
	"hsmplay/core/kmu"
)

// place is where the same work may be done: a tool, or a programming interface. Rows have a cell
// for each.
type place struct {
	name  string
	at    string // at whose prompt its lines are typed; "" for calls
	none  string // why it has nothing where a row does not say
	cell  func(*row) string
	quote func(string) string // writes a value
}

// The places that are no tools, and the program that reads lines marked with $.
const (
	pkcs11  = "PKCS#11"
	openSSL = "OpenSSL"
	bash    = "bash"
)

// places are all of them, in the order in which they are shown.
var places = []*place{
	{cli.Name, cli.Name, "", func(r *row) string { return r.cli }, shellQuoted},
	{kmu.Name, kmu.Name, "it makes and uses keys", func(r *row) string { return r.kmu }, doubleQuoted},
	{cmu.Name, cmu.Name, "it manages users, sharing and quorums", func(r *row) string { return r.cmu }, func(text string) string { return text }},
	{pkcs11, "", "it has calls for keys only", func(r *row) string { return r.pkcs11 }, strconv.Quote},
	{openSSL, bash, "it works on files, without an HSM", func(r *row) string { return r.openssl }, shellQuoted},
}

// shellQuoted writes a value as a shell and the CLI read it.
func shellQuoted(text string) string { return command.Joined([]string{text}) }

// doubleQuoted writes a value as key_mgmt_util reads it.
func doubleQuoted(text string) string {
	if strings.ContainsAny(text, " \t") {
		return `"` + text + `"`
	}
	return text
}

// tool is a tool whose lines are read.
type tool struct {
	name  string
	short string // what rows and people call it
	match func(line string) line
	names []string
	means func(name string) string
}

// tools are all of them; a word that several have is the first one's.
var tools = []*tool{
	{kmu.Name, "kmu", reader(kmu.Commands.Match), names(kmu.Commands.Specs), means(kmu.Commands.Specs)},
	{cmu.Name, "cmu", either(reader(cmu.Global.Match), reader(cmu.Single.Match)), together(names(cmu.Global.Specs), names(cmu.Single.Specs)),
		means(slices.Concat(cmu.Global.Specs, cmu.Single.Specs))},
	{cli.Name, "cli", either(reader(cli.Commands.Match), reader(cli.Program.Match)), together(names(cli.Commands.Specs), names(cli.Program.Specs)),
		means(slices.Concat(cli.Commands.Specs, cli.Program.Specs))},
}

// Names are the names of the tools' commands, each once.
func Names() (all []string) {
	for _, t := range tools {
		all = together(all, t.names)
	}
	return all
}

// Means is what a command does, in one line; of several tools' commands the first one.
func Means(name string) string {
	for _, t := range tools {
		if is := t.means(name); is != "" {
			return is
		}
	}
	return ""
}

// together is a list and what another one has beside it.
func together(list, more []string) []string {
	for _, name := range more {
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// means says what commands do, for a learner.
func means[E any](specs []command.Spec[E]) func(name string) string {
	return func(name string) string {
		for _, s := range specs {
			if s.Name == name {
				return cmp.Or(s.Means, s.Summary)
			}
		}
		return ""
	}
}

// names are the names of commands that one is told of.
func names[E any](specs []command.Spec[E]) (list []string) {
	for _, s := range specs {
		if !s.Hidden && s.Run != nil {
			list = append(list, s.Name)
		}
	}
	return list
}

// shortOf is what people call a tool.
func shortOf(name string) string {
	for _, t := range tools {
		if t.name == name {
			return t.short
		}
	}
	return name
}

package clap

import (
	"slices"
	"strings"

	"hsmplay/core/command"
)

// below is how far the text of an option stands in.
const below = "          "

// page is the help of a command or a category. It is long, as --help prints it, unless -h has asked
// for it.
func page(lead string, s command.Shape) string {
	if s.Asked == command.HelpTwice {
		return helpLine.Means + "\n\nUsage: " + strings.TrimSpace(lead+strings.TrimSpace(s.Name+" help")) +
			" [COMMAND]...\n\nArguments:\n  [COMMAND]...  Print help for the subcommand(s)\n"
	}
	var b strings.Builder
	if s.Summary != "" {
		b.WriteString(s.Summary + "\n\n")
	}
	b.WriteString("Usage: " + line(lead, s) + "\n")
	if len(s.Commands) > 0 {
		b.WriteString("\nCommands:\n")
		writeCommands(&b, s)
	}
	if len(s.Params) > 0 || len(s.Commands) == 0 {
		b.WriteString("\nOptions:\n")
		writeOptions(&b, s)
	}
	if s.Name == "" && len(s.Params) == 0 && lead != "" { // at its prompt a program has no options
		b.WriteString("\nOptions:\n  -h, --help     Print help\n  -V, --version  Print version\n")
	}
	return b.String()
}

// helpLine is the command that every category has.
var helpLine = command.Line{Name: "help", Means: "Print this message or the help of the given subcommand(s)"}

// writeCommands lists what stands below a category, and help: the last of them, but among the
// tool's own commands where the alphabet has it.
func writeCommands(b *strings.Builder, s command.Shape) {
	width, at := 0, len(s.Commands)
	if s.Name == "" {
		at = slices.IndexFunc(s.Commands, func(c command.Line) bool { return c.Name > helpLine.Name })
	}
	list := slices.Insert(slices.Clone(s.Commands), max(at, 0), helpLine)
	for _, c := range list {
		width = max(width, len(c.Name))
	}
	for _, c := range list {
		b.WriteString("  " + c.Name + strings.Repeat(" ", width-len(c.Name)+2) + c.Means + "\n")
	}
}

// writeOptions lists the options, in the long form with a blank line between them where a value has
// a description.
func writeOptions(b *strings.Builder, s command.Shape) {
	told := toldValues(s)
	long := told && s.Asked != "-h"
	for i := range s.Params {
		p := &s.Params[i]
		if p.Help == Unlisted || p.Flag == versionFlag {
			continue
		}
		b.WriteString(sign(p) + "\n" + below + text(p, long) + "\n")
		if long && described(p) {
			writeValues(b, p)
		}
		if long || s.Column == Spaced {
			b.WriteByte('\n')
		}
	}
	help := "Print help"
	switch {
	case long:
		help = "Print help (see a summary with '-h')"
	case told:
		help = "Print help (see more with '--help')"
	}
	if len(s.Params) == 0 {
		b.WriteString("  -h, --help  " + help + "\n")
		return
	}
	b.WriteString("  -h, --help\n" + below + help + "\n")
	for i := range s.Params {
		if p := &s.Params[i]; p.Flag == versionFlag {
			b.WriteString(sign(p) + "\n" + below + p.Help + "\n")
		}
	}
}

// versionFlag stands behind the flag for help, in a list of options.
const versionFlag = "--version"

// Spaced is the Column of a command whose options have blank lines between them, though no value
// has a description.
const Spaced = 1

// Unlisted is the Help of an option that is taken, but that no page of help shows.
const Unlisted = "unlisted"

// toldValues reports whether a value of an option has a description.
func toldValues(s command.Shape) bool {
	for i := range s.Params {
		if p := &s.Params[i]; described(p) && p.Help != Unlisted {
			return true
		}
	}
	return false
}

// described reports whether the values of an option are told one by one.
func described(p *command.Param) bool {
	return p.Kind == command.Choices && len(p.Values) > 0 && p.Values[0].Means != ""
}

// sign is an option with its value in a list: what has one letter alone stands there.
func sign(p *command.Param) string {
	switch {
	case p.Also != "":
		return "  " + p.Also + ", " + named(p)
	case strings.HasPrefix(p.Flag, "--"):
		return "      " + named(p)
	}
	return "  " + named(p)
}

// text is what an option is for, with the values it takes where they stand in the same line.
func text(p *command.Param, long bool) string {
	if p.Kind != command.Choices || long && described(p) {
		return p.Help
	}
	return strings.TrimSpace(p.Help + " " + possible(p))
}

// possible lists the values of an option.
func possible(p *command.Param) string {
	var words []string
	for _, v := range p.Values {
		if !v.Hidden {
			words = append(words, v.Word)
		}
	}
	return "[possible values: " + strings.Join(words, ", ") + "]"
}

// writeValues lists values with their descriptions.
func writeValues(b *strings.Builder, p *command.Param) {
	width := 0
	for _, v := range p.Values {
		width = max(width, len(v.Word))
	}
	b.WriteString("\n" + below + "Possible values:\n")
	for _, v := range p.Values {
		b.WriteString(below + "- " + v.Word + ": " + strings.Repeat(" ", width-len(v.Word)) + v.Means + "\n")
	}
}

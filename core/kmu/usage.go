package kmu

import (
	"strings"

	"hsmplay/core/command"
)

// style is how the tool reads a line (spec/kmu.md 6, question 23) and answers one that it cannot
// carry out.
var style = command.Style{Quotes: command.DoubleQuotes, Help: []string{"-h"}, Usage: usage, Refuse: refuse}

// refuse is what the tool says to what it cannot read (spec/kmu.md 2.2, bad input: provisional).
func refuse(f command.Fault, s command.Shape) command.Refusal {
	switch {
	case s.Name == "":
		return command.Refusal{Text: "\n" + indent + "Invalid command: " + f.Word + "\n\n"}
	case f.OfValue():
		return command.Refusal{Text: "\n" + indent + "Error: invalid value for " + f.Param.Flag + "\n" + usage(s)}
	}
	return command.Refusal{Text: usage(s)}
}

// usage is the usage text of a command, between two empty lines (spec/kmu.md 2.2; the blank lines
// are those of extractMaskedObject there, the width of the option column, longest flag and two
// blanks, is that of loginHSM and exportPubKey; 2.3 for the line before the prompt):
//
//	Description
//	===========
//	Gets the Login Information
//
//	Syntax: loginStatus -h
//
//	Where: -h  displays this information
//
// The syntax is one line: of the documented ones only two are broken, by hand, and unWrapKey's
// longer one is not.
func usage(s command.Shape) string {
	var b strings.Builder
	b.WriteString("\nDescription\n===========\n")
	if s.Usage != "" {
		b.WriteString(s.Usage)
	} else {
		b.WriteString(s.Summary)
	}
	b.WriteString("\n\nSyntax: " + s.Syntax("-h") + "\n\n")
	writeOptions(&b, s.Params, s.Column)
	b.WriteString(s.Tail)
	b.WriteString("\n")
	return b.String()
}

// writeOptions writes the list of options. Further lines of a help text stand under its first.
func writeOptions(b *strings.Builder, params []command.Param, column int) {
	if column == 0 {
		column = len("-h")
		for i := range params {
			column = max(column, len(params[i].Flag))
		}
		column += 2
	}
	const lead = "Where: "
	row := func(indent, name, help string) {
		pad := strings.Repeat(" ", max(1, column-len(name)))
		under := "\n" + strings.Repeat(" ", len(lead)+column)
		b.WriteString(indent + name + pad + strings.ReplaceAll(help, "\n", under) + "\n")
	}
	row(lead, "-h", "displays this information")
	for i := range params {
		row(strings.Repeat(" ", len(lead)), params[i].Flag, params[i].Help)
	}
}

// Package clap is how programs written on clap 4 read a line, lay out their help, and refuse: the
// style that CloudHSM CLI and its configure tool share (spec/cloudhsm-cli.md 1.5). The wording is
// that of clap 4; what a table says more than its parameters do stands in its rows.
//
// A row's Usage is its usage line, where that is not what the parameters say. A Param's Value is
// the name of the value, or begins with < or [ where the placeholder is not what the kind says.
package clap

import "hsmplay/core/command"

// Style returns the style of a program. Lead is what stands before a command in a usage line: the
// program's name with a blank, or nothing at the program's own prompt.
func Style(lead string) command.Style {
	return command.Style{
		Quotes: command.ShellQuotes, Form: command.Form{Equals: true, Strict: true, End: true},
		Help: []string{"-h", "--help"}, HelpWord: "help", InTurn: true, Longest: longest,
		Usage:  func(s command.Shape) string { return page(lead, s) },
		Refuse: func(f command.Fault, s command.Shape) command.Refusal { return refuse(lead, f, s) },
	}
}

// longest is the length of a line that is still read: the longest data to sign are 16,000 bytes,
// and scripts write long filters.
const longest = 1 << 20

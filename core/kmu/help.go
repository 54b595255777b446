package kmu

import (
	"fmt"
	"strings"

	"hsmplay/core/command"
)

var exit = command.Spec[*Tool]{Name: "exit", Summary: "Exits this application",
	Means: "leaves the tool; session keys are gone then", Run: (*Tool).exit}

// quit is typed in one published session (spec/kmu.md 3.1).
var quit = command.Spec[*Tool]{Name: "quit", Summary: "Exits this application", Hidden: true, Run: (*Tool).exit}

var help = command.Spec[*Tool]{Name: "help", Summary: "Displays this information",
	Means: "lists the commands", Run: (*Tool).help}

func (t *Tool) exit(command.Args) command.Outcome { return command.Outcome{Exit: true} }

func (t *Tool) help(command.Args) command.Outcome {
	return command.Outcome{Text: "\n" + helpText() + "\n"}
}

// helpLines are commands whose description goes on, in the vendor's text also with a line that
// belongs nowhere (spec/kmu.md 3.2).
var helpLines = map[string]string{
	"Error2String":         "save key handle in fake PEM format",
	"getCaviumPrivKey":     "in fake PEM format",
	"IsValidKeyHandlefile": "an HSM key handle or a real key",
}

// helpText is the list of commands, byte-exact: the heading has 15 blanks between its columns, the
// rows 23 characters for the name.
func helpText() string {
	var b strings.Builder
	b.WriteString("Help Commands Available:\n\nSyntax: <command> -h\n\n\n" +
		"   Command               Description\n   =======               ===========\n\n")
	for _, g := range groups {
		b.WriteString(g.lead)
		if g.heading != "" {
			b.WriteString(g.heading + "\n")
		}
		for _, s := range g.specs {
			fmt.Fprintf(&b, "   %-23s%s\n", s.Name, s.Summary)
			if more, ok := helpLines[s.Name]; ok {
				fmt.Fprintf(&b, "   %-23s%s\n", "", more)
			}
		}
	}
	return b.String()
}

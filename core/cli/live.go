package cli

import (
	"strings"

	"hsmplay/core/command"
)

// live lists the values of a parameter that exist now: keys, users, files.
func live(t *Tool, p command.Param, typed string) []command.Choice {
	switch p.Kind {
	case command.Path, command.Output:
		var choices []command.Choice
		for _, name := range t.host.Names(typed) {
			choices = append(choices, command.Choice{Word: name, Means: "file", Space: !strings.HasSuffix(name, "/")})
		}
		return choices
	}
	return nil
}

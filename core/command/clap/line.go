package clap

import (
	"strings"

	"hsmplay/core/command"
)

// line is the usage line of a command or category in full.
func line(lead string, s command.Shape) string {
	switch {
	case s.Usage != "":
		return lead + strings.TrimPrefix(s.Usage, lead)
	case len(s.Params) == 0 && len(s.Commands) > 0:
		return strings.TrimSpace(strings.TrimSpace(lead+s.Name) + " <COMMAND>")
	}
	words := append([]string{strings.TrimSpace(lead + s.Name), "[OPTIONS]"}, required(s)...)
	if len(s.Commands) > 0 {
		words = append(words, "[COMMAND]")
	}
	return strings.TrimSpace(strings.Join(words, " "))
}

// smart is the usage line of an error behind options: what must be given, and what was, in its order.
func smart(lead string, s command.Shape, given ...command.Param) string {
	if s.Usage != "" && !strings.Contains(s.Usage, s.Name) { // options stand between the words of its path
		return line(lead, s)
	}
	words := []string{strings.TrimSpace(lead + s.Name)}
	for i := range s.Params {
		if p := &s.Params[i]; !p.Optional && p.OneOf == "" {
			words = append(words, named(p))
		}
	}
	for i := range given {
		if p := &given[i]; p.Optional && p.Help != Unlisted && !among(p, given[:i]) {
			words = append(words, named(p))
		}
	}
	return strings.TrimSpace(strings.Join(append(words, groups(s)...), " "))
}

// behind is the usage line of an error behind options; that of the command where there are none.
func behind(lead string, s command.Shape, given ...command.Param) string {
	if len(given) == 0 {
		return line(lead, s)
	}
	return smart(lead, s, given...)
}

// among reports whether an option is one of several.
func among(p *command.Param, list []command.Param) bool {
	for i := range list {
		if list[i].Flag == p.Flag {
			return true
		}
	}
	return false
}

// required are the options without which a command is refused, the groups last.
func required(s command.Shape) (words []string) {
	for i := range s.Params {
		if p := &s.Params[i]; !p.Optional && p.OneOf == "" {
			words = append(words, named(p))
		}
	}
	return append(words, groups(s)...)
}

// groups are the groups of options of which exactly one is to be given.
func groups(s command.Shape) (words []string) {
	for i := range s.Params {
		if p := &s.Params[i]; !p.Optional && p.OneOf != "" && first(s, p) {
			words = append(words, group(s, p))
		}
	}
	return words
}

// first reports whether an option is the first of its group.
func first(s command.Shape, p *command.Param) bool {
	for i := range s.Params {
		if s.Params[i].OneOf == p.OneOf {
			return s.Params[i].Flag == p.Flag
		}
	}
	return false
}

// group is the group of an option as one placeholder.
func group(s command.Shape, p *command.Param) string {
	var all []string
	for i := range s.Params {
		if s.Params[i].OneOf == p.OneOf {
			all = append(all, named(&s.Params[i]))
		}
	}
	return "<" + strings.Join(all, "|") + ">"
}

// named is an option with the placeholder of its value.
func named(p *command.Param) string {
	switch {
	case p.Kind == command.Switch:
		return p.Flag
	case p.Flag == "":
		return placeholder(p)
	}
	return p.Flag + " " + placeholder(p)
}

// placeholder stands for the value of an option.
func placeholder(p *command.Param) string {
	switch {
	case strings.HasPrefix(p.Value, "<"), strings.HasPrefix(p.Value, "["):
		return p.Value
	case p.Many && p.Bare:
		return "[<" + p.Value + ">...]"
	case p.Many:
		return "<" + p.Value + ">..."
	}
	return "<" + p.Value + ">"
}

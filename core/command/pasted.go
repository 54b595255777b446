package command

import (
	"strings"
	"unicode"
)

// unprompted is a line without the prompt that was pasted along with it, ready to be typed. It is
// "" where the rest is not right as it stands; the prompt is "" where there is none.
func (t Table[E]) unprompted(line string) (prompt, typed string) {
	prompt, rest := cutPrompt(line)
	if prompt == "" {
		return "", ""
	}
	m := t.Match(rest)
	switch {
	case m.Spec == nil || m.Fault != nil || m.hasSecret() || len(rest) > 4*wordMax || strings.ContainsFunc(rest, unicode.IsControl):
		return prompt, ""
	}
	return prompt, t.Lead + strings.TrimSpace(rest)
}

// cutPrompt parts a line behind a prompt of one of the tools or of a shell: Command:,
// aws-cloudhsm>, aws-cloudhsm >, user@cluster-1a >, server0>, $.
func cutPrompt(line string) (prompt, rest string) {
	line = strings.TrimSpace(line)
	i := strings.IndexAny(line, ":>$#")
	if i < 0 {
		return "", ""
	}
	prompt, rest = line[:i+1], line[i+1:]
	name := strings.TrimSpace(line[:i])
	switch {
	case strings.HasPrefix(prompt, "server") && digits(prompt[len("server"):i]):
	case prompt == "Command:", name == "aws-cloudhsm" && line[i] == '>', len(prompt) == 1 && prompt != ":":
	case line[i] == '$' && strings.Contains(prompt, "@"):
	case line[i] == '>' && strings.Contains(prompt, "@") && !strings.Contains(name, " "):
	default:
		return "", ""
	}
	return prompt, rest
}

// hasSecret reports whether a password was given.
func (m Match[E]) hasSecret() bool {
	for i := range m.Bound {
		if m.Bound[i].Given && m.Spec.Params[i].Kind == Secret {
			return true
		}
	}
	return false
}

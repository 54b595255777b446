package command

import "strings"

// Syntax is a command's synopsis in a line: its name and its parameters, brackets around what may
// be left out. The flag for help is not part of it.
func Syntax[E any](s Spec[E]) string { return s.shape().Syntax() }

// Syntax is the synopsis with the words that stand behind the name before all others, such as the
// flag for help.
func (s Shape) Syntax(first ...string) string {
	words := append(strings.Fields(s.Name), first...)
	for i := range s.Params {
		if word := syntaxWord(s.Params, i); word != "" {
			words = append(words, word)
		}
	}
	return strings.Join(words, " ")
}

// syntaxWord is parameter i in a synopsis. A group is written once, at its first: {-p <password> |
// -hpswd}. The braces are made up after spec/kmu.md 3.7.
func syntaxWord(params []Param, i int) string {
	word, more := params[i].syntax(), false
	for j := range params {
		switch {
		case j == i || params[i].OneOf == "" || params[j].OneOf != params[i].OneOf:
		case j < i:
			return ""
		default:
			word += " | " + params[j].syntax()
			more = true
		}
	}
	switch {
	case params[i].Optional:
		return "[" + word + "]"
	case more:
		return "{" + word + "}"
	}
	return word
}

// syntax is a parameter as the synopsis writes it: -i <EC curve id>.
func (p *Param) syntax() string {
	value := ""
	if p.Value != "" && p.Kind != Named {
		value = "<" + p.Value + ">"
	}
	if p.Many && value != "" {
		value += "..."
	}
	if p.Bare && value != "" {
		value = "[" + value + "]"
	}
	return strings.TrimSpace(p.Flag + " " + value)
}

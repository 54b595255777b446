package command

import "strings"

// Usage is the usage text of a command in the shape of key_mgmt_util, between two empty lines
// (spec/kmu.md 2.2; the blank lines are those of extractMaskedObject there, the width of the option column,
// longest flag and two blanks, is that of loginHSM and exportPubKey; 2.3 for the line before the prompt):
//
//	Description
//	===========
//	Gets the Login Information
//
//	Syntax: loginStatus -h
//
//	Where: -h  displays this information
//
// The syntax is one line: of the documented ones only two are broken, by hand, and unWrapKey's longer one is not.
func Usage[E any](s Spec[E]) string {
	var b strings.Builder
	b.WriteString("\nDescription\n===========\n")
	if s.Usage != "" {
		b.WriteString(s.Usage)
	} else {
		b.WriteString(s.Summary)
	}
	b.WriteString("\n\nSyntax: " + syntax(s.Name, s.Params, "-h") + "\n\n")
	writeOptions(&b, s.Params, s.Column)
	b.WriteString(s.Tail)
	b.WriteString("\n")
	return b.String()
}

// Syntax is a command's synopsis in a line: its name and its parameters, brackets around what may be left
// out. The flag for help is not part of it.
func Syntax[E any](s Spec[E]) string { return syntax(s.Name, s.Params, "") }

func syntax(name string, params []Param, help string) string {
	words := []string{name}
	if help != "" {
		words = append(words, help)
	}
	for i := range params {
		if word := syntaxWord(params, i); word != "" {
			words = append(words, word)
		}
	}
	return strings.Join(words, " ")
}

// syntaxWord is parameter i in a synopsis. Two that stand in each other's place are written once, at the
// first: {-p <password> | -hpswd}. The braces are made up after spec/kmu.md 3.7.
func syntaxWord(params []Param, i int) string {
	word := params[i].syntax()
	other := find(params, params[i].Or)
	switch {
	case other >= 0 && other < i:
		return ""
	case other > i:
		word += " | " + params[other].syntax()
	}
	switch {
	case params[i].Optional:
		return "[" + word + "]"
	case other > i:
		return "{" + word + "}"
	}
	return word
}

// syntax is a parameter as the synopsis writes it: -i <EC curve id>.
func (p *Param) syntax() string {
	switch {
	case p.Flag == "":
		return "<" + p.Value + ">"
	case p.Value == "":
		return p.Flag
	}
	return p.Flag + " <" + p.Value + ">"
}

// writeOptions writes the list of options. Further lines of a help text stand under its first.
func writeOptions(b *strings.Builder, params []Param, column int) {
	if column == 0 {
		column = len("-h")
		for i := range params {
			column = max(column, len(params[i].name()))
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
		row(strings.Repeat(" ", len(lead)), params[i].name(), params[i].Help)
	}
}

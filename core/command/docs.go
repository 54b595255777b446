package command

import (
	"fmt"
	"slices"
	"strings"
)

// Reference is the page of a command in the reference, as Markdown: what it does, the syntax as its
// tool writes it, its options and the values they take.
func Reference[E any](s Spec[E], syntax string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n", s.Name, s.means())
	fmt.Fprintf(&b, "```\n%s\n```\n", syntax)
	if len(s.Params) == 0 {
		b.WriteString("\nIt takes no options.\n")
		return b.String()
	}
	b.WriteString("\n| option | value | meaning | rule |\n|---|---|---|---|\n")
	for i := range s.Params {
		p := &s.Params[i]
		value := p.Value
		if p.Flag == "" {
			value = ""
		}
		row(&b, placed(p.name()), value, p.means(), rule(s.Params, i))
	}
	for i := range s.Params {
		writeValues(&b, &s.Params[i])
	}
	return b.String()
}

// writeValues writes the table of the values that a parameter is offered with.
func writeValues(b *strings.Builder, p *Param) {
	if len(p.Values) == 0 {
		return
	}
	lead := "Values of %s:"
	if p.Kind != Choices && p.Kind != Named {
		lead = "Some values of %s:"
	}
	fmt.Fprintf(b, "\n"+lead, placed(p.name()))
	if !slices.ContainsFunc(p.Values, func(v Value) bool { return v.Means != "" }) {
		b.WriteString(" `" + strings.ReplaceAll(p.choices(p.words()), ", ", "`, `") + "`\n")
		return
	}
	b.WriteString("\n\n| value | meaning |\n|---|---|\n")
	for _, v := range p.Values {
		if !v.Hidden {
			row(b, code(v.Word), v.Means)
		}
	}
}

// rule says when a parameter must or may be given, and in what range.
func rule(params []Param, i int) string {
	p := &params[i]
	var others []string
	for j := range params {
		if j != i && params[j].OneOf == p.OneOf {
			others = append(others, placed(params[j].name()))
		}
	}
	rules := []string{"required"}
	switch {
	case p.Optional:
		rules[0] = "optional"
	case p.OneOf != "":
		rules[0] = "this or " + strings.Join(others, " or ")
	}
	if p.Needs != "" {
		rule := "only with " + code(p.Needs)
		if p.Alone != "" {
			rule += " unless " + p.Alone
		}
		rules = append(rules, rule)
	}
	switch {
	case p.Max == 0:
	case (p.Kind == Number || p.Kind == Node) && !p.bounded():
		if p.Min > 0 {
			rules = append(rules, fmt.Sprintf("%d or more", p.Min))
		}
	case p.Kind == Number || p.Kind == Node:
		rules = append(rules, fmt.Sprintf("%d to %d", p.Min, p.Max))
	default:
		rules = append(rules, fmt.Sprintf("at most %d bytes", p.Max))
	}
	return strings.Join(rules, ", ")
}

// placed is the name of a parameter as code, with the brackets of the syntax where it is no flag.
func placed(name string) string {
	if !strings.HasPrefix(name, "-") {
		name = "<" + name + ">"
	}
	return code(name)
}

// code marks a word as code.
func code(word string) string { return "`" + word + "`" }

// row writes a row of a table; bars and line ends in a cell would break it.
func row(b *strings.Builder, cells ...string) {
	for _, cell := range cells {
		b.WriteString("| " + strings.NewReplacer("|", `\|`, "\n", " ").Replace(cell) + " ")
	}
	b.WriteString("|\n")
}

package command

import (
	"fmt"
	"strings"
)

// Reference is the page of a command in the reference, as Markdown: what it does, its syntax, its options and
// the values they take.
func Reference[E any](s Spec[E]) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n", s.Name, s.means())
	fmt.Fprintf(&b, "```\n%s\n```\n", Syntax(s))
	if len(s.Params) == 0 {
		b.WriteString("\nIt takes no options.\n")
		return b.String()
	}
	b.WriteString("\n| option | value | meaning | rule |\n|---|---|---|---|\n")
	for i := range s.Params {
		p := &s.Params[i]
		row(&b, code(p.Flag), p.Value, p.means(), p.rule())
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
	if p.Kind != Choices {
		lead = "Some values of %s:"
	}
	fmt.Fprintf(b, "\n"+lead+"\n\n| value | meaning |\n|---|---|\n", code(p.name()))
	for _, v := range p.Values {
		row(b, code(v.Word), v.Means)
	}
}

// rule says when a parameter must or may be given, and in what range.
func (p *Param) rule() string {
	rules := []string{"required"}
	switch {
	case p.Optional:
		rules[0] = "optional"
	case p.Or != "":
		rules[0] = "this or " + code(p.Or)
	}
	if p.Needs != "" {
		rules = append(rules, "only with "+code(p.Needs))
	}
	switch {
	case p.Max == 0:
	case p.Kind == Number || p.Kind == Node:
		rules = append(rules, fmt.Sprintf("%d to %d", p.Min, p.Max))
	default:
		rules = append(rules, fmt.Sprintf("at most %d bytes", p.Max))
	}
	return strings.Join(rules, ", ")
}

// code marks a word as code, if there is one.
func code(word string) string {
	if word == "" {
		return ""
	}
	return "`" + word + "`"
}

// row writes a row of a table; bars and line ends in a cell would break it.
func row(b *strings.Builder, cells ...string) {
	for _, cell := range cells {
		b.WriteString("| " + strings.NewReplacer("|", `\|`, "\n", " ").Replace(cell) + " ")
	}
	b.WriteString("|\n")
}

package same

import (
	"strings"

	"hsmplay/core/command"
)

// password stands in place of every secret.
const password = "<password>"

// filler fills templates with the values of a line.
type filler struct {
	world World
	line  *line
	place *place // nil: values are wanted as they are
}

// each fills a template, once for each value of a blank {each:…}.
func (f *filler) each(template string) (lines []string) {
	const begin = "{each:"
	at := strings.Index(template, begin)
	if at < 0 {
		return []string{f.fill(template)}
	}
	end := at + strings.IndexByte(template[at:], '}')
	values := strings.Fields(f.bare("names:" + template[at+len(begin):end]))
	if len(values) == 0 {
		values = []string{"<user name>"}
	}
	for _, value := range values {
		lines = append(lines, f.fill(template[:at])+value+f.fill(template[end+1:]))
	}
	return lines
}

// fill fills a template.
func (f *filler) fill(template string) string {
	var b strings.Builder
	for {
		i := strings.IndexAny(template, "[{")
		if i < 0 {
			b.WriteString(template)
			return b.String()
		}
		b.WriteString(template[:i])
		closing := byte('}')
		if template[i] == '[' {
			closing = ']'
		}
		end := i + strings.IndexByte(template[i:], closing)
		inner := template[i+1 : end]
		if closing == ']' {
			b.WriteString(f.optional(inner))
		} else {
			b.WriteString(f.shown(inner))
		}
		template = template[end+1:]
	}
}

// optional fills a part that may be left out.
func (f *filler) optional(part string) string {
	if when, rest, ok := strings.Cut(part, "?"); ok && !strings.ContainsAny(when, " {") {
		if !f.holds(when) {
			return ""
		}
		part = rest
	}
	for rest := part; ; {
		_, blank, ok := strings.Cut(rest, "{")
		if !ok {
			return f.fill(part)
		}
		blank, rest, _ = strings.Cut(blank, "}")
		if f.value(blank) == "" {
			return ""
		}
	}
}

// shown is the value of a blank, or what stands for one that is not known.
func (f *filler) shown(blank string) string {
	if value := f.value(blank); value != "" {
		return value
	}
	name, param := cutBlank(blank)
	if is, ok := wanting[name]; ok {
		return "<" + is + ">"
	}
	if i := f.line.find(param); i >= 0 && f.line.params[i].Value != "" {
		return "<" + strings.ToLower(strings.ReplaceAll(f.line.params[i].Value, "_", " ")) + ">"
	}
	return "<" + strings.TrimLeft(param, "-") + ">"
}

// value is the value of a blank as the place writes it, "" for none.
func (f *filler) value(blank string) string {
	value := f.bare(blank)
	if name, _ := cutBlank(blank); name == "" && f.place != nil && value != "" && value != password {
		return f.place.quote(value)
	}
	return value
}

// bare is the value of a blank as it is, "" for none.
func (f *filler) bare(blank string) string {
	name, param := cutBlank(blank)
	at := command.Bound{Value: -1, Option: -1}
	var p command.Param
	if i := f.line.find(param); i >= 0 {
		p, at = f.line.params[i], f.line.bound[i]
	}
	switch {
	case p.Kind == command.Secret && at.Given:
		return password
	case name != "":
		return blanks[name](f, at)
	case p.Kind == command.Switch && at.Given:
		return "given"
	case at.All != nil:
		return strings.Join(at.All, " ")
	}
	return at.Text
}

// cutBlank parts the function of a blank from the parameter that it is about.
func cutBlank(blank string) (name, param string) {
	if name, param, ok := strings.Cut(blank, ":"); ok {
		return name, param
	}
	return "", blank
}

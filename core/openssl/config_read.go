package openssl

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
)

// configReader reads a configuration file line by line, and those that it takes in.
type configReader struct {
	conf     config
	section  string                            // that the next line stands in
	load     func(name string) ([]byte, error) // nil: no file is taken in
	env      func(name string) string
	number   int  // of the line, counted through all files
	depth    int  // of files that take in others
	dollarID bool // $ is a letter, and only ${name} and $(name) are variables
}

// Limits of what a file may make: OpenSSL's for a value, ours for files in each other.
const (
	valueMax   = 65536
	includeMax = 16
)

// all reads a file; wrong is the number of the first line that is no line of one, 0 for none.
func (r *configReader) all(data []byte) (conf config, wrong int) {
	r.conf["default"] = nil
	if !r.lines(data) {
		wrong = r.number
	}
	for name, list := range r.conf {
		r.conf[name] = lastOfEach(list)
	}
	return r.conf, wrong
}

// lines reads the lines of one file, up to one that is none.
func (r *configReader) lines(data []byte) bool {
	before := ""
	for line := range strings.Lines(strings.ReplaceAll(string(data), "\r\n", "\n")) {
		r.number++
		if start, goesOn := strings.CutSuffix(line, "\\\n"); goesOn {
			before += start
			continue
		}
		line, _, _ = strings.Cut(before+line, "#")
		before = ""
		if !r.line(strings.TrimSpace(line)) {
			return false
		}
	}
	return true
}

// line reads one line: the head of a section, a name with its value, or an instruction.
func (r *configReader) line(line string) bool {
	if line == "" {
		return true
	}
	if inner, ok := strings.CutPrefix(line, "["); ok {
		inner, _, ok = strings.Cut(inner, "]")
		r.section = strings.TrimSpace(inner)
		r.conf[r.section] = append([]setting{}, r.conf[r.section]...) // there, if only empty
		return ok
	}
	for _, row := range []struct {
		word string
		do   func(*configReader, string) bool
	}{{".include", (*configReader).include}, {".pragma", (*configReader).pragma}} {
		if rest, ok := strings.CutPrefix(line, row.word); ok && strings.TrimLeft(rest, " \t=") != rest {
			return row.do(r, strings.TrimLeft(rest, " \t="))
		}
	}
	name, value, ok := strings.Cut(line, "=")
	name = strings.TrimSpace(name)
	if !ok || strings.ContainsAny(name, " \t") {
		return false
	}
	value, ok = r.expanded(strings.Trim(strings.TrimSpace(value), `"`))
	r.conf[r.section] = append(r.conf[r.section], setting{name, value})
	return ok
}

// include takes another file in; one that is not there is passed over, as in OpenSSL.
func (r *configReader) include(name string) bool {
	name, ok := r.expanded(name)
	if !ok || r.depth == includeMax || r.load == nil {
		return false
	}
	data, err := r.load(name)
	if err != nil {
		return true
	}
	r.depth++
	defer func() { r.depth-- }()
	return r.lines(bytes.TrimSuffix(data, []byte("\n")))
}

func (r *configReader) pragma(text string) bool {
	if value, ok := strings.CutPrefix(text, "dollarid:"); ok {
		r.dollarID = slices.Contains([]string{"on", "true"}, value)
	}
	return true
}

// expanded puts the values of variables into a text, false where one has none: of $name and
// $section::name, also in brackets. A backslash takes its meaning off a $.
func (r *configReader) expanded(text string) (string, bool) {
	var out strings.Builder
	for text != "" {
		at := strings.IndexAny(text, `\$`)
		if at < 0 || at == len(text)-1 && text[at] == '\\' {
			out.WriteString(text)
			break
		}
		out.WriteString(text[:at])
		name := variableAt(text[at+1:])
		text = text[at:]
		switch {
		case text[0] == '\\':
			if text[1] != '$' {
				out.WriteByte('\\')
			}
			out.WriteByte(text[1])
			text = text[2:]
			continue
		case r.dollarID && !strings.HasPrefix(name, "{") && !strings.HasPrefix(name, "("):
			out.WriteString(text[:1+len(name)])
		default:
			value, ok := r.valueOf(name)
			if out.WriteString(value); !ok || out.Len() >= valueMax {
				return "", false
			}
		}
		text = text[1+len(name):]
	}
	return out.String(), true
}

// variableAt is the name that a text begins with, with its brackets.
func variableAt(text string) string {
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "(") {
		return text[:max(strings.IndexAny(text, "})")+1, 1)]
	}
	isName := func(c rune) bool { return c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c) }
	rest := strings.TrimLeftFunc(text, isName)
	if behind, ok := strings.CutPrefix(rest, "::"); ok {
		rest = strings.TrimLeftFunc(behind, isName)
	}
	return text[:len(text)-len(rest)]
}

// valueOf is the value of a variable, which is looked for in its section, in that of the line, and
// in the default section.
func (r *configReader) valueOf(name string) (string, bool) {
	if strings.HasPrefix(name, "{") || strings.HasPrefix(name, "(") {
		last := map[byte]byte{'{': '}', '(': ')'}[name[0]]
		if name[len(name)-1] != last {
			return "", false
		}
		name = name[1 : len(name)-1]
	}
	section, inner, ok := strings.Cut(name, "::")
	switch {
	case !ok:
		return r.conf.value(r.section, name)
	case section == "ENV" && r.env != nil:
		value := r.env(inner)
		return value, value != ""
	}
	return r.conf.value(section, inner)
}

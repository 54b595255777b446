package same

import (
	"strings"

	"hsmplay/core/command"
)

// line is a line as its tool's table reads it.
type line struct {
	tool   *tool
	text   string
	path   string // the command; "" for none
	params []command.Param
	bound  []command.Bound
	fault  *command.Fault
}

// helpWord is the command that tells of the others.
const helpWord = "help"

// reader reads lines by a table.
func reader[E any](match func(string) command.Match[E]) func(string) line {
	return func(text string) line {
		m := match(text)
		l := line{text: text, fault: m.Fault, bound: m.Bound}
		if m.Spec == nil {
			if m.Help { // of the tool, or of commands that begin alike
				l.path, l.fault = helpWord, nil
			}
			return l
		}
		l.path, l.params = m.Spec.Name, m.Spec.Params
		if m.Help {
			l.fault = nil
		}
		return l
	}
}

// either reads a line by the first table that knows its command.
func either(first, second func(string) line) func(string) line {
	return func(text string) line {
		l := first(text)
		if l.path == "" {
			if other := second(text); other.path != "" {
				return other
			}
		}
		return l
	}
}

// whole reports whether nothing is wrong with a line but what is missing.
func (l *line) whole() bool {
	return l.path != "" && len(l.bound) == len(l.params) && (l.fault == nil || l.fault.Kind == command.Missing)
}

// knows reports whether the command has the parameter that a condition is about.
func (l *line) knows(when string) bool {
	blank, _ := cutCondition(strings.TrimPrefix(when, "!"))
	_, name := cutBlank(blank)
	return l.find(name) >= 0
}

// find returns the index of a parameter by its flag or by its value's name, -1 for none.
func (l *line) find(name string) int {
	for i := range l.params {
		if p := &l.params[i]; p.Flag == name || p.Flag == "" && p.Value == name {
			return i
		}
	}
	return -1
}

// read reads a line: by the tool that it names or that is preferred, else by the one in which
// nothing is wrong with it. other is a tool in which nothing is wrong with it either.
func read(prefer, text string) (l *line, other string, err error) {
	text = strings.TrimSpace(text)
	if named, rest := named(text); named != nil {
		prefer, text = named.name, rest
	}
	if prefer == tools[0].name {
		text = single(text)
	}
	if text == "" {
		return nil, "", &Unread{}
	}
	var known []*line
	for _, t := range tools {
		if prefer != "" && t.name != prefer {
			continue
		}
		read := t.match(text)
		read.tool = t
		if read.path != "" {
			known = append(known, &read)
		}
	}
	return choose(known, text)
}

// choose takes the best of several readings: one without a fault, then one that only lacks
// something.
func choose(known []*line, text string) (l *line, other string, err error) {
	for _, lacking := range []bool{false, true} {
		for _, k := range known {
			switch {
			case !k.whole() || k.fault != nil && !lacking:
			case l == nil:
				l = k
			case other == "" && k != l && (l.fault == nil) == (k.fault == nil):
				other = k.tool.name
			}
		}
		if l != nil {
			return l, other, nil
		}
	}
	if len(known) > 0 {
		return nil, "", &Unread{Name: known[0].path, Fault: known[0].fault}
	}
	return nil, "", unknown(text)
}

// named returns the tool whose name a line begins with, by its path or short, and what follows.
func named(text string) (*tool, string) {
	first, rest, _ := strings.Cut(text, " ")
	base := first[strings.LastIndexByte(first, '/')+1:]
	for _, t := range tools {
		if base == t.name || first == t.short {
			return t, strings.TrimSpace(rest)
		}
	}
	return nil, text
}

// single returns the command of a line that logs in and does one thing: singlecmd loginHSM …
// genSymKey …
func single(text string) string {
	rest, ok := strings.CutPrefix(text, "singlecmd ")
	if !ok {
		return text
	}
	words := command.Split(rest, command.DoubleQuotes)
	for i, w := range words {
		if i == 0 {
			continue
		}
		for _, name := range tools[0].names {
			if w.Text == name && !w.Quoted && !strings.HasPrefix(words[i-1].Text, "-") {
				return rest[w.From:]
			}
		}
	}
	return rest
}

// unknown says that the first word is no command, and which may be meant.
func unknown(text string) error {
	words := command.Split(text, command.ShellQuotes)
	u := &Unread{Word: words[0].Text}
	all := Names()
	u.Near = command.Nearest(u.Word, all).Names
	for n := min(len(words), 4); n > 1 && len(u.Near) == 0; n-- {
		u.Near = command.Nearest(strings.Join(command.Texts(words[:n]), " "), all).Names
	}
	if len(u.Near) == 0 {
		for _, name := range all {
			if strings.HasPrefix(name, u.Word+" ") {
				u.Near = append(u.Near, name)
			}
		}
	}
	u.Near = u.Near[:min(len(u.Near), 3)]
	return u
}

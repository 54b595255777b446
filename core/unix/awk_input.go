package unix

import (
	"slices"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// awkSource is where records come from: files one behind the other.
type awkSource struct {
	names []string
	lines *bufferedLines
}

// pull reads the next record of the program's files, for the rules or getline.
func (a *awk) pull() (string, bool) {
	for {
		if a.in.lines != nil {
			if line, ok := a.in.lines.next(); ok {
				a.vars["NR"] = awkN(a.vars["NR"].num() + 1)
				a.vars["FNR"] = awkN(a.vars["FNR"].num() + 1)
				return strings.TrimSuffix(line, "\n"), true
			}
			a.in.lines = nil
		}
		if len(a.in.names) == 0 {
			return "", false
		}
		name := a.in.names[0]
		a.in.names = a.in.names[1:]
		r, err := a.p.Open(name)
		if err != nil {
			a.missing = a.p.Complain("%s", cannotRead(a.p.Args[0], name, err))
			continue
		}
		a.vars["FILENAME"], a.vars["FNR"] = awkIn(name), awkN(0)
		a.in.lines = newLines(r, false)
	}
}

// getline reads `getline`, `getline VAR` and either with < FILE. Its value is 1, 0 at the end, -1 for a file that cannot be
// read.
func (l *awkLexer) getline() *awkExpr {
	l.next()
	var target, file *awkExpr
	if l.tok.kind == 'w' || l.is("$") {
		target = l.primary()
	}
	if l.accept("<") {
		file = l.primary()
	}
	return &awkExpr{eval: func(a *awk) awkValue {
		line, value := "", 1.0
		if file != nil {
			line, value = a.pullFrom(a.text(file.eval(a)))
		} else if text, ok := a.pull(); ok {
			line = text
		} else {
			value = 0
		}
		switch {
		case value < 1:
		case target != nil && target.assign != nil:
			target.assign(a, awkIn(line))
		default:
			a.load(line)
		}
		a.p.Yield()
		return awkN(value)
	}}
}

// pullFrom reads the next line of a file that getline names.
func (a *awk) pullFrom(name string) (string, float64) {
	lines := a.files[name]
	if lines == nil {
		r, err := a.p.Open(name)
		if err != nil {
			return "", -1
		}
		lines = newLines(r, false)
		a.files[name] = lines
	}
	line, ok := lines.next()
	if !ok {
		return "", 0
	}
	return strings.TrimSuffix(line, "\n"), 1
}

// awkSink is a file or command that print writes to. It gets everything when it is closed.
type awkSink struct {
	op, name string
	text     strings.Builder
}

// redirected reads > FILE, >> FILE and | COMMAND behind print, nil for none.
func (l *awkLexer) redirected() func(a *awk, text string) {
	op := l.tok.text
	if !l.is(">") && !l.is(">>") && !l.is("|") {
		return func(a *awk, text string) { a.p.Print(text) }
	}
	l.next()
	if l.accept(">") {
		op = ">>"
	}
	target := l.primary()
	return func(a *awk, text string) { a.printTo(op, a.text(target.eval(a)), text) }
}

func (a *awk) printTo(op, name, text string) {
	switch {
	case op != "|" && name == "/dev/stderr":
		a.p.Errorf("%s", text)
		return
	case op != "|" && name == "/dev/stdout":
		a.p.Print(text)
		return
	}
	i := slices.IndexFunc(a.sinks, func(s *awkSink) bool { return s.name == name && (s.op == "|") == (op == "|") })
	if i < 0 {
		i = len(a.sinks)
		a.sinks = append(a.sinks, &awkSink{op: op, name: name})
	}
	a.room(a.sinks[i].text.Len() + len(text))
	a.sinks[i].text.WriteString(text)
}

// close ends the file or command of that name: what was printed goes there, getline begins it again.
func (a *awk) close(name string) {
	delete(a.files, name)
	for i := 0; i < len(a.sinks); i++ {
		if sink := a.sinks[i]; sink.name == name {
			a.sinks = slices.Delete(a.sinks, i, i+1)
			a.deliver(sink)
			return
		}
	}
}

func (a *awk) deliver(sink *awkSink) {
	text := sink.text.String()
	if sink.op == "|" {
		a.p.Spawn(shell.Child{Args: []string{"sh", "-c", sink.name}, In: strings.NewReader(text)})
		return
	}
	if sink.op == ">>" {
		old, _ := a.p.ReadFile(sink.name)
		text = string(old) + text
	}
	if err := a.p.WriteFile(sink.name, []byte(text)); err != nil {
		a.fail("can't redirect to %s: %s", voice.OneLine(sink.name), shell.Reason(err))
	}
}

package unix

import (
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// awkSource is where records come from: the files of ARGV one behind the other, standard input
// without one.
type awkSource struct {
	next  int // of ARGV
	read  bool
	lines *bufferedLines
}

// pull reads the next record of the program's files, for the rules or getline.
func (a *awk) pull() (string, bool) {
	for {
		if a.in.lines != nil {
			if record, ok := a.nextRecord(a.in.lines); ok {
				a.vars["NR"] = awkN(a.vars["NR"].num() + 1)
				a.vars["FNR"] = awkN(a.vars["FNR"].num() + 1)
				return record, true
			}
			a.in.lines = nil
		}
		name, ok := a.nextFile()
		if !ok {
			return "", false
		}
		r, err := a.p.Open(name)
		if err != nil {
			a.missing = a.p.Complain("%s", cannotRead(a.p.Args[0], name, err))
			continue
		}
		a.vars["FNR"] = awkN(0)
		a.in.lines = newLines(r, false)
	}
}

// nextFile goes through ARGV: assignments are carried out where they stand, empty words are left
// out.
func (a *awk) nextFile() (string, bool) {
	for a.in.next < int(a.get("ARGC").num()) {
		word := a.text(a.element("ARGV", fmt.Sprint(a.in.next)))
		a.in.next++
		if word == "" || a.assign(word) {
			continue
		}
		a.in.read = true
		a.vars["FILENAME"] = awkIn(word)
		return word, true
	}
	if a.in.read {
		return "", false
	}
	a.in.read = true
	return "-", true
}

// nextRecord reads up to what RS says: a character, empty lines for "", or an expression. The end
// is not part of it.
func (a *awk) nextRecord(lines *bufferedLines) (string, bool) {
	switch rs := a.get("RS").text; {
	case rs == "\n":
		lines.end = '\n'
		record, ok := lines.next()
		return strings.TrimSuffix(record, "\n"), ok
	case rs == "":
		return lines.paragraph()
	case len(rs) == 1:
		lines.end = rs[0]
		record, ok := lines.next()
		if !strings.HasSuffix(record, rs) && ok {
			return strings.TrimSuffix(record, "\n"), true // the end of the file's last line is none of the record
		}
		return strings.TrimSuffix(record, rs), ok
	default:
		return lines.upTo(a.re(rs))
	}
}

// getline reads `getline`, `getline VAR` and either with < FILE. Its value is 1, 0 at the end, -1
// for a file that cannot be read.
func (l *awkLexer) getline() *awkExpr {
	l.next()
	var target, file *awkExpr
	if l.tok.kind == 'w' && !awkReserved(l.tok.text) || l.is("$") {
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
		if value > 0 {
			a.receive(target, line)
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
	record, ok := a.nextRecord(lines)
	if !ok {
		return "", 0
	}
	return record, 1
}

// fromCommand reads `COMMAND | getline` and `COMMAND | getline VAR`.
func (l *awkLexer) fromCommand(command *awkExpr) *awkExpr {
	l.next()
	if !l.isWord("getline") {
		l.fail("unexpected %q", l.tok.text)
		return command
	}
	l.next()
	var target *awkExpr
	if l.tok.kind == 'w' && !awkReserved(l.tok.text) || l.is("$") {
		target = l.primary()
	}
	return &awkExpr{eval: func(a *awk) awkValue {
		record, value := a.pullCommand(a.text(command.eval(a)))
		if value > 0 {
			a.vars["NR"] = awkN(a.vars["NR"].num() + 1)
			a.receive(target, record)
		}
		return awkN(value)
	}}
}

// awkReserved reports whether a word is no variable.
func awkReserved(word string) bool {
	return awkStatements[word] != nil || word == "in" || word == "else"
}

// receive gives a record that was read to a variable, or to $0.
func (a *awk) receive(target *awkExpr, record string) {
	if target != nil && target.assign != nil {
		target.assign(a, awkIn(record))
		return
	}
	a.load(record)
}

// pullCommand reads the next record that a command prints; it runs when it is first read from, to
// its end.
func (a *awk) pullCommand(command string) (string, float64) {
	lines := a.files["|"+command]
	if lines == nil {
		a.flush()
		var out strings.Builder
		a.p.Spawn(shell.Child{Args: []string{"sh", "-c", command}, Out: &roomy{a: a, Builder: &out}})
		lines = newLines(strings.NewReader(out.String()), false)
		a.files["|"+command] = lines
	}
	record, ok := a.nextRecord(lines)
	if !ok {
		return "", 0
	}
	return record, 1
}

// roomy gathers what a command prints, within the room of one text.
type roomy struct {
	*strings.Builder
	a *awk
}

// Write appends.
func (r *roomy) Write(data []byte) (int, error) {
	r.a.room(r.Len() + len(data))
	return r.Builder.Write(data)
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
	target := l.concatenation(true)
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

// close ends the file or command of that name: what was printed goes there, getline begins it
// again.
func (a *awk) close(name string) {
	delete(a.files, name)
	delete(a.files, "|"+name)
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

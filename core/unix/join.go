package unix

import (
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// joinPrograms bring files together.
var joinPrograms = []Program{
	{Name: "join", Means: "joins the lines of two files by a field", Run: runJoin,
		Help: usage("join [OPTION]... FILE1 FILE2", "Join the lines of two sorted files that have a field in common.", "-1 N, -2 N  the field of FILE1, of FILE2",
			"-j N  the field of both", "-t C  what separates fields", "-a N  lines of file N without a partner too", "-v N  only those",
			"-o LIST  these fields, 1.2 is the second of FILE1, 0 the common one; or auto", "-e TEXT  for fields that are missing",
			"-i  letters without case", "--header  the first lines are titles", "--check-order, --nocheck-order  whether lines must be sorted")},
}

// joinSide is one of the two files. Its lines are looked at up to read, done with up to at.
type joinSide struct {
	name     string
	text     []string   // the lines
	lines    [][]string // and their fields, never nil
	width    int        // how many the first has
	field    int        // the common one, from 0
	at, read int
	checked  int  // the first line that must not come before its neighbour, less one
	alone    bool // lines without a partner are shown
	warned   bool // said to be unsorted
}

// key is the common field of a line, "" where it is missing.
func (s *joinSide) key(n int) string { return cell(s.lines[n], s.field) }

func (s *joinSide) more() bool { return s.at < len(s.lines) }

func cell(line []string, n int) string {
	if n < len(line) {
		return line[n]
	}
	return ""
}

// joinSpec is a field of -o: of file 1 or 2, or the common one for 0.
type joinSpec struct{ file, field int }

// joiner is join at work.
type joiner struct {
	p        *Process
	o        options
	sides    [2]*joinSide
	specs    []joinSpec
	sep      string // between fields, "" for blanks
	auto     bool   // every line has as many fields as its file's first one
	unpaired bool   // a line without a partner was met
}

func runJoin(p *Process) int {
	o := p.options(1, "1:2:j:t:a:v:o:e:i", "header=H", "check-order=C", "nocheck-order=N", "ignore-case=i")
	j := &joiner{p: p, o: o, sep: p.joinSep(o)}
	for i := range j.sides {
		j.sides[i] = &joinSide{field: p.commonField(slices.Concat(o.every[byte('1'+i)], o.every['j']))}
	}
	for _, n := range slices.Concat(o.every['a'], o.every['v']) {
		if n != "1" && n != "2" {
			p.badField(n)
		}
		j.sides[n[0]-'1'].alone = true
	}
	lists, names := o.every['o'], o.args
	if lists != nil && len(names) > 2 {
		lists, names = slices.Concat(lists, names[:len(names)-2]), names[len(names)-2:]
	}
	for _, list := range lists {
		if j.auto = j.auto || list == "auto"; list != "auto" {
			j.spec(list)
		}
	}
	p.needs(o, 2)
	switch {
	case len(names) > 2:
		p.misused(1, "extra operand "+quoted(names[2]))
	case names[0] == "-" && names[1] == "-":
		return p.Complain("both files cannot be standard input")
	}
	for i, s := range j.sides {
		s.name = names[i]
		r, err := p.Open(s.name)
		if err != nil {
			return p.Complain("%s: %s", voice.OneLine(s.name), shell.Reason(err))
		}
		s.text = p.textLines(r)
		for _, line := range s.text {
			s.lines = append(s.lines, j.fields(line))
		}
		if s.more() {
			s.width = len(s.lines[0])
		}
	}
	return j.run()
}

// joinSep is the value of -t: one byte, \0, or nothing for lines of one field.
func (p *Process) joinSep(o options) string {
	sep, given := o.values['t']
	switch {
	case !given:
		return ""
	case sep == "":
		return "\n"
	case sep == `\0`:
		return "\x00"
	case len(sep) > 1:
		p.Complain("multi-character tab %s", quoted(sep))
		p.Exit(1)
	}
	return sep
}

// commonField reads the numbers of a file's common field, which must be one and the same.
func (p *Process) commonField(given []string) int {
	field := 0
	for i, text := range given {
		n := p.joinField(text)
		if i > 0 && n != field {
			p.Complain("incompatible join fields %d, %d", field+1, n+1)
			p.Exit(1)
		}
		field = n
	}
	return field
}

// joinField reads the number of a field, from 1, and returns it from 0.
func (p *Process) joinField(text string) int {
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil || n == 0 {
		p.badField(text)
	}
	return int(n) - 1
}

func (p *Process) badField(text string) {
	p.Complain("invalid field number: %s", quoted(text))
	p.Exit(1)
}

// spec reads a list of -o.
func (j *joiner) spec(list string) {
	for text := range strings.SplitSeq(strings.NewReplacer(" ", ",", "\t", ",").Replace(list), ",") {
		file, field, dotted := strings.Cut(text, ".")
		switch {
		case text == "0":
			j.specs = append(j.specs, joinSpec{})
			continue
		case text == "" || text[0] < '0' || text[0] > '2':
			j.p.Complain("invalid file number in field spec: %s", quoted(text))
			j.p.Exit(1)
		case !dotted || file != "1" && file != "2":
			j.p.Complain("invalid field specifier: %s", quoted(text))
			j.p.Exit(1)
		}
		j.specs = append(j.specs, joinSpec{file: int(file[0] - '0'), field: j.p.joinField(field)})
	}
}

// fields splits a line. Blanks at its end are followed by an empty field.
func (j *joiner) fields(line string) []string {
	if j.sep != "" && line != "" {
		return strings.Split(line, j.sep)
	}
	fields := []string{}
	for line = strings.TrimLeft(line, " \t"); line != ""; {
		end := strings.IndexAny(line, " \t")
		if end < 0 {
			return append(fields, line)
		}
		fields = append(fields, line[:end])
		if line = strings.TrimLeft(line[end:], " \t"); line == "" {
			fields = append(fields, "")
		}
	}
	return fields
}

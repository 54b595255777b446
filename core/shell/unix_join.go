package shell

import (
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// joinPrograms put lines of several files side by side.
var joinPrograms = []Program{
	{Name: "comm", Means: "compares two sorted files", Run: runComm,
		Help: usage("comm [-123] FILE1 FILE2", "Show lines only in FILE1, only in FILE2, and in both.", "-1 -2 -3  without that column")},
	{Name: "join", Means: "joins the lines of two sorted files", Run: runJoin,
		Help: usage("join [-t CHAR] [-1 FIELD] [-2 FIELD] [-a N] FILE1 FILE2", "Join lines that have the same first field.")},
	{Name: "column", Means: "aligns columns", Run: runColumn,
		Help: usage("column -t [-s SEPARATORS] [-o TEXT] [FILE]...", "Align the fields of lines.")},
	{Name: "shuf", Run: runShuf, Help: usage("shuf [-n COUNT] [-e ARG...] [FILE]", "Show lines in some order.")},
}

// twoInputs reads the lines of the two files that a program is called with.
func (p *Process) twoInputs(o options) (a, b []string) {
	p.needs(o, 2)
	var both [2][]string
	for i, name := range o.args[:2] {
		r, err := p.open(name)
		if err != nil {
			p.Complain("%s: %s", oneLine(name), reason(err))
			p.Exit(1)
		}
		both[i] = p.textLines(r)
	}
	return both[0], both[1]
}

func runComm(p *Process) int {
	o := p.options(1, "123")
	a, b := p.twoInputs(o)
	indent := func(column byte) string {
		text := ""
		for c := byte('1'); c < column; c++ {
			if !o.has(c) {
				text += "\t"
			}
		}
		return text
	}
	show := func(column byte, line string) {
		if !o.has(column) {
			p.Print(indent(column) + line + "\n")
		}
	}
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0] < b[0]:
			show('1', a[0])
			a = a[1:]
		case len(a) == 0 || b[0] < a[0]:
			show('2', b[0])
			b = b[1:]
		default:
			show('3', a[0])
			a, b = a[1:], b[1:]
		}
	}
	return 0
}

func runJoin(p *Process) int {
	o := p.options(1, "t:1:2:a:")
	a, b := p.twoInputs(o)
	sep := o.value('t', " ")
	split := func(line string) []string {
		if o.has('t') {
			return strings.Split(line, sep)
		}
		return strings.Fields(line)
	}
	keyed := func(line string, field int) (key string, rest []string) {
		fields := split(line)
		if field < 1 || field > len(fields) {
			return "", fields
		}
		return fields[field-1], slices.Delete(slices.Clone(fields), field-1, field)
	}
	first, second := p.count(o, '1', 1), p.count(o, '2', 1)
	put := func(key string, parts ...[]string) {
		p.Print(strings.Join(append([]string{key}, slices.Concat(parts...)...), sep) + "\n")
	}
	used := make([]bool, len(b))
	for _, line := range a {
		key, rest := keyed(line, first)
		paired := false
		for i, other := range b {
			if key2, rest2 := keyed(other, second); key2 == key {
				put(key, rest, rest2)
				paired, used[i] = true, true
			}
		}
		if !paired && o.value('a', "") == "1" {
			put(key, rest)
		}
		p.Yield()
	}
	for i, line := range b {
		if !used[i] && o.value('a', "") == "2" {
			key, rest := keyed(line, second)
			put(key, rest)
		}
	}
	return 0
}

func runColumn(p *Process) int {
	o := p.options(1, "ts:o:", "table=t", "separator=s", "output-separator=o")
	var rows [][]string
	var widths []int
	status := p.eachInput(o.args, func(_ string, r io.Reader) {
		for _, line := range p.textLines(r) {
			if strings.TrimSpace(line) == "" {
				continue
			}
			fields := []string{line}
			switch {
			case o.has('s'):
				fields = cutAny(line, o.value('s', ""))
			case o.has('t'):
				fields = strings.Fields(line)
			}
			for i, field := range fields {
				if i == len(widths) {
					widths = append(widths, 0)
				}
				widths[i] = max(widths[i], utf8.RuneCountInString(field))
			}
			rows = append(rows, fields)
		}
	})
	for _, fields := range rows {
		line := ""
		for i, field := range fields {
			line += field
			if i < len(fields)-1 {
				line += strings.Repeat(" ", widths[i]-utf8.RuneCountInString(field)) + o.value('o', "  ")
			}
		}
		p.Print(line + "\n")
	}
	return status
}

// cutAny cuts a line at every one of some characters.
func cutAny(line, at string) (fields []string) {
	for {
		i := strings.IndexAny(line, at)
		if i < 0 || at == "" {
			return append(fields, line)
		}
		_, size := utf8.DecodeRuneInString(line[i:])
		fields, line = append(fields, line[:i]), line[i+size:]
	}
}

func runShuf(p *Process) int {
	o := p.options(1, "n:e")
	lines := o.args
	if !o.has('e') {
		lines = nil
		p.eachInput(o.args, func(_ string, r io.Reader) { lines = append(lines, p.textLines(r)...) })
	}
	lines = slices.Clone(lines)
	p.World(func() {
		p.m.chance.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	})
	for _, line := range lines[:min(len(lines), p.count(o, 'n', len(lines)))] {
		p.Print(line + "\n")
	}
	return 0
}

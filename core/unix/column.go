package unix

import (
	"io"
	"strings"
	"unicode/utf8"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// columnPrograms put lines side by side.
var columnPrograms = []Program{
	{Name: "comm", Means: "compares two sorted files", Run: runComm,
		Help: usage("comm [-123] [--total] [--output-delimiter=TEXT] FILE1 FILE2", "Show lines only in FILE1, only in FILE2, and in both.", "-1 -2 -3  without that column")},
	{Name: "column", Means: "aligns columns", Run: runColumn,
		Help: usage("column -t [-s SEPARATORS] [-o TEXT] [FILE]...", "Align the fields of lines.")},
}

// twoInputs reads the lines of the two files that a program is called with.
func (p *Process) twoInputs(o options) (a, b []string) {
	p.needs(o, 2)
	var both [2][]string
	for i, name := range o.args[:2] {
		r, err := p.Open(name)
		if err != nil {
			p.Complain("%s: %s", voice.OneLine(name), shell.Reason(err))
			p.Exit(1)
		}
		both[i] = p.textLines(r)
	}
	return both[0], both[1]
}

func runComm(p *Process) int {
	o := p.options(1, "123\x01:\x02", "output-delimiter=\x01", "total=\x02") // have no letters
	a, b := p.twoInputs(o)
	delimiter := o.value(1, "\t")
	var counts ['4']int
	indent := func(column byte) string {
		text := ""
		for c := byte('1'); c < column; c++ {
			if !o.has(c) {
				text += delimiter
			}
		}
		return text
	}
	show := func(column byte, line string) {
		counts[column]++
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
	if o.has(2) {
		p.Printf("%d%s%d%s%d%stotal\n", counts['1'], delimiter, counts['2'], delimiter, counts['3'], delimiter)
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

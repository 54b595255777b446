package unix

import (
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// xxdWords are options in words behind one dash: their first letters say the same.
var xxdWords = []string{"-ps", "-plain", "-postscript", "-revert", "-len", "-seek", "-cols", "-bits", "-include", "-groupsize", "-autoskip"}

func runXxd(p *Process) int {
	for i, word := range p.Args {
		if len(word) > 2 && slices.Contains(xxdWords, word) {
			p.Args[i] = word[:2]
		}
	}
	o := p.options(1, "prc:g:l:s:ubia", "plain=p", "ps=p", "revert=r")
	data, err := p.xxdInput(o)
	if err != nil {
		p.Complain("%s: %s", voice.OneLine(o.args[0]), shell.Reason(err))
		return 2
	}
	out := xxdDump
	switch {
	case o.has('r'):
		out = xxdRevert
	case o.has('p'):
		out = xxdPlain
	case o.has('i'):
		out = xxdInclude
	}
	text := out(p, o, data)
	if len(o.args) > 1 {
		if err := p.WriteFile(o.args[1], []byte(text)); err != nil {
			return 1 + p.Complain("%s: %s", voice.OneLine(o.args[1]), shell.Reason(err))
		}
		return 0
	}
	p.Print(text)
	return 0
}

// xxdInput reads what is to be shown: with -l no more than that, so that devices can be read.
func (p *Process) xxdInput(o options) ([]byte, error) {
	name := "-"
	if len(o.args) > 0 {
		name = o.args[0]
	}
	r, err := p.Open(name)
	if err != nil {
		return nil, err
	}
	skip, length := p.count(o, 's', 0), p.count(o, 'l', shell.MaxFile)
	data, err := io.ReadAll(io.LimitReader(r, int64(min(skip+length, shell.MaxFile))))
	return data[min(skip, len(data)):], err
}

func xxdPlain(p *Process, o options, data []byte) string {
	columns := max(1, p.count(o, 'c', 30))
	var b strings.Builder
	for len(data) > 0 {
		n := min(columns, len(data))
		b.WriteString(hexCase(o, hex.EncodeToString(data[:n])) + "\n")
		data = data[n:]
	}
	return b.String()
}

func hexCase(o options, text string) string {
	if o.has('u') {
		return strings.ToUpper(text)
	}
	return text
}

// xxdDump is address, groups of bytes and characters.
func xxdDump(p *Process, o options, data []byte) string {
	columns, group, digits := p.count(o, 'c', 16), p.count(o, 'g', 2), 2
	if o.has('b') {
		columns, group, digits = p.count(o, 'c', 6), p.count(o, 'g', 1), 8
	}
	columns = min(max(1, columns), 256)
	if group == 0 {
		group = columns
	}
	width := columns*digits + (columns+group-1)/group
	var b strings.Builder
	for at := p.count(o, 's', 0); len(data) > 0; at += columns {
		line := data[:min(columns, len(data))]
		data = data[len(line):]
		var cells strings.Builder
		for i, c := range line {
			if digits == 8 {
				fmt.Fprintf(&cells, "%08b", c)
			} else {
				cells.WriteString(hexCase(o, fmt.Sprintf("%02x", c)))
			}
			if (i+1)%group == 0 {
				cells.WriteByte(' ')
			}
		}
		fmt.Fprintf(&b, "%08x: %-*s %s\n", at, width, cells.String(), dots(line))
	}
	return b.String()
}

// dots are the bytes as characters, a dot for what is none.
func dots(line []byte) string {
	out := make([]byte, len(line))
	for i, c := range line {
		if out[i] = c; c < 0x20 || c > 0x7e {
			out[i] = '.'
		}
	}
	return string(out)
}

// xxdInclude is a C array: of a file with its declaration, of standard input its values.
func xxdInclude(_ *Process, o options, data []byte) string {
	values := xxdValues(data)
	if len(o.args) == 0 || o.args[0] == "-" {
		return values
	}
	name := strings.Map(func(c rune) rune {
		if c < 128 && classes["alnum"](byte(c)) {
			return c
		}
		return '_'
	}, o.args[0])
	if classes["digit"](name[0]) {
		name = "__" + name
	}
	return fmt.Sprintf("unsigned char %s[] = {\n%s};\nunsigned int %s_len = %d;\n", name, values, name, len(data))
}

func xxdValues(data []byte) string {
	var b strings.Builder
	for i, c := range data {
		switch {
		case i == 0:
			b.WriteString("  ")
		case i%12 == 0:
			b.WriteString(",\n  ")
		default:
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "0x%02x", c)
	}
	if len(data) > 0 {
		b.WriteByte('\n')
	}
	return b.String()
}

// xxdRevert makes bytes of a dump, or of plain hexadecimal with -p. What is no digit ends a line's
// bytes.
func xxdRevert(_ *Process, o options, data []byte) string {
	var out []byte
	for line := range strings.SplitSeq(string(data), "\n") {
		if !o.has('p') {
			_, cells, ok := strings.Cut(line, ":")
			if !ok {
				continue
			}
			line, _, _ = strings.Cut(strings.TrimPrefix(cells, " "), "  ")
		}
		var digits []byte
		for _, c := range []byte(line) {
			if digit(c) < 16 {
				digits = append(digits, c)
			} else if c != ' ' && c != '\t' && c != '\r' {
				break
			}
		}
		bytes, _ := hex.DecodeString(string(digits[:len(digits)&^1]))
		out = append(out, bytes...)
	}
	return string(out)
}

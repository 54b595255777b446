package shell

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// hexPrograms show bytes as text and back.
var hexPrograms = []Program{
	{Name: "xxd", Means: "shows bytes in hexadecimal, or makes bytes of it", Run: runXxd,
		Help: usage("xxd [OPTION]... [FILE [OUTFILE]]", "Show a hex dump of FILE.", "-p  plain hexadecimal", "-r  back from hexadecimal to bytes",
			"-c N  N bytes a line", "-g N  N bytes a group", "-l N  at most N bytes", "-s N  from byte N", "-u  capital letters", "-b  binary")},
	{Name: "od", Means: "shows bytes in octal, hexadecimal or characters", Run: runOd,
		Help: usage("od [-A RADIX] [-t TYPE] [-j SKIP] [-N COUNT] [-v] [FILE]...", "Dump bytes. RADIX is o, d, x or n; TYPE x1, x2, x4, o1, o2, d1, u1, c.")},
	{Name: "base64", Means: "encodes and decodes base64", Run: runBase64,
		Help: usage("base64 [-d] [-i] [-w COLUMNS] [FILE]", "Encode FILE, with -d decode it.")},
	{Name: "hexdump", Means: "shows bytes in hexadecimal and characters", Run: runHexdump, Help: usage("hexdump -C [FILE]", "Show a canonical hex dump.")},
}

// readOne reads the only input of a program: its first argument or standard input.
func (p *Process) readOne(args []string) ([]byte, bool) {
	name := "-"
	if len(args) > 0 {
		name = args[0]
	}
	data, err := p.ReadFile(name)
	if err != nil {
		p.Complain("%s: %s", oneLine(name), reason(err))
		return nil, false
	}
	return data, true
}

// count reads a number of an option, with 0x or not.
func (p *Process) count(o options, letter byte, otherwise int) int {
	text, ok := o.values[letter]
	if !ok {
		return otherwise
	}
	n, err := strconv.ParseInt(text, 0, 32)
	if err != nil || n < 0 {
		p.misused(1, "invalid number "+quoted(text))
	}
	return int(n)
}

func runXxd(p *Process) int {
	o := p.options(1, "prc:g:l:s:ubia", "plain=p", "ps=p", "revert=r")
	data, err := p.xxdInput(o)
	if err != nil {
		p.Complain("%s: %s", oneLine(o.args[0]), reason(err))
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
			return 1 + p.Complain("%s: %s", oneLine(o.args[1]), reason(err))
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
	r, err := p.open(name)
	if err != nil {
		return nil, err
	}
	skip, length := p.count(o, 's', 0), p.count(o, 'l', maxFile)
	data, err := io.ReadAll(io.LimitReader(r, int64(min(skip+length, maxFile))))
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

// xxdInclude is a C array.
func xxdInclude(_ *Process, _ options, data []byte) string {
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
	return b.String() + "\n"
}

// xxdRevert makes bytes of a dump, or of plain hexadecimal with -p. What is no digit ends a line's bytes.
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

func runBase64(p *Process) int {
	o := p.options(1, "diw:", "decode=d", "ignore-garbage=i", "wrap=w")
	columns := p.count(o, 'w', 76)
	data, ok := p.readOne(o.args)
	if !ok {
		return 1
	}
	if o.has('d') {
		return p.decode64(o, string(data))
	}
	text := base64.StdEncoding.EncodeToString(data)
	for columns > 0 && len(text) > columns {
		p.Print(text[:columns] + "\n")
		text = text[columns:]
	}
	if text != "" {
		p.Print(text)
		if columns > 0 {
			p.Print("\n")
		}
	}
	return 0
}

func (p *Process) decode64(o options, text string) int {
	clean := strings.Map(func(r rune) rune {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("+/=", r)
		if r == '\n' || o.has('i') && !letter {
			return -1
		}
		return r
	}, text)
	data, err := base64.StdEncoding.DecodeString(clean)
	p.Print(string(data))
	if err != nil {
		return p.Complain("invalid input")
	}
	return 0
}

func runHexdump(p *Process) int {
	o := p.options(1, "Cvn:")
	data, ok := p.readOne(o.args)
	if !ok {
		return 1
	}
	data = data[:min(len(data), p.count(o, 'n', len(data)))]
	at := 0
	for ; at < len(data); at += 16 {
		line := data[at:min(at+16, len(data))]
		cells := ""
		for i, c := range line {
			if i == 8 {
				cells += " "
			}
			cells += fmt.Sprintf(" %02x", c)
		}
		p.Printf("%08x %-50s |%s|\n", at, cells, dots(line))
	}
	if len(data) > 0 {
		p.Printf("%08x\n", len(data))
	}
	return 0
}

func runOd(p *Process) int {
	o := p.options(1, "A:t:j:N:vcbxw:", "address-radix=A", "format=t", "skip-bytes=j", "read-bytes=N", "width=w")
	skip, count := p.count(o, 'j', 0), p.count(o, 'N', maxFile)
	var data []byte
	status := p.eachInput(o.args, func(_ string, r io.Reader) {
		more, _ := io.ReadAll(io.LimitReader(r, int64(min(skip+count, maxFile)-len(data))))
		data = append(data, more...)
	})
	data = data[min(skip, len(data)):]
	d := &dumper{address: map[string]string{"o": "%07o", "d": "%07d", "x": "%06x", "n": ""}, radix: o.value('A', "o"), kind: o.value('t', "o2")}
	for letter, kind := range map[byte]string{'c': "c", 'b': "o1", 'x': "x2"} {
		if o.has(letter) {
			d.kind = kind
		}
	}
	format, ok := odKinds[d.kind]
	if !ok {
		p.misused(1, "invalid type string "+quoted(d.kind))
	}
	width := max(format.size, p.count(o, 'w', 16))
	repeated := false
	at := 0
	for ; at < len(data); at += width {
		line := data[at:min(at+width, len(data))]
		if at >= width && !o.has('v') && len(line) == width && string(line) == string(data[at-width:at]) {
			if !repeated {
				p.Print("*\n")
			}
			repeated = true
			continue
		}
		repeated = false
		p.Print(d.at(skip+at) + format.line(line) + "\n")
	}
	if end := d.at(skip + len(data)); end != "" {
		p.Print(end + "\n")
	}
	return status
}

// dumper prints the addresses of od.
type dumper struct {
	address map[string]string
	radix   string
	kind    string
}

func (d *dumper) at(n int) string {
	if d.address[d.radix] == "" {
		return ""
	}
	return fmt.Sprintf(d.address[d.radix], n)
}

// odKind is a format of od: bytes per number and how one is printed.
type odKind struct {
	size int
	cell func(uint64) string
}

func odNumber(format string) func(uint64) string {
	return func(v uint64) string { return fmt.Sprintf(format, v) }
}

var odKinds = map[string]odKind{
	"x1": {1, odNumber(" %02x")}, "x2": {2, odNumber(" %04x")}, "x4": {4, odNumber(" %08x")}, "x8": {8, odNumber(" %016x")},
	"o1": {1, odNumber(" %03o")}, "o2": {2, odNumber(" %06o")}, "u1": {1, odNumber(" %3d")}, "u2": {2, odNumber(" %5d")}, "u4": {4, odNumber(" %10d")},
	"d1": {1, func(v uint64) string { return fmt.Sprintf(" %4d", int8(v)) }},
	"d2": {2, func(v uint64) string { return fmt.Sprintf(" %6d", int16(v)) }},
	"d4": {4, func(v uint64) string { return fmt.Sprintf(" %11d", int32(v)) }},
	"c":  {1, odChar},
	"x":  {4, odNumber(" %08x")}, "d": {4, func(v uint64) string { return fmt.Sprintf(" %11d", int32(v)) }}, "o": {4, odNumber(" %011o")},
	"u": {4, odNumber(" %10d")},
}

func odChar(v uint64) string {
	names := map[uint64]string{0: `\0`, 7: `\a`, 8: `\b`, 9: `\t`, 10: `\n`, 11: `\v`, 12: `\f`, 13: `\r`}
	text := names[v]
	if text == "" {
		text = fmt.Sprintf("%03o", v)
		if v >= 0x20 && v < 0x7f {
			text = string(rune(v))
		}
	}
	return fmt.Sprintf(" %3s", text)
}

// line prints bytes as numbers, least significant byte first.
func (k odKind) line(data []byte) string {
	var b strings.Builder
	for len(data) > 0 {
		n := min(k.size, len(data))
		v := uint64(0)
		for i := n - 1; i >= 0; i-- {
			v = v<<8 | uint64(data[i])
		}
		b.WriteString(k.cell(v))
		data = data[n:]
	}
	return b.String()
}

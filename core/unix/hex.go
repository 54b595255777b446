package unix

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// hexPrograms show bytes as text and back.
var hexPrograms = []Program{
	{Name: "xxd", Means: "shows bytes in hexadecimal, or makes bytes of it", Run: runXxd,
		Help: usage("xxd [OPTION]... [FILE [OUTFILE]]", "Show a hex dump of FILE.", "-p  plain hexadecimal", "-r  back from hexadecimal to bytes",
			"-c N  N bytes a line", "-g N  N bytes a group", "-l N  at most N bytes", "-s N  from byte N", "-u  capital letters", "-b  binary")},
	{Name: "od", Means: "shows bytes in octal, hexadecimal or characters", Run: runOd,
		Help: usage("od [-A RADIX] [-t TYPE] [-j SKIP] [-N COUNT] [-v] [FILE]...", "Dump bytes. RADIX is o, d, x or n; TYPE x1, x2, x4, o1, o2, d1, u1, c.")},
	{Name: "hexdump", Means: "shows bytes in hexadecimal and characters", Run: runHexdump,
		Help: usage("hexdump [-n COUNT] -C [FILE], or hexdump -v -e '1/1 \"FORMAT\"' [FILE]",
			"Show a canonical hex dump, or every byte in a format.")},
}

// readOne reads the only input of a program: its first argument or standard input.
func (p *Process) readOne(args []string) ([]byte, bool) {
	name := "-"
	if len(args) > 0 {
		name = args[0]
	}
	data, err := p.ReadFile(name)
	if err != nil {
		p.Complain("%s: %s", voice.OneLine(name), shell.Reason(err))
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

func runHexdump(p *Process) int {
	o := p.options(1, "Cvn:e:")
	data, ok := p.readOne(o.args)
	if !ok {
		return 1
	}
	if o.has('e') {
		return p.hexdumpAs(o.value('e', ""), data[:min(len(data), p.count(o, 'n', len(data)))])
	}
	data = data[:min(len(data), p.count(o, 'n', len(data)))]
	if !o.has('C') {
		return p.hexdumpWords(data)
	}
	for at := 0; at < len(data); at += 16 {
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

// hexdumpWords prints numbers of two bytes, as hexdump does without options.
func (p *Process) hexdumpWords(data []byte) int {
	for at := 0; at < len(data); at += 16 {
		p.Printf("%07x%-40s\n", at, odKinds["x2"].line(data[at:min(at+16, len(data))]))
	}
	if len(data) > 0 {
		p.Printf("%07x\n", len(data))
	}
	return 0
}

// hexdumpAs prints bytes in the format of hexdump's -e: N/1 "FORMAT", N of them a line.
func (p *Process) hexdumpAs(format string, data []byte) int {
	counts, text, ok := strings.Cut(format, "\"")
	text, _, closed := strings.Cut(text, "\"")
	_, size, _ := strings.Cut(strings.TrimSpace(counts), "/")
	if !ok || !closed || size != "1" {
		p.Note(voice.ShellUnsupported, "what", "formats of hexdump but `N/1 \"FORMAT\"`")
		return p.Complain("bad format {%s}", voice.OneLine(format))
	}
	for _, c := range data {
		out, _ := (&formatter{args: []string{strconv.Itoa(int(c))}}).all(text, p.Limits().Room)
		p.Print(out)
	}
	return 0
}

func runOd(p *Process) int {
	o := p.options(1, "A:t:j:N:vcbxw:E:", "address-radix=A", "endian=E", "format=t", "skip-bytes=j", "read-bytes=N", "width=w")
	skip, count := p.count(o, 'j', 0), p.count(o, 'N', shell.MaxFile)
	var data []byte
	status := p.eachInput(o.args, func(_ string, r io.Reader) {
		more, _ := io.ReadAll(io.LimitReader(r, int64(min(skip+count, shell.MaxFile)-len(data))))
		data = append(data, more...)
	})
	data = data[min(skip, len(data)):]
	d := &dumper{address: map[string]string{"o": "%07o", "d": "%07d", "x": "%06x", "n": ""}, radix: o.value('A', "o"), kind: o.value('t', "o2")}
	for letter, kind := range map[byte]string{'c': "c", 'b': "o1", 'x': "x2"} {
		if o.has(letter) {
			d.kind = kind
		}
	}
	kind, dotted := strings.CutSuffix(d.kind, "z")
	format, ok := odKinds[kind]
	if !ok {
		p.misused(1, "invalid type string "+quoted(d.kind))
	}
	switch order := o.value('E', "little"); order {
	case "little", "big":
		format.big = order == "big"
	default:
		p.misused(1, "invalid argument "+quoted(order)+" for '--endian'\nValid arguments are:\n  - 'little'\n  - 'big'")
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
		p.Print(d.at(skip+at) + format.line(line))
		if dotted {
			gap := format.line(make([]byte, width))
			p.Print(strings.Repeat(" ", len(gap)-len(format.line(line))) + "  >" + dots(line) + "<")
		}
		p.Print("\n")
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
	big  bool // most significant byte first
}

func odNumber(format string) func(uint64) string {
	return func(v uint64) string { return fmt.Sprintf(format, v) }
}

var odKinds = map[string]odKind{
	"x1": {size: 1, cell: odNumber(" %02x")}, "x2": {size: 2, cell: odNumber(" %04x")}, "x4": {size: 4, cell: odNumber(" %08x")}, "x8": {size: 8, cell: odNumber(" %016x")},
	"o1": {size: 1, cell: odNumber(" %03o")}, "o2": {size: 2, cell: odNumber(" %06o")}, "u1": {size: 1, cell: odNumber(" %3d")}, "u2": {size: 2, cell: odNumber(" %5d")}, "u4": {size: 4, cell: odNumber(" %10d")},
	"d1": {size: 1, cell: func(v uint64) string { return fmt.Sprintf(" %4d", int8(v)) }},
	"d2": {size: 2, cell: func(v uint64) string { return fmt.Sprintf(" %6d", int16(v)) }},
	"d4": {size: 4, cell: func(v uint64) string { return fmt.Sprintf(" %11d", int32(v)) }},
	"d8": {size: 8, cell: func(v uint64) string { return fmt.Sprintf(" %20d", int64(v)) }}, "u8": {size: 8, cell: odNumber(" %20d")},
	"o4": {size: 4, cell: odNumber(" %011o")}, "o8": {size: 8, cell: odNumber(" %022o")},
	"c": {size: 1, cell: odChar},
	"x": {size: 4, cell: odNumber(" %08x")}, "d": {size: 4, cell: func(v uint64) string { return fmt.Sprintf(" %11d", int32(v)) }}, "o": {size: 4, cell: odNumber(" %011o")},
	"u": {size: 4, cell: odNumber(" %10d")},
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

// line prints bytes as numbers, as if zeros followed the last ones.
func (k odKind) line(data []byte) string {
	var b strings.Builder
	for number := range slices.Chunk(data, k.size) {
		v := uint64(0)
		for i, c := range number {
			place := i
			if k.big {
				place = k.size - 1 - i
			}
			v |= uint64(c) << (8 * place)
		}
		b.WriteString(k.cell(v))
	}
	return b.String()
}

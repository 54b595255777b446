package unix

import (
	"slices"
	"strconv"
	"strings"
)

// basePrograms write bytes in letters and back, as RFC 4648 has it.
var basePrograms = []Program{
	{Name: "base64", Means: "encodes and decodes base64", Help: baseHelp("base64"),
		Run: base{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 6, 4}.run},
	{Name: "base32", Means: "encodes and decodes base32", Help: baseHelp("base32"), Run: base{"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 5, 8}.run},
}

func baseHelp(name string) string {
	return usage(name+" [-d] [-i] [-w COLUMNS] [FILE]", "Encode FILE, with -d decode it.", "-i  leave out what is no letter of it",
		"-w N  N letters a line, 0 for one line")
}

// base is an encoding: its letters, how many bits one stands for, and how many make a group.
type base struct {
	alphabet    string
	bits, group int
}

func (b base) run(p *Process) int {
	o := p.options(1, "diw:", "decode=d", "ignore-garbage=i", "wrap=w")
	columns, err := strconv.Atoi(o.value('w', "76"))
	if err != nil || columns < 0 {
		return p.Complain("invalid wrap size: %s", quoted(o.value('w', "")))
	}
	if len(o.args) > 1 {
		p.misused(1, "extra operand "+quoted(o.args[1]))
	}
	data, ok := p.readOne(o.args)
	if !ok {
		return 1
	}
	if o.has('d') {
		return b.decodeAll(p, b.clean(string(data), o.has('i')))
	}
	text := b.encode(data)
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

// encode writes bytes group by group; the last one is filled up.
func (b base) encode(data []byte) string {
	var out strings.Builder
	size := b.bits * b.group / 8
	for chunk := range slices.Chunk(data, size) {
		v := uint64(0)
		for i := range size {
			v <<= 8
			if i < len(chunk) {
				v |= uint64(chunk[i])
			}
		}
		letters := (len(chunk)*8 + b.bits - 1) / b.bits
		for i := range letters {
			out.WriteByte(b.alphabet[v>>(b.bits*(b.group-1-i))&(1<<b.bits-1)])
		}
		out.WriteString(strings.Repeat("=", b.group-letters))
	}
	return out.String()
}

// clean leaves out the ends of lines, and other signs where they are to be ignored.
func (b base) clean(text string, ignore bool) string {
	var out strings.Builder
	for i := range len(text) {
		if c := text[i]; c != '\n' && (!ignore || c == '=' || strings.IndexByte(b.alphabet, c) >= 0) {
			out.WriteByte(c)
		}
	}
	return out.String()
}

// decodeAll prints what the groups hold, as far as they are right.
func (b base) decodeAll(p *Process, text string) int {
	var out []byte
	ok := true
	for ok && text != "" {
		var data []byte
		group := text[:min(b.group, len(text))]
		data, ok = b.decode(group)
		out, text = append(out, data...), text[len(group):]
	}
	p.Print(string(out))
	if !ok {
		return p.Complain("invalid input")
	}
	return 0
}

// decode reads a group and returns the bytes of the letters before the first wrong one.
// Of a group that ends too early base64 still returns some, base32 none.
func (b base) decode(group string) (data []byte, ok bool) {
	if b.bits == 5 && len(group) < b.group {
		return nil, false
	}
	letters := strings.TrimRight(group, "=")
	v, n := uint64(0), 0
	for n < len(letters) {
		digit := strings.IndexByte(b.alphabet, letters[n])
		if digit < 0 {
			break
		}
		v, n = v<<b.bits|uint64(digit), n+1
	}
	bits := n * b.bits
	for at := 8; at <= bits; at += 8 {
		data = append(data, byte(v>>(bits-at)))
	}
	return data, n > 0 && n == len(letters) && len(group) == b.group && bits%8 < b.bits
}

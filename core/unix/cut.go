package unix

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// span is a part of a LIST of cut: from and to count from 1, to is 0 for the end.
type span struct{ from, to int }

func (p *Process) spans(list, what string) (spans []span) {
	for part := range strings.SplitSeq(list, ",") {
		a, b, isRange := strings.Cut(part, "-")
		s := span{from: 1}
		if a != "" {
			s.from, _ = strconv.Atoi(a)
		}
		s.to = s.from
		if isRange {
			s.to, _ = strconv.Atoi(b)
		}
		switch {
		case part == "-":
			p.misused(1, "invalid range with no endpoint: -")
		case strings.Trim(part, "0123456789-") != "":
			p.misused(1, "invalid "+strings.Replace(what, "field", "field value", 1)+" "+quoted(strings.TrimLeft(part, "0123456789-")))
		case s.from < 1:
			p.misused(1, what+"s are numbered from 1")
		case s.to > 0 && s.to < s.from:
			p.misused(1, "invalid decreasing range")
		}
		spans = append(spans, s)
	}
	return spans
}

func inSpans(spans []span, n int) bool {
	return slices.ContainsFunc(spans, func(s span) bool { return n >= s.from && (s.to == 0 || n <= s.to) })
}

func runCut(p *Process) int {
	o := p.options(1, "b:c:f:d:snO:C", "bytes=b", "characters=c", "fields=f", "delimiter=d", "only-delimited=s", "output-delimiter=O", "complement=C")
	out, given := o.values['O']
	keeps := func(spans []span, n int) bool { return inSpans(spans, n) != o.has('C') }
	var spans []span
	for _, letter := range []byte("bcf") {
		if list, ok := o.values[letter]; ok {
			spans = p.spans(list, map[bool]string{true: "field", false: "byte/character position"}[letter == 'f'])
		}
	}
	if spans == nil {
		p.misused(1, "you must specify a list of bytes, characters, or fields")
	}
	sep := o.value('d', "\t")
	if utf8.RuneCountInString(sep) != 1 {
		p.misused(1, "the delimiter must be a single character")
	}
	return p.eachInput(o.args, func(_ string, r io.Reader) {
		p.eachLine(r, func(line string, _ bool) {
			if !o.has('f') {
				p.Print(cutBytes(spans, line, keeps) + "\n")
				return
			}
			if !strings.Contains(line, sep) {
				if !o.has('s') {
					p.Print(line + "\n")
				}
				return
			}
			var kept []string
			for i, field := range strings.Split(line, sep) {
				if keeps(spans, i+1) {
					kept = append(kept, field)
				}
			}
			if !given {
				out = sep
			}
			p.Print(strings.Join(kept, out) + "\n")
		})
	})
}

func cutBytes(spans []span, line string, keeps func([]span, int) bool) string {
	var b strings.Builder
	for i := range len(line) {
		if keeps(spans, i+1) {
			b.WriteByte(line[i])
		}
	}
	return b.String()
}

// classes are the character classes of tr.
var classes = map[string]func(byte) bool{
	"alpha": func(c byte) bool { return unicode.IsLetter(rune(c)) && c < 0x80 }, "digit": func(c byte) bool { return c >= '0' && c <= '9' },
	"alnum": func(c byte) bool { return digit(c) < 10 || c < 0x80 && unicode.IsLetter(rune(c)) },
	"upper": func(c byte) bool { return c >= 'A' && c <= 'Z' }, "lower": func(c byte) bool { return c >= 'a' && c <= 'z' },
	"space": func(c byte) bool { return strings.IndexByte(" \t\n\v\f\r", c) >= 0 }, "blank": func(c byte) bool { return c == ' ' || c == '\t' },
	"punct": func(c byte) bool {
		return c > 0x20 && c < 0x7f && !(unicode.IsLetter(rune(c)) || digit(c) < 10)
	},
	"cntrl": func(c byte) bool { return c < 0x20 || c == 0x7f }, "print": func(c byte) bool { return c >= 0x20 && c < 0x7f },
	"graph": func(c byte) bool { return c > 0x20 && c < 0x7f }, "xdigit": func(c byte) bool { return digit(c) < 16 },
}

// charSet spells out a SET of tr: ranges, classes, escapes.
func charSet(set string) []byte {
	text, _ := unescape(set, false)
	var out []byte
	for i := 0; i < len(text); i++ {
		if strings.HasPrefix(text[i:], "[:") {
			if end := strings.Index(text[i:], ":]"); end > 0 {
				if in := classes[text[i+2:i+end]]; in != nil {
					for c := range 256 {
						if in(byte(c)) {
							out = append(out, byte(c))
						}
					}
					i += end + 1
					continue
				}
			}
		}
		if i+2 < len(text) && text[i+1] == '-' && text[i+2] >= text[i] {
			for c := int(text[i]); c <= int(text[i+2]); c++ {
				out = append(out, byte(c))
			}
			i += 2
			continue
		}
		out = append(out, text[i])
	}
	return out
}

func runTr(p *Process) int {
	o := p.options(1, "+cCdst", "complement=c", "delete=d", "squeeze-repeats=s", "truncate-set1=t")
	p.needs(o, 1)
	if len(o.args) < 2 && !o.has('d') && !o.has('s') {
		p.Complain("missing operand after %s", quoted(o.args[0]))
		p.Errorf("Two strings must be given when translating.\nTry 'tr --help' for more information.\n")
		return 1
	}
	if len(o.args) > 2 || len(o.args) == 2 && o.has('d') && !o.has('s') {
		return p.trExtra(o)
	}
	from, to := charSet(o.args[0]), []byte{}
	if len(o.args) > 1 {
		to = charSet(o.args[1])
	}
	if o.has('c') || o.has('C') {
		var rest []byte
		for c := range 256 {
			if !slices.Contains(from, byte(c)) {
				rest = append(rest, byte(c))
			}
		}
		from = rest
	}
	if o.has('t') {
		from = from[:min(len(from), len(to))]
	}
	var table [256]byte
	var drop, squeeze [256]bool
	for c := range 256 {
		table[c] = byte(c)
	}
	for i, c := range from {
		switch {
		case o.has('d'):
			drop[c] = true
		case len(to) > 0:
			table[c] = to[min(i, len(to)-1)]
		}
	}
	if o.has('s') {
		set := to
		if len(to) == 0 {
			set = from
		}
		for _, c := range set {
			squeeze[c] = true
		}
	}
	last := -1
	p.eachBlock(p.Stdin(), func(block []byte) {
		out := make([]byte, 0, len(block))
		for _, c := range block {
			if drop[c] {
				continue
			}
			c = table[c]
			if squeeze[c] && int(c) == last {
				continue
			}
			out, last = append(out, c), int(c)
		}
		p.Print(string(out))
	})
	return 0
}

// trExtra complains of a set too many.
func (p *Process) trExtra(o options) int {
	if len(o.args) > 2 {
		p.misused(1, "extra operand "+quoted(o.args[2]))
	}
	p.Complain("extra operand %s", quoted(o.args[1]))
	p.Errorf("Only one string may be given when deleting without squeezing repeats.\nTry 'tr --help' for more information.\n")
	return 1
}

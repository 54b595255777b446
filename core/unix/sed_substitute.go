package unix

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// substitute replaces matches in the line.
func (r *sedRun) substitute(step *sedStep) {
	var b strings.Builder
	at, n, changed := 0, 0, false
	most := max(step.nth, 1)
	if strings.Contains(step.flags, "g") {
		most = -1
	}
	for _, m := range r.tried(step.re).FindAllStringSubmatchIndex(r.line, most) {
		n++
		if n < step.nth {
			continue
		}
		b.WriteString(r.line[at:m[0]] + replacement(step.text, r.line, m))
		at, changed = m[1], true
		if !strings.Contains(step.flags, "g") {
			break
		}
		r.p.Room(int64(b.Len()))
	}
	if !changed {
		return
	}
	r.line = b.String() + r.line[at:]
	r.changed = true
	if step.file != "" {
		r.keep(step.file, r.line+"\n")
	}
	if strings.Contains(step.flags, "p") {
		r.out(r.line + r.mark)
	}
}

// replacement fills in & and \1 to \9, and changes letters' case behind \U \L \u \l up to \E.
func replacement(text, line string, m []int) string {
	var b strings.Builder
	all, next := byte('E'), byte(0)
	put := func(s string) {
		switch all {
		case 'U':
			s = strings.ToUpper(s)
		case 'L':
			s = strings.ToLower(s)
		}
		if first, size := utf8.DecodeRuneInString(s); next != 0 && size > 0 {
			s = string(map[byte]func(rune) rune{'u': unicode.ToUpper, 'l': unicode.ToLower}[next](first)) + s[size:]
			next = 0
		}
		b.WriteString(s)
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '&':
			put(line[m[0]:m[1]])
			continue
		case c != '\\' || i+1 == len(text):
			_, size := utf8.DecodeRuneInString(text[i:])
			put(text[i : i+size])
			i += size - 1
			continue
		}
		i++
		switch d := text[i]; {
		case d >= '0' && d <= '9':
			if g := int(d-'0') * 2; g+1 < len(m) && m[g] >= 0 {
				put(line[m[g]:m[g+1]])
			}
		case d == 'U' || d == 'L' || d == 'E':
			all = d
		case d == 'u' || d == 'l':
			next = d
		default:
			if at := strings.IndexByte("ntrfva", d); at >= 0 {
				d = "\n\t\r\f\v\a"[at]
			} else if n, err := strconv.ParseUint(text[i+1:min(i+3, len(text))], 16, 8); d == 'x' && err == nil {
				d, i = byte(n), i+2
			}
			b.WriteByte(d)
		}
	}
	return b.String()
}

package unix

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// group are changes that share the lines around them; lead and tail are how many of these there are.
type group struct {
	hunks      []hunk
	lead, tail int
}

// all is the part of both files that a group shows.
func (g group) all() hunk {
	first, last := g.hunks[0], g.hunks[len(g.hunks)-1]
	return hunk{first.a - g.lead, last.aEnd + g.tail, first.b - g.lead, last.bEnd + g.tail}
}

// grouped puts changes together that so many lines around would join.
func grouped(hunks []hunk, lines, around int) (list []group) {
	for len(hunks) > 0 {
		n := 1
		for n < len(hunks) && hunks[n].a-hunks[n-1].aEnd <= 2*around {
			n++
		}
		list = append(list, group{hunks[:n], min(around, hunks[0].a), min(around, lines-hunks[n-1].aEnd)})
		hunks = hunks[n:]
	}
	return list
}

// diffHeads prints the names of both files behind their marks, each with its time unless -L names it.
func (p *Process) diffHeads(o options, marks ...string) {
	names := slices.Clone(o.every['L'])
	for _, name := range o.args[min(len(names), 2):] {
		at := p.Now()
		if row, err := p.Stat(name); err == nil {
			at = row.Time
		} else if name != "-" {
			at = p.Time(time.UnixMilli(0))
		}
		names = append(names, name+"\t"+p.Date(at).Format(fullISO))
	}
	for i, mark := range marks {
		p.Printf("%s %s\n", mark, names[i])
	}
}

// context prints changes in the form of -c: each group of one file, then of the other.
func (p *Process) context(o options, a, b []string, hunks []hunk) {
	p.diffHeads(o, "***", "---")
	for _, g := range grouped(hunks, len(a), p.count(o, 'C', 3)) {
		all := g.all()
		p.Printf("***************\n*** %s ****\n", contextAt(all.a, all.aEnd))
		p.contextSide(a, all.a, all.aEnd, g, "- ", func(h hunk) (from, to, other int) { return h.a, h.aEnd, h.bEnd - h.b })
		p.Printf("--- %s ----\n", contextAt(all.b, all.bEnd))
		p.contextSide(b, all.b, all.bEnd, g, "+ ", func(h hunk) (from, to, other int) { return h.b, h.bEnd, h.aEnd - h.a })
	}
}

// contextSide prints the lines of one file, none where nothing changed in it. of says where a change
// is in that file, and how many lines stand for it in the other.
func (p *Process) contextSide(lines []string, from, to int, g group, mark string, of func(hunk) (int, int, int)) {
	if !slices.ContainsFunc(g.hunks, func(h hunk) bool { start, end, _ := of(h); return start < end }) {
		return
	}
	for _, h := range g.hunks {
		start, end, other := of(h)
		p.marked("  ", lines[from:start])
		p.marked(map[bool]string{true: "! ", false: mark}[other > 0], lines[start:end])
		from = end
	}
	p.marked("  ", lines[from:to])
}

func contextAt(from, to int) string {
	if to-from <= 1 {
		return fmt.Sprint(to)
	}
	return fmt.Sprintf("%d,%d", from+1, to)
}

// The gutter between the columns of -y, at least, and the width of all.
const (
	gutter    = 3
	sideWidth = "130"
	tabSize   = 8
)

// sides is how -y prints: how wide a column is, and where the second begins.
type sides struct {
	p            *Process
	half, second int
}

// sideBySide prints both files in two columns.
func (p *Process) sideBySide(o options, a, b []string, hunks []hunk) {
	width, err := strconv.Atoi(o.value('W', sideWidth))
	if err != nil || width < 1 {
		p.misused(2, "invalid width "+quoted(o.value('W', "")))
	}
	middle := width/2 + (tabSize+gutter)/2 + width&1
	s := sides{p: p, second: middle - middle%tabSize}
	if s.half = max(0, min(s.second-gutter, width-s.second)); s.half == 0 {
		s.second = width
	}
	x, y := 0, 0
	for _, h := range append(hunks, hunk{len(a), len(a), len(b), len(b)}) {
		for ; x < h.a; x, y = x+1, y+1 {
			switch {
			case o.has(leftColumn):
				s.row(a[x], "(", "")
			case !o.has(suppressCommon):
				s.row(a[x], " ", b[y])
			}
		}
		for ; x < h.aEnd && y < h.bEnd; x, y = x+1, y+1 {
			s.row(a[x], "|", b[y])
		}
		for ; y < h.bEnd; y++ {
			s.row("", ">", b[y])
		}
		for ; x < h.aEnd; x++ {
			s.row(a[x], "<", "")
		}
	}
}

// row prints a line of each file, "" for none, with what is said of them between.
func (s sides) row(left, sign, right string) {
	var b strings.Builder
	at, leftEnds, rightEnds := 0, strings.HasSuffix(left, "\n"), strings.HasSuffix(right, "\n")
	if left != "" {
		at = s.column(&b, left, 0)
	}
	if sign != " " {
		if sign == "|" && leftEnds != rightEnds {
			sign = map[bool]string{true: "/", false: "\\"}[leftEnds]
		}
		middle := (s.half + s.second - 1) / 2
		move(&b, at, middle)
		b.WriteString(sign)
		at = middle + 1
	}
	if right != "" && right != "\n" {
		move(&b, at, s.second)
		s.column(&b, right, s.second)
	}
	if leftEnds || rightEnds {
		b.WriteByte('\n')
	}
	s.p.Print(b.String())
}

// column writes as much of a line as a column holds and returns where that ends. Tabs stay tabs where
// they fit.
func (s sides) column(b *strings.Builder, line string, from int) (out int) {
	in := 0
	for _, c := range strings.TrimSuffix(line, "\n") {
		step := 1
		if c == '\t' {
			step = tabSize - in%tabSize
		}
		if in == out && (in+step < s.half || c != '\t' && in < s.half) {
			out += step
			b.WriteRune(c)
		}
		in += step
	}
	return from + out
}

// move goes to a column as diff does: by tabs, and the rest by blanks.
func move(b *strings.Builder, from, to int) {
	for tab := from + tabSize - from%tabSize; tab <= to; tab += tabSize {
		b.WriteByte('\t')
		from = tab
	}
	b.WriteString(strings.Repeat(" ", max(0, to-from)))
}

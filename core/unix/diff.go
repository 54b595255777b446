package unix

import (
	"bytes"
	"fmt"
	"path"
	"strings"
)

// hunk is a change: lines from..to of each file, counted from 0.
type hunk struct{ a, aEnd, b, bEnd int }

// Options without a letter.
const (
	leftColumn     = '('
	suppressCommon = '|'
)

// maxDiff is how many lines a comparison may differ in.
const maxDiff = 4000

func runDiff(p *Process) int {
	o := p.options(2, "uqbwiBsrNacyU:L:C:W:", "unified=u", "context=c", "side-by-side=y", "width=W",
		"left-column="+string(leftColumn), "suppress-common-lines="+string(suppressCommon), "brief=q", "ignore-case=i", "ignore-all-space=w", "report-identical-files=s",
		"recursive=r", "new-file=N", "text=a", "label=L", "ignore-space-change=b")
	if len(o.args) == 2 && p.isDir(o.args[0]) && p.isDir(o.args[1]) {
		if path.Clean(o.args[0]) == path.Clean(o.args[1]) {
			return 0
		}
		return p.diffDirs(o, o.args[0], o.args[1])
	}
	if len(o.args) > 2 {
		p.misused(2, "extra operand "+quoted(o.args[2]))
	}
	if len(o.args) == 2 {
		o.args = []string{p.target(o.args[1], o.args[0]), p.target(o.args[0], o.args[1])}
	}
	a, b, ok := p.two(o)
	if !ok {
		return 2
	}
	return p.diffFiles(o, a, b)
}

// diffFiles compares the contents of the two files that are named.
func (p *Process) diffFiles(o options, a, b []byte) int {
	same := func(x, y string) bool { return o.fold(x) == o.fold(y) }
	left, right := splitLines(a), splitLines(b)
	switch {
	case bytes.Equal(a, b):
		if o.has('y') && !o.has('q') {
			p.sideBySide(o, left, right, nil)
		}
		if o.has('s') {
			p.Printf("Files %s and %s are identical\n", o.args[0], o.args[1])
		}
		return 0
	case o.has('q'):
		p.Printf("Files %s and %s differ\n", o.args[0], o.args[1])
		return 1
	case bytes.IndexByte(a, 0) >= 0 || bytes.IndexByte(b, 0) >= 0:
		p.Printf("Binary files %s and %s differ\n", o.args[0], o.args[1])
		return 2
	}
	hunks, ok := p.changes(left, right, same)
	if !ok {
		p.Complain("the files differ in more than %d lines", maxDiff)
		return 2
	}
	switch {
	case o.has('y'):
		p.sideBySide(o, left, right, hunks)
	case len(hunks) == 0:
	case o.has('u') || o.has('U'):
		p.unified(o, left, right, hunks)
	case o.has('c') || o.has('C'):
		p.context(o, left, right, hunks)
	default:
		for _, h := range hunks {
			p.normal(left, right, h)
		}
	}
	return min(1, len(hunks))
}

// fold makes lines equal that the options call equal.
func (o options) fold(line string) string {
	if o.has('w') {
		line = strings.Join(strings.Fields(line), "")
	} else if o.has('b') {
		line = strings.Join(strings.Fields(line), " ")
	}
	if o.has('i') {
		line = strings.ToLower(line)
	}
	return line
}

// splitLines keeps the line ends, so that a missing last one shows.
func splitLines(data []byte) []string {
	lines := strings.SplitAfter(string(data), "\n")
	return lines[:len(lines)-map[bool]int{true: 1}[lines[len(lines)-1] == ""]]
}

// changes finds the shortest list of changes (E. Myers, An O(ND) Difference Algorithm, 1986). It is
// false when the files differ too much.
func (p *Process) changes(a, b []string, same func(x, y string) bool) ([]hunk, bool) {
	most := min(len(a)+len(b), maxDiff)
	v := make([]int, 2*most+2)
	var trace [][]int
	for d := 0; d <= most; d++ {
		p.Yield()
		trace = append(trace, append([]int{}, v[most-d:most+d+2]...))
		for k := -d; k <= d; k += 2 {
			x := v[most+k+1]
			if k != -d && (k == d || v[most+k-1] >= v[most+k+1]) {
				x = v[most+k-1] + 1
			}
			y := x - k
			for x < len(a) && y < len(b) && same(a[x], b[y]) {
				x, y = x+1, y+1
			}
			v[most+k] = x
			if x >= len(a) && y >= len(b) {
				return hunksOf(trace, len(a), len(b)), true
			}
		}
	}
	return nil, false
}

// hunksOf walks back through the rounds of the search; each round's slice begins at diagonal -d.
func hunksOf(trace [][]int, x, y int) []hunk {
	var hunks []hunk
	for d := len(trace) - 1; d > 0; d-- {
		v := trace[d]
		k := x - y
		at := func(k int) int { return v[k+d] }
		from := k + 1
		if k != -d && (k == d || at(k-1) >= at(k+1)) {
			from = k - 1
		}
		prevX := at(from)
		prevY := prevX - from
		startX, startY := prevX, prevY
		if from == k-1 {
			startX++
		} else {
			startY++
		}
		h := hunk{prevX, startX, prevY, startY}
		if n := len(hunks); n > 0 && hunks[n-1].a == h.aEnd && hunks[n-1].b == h.bEnd {
			hunks[n-1].a, hunks[n-1].b = h.a, h.b
		} else {
			hunks = append(hunks, h)
		}
		x, y = prevX, prevY
	}
	for i, j := 0, len(hunks)-1; i < j; i, j = i+1, j-1 {
		hunks[i], hunks[j] = hunks[j], hunks[i]
	}
	return hunks
}

// linesAt is a range of lines in the form of diff: 3 or 3,5.
func linesAt(from, to int) string {
	if to-from <= 1 {
		return fmt.Sprint(max(from+1, to))
	}
	return fmt.Sprintf("%d,%d", from+1, to)
}

// normal prints a change in the form that diff has without options.
func (p *Process) normal(a, b []string, h hunk) {
	verb, left, right := "c", linesAt(h.a, h.aEnd), linesAt(h.b, h.bEnd)
	switch {
	case h.a == h.aEnd:
		verb, left = "a", fmt.Sprint(h.a)
	case h.b == h.bEnd:
		verb, right = "d", fmt.Sprint(h.b)
	}
	p.Print(left + verb + right + "\n")
	p.marked("< ", a[h.a:h.aEnd])
	if verb == "c" {
		p.Print("---\n")
	}
	p.marked("> ", b[h.b:h.bEnd])
}

// marked prints lines with a mark, and says where the last line end is missing.
func (p *Process) marked(mark string, lines []string) {
	for _, line := range lines {
		p.Print(mark + line)
		if !strings.HasSuffix(line, "\n") {
			p.Print("\n\\ No newline at end of file\n")
		}
	}
}

// unified prints changes with three lines around.
func (p *Process) unified(o options, a, b []string, hunks []hunk) {
	p.diffHeads(o, "---", "+++")
	for _, g := range grouped(hunks, len(a), p.count(o, 'U', 3)) {
		all := g.all()
		p.Printf("@@ -%s +%s @@\n", unifiedAt(all.a, all.aEnd), unifiedAt(all.b, all.bEnd))
		at := all.a
		for _, h := range g.hunks {
			p.marked(" ", a[at:h.a])
			p.marked("-", a[h.a:h.aEnd])
			p.marked("+", b[h.b:h.bEnd])
			at = h.aEnd
		}
		p.marked(" ", a[at:all.aEnd])
	}
}

func unifiedAt(from, to int) string {
	switch n := to - from; n {
	case 0:
		return fmt.Sprintf("%d,0", from)
	case 1:
		return fmt.Sprint(from + 1)
	default:
		return fmt.Sprintf("%d,%d", from+1, n)
	}
}

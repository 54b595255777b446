package unix

import (
	"io"
	"slices"
	"strings"
)

func runCat(p *Process) int {
	o := p.options(1, "nbsETvAetu", "number=n", "number-nonblank=b", "squeeze-blank=s", "show-ends=E", "show-tabs=T",
		"show-nonprinting=v", "show-all=A")
	for _, both := range []struct {
		letter byte
		means  string
	}{{'A', "vET"}, {'e', "vE"}, {'t', "vT"}} {
		for i := range len(both.means) {
			o.given[both.means[i]] = o.given[both.means[i]] || o.given[both.letter]
		}
	}
	c := &catter{p: p, o: o}
	plain := !slices.ContainsFunc([]byte("nbsETv"), o.has)
	return p.eachInput(o.args, func(_ string, r io.Reader) {
		if plain {
			p.eachBlock(r, func(b []byte) { p.Print(string(b)) })
			return
		}
		p.eachLine(r, c.line)
	})
}

// catter writes lines as cat's options want them.
type catter struct {
	p     *Process
	o     options
	n     int
	blank bool
}

func (c *catter) line(line string, ended bool) {
	if c.o.has('s') && line == "" && c.blank {
		return
	}
	c.blank = line == ""
	if c.o.has('b') && line != "" || c.o.has('n') && !c.o.has('b') {
		c.n++
		c.p.Printf("%6d\t", c.n)
	}
	var b strings.Builder
	for i := range len(line) {
		ch := line[i]
		switch {
		case ch == '\t' && c.o.has('T'):
			b.WriteString("^I")
		case c.o.has('v') && ch != '\t':
			b.WriteString(caret(ch))
		default:
			b.WriteByte(ch)
		}
	}
	if ended {
		if c.o.has('E') {
			b.WriteByte('$')
		}
		b.WriteByte('\n')
	}
	c.p.Print(b.String())
}

// caret writes a byte as cat -v does.
func caret(c byte) string {
	switch {
	case c >= 0x80:
		return "M-" + caret(c&0x7f)
	case c < 0x20:
		return "^" + string(rune(c+'@'))
	case c == 0x7f:
		return "^?"
	}
	return string(rune(c))
}

package shell

import (
	"strconv"
	"strings"
)

// sedRun is a script at work on one stream of lines.
type sedRun struct {
	p      *Process
	steps  []*sedStep
	quiet  bool
	out    func(string)
	next   func() (string, bool) // the next line, with its end
	isLast func() bool
	n      int
	line   string // without its end
	end    string // "\n", or "" for a last line without one
	after  strings.Builder
	quit   bool
}

// read takes the next line in; it is false at the end.
func (r *sedRun) read() bool {
	line, ok := r.next()
	if !ok {
		return false
	}
	r.n++
	r.line = strings.TrimSuffix(line, "\n")
	r.end = line[len(r.line):]
	return true
}

func (r *sedRun) put(text string) { r.out(text + r.end) }

func (r *sedRun) finish() {
	if r.after.Len() > 0 && r.end == "" {
		r.out("\n")
	}
	r.out(r.after.String())
	r.after.Reset()
}

func (r *sedRun) run() {
	for !r.quit && r.read() {
		if !r.cycle(r.steps) && !r.quiet {
			r.put(r.line)
		}
		r.finish()
		r.p.Yield()
	}
}

// cycle carries out the commands for the line and reports whether it was deleted.
func (r *sedRun) cycle(steps []*sedStep) bool {
	for _, step := range steps {
		if r.selected(step) == step.negate {
			continue
		}
		if done, deleted := r.do(step); done {
			return deleted
		}
	}
	return false
}

// do carries out one command; done ends the cycle.
func (r *sedRun) do(step *sedStep) (done, deleted bool) {
	switch step.verb {
	case '{':
		before := r.n
		if r.cycle(step.inside) {
			return true, true
		}
		return r.quit && before > 0, false
	case 's':
		r.substitute(step)
	case 'y':
		pairs := []string{}
		for _, c := range step.text {
			pairs = append(pairs, string(c))
		}
		r.line = strings.NewReplacer(pairs...).Replace(r.line)
	case 'p':
		r.out(r.line + "\n")
	case '=':
		r.out(strconv.Itoa(r.n) + "\n")
	case 'd':
		return true, true
	case 'q', 'Q':
		r.quit = true
		return true, step.verb == 'Q'
	case 'n':
		if !r.quiet {
			r.put(r.line)
		}
		if !r.read() {
			r.quit = true
			return true, true
		}
	case 'a':
		r.after.WriteString(step.text)
	case 'i':
		r.out(step.text)
	case 'c':
		if step.to.kind == 0 || !step.active || step.negate {
			r.out(step.text)
		}
		return true, true
	}
	return false, false
}

// matches reports whether an address is this line.
func (r *sedRun) matches(a sedAddress) bool {
	switch a.kind {
	case 'n':
		return r.n == a.n
	case '~':
		return a.m <= 0 && r.n == a.n || a.m > 0 && r.n >= a.n && (r.n-a.n)%a.m == 0
	case '$':
		return r.isLast()
	case '/':
		return a.re.MatchString(r.line)
	}
	return false
}

// selected reports whether the addresses of a command choose this line.
func (r *sedRun) selected(step *sedStep) bool {
	switch {
	case step.from.kind == 0:
		return true
	case step.to.kind == 0:
		return r.matches(step.from)
	case step.active:
		switch {
		case step.until > 0:
			step.active = r.n < step.until
			return r.n <= step.until || !step.active && step.to.kind == '+'
		case r.matches(step.to):
			step.active = false
		}
		return true
	case !r.matches(step.from) && !(step.from.kind == 'n' && step.from.n == 0 && r.n == 1):
		return false
	}
	step.active, step.until = true, 0
	switch step.to.kind {
	case 'n':
		step.until = step.to.n
	case '+':
		step.until = r.n + step.to.n
	case '/':
		if step.from.kind == 'n' && step.from.n == 0 && r.matches(step.to) {
			step.active = false
		}
		return true
	case '$':
		step.active = !r.isLast()
		return true
	}
	step.active = r.n < step.until
	return true
}

// substitute replaces matches in the line.
func (r *sedRun) substitute(step *sedStep) {
	var b strings.Builder
	at, n, changed := 0, 0, false
	for _, m := range step.re.FindAllStringSubmatchIndex(r.line, -1) {
		n++
		if n < step.nth {
			continue
		}
		b.WriteString(r.line[at:m[0]] + replacement(step.text, r.line, m))
		at, changed = m[1], true
		if !strings.Contains(step.flags, "g") {
			break
		}
		r.p.check(r.p.budget.room(int64(b.Len())))
	}
	if !changed {
		return
	}
	r.line = b.String() + r.line[at:]
	if strings.Contains(step.flags, "p") {
		r.out(r.line + "\n")
	}
}

// replacement fills in & and \1 to \9, and \U \L \E for letters' case.
func replacement(text, line string, m []int) string {
	var b strings.Builder
	change := func(s string) string { return s }
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '&':
			b.WriteString(change(line[m[0]:m[1]]))
		case c != '\\' || i+1 == len(text):
			b.WriteString(change(string(c)))
			if c >= 0x80 {
				rest := b.String()
				b.Reset()
				b.WriteString(rest[:len(rest)-len(string(rune(c)))] + string([]byte{c}))
			}
		default:
			i++
			switch d := text[i]; {
			case d >= '0' && d <= '9':
				if g := int(d-'0') * 2; g+1 < len(m) && m[g] >= 0 {
					b.WriteString(change(line[m[g]:m[g+1]]))
				}
			case d == 'n':
				b.WriteByte('\n')
			case d == 't':
				b.WriteByte('\t')
			case d == 'U':
				change = strings.ToUpper
			case d == 'L':
				change = strings.ToLower
			case d == 'E':
				change = func(s string) string { return s }
			default:
				b.WriteByte(d)
			}
		}
	}
	return b.String()
}

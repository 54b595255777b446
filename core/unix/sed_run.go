package unix

import (
	"fmt"
	"strconv"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// sedRun is a script at work on one stream of lines.
type sedRun struct {
	p       *Process
	steps   []*sedStep
	quiet   bool
	mark    string // what ends a line
	out     func(string)
	next    func() (string, bool) // the next line, with its end
	isLast  func() bool
	n       int
	line    string // without its end
	end     string // mark, or "" for a last line without one
	hold    string
	changed bool       // since t was last asked
	last    expression // that was tried
	after   strings.Builder
	again   bool // the next cycle goes on with what is left
	quit    bool
	status  int
	files   map[string]string // that w has written
}

// read takes the next line in; it is false at the end.
func (r *sedRun) read() bool {
	line, ok := r.next()
	if !ok {
		return false
	}
	r.n++
	r.line = strings.TrimSuffix(line, r.mark)
	r.end = line[len(r.line):]
	return true
}

func (r *sedRun) put(text string) { r.out(text + r.end) }

// finish prints what a and r have put aside.
func (r *sedRun) finish() {
	if r.after.Len() > 0 && r.end == "" {
		r.out(r.mark)
	}
	r.out(r.after.String())
	r.after.Reset()
}

func (r *sedRun) run() {
	for !r.quit && (r.again || r.read()) {
		r.again = false
		if r.cycle() && !r.quiet {
			r.put(r.line)
		}
		r.finish()
		r.p.Yield()
	}
}

// cycle carries out the commands for the line and reports whether it is to be shown.
func (r *sedRun) cycle() (show bool) {
	r.changed = false
	for at := 0; at < len(r.steps); {
		step := r.steps[at]
		at++
		chosen := r.selected(step) != step.negate
		switch {
		case step.verb == '{' && !chosen:
			at = step.jump
		case !chosen:
		case step.verb == 'b', step.verb == 't' && r.changed, step.verb == 'T' && !r.changed:
			r.loops(step.jump <= at)
			at = step.jump
			r.changed = r.changed && step.verb != 't'
		default:
			if done, shown := r.do(step); done {
				return shown
			}
		}
	}
	return true
}

// jumpSteps is what a jump back counts for: a loop without end is stopped after about two seconds in a
// page, and half a million of them are more than lines that are edited need.
const jumpSteps = 9

// loops counts a jump, as more steps where the line or what is held is long: each command reads all of
// it.
func (r *sedRun) loops(back bool) {
	steps := 1 + (len(r.line)+len(r.hold))/64
	if back {
		steps += jumpSteps - 1
	}
	r.p.Steps(steps)
	r.p.Yield()
}

// do carries out one command; done ends the cycle.
func (r *sedRun) do(step *sedStep) (done, show bool) {
	switch step.verb {
	case 's':
		r.substitute(step)
	case 'y':
		pairs := []string{}
		for _, c := range step.text {
			pairs = append(pairs, string(c))
		}
		r.line = strings.NewReplacer(pairs...).Replace(r.line)
	case 'p':
		r.out(r.line + r.mark)
	case 'P':
		first, _, _ := strings.Cut(r.line, "\n")
		r.out(first + r.mark)
	case '=':
		r.out(strconv.Itoa(r.n) + "\n")
	case 'l':
		r.out(unambiguous(r.line))
	case 'a':
		r.after.WriteString(step.text)
	case 'r':
		data, _ := r.p.ReadFile(step.text)
		r.after.Write(data)
	case 'w':
		r.keep(step.text, r.line+"\n")
	case 'i':
		r.out(step.text)
	case 'T':
		r.changed = false
	case 'g', 'G', 'h', 'H', 'x', 'z':
		r.holds(step.verb)
	case 'n', 'N':
		return r.more(step.verb)
	default:
		return r.ends(step)
	}
	return false, false
}

// holds exchanges with the hold space.
func (r *sedRun) holds(verb byte) {
	switch verb {
	case 'g':
		r.line = r.hold
	case 'G':
		r.line += "\n" + r.hold
	case 'h':
		r.hold = r.line
	case 'H':
		r.hold += "\n" + r.line
	case 'x':
		r.line, r.hold = r.hold, r.line
	case 'z':
		r.line = ""
	}
	r.p.Room(int64(len(r.line) + len(r.hold)))
}

// more takes the next line in, in place of this one or behind it.
func (r *sedRun) more(verb byte) (done, show bool) {
	if verb == 'n' && !r.quiet && !r.isLast() {
		r.put(r.line)
	}
	before := r.line
	if !r.read() {
		r.quit = true
		return true, true
	}
	if verb == 'N' {
		r.line = before + "\n" + r.line
		r.p.Room(int64(len(r.line)))
	}
	r.finish()
	return false, false
}

// ends carries out the commands that end the cycle.
func (r *sedRun) ends(step *sedStep) (done, show bool) {
	switch step.verb {
	case 'd':
		return true, false
	case 'D':
		if _, rest, ok := strings.Cut(r.line, "\n"); ok {
			r.line, r.again = rest, true
		}
		return true, false
	case 'q', 'Q':
		r.quit, r.status = true, step.status
		return true, step.verb == 'q'
	case 'c':
		if step.to.kind == 0 || !step.active || step.negate {
			r.out(step.text)
		}
		return true, false
	}
	return false, false
}

// keep appends to a file; it is empty before the first time.
func (r *sedRun) keep(file, text string) {
	if file == "/dev/stdout" {
		r.out(text)
		return
	}
	if r.files == nil {
		r.files = map[string]string{}
	}
	r.files[file] += text
	if err := r.p.WriteFile(file, []byte(r.files[file])); err != nil {
		r.p.Complain("couldn't open file %s: %s", voice.OneLine(file), shell.Reason(err))
		r.p.Exit(4)
	}
}

// unambiguous shows a text with what cannot be seen in it, in lines of 69 characters.
func unambiguous(text string) string {
	var b strings.Builder
	column := 0
	for i := range len(text) {
		c := text[i : i+1]
		switch at := strings.IndexByte("\\\a\b\f\n\r\t\v", text[i]); {
		case at >= 0:
			c = `\` + `\abfnrtv`[at:at+1]
		case text[i] < ' ' || text[i] > '~':
			c = fmt.Sprintf(`\%03o`, text[i])
		}
		if column+len(c) > 69 {
			b.WriteString("\\\n")
			column = 0
		}
		b.WriteString(c)
		column += len(c)
	}
	return b.String() + "$\n"
}

// tried is the expression of an address or of s: an empty one is the last that was tried.
func (r *sedRun) tried(re expression) expression {
	if re == nil {
		re = r.last
	}
	if re == nil {
		r.p.Complain("-e expression #1, char 0: no previous regular expression")
		r.p.Exit(1)
	}
	r.last = re
	return re
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
		return r.tried(a.re).MatchString(r.line)
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

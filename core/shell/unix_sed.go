package shell

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"hsmplay/core/voice"
)

// sedPrograms edit streams.
var sedPrograms = []Program{
	{Name: "sed", Means: "edits lines as they pass", Run: runSed,
		Help: usage("sed [-n] [-E] [-i[SUFFIX]] [-e SCRIPT]... [-f FILE] [SCRIPT] [FILE]...", "Edit the lines of FILEs by SCRIPT.",
			"Commands: s/RE/TEXT/[gpiN] y/ABC/XYZ/ p d q Q = n a TEXT i TEXT c TEXT { … }", "Addresses: N $ /RE/ N,M N,+M N~M and ! behind them")},
}

// sedStep is one command of a script.
type sedStep struct {
	from, to sedAddress
	negate   bool
	verb     byte
	text     string // of a, i, c and y; the replacement of s
	re       *regexp.Regexp
	flags    string
	nth      int
	inside   []*sedStep
	active   bool // between its two addresses
	until    int  // the line at which it ends, 0 for an expression
}

// sedAddress is a line number, a step, the last line or an expression; kind 0 is none.
type sedAddress struct {
	kind byte // n ~ $ / +
	n, m int
	re   *regexp.Regexp
}

// sedParser reads a script.
type sedParser struct {
	text     string
	at       int
	extended bool
	last     *regexp.Regexp
}

// errSed is a fault of a script, in sed's words.
func errSed(at int, say string) error {
	return fmt.Errorf("-e expression #1, char %d: %s", at, say)
}

func (s *sedParser) peek() byte {
	if s.at < len(s.text) {
		return s.text[s.at]
	}
	return 0
}

func (s *sedParser) skip(set string) {
	for s.at < len(s.text) && strings.IndexByte(set, s.text[s.at]) >= 0 {
		s.at++
	}
}

func (s *sedParser) number() int {
	start := s.at
	s.skip("0123456789")
	n, _ := strconv.Atoi(s.text[start:s.at])
	return n
}

// steps reads commands until the end or a closing brace; depth counts the open ones.
func (s *sedParser) steps(depth int) ([]*sedStep, error) {
	var list []*sedStep
	for {
		s.skip(" \t\n;")
		switch {
		case s.at >= len(s.text) && depth > 0:
			return nil, errSed(0, "unmatched `{'")
		case s.at >= len(s.text):
			return list, nil
		case s.peek() == '#':
			for s.at < len(s.text) && s.peek() != '\n' {
				s.at++
			}
			continue
		case s.peek() == '}' && depth == 0:
			return nil, errSed(s.at+1, "unexpected `}'")
		case s.peek() == '}':
			s.at++
			return list, nil
		}
		step, err := s.step(depth)
		if err != nil {
			return nil, err
		}
		list = append(list, step)
	}
}

func (s *sedParser) step(depth int) (*sedStep, error) {
	step := &sedStep{}
	var err error
	if step.from, err = s.address(); err != nil {
		return nil, err
	}
	s.skip(" \t")
	if s.peek() == ',' {
		s.at++
		s.skip(" \t")
		if step.to, err = s.address(); err != nil {
			return nil, err
		}
		if step.to.kind == 0 {
			return nil, errSed(s.at, "unexpected `,'")
		}
	}
	s.skip(" \t")
	for s.peek() == '!' {
		step.negate = true
		s.at++
		s.skip(" \t")
	}
	if s.at >= len(s.text) {
		return nil, errSed(s.at, "missing command")
	}
	step.verb = s.peek()
	s.at++
	return step, s.rest(step, depth)
}

// rest reads what stands behind a command's letter.
func (s *sedParser) rest(step *sedStep, depth int) (err error) {
	switch step.verb {
	case '{':
		if depth > 50 {
			return errSed(s.at, "too many `{'")
		}
		step.inside, err = s.steps(depth + 1)
		return err
	case 's':
		return s.substitute(step)
	case 'y':
		return s.transliterate(step)
	case 'a', 'i', 'c':
		return s.appended(step)
	case 'p', 'd', 'q', 'Q', '=', 'n':
		s.skip(" \t0123456789")
		if s.at < len(s.text) && strings.IndexByte(";\n}#", s.peek()) < 0 {
			return errSed(s.at+1, "extra characters after command")
		}
		return nil
	}
	if strings.IndexByte("NDPhHgGxbtTwrRWeFlz:v", step.verb) >= 0 {
		return &unsupported{"sed's command " + string(step.verb)}
	}
	return errSed(s.at, fmt.Sprintf("unknown command: `%s'", string(rune(step.verb))))
}

// unsupported is what the playground's program lacks.
type unsupported struct{ what string }

// Error says so.
func (u *unsupported) Error() string { return u.what + " is not supported" }

func (s *sedParser) address() (a sedAddress, err error) {
	switch c := s.peek(); {
	case c >= '0' && c <= '9':
		a.kind, a.n = 'n', s.number()
		if s.peek() == '~' {
			s.at++
			a.kind, a.m = '~', s.number()
		}
	case c == '+':
		s.at++
		a.kind, a.n = '+', s.number()
	case c == '$':
		s.at++
		a.kind = '$'
	case c == '/' || c == '\\':
		if c == '\\' {
			s.at++
		}
		if s.at >= len(s.text) {
			return a, errSed(s.at, "unterminated address regex")
		}
		text, ok := s.delimited(s.peek())
		if !ok {
			return a, errSed(s.at, "unterminated address regex")
		}
		fold := s.peek() == 'I'
		if fold {
			s.at++
		}
		a.kind = '/'
		a.re, err = s.compile(text, fold)
	}
	return a, err
}

// delimited reads up to the next delimiter, at which the parser stands, and past it. A delimiter behind a backslash loses
// the backslash.
func (s *sedParser) delimited(by byte) (string, bool) {
	var b strings.Builder
	inBracket := false
	for s.at++; s.at < len(s.text); s.at++ {
		c := s.text[s.at]
		switch {
		case c == '\\' && s.at+1 < len(s.text):
			s.at++
			if s.text[s.at] != by {
				b.WriteByte('\\')
			}
			b.WriteByte(s.text[s.at])
			continue
		case c == '[':
			inBracket = strings.IndexByte(s.text[s.at:], ']') > 0
		case c == ']':
			inBracket = false
		case c == by && !inBracket:
			s.at++
			return b.String(), true
		}
		b.WriteByte(c)
	}
	return "", false
}

func (s *sedParser) compile(text string, fold bool) (*regexp.Regexp, error) {
	if text == "" && s.last != nil {
		return s.last, nil
	}
	re, err := posix(text, s.extended, fold)
	if errors.Is(err, errBackReference) {
		return nil, &unsupported{"a back-reference in an expression"}
	}
	if err != nil {
		return nil, errSed(s.at, err.Error())
	}
	s.last = re
	return re, nil
}

func (s *sedParser) substitute(step *sedStep) error {
	if s.at >= len(s.text) {
		return errSed(s.at, "unterminated `s' command")
	}
	by := s.peek()
	pattern, ok := s.delimited(by)
	s.at--
	if ok {
		step.text, ok = s.delimited(by)
	}
	if !ok {
		return errSed(len(s.text), "unterminated `s' command")
	}
	start := s.at
	s.skip("gpiIm0123456789e")
	step.flags = s.text[start:s.at]
	s.skip(" \t")
	if s.at < len(s.text) && strings.IndexByte(";\n}#", s.peek()) < 0 {
		return errSed(s.at+1, "unknown option to `s'")
	}
	if strings.ContainsAny(step.flags, "e") {
		return &unsupported{"sed's flag e"}
	}
	step.nth, _ = strconv.Atoi(strings.Trim(step.flags, "gpiIm"))
	var err error
	step.re, err = s.compile(pattern, strings.ContainsAny(step.flags, "iI"))
	return err
}

func (s *sedParser) transliterate(step *sedStep) error {
	by := s.peek()
	from, ok := s.delimited(by)
	s.at--
	to, ok2 := s.delimited(by)
	if !ok || !ok2 {
		return errSed(len(s.text), "unterminated `y' command")
	}
	from, _ = unescape(from, false)
	to, _ = unescape(to, false)
	a, b := []rune(from), []rune(to)
	if len(a) != len(b) {
		return errSed(s.at, "strings for `y' command are different lengths")
	}
	for i := range a {
		step.text += string(a[i]) + string(b[i])
	}
	return nil
}

// appended reads the text of a, i and c: to the end of the line, or more lines each after a backslash.
func (s *sedParser) appended(step *sedStep) error {
	s.skip(" \t")
	if s.peek() == '\\' {
		s.at++
		s.skip(" \t")
		if s.peek() == '\n' {
			s.at++
		}
	}
	var b strings.Builder
	for ; s.at < len(s.text) && s.peek() != '\n'; s.at++ {
		if s.peek() == '\\' && s.at+1 < len(s.text) {
			s.at++
		}
		b.WriteByte(s.text[s.at])
	}
	if b.Len() == 0 {
		return errSed(s.at, "expected \\ after `a', `c' or `i'")
	}
	step.text = b.String() + "\n"
	return nil
}

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

func runSed(p *Process) int {
	var scripts, args []string
	suffix, inPlace := "", false
	for i := 0; i < len(p.Args); i++ {
		word := p.Args[i]
		switch {
		case i > 0 && (word == "-e" || word == "--expression") && i+1 < len(p.Args):
			i++
			scripts = append(scripts, p.Args[i])
		case i > 0 && strings.HasPrefix(word, "-i"):
			inPlace, suffix = true, word[2:]
		default:
			args = append(args, word)
		}
	}
	p.Args = args
	o := p.options(1, "nErsf:uz", "quiet=n", "silent=n", "regexp-extended=E", "in-place=i")
	if file, ok := o.values['f']; ok {
		data, err := p.ReadFile(file)
		if err != nil {
			return p.Complain("couldn't open file %s: %s", oneLine(file), reason(err))
		}
		scripts = append(scripts, string(data))
	}
	if scripts == nil {
		if len(o.args) == 0 {
			p.Errorf("Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n")
			return 1
		}
		scripts, o.args = o.args[:1], o.args[1:]
	}
	parser := &sedParser{text: strings.Join(scripts, "\n"), extended: o.has('E') || o.has('r')}
	steps, err := parser.steps(0)
	var lacks *unsupported
	if errors.As(err, &lacks) {
		p.Note(voice.ShellUnsupported, "what", lacks.what)
	}
	if err != nil {
		return p.Complain("%s", err)
	}
	if inPlace {
		return each(o.args, func(name string) bool { return p.sedInPlace(steps, o, name, suffix) })
	}
	return p.sedStream(steps, o)
}

// sedStream edits all inputs as one.
func (p *Process) sedStream(steps []*sedStep, o options) int {
	names := o.args
	if len(names) == 0 {
		names = []string{"-"}
	}
	status := 0
	var source *bufferedLines
	open := func() bool {
		for len(names) > 0 {
			name := names[0]
			names = names[1:]
			r, err := p.open(name)
			if err == nil {
				source = newLines(r)
				return true
			}
			p.Complain("can't read %s: %s", oneLine(name), reason(err))
			status = 2
		}
		return false
	}
	next := func() (string, bool) {
		for {
			if source != nil {
				if line, ok := source.next(); ok {
					return line, true
				}
				source = nil
			}
			if !open() {
				return "", false
			}
		}
	}
	lines := &lookahead{read: next}
	(&sedRun{p: p, steps: steps, quiet: o.has('n'), out: p.Print, next: lines.next, isLast: lines.isLast}).run()
	return status
}

// sedInPlace edits one file and writes it back.
func (p *Process) sedInPlace(steps []*sedStep, o options, name, suffix string) bool {
	data, err := p.ReadFile(name)
	if err != nil {
		p.Complain("can't read %s: %s", oneLine(name), reason(err))
		return false
	}
	var b strings.Builder
	lines := &lookahead{read: newLines(strings.NewReader(string(data))).next}
	(&sedRun{p: p, steps: steps, quiet: o.has('n'), out: func(s string) { b.WriteString(s) }, next: lines.next, isLast: lines.isLast}).run()
	if suffix != "" {
		err = p.WriteFile(name+suffix, data)
	}
	if err == nil {
		err = p.WriteFile(name, []byte(b.String()))
	}
	if err != nil {
		p.Complain("couldn't write %s: %s", oneLine(name), reason(err))
	}
	return err == nil
}

// lookahead is lines of which the next is known.
type lookahead struct {
	read    func() (string, bool)
	held    string
	holding bool
	ended   bool
}

func (l *lookahead) next() (string, bool) {
	if l.holding {
		l.holding = false
		return l.held, true
	}
	return l.read()
}

func (l *lookahead) isLast() bool {
	if !l.holding && !l.ended {
		l.held, l.holding = l.read()
		l.ended = !l.holding
	}
	return !l.holding
}

// bufferedLines reads lines with their ends.
type bufferedLines struct {
	r    io.Reader
	rest []byte
	done bool
}

func newLines(r io.Reader) *bufferedLines { return &bufferedLines{r: r} }

func (b *bufferedLines) next() (string, bool) {
	for {
		if i := strings.IndexByte(string(b.rest), '\n'); i >= 0 {
			line := string(b.rest[:i+1])
			b.rest = b.rest[i+1:]
			return line, true
		}
		if b.done || len(b.rest) > maxFile {
			line := string(b.rest)
			b.rest = nil
			return line, line != ""
		}
		block := make([]byte, 4096)
		n, err := b.r.Read(block)
		b.rest = append(b.rest, block[:n]...)
		b.done = err != nil
	}
}

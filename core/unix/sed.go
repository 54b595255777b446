package unix

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// sedPrograms edit streams.
var sedPrograms = []Program{
	{Name: "sed", Means: "edits lines as they pass", Run: runSed,
		Help: usage("sed [-n] [-E] [-s] [-z] [-i[SUFFIX]] [-e SCRIPT]... [-f FILE] [SCRIPT] [FILE]...", "Edit the lines of FILEs by SCRIPT.",
			"Commands: s/RE/TEXT/[gpiN] y/ABC/XYZ/ p P d D n N g G h H x q Q = l z a TEXT i TEXT c TEXT",
			"          r FILE w FILE : LABEL b LABEL t LABEL T LABEL { … }", "Addresses: N $ /RE/ N,M N,+M N~M and ! behind them")},
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
		case i > 0 && strings.HasPrefix(word, "--expression="):
			scripts = append(scripts, strings.TrimPrefix(word, "--expression="))
		case i > 0 && strings.HasPrefix(word, "-i"):
			inPlace, suffix = true, word[2:]
		default:
			args = append(args, word)
		}
	}
	p.Args = args
	o := p.options(1, "nErsf:uz", "quiet=n", "silent=n", "regexp-extended=E", "in-place=i", "separate=s", "null-data=z")
	if file, ok := o.values['f']; ok {
		data, err := p.ReadFile(file)
		if err != nil {
			return p.Complain("couldn't open file %s: %s", voice.OneLine(file), shell.Reason(err))
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
	steps, err := parser.steps()
	var lacks *unsupported
	if errors.As(err, &lacks) {
		p.Note(voice.ShellUnsupported, "what", lacks.what)
	}
	var lost *noLabel
	if errors.As(err, &lost) {
		return 3 + p.Complain("%s", err)
	}
	if err != nil {
		return p.Complain("%s", err)
	}
	if inPlace {
		return each(o.args, func(name string) bool { return p.sedInPlace(steps, o, name, suffix) })
	}
	return p.sedStream(steps, o)
}

// newSedRun makes a run of a script with the files that it writes to empty.
func (p *Process) newSedRun(steps []*sedStep, o options, lines *lookahead, out func(string)) *sedRun {
	r := &sedRun{p: p, steps: steps, quiet: o.has('n'), mark: "\n", out: out, next: lines.next, isLast: lines.isLast}
	if o.has('z') {
		r.mark = "\x00"
	}
	for _, step := range steps {
		if step.verb == 'w' {
			step.file = step.text
		}
		if step.file != "" {
			r.keep(step.file, "")
		}
	}
	return r
}

// sedStream edits all inputs as one, or with -s each with a first and a last line of its own.
func (p *Process) sedStream(steps []*sedStep, o options) int {
	streams := [][]string{o.args}
	switch {
	case len(o.args) == 0:
		streams = [][]string{{"-"}}
	case o.has('s'):
		streams = slices.Collect(slices.Chunk(o.args, 1))
	}
	status := 0
	var run *sedRun
	for _, names := range streams {
		lines := &lookahead{read: p.linesOf(names, o, &status)}
		if run == nil {
			run = p.newSedRun(steps, o, lines, p.Print)
		}
		run.next, run.isLast, run.n = lines.next, lines.isLast, 0
		if run.run(); run.quit {
			break
		}
	}
	return max(status, run.status)
}

// linesOf reads the lines of files one behind the other; the status is 2 where one cannot be read.
func (p *Process) linesOf(names []string, o options, status *int) func() (string, bool) {
	var source *bufferedLines
	open := func() bool {
		for len(names) > 0 {
			name := names[0]
			names = names[1:]
			r, err := p.Open(name)
			if err == nil {
				source = newLines(r, o.has('z'))
				return true
			}
			p.Complain("can't read %s: %s", voice.OneLine(name), shell.Reason(err))
			*status = 2
		}
		return false
	}
	return func() (string, bool) {
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
}

// sedInPlace edits one file and writes it back.
func (p *Process) sedInPlace(steps []*sedStep, o options, name, suffix string) bool {
	data, err := p.ReadFile(name)
	if err != nil {
		p.Complain("can't read %s: %s", voice.OneLine(name), shell.Reason(err))
		return false
	}
	var b strings.Builder
	lines := &lookahead{read: newLines(strings.NewReader(string(data)), o.has('z')).next}
	run := p.newSedRun(steps, o, lines, func(s string) { b.WriteString(s) })
	run.run()
	if suffix != "" {
		err = p.WriteFile(name+suffix, data)
	}
	if err == nil {
		err = p.WriteFile(name, []byte(b.String()))
	}
	if err != nil {
		p.Complain("couldn't write %s: %s", voice.OneLine(name), shell.Reason(err))
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
	end  byte
	rest []byte
	done bool
}

// newLines reads lines, or what ends with NUL bytes.
func newLines(r io.Reader, zero bool) *bufferedLines {
	if zero {
		return &bufferedLines{r: r}
	}
	return &bufferedLines{r: r, end: '\n'}
}

func (b *bufferedLines) next() (string, bool) {
	for {
		if i := bytes.IndexByte(b.rest, b.end); i >= 0 {
			line := string(b.rest[:i+1])
			b.rest = b.rest[i+1:]
			return line, true
		}
		if !b.more() {
			line := string(b.rest)
			b.rest = nil
			return line, line != ""
		}
	}
}

// more reads on and is false at the end.
func (b *bufferedLines) more() bool {
	if b.done || len(b.rest) > shell.MaxFile {
		return false
	}
	block := make([]byte, 4096)
	n, err := b.r.Read(block)
	b.rest = append(b.rest, block[:n]...)
	b.done = err != nil
	return true
}

// paragraph reads lines up to empty ones, which are left out.
func (b *bufferedLines) paragraph() (string, bool) {
	for {
		if b.rest = bytes.TrimLeft(b.rest, "\n"); len(b.rest) > 0 || !b.more() {
			break
		}
	}
	for {
		if i := bytes.Index(b.rest, []byte("\n\n")); i >= 0 {
			text := string(b.rest[:i])
			b.rest = b.rest[i:]
			return text, true
		}
		if !b.more() {
			text := strings.TrimSuffix(string(b.rest), "\n")
			b.rest = nil
			return text, text != ""
		}
	}
}

// upTo reads up to what an expression matches; it reads all to find the longest match.
func (b *bufferedLines) upTo(re *regexp.Regexp) (string, bool) {
	for b.more() {
	}
	if m := re.FindIndex(b.rest); m != nil && m[1] > m[0] {
		text := string(b.rest[:m[0]])
		b.rest = b.rest[m[1]:]
		return text, true
	}
	text := strings.TrimSuffix(string(b.rest), "\n")
	b.rest = nil
	return text, text != ""
}

package unix

import (
	"io"
	"path"
	"regexp"
	"slices"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// grepPrograms find lines.
var grepPrograms = []Program{
	{Name: "grep", Means: "shows the lines that match", Run: runGrep,
		Help: usage("grep [OPTION]... PATTERN [FILE]...", "Print the lines of FILEs that match PATTERN.", "-E  extended expressions",
			"-F  PATTERN is plain text", "-i  letters without case", "-v  lines that do not match", "-c  only their number", "-n  with line numbers",
			"-o  only the part that matches", "-q  nothing, only the exit status", "-l  -L  names of files with, without a match",
			"-w  -x  whole words, whole lines", "-m N  at most N lines", "-A -B -C N  with lines around", "-r  in directories", "-h -H  without, with file names",
			"-e PATTERN  several patterns", "-s  no messages about files")},
	{Name: "egrep", Run: runGrep, Help: usage("egrep ...", "grep -E.")},
	{Name: "fgrep", Run: runGrep, Help: usage("fgrep ...", "grep -F.")},
}

// grepper is one call of grep.
type grepper struct {
	here          string // what names do not show where the working directory was not named
	p             *Process
	o             options
	re            expression
	names         bool
	found         bool
	before, after int
	most          int
	separate      bool
}

// Options without a letter.
const (
	including    = '('
	excluding    = ')'
	excludingDir = '|'
)

// aroundBy is a number of lines around, alone or behind letters without a value: -2, -n2.
var aroundBy = shell.Pattern(`^-([EFGPivycnoqlLwxhHsrRabzU]*)(\d+)$`)

func runGrep(p *Process) int {
	var patterns []string
	var args []string
	for i := 0; i < len(p.Args); i++ {
		word := p.Args[i]
		switch {
		case i > 0 && word == "-e" && i+1 < len(p.Args):
			i++
			patterns = append(patterns, p.Args[i])
		case i > 0 && aroundBy().MatchString(word):
			m := aroundBy().FindStringSubmatch(word)
			if m[1] != "" {
				args = append(args, "-"+m[1])
			}
			args = append(args, "-C", m[2])
		default:
			args = append(args, word)
		}
	}
	p.Args = args
	o := p.options(2, "EFGPivycnoqlLwxhHsrRm:A:B:C:e:f:abzU(:):|:",
		"include="+string(including), "exclude="+string(excluding), "exclude-dir="+string(excludingDir), "extended-regexp=E", "fixed-strings=F", "ignore-case=i", "invert-match=v", "count=c",
		"line-number=n", "only-matching=o", "quiet=q", "silent=q", "files-with-matches=l", "files-without-match=L", "word-regexp=w",
		"line-regexp=x", "no-filename=h", "with-filename=H", "no-messages=s", "recursive=r", "max-count=m", "regexp=e", "color=z",
		"after-context=A", "before-context=B", "context=C", "text=a")
	if pattern, ok := o.values['e']; ok {
		patterns = append(patterns, pattern)
	}
	if file, ok := o.values['f']; ok {
		data, err := p.ReadFile(file)
		if err != nil {
			return 1 + p.Complain("%s: %s", voice.OneLine(file), shell.Reason(err))
		}
		patterns = append(patterns, strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")...)
	}
	if patterns == nil {
		if len(o.args) == 0 {
			p.Errorf("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n")
			return 2
		}
		patterns, o.args = strings.Split(o.args[0], "\n"), o.args[1:]
	}
	o.given['i'] = o.has('i') || o.has('y')
	o.given['E'] = o.has('E') || o.has('P') || path.Base(p.Args[0]) == "egrep"
	o.given['F'] = o.has('F') || path.Base(p.Args[0]) == "fgrep"
	re, err := grepPattern(o, patterns)
	if err != nil {
		return 1 + p.Complain("%s", err)
	}
	around := p.count(o, 'C', 0)
	g := &grepper{p: p, o: o, re: re, before: p.count(o, 'B', around), after: p.count(o, 'A', around), most: p.count(o, 'm', shell.MaxFile)}
	return g.run()
}

// grepPattern joins the patterns to one expression.
func grepPattern(o options, patterns []string) (expression, error) {
	var all []string
	refers := false
	for _, pattern := range patterns {
		text := regexp.QuoteMeta(pattern)
		switch {
		case o.has('F'):
		case o.has('P'):
			text = perl(pattern)
		default:
			var err error
			var back bool
			if text, back, err = translate(pattern, o.has('E')); err != nil {
				return nil, err
			}
			refers = refers || back
		}
		all = append(all, text)
	}
	text := "(?:" + strings.Join(all, "|") + ")"
	switch {
	case o.has('x'):
		text = "^(?:" + text + ")$"
	case o.has('w'):
		text = `(?:\b|^)` + text + `(?:\b|$)`
	}
	if o.has('i') {
		text = "(?i)" + text
	}
	if !o.has('P') {
		return compiled(text, refers)
	}
	re, err := regexp.Compile(text)
	if err != nil {
		return nil, badPattern(err)
	}
	return re, nil
}

// shownGroup is the group of what `grep -oP` shows.
const shownGroup = "shown"

// perl turns a pattern of -P into one of Go, which has the most of it: what stands before \K or in
// (?<=…) at the beginning, and in (?=…) at the end, must be there and is not shown.
func perl(pattern string) string {
	before, shown, found := strings.Cut(pattern, `\K`)
	if !found {
		before, shown = "", pattern
	}
	if inner, rest, ok := looked(shown, "(?<="); ok && !found {
		before, shown = inner, rest
	}
	after := ""
	if i := strings.LastIndex(shown, "(?="); i >= 0 {
		if inner, rest, ok := looked(shown[i:], "(?="); ok && rest == "" {
			shown, after = shown[:i], inner
		}
	}
	if before == "" && after == "" {
		return pattern
	}
	return "(?:" + before + ")(?P<" + shownGroup + ">" + shown + ")(?:" + after + ")"
}

// looked takes a group apart that begins a pattern: what is in it, and what follows.
func looked(pattern, opens string) (inner, rest string, ok bool) {
	text, ok := strings.CutPrefix(pattern, opens)
	for i, depth := 0, 1; ok && i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return text[:i], text[i+1:], true
			}
		}
	}
	return "", "", false
}

func (g *grepper) run() int {
	files := g.o.args
	recursive := g.o.has('r') || g.o.has('R')
	if recursive && len(files) == 0 {
		files, g.here = []string{"."}, "./"
	}
	g.names = (len(files) > 1 || recursive) && !g.o.has('h') || g.o.has('H')
	if len(files) == 0 {
		files = []string{"-"}
	}
	faults := false
	for _, name := range files {
		if !g.file(name, recursive) {
			faults = true
		}
		if g.found && g.o.has('q') {
			return 0
		}
	}
	switch {
	case faults:
		return 2
	case g.found:
		return 0
	}
	return 1
}

// wanted reports whether --include, --exclude and --exclude-dir leave a file in a directory.
func (g *grepper) wanted(row *shell.File) bool {
	matches := func(letter byte) bool {
		return slices.ContainsFunc(g.o.every[letter], func(glob string) bool {
			ok, _ := path.Match(glob, row.Name())
			return ok
		})
	}
	if row.IsDir() {
		return !matches(excludingDir)
	}
	return !matches(excluding) && (g.o.every[including] == nil || matches(including))
}

// file searches a file, or all in a directory; it is false when that cannot be read.
func (g *grepper) file(name string, recursive bool) bool {
	row, err := g.p.Stat(name)
	if name != "-" && err == nil && row.IsDir() {
		if !recursive {
			g.p.Complain("%s: Is a directory", voice.OneLine(name))
			return true
		}
		rows, _ := g.p.List(name)
		for _, inner := range rows {
			if !inner.IsLink() && g.wanted(inner) {
				g.file(strings.TrimPrefix(strings.TrimSuffix(name, "/")+"/"+inner.Name(), g.here), true)
			}
		}
		return true
	}
	r, err := g.p.Open(name)
	if err != nil {
		if !g.o.has('s') {
			g.p.Complain("%s: %s", voice.OneLine(name), shell.Reason(err))
		}
		return false
	}
	if name == "-" {
		name = "(standard input)"
	}
	g.search(name, r)
	return true
}

// search goes through the lines of one input.
func (g *grepper) search(name string, r io.Reader) {
	n, hits, trailing, shown := 0, 0, 0, -1
	binary := false
	var held []string
	g.p.eachLine(r, func(line string, _ bool) {
		n++
		binary = binary || strings.IndexByte(line, 0) >= 0 && !g.o.has('a')
		match := g.re.MatchString(line) != g.o.has('v')
		switch {
		case match && hits < g.most:
			hits++
			g.found = true
			if g.o.has('q') {
				g.p.Exit(0)
			}
			if g.silent() || binary {
				return
			}
			if g.separate && (g.before > 0 || g.after > 0) && shown+1 < n-len(held) {
				g.p.Print("--\n")
			}
			for i, before := range held {
				g.line(name, n-len(held)+i, before, "-")
			}
			held = held[:0]
			g.show(name, n, line)
			trailing, shown = g.after, n
			g.separate = true
		case trailing > 0:
			trailing, shown = trailing-1, n
			g.line(name, n, line, "-")
		case g.before > 0:
			held = append(held, line)
			if len(held) > g.before {
				held = slices.Delete(held, 0, 1)
			}
		}
	})
	g.total(name, hits, binary)
}

func (g *grepper) silent() bool { return g.o.has('c') || g.o.has('l') || g.o.has('L') }

// total prints what is said once per file.
func (g *grepper) total(name string, hits int, binary bool) {
	switch {
	case g.o.has('l') && hits > 0, g.o.has('L') && hits == 0:
		g.p.Print(name + "\n")
	case g.o.has('c'):
		if g.names {
			g.p.Print(name + ":")
		}
		g.p.Printf("%d\n", hits)
	case binary && hits > 0 && !g.silent():
		g.p.Printf("grep: %s: binary file matches\n", name)
	}
}

func (g *grepper) show(name string, n int, line string) {
	if !g.o.has('o') {
		g.line(name, n, line, ":")
		return
	}
	if g.o.has('v') {
		return
	}
	group := 0
	if re, ok := g.re.(*regexp.Regexp); ok {
		group = 2 * max(re.SubexpIndex(shownGroup), 0)
	}
	for _, m := range g.re.FindAllStringSubmatchIndex(line, -1) {
		if m[group+1] > m[group] {
			g.line(name, n, line[m[group]:m[group+1]], ":")
		}
	}
}

func (g *grepper) line(name string, n int, line, sep string) {
	if g.names {
		g.p.Print(name + sep)
	}
	if g.o.has('n') {
		g.p.Printf("%d%s", n, sep)
	}
	g.p.Print(line + "\n")
}

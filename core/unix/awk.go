package unix

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"hsmplay/core/voice"
)

// awkPrograms work on fields.
var awkPrograms = []Program{
	{Name: "awk", Means: "picks and computes with the fields of lines", Run: runAwk,
		Help: usage("awk [-F SEP] [-v NAME=VALUE]... 'PROGRAM' [FILE]...", "Carry out PROGRAM for the lines of FILEs.",
			"Patterns: BEGIN END /RE/ EXPRESSION; actions with print, printf, if, while, do, for, next, exit, delete",
			"Functions: length substr index split sub gsub match tolower toupper sprintf int sqrt",
			"Without functions of one's own, getline, and output to files or commands")},
}

// awk is a program at work.
type awk struct {
	p      *Process
	vars   map[string]awkValue
	arrays map[string]map[string]awkValue
	order  map[string][]string // the keys of an array as they came
	record string
	fields []string
	split  bool // fields are those of record
	res    map[string]*regexp.Regexp
	end    awkEnd
	status int

	in      awkSource
	missing int                       // the status when a file could not be read
	files   map[string]*bufferedLines // that getline reads
	sinks   []*awkSink                // that print writes to, as they came
}

// awkEnd says how a statement has ended.
type awkEnd int

const (
	awkOn awkEnd = iota
	awkBreak
	awkContinue
	awkNext
	awkExit
)

// fail ends the program with a message.
func (a *awk) fail(format string, args ...any) {
	a.p.Complain("fatal: "+format, args...)
	a.p.Exit(2)
}

func runAwk(p *Process) int {
	a := &awk{p: p, vars: map[string]awkValue{"FS": awkS(" "), "OFS": awkS(" "), "ORS": awkS("\n"), "RS": awkS("\n"), "SUBSEP": awkS("\x1c"),
		"OFMT": awkS("%.6g"), "CONVFMT": awkS("%.6g")}, arrays: map[string]map[string]awkValue{}, order: map[string][]string{},
		res: map[string]*regexp.Regexp{}, files: map[string]*bufferedLines{}}
	for _, v := range p.Environ() {
		a.setElement("ENVIRON", v.Name, awkIn(v.Str))
	}
	args := a.awkOptions(p.Args[1:])
	if len(args) == 0 {
		p.Errorf("usage: awk [-F fs][-v var=value][prog | -f progfile][file ...]\n")
		return 1
	}
	program, err := parseAwk(args[0])
	var lacks *unsupported
	if errors.As(err, &lacks) {
		p.Note(voice.ShellUnsupported, "what", "awk with "+lacks.what)
	}
	if err != nil {
		return 1 + p.Complain("%s", voice.OneLine(err.Error()))
	}
	return a.run(program, args[1:])
}

// awkOptions reads -F, -v and -f and returns the program and its files.
func (a *awk) awkOptions(args []string) []string {
	for len(args) > 0 && len(args[0]) > 1 && args[0][0] == '-' {
		letter, value := args[0][1], args[0][2:]
		if args[0] == "--" {
			return args[1:]
		}
		if value == "" && len(args) > 1 {
			value, args = args[1], args[1:]
		}
		args = args[1:]
		switch letter {
		case 'F':
			if value == "t" {
				value = "\t"
			}
			text, _ := unescape(value, false)
			a.vars["FS"] = awkS(text)
		case 'v':
			a.assign(value)
		case 'f':
			data, err := a.p.ReadFile(value)
			if err != nil {
				a.p.Complain("can't open file %s", voice.OneLine(value))
				a.p.Exit(2)
			}
			args = append([]string{string(data)}, args...)
			return args
		default:
			a.p.misused(2, "invalid option -- "+quoted(string(rune(letter))))
		}
	}
	return args
}

// assign carries out NAME=VALUE of the command line.
func (a *awk) assign(text string) bool {
	name, value, ok := strings.Cut(text, "=")
	if !ok || !awkName.MatchString(name) {
		return false
	}
	value, _ = unescape(value, false)
	a.set(name, awkIn(value))
	return true
}

var awkName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// run carries out BEGIN, the records, and END.
func (a *awk) run(program *awkProgram, files []string) int {
	a.all(program.begin)
	status := 0
	if a.end != awkExit && len(program.rules)+len(program.finish) > 0 {
		status = a.records(program, files)
	}
	if a.end != awkExit || len(program.begin) == 0 {
		a.end = awkOn
		a.all(program.finish)
	}
	for len(a.sinks) > 0 {
		a.close(a.sinks[0].name)
	}
	if a.status != 0 {
		return a.status
	}
	return status
}

func (a *awk) all(blocks []awkStmt) {
	for _, block := range blocks {
		if a.end != awkExit {
			block(a)
		}
	}
}

func (a *awk) records(program *awkProgram, files []string) int {
	var names []string
	for _, name := range files {
		if !a.assign(name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		names = []string{"-"}
	}
	a.in.names = names
	for a.end != awkExit {
		line, ok := a.pull()
		if !ok {
			break
		}
		a.load(line)
		a.rules(program)
		a.p.Yield()
	}
	return a.missing
}

// rules carries out the rules for one record.
func (a *awk) rules(program *awkProgram) {
	a.end = awkOn
	for _, rule := range program.rules {
		if !rule.chosen(a) {
			continue
		}
		if rule.do == nil {
			a.p.Print(a.record + a.get("ORS").text)
		} else {
			rule.do(a)
		}
		if a.end != awkOn {
			return
		}
	}
}

// awkProgram is a parsed program.
type awkProgram struct {
	begin, finish []awkStmt
	rules         []*awkRule
}

// awkRule is a pattern, or a range of two, with its action; a nil one prints.
type awkRule struct {
	from, to *awkExpr
	do       awkStmt
	inside   bool
}

func (r *awkRule) chosen(a *awk) bool {
	switch {
	case r.from == nil:
		return true
	case r.to == nil:
		return r.from.eval(a).truth()
	case !r.inside:
		r.inside = r.from.eval(a).truth()
		if !r.inside {
			return false
		}
	}
	r.inside = !r.to.eval(a).truth()
	return true
}

// awkStmt carries out a statement.
type awkStmt func(*awk)

// awkExpr is an expression; assign is nil for one that cannot be assigned to.
type awkExpr struct {
	eval   func(*awk) awkValue
	assign func(*awk, awkValue)
	regex  string // of a bare /…/
	isRE   bool
	group  []*awkExpr // of (a, b)
}

// awkFault is a program that cannot be read.
func awkFault(format string, args ...any) error { return fmt.Errorf("syntax error: "+format, args...) }

package unix

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// awkPrograms work on fields.
var awkPrograms = []Program{
	{Name: "awk", Means: "picks and computes with the fields of lines", Run: runAwk,
		Help: usage("awk [-F SEP] [-v NAME=VALUE]... 'PROGRAM' [FILE]...", "Carry out PROGRAM for the lines of FILEs.",
			"-F SEP  what separates fields", "-v NAME=VALUE  set a variable", "-f FILE  read PROGRAM from FILE",
			"Patterns: BEGIN END /RE/ EXPRESSION EXPRESSION,EXPRESSION",
			"Actions: print printf if while do for in break continue next exit delete function return getline",
			"print > FILE, >> FILE, | COMMAND; getline < FILE; COMMAND | getline",
			"Functions: length substr index split sub gsub match tolower toupper sprintf close system int sqrt exp log sin cos atan2 rand srand",
			"Variables: NR FNR NF FS OFS RS ORS FILENAME ARGC ARGV ENVIRON SUBSEP RSTART RLENGTH CONVFMT OFMT")},
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

	functions map[string]*awkFunc
	frame     *awkFrame // of the function that is called
	result    awkValue  // of the one that has returned
	fresh     []string  // arrays of calls that are open
	made      int
	chance    *rand.Rand
	seeded    float64

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
	awkReturn
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
	if !ok || !awkName().MatchString(name) {
		return false
	}
	value, _ = unescape(value, false)
	a.set(name, awkIn(value))
	return true
}

var awkName = shell.Pattern(`^[A-Za-z_][A-Za-z0-9_]*$`)

// run carries out BEGIN, the records, and END.
func (a *awk) run(program *awkProgram, files []string) int {
	a.functions = program.functions
	a.arguments(files)
	a.all(program.begin)
	if a.end != awkExit && len(program.rules)+len(program.finish) > 0 {
		a.records(program)
	}
	a.end = awkOn
	a.all(program.finish)
	status := a.missing
	a.flush()
	if a.status != 0 {
		return a.status
	}
	return status
}

// flush sends what was printed to files and commands there.
func (a *awk) flush() {
	for len(a.sinks) > 0 {
		a.close(a.sinks[0].name)
	}
}

func (a *awk) all(blocks []awkStmt) {
	for _, block := range blocks {
		if a.end != awkExit {
			block(a)
		}
	}
}

// arguments sets ARGV; records come from there.
func (a *awk) arguments(files []string) {
	for i, word := range append([]string{"awk"}, files...) {
		a.setElement("ARGV", fmt.Sprint(i), awkIn(word))
	}
	a.vars["ARGC"] = awkN(float64(len(files) + 1))
	a.in.next = 1
}

func (a *awk) records(program *awkProgram) {
	for a.end != awkExit {
		line, ok := a.pull()
		if !ok {
			break
		}
		a.load(line)
		a.rules(program)
		a.p.Yield()
	}
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
	functions     map[string]*awkFunc
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
	regex  string            // of a bare /…/
	array  func(*awk) string // the name that a bare variable has as an array
	isRE   bool
	group  []*awkExpr // of (a, b)
}

// awkFault is a program that cannot be read.
func awkFault(format string, args ...any) error { return fmt.Errorf("syntax error: "+format, args...) }

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

// awkValue is a number, a text, or a text that looks like a number when it comes from outside.
type awkValue struct {
	text   string
	number float64
	kind   awkKind
}

type awkKind int

const (
	awkUnset awkKind = iota
	awkNumber
	awkText
	awkInput // from outside: a number if it looks like one
)

func awkN(n float64) awkValue { return awkValue{number: n, kind: awkNumber} }
func awkS(s string) awkValue  { return awkValue{text: s, kind: awkText} }
func awkIn(s string) awkValue { return awkValue{text: s, kind: awkInput} }

func awkBool(b bool) awkValue {
	if b {
		return awkN(1)
	}
	return awkN(0)
}

// num is the value as a number: the one at the beginning of a text.
func (v awkValue) num() float64 {
	if v.kind == awkNumber {
		return v.number
	}
	text := strings.TrimLeft(v.text, " \t\n")
	for end := numberEnd(text); end > 0; end-- {
		if n, err := strconv.ParseFloat(text[:end], 64); err == nil {
			return n
		}
	}
	return 0
}

// numberEnd is where a number at the beginning of a text may end at most.
func numberEnd(text string) int {
	end := 0
	for end < len(text) && end < 40 && (digit(text[end]) < 10 || strings.IndexByte("+-.eE", text[end]) >= 0) {
		end++
	}
	return end
}

// str is the value as a text; numbers in the given format, whole ones without a point.
func (v awkValue) str(format string) string {
	if v.kind != awkNumber {
		return v.text
	}
	if v.number == float64(int64(v.number)) {
		return strconv.FormatInt(int64(v.number), 10)
	}
	text, _ := formatAll(format, []string{strconv.FormatFloat(v.number, 'g', -1, 64)}, 1<<10)
	return text
}

// numeric reports whether the value is compared as a number.
func (v awkValue) numeric() bool {
	switch v.kind {
	case awkNumber, awkUnset:
		return true
	case awkInput:
		text := strings.TrimSpace(v.text)
		_, err := strconv.ParseFloat(text, 64)
		return err == nil && numberEnd(text) == len(text)
	}
	return false
}

func (v awkValue) truth() bool {
	if v.numeric() {
		return v.num() != 0
	}
	return v.text != ""
}

func (a *awk) text(v awkValue) string { return v.str(a.format("CONVFMT")) }

func (a *awk) format(name string) string {
	if v, ok := a.vars[name]; ok {
		return v.text
	}
	return "%.6g"
}

// compare orders two values: as numbers when both are, else as texts.
func (a *awk) compare(x, y awkValue) int {
	if x.numeric() && y.numeric() {
		switch m, n := x.num(), y.num(); {
		case m < n:
			return -1
		case m > n:
			return 1
		}
		return 0
	}
	return strings.Compare(a.text(x), a.text(y))
}

// re compiles an expression once.
func (a *awk) re(text string) *regexp.Regexp {
	if re := a.res[text]; re != nil {
		return re
	}
	re, err := posix(text, true, false)
	if err != nil {
		a.fail("%v: %s", err, text)
	}
	if len(a.res) < 500 {
		a.res[text] = re
	}
	return re
}

// fail ends the program with a message.
func (a *awk) fail(format string, args ...any) {
	a.p.Complain("fatal: "+format, args...)
	a.p.Exit(2)
}

// load takes a new record in.
func (a *awk) load(record string) { a.record, a.split = record, false }

// ensure cuts the record into fields.
func (a *awk) ensure() {
	if !a.split {
		a.fields, a.split = a.cut(a.record, a.get("FS").text), true
		a.vars["NF"] = awkN(float64(len(a.fields)))
	}
}

// cut splits a text: " " is blanks, one character stands for itself, more are an expression.
func (a *awk) cut(text, sep string) []string {
	switch {
	case text == "":
		return nil
	case sep == " ":
		return strings.Fields(text)
	case len(sep) == 1 && sep != `\`:
		return strings.Split(text, sep)
	case sep == "":
		return strings.Split(text, "")
	}
	return a.re(sep).Split(text, -1)
}

func (a *awk) get(name string) awkValue {
	if name == "NF" {
		a.ensure()
	}
	return a.vars[name]
}

func (a *awk) set(name string, v awkValue) {
	a.room(len(v.text))
	if name == "NF" {
		a.ensure()
		a.resize(int(v.num()))
		a.rebuild()
	}
	a.vars[name] = v
}

// room ends the line when a text grows too long.
func (a *awk) room(n int) { a.p.check(a.p.budget.room(int64(n))) }

func (a *awk) resize(n int) {
	if n < 0 || n > 100_000 {
		a.fail("NF set to %d", n)
	}
	for len(a.fields) < n {
		a.fields = append(a.fields, "")
	}
	a.fields = a.fields[:n]
}

// rebuild makes the record of the fields again.
func (a *awk) rebuild() {
	a.record = strings.Join(a.fields, a.get("OFS").text)
	a.vars["NF"] = awkN(float64(len(a.fields)))
}

// field is $n.
func (a *awk) field(n int) awkValue {
	if n == 0 {
		return awkIn(a.record)
	}
	a.ensure()
	if n < 0 {
		a.fail("attempt to access field %d", n)
	}
	if n > len(a.fields) {
		return awkValue{}
	}
	return awkIn(a.fields[n-1])
}

func (a *awk) setField(n int, v awkValue) {
	if n == 0 {
		a.load(a.text(v))
		return
	}
	a.ensure()
	if n < 0 {
		a.fail("attempt to access field %d", n)
	}
	a.resize(max(n, len(a.fields)))
	a.fields[n-1] = a.text(v)
	a.rebuild()
}

// element is an element of an array; reading makes it.
func (a *awk) element(name, key string) awkValue {
	v, ok := a.arrays[name][key]
	if !ok {
		a.setElement(name, key, v)
	}
	return v
}

func (a *awk) setElement(name, key string, v awkValue) {
	if a.arrays[name] == nil {
		a.arrays[name] = map[string]awkValue{}
	}
	if _, ok := a.arrays[name][key]; !ok {
		a.order[name] = append(a.order[name], key)
	}
	a.arrays[name][key] = v
}

// keys are the keys of an array in the order in which they came.
func (a *awk) keys(name string) []string {
	var keys []string
	for _, key := range a.order[name] {
		if _, ok := a.arrays[name][key]; ok {
			keys = append(keys, key)
		}
	}
	a.order[name] = keys
	return append([]string{}, keys...)
}

func runAwk(p *Process) int {
	a := &awk{p: p, vars: map[string]awkValue{"FS": awkS(" "), "OFS": awkS(" "), "ORS": awkS("\n"), "RS": awkS("\n"), "SUBSEP": awkS("\x1c"),
		"OFMT": awkS("%.6g"), "CONVFMT": awkS("%.6g")}, arrays: map[string]map[string]awkValue{}, order: map[string][]string{},
		res: map[string]*regexp.Regexp{}}
	args := a.awkOptions(p.Args[1:])
	if len(args) == 0 {
		p.Errorf("usage: awk [-F fs][-v var=value][prog | -f progfile][file ...]\n")
		return 1
	}
	program, err := parseAwk(args[0])
	var lacks *unsupported
	if errors.As(err, &lacks) {
		p.Note(voice.ShellUnsupported, "what", lacks.what)
	}
	if err != nil {
		return 1 + p.Complain("%s", oneLine(err.Error()))
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
				a.p.Complain("can't open file %s", oneLine(value))
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
	return a.p.eachInput(names, func(name string, r io.Reader) {
		a.vars["FILENAME"] = awkIn(name)
		a.vars["FNR"] = awkN(0)
		a.p.eachLine(r, func(line string, _ bool) {
			if a.end == awkExit {
				return
			}
			a.load(line)
			a.vars["NR"] = awkN(a.vars["NR"].number + 1)
			a.vars["FNR"] = awkN(a.vars["FNR"].number + 1)
			a.rules(program)
			a.p.Yield()
		})
	})
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

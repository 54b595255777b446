package unix

import (
	"math"
	"strings"
)

// parseAwk reads a program.
func parseAwk(text string) (*awkProgram, error) {
	l := &awkLexer{text: text}
	l.next()
	program := &awkProgram{functions: map[string]*awkFunc{}}
	for l.lines(); l.tok.kind != 0 && l.err == nil; l.lines() {
		switch {
		case l.isWord("BEGIN"), l.isWord("END"):
			list := &program.begin
			if l.tok.text == "END" {
				list = &program.finish
			}
			l.next()
			*list = append(*list, l.block())
		case l.isWord("function") || l.isWord("func"):
			l.functionDef(program)
		default:
			program.rules = append(program.rules, l.rule())
		}
	}
	l.undefined(program)
	return program, l.err
}

func (l *awkLexer) rule() *awkRule {
	r := &awkRule{}
	if !l.is("{") {
		r.from = l.expr(false)
		if l.accept(",") {
			l.newlines()
			r.to = l.expr(false)
		}
		if !l.is("{") {
			if l.tok.kind != ';' && l.tok.kind != 0 {
				l.fail("unexpected %q", l.tok.text)
			}
			return r
		}
	}
	r.do = l.block()
	return r
}

// block reads { … }.
func (l *awkLexer) block() awkStmt {
	defer l.enter()()
	l.want("{")
	var list []awkStmt
	for l.lines(); !l.is("}") && l.err == nil; l.lines() {
		if l.tok.kind == 0 {
			l.fail("missing } near end of file")
			return nil
		}
		list = append(list, l.stmt())
	}
	l.next()
	return func(a *awk) {
		for _, s := range list {
			if s(a); a.end != awkOn {
				return
			}
		}
	}
}

// body reads the statement of a loop or condition.
func (l *awkLexer) body() awkStmt {
	l.newlines()
	if l.tok.kind == ';' {
		l.next()
		return func(*awk) {}
	}
	return l.stmt()
}

// ending goes past the end of a simple statement.
func (l *awkLexer) ending() {
	switch {
	case l.tok.kind == ';':
		l.next()
	case l.is("}") || l.tok.kind == 0:
	default:
		l.fail("unexpected %q", l.tok.text)
	}
}

// awkStatements are the statements that begin with a word.
var awkStatements map[string]func(*awkLexer) awkStmt

func init() {
	awkStatements = map[string]func(*awkLexer) awkStmt{
		"if": (*awkLexer).ifStmt, "while": (*awkLexer).whileStmt, "do": (*awkLexer).doStmt, "for": (*awkLexer).forStmt,
		"print": (*awkLexer).printStmt, "printf": (*awkLexer).printfStmt, "delete": (*awkLexer).deleteStmt, "exit": (*awkLexer).exitStmt,
		"break": jump(awkBreak), "continue": jump(awkContinue), "next": jump(awkNext),
		"return": (*awkLexer).returnStmt,
	}
}

func jump(end awkEnd) func(*awkLexer) awkStmt {
	return func(l *awkLexer) awkStmt {
		l.ending()
		return func(a *awk) { a.end = end }
	}
}

func (l *awkLexer) stmt() awkStmt {
	defer l.enter()()
	if l.is("{") {
		return l.block()
	}
	if l.tok.kind == 'w' {
		if read, ok := awkStatements[l.tok.text]; ok {
			l.next()
			return read(l)
		}
	}
	e := l.expr(false)
	l.ending()
	return func(a *awk) { e.eval(a) }
}

func (l *awkLexer) ifStmt() awkStmt {
	l.want("(")
	cond := l.expr(false)
	l.want(")")
	then := l.body()
	at, tok := l.at, l.tok
	l.lines()
	if !l.isWord("else") {
		l.at, l.tok = at, tok
		return func(a *awk) {
			if cond.eval(a).truth() {
				then(a)
			}
		}
	}
	l.next()
	other := l.body()
	return func(a *awk) {
		if cond.eval(a).truth() {
			then(a)
		} else {
			other(a)
		}
	}
}

func (l *awkLexer) simple() awkStmt {
	e := l.expr(false)
	return func(a *awk) { e.eval(a) }
}

// arguments reads what print and printf write, in parentheses or not, and where to.
func (l *awkLexer) arguments() (list []*awkExpr, write func(*awk, string)) {
	if l.tok.kind != ';' && !l.is("}") && l.tok.kind != 0 && !l.is(">") && !l.is(">>") && !l.is("|") {
		list = append(list, l.expr(true))
		for l.accept(",") {
			l.newlines()
			list = append(list, l.expr(true))
		}
	}
	if len(list) == 1 && list[0].group != nil {
		list = list[0].group
	}
	write = l.redirected()
	l.ending()
	return list, write
}

func (l *awkLexer) printStmt() awkStmt {
	list, write := l.arguments()
	return func(a *awk) {
		if list == nil {
			write(a, a.record+a.get("ORS").text)
			return
		}
		var words []string
		for _, e := range list {
			words = append(words, e.eval(a).str(a.format("OFMT")))
		}
		write(a, strings.Join(words, a.get("OFS").text)+a.get("ORS").text)
	}
}

func (l *awkLexer) printfStmt() awkStmt {
	list, write := l.arguments()
	if len(list) == 0 && l.err == nil {
		l.fail("printf: no format")
	}
	return func(a *awk) { write(a, a.sprintf(list)) }
}

func (l *awkLexer) deleteStmt() awkStmt {
	name := l.arrayNamed(l.tok.text)
	l.next()
	if !l.accept("[") {
		l.ending()
		return func(a *awk) { array := name(a); delete(a.arrays, array); delete(a.order, array) }
	}
	key := l.subscript()
	l.ending()
	return func(a *awk) { delete(a.arrays[name(a)], key(a)) }
}

func (l *awkLexer) exitStmt() awkStmt {
	var status *awkExpr
	if l.tok.kind != ';' && !l.is("}") && l.tok.kind != 0 {
		status = l.expr(false)
	}
	l.ending()
	return func(a *awk) {
		if status != nil {
			a.status = int(status.eval(a).num()) & 255
		}
		a.end = awkExit
	}
}

// subscript reads the key of an element and its ]; several are joined.
func (l *awkLexer) subscript() func(*awk) string {
	keys := []*awkExpr{l.expr(false)}
	for l.accept(",") {
		keys = append(keys, l.expr(false))
	}
	l.want("]")
	return func(a *awk) string {
		var words []string
		for _, k := range keys {
			words = append(words, a.text(k.eval(a)))
		}
		return strings.Join(words, a.get("SUBSEP").text)
	}
}

// awkArithmetic computes for the operators and their assignments.
var awkArithmetic = map[string]func(x, y float64) float64{
	"+": func(x, y float64) float64 { return x + y }, "-": func(x, y float64) float64 { return x - y },
	"*": func(x, y float64) float64 { return x * y }, "/": func(x, y float64) float64 { return x / y },
	"%": math.Mod, "^": math.Pow,
}

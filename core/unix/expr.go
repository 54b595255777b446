package unix

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// exprPrograms compute with their arguments.
var exprPrograms = []Program{
	{Name: "expr", Means: "computes with numbers and texts", Run: runExpr,
		Help: usage("expr EXPRESSION", "Print the value of EXPRESSION.", "ARG | ARG, ARG & ARG, < <= = != >= >, + - * / %, TEXT : RE, length TEXT, substr TEXT POS LENGTH, index TEXT CHARS, ( )")},
}

// exprLevels are the operators from those that bind least.
var exprLevels = [][]string{{"|"}, {"&"}, {"<", "<=", "=", "==", "!=", ">=", ">"}, {"+", "-"}, {"*", "/", "%"}, {":"}}

// maxExprDepth bounds nested parentheses.
const maxExprDepth = 50

func runExpr(p *Process) int {
	e := &expr{p: p, args: p.Args[1:]}
	if len(e.args) == 0 {
		p.misused(2, "missing operand")
	}
	value := e.level(0)
	if len(e.args) > 0 {
		e.fail("syntax error: unexpected argument " + quoted(e.args[0]))
	}
	p.Print(value + "\n")
	if value == "" || value == "0" {
		return 1
	}
	return 0
}

// expr is an expression that is still to be read.
type expr struct {
	p     *Process
	args  []string
	depth int
}

func (e *expr) fail(why string) {
	e.p.Complain("%s", why)
	e.p.Exit(2)
}

func (e *expr) word() string {
	if len(e.args) == 0 {
		e.fail("syntax error: missing argument after " + quoted(e.p.Args[len(e.p.Args)-1]))
	}
	word := e.args[0]
	e.args = e.args[1:]
	return word
}

func (e *expr) level(n int) string {
	if n == len(exprLevels) {
		return e.primary()
	}
	value := e.level(n + 1)
	for len(e.args) > 0 && slices.Contains(exprLevels[n], e.args[0]) {
		value = e.apply(e.word(), value, e.level(n+1))
	}
	return value
}

func (e *expr) primary() string {
	word := e.word()
	if len(e.args) == 0 {
		return word
	}
	switch word {
	case "(":
		if e.depth++; e.depth > maxExprDepth {
			e.fail("syntax error: too many parentheses")
		}
		value := e.level(0)
		if e.word() != ")" {
			e.fail("syntax error: expecting ')'")
		}
		return value
	case "length":
		return strconv.Itoa(utf8.RuneCountInString(e.primary()))
	case "match":
		text := e.primary()
		return e.match(text, e.primary())
	case "index":
		text := e.primary()
		return strconv.Itoa(strings.IndexAny(text, e.primary()) + 1)
	case "substr":
		text := e.primary()
		from, err1 := strconv.Atoi(e.primary())
		length, err2 := strconv.Atoi(e.primary())
		if err1 != nil || err2 != nil || from < 1 || length < 1 || from > len(text) {
			return ""
		}
		return text[from-1 : from-1+min(length, len(text)-from+1)]
	}
	return word
}

// match anchors a basic expression at the beginning: its first group, or how much it matched.
func (e *expr) match(text, pattern string) string {
	re, err := posix("^"+strings.TrimPrefix(pattern, "^"), false, false)
	if err != nil {
		e.fail(err.Error())
	}
	m := re.FindAllStringSubmatchIndex(text, 1)
	switch group := strings.Contains(pattern, `\(`); {
	case len(m) == 0 && group:
		return ""
	case len(m) == 0:
		return "0"
	case group && len(m[0]) > 3 && m[0][2] >= 0:
		return text[m[0][2]:m[0][3]]
	}
	return strconv.Itoa(utf8.RuneCountInString(text[m[0][0]:m[0][1]]))
}

func (e *expr) apply(op, x, y string) string {
	empty := func(s string) bool { return s == "" || s == "0" }
	switch op {
	case ":":
		return e.match(x, y)
	case "|":
		if !empty(x) {
			return x
		}
		return y
	case "&":
		if empty(x) || empty(y) {
			return "0"
		}
		return x
	}
	a, err1 := strconv.ParseInt(x, 10, 64)
	b, err2 := strconv.ParseInt(y, 10, 64)
	numbers := err1 == nil && err2 == nil
	if slices.Contains(exprLevels[2], op) {
		order := strings.Compare(x, y)
		if numbers {
			order = cmp.Compare(a, b)
		}
		return exprBool(op, order)
	}
	if !numbers {
		e.fail("non-integer argument")
	}
	if b == 0 && (op == "/" || op == "%") {
		e.fail("division by zero")
	}
	return strconv.FormatInt(map[string]func() int64{
		"+": func() int64 { return a + b }, "-": func() int64 { return a - b }, "*": func() int64 { return a * b },
		"/": func() int64 { return a / b }, "%": func() int64 { return a % b }}[op](), 10)
}

func exprBool(op string, order int) string {
	holds := map[string]bool{"<": order < 0, "<=": order <= 0, "=": order == 0, "==": order == 0, "!=": order != 0,
		">=": order >= 0, ">": order > 0}[op]
	if holds {
		return "1"
	}
	return "0"
}

package unix

import (
	"math"
	"strings"
)

// expr reads an expression; inPrint: a > is a redirection.
func (l *awkLexer) expr(inPrint bool) *awkExpr {
	defer l.enter()()
	left := l.ternary(inPrint)
	if l.tok.kind != 'o' || left.assign == nil {
		return left
	}
	op := strings.TrimSuffix(l.tok.text, "=")
	compute := awkArithmetic[op]
	if l.tok.text != "=" && (compute == nil || op == l.tok.text) {
		return left
	}
	plain := l.tok.text == "="
	l.next()
	l.newlines()
	right := l.expr(inPrint)
	return &awkExpr{eval: func(a *awk) awkValue {
		v := right.eval(a)
		if !plain {
			v = a.compute(op, left.eval(a).num(), v.num())
		}
		left.assign(a, v)
		return v
	}}
}

func (a *awk) compute(op string, x, y float64) awkValue {
	if (op == "/" || op == "%") && y == 0 {
		a.fail("division by zero attempted")
	}
	return awkN(awkArithmetic[op](x, y))
}

func (l *awkLexer) ternary(inPrint bool) *awkExpr {
	cond := l.or(inPrint)
	if !l.accept("?") {
		return cond
	}
	l.newlines()
	yes := l.expr(inPrint)
	l.newlines()
	l.want(":")
	l.newlines()
	no := l.expr(inPrint)
	return &awkExpr{eval: func(a *awk) awkValue {
		if cond.eval(a).truth() {
			return yes.eval(a)
		}
		return no.eval(a)
	}}
}

func (l *awkLexer) or(inPrint bool) *awkExpr {
	left := l.and(inPrint)
	for l.accept("||") {
		l.newlines()
		x, y := left, l.and(inPrint)
		left = &awkExpr{eval: func(a *awk) awkValue { return awkBool(x.eval(a).truth() || y.eval(a).truth()) }}
	}
	return left
}

func (l *awkLexer) and(inPrint bool) *awkExpr {
	left := l.member(inPrint)
	for l.accept("&&") {
		l.newlines()
		x, y := left, l.member(inPrint)
		left = &awkExpr{eval: func(a *awk) awkValue { return awkBool(x.eval(a).truth() && y.eval(a).truth()) }}
	}
	return left
}

// member reads KEY in ARRAY.
func (l *awkLexer) member(inPrint bool) *awkExpr {
	left := l.match(inPrint)
	for l.isWord("in") {
		l.next()
		key, array := left, l.arrayNamed(l.tok.text)
		l.next()
		left = &awkExpr{eval: func(a *awk) awkValue {
			var words []string
			for _, k := range key.group {
				words = append(words, a.text(k.eval(a)))
			}
			if key.group == nil {
				words = []string{a.text(key.eval(a))}
			}
			_, ok := a.arrays[array(a)][strings.Join(words, a.get("SUBSEP").text)]
			return awkBool(ok)
		}}
	}
	return left
}

func (l *awkLexer) match(inPrint bool) *awkExpr {
	left := l.comparison(inPrint)
	for {
		negate := l.is("!") && strings.HasPrefix(l.text[l.at:], "~")
		if negate {
			l.next()
		}
		if !l.accept("~") {
			return left
		}
		x, y := left, l.comparison(inPrint)
		left = &awkExpr{eval: func(a *awk) awkValue {
			return awkBool(a.re(a.pattern(y)).MatchString(a.text(x.eval(a))) != negate)
		}}
	}
}

// pattern is the expression that an operand of ~ stands for.
func (a *awk) pattern(e *awkExpr) string {
	if e.isRE {
		return e.regex
	}
	return a.text(e.eval(a))
}

func (l *awkLexer) comparison(inPrint bool) *awkExpr {
	left := l.concatenation(inPrint)
	for !inPrint && l.is("|") && l.err == nil {
		left = l.fromCommand(left)
	}
	if l.tok.kind != 'o' || inPrint && l.tok.text == ">" {
		return left
	}
	holds := map[string]func(int) bool{"<": func(c int) bool { return c < 0 }, "<=": func(c int) bool { return c <= 0 },
		"==": func(c int) bool { return c == 0 }, "!=": func(c int) bool { return c != 0 }, ">": func(c int) bool { return c > 0 },
		">=": func(c int) bool { return c >= 0 }}[l.tok.text]
	if holds == nil {
		return left
	}
	l.next()
	right := l.concatenation(inPrint)
	return &awkExpr{eval: func(a *awk) awkValue { return awkBool(holds(a.compare(left.eval(a), right.eval(a)))) }}
}

// concatenation reads expressions that stand side by side.
func (l *awkLexer) concatenation(inPrint bool) *awkExpr {
	left := l.sum()
	for l.begins() && l.err == nil {
		x, y := left, l.sum()
		left = &awkExpr{eval: func(a *awk) awkValue {
			s, t := a.text(x.eval(a)), a.text(y.eval(a))
			a.room(len(s) + len(t))
			return awkS(s + t)
		}}
	}
	return left
}

// begins reports whether another operand stands here.
func (l *awkLexer) begins() bool {
	switch l.tok.kind {
	case 'n', 's', 'f':
		return true
	case 'w':
		return l.tok.text != "in"
	case 'o':
		return strings.Contains(" $ ( ++ -- - ! ", " "+l.tok.text+" ") && !(l.tok.text == "!" && strings.HasPrefix(l.text[l.at:], "~"))
	}
	return false
}

func (l *awkLexer) binary(ops string, operand func() *awkExpr) *awkExpr {
	left := operand()
	for l.tok.kind == 'o' && strings.Contains(ops, " "+l.tok.text+" ") {
		op := l.tok.text
		l.next()
		x, y := left, operand()
		left = &awkExpr{eval: func(a *awk) awkValue { return a.compute(op, x.eval(a).num(), y.eval(a).num()) }}
	}
	return left
}

func (l *awkLexer) sum() *awkExpr { return l.binary(" + - ", l.product) }

func (l *awkLexer) product() *awkExpr { return l.binary(" * / % ", l.unary) }

func (l *awkLexer) unary() *awkExpr {
	defer l.enter()()
	switch {
	case l.accept("!"):
		e := l.unary()
		return &awkExpr{eval: func(a *awk) awkValue { return awkBool(!e.eval(a).truth()) }}
	case l.accept("-"):
		e := l.unary()
		return &awkExpr{eval: func(a *awk) awkValue { return awkN(-e.eval(a).num()) }}
	case l.accept("+"):
		e := l.unary()
		return &awkExpr{eval: func(a *awk) awkValue { return awkN(e.eval(a).num()) }}
	}
	return l.power()
}

func (l *awkLexer) power() *awkExpr {
	base := l.step()
	if !l.accept("^") {
		return base
	}
	exponent := l.unary()
	return &awkExpr{eval: func(a *awk) awkValue { return awkN(math.Pow(base.eval(a).num(), exponent.eval(a).num())) }}
}

// step reads ++ and -- on either side.
func (l *awkLexer) step() *awkExpr {
	by, before := 0.0, l.tok.kind == 'o'
	switch {
	case l.accept("++"):
		by = 1
	case l.accept("--"):
		by = -1
	default:
		before = false
	}
	e := l.primary()
	if !before && e.assign != nil && (l.is("++") || l.is("--")) {
		by = map[bool]float64{true: 1, false: -1}[l.is("++")]
		l.next()
	}
	if by == 0 {
		return e
	}
	if e.assign == nil {
		l.fail("only variables can be counted up")
		return e
	}
	return &awkExpr{eval: func(a *awk) awkValue {
		old := e.eval(a).num()
		e.assign(a, awkN(old+by))
		if before {
			old += by
		}
		return awkN(old)
	}}
}

func constant(v awkValue) *awkExpr { return &awkExpr{eval: func(*awk) awkValue { return v }} }

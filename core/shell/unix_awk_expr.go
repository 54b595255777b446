package shell

import (
	"math"
	"strings"
	"unicode/utf8"
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
		key, array := left, l.tok.text
		l.next()
		left = &awkExpr{eval: func(a *awk) awkValue {
			var words []string
			for _, k := range key.group {
				words = append(words, a.text(k.eval(a)))
			}
			if key.group == nil {
				words = []string{a.text(key.eval(a))}
			}
			_, ok := a.arrays[array][strings.Join(words, a.get("SUBSEP").text)]
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

func (l *awkLexer) primary() *awkExpr {
	defer l.enter()()
	tok := l.tok
	switch {
	case tok.kind == 'n':
		l.next()
		return constant(awkN(tok.n))
	case tok.kind == 's':
		l.next()
		return constant(awkS(tok.text))
	case l.is("/"), l.is("/="):
		if l.is("/=") {
			l.at--
		}
		text := l.regex()
		if l.last.kind, l.err = 0, l.checkRegex(text); l.err != nil {
			l.at = len(l.text)
		}
		l.next()
		return &awkExpr{regex: text, isRE: true, eval: func(a *awk) awkValue { return awkBool(a.re(text).MatchString(a.record)) }}
	case l.accept("$"):
		e := l.step()
		return &awkExpr{eval: func(a *awk) awkValue { return a.field(int(e.eval(a).num())) },
			assign: func(a *awk, v awkValue) { a.setField(int(e.eval(a).num()), v) }}
	case l.accept("("):
		return l.grouped()
	case tok.kind == 'f':
		return l.function(tok.text)
	case l.isWord("getline"):
		lacksAwk("getline")(l)
		return constant(awkValue{})
	case tok.kind == 'w':
		return l.variable(tok.text)
	}
	if tok.kind == 0 {
		l.fail("missing } near end of file")
	}
	l.fail("unexpected %q", tok.text)
	l.tok = awkToken{}
	return constant(awkValue{})
}

func (l *awkLexer) checkRegex(text string) error {
	if l.err != nil {
		return l.err
	}
	if _, err := posix(text, true, false); err != nil {
		return awkFault("%v: /%s/", err, text)
	}
	return nil
}

func (l *awkLexer) grouped() *awkExpr {
	first := l.expr(false)
	group := []*awkExpr{first}
	for l.accept(",") {
		l.newlines()
		group = append(group, l.expr(false))
	}
	l.want(")")
	if len(group) == 1 {
		return &awkExpr{eval: first.eval}
	}
	return &awkExpr{eval: first.eval, group: group}
}

func (l *awkLexer) variable(name string) *awkExpr {
	l.next()
	if l.is("(") && l.at > len(name) && l.text[l.at-2] != ' ' {
		l.err = &unsupported{"awk's function " + name}
		l.tok = awkToken{}
		return constant(awkValue{})
	}
	if !l.accept("[") {
		return &awkExpr{eval: func(a *awk) awkValue { return a.get(name) }, assign: func(a *awk, v awkValue) { a.set(name, v) },
			regex: name}
	}
	key := l.subscript()
	return &awkExpr{eval: func(a *awk) awkValue { return a.element(name, key(a)) },
		assign: func(a *awk, v awkValue) { a.setElement(name, key(a), v) }}
}

// function reads a call of a built-in function; length may stand without parentheses.
func (l *awkLexer) function(name string) *awkExpr {
	l.next()
	var args []*awkExpr
	if l.accept("(") {
		for !l.is(")") && l.err == nil {
			args = append(args, l.expr(false))
			if !l.accept(",") {
				break
			}
			l.newlines()
		}
		l.want(")")
	} else if name != "length" {
		l.fail("missing (")
	}
	f := awkFunctions[name]
	if len(args) < f.least || len(args) > f.most {
		l.fail("wrong number of arguments of %s", name)
	}
	return &awkExpr{eval: func(a *awk) awkValue { return f.run(a, args) }}
}

// awkFunction is a built-in function with how many arguments it takes.
type awkFunction struct {
	least, most int
	run         func(a *awk, args []*awkExpr) awkValue
}

var awkFunctions map[string]awkFunction

func init() {
	text := func(f func(string) string) awkFunction {
		return awkFunction{1, 1, func(a *awk, args []*awkExpr) awkValue { return awkS(f(a.text(args[0].eval(a)))) }}
	}
	number := func(f func(float64) float64) awkFunction {
		return awkFunction{1, 1, func(a *awk, args []*awkExpr) awkValue { return awkN(f(args[0].eval(a).num())) }}
	}
	awkFunctions = map[string]awkFunction{
		"tolower": text(strings.ToLower), "toupper": text(strings.ToUpper),
		"int": number(math.Trunc), "sqrt": number(math.Sqrt), "exp": number(math.Exp), "log": number(math.Log),
		"length": {0, 1, (*awk).length}, "substr": {2, 3, (*awk).substr}, "index": {2, 2, (*awk).index}, "split": {2, 3, (*awk).splitInto},
		"sub":  {2, 3, func(a *awk, args []*awkExpr) awkValue { return a.substitute(args, 1) }},
		"gsub": {2, 3, func(a *awk, args []*awkExpr) awkValue { return a.substitute(args, -1) }}, "match": {2, 2, (*awk).matchAt},
		"sprintf": {1, 100, func(a *awk, args []*awkExpr) awkValue { return awkS(a.sprintf(args)) }},
	}
}

func (a *awk) length(args []*awkExpr) awkValue {
	if len(args) == 0 {
		return awkN(float64(utf8.RuneCountInString(a.record)))
	}
	if keys := a.arrays[args[0].regex]; keys != nil && args[0].assign != nil {
		return awkN(float64(len(keys)))
	}
	return awkN(float64(utf8.RuneCountInString(a.text(args[0].eval(a)))))
}

func (a *awk) substr(args []*awkExpr) awkValue {
	runes := []rune(a.text(args[0].eval(a)))
	from := math.Round(args[1].eval(a).num())
	to := math.Inf(1)
	if len(args) == 3 {
		to = from + math.Round(args[2].eval(a).num())
	}
	i, j := int(max(from, 1)), int(min(to, float64(len(runes)+1)))
	if i >= j {
		return awkS("")
	}
	return awkS(string(runes[i-1 : j-1]))
}

func (a *awk) index(args []*awkExpr) awkValue {
	text := a.text(args[0].eval(a))
	i := strings.Index(text, a.text(args[1].eval(a)))
	if i < 0 {
		return awkN(0)
	}
	return awkN(float64(utf8.RuneCountInString(text[:i]) + 1))
}

func (a *awk) splitInto(args []*awkExpr) awkValue {
	text, sep := a.text(args[0].eval(a)), a.get("FS").text
	if len(args) == 3 {
		sep = a.pattern(args[2])
	}
	name := args[1].regex
	delete(a.arrays, name)
	delete(a.order, name)
	parts := a.cut(text, sep)
	for i, part := range parts {
		a.setElement(name, awkN(float64(i+1)).str(""), awkIn(part))
	}
	if a.arrays[name] == nil {
		a.arrays[name] = map[string]awkValue{}
	}
	return awkN(float64(len(parts)))
}

// substitute replaces the first or every match in a variable, $0 without one; & is the match.
func (a *awk) substitute(args []*awkExpr, most int) awkValue {
	re, with := a.re(a.pattern(args[0])), a.text(args[1].eval(a))
	target := &awkExpr{eval: func(a *awk) awkValue { return awkIn(a.record) }, assign: func(a *awk, v awkValue) { a.setField(0, v) }}
	if len(args) == 3 {
		target = args[2]
	}
	text := a.text(target.eval(a))
	var b strings.Builder
	at := 0
	found := re.FindAllStringIndex(text, most)
	for _, m := range found {
		b.WriteString(text[at:m[0]] + ampersand(with, text[m[0]:m[1]]))
		at = m[1]
		a.room(b.Len())
	}
	b.WriteString(text[at:])
	if len(found) > 0 && target.assign != nil {
		target.assign(a, awkS(b.String()))
	}
	return awkN(float64(len(found)))
}

// ampersand puts a match in for every & without a backslash.
func ampersand(with, match string) string {
	return strings.NewReplacer(`\\`, `\`, `\&`, "&", "&", match).Replace(with)
}

func (a *awk) matchAt(args []*awkExpr) awkValue {
	text := a.text(args[0].eval(a))
	start, length := 0, -1
	if m := a.re(a.pattern(args[1])).FindStringIndex(text); m != nil {
		start, length = utf8.RuneCountInString(text[:m[0]])+1, utf8.RuneCountInString(text[m[0]:m[1]])
	}
	a.vars["RSTART"], a.vars["RLENGTH"] = awkN(float64(start)), awkN(float64(length))
	return awkN(float64(start))
}

// sprintf carries out a format once.
func (a *awk) sprintf(args []*awkExpr) string {
	f := &formatter{}
	for _, e := range args[1:] {
		f.args = append(f.args, e.eval(a).str("%.30g"))
	}
	f.lenient = true
	f.once(strings.ReplaceAll(a.text(args[0].eval(a)), `\`, `\\`))
	a.room(f.out.Len())
	return f.out.String()
}

package unix

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
		return l.getline()
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
		return l.call(name)
	}
	array := l.arrayNamed(name)
	if i, local := l.locals[name]; local && !l.is("[") {
		return &awkExpr{array: array, eval: func(a *awk) awkValue { return a.frame.values[i] },
			assign: func(a *awk, v awkValue) { a.room(len(v.text)); a.frame.values[i] = v }}
	}
	if !l.accept("[") {
		return &awkExpr{eval: func(a *awk) awkValue { return a.get(name) }, assign: func(a *awk, v awkValue) { a.set(name, v) },
			array: array}
	}
	key := l.subscript()
	return &awkExpr{eval: func(a *awk) awkValue { return a.element(array(a), key(a)) },
		assign: func(a *awk, v awkValue) { a.setElement(array(a), key(a), v) }}
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

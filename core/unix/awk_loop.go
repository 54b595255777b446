package unix

// loop runs a body while a condition holds; first is how a do begins.
func loop(cond *awkExpr, body, step awkStmt, first bool) awkStmt {
	return func(a *awk) {
		for first || cond == nil || cond.eval(a).truth() {
			a.p.Yield()
			if body(a); a.end == awkBreak {
				a.end = awkOn
				return
			} else if a.end == awkContinue {
				a.end = awkOn
			} else if a.end != awkOn {
				return
			}
			if step != nil {
				step(a)
			}
			if first && !cond.eval(a).truth() {
				return
			}
		}
	}
}

func (l *awkLexer) whileStmt() awkStmt {
	l.want("(")
	cond := l.expr(false)
	l.want(")")
	return loop(cond, l.body(), nil, false)
}

func (l *awkLexer) doStmt() awkStmt {
	body := l.body()
	l.lines()
	if !l.isWord("while") {
		l.fail("missing while")
		return nil
	}
	l.next()
	l.want("(")
	cond := l.expr(false)
	l.want(")")
	l.ending()
	return loop(cond, body, nil, true)
}

func (l *awkLexer) forStmt() awkStmt {
	l.want("(")
	if l.tok.kind == 'w' {
		at, tok := l.at, l.tok
		name := l.tok.text
		l.next()
		if l.isWord("in") {
			l.next()
			array := l.arrayNamed(l.tok.text)
			l.next()
			if l.accept(")") {
				return l.forIn(name, array, l.body())
			}
		}
		l.at, l.tok = at, tok
	}
	var start, step awkStmt
	var cond *awkExpr
	if l.tok.kind != ';' {
		start = l.simple()
	}
	l.next()
	if l.tok.kind != ';' {
		cond = l.expr(false)
	}
	l.next()
	if !l.is(")") {
		step = l.simple()
	}
	l.want(")")
	run := loop(cond, l.body(), step, false)
	return func(a *awk) {
		if start != nil {
			start(a)
		}
		run(a)
	}
}

func (l *awkLexer) forIn(name string, array func(*awk) string, body awkStmt) awkStmt {
	i, local := l.locals[name]
	return func(a *awk) {
		for _, key := range a.keys(array(a)) {
			if local {
				a.frame.values[i] = awkIn(key)
			} else {
				a.set(name, awkIn(key))
			}
			if body(a); a.end == awkContinue {
				a.end = awkOn
			} else if a.end != awkOn {
				break
			}
		}
		if a.end == awkBreak {
			a.end = awkOn
		}
	}
}

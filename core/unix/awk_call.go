package unix

import "fmt"

// awkFunc is a function of the program's own.
type awkFunc struct {
	params []string
	body   awkStmt
}

// awkFrame holds the parameters of a call. One that is used as an array has the name of the array
// that it stands for, the caller's or a new one.
type awkFrame struct {
	values []awkValue
	arrays []string
}

// functionDef reads `function NAME(PARAMETERS) { … }`.
func (l *awkLexer) functionDef(program *awkProgram) {
	l.next()
	name := l.tok.text
	if l.tok.kind != 'w' || program.functions[name] != nil {
		l.fail("unexpected %q", name)
		return
	}
	l.next()
	l.want("(")
	f := &awkFunc{}
	l.locals = map[string]int{}
	for l.tok.kind == 'w' {
		if _, twice := l.locals[l.tok.text]; twice {
			l.fail("%s is duplicated in argument list", l.tok.text)
			return
		}
		l.locals[l.tok.text] = len(f.params)
		f.params = append(f.params, l.tok.text)
		l.next()
		if !l.accept(",") {
			break
		}
		l.newlines()
	}
	l.want(")")
	l.newlines()
	program.functions[name] = f
	f.body = l.block()
	l.locals = nil
}

// call reads the arguments of a function of the program's own, whose ( stands here.
func (l *awkLexer) call(name string) *awkExpr {
	l.want("(")
	var args []*awkExpr
	l.newlines()
	for !l.is(")") && l.err == nil {
		args = append(args, l.expr(false))
		if !l.accept(",") {
			break
		}
		l.newlines()
	}
	l.want(")")
	l.called = append(l.called, name)
	return &awkExpr{eval: func(a *awk) awkValue { return a.call(name, args) }}
}

// call carries a function out.
func (a *awk) call(name string, args []*awkExpr) awkValue {
	f := a.functions[name]
	if len(args) > len(f.params) {
		a.fail("function %s called with more arguments than declared", name)
	}
	frame := &awkFrame{values: make([]awkValue, len(f.params)), arrays: make([]string, len(f.params))}
	for i, arg := range args {
		if arg.array != nil {
			frame.arrays[i] = arg.array(a)
		}
		if arg.array == nil || a.arrays[frame.arrays[i]] == nil {
			frame.values[i] = arg.eval(a)
		}
	}
	a.p.Step()
	outer, own := a.frame, len(a.fresh)
	a.frame, a.result = frame, awkValue{}
	f.body(a)
	a.frame = outer
	for _, array := range a.fresh[own:] {
		delete(a.arrays, array)
		delete(a.order, array)
	}
	a.fresh = a.fresh[:own]
	if a.end == awkReturn {
		a.end = awkOn
	}
	return a.result
}

// localArray is the name of the array that a parameter stands for.
func (a *awk) localArray(i int) string {
	if a.frame.arrays[i] == "" {
		a.made++
		a.frame.arrays[i] = fmt.Sprintf("\x00%d", a.made)
		a.fresh = append(a.fresh, a.frame.arrays[i])
	}
	return a.frame.arrays[i]
}

// arrayNamed is how an array is found by its name in the program.
func (l *awkLexer) arrayNamed(name string) func(*awk) string {
	if i, ok := l.locals[name]; ok {
		return func(a *awk) string { return a.localArray(i) }
	}
	return func(*awk) string { return name }
}

// returnStmt reads `return` with a value or without.
func (l *awkLexer) returnStmt() awkStmt {
	if l.locals == nil {
		l.fail("return outside function body")
	}
	var value *awkExpr
	if l.tok.kind != ';' && !l.is("}") && l.tok.kind != 0 {
		value = l.expr(false)
	}
	l.ending()
	return func(a *awk) {
		result := awkValue{}
		if value != nil {
			result = value.eval(a)
		}
		a.result, a.end = result, awkReturn
	}
}

// undefined fails for the first function that is called and nowhere defined.
func (l *awkLexer) undefined(program *awkProgram) {
	for _, name := range l.called {
		if program.functions[name] == nil && l.err == nil {
			l.err = fmt.Errorf("function %s never defined", name)
		}
	}
}

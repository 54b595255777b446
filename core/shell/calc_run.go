package shell

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// calculate is what `hsmplay-calc` does: with the number of the kept expressions, the shell's flags,
// and what is expanded in them.
func (b *bash) calculate(ctx context.Context, args []string) error {
	hc := interp.HandlerCtx(ctx)
	number, _ := strconv.Atoi(args[0])
	kept := strings.Split(b.t.keptText(number), calcBetween)
	strict := strings.Contains(args[1], "u")
	if holdNumbers(hc, kept[:len(kept)-1], args[2:], strict) {
		return nil
	}
	s := &scope{strict: strict, get: func(name, key string) (string, bool) { return element(variableOf(ctx, name), key) },
		words: func(name string) bool { return variableOf(ctx, name).Kind == expand.Associative },
		fixed: func(name string) bool { return fixedOf(ctx, []string{name}) != "" }}
	expanded, numbers := args[2:], []string{}
	kind, value := "", int64(0)
	for _, text := range kept[:len(kept)-1] {
		kind = calcKind(text)
		text, _, _ = strings.Cut(text[len(kind):], calcNames)
		for strings.Contains(text, calcExpanded) && len(expanded) > 0 {
			s.odd = s.odd || !isPlainNumber(expanded[0]) && expanded[0] != ""
			text, expanded = strings.Replace(text, calcExpanded, expanded[0], 1), expanded[1:]
		}
		var failed *calcError
		if value, failed = s.calculate(text); failed != nil {
			return b.miscalculated(ctx, kind, failed)
		}
		numbers = append(numbers, strconv.FormatInt(value, 10))
	}
	if !s.odd || kept[len(kept)-1] == "" {
		return nil
	}
	run := s.assignments()
	if kind != "((: " && kind != "let: " {
		return b.countedOut(ctx, run, kept, numbers)
	}
	return hc.Builtin(ctx, []string{"eval", fmt.Sprintf("%s%s=%d; %sstatus 1", run, elementStatus, truth(value == 0), hidden)})
}

// calcKind is what a message about a kept expression begins with.
func calcKind(text string) string {
	for _, kind := range []string{"((: ", "let: ", "[[: ", calcOutside} {
		if strings.HasPrefix(text, kind) {
			return kind
		}
	}
	return ""
}

// element is the value of a variable or an element.
func element(v expand.Variable, key string) (string, bool) {
	switch {
	case v.Kind == expand.Associative:
		value, set := v.Map[key]
		return value, set
	case v.Kind == expand.Indexed:
		n, _ := strconv.Atoi(key)
		for i, index := range indexes(v) {
			if index == strconv.Itoa(n) || n < 0 && i == len(v.List)+n {
				return v.List[i], true
			}
		}
		return "", false
	}
	return v.Str, v.IsSet() && (key == "" || key == "0")
}

// assignments are the commands that give variables their values.
func (s *scope) assignments() (run string) {
	for _, row := range s.assigned {
		if row.key != "" {
			row.name += "[" + quote(row.key) + "]"
		}
		run += row.name + "=" + row.value + "; "
	}
	return run
}

// countedOut carries a command out with numbers for its expressions. It fails, so that the
// interpreter does not do it again.
func (b *bash) countedOut(ctx context.Context, run string, kept, numbers []string) error {
	hc := interp.HandlerCtx(ctx)
	stmts, err := read(kept[len(kept)-1])
	if err != nil || len(stmts) != 1 {
		return nil
	}
	p := b.preparer(stmts)
	for i, site := range p.calcSites(stmts[0].Cmd, stmts[0].Redirs...) {
		if i < len(numbers) && !strings.HasPrefix(kept[i], site.kind+calcNames) {
			site.put(numbers[i])
		}
	}
	text, ok := b.safe(ctx, "eval", source(stmts))
	if !ok {
		return nil
	}
	if line := hc.Pos.Line(); !b.inLine && line > 1 {
		text = strings.Repeat("\n", int(line)-1) + text
	}
	return hc.Builtin(ctx, []string{"eval", run + text + "\n" + elementStatus + "=$?; " + hidden + "status 1"})
}

// miscalculated says what is wrong with an expression. One that is a command has failed; of others
// the rest of the line is dropped.
func (b *bash) miscalculated(ctx context.Context, kind string, failed *calcError) error {
	hc := interp.HandlerCtx(ctx)
	if failed.unset && kind != calcOutside {
		b.complain(ctx, "%s", failed.text)
		b.expansionFailed(true)
		return hc.Builtin(ctx, []string{"exit", "1"})
	}
	begin := strings.TrimPrefix(kind, calcOutside)
	if failed.fixed {
		begin = ""
	}
	b.complain(ctx, "%s%s", begin, failed.text)
	if kind != "" {
		return hc.Builtin(ctx, []string{"eval", elementStatus + "=1; " + hidden + "status 1"})
	}
	return b.drop(ctx)
}

// drop leaves the line that runs.
func (b *bash) drop(ctx context.Context) error {
	hc := interp.HandlerCtx(ctx)
	if err := hc.Builtin(ctx, []string{"eval", droppedLine + "=1"}); err != nil {
		return err
	}
	return hc.Builtin(ctx, []string{"exit", "1"})
}

// drops reports whether the line that has run is to be left, and the shell is not.
func (b *bash) drops() bool {
	if b.r.Vars[droppedLine].Str != "1" {
		return false
	}
	ctx, cancel := b.t.newLeash()
	defer cancel()
	_ = b.r.Run(ctx, assigned(droppedLine, nil, nil).Cmd) // its status is of no interest: 1 is set below
	b.failure.mu.Lock()
	b.failure.open = false
	b.failure.mu.Unlock()
	b.exited = false
	b.setStatus(1)
	return true
}

// runLines runs the statements of a script line by line where one of them may be left.
func (b *bash) runLines(l *leash, stmts []*syntax.Stmt) {
	if !b.calculated.Load() {
		b.runNode(l, &syntax.File{Name: b.arg0, Stmts: stmts})
		return
	}
	for _, line := range linesOf(stmts) {
		if b.exited || l.Err() != nil {
			break
		}
		b.runNode(l, &syntax.File{Name: b.arg0, Stmts: line})
	}
}

// linesOf groups statements by the line that they begin in.
func linesOf(stmts []*syntax.Stmt) (lines [][]*syntax.Stmt) {
	from := 0
	for i := 1; i <= len(stmts); i++ {
		if i == len(stmts) || stmts[i].Pos().IsValid() && stmts[i].Pos().Line() != stmts[from].Pos().Line() {
			lines, from = append(lines, stmts[from:i]), i
		}
	}
	return lines
}

// byLines is a text that eval or source reads, from its statements, so that arithmetic drops a line of
// it and no more: one `hsmplay-line` for each. Under errexit the text is one line, since a failure
// inside a line is no failure of the line.
func (b *bash) byLines(stmts []*syntax.Stmt, text string) string {
	if !b.calculated.Load() || len(stmts) == 0 {
		return text
	}
	lines := linesOf(stmts)
	b.failure.mu.Lock()
	if b.failure.errexit {
		lines = [][]*syntax.Stmt{stmts}
	}
	b.failure.mu.Unlock()
	text = ""
	for _, line := range lines {
		text += hidden + "line " + strconv.Itoa(b.t.keepText(placed(line))) + "\n"
	}
	return text
}

// lineKey is in the context of a line of such a text.
type lineKey struct{}

// lineOf runs a line of such a text, and fails if the line was left.
func (b *bash) lineOf(ctx context.Context, args []string) error {
	hc := interp.HandlerCtx(ctx)
	number, _ := strconv.Atoi(args[0])
	err := hc.Builtin(context.WithValue(ctx, lineKey{}, true), []string{"eval", b.t.keptText(number)})
	if hc.Env.Get(droppedLine).String() != "1" {
		return err
	}
	if err := hc.Builtin(ctx, []string{"unset", droppedLine}); err != nil {
		return err
	}
	b.silent.Store(true)
	return hc.Builtin(ctx, []string{"false"}) // a status alone would leave the shell ending
}

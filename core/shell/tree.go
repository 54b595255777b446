package shell

import (
	"fmt"
	"strings"

	"hsmplay/core/voice"
	"mvdan.cc/sh/v3/syntax"
)

// hidden begins the names of the commands that this file puts into a program; nobody can define one.
const hidden = "hsmplay-"

// Limits of a parsed text: the interpreter calls itself for every level of its tree, and makes every word of a brace
// expansion before it goes on.
const (
	maxDepth = 600
	maxBrace = 16_384 // the interpreter's own
)

// prepare checks parsed statements and changes them so that running them is safe and stays on the instance:
//   - what the interpreter would run in a goroutine of its own goes through [bash.fork], which catches faults;
//   - a command that could make very long words asks [bash.room] first;
//   - names that the interpreter answers from the host are answered from the instance.
func (b *bash) prepare(stmts []*syntax.Stmt) error {
	p := &preparer{b: b}
	for _, stmt := range stmts {
		if p.walk(stmt); p.err != nil {
			return p.err
		}
	}
	return nil
}

// preparer is one pass over a tree. Nodes are changed when they are left, so that inner ones come first.
type preparer struct {
	b     *bash
	path  []syntax.Node
	typed []string // the bodies of the functions that are open, as they were typed
	err   error
}

func (p *preparer) walk(node syntax.Node) {
	syntax.Walk(node, func(n syntax.Node) bool {
		if n == nil {
			last := p.path[len(p.path)-1]
			p.path = p.path[:len(p.path)-1]
			if p.err == nil {
				p.leave(last)
			}
			return true
		}
		if p.err == nil && len(p.path) >= maxDepth {
			p.err = tooDeep()
		}
		if p.err != nil {
			return false
		}
		p.check(n)
		p.path = append(p.path, n)
		return true
	})
}

// check refuses what the instance cannot do.
func (p *preparer) check(n syntax.Node) {
	switch n := n.(type) {
	case *syntax.ProcSubst:
		p.refuse("process substitution, `"+n.Op.String()+" )`", n)
	case *syntax.CoprocClause:
		p.refuse("coprocesses", n)
	case *syntax.FuncDecl:
		if n.Name != nil && strings.HasPrefix(n.Name.Value, hidden) {
			p.refuse("function of that name", n)
		}
		p.typed = append(p.typed, source([]*syntax.Stmt{n.Body}))
	case *syntax.Word:
		if braces(n) > maxBrace {
			p.err = &syntaxError{text: "brace expansion: cannot allocate memory",
				note: voice.Say(voice.ShellBraces, "limit", maxBrace)}
		}
	case *syntax.Redirect:
		if n.N != nil && strings.Trim(n.N.Value, "012") != "" {
			p.refuse("file descriptors but 0, 1 and 2", n)
		}
	}
}

func (p *preparer) refuse(what string, n syntax.Node) {
	p.err = &syntaxError{text: "not supported: " + strings.ReplaceAll(what, "`", ""), line: n.Pos().Line(),
		note: voice.Say(voice.ShellUnsupported, "what", strings.ReplaceAll(what, "`", ""))}
}

// leave changes a node whose children have been changed.
func (p *preparer) leave(n syntax.Node) {
	switch n := n.(type) {
	case *syntax.BinaryCmd:
		if n.Op == syntax.Pipe || n.Op == syntax.PipeAll {
			n.X = p.b.forked(n.X)
			// The last side has a shell of its own, as in bash without lastpipe.
			n.Y = &syntax.Stmt{Position: n.Y.Pos(), Cmd: &syntax.Subshell{Lparen: n.Y.Pos(), Rparen: n.Y.End(), Stmts: []*syntax.Stmt{n.Y}}}
		}
	case *syntax.Stmt:
		p.leaveStmt(n)
	case *syntax.FuncDecl:
		last := len(p.typed) - 1
		p.b.t.keepBody(source([]*syntax.Stmt{n.Body}), p.typed[last])
		p.typed = p.typed[:last]
	case *syntax.Word:
		n.Parts = dynamicParts(n.Parts)
		p.tildes(n.Parts)
	case *syntax.DblQuoted:
		n.Parts = dynamicParts(n.Parts)
	case *syntax.ForClause:
		// The interpreter leaves a loop of this kind when its body has ended badly.
		if _, ok := n.Loop.(*syntax.CStyleLoop); ok {
			n.Do = append(n.Do, &syntax.Stmt{Position: n.DonePos, Cmd: call(":")})
		}
	case *syntax.ParamExp:
		rename(n)
		sayNotSet(n)
	case *syntax.DeclClause:
		for _, as := range n.Args {
			splitAssign(as)
		}
	case *syntax.UnaryTest:
		if n.Op == syntax.TsUsrOwn || n.Op == syntax.TsGrpOwn {
			n.Op = syntax.TsExists
		}
	}
}

func (p *preparer) leaveStmt(stmt *syntax.Stmt) {
	guardRoom(stmt)
	if stmt.Background || stmt.Disown {
		inner := *stmt
		inner.Background, inner.Disown = false, false
		outer := p.b.forked(&inner)
		*stmt = syntax.Stmt{Cmd: outer.Cmd, Position: stmt.Position, Background: true}
		stmt.Cmd.(*syntax.CallExpr).Args = append(stmt.Cmd.(*syntax.CallExpr).Args, call("behind").Args...)
	}
}

// forked returns a statement that runs another one through [bash.fork]. The text is kept aside, so that nothing has
// to be quoted.
func (b *bash) forked(stmt *syntax.Stmt) *syntax.Stmt {
	return &syntax.Stmt{Position: stmt.Pos(),
		Cmd: call(hidden+"fork", fmt.Sprint(b.t.keepText(source([]*syntax.Stmt{stmt}))))}
}

// keepText keeps a text for a process and returns its number; the same text has the same number.
func (t *Terminal) keepText(text string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n, ok := t.textAt[text]; ok {
		return n
	}
	if t.textAt == nil {
		t.textAt = map[string]int{}
	}
	t.texts = append(t.texts, text)
	t.textAt[text] = len(t.texts) - 1
	return len(t.texts) - 1
}

// keepBody keeps how a function was typed whose body has been changed.
func (t *Terminal) keepBody(changed, typed string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.typedBody == nil {
		t.typedBody = map[string]string{}
	}
	if changed != typed {
		t.typedBody[changed] = typed
	}
}

// keptText returns a text by its number.
func (t *Terminal) keptText(n int) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n < 0 || n >= len(t.texts) {
		return ""
	}
	return t.texts[n]
}

// dynamic are the variables that the interpreter would answer from the host's chance or clock.
var dynamic = map[string]bool{"RANDOM": true, "SECONDS": true, "EPOCHSECONDS": true}

// dynamicParts replaces $RANDOM and its like by a command of the instance.
func dynamicParts(parts []syntax.WordPart) []syntax.WordPart {
	for i, part := range parts {
		switch part := part.(type) {
		case *syntax.ParamExp:
			if other := replaced(part); other != nil {
				parts[i] = &syntax.CmdSubst{Stmts: []*syntax.Stmt{{Cmd: other}}}
			}
		case *syntax.Lit:
			// A bare name in arithmetic.
			if len(parts) == 1 && dynamic[part.Value] {
				parts[i] = &syntax.CmdSubst{Stmts: []*syntax.Stmt{{Cmd: call(hidden+"var", "-name", part.Value)}}}
			}
		}
	}
	return parts
}

// replaced returns the command of the instance that stands for an expansion which the interpreter answers from the host, or
// wrongly; nil for all others.
func replaced(n *syntax.ParamExp) *syntax.CallExpr {
	switch {
	case n.Param == nil:
	case n.Length && n.Index != nil && isAll(n.Index):
		list := *n
		list.Length, list.Index = false, &syntax.Word{Parts: []syntax.WordPart{&syntax.Lit{Value: "@"}}}
		count := call(hidden + "count")
		count.Args = append(count.Args, quotedWord(&list))
		return count
	case n.Repl != nil && !n.Repl.All && n.Repl.Orig != nil:
		return anchored(n)
	case dynamic[n.Param.Value] && n.Index == nil && n.Exp == nil && n.Slice == nil && n.Repl == nil && !n.Excl && !n.Length:
		return call(hidden+"var", n.Param.Value)
	}
	return nil
}

// isAll reports whether a subscript is @ or *.
func isAll(index syntax.ArithmExpr) bool {
	w, ok := index.(*syntax.Word)
	return ok && (w.Lit() == "@" || w.Lit() == "*")
}

func quotedWord(part syntax.WordPart) *syntax.Word {
	return &syntax.Word{Parts: []syntax.WordPart{&syntax.DblQuoted{Parts: []syntax.WordPart{part}}}}
}

// anchored returns the command for ${x/#a/b} and ${x/%a/b}, which the interpreter has not: it gets the value with and without
// what the pattern matches at that end.
func anchored(n *syntax.ParamExp) *syntax.CallExpr {
	if len(n.Repl.Orig.Parts) == 0 || n.Index != nil {
		return nil
	}
	lit, ok := n.Repl.Orig.Parts[0].(*syntax.Lit)
	if !ok || lit.Value == "" || lit.Value[0] != '#' && lit.Value[0] != '%' {
		return nil
	}
	op := map[byte]syntax.ParExpOperator{'#': syntax.RemLargePrefix, '%': syntax.RemLargeSuffix}[lit.Value[0]]
	pattern := &syntax.Word{Parts: append([]syntax.WordPart{&syntax.Lit{Value: lit.Value[1:]}}, n.Repl.Orig.Parts[1:]...)}
	c := call(hidden+"anchor", lit.Value[:1])
	with := &syntax.Word{Parts: []syntax.WordPart{&syntax.DblQuoted{}}}
	if n.Repl.With != nil {
		with = quotedWord(&syntax.ParamExp{Param: &syntax.Lit{Value: "_hsmplay_unset"}, Exp: &syntax.Expansion{Op: syntax.DefaultUnset, Word: n.Repl.With}})
	}
	c.Args = append(c.Args, quotedWord(&syntax.ParamExp{Param: n.Param}),
		quotedWord(&syntax.ParamExp{Param: n.Param, Exp: &syntax.Expansion{Op: op, Word: pattern}}), with)
	return c
}

// renamed are parameters of which the interpreter asks the host.
var renamed = map[string]string{"$": "BASHPID", "PPID": "BASH_PPID", "0": "BASH_ARGV0"}

func rename(n *syntax.ParamExp) {
	if n.Param != nil && renamed[n.Param.Value] != "" {
		n.Param = &syntax.Lit{ValuePos: n.Param.ValuePos, ValueEnd: n.Param.ValueEnd, Value: renamed[n.Param.Value]}
		n.Short = false
	}
}

// homes are the users of the instance with their home directories, for ~name.
var homes = map[string]string{"root": "/root", "ec2-user": Home}

// tildes answers ~name itself: the interpreter would look the name up on the host.
func (p *preparer) tildes(parts []syntax.WordPart) {
	if len(parts) == 0 {
		return
	}
	lit, ok := parts[0].(*syntax.Lit)
	if !ok || !strings.Contains(lit.Value, "~") {
		return
	}
	var b strings.Builder
	for i, c := range lit.Value {
		if c != '~' || i > 0 && lit.Value[i-1] == '\\' {
			b.WriteRune(c)
			continue
		}
		rest := lit.Value[i+1:]
		name := rest[:len(rest)-len(strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-."))]
		switch {
		case name == "" && (i == 0 || strings.ContainsRune("{,", rune(lit.Value[i-1]))):
			b.WriteByte('~')
		case i == 0 && homes[name] != "" && (len(rest) == len(name) || rest[len(name)] == '/'):
			b.WriteString(homes[name] + rest[len(name):])
			lit.Value = b.String()
			return
		default:
			b.WriteString(`\~`)
		}
	}
	lit.Value = b.String()
}

// sayNotSet puts in what bash says of ${x:?} and ${x?} without a text.
func sayNotSet(n *syntax.ParamExp) {
	if n.Exp == nil || n.Exp.Word != nil && len(n.Exp.Word.Parts) > 0 {
		return
	}
	say := map[syntax.ParExpOperator]string{syntax.ErrorUnset: "parameter not set", syntax.ErrorUnsetOrNull: "parameter null or not set"}[n.Exp.Op]
	if say != "" {
		n.Exp.Word = &syntax.Word{Parts: []syntax.WordPart{&syntax.Lit{Value: say}}}
	}
}

// splitAssign turns `export "A=$b"` into an assignment, as far as the name can be read from the text.
func splitAssign(as *syntax.Assign) {
	if as.Name != nil || as.Value == nil || len(as.Value.Parts) != 1 {
		return
	}
	quoted, ok := as.Value.Parts[0].(*syntax.DblQuoted)
	if !ok || len(quoted.Parts) == 0 {
		return
	}
	lit, ok := quoted.Parts[0].(*syntax.Lit)
	if !ok {
		return
	}
	name, rest, found := strings.Cut(lit.Value, "=")
	if !found || !syntax.ValidName(name) {
		return
	}
	as.Name, as.Naked = &syntax.Lit{ValuePos: lit.ValuePos, Value: name}, false
	parts := append([]syntax.WordPart{&syntax.Lit{Value: rest}}, quoted.Parts[1:]...)
	as.Value = &syntax.Word{Parts: []syntax.WordPart{&syntax.DblQuoted{Parts: parts}}}
}

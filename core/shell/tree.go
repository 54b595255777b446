package shell

import (
	"fmt"
	"strings"

	"hsmplay/core/voice"
	"mvdan.cc/sh/v3/syntax"
)

// The tree rewriters. A typed line goes through three hands: the parser makes a tree of it
// (parse.go), the files tree*.go change the tree, and the interpreter walks what they have left.
// They are there because the interpreter has hooks for commands and files, but none for what lies
// between: it starts goroutines for the sides of a pipe, expands words in memory, and asks the host
// for $RANDOM and ~name, without asking us. So each such node is put in terms that end at a hook.
// `a | b` becomes `hsmplay-fork 7 | (b)`: the left side's text is kept under the number 7, and the
// interpreter's goroutine runs nothing but our command, which catches faults and counts the
// process, before it evaluates the text. `echo $RANDOM` becomes `echo $(hsmplay-var RANDOM)`,
// `x=$x$x` asks `hsmplay-room` first whether there is room, `cmd 3>f` becomes
// `{ hsmplay-fd > 3 f; cmd; hsmplay-fd end 3 $?; }`.
//
// One pass does it all ([preparer]): [preparer.check] refuses on the way down, [preparer.leave]
// rewrites on the way up, so that a node sees its children as they will run. Texts that bash reads
// later (eval, source, trap, the kept sides of pipes) go through it before they run, too: a
// rewritten tree is printed as text again ([source]) and parsed once more, and so a rewrite must
// come out of the printer as it went in, and must do no harm when it is applied twice. Messages of
// bash name lines, so a new node has the position of the one that it stands for.
//
// A rewriter's twin, the command that its node calls, is in inner.go, descriptors.go or jobs.go;
// [inner] lists them. ARCHITECTURE.md says of each what would make it unnecessary.

// hidden begins the names of the commands that this file puts into a program; nobody can define
// one.
const hidden = "hsmplay-"

// Limits of a parsed text: the interpreter calls itself for every level of its tree, and makes
// every word of a brace expansion before it goes on.
const (
	maxDepth = 600
	maxBrace = 16_384 // the interpreter's own
)

// prepare checks parsed statements and changes them so that running them is safe and stays on the
// instance:
//   - what the interpreter would run in a goroutine of its own goes through [bash.fork], which catches faults;
//   - a command that could make very long words asks [bash.room] first;
//   - names that the interpreter answers from the host are answered from the instance.
//
// text is what they were read from.
func (b *bash) prepare(stmts []*syntax.Stmt, text string) ([]*syntax.Stmt, error) {
	p := b.preparer(stmts)
	p.text = text
	return p.all(stmts)
}

// preparer makes the pass for statements.
func (b *bash) preparer(stmts []*syntax.Stmt) *preparer {
	p := &preparer{b: b, sides: b.inLine || mentions(stmts, "PIPESTATUS"), trapsExit: sets(stmts, "EXIT", "0"),
		functions: b.t.functionsWith(stmts), errexit: b.failsFast(stmts),
		keyed: b.t.keyedIn(""), fixed: b.t.fixedIn(stmts)}
	if b.watches(stmts) {
		p.told = map[*syntax.Stmt]toldStmt{}
	}
	before := b.ranBefore(stmts)
	if mentions(stmts, "PIPESTATUS") {
		p.alone = map[*syntax.Stmt]bool{}
		p.lone(stmts, before)
	}
	debugs, returns := b.watchesSteps(stmts)
	if !b.inLine {
		p.unsetFrom, p.strict = b.unsetFrom(stmts)
	}
	p.guarded, p.numbers = map[*syntax.Stmt]bool{}, numbersIn(stmts)
	p.globs, p.outside = map[*syntax.Stmt]bool{}, map[syntax.Node]bool{}
	p.mentioned, p.shown, p.arithm = b.watchesWords(stmts), map[*syntax.Stmt]bool{}, map[*syntax.ArithmCmd]string{}
	if p.returns = returns; debugs {
		p.steps = map[*syntax.Stmt]toldStmt{}
	}
	return p
}

// all walks through statements and returns them.
func (p *preparer) all(stmts []*syntax.Stmt) ([]*syntax.Stmt, error) {
	for _, stmt := range stmts {
		if p.walk(stmt); p.err != nil {
			return nil, p.err
		}
	}
	return p.caught(stmts), nil
}

// preparer is one pass over a tree. Nodes are changed when they are left, so that inner ones come
// first.
type preparer struct {
	b         *bash
	path      []syntax.Node
	sourced   string                // the variable with the name of their file, where it is not the script itself
	sides     bool                  // PIPESTATUS may be asked for
	alone     map[*syntax.Stmt]bool // see lone
	typed     []string              // the bodies of the functions that are open, as they were typed
	unsetFrom uint                  // see unsetFrom
	strict    bool                  // see unsetFrom
	before    []declared            // what was declared before each of them
	inTrap    bool                  // the statements are those of a trap
	looped    bool                  // they are what eval reads in a loop

	errexit   bool            // set -e is about
	trapsExit bool            // an EXIT trap is set in them
	functions map[string]bool // the names of all that were ever defined; shared, not to be changed
	keyed     map[string]bool // the arrays with words for keys; shared, not to be changed
	fixed     map[string]bool // the names that may be read-only; shared, not to be changed

	told    map[*syntax.Stmt]toldStmt // of statements as they were typed; nil where no ERR trap is about
	steps   map[*syntax.Stmt]toldStmt // the same of simple commands, for the DEBUG trap
	piping  []*syntax.Stmt            // what runs the DEBUG trap for the sides of a pipe
	returns bool                      // a RETURN trap is about
	mentioned
	shown   map[*syntax.Stmt]bool        // what shows itself under it already, and parts of a test
	arithm  map[*syntax.ArithmCmd]string // how expressions of loops were typed
	guarded map[*syntax.Stmt]bool        // see calculates
	globs   map[*syntax.Stmt]bool        // see failsGlob
	outside map[syntax.Node]bool         // see expandsFirst
	numbers map[string]bool              // see numbersIn
	text    string                       // that the statements were read from, "" where it is not known
	err     error
}

// isDeep reports whether a tree is deeper than the interpreter may go. What calls itself for every
// level, as [syntax.Walk] and the printer do, would fill the page's stack.
func isDeep(node syntax.Node) (deep bool) {
	depth := 0
	syntax.Walk(node, func(n syntax.Node) bool {
		if n == nil {
			depth--
			return true
		}
		deep = deep || depth >= maxDepth
		depth++
		return !deep
	})
	return deep
}

// visit shows the nodes of statements to a function, the inner ones of those for which it is true.
// It goes no deeper than [preparer.walk] allows.
func visit(stmts []*syntax.Stmt, show func(syntax.Node) bool) {
	for _, stmt := range stmts {
		shallow(stmt, show)
	}
}

// shallow is visit for one node.
func shallow(node syntax.Node, show func(syntax.Node) bool) {
	depth := 0
	syntax.Walk(node, func(n syntax.Node) bool {
		if n == nil {
			depth--
			return true
		}
		if depth >= maxDepth || !show(n) {
			return false
		}
		depth++
		return true
	})
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
	p.cutLists(n)
	switch n := n.(type) {
	case *syntax.Stmt:
		onlyBody(n)
		lateLine(n)
		refusesDeclared(n)
		p.keepAlone(n)
		p.heads(n)
		p.gather(n)
		p.tell(n)
		p.step(n)
		p.trace(n)
		p.calculates(n)
		p.failsGlob(n)
	case *syntax.CallExpr:
		p.given(n)
	case *syntax.CoprocClause:
		p.refuse("coprocesses", n)
	case *syntax.FuncDecl:
		switch body := n.Body.Cmd.(type) {
		case *syntax.CallExpr:
			p.unexpected(firstWord(body), n)
		case *syntax.DeclClause:
			p.unexpected(body.Variant.Value, n)
		}
		if n.Name == nil {
			p.unexpected(")", n)
		}
		if n.Name != nil && strings.HasPrefix(n.Name.Value, hidden) {
			p.refuse("function of that name", n)
		}
		p.typed = append(p.typed, source([]*syntax.Stmt{n.Body}))
		p.before = append(p.before, p.b.t.declaredNow())
	case *syntax.Word:
		if !p.isHereDocument(n) && braces(n) > maxBrace {
			p.err = &syntaxError{text: "brace expansion: cannot allocate memory",
				note: voice.Say(voice.ShellBraces, "limit", maxBrace)}
		}
	case *syntax.Redirect:
		switch {
		case namedFD(n):
		case n.N != nil && (len(n.N.Value) > 3 || len(n.N.Value) == 3 && n.N.Value > "255"):
			p.refuse("file descriptors above 255", n)
		}
	}
}

// onlyBody ends the body of a function where bash does: the parser takes what stands behind && and
// | in.
func onlyBody(stmt *syntax.Stmt) {
	decl, ok := stmt.Cmd.(*syntax.FuncDecl)
	if !ok || decl.Body == nil {
		return
	}
	first := decl.Body
	for {
		both, ok := first.Cmd.(*syntax.BinaryCmd)
		if !ok {
			break
		}
		first = both.X
	}
	if first == decl.Body {
		return
	}
	rest := decl.Body.Cmd
	alone := *decl
	body := *first
	alone.Body = &body
	*first = syntax.Stmt{Position: stmt.Position, Cmd: block(&syntax.Stmt{Position: stmt.Position, Cmd: &alone})} // read again, it ends there too
	stmt.Cmd = rest
}

// lateLine puts a simple command where bash does: it reads a second word before it looks at the line.
func lateLine(stmt *syntax.Stmt) {
	c, ok := stmt.Cmd.(*syntax.CallExpr)
	if !ok || len(c.Args) < 2 || c.Args[1].End().Line() <= c.Args[1].Pos().Line() {
		return
	}
	if first, ok := c.Args[0].Parts[0].(*syntax.Lit); ok {
		first.ValuePos = c.Args[1].End()
	}
}

// unexpected is a syntax error that the parser does not see.
func (p *preparer) unexpected(token string, n syntax.Node) {
	p.err = &syntaxError{text: near(token), line: n.Pos().Line()}
}

// firstWord is how a simple command begins.
func firstWord(c *syntax.CallExpr) string {
	text := source([]*syntax.Stmt{{Cmd: c}})
	return firstToken(strings.TrimSpace(text))
}

func (p *preparer) refuse(what string, n syntax.Node) {
	p.err = &syntaxError{text: "not supported: " + strings.ReplaceAll(what, "`", ""), line: n.Pos().Line(),
		note: voice.Say(voice.ShellUnsupported, "what", strings.ReplaceAll(what, "`", ""))}
}

// leave changes a node whose children have been changed.
func (p *preparer) leave(n syntax.Node) {
	p.escapes(n)
	defer p.leaveLists(n)
	switch n := n.(type) {
	case *syntax.Subshell:
		n.Stmts = p.owned(n, p.caught(n.Stmts), n.End())
	case *syntax.CmdSubst:
		n.Stmts = p.deeper(n, p.owned(n, p.loose(p.caught(n.Stmts)), n.Pos()))
	case *syntax.ProcSubst:
		n.Stmts = p.deeper(n, p.owned(n, p.caught(n.Stmts), n.Pos()))
	case *syntax.BinaryCmd:
		if isPipe(n) {
			p.piped(n)
		}
	case *syntax.Stmt:
		p.leaveStmt(n)
	case *syntax.FuncDecl:
		p.named(n)
		p.enter(n)
		last := len(p.typed) - 1
		p.b.t.keepBody(source([]*syntax.Stmt{n.Body}), p.typed[last])
		p.typed = p.typed[:last]
		p.b.t.declaredAgain(p.before[last])
		p.before = p.before[:last]
	case *syntax.Word:
		n.Parts = p.dynamicParts(p.unsetParts(n.Parts))
		p.dynamicName(n)
		if !p.isHereDocument(n) {
			p.tildes(n.Parts)
		}
		p.globbed(n)
	case *syntax.DblQuoted:
		p.unsetLists(n)
		n.Parts = p.dynamicParts(p.unsetParts(n.Parts))
	case *syntax.ForClause:
		p.foldLoop(n)
		// The interpreter leaves a loop of this kind when its body has ended badly.
		if _, ok := n.Loop.(*syntax.CStyleLoop); ok {
			n.Do = append(n.Do, &syntax.Stmt{Position: n.DonePos, Cmd: call(hidden+"status", "0")})
		}
	case *syntax.ParamExp:
		if n.Param != nil {
			p.renameInTrap(n)
		}
		rename(n)
		p.renameInScript(n)
		p.renameCallers(n)
		sayNotSet(n)
		p.lazy(n)
		p.namedUnset(n)
	case *syntax.DeclClause:
		for _, as := range n.Args {
			splitAssign(as)
			setDynamic(as)
		}
		p.declareForked(n)
		p.declareIntegers(n)
		p.declareFolds(n)
		emptyArrays(n)
	case *syntax.CallExpr:
		giveOptions(n)
		giveStatus(n)
		p.exitForked(n)
		p.appendElements(n)
		for _, as := range n.Assigns {
			if p.traces && as.Value == nil && as.Array == nil && !as.Naked { // the interpreter shows an empty line
				as.Value = &syntax.Word{Parts: []syntax.WordPart{&syntax.DblQuoted{}}}
			}
			setDynamic(as)
			p.assignInteger(as)
		}
		if len(n.Args) == 0 {
			n.Assigns = p.folded(n.Assigns)
		}
		p.unfold(n)
		p.nameExit(n)
		p.sparesFunction(n)
	case *syntax.Redirect:
		if n.Op == syntax.RdrClob { // every file may be overwritten
			n.Op = syntax.RdrOut
		}
		p.markLine(n)
	case *syntax.BinaryTest:
		p.extendedTest(n)
	case *syntax.UnaryTest:
		elementSet(n, p.keyed)
		if n.Op == syntax.TsUsrOwn || n.Op == syntax.TsGrpOwn {
			n.Op = syntax.TsExists
		}
	}
}

// isHereDocument reports whether a word that is being left is the text of a here-document, where ~
// is a character as others.
func (p *preparer) isHereDocument(w *syntax.Word) bool {
	if len(p.path) == 0 {
		return false
	}
	rd, ok := p.path[len(p.path)-1].(*syntax.Redirect)
	return ok && rd.Hdoc == w
}

func (p *preparer) leaveStmt(stmt *syntax.Stmt) {
	p.extendedCase(stmt)
	p.foldCase(stmt)
	p.shownNamed(stmt)
	p.shownFunctions(stmt)
	p.shownVariables(stmt)
	p.transforms(stmt)
	p.lists(stmt)
	p.elements(stmt)
	guardRoom(stmt)
	p.asksFixed(stmt)
	lowerProcSubst(p.b, stmt)
	lowerFDs(stmt)
	p.keepSides(stmt)
	p.debug(stmt)
	if stmt.Background || stmt.Disown {
		inner := *stmt
		inner.Background, inner.Disown = false, false
		if p.ownsFailures(inner.Cmd) {
			side := inner
			list := p.owned(stmt, []*syntax.Stmt{&side}, stmt.Pos())
			inner = syntax.Stmt{Position: stmt.Position, Cmd: block(list...)}
		}
		outer := p.b.forked(&inner, "behind")
		c := outer.Cmd.(*syntax.CallExpr)
		c.Args = append(c.Args, quotedWord(&syntax.ParamExp{Short: true, Param: &syntax.Lit{Value: jobVariable}}))
		outer.Background = true
		begin := call(hidden+"job", fmt.Sprint(p.b.t.keepText(p.typedJob(stmt))))
		*stmt = syntax.Stmt{Position: stmt.Position, Cmd: block(&syntax.Stmt{Cmd: begin}, outer)}
	}
}

// typedJob is a job as it was typed, without the sign that made it one.
func (p *preparer) typedJob(stmt *syntax.Stmt) string {
	from, to := int(stmt.Pos().Offset()), int(stmt.End().Offset())
	if from >= to || to > len(p.text) {
		return ""
	}
	return strings.TrimRight(p.text[from:to], "& \t")
}

// forked returns a statement that runs another one through [bash.fork]. The text is kept aside, so
// that nothing has to be quoted. With "behind" it is a job, with "side" and a label the side of a
// pipe that notes its status.
func (b *bash) forked(stmt *syntax.Stmt, how ...string) *syntax.Stmt {
	text := placed([]*syntax.Stmt{stmt}) // messages name the line
	if b.inLine {
		text = source([]*syntax.Stmt{stmt})
	}
	return &syntax.Stmt{Position: stmt.Pos(), Cmd: call(append([]string{hidden + "fork", fmt.Sprint(b.t.keepText(text))}, how...)...)}
}

// written is a statement of the playground's own, from its text.
func written(text string) *syntax.Stmt {
	stmts, err := read(text)
	if err != nil {
		panic("shell: " + err.Error())
	}
	return stmts[0]
}

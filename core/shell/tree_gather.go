package shell

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// The interpreter copies all of an array for each `a+=(x)` and `a[i]=x`, so that a loop of 20,000
// takes seconds. Where nothing else in a loop has to do with the array, what it gets goes to a
// short list of its own, which is moved over when it is full, and behind the loop:
//
//	{ hsmplay-gather begin a; for …; do { _hsmplay_list_a+=(x); hsmplay-gather more a; }; done; hsmplay-gather end a $?; }
//
// For `a[i]=x` the list has `$((i))`, x and so on in turn; where there are words for keys, the key.
// For `a[${#a[@]}]=x` it has x, whose place is told when it is moved over.
const (
	gathered  = "_hsmplay_list_"
	gatherMax = 512 // elements
)

// plainCommands are builtins that know no variable but those in their words.
var plainCommands = []string{":", "[", "break", "cd", "continue", "echo", "false", "kill", "let", "printf", "pwd", "read", hidden + "break",
	"sleep", "test", "true", "type", "wait"}

// gatherer looks through a loop for the arrays that it only appends to.
type gatherer struct {
	functions map[string]bool
	appends   []*syntax.Stmt        // that stand in the shell itself
	names     []*syntax.Lit         // of those
	own       []*syntax.Lit         // those in subscripts that count
	kinds     map[string]gatherKind // of those
	spoilt    bool                  // something may use any variable
	mentioned map[string]bool
}

// gather rewrites a loop, unless traps are about, which may look at the array in the middle.
func (p *preparer) gather(stmt *syntax.Stmt) {
	if p.told != nil || p.steps != nil || p.trapsExit || stmt.Negated || stmt.Background || stmt.Disown || !isLoop(stmt.Cmd) {
		return
	}
	g := &gatherer{functions: p.functions, mentioned: map[string]bool{}, kinds: map[string]gatherKind{}}
	g.look(stmt.Cmd, true)
	names := g.arrays()
	if g.spoilt || len(names) == 0 {
		return
	}
	for _, inner := range g.appends {
		as := inner.Cmd.(*syntax.CallExpr).Assigns[0]
		if !slices.Contains(names, as.Name.Value) {
			continue
		}
		name := as.Name.Value + string(kindOf(as))
		inner.Cmd = block(append(p.gathering(as), &syntax.Stmt{Cmd: call(hidden+"gather", "more", name)})...)
		for _, s := range inner.Cmd.(*syntax.Block).Stmts {
			s.Position = inner.Position
		}
	}
	for i, name := range names {
		names[i] = name + string(g.kinds[name])
	}
	loop := *stmt
	loop.Comments = nil
	begin := &syntax.Stmt{Position: stmt.Position, Cmd: call(append([]string{hidden + "gather", "begin"}, names...)...)}
	end := quietly(stmt, withStatus(append([]string{hidden + "gather", "end"}, names...)...))
	stmt.Cmd, stmt.Redirs = block(begin, &loop, end), nil
}

// gatherKind is how a loop adds to an array, as `hsmplay-gather` has it behind the array's name.
type gatherKind string

const (
	atEnd   gatherKind = ""  // a+=(x)
	atKey   gatherKind = "=" // a[i]=x: the list has keys and values
	atCount gatherKind = "#" // a[${#a[@]}]=x
)

// kindOf is that of an assignment.
func kindOf(as *syntax.Assign) gatherKind {
	switch {
	case as.Index == nil:
		return atEnd
	case countIn(as) != nil:
		return atCount
	}
	return atKey
}

// countIn is the array's own name in `a[${#a[@]}]=x`, nil in other assignments.
func countIn(as *syntax.Assign) *syntax.Lit {
	word, ok := as.Index.(*syntax.Word)
	if !ok || len(word.Parts) != 1 {
		return nil
	}
	n, ok := word.Parts[0].(*syntax.ParamExp)
	if !ok || !n.Length || n.Param == nil || n.Param.Value != as.Name.Value || n.Index == nil || !isAll(n.Index) {
		return nil
	}
	return n.Param
}

// gathering puts what an assignment gives an array into its list.
func (p *preparer) gathering(as *syntax.Assign) []*syntax.Stmt {
	list := &syntax.Assign{Append: true, Name: lit(gathered + as.Name.Value), Array: as.Array}
	put := &syntax.Stmt{Cmd: &syntax.CallExpr{Assigns: []*syntax.Assign{list}}}
	switch kindOf(as) {
	case atEnd:
		return []*syntax.Stmt{put}
	case atCount:
		list.Array = &syntax.ArrayExpr{Elems: []*syntax.ArrayElem{{Value: quoted(as.Value)}}}
		return []*syntax.Stmt{put}
	}
	key, _ := p.keyOf(as.Name.Value, as.Index, "")
	at, value := assigned(elementAt, nil, key), assigned(elementValue, nil, as.Value)
	list.Array = &syntax.ArrayExpr{Elems: []*syntax.ArrayElem{
		{Value: quotedWord(shortParam(elementAt))}, {Value: quotedWord(shortParam(elementValue))}}}
	return []*syntax.Stmt{value, at, put}
}

func isLoop(cmd syntax.Command) bool {
	switch cmd := cmd.(type) {
	case *syntax.ForClause:
		return !cmd.Select
	case *syntax.WhileClause:
		return true
	}
	return false
}

// look gathers what a node has; own says that it runs in the shell itself.
func (g *gatherer) look(root syntax.Node, own bool) {
	syntax.Walk(root, func(n syntax.Node) bool {
		if n == nil || n == root {
			return true
		}
		switch n := n.(type) {
		case *syntax.Stmt:
			if own && appends(n) {
				as := n.Cmd.(*syntax.CallExpr).Assigns[0]
				g.appends = append(g.appends, n)
				g.names = append(g.names, as.Name)
				kind := kindOf(as)
				if before, ok := g.kinds[as.Name.Value]; ok && before != kind {
					g.mentioned[as.Name.Value] = true // both, in an order that counts
				}
				if g.kinds[as.Name.Value] = kind; kind == atCount {
					g.own = append(g.own, countIn(as))
				}
			}
			if n.Background || n.Disown {
				g.look(n.Cmd, false)
				return false
			}
		case *syntax.CallExpr:
			g.command(n)
		case *syntax.BinaryCmd:
			if isPipe(n) {
				g.look(n.X, false)
				g.look(n.Y, false)
				return false
			}
		case *syntax.Subshell, *syntax.CmdSubst, *syntax.ProcSubst, *syntax.FuncDecl:
			g.look(n, false)
			return false
		case *syntax.ParamExp:
			g.spoilt = g.spoilt || n.Excl
		case *syntax.Lit:
			g.mention(n)
		}
		return true
	})
}

// appends reports whether a statement is `a+=(…)` or `a[…]=…` and nothing else.
func appends(stmt *syntax.Stmt) bool {
	c, ok := stmt.Cmd.(*syntax.CallExpr)
	if !ok || len(c.Args) > 0 || len(c.Assigns) != 1 || len(stmt.Redirs) > 0 || stmt.Negated || stmt.Background || stmt.Disown {
		return false
	}
	as := c.Assigns[0]
	if as.Name == nil || strings.HasPrefix(as.Name.Value, hiddenVariable) {
		return false
	}
	if as.Index != nil {
		return !as.Append && as.Value != nil
	}
	return as.Append && as.Array != nil && !slices.ContainsFunc(as.Array.Elems, func(e *syntax.ArrayElem) bool { return e.Index != nil })
}

// command spoils what a command could reach that is a function, or one that leaves the loop past
// its end.
func (g *gatherer) command(c *syntax.CallExpr) {
	if len(c.Args) == 0 {
		return
	}
	name := c.Args[0].Lit()
	leaves := (name == "break" || name == "continue") && len(c.Args) > 1
	known := slices.Contains(plainCommands, name) || name != "" && !isBuiltin(name)
	g.spoilt = g.spoilt || leaves || !known || g.functions[name]
}

// isBuiltin reports whether bash carries a command out itself.
func isBuiltin(name string) bool {
	_, rewritten := rewrites[name]
	return rewritten || slices.Contains(builtins, name) || slices.Contains(noJobs, name)
}

// mention notes the names in a literal.
func (g *gatherer) mention(lit *syntax.Lit) {
	if slices.Contains(g.names, lit) || slices.Contains(g.own, lit) {
		return
	}
	for _, name := range strings.FieldsFunc(lit.Value, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) {
		g.mentioned[name] = true
	}
}

// arrays are the names that nothing else mentions, each once, in the order of their appends.
func (g *gatherer) arrays() (names []string) {
	for _, lit := range g.names {
		if !g.mentioned[lit.Value] && !slices.Contains(names, lit.Value) {
			names = append(names, lit.Value)
		}
	}
	return names
}

// gather carries [preparer.gather]'s commands out: begin, more or end, the arrays, and at the end
// the status of the loop.
func (b *bash) gather(ctx context.Context, args []string) error {
	hc := interp.HandlerCtx(ctx)
	verb, names := args[0], args[1:]
	status := "0"
	if verb == "end" {
		names, status = names[:len(names)-1], names[len(names)-1]
	}
	for _, name := range names {
		kind := gatherKind(strings.TrimLeft(name, nameCharacters))
		name = strings.TrimSuffix(name, string(kind))
		list := gathered + name
		got := hc.Env.Get(list).List
		text := list + "=()"
		switch {
		case verb == "more" && len(got) < gatherMax:
			continue
		case verb != "begin" && len(got) > 0 && kind == atKey:
			text = placing(name, variableOf(ctx, name), got) + "; " + text
		case verb != "begin" && len(got) > 0 && kind == atCount:
			v := variableOf(ctx, name)
			text = placing(name, v, countedPairs(v, got)) + "; " + text
		case verb != "begin" && len(got) > 0:
			text = name + `+=("${` + list + `[@]}"); ` + text
		}
		if verb == "end" {
			text += "; unset " + list
		}
		if err := hc.Builtin(ctx, []string{"eval", text}); err != nil {
			return err
		}
	}
	return b.exitStatus(ctx, []string{status})
}

// countedPairs are values with their places where each stands at the number of elements before it:
// in an array with gaps one may stand where another was.
func countedPairs(v expand.Variable, values []string) (pairs []string) {
	has := map[string]bool{}
	switch v.Kind {
	case expand.Associative:
		for key := range v.Map {
			has[key] = true
		}
	case expand.String:
		has["0"] = true
	case expand.Indexed:
		for _, at := range indexes(v) {
			has[at] = true
		}
	}
	for _, value := range values {
		at := strconv.Itoa(len(has))
		pairs = append(pairs, at, value)
		has[at] = true
	}
	return pairs
}

// placing gives an array elements at their places: keys and values in turn.
func placing(name string, v expand.Variable, pairs []string) string {
	var b strings.Builder
	if v.Kind != expand.Associative {
		b.WriteString(name + "+=(")
		for i := 0; i+1 < len(pairs); i += 2 {
			b.WriteString(" [" + pairs[i] + "]=" + quote(pairs[i+1]))
		}
		return b.String() + ")"
	}
	all := maps.Clone(v.Map) // such an array takes nothing by += here
	for i := 0; i+1 < len(pairs); i += 2 {
		all[pairs[i]] = pairs[i+1]
	}
	b.WriteString(name + "=(")
	inQuotes := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`")
	for _, key := range slices.Sorted(maps.Keys(all)) {
		b.WriteString(` ["` + inQuotes.Replace(key) + `"]=` + quote(all[key]))
	}
	return b.String() + ")"
}

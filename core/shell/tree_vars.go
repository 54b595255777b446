package shell

import (
	"fmt"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// dynamic are the variables that the interpreter would answer from the host's chance or clock, and
// one that it does not know.
var dynamic = map[string]bool{"RANDOM": true, "SECONDS": true, "EPOCHSECONDS": true, "EPOCHREALTIME": true, "_": true}

// dynamicParts replaces $RANDOM and its like by a command of the instance.
func (p *preparer) dynamicParts(parts []syntax.WordPart) []syntax.WordPart {
	for i, part := range parts {
		part, ok := part.(*syntax.ParamExp)
		if !ok {
			continue
		}
		if other := p.replaced(part); other != nil {
			parts[i] = &syntax.CmdSubst{Stmts: []*syntax.Stmt{{Cmd: other}}}
		} else if part.Param != nil && dynamic[part.Param.Value] && !part.Excl {
			parts[i] = changedDynamic(part)
		}
	}
	return parts
}

// dynamicName replaces such a name without $ in arithmetic.
func (p *preparer) dynamicName(word *syntax.Word) {
	if name := word.Lit(); dynamic[name] && name != "_" && p.inArithmetic(word) {
		word.Parts[0] = &syntax.CmdSubst{Stmts: []*syntax.Stmt{{Cmd: call(hidden+"var", name)}}}
	}
}

// inArithmetic reports whether a word that is being left stands in an expression.
func (p *preparer) inArithmetic(word *syntax.Word) bool {
	if len(p.path) == 0 {
		return false
	}
	switch outer := p.path[len(p.path)-1].(type) {
	case *syntax.ArithmExp, *syntax.ArithmCmd, *syntax.BinaryArithm, *syntax.UnaryArithm, *syntax.ParenArithm,
		*syntax.CStyleLoop, *syntax.LetClause:
		return true
	case *syntax.ParamExp:
		return outer.Index == word || outer.Slice != nil && (outer.Slice.Offset == word || outer.Slice.Length == word)
	case *syntax.BinaryTest:
		return outer.Op >= syntax.TsEql && outer.Op <= syntax.TsGtr
	}
	return false
}

// replaced returns the command of the instance that stands for an expansion which the interpreter
// answers from the host, or wrongly; nil for all others.
func (p *preparer) replaced(n *syntax.ParamExp) *syntax.CallExpr {
	if c := p.extended(n); c != nil {
		return c
	}
	switch {
	case n.Param == nil:
	case n.Length && n.Index != nil && isAll(n.Index):
		return call(hidden+"count", n.Param.Value)
	case n.Repl != nil && !n.Repl.All && n.Repl.Orig != nil:
		return anchored(n)
	case dynamic[n.Param.Value] && n.Index == nil && n.Exp == nil && n.Slice == nil && n.Repl == nil && !n.Excl && !n.Length:
		return call(hidden+"var", n.Param.Value)
	}
	return nil
}

// sinceWhen has [bash.variable] tell when SECONDS was 0, which is what the variable holds; seeded has
// it begin the numbers of RANDOM anew.
const (
	sinceWhen = "-since"
	seeded    = "-seed"
)

var whenSet = map[string]string{"SECONDS": sinceWhen, "RANDOM": seeded}

// setDynamic keeps of SECONDS=0 when that was, and of RANDOM=1 what numbers follow.
func setDynamic(as *syntax.Assign) {
	if as.Name == nil || whenSet[as.Name.Value] == "" || as.Value == nil || len(as.Value.Parts) == 0 || as.Append {
		return
	}
	if subst, ok := as.Value.Parts[0].(*syntax.CmdSubst); ok && len(subst.Stmts) == 1 && isCall(subst.Stmts[0], hidden+"var") {
		return
	}
	when := call(hidden+"var", whenSet[as.Name.Value])
	when.Args = append(when.Args, as.Value)
	as.Value = &syntax.Word{Parts: []syntax.WordPart{&syntax.CmdSubst{Stmts: []*syntax.Stmt{{Cmd: when}}}}}
}

// changedDynamic is ${SECONDS%?} or ${#RANDOM}: what is made of such a variable.
func changedDynamic(n *syntax.ParamExp) *syntax.CmdSubst {
	now := &syntax.CmdSubst{Stmts: []*syntax.Stmt{{Cmd: call(hidden+"var", n.Param.Value)}}}
	n.Param = lit(hiddenVariable + "dynamic")
	show := call("printf", "%s")
	show.Args = append(show.Args, quotedWord(n))
	return &syntax.CmdSubst{Stmts: []*syntax.Stmt{assigned(n.Param.Value, nil, &syntax.Word{Parts: []syntax.WordPart{now}}), {Cmd: show}}}
}

// isAll reports whether a subscript is @ or *.
func isAll(index syntax.ArithmExpr) bool {
	w, ok := index.(*syntax.Word)
	return ok && (w.Lit() == "@" || w.Lit() == "*")
}

func quotedWord(part syntax.WordPart) *syntax.Word {
	return &syntax.Word{Parts: []syntax.WordPart{&syntax.DblQuoted{Parts: []syntax.WordPart{part}}}}
}

// isAnchored reports whether an expansion is ${x/#a/b} or ${x/%a/b}.
func isAnchored(n *syntax.ParamExp) bool {
	if n.Repl == nil || n.Repl.All || n.Repl.Orig == nil || len(n.Repl.Orig.Parts) == 0 {
		return false
	}
	lit, ok := n.Repl.Orig.Parts[0].(*syntax.Lit)
	return ok && lit.Value != "" && (lit.Value[0] == '#' || lit.Value[0] == '%')
}

// anchored returns the command for ${x/#a/b} and ${x/%a/b}, which the interpreter has not: it gets
// the value with and without what the pattern matches at that end.
func anchored(n *syntax.ParamExp) *syntax.CallExpr {
	if !isAnchored(n) || isList(n) {
		return nil
	}
	lit := n.Repl.Orig.Parts[0].(*syntax.Lit)
	op := map[byte]syntax.ParExpOperator{'#': syntax.RemLargePrefix, '%': syntax.RemLargeSuffix}[lit.Value[0]]
	pattern := &syntax.Word{Parts: append([]syntax.WordPart{&syntax.Lit{Value: lit.Value[1:]}}, n.Repl.Orig.Parts[1:]...)}
	where := map[byte]string{'#': "front", '%': "back"}[lit.Value[0]] // a word that stays one where the tree is printed
	if len(lit.Value) == 1 && len(n.Repl.Orig.Parts) == 1 {
		where += "-empty" // nothing matches there, always
	}
	c := call(hidden+"anchor", where)
	with := &syntax.Word{Parts: []syntax.WordPart{&syntax.DblQuoted{}}}
	if n.Repl.With != nil {
		with = quotedWord(&syntax.ParamExp{Param: &syntax.Lit{Value: "_hsmplay_unset"}, Exp: &syntax.Expansion{Op: syntax.DefaultUnset, Word: n.Repl.With}})
	}
	c.Args = append(c.Args, quotedWord(&syntax.ParamExp{Param: n.Param, Index: n.Index}),
		quotedWord(&syntax.ParamExp{Param: n.Param, Index: n.Index, Exp: &syntax.Expansion{Op: op, Word: pattern}}), with)
	return c
}

// renamed are parameters of which the interpreter asks the host.
var renamed = map[string]string{"$": "BASHPID", "PPID": "BASH_PPID", "0": "BASH_ARGV0", "!": jobVariable}

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
	if n.Exp == nil || n.Exp.Op != syntax.ErrorUnset && n.Exp.Op != syntax.ErrorUnsetOrNull {
		return
	}
	if word := n.Exp.Word; word != nil && len(word.Parts) > 0 {
		if first, ok := word.Parts[0].(*syntax.Lit); !ok || !strings.HasPrefix(first.Value, saidHere) {
			n.Exp.Word = &syntax.Word{Parts: append([]syntax.WordPart{lit(fmt.Sprintf("%s%d:", saidHere, n.Pos().Line()))}, word.Parts...)}
		}
		return
	}
	say := map[syntax.ParExpOperator]string{syntax.ErrorUnset: "parameter not set", syntax.ErrorUnsetOrNull: "parameter null or not set"}[n.Exp.Op]
	if say != "" {
		n.Exp.Word = &syntax.Word{Parts: []syntax.WordPart{&syntax.Lit{Value: say}}}
	}
}

// splitAssign turns `export "A=$b"` into an assignment, as far as the name can be read from the
// text.
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

// renameInScript answers ${BASH_SOURCE[0]} by the name of the script or of the file that it has
// taken in.
func (p *preparer) renameInScript(n *syntax.ParamExp) {
	if n.Param == nil {
		return
	}
	index, _ := n.Index.(*syntax.Word)
	inside := slices.ContainsFunc(p.path, func(outer syntax.Node) bool { _, ok := outer.(*syntax.FuncDecl); return ok })
	switch { // of functions further out it is taken for the same file
	case n.Index == nil || index != nil && index.Lit() == "0":
	case !inside || index != nil && (index.Lit() == "@" || index.Lit() == "*"):
		return
	}
	switch {
	case n.Param.Value == "BASH_SOURCE" && p.sourced != "":
		n.Param, n.Index = &syntax.Lit{Value: p.sourced}, nil
	case n.Param.Value == "BASH_SOURCE" && !p.b.inLine:
		n.Param, n.Index = &syntax.Lit{Value: renamed["0"]}, nil
	}
}

// emptyArrays makes `declare -A a` an empty array: the interpreter holds one without elements for
// not set, also when it has got some.
func emptyArrays(n *syntax.DeclClause) {
	flags := ""
	for _, as := range n.Args {
		if as.Name == nil && as.Value != nil && strings.HasPrefix(as.Value.Lit(), "-") {
			flags += as.Value.Lit()
		}
	}
	if !strings.ContainsAny(flags, "aA") || strings.ContainsAny(flags, "pfrg") {
		return
	}
	for _, as := range n.Args {
		if as.Name != nil && as.Naked {
			// += makes an indexed array of one that is not set, and keeps what another has.
			as.Naked, as.Append, as.Array = false, strings.Contains(flags, "a"), &syntax.ArrayExpr{}
		}
	}
}

// elementSet turns [[ -v a[k] ]], of which the interpreter knows the name only, into [[ -n
// ${a[k]+x} ]].
func elementSet(n *syntax.UnaryTest, keyed map[string]bool) {
	word, ok := n.X.(*syntax.Word)
	if !ok || n.Op != syntax.TsVarSet {
		return
	}
	text := source([]*syntax.Stmt{{Cmd: &syntax.CallExpr{Args: []*syntax.Word{word}}}})
	name, key, ok := strings.Cut(strings.TrimSpace(text), "[")
	if !ok || !syntax.ValidName(name) || !strings.HasSuffix(key, "]") {
		return
	}
	stmts, err := read(quoteKeys(": \"${"+name+"["+key+"+x}\"", keyed))
	if err != nil || len(stmts) != 1 {
		return
	}
	if c, ok := stmts[0].Cmd.(*syntax.CallExpr); ok && len(c.Args) == 2 {
		n.Op, n.X = syntax.TsNempStr, c.Args[1]
	}
}

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

// The interpreter gives the keys of an array of words in another order each time, its values in an
// order of their own, and one empty word where it has none. So what asks for them reads a list that
// is made before the command: `{ hsmplay-list keys m _hsmplay_keys_m $?; for k in
// "${_hsmplay_keys_m[@]}"; … }`.

// lists rewrites a statement in whose own words keys, or values of an array of words, are asked
// for.
func (p *preparer) lists(stmt *syntax.Stmt) {
	var asked []*syntax.Stmt
	syntax.Walk(stmt, func(n syntax.Node) bool {
		if inner, ok := n.(*syntax.Stmt); ok && inner != stmt {
			return false
		}
		e, ok := n.(*syntax.ParamExp)
		if !ok || e.Param == nil || !isList(e) || e.Length || strings.HasPrefix(e.Param.Value, hiddenVariable) {
			return true
		}
		if each := p.replaced(&syntax.ParamExp{Param: lit(eachValue), Exp: e.Exp, Repl: e.Repl}); each != nil {
			into := hiddenVariable + "each_" + strconv.Itoa(len(asked))
			asked = append(asked, eachReplaced(stmt, e, each, into)...)
			if e.Index == nil {
				e.Index = literal(e.Param.Value)
			}
			e.Repl, e.Exp, e.Param = nil, nil, lit(into)
			return true
		}
		if e.Index == nil {
			return true
		}
		if isAlternate(e) {
			into := hiddenVariable + "any_" + strconv.Itoa(len(asked))
			asked = append(asked, quietly(stmt, withStatus(hidden+"list", "any", e.Param.Value, into)))
			e.Param, e.Index = lit(into), nil
			return true
		}
		kind := "values"
		if e.Excl {
			kind = "keys"
		}
		instead := e.Exp != nil && (e.Exp.Op == syntax.DefaultUnset || e.Exp.Op == syntax.DefaultUnsetOrNull)
		if e.Excl || p.keyed[e.Param.Value] || instead {
			into := hiddenVariable + kind + "_" + e.Param.Value
			if instead {
				into += strconv.Itoa(len(asked)) // another may stand for none beside it
			}
			ask := withStatus(hidden+"list", kind, e.Param.Value, into)
			if instead {
				c, word := ask.Cmd.(*syntax.CallExpr), e.Exp.Word
				if word == nil {
					word = &syntax.Word{Parts: []syntax.WordPart{&syntax.DblQuoted{}}}
				}
				c.Args, e.Exp = append(c.Args, quoted(word)), nil
			}
			asked = append(asked, quietly(stmt, ask))
			e.Excl, e.Param = false, lit(into)
		}
		return true
	})
	if len(asked) > 0 {
		alone := &syntax.Stmt{Position: stmt.Position, Cmd: stmt.Cmd}
		stmt.Cmd = block(append(asked, alone)...)
	}
}

// isAlternate reports whether a text stands for a list that has elements; what is no text brings its
// own words along.
func isAlternate(e *syntax.ParamExp) bool {
	if e.Exp == nil || e.Exp.Op != syntax.AlternateUnset && e.Exp.Op != syntax.AlternateUnsetOrNull {
		return false
	}
	words := false
	syntax.Walk(e.Exp.Word, func(n syntax.Node) bool {
		inner, ok := n.(*syntax.ParamExp)
		words = words || ok && inner.Param != nil && isList(inner)
		return !words
	})
	return !words
}

// eachValue is one value of a list.
const eachValue = hiddenVariable + "each"

// eachReplaced makes the list of the values of an array, or of the shell's parameters, as a command
// gives them, one after the other:
//
//	_hsmplay_status=$?; into=(); for _hsmplay_each in "${a[@]}"; do into+=("$(hsmplay-anchor …)"); done; hsmplay-status $_hsmplay_status
func eachReplaced(at *syntax.Stmt, e *syntax.ParamExp, each *syntax.CallExpr, into string) []*syntax.Stmt {
	one := &syntax.CmdSubst{Stmts: []*syntax.Stmt{{Cmd: each}}}
	grow := func(more bool, elems ...*syntax.ArrayElem) *syntax.Stmt {
		return &syntax.Stmt{Cmd: &syntax.CallExpr{Assigns: []*syntax.Assign{{Append: more, Name: lit(into), Array: &syntax.ArrayExpr{Elems: elems}}}}}
	}
	all := quotedWord(shortParam("@"))
	if e.Index != nil {
		all = quotedWord(&syntax.ParamExp{Param: lit(e.Param.Value), Index: literal("@")})
	}
	loop := &syntax.ForClause{Loop: &syntax.WordIter{Name: lit(eachValue), InPos: at.Position, Items: []*syntax.Word{all}},
		Do: []*syntax.Stmt{grow(true, &syntax.ArrayElem{Value: quotedWord(one)})}}
	end := call(hidden + "status")
	end.Args = append(end.Args, quotedWord(shortParam(elementStatus)))
	list := []*syntax.Stmt{assigned(elementStatus, nil, quotedWord(shortParam("?"))), grow(false), {Cmd: loop}, quietly(at, &syntax.Stmt{Cmd: end})}
	for _, s := range list {
		s.Position = at.Position
	}
	return list
}

// quoted is a word as one in double quotes, as far as it is not quoted already.
func quoted(w *syntax.Word) *syntax.Word {
	if slices.ContainsFunc(w.Parts, func(part syntax.WordPart) bool {
		switch part.(type) {
		case *syntax.DblQuoted, *syntax.SglQuoted:
			return true
		}
		return false
	}) {
		return w
	}
	return &syntax.Word{Parts: []syntax.WordPart{&syntax.DblQuoted{Parts: w.Parts}}}
}

// list makes the list of an array's keys or values, or of what stands for none; it ends with a
// status that it is given.
func (b *bash) list(ctx context.Context, args []string) error {
	var words []string
	switch v := variableOf(ctx, args[1]); v.Kind {
	case expand.Associative:
		words = slices.Sorted(maps.Keys(v.Map))
		if args[0] == "values" {
			for i, key := range words {
				words[i] = v.Map[key]
			}
		}
	case expand.Indexed:
		words = v.List
		if args[0] == "keys" {
			words = indexes(v)
		}
	case expand.String:
		words = []string{map[string]string{"keys": "0", "values": v.Str}[args[0]]}
	}
	if len(args) > 4 && len(words) == 0 {
		words = args[4:]
	}
	if args[0] == "any" {
		text := "unset " + args[2]
		if len(words) > 0 {
			text = args[2] + "=" + quote(strings.Join(words, " "))
		}
		if err := interp.HandlerCtx(ctx).Builtin(ctx, []string{"eval", text}); err != nil {
			return err
		}
		return b.exitStatus(ctx, args[3:4])
	}
	text := args[2] + "=("
	for _, word := range words {
		text += " " + quote(word)
	}
	if err := interp.HandlerCtx(ctx).Builtin(ctx, []string{"eval", text + ")"}); err != nil {
		return err
	}
	return b.exitStatus(ctx, args[3:4])
}

// indexes are those of the elements that an array has.
func indexes(v expand.Variable) (words []string) {
	for i := range v.List {
		if v.Indexes != nil {
			i = v.Indexes[i]
		}
		words = append(words, strconv.Itoa(i))
	}
	return words
}

// variableOf is a variable, or the one that it refers to.
func variableOf(ctx context.Context, name string) expand.Variable {
	env := interp.HandlerCtx(ctx).Env
	v := env.Get(name)
	if _, other := v.Resolve(env); other.Kind != expand.Unknown {
		return other
	}
	return v
}

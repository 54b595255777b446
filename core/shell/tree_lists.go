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
		if !ok || e.Param == nil || e.Index == nil || !isAll(e.Index) || e.Length || strings.HasPrefix(e.Param.Value, hiddenVariable) {
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

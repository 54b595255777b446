package shell

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// The interpreter quotes and unfolds in ${x@Q}, ${x@E} and ${x@A} in ways of its own, and knows
// none of the letters for the elements of an array. So what asks for them reads a list that is made
// before the command: `{ hsmplay-transform Q x _hsmplay_at_Q0 $? "${x+set}" "${x}"; echo
// "$_hsmplay_at_Q0"; }`, and for an array or the parameters of the shell `"${_hsmplay_at_Q0[@]}"`.

// transformed begins the names of those lists.
const transformed = hiddenVariable + "at_"

// ofOne are the letters that are answered for a plain variable too; the interpreter's own way does
// for the others.
const ofOne = "QEAKka"

// transforms rewrites a statement in whose own words `@` and a letter transform a value.
func (p *preparer) transforms(stmt *syntax.Stmt) {
	var asked []*syntax.Stmt
	syntax.Walk(stmt, func(n syntax.Node) bool {
		if inner, ok := n.(*syntax.Stmt); ok && inner != stmt {
			return false
		}
		e, ok := n.(*syntax.ParamExp)
		if !ok || e.Param == nil || e.Excl || e.Exp == nil || e.Exp.Op != syntax.OtherParamOps || e.Exp.Word == nil {
			return true
		}
		letter := e.Exp.Word.Lit()
		all := e.Param.Value == "@" || e.Param.Value == "*" || e.Index != nil && isAll(e.Index)
		if !all && !strings.Contains(ofOne, letter) {
			return true
		}
		into := fmt.Sprint(transformed, letter, len(asked))
		ask := withStatus(hidden+"transform", letter, e.Param.Value, into)
		c := ask.Cmd.(*syntax.CallExpr)
		c.Args = append(c.Args, transformArgs(e, all)...)
		asked = append(asked, quietly(stmt, ask))
		if e.Param.Value == "@" || e.Param.Value == "*" {
			e.Index = literal(e.Param.Value)
		} else if !all {
			e.Index = nil
		}
		e.Param, e.Exp, e.Short = lit(into), nil, false
		return true
	})
	if len(asked) > 0 {
		alone := &syntax.Stmt{Position: stmt.Position, Cmd: stmt.Cmd}
		stmt.Cmd = block(append(asked, alone)...)
	}
}

// transformArgs are the words that `hsmplay-transform` gets of a value: of an array its name is
// enough, "all" and the parameters of the shell are handed over, of others whether they are set and
// what they are.
func transformArgs(e *syntax.ParamExp, all bool) []*syntax.Word {
	if all {
		words := []*syntax.Word{literal("all")}
		if e.Index == nil {
			words = append(words, quotedWord(&syntax.ParamExp{Param: lit("@")}))
		}
		return words
	}
	set := &syntax.Expansion{Op: syntax.AlternateUnset, Word: literal("set")}
	return []*syntax.Word{quotedWord(&syntax.ParamExp{Param: e.Param, Index: e.Index, Exp: set}),
		quotedWord(&syntax.ParamExp{Param: e.Param, Index: e.Index})}
}

// transform makes the list: the letter, the variable, the list's name, the status to end with, and
// what [transformArgs] says.
func (b *bash) transform(ctx context.Context, args []string) error {
	letter, name, into, status, rest := args[0], args[1], args[2], args[3:4], args[4:]
	v := variableOf(ctx, name)
	flags := b.t.flagsOf(name, v)
	var words []string
	switch {
	case rest[0] == "set":
		words = []string{transformedTo(letter, name, flags, rest[1])}
	case rest[0] == "all" && v.IsSet():
		words = transformedList(letter, name, flags, v)
	case rest[0] == "all" && letter == "A" && len(rest) > 1:
		words = []string{"set -- " + strings.Join(each("Q", rest[1:]), " ")}
	case rest[0] == "all":
		words = each(letter, rest[1:])
	}
	text := into + "=("
	for _, word := range words {
		if letter == "E" {
			text += " $'" + escapeBare(word) + "'"
			continue
		}
		text += " " + quote(word)
	}
	if err := interp.HandlerCtx(ctx).Builtin(ctx, []string{"eval", text + ")"}); err != nil {
		return err
	}
	return b.exitStatus(ctx, status)
}

// each transforms values one by one.
func each(letter string, values []string) (words []string) {
	for _, value := range values {
		words = append(words, transformedTo(letter, "", "", value))
	}
	return words
}

// transformedTo is one value under a letter, of E what [bash.transform] unfolds.
func transformedTo(letter, name, flags, value string) string {
	switch letter {
	case "Q", "K", "k":
		return Quoted(value)
	case "A":
		if flags != "" {
			return "declare -" + flags + " " + name + "=" + Quoted(value)
		}
		return name + "=" + Quoted(value)
	case "a":
		return flags
	case "U":
		return strings.ToUpper(value)
	case "L":
		return strings.ToLower(value)
	case "u":
		runes := []rune(value)
		if len(runes) > 0 {
			runes[0] = unicode.ToUpper(runes[0])
		}
		return string(runes)
	}
	return value
}

// transformedList is an array under a letter: a word for each element, or one for all.
func transformedList(letter, name, flags string, v expand.Variable) []string {
	keys, values := indexes(v), v.List
	switch v.Kind {
	case expand.Associative:
		keys, values = slices.Sorted(maps.Keys(v.Map)), nil
		for _, key := range keys {
			values = append(values, v.Map[key])
		}
	case expand.String:
		return []string{transformedTo(letter, name, flags, v.Str)}
	}
	var pairs, words []string
	for i, value := range values {
		key := keys[i]
		if _, err := strconv.Atoi(key); err != nil && strings.ContainsFunc(key, notInName) {
			key = doubleQuoted(key)
		}
		switch letter {
		case "A":
			pairs = append(pairs, "["+key+"]="+doubleQuoted(value))
		case "K":
			pairs = append(pairs, key, doubleQuoted(value))
		case "k":
			words = append(words, keys[i], value)
		default:
			words = append(words, transformedTo(letter, name, flags, value))
		}
	}
	end := ""
	if v.Kind == expand.Associative && len(pairs) > 0 {
		end = " " // as bash prints them
	}
	switch letter {
	case "A":
		return []string{"declare -" + flags + " " + name + "=(" + strings.Join(pairs, " ") + end + ")"}
	case "K":
		return []string{strings.Join(pairs, " ") + end}
	}
	return words
}

func notInName(c rune) bool { return c != '_' && !unicode.IsLetter(c) && !unicode.IsDigit(c) }

// Quoted is a text as bash quotes it for reading again: in single quotes, or as $'…' where it has
// control characters.
func Quoted(text string) string {
	switch {
	case strings.ContainsFunc(text, unicode.IsControl):
		return "$'" + AnsiEscaped(text) + "'"
	case text == "'":
		return `\'`
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// doubleQuoted is a text in double quotes, as bash writes the elements of arrays.
func doubleQuoted(text string) string {
	if strings.ContainsFunc(text, unicode.IsControl) {
		return Quoted(text)
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`").Replace(text) + `"`
}

// AnsiEscaped is a text as it stands in $'…', in bash's own choice of escapes.
func AnsiEscaped(text string) string {
	short := map[rune]string{'\a': `\a`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`, '\v': `\v`,
		0x1b: `\E`, '\'': `\'`, '\\': `\\`}
	var b strings.Builder
	for _, c := range text {
		switch {
		case short[c] != "":
			b.WriteString(short[c])
		case unicode.IsControl(c):
			for _, one := range []byte(string(c)) {
				fmt.Fprintf(&b, `\%03o`, one)
			}
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// escapeBare makes the single quotes of a text with escapes safe to stand in $'…'.
func escapeBare(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text):
			b.WriteString(text[i : i+2])
			i++
		case text[i] == '\\':
			b.WriteString(`\\`)
		case text[i] == '\'':
			b.WriteString(`\'`)
		default:
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

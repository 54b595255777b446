package shell

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// optionPlace is where getopts stands between two calls: bash keeps the place in a word to itself.
type optionPlace struct{ word, letter int }

// rewriteGetopts carries out getopts: the interpreter's forgets arguments that are empty, the --
// that ends the options, and what a missing argument is called. [giveOptions] has put the
// positional parameters behind it.
func rewriteGetopts(b *bash, ctx context.Context, args []string) []string {
	if len(args) < 3 {
		fmt.Fprint(raw(interp.HandlerCtx(ctx).Stderr), "getopts: usage: getopts optstring name [arg ...]\n")
		return status(2)
	}
	spec, name := args[1], args[2]
	if !syntax.ValidName(name) {
		b.complain(ctx, "getopts: `%s': not a valid identifier", name)
		return status(1)
	}
	if b.refusesFixed(ctx, name) {
		return status(2)
	}
	env := interp.HandlerCtx(ctx).Env
	index, err := strconv.Atoi(env.Get("OPTIND").String())
	if err != nil || index < 1 {
		index = 1
	}
	if b.options.word != index {
		b.options = optionPlace{index, 0}
	}
	letter, value, given := b.options.next(spec, args[3:])
	next := fmt.Sprintf("OPTIND=%d; %s=", b.options.word, name)
	switch why := map[string]string{"?": "illegal option", ":": "option requires an argument"}[letter]; {
	case letter == "":
		return []string{"eval", next + "'?'; false"}
	case why != "" && spec[:min(1, len(spec))] != ":":
		if env.Get("OPTERR").String() != "0" {
			b.complain(ctx, "%s -- %s", why, value)
		}
		return []string{"eval", next + "'?'; unset OPTARG; true"}
	case !given:
		return []string{"eval", next + quote(letter) + "; unset OPTARG; true"}
	}
	return []string{"eval", next + quote(letter) + "; OPTARG=" + quote(value)}
}

// next takes the next option out of words: its letter, ? for one that spec has not, : for one
// without its argument, "" behind the last. The value is the argument, or the letter that is wrong;
// given says that there is one.
func (o *optionPlace) next(spec string, words []string) (letter, value string, given bool) {
	if o.word > len(words) {
		return "", "", false
	}
	word := words[o.word-1]
	switch {
	case word == "--" && o.letter == 0:
		*o = optionPlace{o.word + 1, 0}
		return "", "", false
	case len(word) < 2 || word[0] != '-':
		return "", "", false
	}
	o.letter = min(o.letter, len(word)-2)
	letter, rest := word[o.letter+1:o.letter+2], word[o.letter+2:]
	if o.letter++; rest == "" {
		*o = optionPlace{o.word + 1, 0}
	}
	at := strings.Index(strings.TrimPrefix(spec, ":"), letter)
	switch {
	case at < 0 || letter == ":":
		return "?", letter, true
	case !strings.HasPrefix(strings.TrimPrefix(spec, ":")[at+1:], ":"):
		return letter, "", false
	case rest != "":
		*o = optionPlace{o.word + 1, 0}
		return letter, rest, true
	case o.word > len(words):
		return ":", letter, true
	}
	*o = optionPlace{o.word + 1, 0}
	return letter, words[o.word-2], true
}

// giveOptions puts "$@" behind a getopts that names no arguments of its own.
func giveOptions(n *syntax.CallExpr) {
	if len(n.Args) == 3 && n.Args[0].Lit() == "getopts" {
		n.Args = append(n.Args, quotedWord(&syntax.ParamExp{Short: true, Param: &syntax.Lit{Value: "@"}}))
	}
}

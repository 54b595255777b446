package unix

import (
	"math"
	"math/rand/v2"
	"strings"
	"time"
	"unicode/utf8"
)

// awkFunction is a built-in function with how many arguments it takes.
type awkFunction struct {
	least, most int
	run         func(a *awk, args []*awkExpr) awkValue
}

var awkFunctions map[string]awkFunction

func init() {
	text := func(f func(string) string) awkFunction {
		return awkFunction{1, 1, func(a *awk, args []*awkExpr) awkValue { return awkS(f(a.text(args[0].eval(a)))) }}
	}
	number := func(f func(float64) float64) awkFunction {
		return awkFunction{1, 1, func(a *awk, args []*awkExpr) awkValue { return awkN(f(args[0].eval(a).num())) }}
	}
	awkFunctions = map[string]awkFunction{
		"close":   {1, 1, func(a *awk, args []*awkExpr) awkValue { a.close(a.text(args[0].eval(a))); return awkN(0) }},
		"tolower": text(strings.ToLower), "toupper": text(strings.ToUpper),
		"int": number(math.Trunc), "sqrt": number(math.Sqrt), "exp": number(math.Exp), "log": number(math.Log),
		"length": {0, 1, (*awk).length}, "substr": {2, 3, (*awk).substr}, "index": {2, 2, (*awk).index}, "split": {2, 3, (*awk).splitInto},
		"sub":  {2, 3, func(a *awk, args []*awkExpr) awkValue { return a.substitute(args, 1) }},
		"gsub": {2, 3, func(a *awk, args []*awkExpr) awkValue { return a.substitute(args, -1) }}, "match": {2, 2, (*awk).matchAt},
		"system": {1, 1, (*awk).system}, "srand": {0, 1, (*awk).seed}, "rand": {0, 0, (*awk).random},
		"sin": number(math.Sin), "cos": number(math.Cos), "atan2": {2, 2, func(a *awk, args []*awkExpr) awkValue {
			return awkN(math.Atan2(args[0].eval(a).num(), args[1].eval(a).num()))
		}},
		"systime":  {0, 0, func(a *awk, _ []*awkExpr) awkValue { return awkN(float64(a.p.Date(a.p.Now()).Unix())) }},
		"strftime": {0, 3, (*awk).strftime},
		"sprintf":  {1, 100, func(a *awk, args []*awkExpr) awkValue { return awkS(a.sprintf(args)) }},
	}
}

// strftime is a time, now or in seconds since 1970, in a format of date.
func (a *awk) strftime(args []*awkExpr) awkValue {
	format, at := "%c", a.p.Date(a.p.Now())
	if len(args) > 0 {
		format = a.text(args[0].eval(a))
	}
	if len(args) > 1 {
		at = time.Unix(int64(args[1].eval(a).num()), 0).UTC()
	}
	return awkS(strftime(format, at))
}

func (a *awk) length(args []*awkExpr) awkValue {
	if len(args) == 0 {
		return awkN(float64(utf8.RuneCountInString(a.record)))
	}
	if args[0].array != nil {
		if keys := a.arrays[args[0].array(a)]; keys != nil {
			return awkN(float64(len(keys)))
		}
	}
	return awkN(float64(utf8.RuneCountInString(a.text(args[0].eval(a)))))
}

func (a *awk) substr(args []*awkExpr) awkValue {
	runes := []rune(a.text(args[0].eval(a)))
	from := math.Round(args[1].eval(a).num())
	to := math.Inf(1)
	if len(args) == 3 {
		to = from + math.Round(args[2].eval(a).num())
	}
	i, j := int(max(from, 1)), int(min(to, float64(len(runes)+1)))
	if i >= j {
		return awkS("")
	}
	return awkS(string(runes[i-1 : j-1]))
}

func (a *awk) index(args []*awkExpr) awkValue {
	text := a.text(args[0].eval(a))
	i := strings.Index(text, a.text(args[1].eval(a)))
	if i < 0 {
		return awkN(0)
	}
	return awkN(float64(utf8.RuneCountInString(text[:i]) + 1))
}

func (a *awk) splitInto(args []*awkExpr) awkValue {
	text, sep := a.text(args[0].eval(a)), a.get("FS").text
	if len(args) == 3 {
		sep = a.pattern(args[2])
	}
	if args[1].array == nil {
		a.fail("split: second argument is not an array")
	}
	name := args[1].array(a)
	delete(a.arrays, name)
	delete(a.order, name)
	parts := a.cut(text, sep)
	for i, part := range parts {
		a.setElement(name, awkN(float64(i+1)).str(""), awkIn(part))
	}
	if a.arrays[name] == nil {
		a.arrays[name] = map[string]awkValue{}
	}
	return awkN(float64(len(parts)))
}

// substitute replaces the first or every match in a variable, $0 without one; & is the match.
func (a *awk) substitute(args []*awkExpr, most int) awkValue {
	re, with := a.re(a.pattern(args[0])), a.text(args[1].eval(a))
	target := &awkExpr{eval: func(a *awk) awkValue { return awkIn(a.record) }, assign: func(a *awk, v awkValue) { a.setField(0, v) }}
	if len(args) == 3 {
		target = args[2]
	}
	text := a.text(target.eval(a))
	var b strings.Builder
	at := 0
	found := re.FindAllStringIndex(text, most)
	for _, m := range found {
		b.WriteString(text[at:m[0]] + ampersand(with, text[m[0]:m[1]]))
		at = m[1]
		a.room(b.Len())
	}
	b.WriteString(text[at:])
	if len(found) > 0 && target.assign != nil {
		target.assign(a, awkS(b.String()))
	}
	return awkN(float64(len(found)))
}

// ampersand puts a match in for every & without a backslash.
func ampersand(with, match string) string {
	return strings.NewReplacer(`\\`, `\`, `\&`, "&", "&", match).Replace(with)
}

func (a *awk) matchAt(args []*awkExpr) awkValue {
	text := a.text(args[0].eval(a))
	start, length := 0, -1
	if m := a.re(a.pattern(args[1])).FindStringIndex(text); m != nil {
		start, length = utf8.RuneCountInString(text[:m[0]])+1, utf8.RuneCountInString(text[m[0]:m[1]])
	}
	a.vars["RSTART"], a.vars["RLENGTH"] = awkN(float64(start)), awkN(float64(length))
	return awkN(float64(start))
}

// sprintf carries out a format once.
func (a *awk) sprintf(args []*awkExpr) string {
	f := &formatter{}
	for _, e := range args[1:] {
		v := e.eval(a)
		f.args, f.numbers = append(f.args, v.str("%.30g")), append(f.numbers, v.kind == awkNumber)
	}
	f.lenient = true
	f.once(strings.ReplaceAll(a.text(args[0].eval(a)), `\`, `\\`))
	a.room(f.out.Len())
	return f.out.String()
}

// system runs a command; what was printed to others before goes out first.
func (a *awk) system(args []*awkExpr) awkValue {
	a.flush()
	return awkN(float64(a.p.Run([]string{"sh", "-c", a.text(args[0].eval(a))})))
}

// seed begins the numbers of rand anew and returns what they began with before.
func (a *awk) seed(args []*awkExpr) awkValue {
	before := a.seeded
	a.seeded = float64(a.p.Date(a.p.Now()).Unix())
	if len(args) > 0 {
		a.seeded = args[0].eval(a).num()
	}
	a.chance = rand.New(rand.NewPCG(math.Float64bits(a.seeded), 0))
	return awkN(before)
}

func (a *awk) random([]*awkExpr) awkValue {
	if a.chance == nil {
		a.chance = rand.New(rand.NewPCG(0, 0))
	}
	return awkN(a.chance.Float64())
}

package command

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mended is a line like the typed one that would work: what was right stays, what was wrong or
// missing is replaced by an example, what belongs to nothing is left out. Passwords are not
// repeated. It is for a match with a Spec.
func (m Match[E]) Mended() string {
	m = m.righted()
	words := strings.Fields(m.lead + m.Spec.Name)
	give := m.mendedParams()
	for i := range m.Spec.Params {
		if give[i] {
			words = append(words, m.mendedParam(i)...)
		}
	}
	return strings.Join(words, " ")
}

// mendedParam is parameter i in the mended line.
func (m Match[E]) mendedParam(i int) []string {
	p := &m.Spec.Params[i]
	switch {
	case p.Kind == Named:
		return []string{"-" + m.mendedValue(i, m.Bound[i].Text)}
	case p.Kind == Switch, p.Bare && p.Flag != "" && m.Bound[i].Given && m.Bound[i].Value < 0:
		return []string{p.Flag}
	}
	all := m.Bound[i].All
	if len(all) == 0 || p.Kind == Secret {
		all = []string{m.Bound[i].Text}
	}
	var words []string
	for at, text := range all[:min(len(all), wordMax)] {
		if p.Flag != "" && (at == 0 || !p.Many) {
			words = append(words, p.Flag)
		}
		words = append(words, m.mendedValue(i, text))
	}
	return words
}

// mendedParams says which parameters the mended line has: those given, those required, and those
// they need.
func (m Match[E]) mendedParams() []bool {
	params := m.Spec.Params
	give := make([]bool, len(params))
	for i := range params {
		give[i] = m.Bound[i].Given
	}
	for i := range params {
		switch other := groupBefore(params, give, i); {
		case give[i] && other:
			give[i] = false
		case !give[i] && !params[i].Optional && !other && !m.groupGiven(i):
			give[i] = true
		}
	}
	for range params {
		for i := range params {
			if need := find(params, params[i].Needs); give[i] && need >= 0 {
				give[need] = true
			}
		}
	}
	hideSecrets(params, give)
	return give
}

// groupBefore reports whether a parameter before i that is in its group has been taken.
func groupBefore(params []Param, give []bool, i int) bool {
	for j := range i {
		if give[j] && params[i].OneOf != "" && params[j].OneOf == params[i].OneOf {
			return true
		}
	}
	return false
}

// groupGiven reports whether another of i's group was given.
func (m Match[E]) groupGiven(i int) bool { return rival(m.Spec.Params, m.Bound, i) >= 0 }

// hideSecrets puts in place of a password the switch that asks for it, where there is one.
func hideSecrets(params []Param, give []bool) {
	for i := range params {
		if !give[i] || params[i].Kind != Secret || params[i].OneOf == "" {
			continue
		}
		for j := range params {
			if params[j].OneOf == params[i].OneOf && params[j].Kind == Switch {
				give[i], give[j] = false, true
			}
		}
	}
}

// mendedValue is a value of parameter i in the mended line, for what was typed.
func (m Match[E]) mendedValue(i int, text string) string {
	p, at := &m.Spec.Params[i], m.Bound[i]
	if p.Kind == Secret || !at.Given || at.Value < 0 {
		return p.example()
	}
	typed := unstyled(text)
	if checks[p.Kind](p, typed) == 0 && len(typed) <= wordMax {
		if text, ok := quote(typed, m.style.Quotes); ok {
			return text
		}
	}
	if near := m.nearestValue(p, typed); near.How != Far {
		return near.Names[0]
	}
	return p.example()
}

// nearestValue looks for the value that a word may have meant. Numbers resemble nothing, but one
// whose meaning alone has the word in it is taken: secp384r1 is 14, and user4 is 4.
func (m Match[E]) nearestValue(p *Param, word string) Near {
	known := m.knownValues(p)
	if p.Kind == Users {
		return nearestList(known, word)
	}
	if near := meantNumber(known, word); near.How != Far || p.Kind != Choices || p.numeric() {
		return near
	}
	var words []string
	for _, v := range p.Values {
		if !v.Hidden {
			words = append(words, v.Word)
		}
	}
	return Nearest(word, words)
}

// knownValues are the values that the table offers, and those that are known only now.
func (m Match[E]) knownValues(p *Param) []Choice {
	if m.known != nil {
		return m.known(p)
	}
	var all []Choice
	for _, v := range p.Values {
		if !v.Hidden {
			all = append(all, Choice{Word: v.Word, Means: v.Means})
		}
	}
	return all
}

// meantNumber is the number whose meaning alone has a word in it.
func meantNumber(known []Choice, word string) Near {
	var meant []string
	for _, v := range known {
		if len(word) >= 3 && digits(v.Word) && hasWord(v.Means, word) {
			meant = append(meant, v.Word)
		}
	}
	if len(meant) != 1 {
		return Near{}
	}
	return Near{Slip, meant}
}

// nearestList is a list of numbers for one of meanings, such as of ids for one of names.
func nearestList(known []Choice, list string) Near {
	var ids []string
	for word := range strings.SplitSeq(list, ",") {
		if near := meantNumber(known, word); near.How != Far && !digits(word) {
			word = near.Names[0]
		}
		if !digits(word) {
			return Near{}
		}
		ids = append(ids, word)
	}
	return Near{Slip, []string{strings.Join(ids, ",")}}
}

// hasWord reports whether a text has a word in it, capital or not, with no letter or digit on
// either side.
func hasWord(text, word string) bool {
	text, word = strings.ToLower(text), strings.ToLower(word)
	inner := func(r rune, size int) bool { return size > 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		at += i
		before, after := text[:at], text[at+len(word):]
		if !inner(utf8.DecodeLastRuneInString(before)) && !inner(utf8.DecodeRuneInString(after)) {
			return true
		}
		at += len(word)
	}
}

// example is a value that works.
func (p *Param) example() string {
	switch {
	case p.Example != "":
		return p.Example
	case len(p.Values) > 0:
		return p.Values[0].Word
	}
	if p.Kind == Number || p.Kind == Node {
		if p.Min > 0 || p.Kind == Node {
			return strconv.FormatInt(p.Min, 10)
		}
		return "1"
	}
	return examples[p.Kind]
}

// examples are values of the kinds that need no table to choose one.
var examples = [...]string{
	Text: "example", Hex: "0x1f", Path: "file", Output: "file", Secret: "password",
	Handle: "7", Users: "4,5", User: "example_user", Choices: "",
}

package command

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mended is a line like the typed one that would work: what was right stays, what was wrong or missing is
// replaced by an example, what belongs to nothing is left out. Passwords are not repeated. It is for a match
// with a Spec and a Fault.
func (m Match[E]) Mended() string {
	words := []string{m.Spec.Name}
	give := m.mendedParams()
	for i := range m.Spec.Params {
		p := &m.Spec.Params[i]
		if !give[i] {
			continue
		}
		if p.Flag != "" {
			words = append(words, p.Flag)
		}
		if p.Kind != Switch {
			words = append(words, m.mendedValue(i))
		}
	}
	return strings.Join(words, " ")
}

// mendedParams says which parameters the mended line has: those given, those required, and those they need.
func (m Match[E]) mendedParams() []bool {
	params := m.Spec.Params
	give := make([]bool, len(params))
	for i := range params {
		give[i] = m.Bound[i].Given
	}
	if m.Fault.Kind == UnknownOption {
		if near := nearestOption(m.Fault.Word, params); near.How != Far {
			give[find(params, near.Names[0])] = true
		}
	}
	for i := range params {
		other := find(params, params[i].Or)
		switch {
		case give[i] && other >= 0 && other < i && give[other]:
			give[i] = false
		case !give[i] && !params[i].Optional && (other < 0 || !give[other] && i < other):
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
	return give
}

// mendedValue is the value of parameter i in the mended line.
func (m Match[E]) mendedValue(i int) string {
	p, at := &m.Spec.Params[i], m.Bound[i]
	switch {
	case p.Kind == Secret:
		return "<" + strings.ReplaceAll(p.what(), " ", "-") + ">"
	case at.Given && at.Value >= 0 && checks[p.Kind](p, at.Text) == 0 && len(at.Text) <= wordMax:
		if text, ok := quote(at.Text, m.style); ok {
			return text
		}
	case p.Kind == Choices && m.Fault.Param.name() == p.name():
		if near := nearestValue(p, m.Fault.Word); near.How != Far {
			return near.Names[0]
		}
	}
	return p.example()
}

// nearestValue looks for the offered value that a word may have meant. Numbers resemble nothing, but one whose
// meaning alone has the word in it is taken: secp384r1 is 14.
func nearestValue(p *Param, word string) Near {
	var words, meant []string
	for _, v := range p.Values {
		words = append(words, v.Word)
		if len(word) >= 3 && hasWord(v.Means, word) {
			meant = append(meant, v.Word)
		}
	}
	switch {
	case !p.numeric():
		return Nearest(word, words)
	case len(meant) == 1:
		return Near{Slip, meant}
	}
	return Near{}
}

// hasWord reports whether a text has a word in it, capital or not, with no letter or digit on either side.
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

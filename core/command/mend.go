package command

import (
	"strconv"
	"strings"
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
	case m.Fault.Kind == NotAChoice && m.Fault.Param.name() == p.name():
		if near := nearestValue(p, m.Fault.Word); near.How != Far {
			return near.Names[0]
		}
	case at.Given && at.Value >= 0 && checks[p.Kind](p, at.Text) == 0 && len(at.Text) <= wordMax:
		if text, ok := quote(at.Text, m.style); ok {
			return text
		}
	}
	return p.example()
}

// nearestValue looks for the offered value that a word may have meant. Numbers resemble nothing.
func nearestValue(p *Param, word string) Near {
	if p.numeric() {
		return Near{}
	}
	var words []string
	for i := range p.Values {
		words = append(words, p.Values[i].Word)
	}
	return Nearest(word, words)
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

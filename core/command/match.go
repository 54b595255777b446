package command

import "strings"

// LineMax is the length in bytes up to which a line is read. The longest that makes sense is a list of all
// 1,024 users of a cluster, some 5 KB.
const LineMax = 16 << 10

// Match is what a table makes of a line. It is a value: returned, never kept.
type Match[E any] struct {
	Line  string
	Words []Word   // Words[0] is the command
	Spec  *Spec[E] // nil when the command is not known
	Bound []Bound  // what was given, one for each of Spec.Params
	Help  bool     // the usage was asked for; nothing else counts then
	Fault *Fault   // the first thing that is wrong, nil for nothing
	style Style
	split bool                    // somebody else has split the words
	lead  string                  // what stands before a command where it is typed
	known func(p *Param) []Choice // the values of a parameter that are known now, nil for the table's alone
}

// Bound is what a line gives a parameter. Option and Value are indices of Words, -1 for none.
type Bound struct {
	Given         bool
	Text          string // the value without quotes; "" of a Switch
	Option, Value int
}

// Match reads a line. Any line at all can be read.
func (t Table[E]) Match(line string) Match[E] {
	if len(line) > LineMax {
		return t.matchLong(line)
	}
	return t.match(line, Split(line, t.Style))
}

// MatchWords reads words that somebody else has split, such as the arguments of a program.
func (t Table[E]) MatchWords(texts []string) Match[E] {
	line := strings.Join(texts, " ")
	if len(line) > LineMax {
		return t.matchLong(line)
	}
	words := make([]Word, len(texts))
	at := 0
	for i, text := range texts {
		words[i] = Word{Span{at, at + len(text)}, text, text == "", -1}
		at += len(text) + 1
	}
	m := t.match(line, words)
	m.split = true
	return m
}

// matchLong names the command of a line that is too long to be read.
func (t Table[E]) matchLong(line string) Match[E] {
	m := Match[E]{Line: line, Words: Split(line[:LineMax], t.Style), style: t.Style, lead: t.Lead}
	m.Fault = &Fault{Kind: LineTooLong, Span: Span{LineMax, len(line)}}
	if len(m.Words) == 0 {
		return m
	}
	m.Words = m.Words[:1]
	m.Fault.Word = m.Words[0].Text
	m.Spec = t.Lookup(m.Words[0].Text)
	if m.Spec != nil {
		m.Bound = unbound(len(m.Spec.Params))
	}
	return m
}

// match binds words to the parameters of the command that the first one names.
func (t Table[E]) match(line string, words []Word) Match[E] {
	m := Match[E]{Line: line, Words: words, style: t.Style, lead: t.Lead}
	if len(words) == 0 {
		return m
	}
	m.Spec = t.Lookup(words[0].Text)
	if m.Spec == nil {
		m.Fault = &Fault{Kind: UnknownCommand, Span: words[0].Span, Word: words[0].Text}
		return m
	}
	b := newBinder(t.Style, m.Spec.Params, words)
	b.any = m.Spec.Any
	for i := 1; i < len(words); i++ {
		b.take(i)
	}
	b.finish(len(line))
	m.Bound, m.Help, m.Fault = b.bound, b.help, b.fault
	if m.Help || m.Spec.Loose {
		m.Fault = nil
	}
	return m
}

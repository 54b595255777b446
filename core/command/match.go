package command

import "strings"

// LineMax is the length in bytes up to which a line is read, where a style says no other. The
// longest that makes sense is a list of all 1,024 users of a cluster, some 5 KB.
const LineMax = 16 << 10

// Match is what a table makes of a line. It is a value: returned, never kept.
type Match[E any] struct {
	Line  string
	Words []Word   // the first ones name the command
	Path  string   // the command's name, or the category as far as the words lead; "" for none
	Spec  *Spec[E] // nil when the command is not known
	Bound []Bound  // what was given, one for each of Spec.Params
	Help  bool     // the usage of Path was asked for; nothing else counts then
	Asked string   // the flag or word that asked for it
	Fault *Fault   // the first thing that is wrong, nil for nothing
	style Style
	split bool                    // somebody else has split the words
	lead  string                  // what stands before a command where it is typed
	known func(p *Param) []Choice // the values of a parameter that are known now, nil for the table's alone
	takes func(p *Param) []string // those of its values that this world does not refuse, nil for all
	other []Other                 // the tools whose commands may be meant
	meant func() []*guess[E]      // what the line may have meant, nil for nothing
	doubt *Fault                  // a value that others refuse, nil for none
}

// Bound is what a line gives a parameter. Option and Value are indices of Words, -1 for none; where
// the value stands in the option's word they are the same.
type Bound struct {
	Given         bool
	Text          string   // the value without quotes, the last of several; "" of a Switch
	All           []string // of a parameter that takes many values or may be repeated
	Option, Value int
}

// Match reads a line. Any line at all can be read.
func (t Table[E]) Match(line string) Match[E] {
	if len(line) > t.Style.longest() {
		return t.matchLong(line)
	}
	return t.match(line, Split(line, t.Style.Quotes), false)
}

// MatchWords reads words that somebody else has split, such as the arguments of a program.
func (t Table[E]) MatchWords(texts []string) Match[E] {
	line := strings.Join(texts, " ")
	if len(line) > t.Style.longest() {
		return t.matchLong(line)
	}
	words := make([]Word, len(texts))
	at := 0
	for i, text := range texts {
		words[i] = Word{Span{at, at + len(text)}, text, text == "", -1}
		at += len(text) + 1
	}
	m := t.match(line, words, true)
	m.split = true
	return m
}

// matchLong names the command of a line that is too long to be read.
func (t Table[E]) matchLong(line string) Match[E] {
	m := Match[E]{Line: line, Words: Split(line[:LineMax], t.Style.Quotes), style: t.Style, lead: t.Lead}
	m.Fault = &Fault{Kind: LineTooLong, Span: Span{t.Style.longest(), len(line)}}
	if len(m.Words) == 0 {
		return m
	}
	path, n := t.walk("", m.Words)
	m.Fault.Word = m.Words[0].Text
	m.Words = m.Words[:max(n, 1)]
	for i := range n {
		m.Words[i].Param = pathWord
	}
	if m.Path, m.Spec = path, t.at(path); m.Spec != nil {
		m.Bound = unbound(len(m.Spec.Params))
	}
	return m
}

// match finds the command that the first words name and binds the others to its parameters. A
// program that was started without any word wants one, where a word asks for help.
func (t Table[E]) match(line string, words []Word, started bool) Match[E] {
	m := Match[E]{Line: line, Words: words, style: t.Style, lead: t.Lead}
	if len(words) == 0 && t.at("") == nil {
		if started && t.Style.HelpWord != "" {
			m.Fault = &Fault{Kind: NoCommand}
		}
		return m
	}
	path, n := t.walk("", words)
	for i := range n {
		words[i].Param = pathWord
	}
	m.Path, m.Spec = path, t.at(path)
	if m.Spec == nil {
		t.category(&m, n)
		return m
	}
	b := t.bind(&m, n)
	if m.Help || m.Spec == nil {
		return m
	}
	b.finish(len(line))
	m.Bound, m.Help, m.Asked, m.Fault, m.doubt = b.bound, b.asked != "", b.asked, b.fault, b.doubt
	if m.Help || m.Spec.Loose {
		m.Fault = nil
	}
	return m
}

// Taken is how many words from the first one on belong to the command: its name, its options and
// their values.
func (m Match[E]) Taken() int {
	for i, w := range m.Words {
		if w.Param == -1 && !m.style.isHelp(w) {
			return i
		}
	}
	return len(m.Words)
}

// category reads what stands behind the words of a category: the flag or the word for help, a word
// that is no command, or nothing.
func (t Table[E]) category(m *Match[E], n int) {
	if n == len(m.Words) {
		m.Fault = &Fault{Kind: NoCommand, Span: Span{len(m.Line), len(m.Line)}}
		return
	}
	w := m.Words[n]
	switch words := t.Style.HelpWord != ""; {
	case words && !w.Quoted && t.Style.same(t.Style.HelpWord, w.Text):
		t.helpPath(m, n)
	case (n > 0 || words) && t.Style.isHelp(w):
		m.Help, m.Asked = true, w.Text
	case (n > 0 || words) && optionLike(w):
		m.Fault = &Fault{Kind: UnknownOption, Span: w.Span, Word: w.Text}
	default:
		m.Fault = &Fault{Kind: UnknownCommand, Span: w.Span, Word: w.Text}
	}
}

// helpPath reads the path behind the word for help at n.
func (t Table[E]) helpPath(m *Match[E], n int) {
	path, more := t.walk(m.Path, m.Words[n+1:])
	for i := n; i <= n+more; i++ {
		m.Words[i].Param = pathWord
	}
	m.Path, m.Spec, m.Help, m.Asked = path, t.at(path), true, t.Style.HelpWord
	if m.Spec != nil {
		m.Bound = unbound(len(m.Spec.Params))
	}
	if n += more + 1; n < len(m.Words) {
		w := m.Words[n]
		if m.Spec == nil && n == len(m.Words)-1 && !w.Quoted && t.Style.same(t.Style.HelpWord, w.Text) {
			m.Words[n].Param, m.Asked = pathWord, HelpTwice
			return
		}
		m.Spec, m.Bound, m.Help, m.Fault = nil, nil, false, &Fault{Kind: UnknownCommand, Span: w.Span, Word: w.Text}
	}
}

// bind hands the words from n on to the parameters of m's command. Where a plain word behind
// options names a command below it, that one is meant, and the words before it are its as well.
func (t Table[E]) bind(m *Match[E], n int) binder {
	b := newBinder(t.Style, m.Spec.Params, m.Words)
	b.any, b.below = m.Spec.Any, n-1
	below := t.parent(m.Path)
	for i := n; i < len(m.Words); i++ {
		if below && b.plain(i) {
			if path := t.step(m.Path, m.Words[i].Text); path != "" && t.at(path) != nil {
				m.Words[i].Param = pathWord
				m.Path, m.Spec = path, t.at(path)
				b = b.again(m.Spec.Params, i)
				below = t.parent(path)
				continue
			}
			if t.Style.HelpWord != "" && m.Words[i].Text == t.Style.HelpWord {
				t.helpPath(m, i)
				return b
			}
		}
		if b.over() && t.Lookup(m.Words[i].Text) != nil {
			b.pending = -1 // the command that a login is for
		}
		b.take(i)
	}
	return b
}

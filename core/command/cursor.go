package command

import (
	"slices"
	"strings"
)

// spot is what a table makes of a line that is being typed: what the other words say, and what the
// word at the cursor may be.
type spot[E any] struct {
	path   string   // what the words before the cursor name
	spec   *Spec[E] // nil while the command is typed, or not known
	child  bool     // the word at the cursor may name a command, or one below the path
	helped bool     // behind the word for help
	words  []Word
	at     int     // the word at the cursor in words; it is empty between two words
	from   int     // where in the line that begins which can be replaced: the word, or the value in it
	typed  string  // the same up to the cursor, without quotes
	bound  []Bound // what the other words give
	value  int     // the parameter whose value stands at the cursor, -1 for none
	joined bool    // in one word with its option
	option bool    // an option may stand at the cursor
}

// spot reads a line with the cursor before byte cursor. A cursor outside the line stands at its
// end.
func (t Table[E]) spot(line string, cursor int) spot[E] {
	if len(line) > LineMax {
		line = line[:LineMax]
	}
	if cursor < 0 || cursor > len(line) {
		cursor = len(line)
	}
	s := spot[E]{words: Split(line, t.Style.Quotes), value: -1}
	s.at = slices.IndexFunc(s.words, func(w Word) bool { return cursor <= w.To })
	if s.at < 0 {
		s.at = len(s.words)
	}
	if s.at == len(s.words) || cursor < s.words[s.at].From {
		s.words = slices.Insert(s.words, s.at, Word{Span: Span{cursor, cursor}, Param: -1})
	}
	s.from = s.words[s.at].From
	s.typed = unquote(line[s.from:cursor], t.Style.Quotes)
	t.place(&s)
	if sign := strings.IndexByte(line[s.from:cursor], '='); s.joined && sign >= 0 {
		s.from += sign + 1
		s.typed = unquote(line[s.from:cursor], t.Style.Quotes)
	}
	return s
}

// place finds out what the words before the cursor name, and what the word at the cursor can be.
func (t Table[E]) place(s *spot[E]) {
	before := s.words[:s.at]
	path, n := t.walk("", before)
	s.path, s.spec = path, t.at(path)
	if s.spec == nil {
		if n < s.at && t.Style.HelpWord != "" && before[n].Text == t.Style.HelpWord {
			more := 0
			s.helped = true
			s.path, more = t.walk(path, before[n+1:])
			n += 1 + more
		}
		s.child = n == s.at
		return
	}
	for i := range n {
		before[i].Param = pathWord
	}
	m := Match[E]{Words: before, Path: path, Spec: s.spec}
	b := t.bind(&m, n)
	s.path, s.spec = m.Path, m.Spec
	if m.Help || s.spec == nil { // the word for help stands before the cursor
		s.spec, s.helped, s.child = nil, true, m.Help && t.parent(s.path)
		return
	}
	b.words = s.words
	below := t.parent(s.path) && (b.pending < 0 || b.fed) && !b.ended
	s.bind(&b)
	s.child = below && !s.joined
}

// bind gives the words at the cursor and behind it their meaning.
func (s *spot[E]) bind(b *binder) {
	s.value, s.option = b.pending, (b.pending < 0 || b.fed || b.params[b.pending].mayEnd()) && !b.ended
	param, _, joined := b.option(s.words[s.at])
	joined = joined && !b.late(param, s.at)
	if s.option && joined && strings.Contains(s.typed, "=") && b.params[param].Kind != Switch {
		s.value, s.joined, s.option = param, true, false
	}
	if s.value >= 0 {
		b.words[s.at].Param = s.value
	} else {
		s.value = b.place()
	}
	b.pending, b.fed = -1, false
	for i := s.at + 1; i < len(s.words); i++ {
		b.take(i)
	}
	s.bound = b.bound
}

// param returns the parameter whose value stands at the cursor, nil for none.
func (s *spot[E]) param() *Param {
	if s.value < 0 {
		return nil
	}
	return &s.spec.Params[s.value]
}

// atBlank reports whether the cursor stands between two words.
func (s *spot[E]) atBlank() bool { return s.words[s.at].From == s.words[s.at].To }

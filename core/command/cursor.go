package command

import "slices"

// spot is what a table makes of a line that is being typed: what the other words say, and what the word at
// the cursor may be.
type spot[E any] struct {
	spec   *Spec[E] // nil while the command is typed, or not known
	words  []Word
	at     int     // the word at the cursor in words; it is empty between two words
	typed  string  // the word at the cursor up to the cursor, without quotes
	bound  []Bound // what the other words give
	value  int     // the parameter whose value stands at the cursor, -1 for none
	option bool    // an option may stand at the cursor
}

// spot reads a line with the cursor before byte cursor. A cursor outside the line stands at its end.
func (t Table[E]) spot(line string, cursor int) spot[E] {
	if len(line) > LineMax {
		line = line[:LineMax]
	}
	if cursor < 0 || cursor > len(line) {
		cursor = len(line)
	}
	s := spot[E]{words: Split(line, t.Style), value: -1}
	s.at = slices.IndexFunc(s.words, func(w Word) bool { return cursor <= w.To })
	if s.at < 0 {
		s.at = len(s.words)
	}
	if s.at == len(s.words) || cursor < s.words[s.at].From {
		s.words = slices.Insert(s.words, s.at, Word{Span: Span{cursor, cursor}, Param: -1})
	}
	s.typed = unquote(line[s.words[s.at].From:cursor], t.Style)
	if s.at > 0 {
		s.spec = t.Lookup(s.words[0].Text)
	}
	if s.spec != nil {
		s.bind(t.Style)
	}
	return s
}

// bind gives the words on both sides of the cursor their meaning.
func (s *spot[E]) bind(style Style) {
	b := newBinder(style, s.spec.Params, s.words)
	for i := 1; i < s.at; i++ {
		b.take(i)
	}
	s.value, b.pending = b.pending, -1
	if s.value >= 0 {
		b.words[s.at].Param = s.value
	} else {
		s.value, s.option = b.place(), true
	}
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

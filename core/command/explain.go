package command

import "hsmplay/core/voice"

// Explain ties the words of a line that is being typed to their meaning. Cursor counts bytes. What is still
// missing is a slot to fill and no fault, and neither is a word at the cursor that can become a right one.
func (t Table[E]) Explain(e E, line string, cursor int) Explanation {
	s := t.spot(line, cursor)
	x := Explanation{Slots: []Slot{}, Current: -1, Fault: t.faultSoFar(e, line, s)}
	if s.at == 0 {
		s.spec = t.soleCommand(s)
	}
	if s.spec == nil {
		return x
	}
	x.Summary, x.Means = s.spec.means(), s.spec.means()
	if s.at == 0 && s.words[0].Text != s.spec.Name {
		return x
	}
	m := t.Match(line)
	if m.Spec == nil {
		return x
	}
	x.Slots = slots(m)
	current := s.current()
	switch {
	case s.at == 0:
		x.Current = 0
	case current >= 0:
		x.Current = current + 1
		x.Means = t.explained(e, &s.spec.Params[current], m.Bound[current])
	}
	return x
}

// soleCommand returns the command whose name is typed, or the only one that begins so, nil for none.
func (t Table[E]) soleCommand(s spot[E]) *Spec[E] {
	if spec := t.Lookup(s.words[0].Text); spec != nil {
		return spec
	}
	if choices := t.commands(s.words[0].Text); len(choices) == 1 && s.words[0].Text != "" {
		return t.Lookup(choices[0].Word)
	}
	return nil
}

// current returns the parameter that the cursor is in, -1 for none.
func (s *spot[E]) current() int {
	if s.at == 0 {
		return -1
	}
	b := binder{params: s.spec.Params}
	if i := b.option(s.words[s.at]); i >= 0 && s.option {
		return i
	}
	if s.option && dashed(s.typed) {
		return -1
	}
	return s.value
}

// slots are the command and its parameters in the order of the syntax, with what a line gives them.
func slots[E any](m Match[E]) []Slot {
	all := []Slot{{Word: m.Spec.Name, Filled: true}}
	for i := range m.Spec.Params {
		p, at := &m.Spec.Params[i], m.Bound[i]
		slot := Slot{Word: p.name(), Filled: at.Given && (p.Kind == Switch || at.Value >= 0), Optional: p.Optional}
		if p.Kind != Secret {
			slot.Value = voice.Word(at.Text)
		}
		if other := find(m.Spec.Params, p.Or); other >= 0 && m.Bound[other].Given {
			slot.Optional = true
		}
		all = append(all, slot)
	}
	return all
}

// explained is the meaning of a parameter, and of its value where that is known: a curve, a key, a user.
func (t Table[E]) explained(e E, p *Param, at Bound) string {
	means := p.means()
	if p.Kind == Secret || at.Value < 0 {
		return means
	}
	word := at.Text
	if v := p.value(word); v != nil {
		word = v.Word
	}
	for _, choice := range t.known(e, p, word) {
		if choice.Word == word && choice.Means != "" {
			return means + " · " + word + ": " + choice.Means
		}
	}
	return means
}

// faultSoFar says what is wrong with a line that may yet be typed on, "" for nothing.
func (t Table[E]) faultSoFar(e E, line string, s spot[E]) string {
	m := t.Match(line)
	switch {
	case m.Fault == nil, m.Fault.Kind == Missing, m.Fault.Kind == Needs:
		return ""
	case m.Fault.Span == s.words[s.at].Span && t.growing(m, s):
		return ""
	case m.Fault.Kind == MissingValue && m.Fault.Span == m.Words[len(m.Words)-1].Span:
		return ""
	case m.Fault.Kind == MissingValue && s.atBlank() && s.param() != nil && s.param().name() == m.Fault.Param.name():
		return ""
	}
	return t.noteNow(e, m).String()
}

// growing reports whether the word at the cursor, which is at fault, can be right when it is longer.
func (t Table[E]) growing(m Match[E], s spot[E]) bool {
	word := s.words[s.at].Text
	switch m.Fault.Kind {
	case UnknownCommand:
		return len(t.commands(word)) > 0
	case UnknownOption, ExtraWord:
		return len(matching(s.options(t.Style), word)) > 0
	case MissingValue:
		return true
	case NotHex:
		return hexDigits(word) == "" || word == "0"
	case NotAList:
		done, last := cutLast(word)
		return last == "" && (done == "" || checkUsers(nil, done[:len(done)-1]) == 0)
	case OutOfRange:
		n := Args{m.Spec.Params, m.Bound, nil}.Int(m.Fault.Param.name())
		return n < m.Fault.Param.Min
	case NotAChoice, NotANumber:
		for _, v := range m.Fault.Param.Values {
			if foldPrefix(v.Word, word) {
				return true
			}
		}
	}
	return false
}

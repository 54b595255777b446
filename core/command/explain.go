package command

import (
	"strings"

	"hsmplay/core/voice"
)

// Explain ties the words of a line that is being typed to their meaning. Cursor counts bytes. What
// is still missing is a slot to fill and no fault, and neither is a word at the cursor that can
// become a right one.
func (t Table[E]) Explain(e E, line string, cursor int) Explanation {
	s := t.spot(line, cursor)
	x := Explanation{Slots: []Slot{}, Current: -1, Fault: t.faultSoFar(e, line, s)}
	path := t.soleCommand(s)
	if path == "" && s.spec == nil {
		return x
	}
	x.Summary = t.shape(path).means()
	x.Means = x.Summary
	m := t.Match(line)
	if m.Spec == nil || m.Path != path {
		return x
	}
	x.Slots = slots(m)
	switch current := s.current(t.Style); {
	case path != s.path:
		x.Current = 0
	case current >= 0:
		x.Current = current + 1
		x.Means = t.explained(e, &m.Spec.Params[current], m.Bound[current])
	}
	return x
}

// soleCommand returns the path that the words before the cursor name; where the word at the cursor
// names one, or begins a single one, that. "" is none.
func (t Table[E]) soleCommand(s spot[E]) string {
	if !s.child {
		if s.spec == nil {
			return ""
		}
		return s.path
	}
	word := s.words[s.at].Text
	if path := t.step(s.path, word); path != "" {
		return path
	}
	choices := matching(t.commands(s), word)
	if word != "" && len(choices) == 1 && t.step(s.path, choices[0].Word) != "" {
		return join(s.path, choices[0].Word)
	}
	return s.path
}

// current returns the parameter that the cursor is in, -1 for none.
func (s *spot[E]) current(style Style) int {
	if s.spec == nil {
		return -1
	}
	b := binder{style: style, params: s.spec.Params}
	if i, _, _ := b.option(s.words[s.at]); i >= 0 && s.option {
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
		slot := Slot{Word: p.name(), Filled: at.Given && (p.Kind == Switch || p.Bare || at.Value >= 0), Optional: p.Optional}
		switch {
		case p.Kind == Secret:
		case p.Kind == Named && at.Given:
			slot.Word = "-" + voice.Word(at.Text)
		case at.All != nil:
			slot.Value = voice.Word(strings.Join(at.All, " "))
		default:
			slot.Value = voice.Word(at.Text)
		}
		if rival(m.Spec.Params, m.Bound, i) >= 0 {
			slot.Optional = true
		}
		all = append(all, slot)
	}
	return all
}

// explained is the meaning of a parameter, and of its value where that is known: a curve, a key, a
// user.
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
	case m.Fault == nil, m.Fault.Kind == Missing, m.Fault.Kind == Needs, m.Fault.Kind == NoCommand:
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

// growing reports whether the word at the cursor, which is at fault, can be right when it is
// longer.
func (t Table[E]) growing(m Match[E], s spot[E]) bool {
	word := s.words[s.at].Text
	switch m.Fault.Kind {
	case UnknownCommand:
		return s.child && len(matching(t.commands(s), word)) > 0
	case UnknownOption, ExtraWord:
		return s.spec != nil && len(matching(s.options(t.Style), word)) > 0 ||
			s.child && len(matching(t.commands(s), word)) > 0
	case MissingValue:
		return true
	case NotHex:
		return hexDigits(m.Fault.Word) == "" || m.Fault.Word == "0"
	case NotAList:
		done, last := cutLast(m.Fault.Word)
		return last == "" && (done == "" || checkUsers(nil, done[:len(done)-1]) == 0)
	case OutOfRange:
		n := m.Args().Int(m.Fault.Param.name())
		return n < m.Fault.Param.Min
	case NotAChoice, NotANumber:
		for _, v := range m.Fault.Param.Values {
			if foldPrefix(v.Word, m.Fault.Word) {
				return true
			}
		}
	}
	return false
}

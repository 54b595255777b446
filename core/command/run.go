package command

import (
	"slices"
	"strings"

	"hsmplay/core/voice"
)

// Run carries out one line: an empty one does nothing, help prints the usage, to a fault the style
// says its refusal, with a note; anything else is for the command's handler. Only the command that
// was typed is ever run.
func (t Table[E]) Run(e E, line string) Outcome {
	return t.Carry(e, t.Match(line))
}

// Carry does what Run does with a line that was matched already.
func (t Table[E]) Carry(e E, m Match[E]) Outcome {
	switch {
	case m.Help:
		s := t.shape(m.Path)
		s.Asked = m.Asked
		return Outcome{Text: t.usage(s)}
	case m.Fault != nil:
		return t.refuse(e, m)
	case m.Spec == nil:
		return Outcome{}
	}
	args := m.Args()
	args.usage = func() string { return t.usage(m.Spec.shape()) }
	remarks := m.remarks()
	if m.doubt != nil {
		doubted := m
		doubted.Fault = m.doubt
		remarks = append(remarks, t.noteNow(e, doubted))
	}
	out := m.Spec.Run(e, args)
	if remarks != nil {
		out = Outcome{Notes: remarks}.Then(func(Outcome) Outcome { return out })
	}
	out.Notes = t.completed(e, m, out.Notes)
	return out
}

// completed gives the notes that offer a line, but were not given one, the line that was meant: ""
// where it is the one typed. Behind one that is refused for a file which is not there it is said how
// such a file comes into the world.
func (t Table[E]) completed(e E, m Match[E], notes []voice.Note) []voice.Note {
	for i, n := range notes {
		if !offersLine(n.ID) || n.Has("line") {
			continue
		}
		m.meant = once(func() []*guess[E] { return t.guesses(e, true, m) })
		line, more := m.offers()
		if lacks, ok := t.lacking(m.meant()); ok && m.Fault == nil {
			notes = append(notes, lacks)
		}
		if m.Fault == nil && m.sameAs(t.Match(strings.TrimPrefix(line, t.Lead))) {
			line, more = "", nil
		}
		notes[i].Args = append(slices.Clip(n.Args), "line", line)
		for _, other := range more {
			notes[i].Args = append(notes[i].Args, voice.Else, other)
		}
	}
	return notes
}

// sameAs reports whether two lines give the same values to the same parameters.
func (m Match[E]) sameAs(o Match[E]) bool {
	return m.Spec == o.Spec && slices.EqualFunc(m.Bound, o.Bound, func(a, b Bound) bool {
		return a.Given == b.Given && a.Text == b.Text && slices.Equal(a.All, b.All)
	})
}

// refuse says what is wrong with a line in the tool's words, and in the playground's.
func (t Table[E]) refuse(e E, m Match[E]) Outcome {
	f := *m.Fault
	f.Near, f.Given = t.near(m), m.givenBefore(&f)
	if f.Kind == UnknownCommand {
		_, f.Said = t.translated(m.Words)
	}
	var r Refusal
	if t.Style.Refuse != nil {
		r = t.Style.Refuse(f, t.shape(m.Path))
	}
	out := Outcome{Text: r.Text, Notes: t.completed(e, m, r.Notes), Err: m.Fault, Status: r.Status}
	if r.Errors {
		out.Text, out.Errors = "", r.Text
	}
	if r.Notes == nil || t.helpLine(m) != "" {
		out.Notes = t.notesNow(e, m)
		if r.Tipped {
			out.Notes = slices.DeleteFunc(out.Notes, func(n voice.Note) bool { return len(voice.Offers(n.Parts())) == 0 })
		}
	}
	return out
}

// givenBefore are the options that stand before a fault with what they want, in their order: all of
// the line where the fault is one of the line as a whole.
func (m Match[E]) givenBefore(f *Fault) (given []Param) {
	whole := f.Kind == Missing || f.Kind == Needs || f.Kind == Both
	seen := map[int]bool{}
	for _, w := range m.Words {
		if m.Spec == nil || w.Param < 0 || seen[w.Param] || !whole && w.From >= f.Span.From {
			continue
		}
		seen[w.Param] = true
		if p := m.Spec.Params[w.Param]; p.Kind == Switch || p.Bare || m.Bound[w.Param].Value >= 0 {
			given = append(given, p)
		}
	}
	return given
}

// near are the commands, options or values that the word at fault may have meant.
func (t Table[E]) near(m Match[E]) []string {
	switch m.Fault.Kind {
	case UnknownCommand:
		return t.nearestCommand(m.Path, m.Fault.Word).Names
	case UnknownOption:
		if m.Spec != nil {
			return m.nearestOption(m.faultWord()).Names
		}
	case NotAChoice:
		return m.nearestValue(&m.Fault.Param, m.Fault.Word).Names
	}
	return nil
}

package command

import "hsmplay/core/voice"

// Wording is how a tool answers a line that it cannot carry out, byte for byte.
type Wording struct {
	// Unknown answers a word that is no command, on its own.
	Unknown func(word string) string
	// Invalid stands before the usage; "" for nothing. Ask [Fault.OfValue] and Fault.Param.Flag.
	Invalid func(f *Fault) string
	// Usage is the usage in another shape, made from the synopsis; nil is that of [Usage].
	Usage func(syntax string) string
}

// Run carries out one line: an empty one does nothing, the flag for help prints the usage, a fault prints what
// the wording says and the usage, with a note; anything else is for the command's handler. Only the command
// that was typed is ever run.
func (t Table[E]) Run(e E, line string, say Wording) Outcome {
	return t.Carry(e, t.Match(line), say)
}

// Carry does what Run does with a line that was matched already.
func (t Table[E]) Carry(e E, m Match[E], say Wording) Outcome {
	switch {
	case m.Spec == nil && m.Fault == nil:
		return Outcome{}
	case m.Spec == nil:
		return Outcome{Text: say.Unknown(m.Fault.Word), Notes: []voice.Note{t.noteNow(e, m)}, Err: m.Fault}
	case m.Help:
		return Outcome{Text: usageOf(*m.Spec, say)}
	case m.Fault != nil:
		text := say.Invalid(m.Fault) + usageOf(*m.Spec, say)
		return Outcome{Text: text, Notes: []voice.Note{t.noteNow(e, m)}, Err: m.Fault}
	}
	args := m.Args()
	args.usage = func() string { return usageOf(*m.Spec, say) }
	remarks := Outcome{Notes: m.remarks()}
	return remarks.Then(func(Outcome) Outcome { return m.Spec.Run(e, args) })
}

// usageOf is the usage in the shape of a wording.
func usageOf[E any](s Spec[E], say Wording) string {
	if say.Usage != nil {
		return say.Usage(Syntax(s))
	}
	return Usage(s)
}

package command

import (
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/voice"
)

// noteNow is Note with the values that are known now.
func (t Table[E]) noteNow(e E, m Match[E]) voice.Note { return t.notesNow(e, m)[0] }

// notesNow are Note with the values that are known now, and what is missing in this world for a
// line that would work.
func (t Table[E]) notesNow(e E, m Match[E]) []voice.Note {
	m.known = func(p *Param) []Choice { return t.known(e, p, "") }
	if t.Takes != nil && m.Spec != nil {
		m.takes = func(p *Param) []string {
			return t.Takes(e, Place{Command: m.Spec.Name, Param: p, Given: func(string) string { return "" }})
		}
	}
	if t.Others != nil {
		m.other = t.Others(e)
	}
	m.meant = once(func() []*guess[E] { return t.guesses(e, true, m) })
	notes := []voice.Note{t.note(m)}
	notes = append(append(notes, t.bothTools(m)...), t.asItStands(m, notes[0].ID)...)
	if lacks, ok := t.lacking(m.meant()); ok && offersLine(notes[0].ID) {
		notes = append(notes, lacks)
	}
	return notes
}

// once is a function that is carried out at most once.
func once[T any](f func() T) func() T {
	var value T
	done := false
	return func() T {
		if !done {
			value, done = f(), true
		}
		return value
	}
}

// Note is what the playground says about the fault of a match: what is wrong, why, and a line that
// would work. It is for a match with a Fault. Nothing in it is the value of a secret.
func (t Table[E]) Note(m Match[E]) voice.Note {
	var nobody E
	m.meant = once(func() []*guess[E] { return t.guesses(nobody, false, m) })
	return t.note(m)
}

func (t Table[E]) note(m Match[E]) voice.Note {
	switch line := t.helpNear(m); {
	case line != "" && m.Fault.Word == t.Style.HelpWord:
		return voice.Say(voice.HelpAsked, "tool", t.Tool, "line", line)
	case line != "":
		return voice.Say(voice.CommandNearOne, "tool", t.Tool, "word", voice.Word(m.Fault.Word), "near", line)
	}
	if line := t.helpLine(m); line != "" {
		return voice.Say(voice.HelpAsked, "tool", t.Tool, "line", line)
	}
	switch m.Fault.Kind {
	case UnknownCommand:
		return t.noteUnknown(m)
	case NoCommand:
		return t.sayBeginning(m)
	case LineTooLong:
		return voice.Say(voice.LineTooLong, "length", len(m.Line), "max", t.Style.longest(), "tool", t.Tool)
	case UnknownOption:
		if m.Spec == nil {
			return t.noteUnknown(m)
		}
		return noteOption(m)
	case NotAChoice:
		return noteChoice(m)
	case NotANumber:
		if m.Fault.Param.Kind == Choices {
			return noteChoice(m)
		}
	}
	f, id := m.Fault, faultNotes[m.Fault.Kind]
	switch {
	case f.Kind == Missing && len(m.meant()) > 0 && m.meant()[0].unsure:
		id = voice.NameOrPassword
	case f.Kind == OutOfRange:
		id = rangeNote(f)
	case f.Kind == ExtraWord:
		return noteExtra(m)
	case f.Kind == NotANumber || f.Kind == NotAList:
		if near := m.nearestValue(&f.Param, f.Word); near.How != Far {
			return sayFault(m, voice.ValueNear, "near", near.Names[0])
		}
	}
	return sayFault(m, id,
		"needs", f.Param.Needs, "other", f.Other.name(), "options", names(f.Missing), "value", f.Param.what(),
		"min", f.Param.Min, "max", f.Param.Max, "length", len(f.Word))
}

// offersLine reports whether a note has room for the line that was meant.
func offersLine(id voice.ID) bool {
	row, _ := voice.Lookup(id)
	return id == voice.CommandLacks || strings.Contains(row.Text, "{line}")
}

// noteExtra says where a word that belongs to nothing may belong: behind an option of its own, in
// one text with the words before it, or nowhere.
func noteExtra[E any](m Match[E]) voice.Note {
	options := strings.TrimSpace(flags(m.Spec.Params))
	switch place, joined := m.placeMeant(); {
	case joined:
		return sayFault(m, voice.WordExtra)
	case place != nil && place.Kind == Secret:
		return sayFault(m, voice.WordExtraPlain) // it may be a password
	case place != nil && place.Flag != "":
		return sayFault(m, voice.WordExtraPlace, "place", place.Flag)
	case options == "":
		return sayFault(m, voice.WordExtraPlain)
	}
	return sayFault(m, voice.WordExtraOptions, "options", options)
}

// placeMeant is the parameter that the word at fault may be the value of, nil for none; and whether
// it is meant as a part of the text before it.
func (m Match[E]) placeMeant() (place *Param, joined bool) {
	for _, g := range m.meant() {
		for i, w := range g.words {
			if w.Span != m.Fault.Span || g.at[i] < 0 {
				continue
			}
			p := &g.spec.Params[g.at[i]]
			return p, i > 0 && g.at[i-1] == g.at[i] && p.Kind == Text
		}
	}
	return nil, false
}

// rangeNote is the note for a number out of range. A bound that nobody reaches is not named.
func rangeNote(f *Fault) voice.ID {
	switch _, err := strconv.ParseInt(f.Word, 10, 64); {
	case err != nil || f.Param.Max == 0:
		return voice.ValueTooLarge
	case f.Param.bounded():
		return voice.ValueOutOfRange
	case len(f.Word) > 9:
		return voice.ValueTooLarge
	}
	return voice.ValueTooSmall
}

// bounded reports whether the upper bound of a number is one that somebody might reach. Larger ones
// keep a tool from overflowing and say nothing about what works.
func (p *Param) bounded() bool { return p.Max < 1<<20 }

// faultNotes are the notes of the faults that need no guess about what was meant.
var faultNotes = [...]voice.ID{
	NoValue:      voice.ValueUnwanted,
	MissingValue: voice.ValueMissing,
	NotANumber:   voice.ValueNotNumber,
	NotHex:       voice.ValueNotHex,
	OutOfRange:   voice.ValueOutOfRange,
	NotAList:     voice.ValueNotList,
	TooLong:      voice.ValueTooLong,
	Missing:      voice.OptionsMissing,
	Needs:        voice.OptionNeeds,
	Both:         voice.OptionBoth,
	Repeated:     voice.OptionRepeated,
	ExtraWord:    voice.WordExtra,
}

// sayFault says a note about a fault with the blanks that all of them share, and more of its own.
func sayFault[E any](m Match[E], id voice.ID, more ...any) voice.Note {
	f := m.Fault
	word := voice.Word(f.Word)
	if f.Param.Kind == Secret && f.Word != f.Param.name() {
		word = "…" // a password, or what follows one whose blanks were not quoted
	}
	args := []any{"command", strings.TrimSpace(m.lead + m.Spec.Name), "option", f.Param.name(), "word", word}
	line, others := m.offers()
	args = append(args, "line", line)
	for _, other := range others {
		args = append(args, voice.Else, other)
	}
	return voice.Say(id, append(args, more...)...)
}

// noteOption says which option an unknown one may have meant, or which there are.
func noteOption[E any](m Match[E]) voice.Note {
	near := m.nearestOption(m.faultWord())
	options := flags(m.Spec.Params)
	switch at := find(m.Spec.Params, m.Fault.Word); {
	case at >= 0 && m.Spec.Params[at].Before:
		path := m.Spec.Path()
		return sayFault(m, voice.OptionBefore, "below", path[len(path)-1])
	case near.How != Far && near.Names[0] == m.Fault.Word: // with a value behind =, which it does not take
		return sayFault(m, voice.OptionUnwanted, "near", near.Names[0])
	case near.How != Far && strings.EqualFold(near.Names[0], m.Fault.Word):
		return sayFault(m, voice.OptionCase, "near", near.Names[0])
	case near.How != Far && m.offersWord(near.Names[0]):
		return sayFault(m, voice.OptionNear, "near", near.Names[0])
	case options == "":
		return sayFault(m, voice.OptionUnknownNone)
	case m.offer() != "":
		return sayFault(m, voice.OptionMeant)
	}
	return sayFault(m, voice.OptionUnknown, "options", strings.TrimSpace(options+" "+m.style.help()))
}

// offersWord reports whether the line that is offered, if there is one, has an option in it: what
// others call an option counts for more than one that is spelled nearly so.
func (m Match[E]) offersWord(option string) bool {
	line := m.offer()
	return line == "" || slices.Contains(strings.Fields(line), option)
}

// faultWord is the index of the word at fault.
func (m Match[E]) faultWord() int {
	return slices.IndexFunc(m.Words, func(w Word) bool { return w.Span == m.Fault.Span })
}

// noteChoice says which value an unknown one may have meant, or which there are.
func noteChoice[E any](m Match[E]) voice.Note {
	p := m.Fault.Param
	if near := m.nearestValue(&p, m.Fault.Word); near.How == SameLetters {
		return sayFault(m, voice.ValueCase)
	} else if near.How != Far {
		return sayFault(m, voice.ValueNear, "near", near.Names[0])
	}
	values := p.words()
	if m.takes != nil {
		if taken := m.takes(&p); taken != nil {
			values = taken
		}
	}
	return sayFault(m, voice.ValueNotChoice, "values", p.choices(values))
}

// names joins the names of parameters.
func names(params []Param) string {
	var list []string
	for i := range params {
		list = append(list, params[i].name())
	}
	return strings.Join(list, " ")
}

// flags joins the flags of a command's options.
func flags(params []Param) string {
	var list []string
	for i := range params {
		if params[i].Flag != "" {
			list = append(list, params[i].Flag)
		}
	}
	return strings.Join(list, " ")
}

// what is a few words on the value of a parameter.
func (p *Param) what() string {
	if p.Value != "" {
		return p.Value
	}
	return p.name()
}

// words are the values of a parameter that are shown.
func (p *Param) words() (list []string) {
	for _, v := range p.Values {
		if !v.Hidden {
			list = append(list, v.Word)
		}
	}
	return list
}

// choices lists values of a parameter; numbers are sorted, and neighbours written as 1 to 16.
func (p *Param) choices(list []string) string {
	if !p.numeric() {
		return strings.Join(list, ", ")
	}
	var numbers []int
	for _, word := range list {
		n, _ := strconv.Atoi(word)
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	return ranges(numbers)
}

// ranges lists sorted numbers, three neighbours and more as 3 to 13.
func ranges(numbers []int) string {
	var list []string
	for i := 0; i < len(numbers); i++ {
		last := i
		for last+1 < len(numbers) && numbers[last+1] == numbers[last]+1 {
			last++
		}
		word := strconv.Itoa(numbers[i])
		if last > i+1 {
			word, i = word+" to "+strconv.Itoa(numbers[last]), last
		}
		list = append(list, word)
	}
	return strings.Join(list, ", ")
}

package command

import (
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/voice"
)

// Note is what the playground says about the fault of a match: what is wrong, why, and a line that would work.
// It is for a match with a Fault. Nothing in it is the value of a secret.
func (t Table[E]) Note(m Match[E]) voice.Note {
	switch m.Fault.Kind {
	case UnknownCommand:
		return t.noteUnknown(m)
	case LineTooLong:
		return voice.Say(voice.LineTooLong, "length", len(m.Line), "max", LineMax, "tool", t.Tool)
	case UnknownOption:
		return noteOption(m)
	case NotAChoice:
		return noteChoice(m)
	case NotANumber:
		if m.Fault.Param.Kind == Choices {
			return noteChoice(m)
		}
	}
	f, id := m.Fault, faultNotes[m.Fault.Kind]
	if f.Kind == OutOfRange && f.Param.Max == 0 {
		id = voice.ValueTooLarge
	}
	return sayFault(m, id,
		"needs", f.Param.Needs, "other", f.Param.Or, "options", names(f.Missing), "value", f.Param.what(),
		"min", f.Param.Min, "max", f.Param.Max, "length", len(f.Word))
}

// faultNotes are the notes of the faults that need no guess about what was meant.
var faultNotes = [...]voice.ID{
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
	word := shown(f.Word)
	if f.Param.Kind == Secret && f.Word != f.Param.name() {
		word = "…" // a password, or what follows one whose blanks were not quoted
	}
	args := []any{"command", m.Spec.Name, "option", f.Param.name(), "word", word, "line", m.Mended()}
	return voice.Say(id, append(args, more...)...)
}

// noteOption says which option an unknown one may have meant, or which there are.
func noteOption[E any](m Match[E]) voice.Note {
	near := nearestOption(m.Fault.Word, m.Spec.Params)
	options := flags(m.Spec.Params)
	switch {
	case near.How != Far && strings.EqualFold(near.Names[0], m.Fault.Word):
		return sayFault(m, voice.OptionCase, "near", near.Names[0])
	case near.How != Far:
		return sayFault(m, voice.OptionNear, "near", near.Names[0])
	case options == "":
		return sayFault(m, voice.OptionUnknownNone)
	}
	return sayFault(m, voice.OptionUnknown, "options", options)
}

// noteChoice says which value an unknown one may have meant, or which there are.
func noteChoice[E any](m Match[E]) voice.Note {
	p := m.Fault.Param
	if near := nearestValue(&p, m.Fault.Word); near.How == SameLetters {
		return sayFault(m, voice.ValueCase)
	} else if near.How != Far {
		return sayFault(m, voice.ValueNear, "near", near.Names[0])
	}
	return sayFault(m, voice.ValueNotChoice, "values", p.choices())
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

// choices lists the values that a parameter takes; numbers are sorted, and neighbours written as 1 to 16.
func (p *Param) choices() string {
	var list []string
	for _, v := range p.Values {
		list = append(list, v.Word)
	}
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

// shown is a typed word as a note repeats it: not longer than a line can hold, and no control characters.
func shown(word string) string {
	const most = 40
	runes := []rune(strings.Map(func(r rune) rune {
		if !strconv.IsPrint(r) {
			return '\ufffd'
		}
		return r
	}, word[:min(len(word), 4*most+4)]))
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(runes)
}

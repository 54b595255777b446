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

// helpLine is the line that asks for the usage of a command in the tool's own way, where a line
// asks in another; "" where it does not, or the tool has no way.
func (t Table[E]) helpLine(m Match[E]) string {
	f := m.Fault
	if line := t.helpMeant(m); line != "" {
		return line
	}
	switch {
	case m.Spec == nil && f.Kind == UnknownCommand && slices.Contains(helpWords, strings.ToLower(f.Word)) && len(m.Words) == 2:
		return t.helpOf(m.Words[1].Text)
	case m.Spec == nil:
		return t.helpOfAll(m)
	case len(t.Style.Help) == 0:
		if dashed(f.Word) && AsksHelp(f.Word) || f.Kind == Missing && len(m.Words) == 2 && AsksHelp(m.Words[1].Text) {
			return t.helpOf(m.Spec.Name)
		}
		return ""
	case f.Word != "" && f.Param.Kind != Secret && AsksHelp(f.Word):
		return t.Lead + strings.TrimSpace(m.Spec.Name+" "+t.Style.help())
	case f.Kind == ExtraWord && slices.Contains(helpWords, strings.ToLower(m.Spec.Name)):
		if about := t.About(Texts(m.Words[1:])); about != "" {
			return t.Lead + about + " " + t.Style.help()
		}
	}
	return ""
}

// helpOfAll is the line that asks for the help of a tool, or of a category of its commands, where
// the first word that does not fit asks for it in another way; "" where it does not.
func (t Table[E]) helpOfAll(m Match[E]) string {
	word := m.Fault.Word
	if !AsksHelp(word) && !(t.Lead != "" && len(m.Words) == 1 && AsksHelp("-"+word)) || t.Style.help() == "" {
		return ""
	}
	if t.Lead == "" && m.Path == "" {
		if help := t.Lookup("help"); help != nil || t.Style.HelpWord != "" {
			return "help"
		}
		return ""
	}
	return t.Lead + strings.TrimSpace(m.Path+" "+t.Style.help())
}

// About is the command that words name which ask for help on it, in other letters or nearly; "" for
// none, or several.
func (t Table[E]) About(words []string) string {
	said := strings.Trim(strings.Join(words, ""), "\"';,.?()<>[]")
	for i := range t.Specs {
		if name := t.Specs[i].Name; name != "" && strings.EqualFold(name, said) {
			return name
		}
	}
	if near := t.nearestCommand("", said); len(near.Names) == 1 {
		return near.Names[0]
	}
	return ""
}

// AsksHelp reports whether a word asks for help in some program, or nearly does: -h, /?, --hlep.
func AsksHelp(word string) bool {
	word = strings.TrimRight(word, ";,.")
	return slices.Contains(helpWords, bareOption(word)) || dashed(word) && Nearest(bareOption(word), helpWords[:1]).How != Far
}

// helpMeant is the line of a tool whose help is a word before commands, where another word says the
// same, as man does; "" where none does.
func (t Table[E]) helpMeant(m Match[E]) string {
	if m.Spec != nil || m.Path != "" || m.Fault.Kind != UnknownCommand || t.Style.HelpWord == "" {
		return ""
	}
	own, said := t.translated(m.Words)
	if !said || own[0].Text != t.Style.HelpWord {
		return ""
	}
	if about := Texts(own[1:]); len(about) > 0 && len(t.heads(strings.Join(about, " "), false)) > 0 || t.Lookup(about...) != nil {
		return t.Lead + strings.Join(Texts(own), " ")
	}
	return t.Lead + t.Style.HelpWord
}

// helpNear is the line that asks for help on the command that is nearly named behind the word for
// help, as far as that names one; "" for none: help usr, help help key wrpa aesgcm.
func (t Table[E]) helpNear(m Match[E]) string {
	words := Texts(m.Words)
	if m.Fault.Kind != UnknownCommand || t.Style.HelpWord == "" || m.faultWord() < 0 {
		return ""
	}
	at := slices.Index(words[:m.faultWord()], t.Style.HelpWord)
	if at < 0 {
		near := Nearest(words[0], []string{t.Style.HelpWord})
		if m.faultWord() > 0 || near.How != Slip || len(words) == 1 && len(m.meant()) > 0 {
			return ""
		}
		at = 0
	}
	before := strings.Join(words[:at], " ")
	path := t.nearPath(before, slices.DeleteFunc(words[at+1:], func(w string) bool { return w == t.Style.HelpWord }))
	if path == before && at+1 < len(words) && words[at+1] != t.Style.HelpWord {
		return ""
	}
	line := strings.TrimSpace(before + " " + t.Style.HelpWord + path[len(before):])
	if before == "" {
		line = strings.TrimSpace(t.Style.HelpWord + " " + path)
	}
	if t.Match(line).Fault != nil {
		return ""
	}
	return t.Lead + line
}

// nearPath is the path of the commands that words name behind another, nearly and one after the other,
// as far as they do.
func (t Table[E]) nearPath(path string, words []string) string {
	for _, word := range words {
		heads := t.heads(path, false)
		if near := Nearest(word, heads); slices.Contains(heads, word) {
			path += " " + word
		} else if near.How != Far && near.How != Several {
			path += " " + near.Names[0]
		} else {
			break
		}
		path = strings.TrimSpace(path)
	}
	return path
}

// helpOf is the line that explains a command in the tool's own way, "" where it has none or no such
// command.
func (t Table[E]) helpOf(name string) string {
	spec := t.Lookup(name)
	if spec == nil {
		return ""
	}
	if len(t.Style.Help) > 0 {
		return t.Lead + spec.Name + " " + t.Style.help()
	}
	if help := t.Lookup("help"); help != nil && len(help.Params) > 0 {
		return t.Lead + "help " + spec.Name
	}
	return ""
}

// helpWords ask for help in other programs.
var helpWords = []string{"help", "h", "?", "/?", "usage", "man"}

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

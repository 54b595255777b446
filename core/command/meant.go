package command

import (
	"cmp"
	"slices"
	"strings"

	"hsmplay/core/voice"
)

// noteUnknown says what a word that is no command may have meant: the line behind a pasted prompt,
// a command of another tool by its very name, else a near one of this tool, else a near one of
// another. What is offered is the whole line.
func (t Table[E]) noteUnknown(m Match[E]) voice.Note {
	word := m.Fault.Word
	guesses := m.meant()
	tier := otherNear
	if len(guesses) > 0 {
		tier = guesses[0].tier
	}
	if prompt, line := t.unprompted(m.Line); prompt != "" && tier <= sameSigns && !m.split {
		return voice.Say(voice.PromptPasted, "tool", t.Tool, "word", voice.Word(prompt), "line", cmp.Or(line, guesses[0].line()))
	}
	said := len(guesses) > 0 && guesses[0].said
	if other, name := m.elsewhere(word, true); name != "" && tier > sameSigns && m.Path == "" {
		return t.sayElsewhere(other, name)
	}
	if row := absence(t.Absent, word); row.What != "" && !said {
		return voice.Say(voice.CommandAbsent, "tool", t.Tool, "what", row.What, "where", row.Where)
	}
	if other, name := m.meantElsewhere(); name != "" && tier > sameWords && !said && !m.meansBy(other, name) {
		return t.sayElsewhere(other, name)
	}
	if m.Path != "" && !said && (len(guesses) == 0 || dashed(word) && (guesses[0].line() == "" || len(t.heads(m.Path, false)) > 2)) {
		return t.sayBeginning(m)
	}
	if slices.Contains(answers, word) {
		return voice.Say(voice.CommandAnswer, "tool", t.Tool, "word", word)
	}
	if other, name := m.elsewhere(word, false); name != "" && tier == otherNear {
		return voice.Say(voice.CommandElsewhereNear, "tool", t.Tool, "word", voice.Word(word), "near", name, "other", other.Tool, "leave", t.Leave)
	}
	return t.sayUnknown(word, guesses, tier)
}

// answers are what tools take at their questions.
var answers = []string{"y", "n", "Y", "N", "yes", "no", "R", "A", "I", "B", "r", "i", "b"}

// meantElsewhere looks for the tool of which the line is one in other words.
func (m Match[E]) meantElsewhere() (Other, string) {
	for _, other := range m.other {
		if name := other.Means(Texts(m.Words)); name != "" {
			return other, name
		}
	}
	return Other{}, ""
}

// meansBy reports whether the category alone means another tool's command already, so that the word
// behind it has nothing to do with it.
func (m Match[E]) meansBy(other Other, name string) bool {
	return m.Path != "" && other.Means(strings.Fields(m.Path)) == name
}

// sayBeginning says what may stand behind a category.
func (t Table[E]) sayBeginning(m Match[E]) voice.Note {
	return sayHeads(strings.TrimSpace(m.lead+m.Path), t.heads(m.Path, false))
}

// sayHeads says which words may stand behind the beginning of commands.
func sayHeads(start string, heads []string) voice.Note {
	if len(heads) == 1 {
		return voice.Say(voice.CommandMissingOne, "start", start, "command", heads[0])
	}
	return voice.Say(voice.CommandMissing, "start", start, "commands", strings.Join(heads, ", "))
}

// sayElsewhere says that a command is another tool's, and how to get there.
func (t Table[E]) sayElsewhere(other Other, name string) voice.Note {
	return voice.Say(voice.CommandElsewhere, "tool", t.Tool, "near", name, "other", other.Tool, "leave", t.Leave, "start", other.Start)
}

// bothTools is what is to be said beside the note to a word that is another tool's command and has
// a counterpart here: to that of one the other. Whoever types it may want either.
func (t Table[E]) bothTools(m Match[E]) []voice.Note {
	if m.Fault.Kind != UnknownCommand || m.other == nil || m.Path != "" { // behind a category no other tool is meant
		return nil
	}
	other, name := m.elsewhere(m.Fault.Word, true)
	byName := name != ""
	if !byName {
		other, name = m.meantElsewhere()
	}
	if name == "" || slices.Contains(ofAllTools, name) {
		return nil
	}
	switch id := t.note(m).ID; {
	case !byName && id != voice.CommandElsewhere: // it stands in no tool as it is
		return nil
	case id == voice.CommandElsewhere:
		if here := t.saidHere(m.Words); here != nil {
			return []voice.Note{voice.Say(voice.CommandHere, "tool", t.Tool, "name", t.Lead+here.Name)}
		}
		return nil
	case id == voice.PromptPasted || id == voice.HelpAsked || len(m.meant()) == 0:
		return nil
	}
	return []voice.Note{voice.Say(voice.CommandThere, "near", name, "other", other.Tool, "start", other.Start)}
}

// ofAllTools are commands that say nothing about which tool was meant.
var ofAllTools = []string{"exit", "quit", "help"}

// asItStands says of a line that this tool refuses whose line it is as it stands: its options are
// those of another tool, and only its first word is alike.
func (t Table[E]) asItStands(m Match[E], said voice.ID) []voice.Note {
	if m.Fault.Kind == UnknownCommand || said == voice.PromptPasted || said == voice.HelpAsked {
		return nil // an unknown command is told by its name
	}
	for _, other := range m.other {
		if other.Reads == nil {
			continue
		}
		if name := other.Reads(m.Line); name != "" && !slices.Contains(ofAllTools, name) {
			return []voice.Note{voice.Say(voice.CommandThere, "near", name, "other", other.Tool, "start", other.Start)}
		}
	}
	return nil
}

// Reads is the command of which a line is one as it stands, with options or values of its own that
// are right as far as they go; "" for none.
func (t Table[E]) Reads(line string) string {
	m := t.Match(line)
	if m.Spec == nil || m.Help || m.Fault != nil && m.Fault.Kind != Missing ||
		!slices.ContainsFunc(m.Bound, func(b Bound) bool { return b.Given }) {
		return ""
	}
	return m.Spec.Name
}

// saidHere is the command that a line of another tool is here, nil for none.
func (t Table[E]) saidHere(words []Word) *Spec[E] {
	own, said := t.translated(words)
	texts := Texts(own)
	for n := len(texts); said && n > 0; n-- {
		if spec := t.Lookup(texts[:n]...); spec != nil {
			return spec
		}
	}
	return nil
}

// linesMax is how many lines are offered for one.
const linesMax = 3

// sayUnknown says that a word is no command, and at most three lines that it may have meant.
func (t Table[E]) sayUnknown(word string, guesses []*guess[E], tier tier) voice.Note {
	args := []any{"tool", t.Tool, "word", voice.Word(word), "count", len(guesses), "start", strings.TrimSpace(t.Lead)}
	var lines []string
	for _, g := range guesses {
		if line := g.line(); line != "" && len(lines) < linesMax {
			lines = append(lines, line)
		}
	}
	for i, line := range lines {
		args = append(args, voice.BlanksOfSeveral[i], line)
	}
	if len(guesses) > 0 {
		args = append(args, "name", t.Lead+guesses[0].spec.Name)
	}
	if len(guesses) > 0 {
		help := t.helpOf(guesses[0].spec.Name)
		if _, said := t.lacking(guesses); said {
			help = ""
		}
		args = append(args, "help", help)
	}
	id := unknownNotes[len(lines)]
	switch {
	case len(guesses) == 0 && t.Lead != "":
		id = voice.CommandUnknownVerb
	case len(guesses) > 0 && len(lines) == 0:
		id = voice.CommandLacks
	case len(guesses) > 0 && guesses[0].said && len(lines) < 2:
		id = voice.CommandSaidAs
		if lines[0] == t.Lead+guesses[0].spec.Name {
			id = voice.CommandSaid
		}
	case tier == sameSigns && len(lines) == 1 && strings.EqualFold(word, guesses[0].spec.Name):
		id = voice.CommandCase
	case tier == beginning && len(guesses) == 1:
		id = voice.CommandBeginning
	case tier == beginning && len(lines) > 1:
		id = voice.CommandSeveral
	}
	return voice.Say(id, args...)
}

// unknownNotes are the notes by how many lines they offer.
var unknownNotes = [linesMax + 1]voice.ID{voice.CommandUnknown, voice.CommandNear, voice.CommandNearTwo, voice.CommandNearThree}

package command

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hsmplay/core/voice"
)

// noteUnknown says what a word that is no command may have meant: the line behind a pasted prompt, a command of
// another tool by its very name, else a near one of this tool, else a near one of another, else those that have
// the word in them.
func (t Table[E]) noteUnknown(m Match[E]) voice.Note {
	word := m.Fault.Word
	if prompt, line := t.unprompted(m.Line); line != "" {
		return voice.Say(voice.PromptPasted, "tool", t.Tool, "word", voice.Word(prompt), "line", line)
	}
	near := t.nearestCommand(m.Path, word)
	if near.How == SameLetters {
		return t.sayUnknown(m, voice.CommandCase, near.Names)
	}
	if other, name := m.elsewhere(word, true); name != "" {
		return t.sayElsewhere(other, name)
	}
	switch {
	case near.How == Several && t.Style.Prefixes:
		return t.sayUnknown(m, voice.CommandSeveral, near.Names)
	case near.How == Beginning && !t.Style.Prefixes:
		return t.sayUnknown(m, voice.CommandBeginning, near.Names)
	case near.How != Far:
		return t.sayUnknown(m, byCount(near.Names), near.Names)
	}
	if other, name := m.elsewhere(word, false); name != "" {
		return voice.Say(voice.CommandElsewhereNear, "tool", t.Tool, "word", voice.Word(word), "near", name, "other", other.Tool, "leave", t.Leave)
	}
	if within := t.within(m.Path, word); len(within) > 0 {
		return t.sayUnknown(m, byCount(within), within)
	}
	if t.Lead != "" {
		return voice.Say(voice.CommandUnknownVerb, "tool", t.Tool, "word", voice.Word(word), "start", strings.TrimSpace(t.Lead))
	}
	return t.sayUnknown(m, voice.CommandUnknown, nil)
}

// sayElsewhere says that a command is another tool's, and how to get there.
func (t Table[E]) sayElsewhere(other Other, name string) voice.Note {
	id := voice.CommandElsewhere
	if other.Start == "" {
		id = voice.CommandElsewhereHere
	}
	return voice.Say(id, "tool", t.Tool, "near", name, "other", other.Tool, "leave", t.Leave, "start", other.Start)
}

// sayUnknown says a note about a word that is no command; names are at most three of those it may have meant.
func (t Table[E]) sayUnknown(m Match[E], id voice.ID, names []string) voice.Note {
	args := []any{"tool", t.Tool, "word", voice.Word(m.Fault.Word), "count", len(names)}
	for i, blank := range []string{"near", "also", "third"} {
		if i < len(names) {
			args = append(args, blank, t.Lead+join(m.Path, names[i]))
		}
	}
	return voice.Say(id, args...)
}

// byCount is the note that names as many commands as there are, or three of more.
func byCount(names []string) voice.ID {
	notes := [...]voice.ID{voice.CommandUnknown, voice.CommandNear, voice.CommandNearTwo, voice.CommandNearThree, voice.CommandMany}
	return notes[min(len(names), len(notes)-1)]
}

// nearestCommand looks for the command that a word may have meant: one that is listed, or else an alias. A word
// that only begins several of this tool's commands means them.
func (t Table[E]) nearestCommand(path, word string) Near {
	listed, aliases := t.heads(path, false), t.heads(path, true)
	several := begun(word, listed)
	if !t.Style.AnyCase && t.Style.Prefixes {
		several = slices.DeleteFunc(several, func(name string) bool { return !strings.HasPrefix(name, word) })
	}
	if t.Style.Prefixes && len(several) > 1 {
		return Near{Several, several}
	}
	near := Nearest(word, listed)
	switch {
	case near.How != Far:
		return near
	case len(several) > 1 && utf8.RuneCountInString(word) >= 3:
		return Near{Several, several}
	}
	return Nearest(word, aliases)
}

// within are the commands whose names have a word in them: key is in deleteKey, and ring is not in Error2String.
func (t Table[E]) within(path, word string) []string {
	if utf8.RuneCountInString(word) < 3 {
		return nil
	}
	return slices.DeleteFunc(t.heads(path, false), func(name string) bool {
		for i, r := range name {
			if unicode.IsUpper(r) && foldPrefix(name[i:], word) {
				return false
			}
		}
		return true
	})
}

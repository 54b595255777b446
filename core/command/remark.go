package command

import (
	"strings"

	"hsmplay/core/voice"
)

// remarks are the notes about values that are taken as they stand although something else may have
// been meant. They change nothing. Nothing in them is the value of a secret.
func (m Match[E]) remarks() []voice.Note {
	var notes []voice.Note
	for i := range m.Spec.Params {
		p, at := &m.Spec.Params[i], m.Bound[i]
		if at.Value < 0 {
			continue
		}
		w := m.Words[at.Value]
		if p.Kind == Secret {
			if !m.split && !w.Quoted && strings.Trim(at.Text, signs) != at.Text {
				notes = append(notes, voice.Say(voice.SecretSigns, "option", p.name()))
			}
			continue
		}
		w.Text = at.Text
		if id := m.remark(w); id != "" {
			notes = append(notes, voice.Say(id, "option", p.name(), "word", voice.Word(at.Text)))
		}
	}
	if m.style.Quotes == DoubleQuotes && !m.split && strings.Count(m.Line, `"`)%2 == 1 {
		notes = append(notes, voice.Say(voice.QuoteOpen))
	}
	return notes
}

// signs are what people put around a password, or at its end, that a shell would take away, and the
// dash of an option that was meant.
const signs = "\"';\u2018\u2019\u201c\u201d\u201e" + dashes

// remark is the note about a word that is a value, "" for none. Of words that a shell has split,
// nobody can say how they were typed.
func (m Match[E]) remark(w Word) voice.ID {
	switch {
	case w.Text == "":
		return voice.ValueEmpty
	case m.split:
		return ""
	case unstyled(w.Text) != w.Text:
		return voice.ValueQuotes
	case !w.Quoted && dashed(w.Text) && len(w.Text) > 1:
		return voice.ValueDashed
	case variable(w.Text):
		return voice.ValueVariable
	}
	return ""
}

// variable reports whether a text begins with what a shell would replace: $HOME, ${HOME}.
func variable(text string) bool {
	if len(text) < 2 || text[0] != '$' {
		return false
	}
	b := text[1] | 0x20
	return 'a' <= b && b <= 'z' || text[1] == '{' || text[1] == '_'
}

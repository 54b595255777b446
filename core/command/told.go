package command

import (
	"slices"
	"strings"
)

// Hidden stands in the place of a secret.
const Hidden = "***"

// toldMax is how many bytes of a line are told.
const toldMax = 1000

// Told returns the path of the command that a line is, none where it is no command, and the line as
// it may be kept: of a command that takes a password only what certainly is none, of a word that is
// no command nothing but options and short numbers; a command behind a login is told by itself.
// Whatever may be a secret is [Hidden]; listed is what stands in the place of one. In a line that is
// no command that is only what follows a password's option: the words of a line for another program
// stand in other lines too, which are to stay as they were typed.
func (t Table[E]) Told(line string) (path []string, shown string, secrets []string) {
	m := t.Match(line)
	if len(m.Words) == 0 {
		return nil, "", nil
	}
	if m.Spec != nil {
		path = []string{m.Spec.Name}
	}
	if m.Spec != nil && !takesSecret(m.Spec.Params) {
		return path, Told(line), nil
	}
	shown = m.Words[0].Text
	for i, w := range m.Words[1:] {
		command := t.Lookup(w.Text) != nil && !t.asksSecret(m.Words[i].Text)
		if command && m.Spec != nil && w.Param < 0 { // what a login is for stands behind it
			_, rest, more := t.Told(line[w.From:])
			return path, Told(shown + " " + rest), append(secrets, more...)
		}
		if m.harmless(w) || command && m.Spec == nil {
			shown += " " + line[w.From:w.To]
			continue
		}
		shown += " " + Hidden
		if m.Spec != nil || t.asksSecret(m.Words[i].Text) {
			secrets = append(secrets, w.Text)
		}
	}
	return path, Told(shown), secrets
}

// asksSecret reports whether a word is an option that a password follows.
func (t Table[E]) asksSecret(word string) bool {
	return dashed(word) && slices.ContainsFunc(t.Specs, func(s Spec[E]) bool {
		return slices.ContainsFunc(s.Params, func(p Param) bool { return p.Kind == Secret && p.Flag == word })
	})
}

// harmless reports whether a word of a line that may hold a password is none.
func (m Match[E]) harmless(w Word) bool {
	switch {
	case w.Param >= 0 && m.Spec != nil:
		p := m.Spec.Params[w.Param]
		return p.Kind != Secret && !p.Over || w.Text == p.Flag
	case m.Spec != nil && slices.Contains(m.Spec.Path()[1:], w.Text):
		return true // a further word of the command
	case dashed(w.Text):
		return !strings.Contains(w.Text, "=") // which may part an option from a password
	}
	return m.Spec == nil && len(w.Text) < 7 && strings.Trim(w.Text, "0123456789") == ""
}

// takesSecret reports whether one of the parameters is a password.
func takesSecret(params []Param) bool {
	for i := range params {
		if params[i].Kind == Secret {
			return true
		}
	}
	return false
}

// Secretive returns the names of the commands that take a password.
func (t Table[E]) Secretive() (names []string) {
	for i := range t.Specs {
		if takesSecret(t.Specs[i].Params) {
			names = append(names, t.Specs[i].Name)
		}
	}
	return names
}

// Told cuts a line that is kept to what is worth it.
func Told(line string) string {
	line = strings.TrimSpace(line)
	if len(line) > toldMax {
		return strings.ToValidUTF8(line[:toldMax], "") + "…"
	}
	return strings.ToValidUTF8(line, "\uFFFD")
}

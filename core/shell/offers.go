package shell

import (
	"slices"
	"strings"

	"hsmplay/core/voice"
)

// triedMax is how many lines are tried for one note.
const triedMax = 6

// say says a note of the playground, once the lines that it offers have been tried: a sentence with
// one that fails is left out, and what must be typed first is said in its place. It is called
// without the world's lock. What rooms of the voice in but would say is left out.
func (t *Terminal) say(n voice.Note, but ...string) {
	if t.m.Withheld() {
		note := Render(n)
		note.Parts = voice.Keep(note.Parts, func(sentence []voice.Part) bool { return !voice.Gives(sentence) })
		if len(note.Parts) > 0 {
			t.note(note)
		}
		return
	}
	if t.m.o.Try == nil || len(voice.Offers(n.Parts())) == 0 {
		t.note(Render(n))
		return
	}
	n = n.Fewer(func(line string) bool { _, works := t.m.o.Try(t.Number, line); return !works })
	note := Render(n)
	kept, why := t.tried(note)
	for len(voice.Offers(kept.Parts)) < len(voice.Offers(note.Parts)) {
		next, more := n.Instead()
		if !more {
			break
		}
		n, note = next, Render(next)
		if other, _ := t.tried(note); len(voice.Offers(other.Parts)) > len(voice.Offers(kept.Parts)) {
			kept, why = other, nil
		}
	}
	if len(kept.Parts) > 0 {
		t.note(kept)
	}
	for _, n := range why {
		if slices.Contains(but, strings.Split(string(n.ID), ".")[0]) {
			continue
		}
		if rest, _ := t.tried(n); n.ID != note.ID && len(rest.Parts) > 0 {
			t.note(rest)
			break
		}
	}
}

// sayAtQuestion says the notes that come with a question of a tool: a command of its that they name
// is typed once the question is answered.
func (t *Terminal) sayAtQuestion(notes []voice.Note, tool string) {
	said := len(t.saidNow())
	t.sayAll(notes)
	names := func(p voice.Part) bool {
		first, _, _ := strings.Cut(p.Text, " ")
		return p.Code && slices.ContainsFunc(t.m.toolsWith(first), func(row ToolRow) bool { return row.Name == tool })
	}
	if slices.ContainsFunc(t.saidNow()[said:], func(n Note) bool { return slices.ContainsFunc(n.Parts, names) }) {
		t.note(Render(voice.Say(voice.ShellAnswerFirst)))
	}
}

// saidNow are the notes to the line that runs.
func (t *Terminal) saidNow() []Note {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.screen.said)
}

// sayAll says several notes.
func (t *Terminal) sayAll(notes []voice.Note, but ...string) {
	for _, n := range notes {
		t.say(n, but...)
	}
}

// tried is a note without the sentences of which a line fails, and what is said where it does.
func (t *Terminal) tried(note Note) (kept Note, why []Note) {
	count := 0
	terminal := t.Number
	fails := func(line string) bool {
		count++
		notes, ok := t.m.o.Try(terminal, line)
		if !ok && len(why) == 0 {
			why = slices.DeleteFunc(notes, func(n Note) bool { return !n.Error })
		}
		return !ok
	}
	note.Parts = voice.Keep(note.Parts, func(sentence []voice.Part) bool {
		lines := voice.Offers(sentence)
		if terminal = t.Number; voice.InNewTab(sentence) {
			terminal = 0
		}
		return count+len(lines) <= triedMax && !slices.ContainsFunc(lines, fails)
	})
	return note, why
}

package lesson

import (
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/voice"
)

// tongue is what the player itself says in another language: texts by their keys. What it lacks is
// said in English.
type tongue map[string]string

// text is the sentence of a key, with its blanks.
func (t tongue) text(key string) string {
	if said := t[key]; said != "" {
		return said
	}
	return phrases[key]
}

// has reports whether there is a phrase of a key.
func has(key string) bool { return phrases[key] != "" }

// say is a phrase with its blanks filled: name, value, name, value.
func (t tongue) say(key string, args ...any) string {
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		pairs = append(pairs, "{"+fmt.Sprint(args[i])+"}", fmt.Sprint(args[i+1]))
	}
	return strings.NewReplacer(pairs...).Replace(t.text(key))
}

// parts renders a note of the player.
func (t tongue) parts(id voice.ID, args ...any) []voice.Part {
	n := voice.Say(id, args...)
	if said := t[string(id)]; said != "" {
		return n.In(said)
	}
	return n.Parts()
}

// plural is the key of a phrase with a number in it: the one for one where it is one.
func plural(key string, n int) string {
	if n == 1 && has(key+".one") {
		return key + ".one"
	}
	return key
}

// hsms are HSMs in a sentence: no HSM, HSM 1, HSMs 0 1 2.
func (t tongue) hsms(list []string) string {
	switch len(list) {
	case 0:
		return t.text("hsms.none")
	case 1:
		return t.say("hsms.one", "list", list[0])
	}
	return t.say("hsms", "list", strings.Join(list, " "))
}

// onHSMs are HSMs by their numbers.
func (e *eyes) onHSMs(nodes []int) string { return e.tongue.hsms(numbers(nodes).texts) }

// choice is a choice of a question as it is shown.
func (t tongue) choice(choice string) string {
	if said := t.text("choice." + choice); said != "" {
		return said
	}
	return choice
}

// WordsFile is the file of a language with what the player says, beside its lessons.
const WordsFile = "words.txt"

// Speak has lessons say what is not of their texts in another language. The text has lines KEY: TEXT;
// its errors are those of [Read].
func Speak(file, text string, lessons []*Lesson) error {
	r := &reader{file: file}
	r.split(text)
	t := tongue{}
	for i, line := range r.lines {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, said, ok := strings.Cut(line, ": ")
		if !ok || !has(key) && !isNote(key) {
			r.fail(i+1, "the player has no phrase %q", key)
			continue
		}
		t[key] = said
	}
	for _, l := range lessons {
		l.tongue = t
	}
	return r.err()
}

// isNote reports whether a key is of a note of the player.
func isNote(key string) bool {
	return slices.ContainsFunc(voice.LessonNotes(), func(r voice.Row) bool { return string(r.ID) == key })
}

// Unsaid lists the keys that a language lacks, of lessons that speak it.
func (l *Lesson) Unsaid() (keys []string) {
	for key := range phrases {
		if l.tongue[key] == "" {
			keys = append(keys, key)
		}
	}
	for _, r := range voice.LessonNotes() {
		if l.tongue[string(r.ID)] == "" {
			keys = append(keys, string(r.ID))
		}
	}
	slices.Sort(keys)
	return keys
}

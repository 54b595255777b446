package lesson

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Translate puts the prose of a translation in place of the lesson's own. What it does not have
// stays. Errors are those of [Read].
func (l *Lesson) Translate(file, text string) error {
	r := &reader{file: file, lesson: &Lesson{}}
	r.split(text)
	r.front()
	intro := r.prose(func(block) { r.fail(r.at, "blocks belong to a step, below a line ## Title") })
	set(&l.Title, r.lesson.Title)
	set(&l.Intro, intro)
	for r.more() {
		line, title := r.at+1, strings.TrimSpace(strings.TrimPrefix(r.lines[r.at], "## "))
		r.at++
		i := slices.IndexFunc(l.Steps, func(s Step) bool { return s.Title == title })
		if i < 0 {
			r.fail(line, "the lesson has no step %q", title)
			i = 0
		}
		step := &l.Steps[i]
		prose := r.prose(func(b block) {
			if b.kind != "says" {
				r.fail(b.line, "a translation has blocks says only")
				return
			}
			r.says(step, b)
		})
		set(&step.Prose, prose)
	}
	return r.err()
}

// Same lists the sentences of a lesson that are as in another one: what a translation has left out.
func (l *Lesson) Same(other *Lesson) (same []string) {
	look := func(where, a, b string) {
		if a == b && strings.ContainsFunc(a, unicode.IsLetter) {
			same = append(same, where)
		}
	}
	look("title", l.Title, other.Title)
	look("introduction", l.Intro, other.Intro)
	for i := range l.Steps {
		ours, theirs := &l.Steps[i], &other.Steps[i]
		look(theirs.Title+": prose", ours.Prose, theirs.Prose)
		for _, key := range theirs.sentences() {
			look(theirs.Title+": "+key, *ours.sentence(key), *theirs.sentence(key))
		}
	}
	return same
}

// sentences are the keys of all sentences of a step. A title may be the same in both languages.
func (s *Step) sentences() (keys []string) {
	keys = append(keys, "done")
	numbered := func(key string, count int) {
		for i := range count {
			keys = append(keys, fmt.Sprint(key, " ", i+1))
		}
	}
	numbered("goal", len(s.Goals))
	numbered("hint", len(s.Hints))
	numbered("asks", len(s.Predict))
	numbered("why", len(s.Predict))
	numbered("fail", len(s.Fails))
	for _, w := range s.Wrong {
		keys = append(keys, "wrong "+w.ID)
	}
	return keys
}

// set replaces a text where there is another.
func set(text *string, other string) {
	if other != "" {
		*text = other
	}
}

// says reads the sentences of a step: KEY: TEXT, with more of the text indented below.
func (r *reader) says(step *Step, b block) {
	var into *string
	for i, line := range b.lines {
		if strings.HasPrefix(line, " ") && into != nil {
			*into += " " + strings.TrimSpace(line)
			continue
		}
		if line == "" {
			continue
		}
		key, text, ok := strings.Cut(line, ":")
		if into = step.sentence(key); into == nil || !ok {
			r.fail(b.line+1+i, "%s", unknownSentence(key))
			continue
		}
		*into = strings.TrimSpace(text)
	}
}

// unknownSentence is what is wrong with a key of a translation.
func unknownSentence(key string) string {
	return fmt.Sprintf("the step has no %q: a sentence is title, done, goal N, hint N, asks N, why N, fail N, wrong ID", key)
}

// sentence is the sentence of a step that a key of a translation names, nil for none.
func (s *Step) sentence(key string) *string {
	word, which, _ := strings.Cut(key, " ")
	n, _ := strconv.Atoi(which) // what is no number is none of them
	in := func(count int) bool { return n >= 1 && n <= count }
	switch {
	case key == "title":
		return &s.Title
	case key == "done":
		return &s.Done
	case word == "goal" && in(len(s.Goals)):
		return &s.Goals[n-1].Says
	case word == "hint" && in(len(s.Hints)):
		return &s.Hints[n-1]
	case word == "asks" && in(len(s.Predict)):
		return &s.Predict[n-1].Asks
	case word == "why" && in(len(s.Predict)):
		return &s.Predict[n-1].Why
	case word == "fail" && in(len(s.Fails)):
		return &s.Fails[n-1].Says
	case word == "wrong":
		if i := slices.IndexFunc(s.Wrong, func(w Wrong) bool { return w.ID == which }); i >= 0 {
			return &s.Wrong[i].Says
		}
	}
	return nil
}

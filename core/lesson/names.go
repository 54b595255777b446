package lesson

import (
	"maps"
	"slices"
	"strings"
)

// names are what the goals of a lesson have bound. They are never changed.
type names map[string]string

// with are the names and one more.
func (n names) with(name, value string) names {
	more := maps.Clone(n)
	if more == nil {
		more = names{}
	}
	more[name] = value
	return more
}

// without are the names without some.
func (n names) without(gone []string) names {
	less := maps.Clone(n)
	for _, name := range gone {
		delete(less, name)
	}
	return less
}

// shown are the names as texts show them: one that is not bound is its capitals.
func (l *Lesson) shown(n names) names {
	for _, name := range l.names() {
		if _, ok := n[name]; !ok {
			n = n.with(name, strings.ToUpper(name))
		}
	}
	return n
}

// named fills names into a sentence; those that are not bound yet stand there in capitals.
func (n names) named(text string) string {
	return filled(text, func(name string) (string, bool) {
		if value, ok := n[name]; ok {
			return value, true
		}
		return strings.ToUpper(name), true
	})
}

// key tells names from others.
func (n names) key() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(n)) {
		b.WriteString(name + "=" + n[name] + "\n")
	}
	return b.String()
}

// fill puts the values into a text that has names as $name. What is not bound stays.
func (n names) fill(text string) string {
	return filled(text, func(name string) (string, bool) { v, ok := n[name]; return v, ok })
}

// filled replaces each $name for which there is a value.
func filled(text string, of func(name string) (string, bool)) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "$")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		end := 0
		for end < len(rest) && (rest[end] >= 'a' && rest[end] <= 'z' || rest[end] >= '0' && rest[end] <= '9' || rest[end] == '-') {
			end++
		}
		name := strings.TrimRight(rest[:end], "-")
		value, known := "", false
		if isName(name) {
			value, known = of(name)
		}
		if !known {
			b.WriteByte('$')
			text = rest
			continue
		}
		b.WriteString(value)
		text = rest[len(name):]
	}
}

// mentioned lists the names that a text has, of those that are known.
func mentioned(text string, known []string) (list []string) {
	filled(text, func(name string) (string, bool) {
		if slices.Contains(known, name) && !slices.Contains(list, name) {
			list = append(list, name)
		}
		return "", false
	})
	return list
}

// bound lists the names that goals bind.
func bound(goals []Goal) (list []string) {
	for _, g := range goals {
		if g.counted() {
			continue
		}
		for _, t := range g.all() {
			if t.binds() && (g.Relation != verifies || slices.Contains(g.Tests, t)) && !slices.Contains(list, t.name()) {
				list = append(list, t.name())
			}
		}
	}
	return list
}

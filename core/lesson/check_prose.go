package lesson

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of prose: so much stands before something to do.
const (
	proseLines = 4
	proseWide  = 72 // characters
	wrongsMin  = 3
)

// prose proves what can be seen without a world.
func (c *check) prose() {
	c.short(1, "the introduction", c.lesson.Intro)
	for _, s := range c.lesson.Steps {
		c.short(s.Line, "the prose of a step", s.Prose)
		c.short(s.Line, "what is said at its end", s.Done)
		for _, h := range s.Hints {
			c.short(s.Line, "a hint", h)
		}
		if len(s.Wrong) < wrongsMin {
			c.fault(s.Line, "wrong", "%d wrong tries: a step has %d or more", len(s.Wrong), wrongsMin)
		}
		for i, w := range s.Wrong {
			if slices.ContainsFunc(s.Wrong[:i], func(o Wrong) bool { return o.Says == w.Says }) {
				c.fault(w.At, "wrong "+w.ID, "another wrong try has the same sentence")
			}
		}
		if len(s.Hints) > 0 && gives(s.Hints[len(s.Hints)-1], s.Solution) {
			c.fault(s.Line, "hint", "the last hint is the solution")
		}
		for _, g := range s.Goals {
			if first, _, _ := strings.Cut(g.Says, " "); slices.Contains(leaning, first) {
				c.fault(g.At, "goal", "its sentence begins with %q: it is shown and spoken alone, too", first)
			}
		}
		c.handles(s)
		c.games(s)
	}
}

// leaning are words with which a sentence leans on the one before.
var leaning = []string{"and", "nor", "or", "not", "but", "because", "of", "for", "its", "their"}

// games proves that what is offered as a game is the solution.
func (c *check) games(s Step) {
	if s.Order && len(s.Solution) < 2 {
		c.fault(s.Line, "order", "a solution of one line has no order")
	}
	if len(s.Blank) > 0 && !slices.EqualFunc(s.Blank, s.Solution, leaves) {
		c.fault(s.Line, "blank", "`%s` is not the solution with words left out", strings.Join(s.Blank, "; "))
	}
}

// leaves reports whether a line is another one in which ___ stands for words.
func leaves(line, whole string) bool {
	return slices.EqualFunc(strings.Fields(line), strings.Fields(whole), func(a, b string) bool {
		before, after, ok := strings.Cut(a, blank)
		return a == b || ok && strings.HasPrefix(b, before) && strings.HasSuffix(b, after)
	})
}

// short proves that a text fits into the lines that are read before something is done.
func (c *check) short(line int, what, text string) {
	if utf8.RuneCountInString(strings.Join(strings.Fields(text), " ")) > proseLines*proseWide {
		c.fault(line, "prose", "%s is longer than %d lines of %d characters", what, proseLines, proseWide)
	}
	if strings.Contains(text, "!") && !strings.Contains(text, "`") {
		c.fault(line, "prose", "%s has an exclamation mark", what)
	}
}

// gives reports whether a hint has all lines of a solution.
func gives(hint string, solution []string) bool {
	return !slices.ContainsFunc(solution, func(line string) bool {
		_, typed := parted(line)
		return !strings.Contains(hint, typed)
	})
}

// handleFlags are the options that take a handle.
var handleFlags = []string{"-k", "-w"}

// handles proves that no line names a key by its handle.
func (c *check) handles(s Step) {
	all := slices.Concat([][]string{s.Solution, s.Blank}, s.Also)
	for _, w := range s.Wrong {
		all = append(all, w.Lines)
	}
	for _, line := range slices.Concat(all...) {
		words := strings.Fields(line)
		for i := 1; i < len(words); i++ {
			if slices.Contains(handleFlags, words[i-1]) && words[i] != "0" && len(words[i]) < 5 && strings.Trim(words[i], "0123456789") == "" {
				c.fault(s.Line, "handle", "`%s` names a key by a handle: $name it", line)
			}
		}
	}
}

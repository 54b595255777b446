package command

import (
	"slices"
	"strings"
)

// righted is the match of the same words with the options that were meant in place of the unknown
// ones, and with a text whose blanks were not quoted in one piece, so that every value goes where
// it belongs.
func (m Match[E]) righted() Match[E] {
	words := slices.Clone(m.Words)
	for i := range words {
		w := &words[i]
		if w.Param != -1 || w.Quoted || !dashed(w.Text) {
			continue
		}
		if near := m.nearestOption(i); near.How != Far {
			w.Text = near.Names[0]
		}
	}
	b := m.bind(words)
	if m.style.Quotes != NoQuotes {
		b = m.bind(joinTexts(b.words, m.Spec.Params))
	}
	m.Words, m.Bound = b.words, b.bound
	return m
}

// bind gives words their meaning anew.
func (m Match[E]) bind(words []Word) binder {
	for i := range words {
		if words[i].Param != pathWord {
			words[i].Param = -1
		}
	}
	return (&binder{style: m.style, words: words}).again(m.Spec.Params, len(words))
}

// joinTexts makes one word of a text and of the plain words behind it that belong to nothing.
func joinTexts(words []Word, params []Param) []Word {
	var joined []Word
	for i := 0; i < len(words); i++ {
		w, last := words[i], i
		for w.Param >= 0 && isText(params[w.Param].Kind) && last+1 < len(words) && stray(words[last+1]) {
			last++
			w.Text += " " + words[last].Text
		}
		if text := unstyled(beforeOperator(w.Text)); last > i && writable(text) {
			w.Text = text
		} else {
			w.Text = words[i].Text
		}
		joined, i = append(joined, w), last
	}
	return joined
}

// writable reports whether a text can be typed between double quotes.
func writable(text string) bool {
	_, ok := quote(text, DoubleQuotes)
	return ok
}

// isText reports whether a value of the kind can have blanks. A password is repeated nowhere, and
// what follows a user's name may be one.
func isText(kind Kind) bool { return kind == Text || kind == Path || kind == Output }

// stray reports whether a word belongs to nothing and does not look like an option.
func stray(w Word) bool { return w.Param == -1 && !dashed(w.Text) }

// beforeOperator is a text up to the first sign that would part two commands in a shell.
func beforeOperator(text string) string {
	if i := strings.IndexAny(text, ";|&<>"); i > 0 {
		text = text[:i]
	}
	return strings.TrimSpace(text)
}

// unstyled is a text without the single quotes around it, or those of a word processor.
func unstyled(text string) string {
	const quotes = "'\u2018\u2019\u201c\u201d\u201e"
	if inner := strings.Trim(text, quotes); inner != "" && len(text)-len(inner) > 1 {
		return inner
	}
	return text
}

// nearestOption looks for the option that the unknown one at word i may have meant: another
// spelling, or this command's name for the handle that other commands call otherwise.
func (m Match[E]) nearestOption(i int) Near {
	if near := nearestOption(m.Words[i].Text, m.Spec.Params); near.How != Far {
		return near
	}
	if i+1 < len(m.Words) && digits(m.Words[i+1].Text) && slices.Contains(handleNames, bareOption(m.Words[i].Text)) {
		return m.missingHandle()
	}
	return Near{}
}

// handleNames are what the commands of the tools call the handle of a key, and what learners do.
var handleNames = []string{"k", "o", "w", "key", "object", "obj", "handle"}

// missingHandle is the one required handle that was not given.
func (m Match[E]) missingHandle() Near {
	var missing []string
	for i := range m.Spec.Params {
		if p := &m.Spec.Params[i]; p.Kind == Handle && p.Flag != "" && !p.Optional && !m.Bound[i].Given {
			missing = append(missing, p.Flag)
		}
	}
	if len(missing) != 1 {
		return Near{}
	}
	return Near{Slip, missing}
}

package voice

import (
	"slices"
	"strings"
)

// Sentences parts a rendered note behind each full stop and question mark that is no part of code.
func Sentences(parts []Part) [][]Part {
	var all [][]Part
	var now []Part
	for _, p := range parts {
		for !p.Code {
			end := sentenceEnd(p.Text)
			if end < 0 {
				break
			}
			all, now = append(all, append(now, Part{Text: p.Text[:end]})), nil
			p.Text = p.Text[end:]
		}
		if p.Text != "" || p.Code {
			now = append(now, p)
		}
	}
	if len(now) > 0 {
		all = append(all, now)
	}
	return all
}

// sentenceEnd is where the next sentence begins, -1 where none does.
func sentenceEnd(text string) int {
	for i := 1; i < len(text); i++ {
		if text[i] == ' ' && (text[i-1] == '.' || text[i-1] == '?') {
			return i + 1
		}
	}
	return -1
}

// Keep joins the sentences of a rendered note that pass a test, the last one without a blank at its
// end.
func Keep(parts []Part, pass func(sentence []Part) bool) []Part {
	kept := slices.Concat(slices.DeleteFunc(Sentences(parts), func(s []Part) bool { return !pass(s) })...)
	if n := len(kept); n > 0 && !kept[n-1].Code {
		kept[n-1].Text = strings.TrimRight(kept[n-1].Text, " ")
	}
	return joined(kept)
}

// joined puts text behind text into one part.
func joined(parts []Part) []Part {
	var all []Part
	for _, p := range parts {
		if n := len(all); n > 0 && !p.Code && !all[n-1].Code {
			all[n-1].Text += p.Text
			continue
		}
		all = append(all, p)
	}
	return all
}

// blankless reports whether a sentence has no code without words: what nobody can type is not said,
// nor a line that nobody has given.
func blankless(sentence []Part) bool {
	return !slices.ContainsFunc(sentence, func(p Part) bool { return p.Code && (p.Text == "" || p.Text == "{line}") })
}

package command

import (
	"slices"
	"strings"
)

// pairs parts what was typed as one for two options, the name of something and its value, where the
// table has such: encrypt=false, --name encrypt=false and --encrypt false are --name encrypt --value
// false.
func (g *guess[E]) pairs() {
	for name := range g.spec.Params {
		p := &g.spec.Params[name]
		value := find(g.spec.Params, p.Pairs)
		if p.Pairs == "" || value < 0 || g.named(value) {
			continue
		}
		for i := 0; i < len(g.words); i++ {
			if parts, used := g.pair(name, value, i); parts != nil {
				g.words = slices.Replace(g.words, i, i+used, parts...)
				return
			}
		}
	}
}

// pair are the words that word i is for a name and its value, and how many it takes the place of;
// nil for none. A term of a list is none: that begins behind an option.
func (g *guess[E]) pair(name, value, i int) (parts []Word, used int) {
	p, w := &g.spec.Params[name], g.words[i]
	bare, text, joined := strings.Cut(strings.TrimLeft(w.Text, dashes), "=")
	behind := -1
	if i > 0 && dashed(g.words[i-1].Text) {
		behind, _ = g.option(i-1, -1)
	}
	of := func(words ...string) (list []Word) {
		for _, word := range words {
			list = append(list, Word{Text: word, Param: -1})
		}
		return list
	}
	flag := g.spec.Params[value].Flag
	switch known := p.Reads(bare); {
	case w.Quoted || known == "":
	case behind == name && joined && !dashed(w.Text):
		return of(known, flag, text), 1
	case g.named(name) || i > 0 && dashed(g.words[i-1].Text) || bareOption(bare) != bareOption(known):
	case joined && truth(text):
		return of(p.Flag, known, flag, text), 1
	case dashed(w.Text) && i+1 < len(g.words) && truth(g.words[i+1].Text):
		return of(p.Flag, known, flag, g.words[i+1].Text), 2
	}
	return nil, 0
}

// truth reports whether a word says yes or no.
func truth(word string) bool {
	return slices.Contains([]string{"true", "false"}, strings.ToLower(word))
}

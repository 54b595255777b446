package command

import (
	"slices"
	"strings"
)

// How the words of a guess are read as options: which option a word is meant for, however it is
// spelt, and which value it brings or waits for.

// options opens what is written as an option, and gives each its value.
func (g *guess[E]) options() {
	pending := -1
	for i := 0; i < len(g.words); i++ {
		w := g.words[i]
		param, value := g.option(i, pending)
		switch {
		case param >= 0 && (pending < 0 || !g.spec.Params[pending].takes(w.Text)):
			pending = g.opens(param, i, value)
		case pending >= 0 && g.strays(pending, i):
			pending = -1
		case pending >= 0:
			g.bind(pending, i)
			if !g.spec.Params[pending].Many {
				pending = -1
			}
		case g.namedOption(i):
		case g.termOption(i):
			i++
		case !w.Quoted && dashed(w.Text) && len(bareOption(w.Text)) > 0 && !digits(bareOption(w.Text)):
			g.odd++
		}
	}
}

// namedOption takes a word for an option that is called like its value, as -sha256 is, if it is near
// to one.
func (g *guess[E]) namedOption(i int) bool {
	for param := range g.spec.Params {
		if g.spec.Params[param].Kind != Named || g.given[param] || g.words[i].Quoted || !dashed(g.words[i].Text) {
			continue
		}
		name, value, more := strings.Cut(g.words[i].Text, "=")
		if fit := g.fitValues(param, bareOption(name)); fit.how != misfit {
			if more && value != "" { // it takes none: that stands behind it
				g.words, g.at = slices.Insert(g.words, i+1, Word{Text: value, Param: -1}), slices.Insert(g.at, i+1, -1)
			}
			g.at[i], g.given[param], g.values[param] = param, true, fit.text
			return true
		}
	}
	return false
}

// strays reports whether a word behind the terms of a list is none of them, but what another
// option still wants: a user behind a filter.
func (g *guess[E]) strays(pending, i int) bool {
	p := &g.spec.Params[pending]
	if !p.Many || p.Reads == nil || len(g.all[pending]) == 0 || strings.Contains(g.words[i].Text, "=") {
		return false
	}
	for other := range g.spec.Params {
		if other != pending && g.isOpen(other) && g.fit(other, g.words[i].Text).how >= known {
			return true
		}
	}
	return false
}

// termOption makes an unknown option and its value a term of a list: `--label k1` of a command that
// selects keys. What stands in one word with its value is one already.
func (g *guess[E]) termOption(i int) bool {
	p, text := termOf(g.spec.Params, g.words[i:])
	if p < 0 {
		return false
	}
	g.words[i+1].Text = text
	g.at[i] = p
	g.bind(p, i+1)
	return true
}

// termOf is the list that the option and the value at the beginning of words are a term of, -1 for
// none, and the term.
func termOf(params []Param, words []Word) (param int, text string) {
	if len(words) < 2 || words[0].Quoted || !dashed(words[0].Text) || dashed(words[1].Text) {
		return -1, ""
	}
	text = bareOption(words[0].Text) + "=" + words[1].Text
	return slices.IndexFunc(params, func(p Param) bool { return p.Many && p.Reads != nil && p.Reads(text) != "" }), text
}

// takes reports whether a word that looks like an option is a value all the same.
func (p *Param) takes(text string) bool { return p.Kind == Number && digits(text) }

// opens begins an option at word i, with a value that stands in the same word, and returns the
// parameter that waits for its value.
func (g *guess[E]) opens(param, i int, value string) int {
	p := &g.spec.Params[param]
	g.at[i], g.given[param] = param, true
	if !p.Repeat {
		g.all[param] = nil
	}
	switch {
	case p.Kind == Switch:
		return -1
	case value != "":
		g.values[param] = value
		g.list(param, value)
		return -1
	}
	g.values[param] = ""
	return param
}

// bind makes word i the value of a parameter.
func (g *guess[E]) bind(param, i int) {
	g.at[i], g.given[param] = param, true
	g.values[param] = g.words[i].Text
	g.list(param, g.words[i].Text)
}

// list puts a value behind the others of a parameter that takes several.
func (g *guess[E]) list(param int, value string) {
	if p := &g.spec.Params[param]; p.Many || p.Repeat {
		g.all[param] = append(g.all[param], value)
	}
}

// option is the parameter that a word names, and the value that stands in the same word: -i, --i,
// –i, -I, --curve, -i=14, -i14, or the bare i where nothing else can be meant. pending is the one
// that waits for a value.
func (g *guess[E]) option(i, pending int) (param int, value string) {
	w := g.words[i]
	params := g.spec.Params
	if w.Quoted {
		return -1, ""
	}
	name, value, equals := strings.Cut(w.Text, "=")
	bare := bareOption(name)
	if bare == "" {
		return -1, ""
	}
	if !dashed(w.Text) {
		full := pending >= 0 && params[pending].Many && len(g.all[pending]) > 0
		if i := flagged(params, bare); i >= 0 && (pending < 0 || full && !equals) && !g.given[i] && (len(bare) > 1 || g.followed(i, w)) {
			return i, value
		}
		return -1, ""
	}
	if !equals {
		value = ""
	}
	own := flagged(params, bare)
	if own >= 0 && !g.given[own] {
		return own, value
	}
	other := own
	for i := range params {
		if i == own || !g.called(i, "", bare) {
			continue
		}
		if !g.given[i] && !g.named(i) { // of several the first that nothing else stands for
			g.units[i] = per(g.table.Called, params[i].name(), bare)
			return i, value
		}
		if other < 0 {
			other = i
		}
	}
	if other >= 0 {
		return other, value
	}
	if param, text := g.stuck(i); param >= 0 && !equals {
		return param, text
	}
	return g.nearOption(bare, i), value
}

// flagged is the parameter whose flag has these letters, or whose letter it is, -1 for none.
func flagged(params []Param, bare string) int {
	return slices.IndexFunc(params, func(p Param) bool {
		return p.Flag != "" && (bareOption(p.Flag) == bare || p.Also != "" && bareOption(p.Also) == bare || p.stacked("-"+bare))
	})
}

// followed reports whether a word that is one bare letter is followed by a value of the parameter.
func (g *guess[E]) followed(param int, w Word) bool {
	i := slices.IndexFunc(g.words, func(o Word) bool { return o.Span == w.Span })
	p := &g.spec.Params[param]
	if i+1 >= len(g.words) || p.Kind == Switch || dashed(g.words[i+1].Text) || g.isFile(w.Text) {
		return false
	}
	return g.fit(param, g.words[i+1].Text).how >= known || g.isOpen(param) && !g.named(param)
}

// isFile reports whether a word is a file for a place that has none yet.
func (g *guess[E]) isFile(text string) bool {
	for i := range g.spec.Params {
		if g.spec.Params[i].Kind == Path && g.isOpen(i) && g.exists(i, text) {
			return true
		}
	}
	return false
}

// stuck is the parameter whose flag, or another word for it, word i begins with, if a value of it
// follows there: -i14, -outsig. Of several beginnings the longest counts.
func (g *guess[E]) stuck(i int) (param int, value string) {
	typed := strings.TrimLeft(g.words[i].Text, dashes)
	short, alone := !strings.HasPrefix(g.words[i].Text, "--"), i+1 == len(g.words) || dashed(g.words[i+1].Text)
	longest := 0
	param = -1
	for k := range g.spec.Params {
		p := &g.spec.Params[k]
		if p.Flag == "" || p.Kind == Switch || g.given[k] || g.named(k) {
			continue
		}
		for at, name := range append([]string{bareOption(p.Flag)}, g.callings(k, "")...) {
			if len(name) <= longest || !foldPrefix(typed, name) || at > 0 && len(name) < 2 {
				continue
			}
			rest := typed[len(name):]
			fit := g.fit(k, rest).how
			text := fit == free && short && (len(name) == 1 && g.isOpen(k) && !g.nearAny(typed, -1) || len(name) > 1 && alone && !g.nearAny(typed, k))
			if rest != "" && (fit >= known || fit >= formed && p.numberLike() || text) {
				param, value, longest = k, rest, len(name)
			}
		}
	}
	return param, value
}

// nearAny reports whether a word is near to an option other than one, or to another word for it.
func (g *guess[E]) nearAny(typed string, but int) bool {
	for i := range g.spec.Params {
		p := &g.spec.Params[i]
		if near := Nearest(bareOption(typed), append(g.callings(i, ""), bareOption(p.Flag), bareOption(p.Value))); i != but && near.How != Far {
			return true
		}
	}
	return false
}

// numberLike reports whether values of the kind are numbers.
func (p *Param) numberLike() bool {
	return p.Kind == Number || p.Kind == Handle || p.Kind == Node || p.Kind == Users || p.numeric()
}

// nearOption is the parameter whose flag or other word differs from a word in a few letters; else
// the handle that other commands call so; else the only one with the word in the name of its value;
// else a text stuck to its flag.
func (g *guess[E]) nearOption(bare string, i int) int {
	var names []string
	var of []int
	for i := range g.spec.Params {
		p := &g.spec.Params[i]
		if p.Flag == "" {
			continue
		}
		for _, name := range append(g.callings(i, ""), bareOption(p.Flag)) {
			if len(name) > 2 {
				names, of = append(names, name), append(of, i)
			}
		}
	}
	if near := Nearest(bare, names); near.How != Far {
		return g.oneOf(bare, near.Names, func(name string) int { return of[slices.Index(names, name)] })
	}
	if slices.Contains(handleNames, bare) {
		if i := g.handleLeft(); i >= 0 {
			return i
		}
	}
	if near := optionOfNoun(bare, g.spec.Params); near.How != Far {
		return flagged(g.spec.Params, bareOption(near.Names[0]))
	}
	return -1
}

// oneOf is the one parameter that near names are of, else the one whose own flag is among them and
// begins with the word's first letter; -1 for several.
func (g *guess[E]) oneOf(bare string, near []string, of func(string) int) int {
	only := func(counts func(string) bool) int {
		found := -1
		for _, name := range near {
			switch i := of(name); {
			case !counts(name) || i == found:
			case found >= 0:
				return -1
			default:
				found = i
			}
		}
		return found
	}
	if i := only(func(string) bool { return true }); i >= 0 {
		return i
	}
	return only(func(name string) bool {
		return bareOption(g.spec.Params[of(name)].Flag) == name && otherStart(name, bare) == 0
	})
}

// handleLeft is the one required handle that was not given yet.
func (g *guess[E]) handleLeft() int {
	found := -1
	for i := range g.spec.Params {
		if p := &g.spec.Params[i]; p.Kind == Handle && !p.Optional && !g.given[i] && !g.named(i) {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// named reports whether a parameter's own flag stands in the line.
func (g *guess[E]) named(param int) bool {
	return slices.ContainsFunc(g.words, func(w Word) bool {
		return !w.Quoted && dashed(w.Text) && bareOption(w.Text) == bareOption(g.spec.Params[param].Flag)
	})
}

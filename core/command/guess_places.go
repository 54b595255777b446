package command

import (
	"strings"
)

// places gives the words that stand on their own their place: on the list or in the text before
// them, in the order of what is required, or where a word of the table or the world is known.
func (g *guess[E]) places() {
	for i, w := range g.words {
		if w.Param == lastPlace {
			g.last(i)
		}
	}
	g.swapped()
	for i := range g.words {
		if g.at[i] >= 0 || g.isOdd(i) {
			continue
		}
		if !g.secret(i) && !g.lengthen(i) && !g.place(i) && !g.extend(i) {
			g.lost++
			g.spoil()
		}
	}
}

// swapped gives two neighbours their places that stand in each other's: `createUser bob CU`.
func (g *guess[E]) swapped() {
	for p := 0; p+1 < len(g.spec.Params); p++ {
		first, second := &g.spec.Params[p], &g.spec.Params[p+1]
		if first.Flag != "" || second.Flag != "" || first.Kind != Choices || second.Kind != User && second.Kind != Text || !g.isOpen(p) || !g.isOpen(p+1) {
			continue
		}
		for i := 0; i+1 < len(g.words); i++ {
			if g.at[i] < 0 && g.at[i+1] < 0 && g.fit(p, g.words[i].Text).how == misfit && g.fit(p, g.words[i+1].Text).how == exact &&
				g.fit(p+1, g.words[i].Text).how >= free {
				g.bind(p, i+1)
				g.bind(p+1, i)
				return
			}
		}
	}
}

// last gives a word the last place that it fits.
func (g *guess[E]) last(i int) {
	for p := len(g.spec.Params) - 1; p >= 0; p-- {
		if g.spec.Params[p].Flag == "" && g.isOpen(p) && g.fit(p, g.words[i].Text).how != misfit {
			g.bind(p, i)
			return
		}
	}
}

// secret takes what stands behind a password for a part of it.
func (g *guess[E]) secret(i int) bool {
	p := g.before(i)
	if p < 0 || g.spec.Params[p].Kind != Secret {
		return false
	}
	g.at[i] = p
	return true
}

// isOdd reports whether a word is an option that is not known.
func (g *guess[E]) isOdd(i int) bool {
	w := g.words[i]
	return !w.Quoted && dashed(w.Text) && !digits(bareOption(w.Text))
}

// before is the parameter that the word before i belongs to, -1 for none.
func (g *guess[E]) before(i int) int {
	if i == 0 {
		return -1
	}
	return g.at[i-1]
}

// lengthen puts a word on the list of users before it.
func (g *guess[E]) lengthen(i int) bool {
	p := g.before(i)
	if p < 0 || g.spec.Params[p].Kind != Users || g.spec.Params[p].Flag == "" && len(g.words)-i <= g.open() {
		return false
	}
	list := g.values[p] + "," + g.words[i].Text
	if g.fit(p, list).how < formed {
		return false
	}
	g.at[i], g.values[p] = p, list
	return true
}

// open is how many required places have nothing yet.
func (g *guess[E]) open() int {
	n := 0
	for i := range g.spec.Params {
		if g.isOpen(i) {
			n++
		}
	}
	return n
}

// spoil closes the place that a word was for which does not fit there: the next word is for the
// next one.
func (g *guess[E]) spoil() {
	for i := range g.spec.Params {
		if p := &g.spec.Params[i]; p.Flag == "" && g.isOpen(i) {
			g.given[i], g.values[i] = true, ""
			if p.Kind == Users || p.Kind == Handle || p.Kind == User || p.Kind == Node {
				g.odd++ // nobody else says which
			}
			return
		}
	}
}

// place gives a word the first open place that it is a value of; else one of those that may be left
// out, if it is known there; else the first that any text fits.
func (g *guess[E]) place(i int) bool {
	text, least := g.words[i].Text, formed
	for p := range g.spec.Params {
		param := &g.spec.Params[p]
		if g.isOpen(p) && param.Flag == "" && !digits(text) && g.fit(p, text).how == exact {
			g.bind(p, i) // user4 is a user before it is nearly a type of users
			return true
		}
		if g.isOpen(p) && param.Kind != Choices {
			break
		}
	}
	for p := range g.spec.Params {
		if g.isOpen(p) && g.fit(p, text).how >= least && !(g.spec.Params[p].Kind == Number && !digits(text) && g.wantsName(p)) {
			g.bind(p, i)
			return true
		}
		if g.isOpen(p) && g.spec.Params[p].Flag == "" {
			least = exact // it is passed over by what is known elsewhere only
			if g.fit(p, text).how == free && !g.spec.Params[p].particular() {
				break
			}
		}
	}
	for p := range g.spec.Params {
		number := g.spec.Params[p].Kind == Users && digits(text) // it numbers a key rather than a user
		if g.mayOpen(p) && !number && g.fit(p, text).how > known {
			g.bind(p, i)
			return true
		}
	}
	if p := g.onlyKnown(text); p >= 0 {
		g.bind(p, i)
		return true
	}
	if p := g.fileFor(text); p >= 0 {
		g.bind(p, i)
		return true
	}
	for p := range g.spec.Params {
		param := &g.spec.Params[p]
		if param.Flag == "" && g.isOpen(p) && param.Kind == Choices && g.fit(p, text).how == misfit && len(g.words)-i < g.open() {
			continue // the world knows which; the name stands alone
		}
		if param.Flag == "" && g.isOpen(p) && (g.fit(p, text).how == misfit || param.particular()) {
			return false
		}
		if (param.Kind == Path || param.Kind == Output) && !strings.ContainsAny(text, "./") && g.wantsName(p) {
			continue
		}
		if g.fit(p, text).how == free && (g.isOpen(p) && !param.particular() && (param.Flag == "" || !strings.HasPrefix(param.Flag, "--") && g.table.Lead == "" || strings.HasPrefix(param.Flag, "--") && !g.followsText(i)) || g.mayOpen(p) && param.Flag == "") {
			g.bind(p, i)
			return true
		}
	}
	return g.leftOver(i)
}

// followsText reports whether a word stands behind the text of an option, so that it may be more of
// it.
func (g *guess[E]) followsText(i int) bool {
	p := g.before(i)
	return p >= 0 && g.spec.Params[p].Kind == Text && !g.spec.Params[p].Many && g.named(p) && g.quotes()
}

// wantsName reports whether another parameter still wants the name of something.
func (g *guess[E]) wantsName(but int) bool {
	for p := range g.spec.Params {
		if param := &g.spec.Params[p]; p != but && g.isOpen(p) && param.Many && param.Reads != nil {
			return true
		}
	}
	return false
}

// leftOver gives a word that nothing else takes to what may be left out: it is how many, of `hsm new
// 5`, a term of a list, of `key list mykey`, or the password.
func (g *guess[E]) leftOver(i int) bool {
	for p := range g.spec.Params {
		if g.table.Lead != "" && g.mayOpen(p) && g.spec.Params[p].Kind == Number && g.fit(p, g.words[i].Text).how == formed {
			g.bind(p, i)
			return true
		}
	}
	for _, secret := range []bool{false, true} {
		for p := range g.spec.Params {
			param := &g.spec.Params[p]
			if g.mayOpen(p) && (secret && param.Kind == Secret || !secret && param.Many && param.Reads != nil && param.Reads(g.words[i].Text) != "") {
				g.bind(p, i)
				return true
			}
		}
	}
	return false
}

// onlyKnown is the one parameter that may be left out and calls a value so, -1 where there are none
// or several.
func (g *guess[E]) onlyKnown(text string) int {
	found := -1
	for p := range g.spec.Params {
		if g.mayOpen(p) && g.fit(p, text).how == known {
			if found >= 0 {
				return -1
			}
			found = p
		}
	}
	return found
}

// fileFor is the one open parameter that takes the name of a file, for a word that looks like one;
// -1 for none, several, or another word.
func (g *guess[E]) fileFor(text string) int {
	found := -1
	if !strings.ContainsAny(text, "./") || strings.ContainsAny(text, ";|&<>") {
		return -1
	}
	for i := range g.spec.Params {
		if p := &g.spec.Params[i]; p.Flag != "" && (p.Kind == Path || p.Kind == Output) && g.isOpen(i) {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// isOpen reports whether a parameter is required and has nothing yet.
func (g *guess[E]) isOpen(i int) bool {
	p := &g.spec.Params[i]
	return !p.Optional && !g.given[i] && p.Kind != Switch && !g.rival(i)
}

// mayOpen reports whether a parameter may be left out and has nothing yet.
func (g *guess[E]) mayOpen(i int) bool {
	p := &g.spec.Params[i]
	return p.Optional && !g.given[i] && p.Kind != Switch && !g.rival(i)
}

// particular reports whether not any text is taken for a value where no option says so: of some
// only the known ones, and the name of a user may be a password, where no long option asks for it.
func (p *Param) particular() bool {
	return len(p.Values) > 0 || p.Kind == User && p.Flag != "" && !strings.HasPrefix(p.Flag, "--")
}

// extend makes a word part of the text before it: a label whose blanks were not quoted.
func (g *guess[E]) extend(i int) bool {
	p := g.before(i)
	if p < 0 || !g.quotes() || g.spec.Params[p].Kind != Text && g.spec.Params[p].Kind != Path || len(g.spec.Params[p].Values) > 0 {
		return false
	}
	text := g.values[p] + " " + g.words[i].Text
	if g.spec.Params[p].Kind == Path && !g.exists(p, text) {
		return false
	}
	if strings.ContainsAny(g.words[i].Text, ";|&<>") || !writable(text) {
		return false
	}
	g.at[i], g.values[p] = p, text
	return true
}

func (g *guess[E]) quotes() bool { return g.table.Style.Quotes != NoQuotes }

// rival reports whether what stands in a parameter's place was given.
func (g *guess[E]) rival(i int) bool {
	for j := range g.spec.Params {
		if j != i && g.given[j] && g.sameGroup(i, j) {
			return true
		}
	}
	return false
}

// sameGroup reports whether two parameters stand in each other's place.
func (g *guess[E]) sameGroup(i, j int) bool {
	group := g.spec.Params[i].OneOf
	return group != "" && group == g.spec.Params[j].OneOf
}

// earlier reports whether one of a parameter's group stands before it in the table and was given
// too.
func (g *guess[E]) earlier(i int) bool {
	for j := range i {
		if g.given[j] && g.sameGroup(i, j) {
			return true
		}
	}
	return false
}

// asking is the switch that asks for a password in its place, -1 for none.
func (g *guess[E]) asking(secret int) int {
	for j := range g.spec.Params {
		if j != secret && g.sameGroup(secret, j) && g.spec.Params[j].Kind == Switch {
			return j
		}
	}
	return -1
}

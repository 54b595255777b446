package command

import (
	"slices"
	"strconv"
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
			if p.Kind == Users || p.Kind == Handle || p.Kind == User {
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
		if g.isOpen(p) && g.fit(p, text).how >= least {
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
		if g.mayOpen(p) && g.fit(p, text).how > known {
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
		if g.fit(p, text).how == free && (g.isOpen(p) && !param.particular() && !(param.Flag != "" && (g.table.Lead != "" || strings.HasPrefix(param.Flag, "--"))) || g.mayOpen(p) && param.Flag == "") {
			g.bind(p, i)
			return true
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
// only the known ones, and the name of a user may be a password.
func (p *Param) particular() bool { return len(p.Values) > 0 || p.Kind == User && p.Flag != "" }

// extend makes a word part of the text before it: a label whose blanks were not quoted.
func (g *guess[E]) extend(i int) bool {
	p := g.before(i)
	if p < 0 || !g.quotes() || g.spec.Params[p].Kind != Text || len(g.spec.Params[p].Values) > 0 {
		return false
	}
	text := g.values[p] + " " + g.words[i].Text
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

// settle puts each value as the tool reads it, and hides passwords.
func (g *guess[E]) settle() {
	for i := range g.spec.Params {
		p := &g.spec.Params[i]
		if g.given[i] && p.Kind != Switch && g.earlier(i) {
			g.given[i] = false
		}
		if !g.given[i] || p.Kind == Switch {
			continue
		}
		if p.Kind == Secret {
			g.hide(i)
			continue
		}
		if g.values[i] == "" {
			continue
		}
		for at, value := range g.all[i] {
			if g.all[i][at] = g.fit(i, value).text; g.all[i][at] == "" {
				g.odd++
			}
		}
		fit := g.fit(i, g.values[i])
		if fit.how == misfit {
			fit.text = g.inRange(i)
		}
		if g.values[i] = fit.text; fit.text == "" {
			g.odd++
		}
	}
}

// allow puts the best value in place of those that the world has no use for: the line was right, but
// refused. The later parameter gives way to the earlier one.
func (g *guess[E]) allow() {
	for i := len(g.values) - 1; i >= 0 && g.denied && g.table.Fill != nil; i-- {
		p := &g.spec.Params[i]
		if !g.given[i] || p.Kind != Choices && p.Kind != Number {
			continue
		}
		values, asked := g.table.Fill(g.state, g.placeOf(i))
		if asked && len(values) > 0 && !slices.Contains(values, g.values[i]) {
			g.values[i] = values[0]
		}
	}
}

// inRange is the bound next to a number that is out of range, "" where that says nothing.
func (g *guess[E]) inRange(i int) string {
	p := &g.spec.Params[i]
	switch {
	case p.Kind == Hex:
		return p.Example
	case p.Kind == Choices && len(p.Values) == 1:
		return p.Values[0].Word
	case len(p.Values) > 0 && g.now && g.table.Fill != nil:
		if only, _ := g.table.Fill(g.state, g.placeOf(i)); len(only) == 1 {
			return only[0]
		}
	}
	n, err := strconv.ParseInt(g.values[i], 10, 64)
	if p.Kind != Number || err != nil || len(p.Values) > 0 || p.Max == 0 || n > p.Min && !p.bounded() {
		return ""
	}
	return strconv.FormatInt(max(p.Min, min(n, p.Max)), 10)
}

// hide puts in place of a password the switch that asks for it.
func (g *guess[E]) hide(i int) {
	other := g.asking(i)
	if other < 0 {
		g.odd++ // it cannot be said without
		return
	}
	g.given[i], g.given[other] = false, true
}

// fill gives what is required and missing a value of this world.
func (g *guess[E]) fill() {
	params := g.spec.Params
	for i := range params {
		p := &params[i]
		if p.Optional || g.given[i] || g.rival(i) || p.Kind == Switch {
			continue
		}
		if ask := g.asking(i); p.Kind == Secret && ask >= 0 {
			g.given[ask] = true
			continue
		}
		g.given[i], g.values[i] = true, ""
	}
	for range params {
		for i := range params {
			if need := find(params, params[i].Needs); g.given[i] && need >= 0 && !g.given[need] {
				g.given[need], g.values[need] = true, ""
			}
		}
	}
	for i := range params {
		if g.given[i] && params[i].Kind != Switch && params[i].Kind != Secret && g.values[i] == "" {
			g.values[i] = g.filling(i)
		}
	}
}

// filling is a value for a blank; where the world has none, the blank is lacking.
func (g *guess[E]) filling(i int) string {
	p := &g.spec.Params[i]
	if g.now && g.table.Fill != nil {
		values, asked := g.table.Fill(g.state, g.placeOf(i))
		if len(values) > 0 {
			g.more = append(g.more, filled{i, values[1:min(len(values), 1+othersMax)]})
			return values[0]
		}
		if asked {
			g.lacks = p
			return ""
		}
	}
	return p.example()
}

// placeOf is parameter i as a place.
func (g *guess[E]) placeOf(i int) Place {
	return Place{Command: g.spec.Name, Param: &g.spec.Params[i], Given: func(name string) string {
		if at := find(g.spec.Params, name); at >= 0 && at != i {
			return g.values[at]
		}
		return ""
	}}
}

// othersMax is how many other values are kept for a blank.
const othersMax = 3

// filled is what else a blank could have been filled with.
type filled struct {
	param  int
	values []string
}

// others are lines with other values in one of the blanks.
func (g *guess[E]) others() []string {
	var lines []string
	for _, blank := range g.more {
		for _, value := range blank.values {
			other := *g
			other.values = slices.Clone(g.values)
			other.values[blank.param] = value
			if line := other.line(); line != "" && len(lines) < 2*othersMax {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// line writes the guess as it is typed; "" where something is lacking or cannot be written.
func (g *guess[E]) line() string {
	words := []string{strings.TrimSpace(g.table.Lead + g.spec.Name)}
	for i := range g.spec.Params {
		p := &g.spec.Params[i]
		if !g.given[i] {
			continue
		}
		if p.Kind == Switch {
			words = append(words, p.Flag)
			continue
		}
		for at, value := range g.written(i) {
			text, ok := quote(value, g.table.Style.Quotes)
			if !ok || text == "" || g.lacks != nil {
				return ""
			}
			if p.Flag != "" && (at == 0 || !p.Many) {
				words = append(words, p.Flag)
			}
			words = append(words, text)
		}
	}
	line := strings.Join(words, " ")
	if m := g.table.Match(strings.TrimPrefix(line, g.table.Lead)); m.Fault != nil {
		return ""
	}
	return line
}

// written are the values of parameter i in the line.
func (g *guess[E]) written(i int) []string {
	if len(g.all[i]) > 1 {
		return g.all[i]
	}
	return []string{g.values[i]}
}

package command

import (
	"slices"
	"strconv"
	"strings"
)

// passwordMin is the length of the shortest password that a tool gives a user.
const passwordMin = 7

// doubtName takes no word for a user's name that may be the password: where it stands alone for
// both, and there is no such user. A name that is shorter than any password is the new user's.
func (g *guess[E]) doubtName() {
	secret := slices.IndexFunc(g.spec.Params, func(p Param) bool { return p.Kind == Secret })
	if secret < 1 || g.given[secret] || g.asking(secret) >= 0 && g.given[g.asking(secret)] {
		return
	}
	for i, name := range g.at {
		if name < 0 || name >= secret || g.named(name) || g.values[name] != g.words[i].Text {
			continue
		}
		p, text := &g.spec.Params[name], g.words[i].Text
		fresh := p.Kind == Text && len(p.Values) == 0
		nobody := p.Kind == User && g.now && g.fit(name, text).how == free
		if nobody || fresh && len(text) >= passwordMin {
			g.at[i], g.unsure = secret, true
			g.given[name], g.values[name], g.all[name] = false, "", nil
		}
	}
}

// takeName takes a user's name that stands where a word of a list does for the user's name, where
// that has no value: of `login -u example_user` in a tool whose -u is the type of user.
func (g *guess[E]) takeName() {
	name := slices.IndexFunc(g.spec.Params, func(p Param) bool { return p.Kind == User && !p.Many && !p.Repeat })
	if name < 0 || g.given[name] {
		return
	}
	for i := range g.spec.Params {
		p := &g.spec.Params[i]
		listed := len(p.Values) > 0 && (p.Kind == Text || p.Kind == Choices)
		if g.given[i] && listed && g.values[i] != "" && g.fit(i, g.values[i]).how <= free {
			g.given[name], g.values[name] = true, g.values[i]
			g.given[i], g.values[i] = false, ""
			return
		}
	}
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
		g.convert(i)
		for at, value := range g.all[i] {
			if g.all[i][at] = g.fit(i, value).text; g.all[i][at] == "" {
				g.odd++
			}
		}
		fit := g.fit(i, g.values[i])
		if p.Hides != nil && p.Hides(fit.text) {
			g.hide(i)
			continue
		}
		if g.denied && g.table.Live != nil && p.Kind == Output && strings.Contains(fit.text, "/") {
			g.odd++ // it was refused for that, perhaps
		}
		if g.denied && g.table.Live != nil && p.Kind == Path && !g.exists(i, fit.text) {
			g.values[i] = "" // and for this: a file of the world takes the place
			continue
		}
		if fit.how == misfit {
			fit.text = g.inRange(i)
		}
		if g.values[i] = fit.text; fit.text == "" {
			g.odd++
		}
	}
}

// convert counts a number in the option's own unit.
func (g *guess[E]) convert(i int) {
	n, err := strconv.Atoi(g.values[i])
	if per := g.units[i]; per > 1 && err == nil && n%per == 0 {
		g.values[i] = strconv.Itoa(n / per)
	}
}

// allow puts the best value in place of those that the world has no use for, and reports whether
// there were any. The later parameter gives way to the earlier one.
func (g *guess[E]) allow() (changed bool) {
	for i := len(g.values) - 1; i >= 0 && g.now && g.table.Fill != nil; i-- {
		p := &g.spec.Params[i]
		if !g.given[i] || p.Kind != Choices && p.Kind != Number {
			continue
		}
		values, asked := g.table.Fill(g.state, g.placeOf(i))
		if value := g.values[i]; asked && len(values) > 0 && !slices.Contains(values, value) {
			g.values[i], changed = values[0], true
			if p.Kind == Number && len(p.Values) == 0 {
				g.values[i] = nextTo(value, values)
			}
		}
	}
	return changed
}

// nextTo is the value that is the next to a number, the smaller of two; the first where none is
// within a quarter, as of a number in another unit.
func nextTo(value string, values []string) string {
	n, err := strconv.Atoi(value)
	best, least := values[0], n
	for _, v := range values {
		to, odd := strconv.Atoi(v)
		apart := max(n-to, to-n)
		if err == nil && odd == nil && apart <= to/4 && (apart < least || apart == least && to < n) {
			best, least = v, apart
		}
	}
	return best
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
	case g.denied && p.Kind == Number && len(p.Values) == 0 && g.table.Fill != nil:
		if values, _ := g.table.Fill(g.state, g.placeOf(i)); len(values) > 0 {
			return nextTo(g.values[i], values)
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
	if other < 0 && g.spec.Params[i].Optional {
		g.given[i], g.values[i] = false, "" // it is asked for
		return
	}
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
		if p.Optional && !g.wants(i) || g.given[i] || g.rival(i) || p.Kind == Switch {
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

// wants reports whether this world wants a parameter that may be left out elsewhere.
func (g *guess[E]) wants(i int) bool {
	return g.now && g.table.Wants != nil && g.table.Wants(g.state, g.placeOf(i))
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
			return strings.Join(g.written(at), " ")
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

// others are the line with values for which the world has a use, and lines with other values in one
// of the blanks.
func (g *guess[E]) others() []string {
	var lines []string
	allowed := *g
	if allowed.values = slices.Clone(g.values); allowed.allow() {
		if line := allowed.line(); line != "" {
			lines = append(lines, line)
		}
	}
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
	before, ok := g.typed(true)
	behind, all := g.typed(false)
	if !ok || !all {
		return ""
	}
	name := g.spec.Name
	if last := strings.LastIndexByte(name, ' '); before != "" {
		name = name[:last] + before + name[last:]
	}
	line := strings.TrimSpace(g.table.Lead+name) + behind
	if m := g.table.Match(strings.TrimPrefix(line, g.table.Lead)); m.Fault != nil {
		return ""
	}
	return line
}

// typed are the options of a command above, or the others, as they are typed: each with a blank before
// it. It answers false where something is lacking or cannot be written.
func (g *guess[E]) typed(before bool) (text string, ok bool) {
	for i := range g.spec.Params {
		p := &g.spec.Params[i]
		switch {
		case !g.given[i] || p.Before != before:
			continue
		case p.Kind == Switch:
			text += " " + p.Flag
			continue
		case p.Kind == Named:
			text += " -" + g.values[i]
			continue
		}
		for at, value := range g.written(i) {
			word, ok := quote(value, g.table.Style.Quotes)
			if !ok || word == "" || g.lacks != nil {
				return "", false
			}
			if p.Flag != "" && (at == 0 || !p.Many) {
				text += " " + p.Flag
			}
			text += " " + word
		}
	}
	return text, true
}

// written are the values of parameter i in the line.
func (g *guess[E]) written(i int) []string {
	if len(g.all[i]) > 1 {
		return g.all[i]
	}
	return []string{g.values[i]}
}

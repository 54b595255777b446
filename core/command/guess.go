package command

import (
	"slices"
	"strings"
	"unicode"
)

// guess is a line as it may have been meant, while it is put together: a command, and a value for
// each of its parameters.
type guess[E any] struct {
	table  *Table[E]
	state  E
	now    bool // there is a state, so that values are known
	spec   *Spec[E]
	tier   tier
	said   bool   // it was said in the words of others
	denied bool   // the line is right, but was refused: values for which the world has no use are replaced
	words  []Word // what was typed behind the command, with the blanks, dashes and quotes that were meant
	at     []int  // the parameter of each word, -1 for none
	given  []bool
	values []string
	all    [][]string // of a parameter that takes several values, all of them
	units  []int      // of a number, how many of the units it was typed in make one; 0 and 1 are the same
	lost   int        // words that mean nothing here
	odd    int        // an option among them
	more   []filled
	lacks  *Param // what nothing in this world fits
	unsure bool   // one word was given where a name and a password are wanted
}

// Meant is the whole line that a mistyped one may have meant, ready to be typed: what was right
// stays, what was written as elsewhere is translated, what is missing is filled in from the world.
// It answers "" where nothing was understood, or something is lacking; that parameter is the second
// result. No password is ever in it.
func (t *Table[E]) Meant(e E, line string) (string, *Param) {
	for _, g := range t.guesses(e, true, t.Match(line)) {
		return g.line(), g.lacks
	}
	return "", nil
}

// Instead is what may have been meant by a line that was refused although it is right: the line with
// other values, "" where none would do better. That it asks for the password makes no other line.
func (t *Table[E]) Instead(e E, m Match[E]) string {
	for _, g := range t.guesses(e, true, m) {
		line := g.line()
		other := t.Match(strings.TrimPrefix(line, t.Lead))
		if line == "" || other.Spec != m.Spec || len(other.Bound) != len(m.Bound) {
			continue
		}
		for i := range other.Bound {
			if m.Spec.Params[i].Kind == Secret {
				other.Bound[i] = m.Bound[i]
			}
		}
		if !m.sameAs(other) {
			return line
		}
	}
	return ""
}

// lostMax is how many words of a line may mean nothing for the rest to be a guess.
const lostMax = 1

// guesses are the lines that a mistyped one may have meant, the best ones only.
func (t *Table[E]) guesses(e E, now bool, m Match[E]) []*guess[E] {
	words := parted(m.Words)
	if !m.split {
		words = t.tidied(m.Line)
	}
	var meant []commandMeant[E]
	said := false
	switch {
	case len(words) > 0:
		words, said = t.translated(t.unstuck(words))
		meant = t.commandsMeant(words)
	case m.Spec != nil && m.Fault != nil && m.Fault.Kind == Missing: // a program that has no commands, by its name alone
		meant = []commandMeant[E]{{m.Spec, 0, sameName}}
	}
	var found []*guess[E]
	if m.Spec != nil && !said && t.parent(parentOf(m.Spec.Name)) {
		words, meant = t.below(m, words, meant)
	}
	for _, c := range meant {
		if len(found) > 0 && c.tier > found[0].tier {
			break
		}
		g := &guess[E]{table: t, state: e, now: now, spec: c.spec, tier: c.tier, said: said,
			denied: now && m.Spec != nil && m.Fault == nil, words: slices.Clone(words[c.words:])}
		if g.read(); g.odd == 0 && g.lost <= lostMax && (found == nil || g.rank() <= found[0].rank()) {
			if found != nil && g.rank() < found[0].rank() {
				found = nil
			}
			found = append(found, g)
		}
	}
	return found
}

// parted are words with those parted that a no-break space holds together.
func parted(words []Word) (all []Word) {
	held := func(r rune) bool { return r != ' ' && unicode.Is(unicode.Zs, r) }
	for _, w := range words {
		if !strings.ContainsFunc(w.Text, held) {
			all = append(all, w)
			continue
		}
		for _, text := range strings.FieldsFunc(w.Text, held) {
			all = append(all, Word{Text: text, Param: -1})
		}
	}
	return all
}

// below puts the command that a word behind options has led to in place of the one above it.
func (t *Table[E]) below(m Match[E], words []Word, meant []commandMeant[E]) ([]Word, []commandMeant[E]) {
	above := t.at(parentOf(m.Spec.Name))
	if above == nil || above.Name == "" || len(meant) != 1 || meant[0].spec != above {
		return words, meant
	}
	words, n := withoutLast(words, m.Words)
	return words, []commandMeant[E]{{m.Spec, n, sameName}}
}

// withoutLast are words without the last one of the path that matched words have, and how many are
// left of it.
func withoutLast(words, matched []Word) (left []Word, n int) {
	var last Span
	for _, w := range matched {
		if w.Param == pathWord {
			last = w.Span
			n++
		}
	}
	return slices.DeleteFunc(slices.Clone(words), func(w Word) bool { return w.Span == last }), n - 1
}

// parentOf is the path of the command or category above one, "" for none.
func parentOf(name string) string {
	if last := strings.LastIndexByte(name, ' '); last >= 0 {
		return name[:last]
	}
	return ""
}

// offer is the whole line that was meant, "" where none can be given.
func (m Match[E]) offer() string {
	line, _ := m.offers()
	return line
}

// offers are the line that was meant, and others with other values in its blanks.
func (m Match[E]) offers() (line string, more []string) {
	meant := m.meant()
	if len(meant) == 0 {
		return "", nil
	}
	g := meant[0]
	line, more = g.line(), g.others()
	if f := m.Fault; f != nil && f.Kind == Needs && g.spec == m.Spec {
		more = append(more, g.without(f.Param.Needs))
	}
	return line, more
}

// without is the line without an option and those that need it.
func (g *guess[E]) without(option string) string {
	other := *g
	other.given = slices.Clone(g.given)
	for i := range g.spec.Params {
		if p := &g.spec.Params[i]; p.Flag == option || p.Needs == option {
			other.given[i] = false
		}
	}
	return other.line()
}

// rank is how little of the line was understood: 0 is all.
func (g *guess[E]) rank() int {
	rank := 4*g.lost + 2*g.useless()
	if g.lacks != nil {
		rank++
	}
	return rank
}

// useless is how many keys and files were named that the command has no use for: of exportPubKey
// and exSymKey the one is meant that takes the key.
func (g *guess[E]) useless() int {
	n := 0
	for i := range g.spec.Params {
		kind := g.spec.Params[i].Kind
		if !g.now || g.table.Fill == nil || !g.given[i] || kind != Handle && kind != Path || g.values[i] == "" {
			continue
		}
		values, asked := g.table.Fill(g.state, g.placeOf(i))
		if asked && !slices.Contains(values, g.values[i]) && (kind == Handle || len(values) > 0) {
			n++
		}
	}
	return n
}

// read gives the words their meaning, and fills in what is missing.
func (g *guess[E]) read() {
	params := g.spec.Params
	g.given, g.values = make([]bool, len(params)), make([]string, len(params))
	g.all, g.units = make([][]string, len(params)), make([]int, len(params))
	g.pairs()
	g.at = make([]int, len(g.words))
	for i := range g.at {
		g.at[i] = -1
	}
	g.options()
	if len(params) == 0 {
		g.odd = 0 // it can only be the command alone
	}
	g.places()
	g.doubtName()
	g.takeName()
	g.settle()
	if g.denied { // the line was right, but refused
		g.allow()
	}
	g.fill()
}

package command

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// fitness says how well a word is a value of a parameter.
type fitness int

const (
	misfit fitness = iota
	free           // any text would do
	formed         // it has the form
	known          // it is another word for a value of the table
	exact          // it stands in the table, or exists in the world
)

// fitted is a word as a value: how well it fits, and how the tool reads it.
type fitted struct {
	how  fitness
	text string
}

// fit reads a word as a value of parameter i.
func (g *guess[E]) fit(i int, text string) fitted {
	p := &g.spec.Params[i]
	text = unstyled(text)
	switch {
	case p.Kind == Secret:
		return fitted{free, text}
	case p.Reads != nil:
		read := p.Reads(text)
		switch {
		case read == "":
			return fitted{}
		case p.Many && !strings.Contains(text, "=") && !digits(text): // a name, as any word may be
			return fitted{free, read}
		}
		return fitted{formed, read}
	case len(p.Values) > 0:
		if f := g.fitValues(i, text); f.how != misfit || p.Kind == Choices {
			return f
		}
	}
	switch p.Kind {
	case Users:
		return g.fitUsers(i, text)
	case User:
		return g.fitUser(i, text)
	case Number:
		if word := g.translation(i, text); word != "" {
			return fitted{known, word}
		}
		return g.fitNumber(i, text)
	case Handle:
		if key := g.labelled(i, text); key != "" {
			return fitted{exact, key}
		}
		return g.fitNumber(i, text)
	case Node:
		return g.fitNumber(i, text)
	case Hex:
		if t := strings.TrimRight(text, ".,;"); checkHex(p, t) == 0 {
			return fitted{formed, t}
		}
		return fitted{}
	}
	if word := g.translation(i, text); word != "" {
		return fitted{known, word}
	}
	if checks[p.Kind](p, text) != 0 || text == "" {
		return fitted{}
	}
	if p.Kind == Path && !g.exists(i, text) {
		if near := g.nearFile(i, text); near != "" {
			return fitted{known, near}
		}
	}
	if g.exists(i, text) || p.Kind == Text && len(g.narrowed(i, []string{text})) > 0 {
		return fitted{exact, text}
	}
	return fitted{free, text}
}

// translation is the value that a word is called so for, of a text that the table has no values of:
// true is 1. The world must have a use for it.
func (g *guess[E]) translation(i int, text string) string {
	p := &g.spec.Params[i]
	for _, row := range g.table.Called {
		if row.Option == p.name() && row.Value != "" && row.Value != text && len(p.Values) == 0 && g.called(i, row.Value, bareValue(text)) &&
			len(g.narrowed(i, []string{row.Value})) > 0 {
			return row.Value
		}
	}
	return ""
}

// nearFile is the file of nearly a name, or without a sign behind it.
func (g *guess[E]) nearFile(i int, name string) string {
	if !g.now || g.table.Live == nil {
		return ""
	}
	var names []string
	for _, c := range g.table.Live(g.state, g.spec.Params[i], "") {
		names = append(names, c.Word)
	}
	if bare := strings.TrimRight(name, ";,."); slices.Contains(names, bare) {
		return bare
	}
	if near := Nearest(name, names); near.How == Slip && len(near.Names) == 1 || near.How == SameLetters {
		return near.Names[0]
	}
	return ""
}

// exists reports whether the world knows a text for the place.
func (g *guess[E]) exists(i int, text string) bool {
	p := &g.spec.Params[i]
	if !g.now || g.table.Live == nil || p.Kind == Output {
		return false
	}
	return slices.ContainsFunc(g.table.Live(g.state, *p, text), func(c Choice) bool { return c.Word == text })
}

// fitValues looks for a word among the values of the table: as it stands, by what is called so, or
// in other letters. Of several that are called so the one counts that fits the world.
func (g *guess[E]) fitValues(i int, text string) fitted {
	p := &g.spec.Params[i]
	if v := p.value(text); v != nil && !v.Hidden {
		return fitted{exact, text}
	}
	n, isNumber := number(text, p.numeric())
	if p.Kind == Number && isNumber && checkNumber(p, n) == 0 && len(g.narrowed(i, []string{n})) > 0 {
		return fitted{exact, n}
	}
	bare := bareValue(text)
	if bare == "" {
		return fitted{}
	}
	var found []string
	for _, v := range p.Values {
		if g.calledSo(i, v, bare) {
			found = append(found, v.Word)
		}
	}
	if p.Kind == Number && isNumber && checkNumber(p, n) == 0 {
		if found = g.narrowed(i, found); len(found) == 0 {
			return fitted{formed, n}
		}
	}
	if found == nil {
		if isNumber && p.value(n) != nil {
			return fitted{known, n}
		}
		if found = g.nearValues(i, bare); len(found) > 1 && foldPrefix(found[0], bare) && !foldPrefix(found[1], bare) {
			found = found[:1] // the only one that it is the beginning of
		}
	}
	if len(found) > 1 {
		found = g.narrowed(i, found)
	}
	if len(found) == 0 {
		return fitted{}
	}
	return fitted{known, found[0]}
}

// narrowed are those of several values that the world has a use for; none where it does not tell.
func (g *guess[E]) narrowed(i int, found []string) []string {
	if !g.now || g.table.Fill == nil {
		return nil
	}
	use, _ := g.table.Fill(g.state, g.placeOf(i))
	found = slices.DeleteFunc(found, func(word string) bool { return !slices.Contains(use, word) })
	return found
}

// calledSo reports whether a value is called so: by its word, by other words for it, or by the
// first words of its meaning.
func (g *guess[E]) calledSo(i int, v Value, bare string) bool {
	if bareValue(v.Word) == bare || g.called(i, v.Word, bare) {
		return true
	}
	for _, name := range strings.FieldsFunc(v.Means, func(r rune) bool { return r == ',' || r == ':' || r == ';' }) {
		if bareValue(name) == bare {
			return true
		}
	}
	return false
}

// nearValues are the values that differ from a word in a few letters.
func (g *guess[E]) nearValues(i int, bare string) []string {
	var names, words []string
	for _, v := range g.spec.Params[i].Values {
		for _, name := range append(g.callings(i, v.Word), v.Word) {
			if name = bareValue(name); len(name) >= 3 && !digits(name) {
				names, words = append(names, name), append(words, v.Word)
			}
		}
	}
	var found []string
	if near := Nearest(bare, names); near.How == Slip || near.How == SameLetters || near.How == Beginning {
		for _, name := range near.Names {
			if word := words[slices.Index(names, name)]; !slices.Contains(found, word) {
				found = append(found, word)
			}
		}
	}
	return found
}

// prefixes stand before names of values in headers and manuals.
var prefixes = []string{"OBJATTR", "CKA", "CKK", "CKO", "CKM", "NIDX962", "NID", "CLOUDHSM"}

// bareValue is a word's letters and digits alone, without the prefix of a header.
func bareValue(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, text)
	for _, prefix := range prefixes {
		if rest, ok := strings.CutPrefix(text, prefix); ok && rest != "" {
			return rest
		}
	}
	return text
}

// fitNumber reads a number as people write it: 0x8, #8, 8., 10s, 2048bit.
func (g *guess[E]) fitNumber(i int, text string) fitted {
	p := &g.spec.Params[i]
	if p.Kind == Handle || p.Kind == Node {
		text = withoutNoun(text) // of a label such as data8 nobody means the 8
	}
	n, ok := number(text, p.Kind == Number)
	if !ok || checks[p.Kind](p, n) != 0 {
		return fitted{}
	}
	if p.Kind == Handle && g.exists(i, n) || p.Kind == Node && g.exists(i, n) {
		return fitted{exact, n}
	}
	return fitted{formed, n}
}

// withoutNoun is a number without the word for what it numbers: key8, #8, hsm-2.
func withoutNoun(text string) string {
	number := strings.TrimLeft(strings.ToLower(text), "abcdefghijklmnopqrstuvwxyz#(-_:=")
	noun := strings.Trim(strings.ToLower(strings.TrimSuffix(text, number)), "#(-_:=")
	if slices.Contains([]string{"", "k", "key", "h", "handle", "o", "object", "hsm", "node", "server", "n"}, noun) && number != "" && text[0] != '0' {
		return number
	}
	return text
}

// number is a decimal number as it may have been meant; words before or behind its digits are left
// out where loose.
func number(text string, loose bool) (string, bool) {
	text = strings.TrimRight(text, ".,;:)")
	if digits(text) {
		return text, true
	}
	if hex, ok := strings.CutPrefix(strings.ToLower(text), "0x"); ok {
		n, err := strconv.ParseUint(hex, 16, 32)
		return strconv.FormatUint(n, 10), err == nil
	}
	if !loose {
		return "", false
	}
	inner := strings.TrimFunc(text, func(r rune) bool { return unicode.IsLetter(r) || r == '#' || r == '_' || r == '(' })
	return inner, digits(inner)
}

// labelled is the only key with a label that the world has a use for here, "" for none: wrapper, or
// attr.label=wrapper as CloudHSM CLI says it.
func (g *guess[E]) labelled(i int, label string) string {
	label = strings.TrimPrefix(label, "attr.label=")
	if !g.now || g.table.Live == nil || label == "" || digits(label) {
		return ""
	}
	var found []string
	for _, c := range g.table.Live(g.state, g.spec.Params[i], "") {
		if c.Means == label || strings.HasSuffix(c.Means, " "+label) {
			found = append(found, c.Word)
		}
	}
	if len(found) > 1 {
		found = g.narrowed(i, found)
	}
	if len(found) != 1 {
		return ""
	}
	return found[0]
}

// fitUsers reads a list of users by their ids or names, with whatever between them.
func (g *guess[E]) fitUsers(i int, text string) fitted {
	var ids []string
	how := exact
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(", ;/+[](){}", r) }) {
		id, ok := number(word, false)
		if !ok {
			if id = g.userID(i, word); id == "" {
				return fitted{}
			}
		} else if !g.exists(i, id) {
			how = formed
		}
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return fitted{}
	}
	return fitted{how, strings.Join(ids, ",")}
}

// userID is the id of the user with a name, "" for none.
func (g *guess[E]) userID(i int, name string) string {
	if !g.now || g.table.Live == nil {
		return ""
	}
	for _, c := range g.table.Live(g.state, g.spec.Params[i], "") {
		if digits(c.Word) && hasWord(c.Means, name) {
			return c.Word
		}
	}
	return ""
}

// fitUser reads the name of a user: one who exists, or one of nearly this name.
func (g *guess[E]) fitUser(i int, text string) fitted {
	var names []string
	if g.now && g.table.Live != nil {
		for _, c := range g.table.Live(g.state, g.spec.Params[i], "") {
			names = append(names, c.Word)
		}
	}
	for _, name := range names {
		if strings.EqualFold(name, text) {
			return fitted{exact, text}
		}
	}
	if near := Nearest(strings.ReplaceAll(text, "-", "_"), names); len(near.Names) == 1 {
		return fitted{known, near.Names[0]}
	}
	if text == "" {
		return fitted{}
	}
	return fitted{free, text}
}

package command

import (
	"slices"
	"strings"
)

// choicesMax is how many choices are offered at once: more are of no use to anybody.
const choicesMax = 200

// Complete answers what may stand at the cursor of a line that is being typed: commands, options
// that were not given yet, or values. Cursor and the answer count bytes. The whole word at the
// cursor is replaced, by what begins with its part before the cursor; where nothing does, capital
// letters do not count. Whatever is offered, Match takes in that place.
func (t Table[E]) Complete(e E, line string, cursor int) Completion {
	s := t.spot(line, cursor)
	word := s.words[s.at]
	c := Completion{From: s.from, To: word.To}
	if s.child {
		c.Choices = matching(t.commands(s), s.typed)
	}
	switch p := s.param(); {
	case s.spec == nil:
	case p != nil && p.Kind == Users && !word.Quoted:
		done, last := cutLast(s.typed)
		c.From += len(done)
		c.Choices = t.ids(e, p, done, last)
	default:
		if p != nil {
			c.Choices = append(c.Choices, t.best(e, s, t.values(e, p, s.typed))...)
		}
		if s.option && !word.Quoted {
			c.Choices = append(c.Choices, matching(s.options(t.Style), s.typed)...)
		}
	}
	c.Choices = append([]Choice{}, c.Choices[:min(len(c.Choices), choicesMax)]...) // never null in JSON
	return c
}

// commands are the commands and categories that may stand at the cursor, and the words for help.
func (t Table[E]) commands(s spot[E]) []Choice {
	var all []Choice
	for _, name := range t.heads(s.path, false) {
		shape, below := t.shape(join(s.path, name)), t.parent(join(s.path, name))
		all = append(all, Choice{name, shape.means(), below || len(shape.Params) > 0})
	}
	if t.Style.HelpWord != "" && !s.helped {
		all = append(all, Choice{t.Style.HelpWord, helpMeans, true})
		if s.spec == nil {
			all = append(all, Choice{t.Style.help(), helpMeans, false})
		}
	}
	return all
}

// helpMeans is what the words for help are for.
const helpMeans = "what the command does and takes"

// means is a line for a learner, or else the vendor's.
func (s *Spec[E]) means() string { return s.shape().means() }

// means is a line for a learner, or else the vendor's.
func (p *Param) means() string {
	if p.Means != "" {
		return p.Means
	}
	return p.Help
}

// options are the options that can still be given: first those that must be, then those that may,
// then those that want another one first, and the flag for help.
func (s *spot[E]) options(style Style) []Choice {
	params := s.spec.Params
	var ranks [3][]Choice
	for i := range params {
		p := &params[i]
		if p.Flag == "" || p.Before || s.bound[i].Given && !p.Repeat || rival(params, s.bound, i) >= 0 {
			continue
		}
		rank := 0
		if p.Optional {
			rank = 1
		}
		if need := find(params, p.Needs); need >= 0 && !s.bound[need].Given {
			rank = 2
		}
		ranks[rank] = append(ranks[rank], p.flags()...)
	}
	all := slices.Concat(ranks[:]...)
	if len(style.Help) > 0 && len(s.words) == len(s.spec.Path())+1 {
		all = append(all, Choice{style.help(), helpMeans, false})
	}
	return all
}

// flags are how an option is typed: by its flag, or by the names of its values.
func (p *Param) flags() []Choice {
	if p.Kind != Named {
		return []Choice{{p.Flag, p.means(), true}}
	}
	var all []Choice
	for _, v := range p.Values {
		if !v.Hidden {
			all = append(all, Choice{"-" + v.Word, v.Means, true})
		}
	}
	return all
}

// values are the values of a parameter that begin with what was typed, written so that they are
// read back.
func (t Table[E]) values(e E, p *Param, typed string) []Choice {
	var written []Choice
	for _, choice := range matching(t.known(e, p, typed), typed) {
		if word, ok := quote(choice.Word, t.Style.Quotes); ok && checks[p.Kind](p, choice.Word) == 0 {
			choice.Word = word
			written = append(written, choice)
		}
	}
	return written
}

// best puts the values first with which the line works: who takes the first is to come to
// something.
func (t Table[E]) best(e E, s spot[E], all []Choice) []Choice {
	if t.Fill == nil || len(all) < 2 {
		return all
	}
	values, _ := t.Fill(e, s.place())
	fits := func(c Choice) bool { return slices.Contains(values, c.Word) }
	others := slices.DeleteFunc(slices.Clone(all), fits)
	return append(slices.DeleteFunc(all, func(c Choice) bool { return !fits(c) }), others...)
}

// place is where the value at the cursor stands.
func (s *spot[E]) place() Place {
	params := s.spec.Params
	return Place{Command: s.spec.Name, Param: &params[s.value], Given: func(name string) string {
		if i := find(params, name); i >= 0 && i != s.value && s.bound[i].Value >= 0 {
			return s.words[s.bound[i].Value].Text
		}
		return ""
	}}
}

// ids are the user ids that can go on a list of which done, with its last comma, is complete.
func (t Table[E]) ids(e E, p *Param, done, last string) []Choice {
	var fit []Choice
	for _, choice := range matching(t.known(e, p, last), last) {
		if digits(choice.Word) && !strings.Contains(","+done, ","+choice.Word+",") && checkUsers(p, done+choice.Word) == 0 {
			choice.Space = false
			fit = append(fit, choice)
		}
	}
	return fit
}

// cutLast parts a list behind its last comma.
func cutLast(list string) (done, last string) {
	i := strings.LastIndexByte(list, ',') + 1
	return list[:i], list[i:]
}

// known are all values of a parameter that the table knows.
func (t Table[E]) known(e E, p *Param, typed string) []Choice {
	var all []Choice
	for _, value := range p.Values {
		if !value.Hidden {
			all = append(all, Choice{value.Word, value.Means, true})
		}
	}
	if t.Live == nil {
		return all
	}
	for _, choice := range t.Live(e, *p, typed) {
		choice.Space = !strings.HasSuffix(choice.Word, "/")
		all = append(all, choice)
	}
	return all
}

// matching are the choices that begin with what was typed; where none does, those that do but for
// capital letters.
func matching(all []Choice, typed string) []Choice {
	begin := func(same func(name, word string) bool) []Choice {
		var found []Choice
		for _, choice := range all {
			if same(choice.Word, typed) {
				found = append(found, choice)
			}
		}
		return found
	}
	if exact := begin(strings.HasPrefix); len(exact) > 0 {
		return exact
	}
	return begin(foldPrefix)
}

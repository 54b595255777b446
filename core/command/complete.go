package command

import (
	"slices"
	"strings"
)

// choicesMax is how many choices are offered at once: more are of no use to anybody.
const choicesMax = 200

// Complete answers what may stand at the cursor of a line that is being typed: commands, options that were
// not given yet, or values. Cursor and the answer count bytes. The whole word at the cursor is replaced,
// by what begins with its part before the cursor; where nothing does, capital letters do not count. Whatever
// is offered, Match takes in that place.
func (t Table[E]) Complete(e E, line string, cursor int) Completion {
	s := t.spot(line, cursor)
	word := s.words[s.at]
	c := Completion{From: word.From, To: word.To}
	switch p := s.param(); {
	case s.at == 0:
		c.Choices = t.commands(s.typed)
	case s.spec == nil:
	case p != nil && p.Kind == Users && !word.Quoted:
		done, last := cutLast(s.typed)
		c.From += len(done)
		c.Choices = t.ids(e, p, done, last)
	default:
		if p != nil {
			c.Choices = t.values(e, p, s.typed)
		}
		if s.option && !word.Quoted {
			c.Choices = append(c.Choices, matching(s.options(t.Style), s.typed)...)
		}
	}
	c.Choices = append([]Choice{}, c.Choices[:min(len(c.Choices), choicesMax)]...) // never null in JSON
	return c
}

// commands are the commands that begin with what was typed.
func (t Table[E]) commands(typed string) []Choice {
	var all []Choice
	for i := range t.Specs {
		if s := &t.Specs[i]; !s.Hidden {
			all = append(all, Choice{s.Name, s.means(), len(s.Params) > 0})
		}
	}
	return matching(all, typed)
}

// means is a line for a learner, or else the vendor's.
func (s *Spec[E]) means() string {
	if s.Means != "" {
		return s.Means
	}
	return s.Summary
}

// means is a line for a learner, or else the vendor's.
func (p *Param) means() string {
	if p.Means != "" {
		return p.Means
	}
	return p.Help
}

// options are the options that can still be given: first those that must be, then those that may, then
// those that want another one first, and the flag for help.
func (s *spot[E]) options(style Style) []Choice {
	b := binder{style: style, params: s.spec.Params, bound: s.bound}
	var ranks [3][]Choice
	for i := range b.params {
		p := &b.params[i]
		if other := b.find(p.Or); p.Flag == "" || s.bound[i].Given || other >= 0 && s.bound[other].Given {
			continue
		}
		rank := 0
		if p.Optional {
			rank = 1
		}
		if need := b.find(p.Needs); need >= 0 && !s.bound[need].Given {
			rank = 2
		}
		ranks[rank] = append(ranks[rank], Choice{p.Flag, p.means(), true})
	}
	all := slices.Concat(ranks[:]...)
	if style.Help != "" && len(s.words) == 2 {
		all = append(all, Choice{style.Help, "what the command does and takes", false})
	}
	return all
}

// values are the values of a parameter that begin with what was typed, written so that they are read back.
func (t Table[E]) values(e E, p *Param, typed string) []Choice {
	var written []Choice
	for _, choice := range matching(t.known(e, p, typed), typed) {
		if word, ok := quote(choice.Word, t.Style); ok && checks[p.Kind](p, choice.Word) == 0 {
			choice.Word = word
			written = append(written, choice)
		}
	}
	return written
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
		all = append(all, Choice{value.Word, value.Means, true})
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

// matching are the choices that begin with what was typed; where none does, those that do but for capital
// letters.
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

package shell

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	patterns "mvdan.cc/sh/v3/pattern"
)

// glob is a pattern of bash with its extended operators. It is matched by sets of positions, so that
// no pattern takes longer than the square of the text, and !(…) is what its list leaves over.
type glob []globPart

// globPart is one piece of a pattern: a list of patterns under an operator, `*`, or one character.
type globPart struct {
	operator rune // one of ?*+@! for a list, * for any text, 0 for a character
	list     []glob
	is       func(rune) bool
}

// readGlob reads a pattern; fold takes capital and small letters for the same.
func readGlob(text string, fold bool) glob {
	r := &globReader{text: []rune(text), fold: fold}
	return r.until("")
}

type globReader struct {
	text []rune
	at   int
	fold bool
}

// until reads up to one of some characters, or to the end.
func (r *globReader) until(ends string) (parts glob) {
	for r.at < len(r.text) && !strings.ContainsRune(ends, r.text[r.at]) {
		parts = append(parts, r.part())
	}
	return parts
}

// part reads one piece.
func (r *globReader) part() globPart {
	c := r.text[r.at]
	if list, ok := r.list(); ok {
		return globPart{operator: c, list: list}
	}
	r.at++
	switch {
	case c == '*':
		return globPart{operator: '*'}
	case c == '?':
		return globPart{is: func(rune) bool { return true }}
	case c == '\\' && r.at < len(r.text):
		c = r.text[r.at]
		r.at++
	case c == '[':
		if is := r.bracket(); is != nil {
			return globPart{is: is}
		}
	}
	if r.fold {
		return globPart{is: func(other rune) bool { return unicode.ToLower(c) == unicode.ToLower(other) }}
	}
	return globPart{is: func(other rune) bool { return c == other }}
}

// list reads a list of patterns with its operator; one that is not closed is no list.
func (r *globReader) list() (list []glob, ok bool) {
	from := r.at
	if !strings.ContainsRune("?*+@!", r.text[from]) || from+1 == len(r.text) || r.text[from+1] != '(' {
		return nil, false
	}
	r.at++
	for r.at < len(r.text) && r.text[r.at] != ')' {
		r.at++ // the bracket or the bar
		list = append(list, r.until("|)"))
	}
	if r.at == len(r.text) {
		r.at = from
		return nil, false
	}
	r.at++
	return list, true
}

// bracket reads what is behind a [ and returns nil where none closes it.
func (r *globReader) bracket() func(rune) bool {
	rest := string(r.text[r.at:])
	m := bracketRest().FindString(rest)
	if m == "" {
		return nil
	}
	expr, err := patterns.Regexp("["+m, 0)
	if err != nil {
		return nil
	}
	if r.fold {
		expr = "(?i)" + expr
	}
	class, err := regexp.Compile(expr)
	if err != nil {
		return nil
	}
	r.at += len([]rune(m))
	return func(c rune) bool { return class.MatchString(string(c)) }
}

// bracketRest is a bracket expression behind its [.
var bracketRest = Pattern(`^[!^]?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\]`)

// ends are the positions up to which a pattern matches a text from some positions; both in order.
func (g glob) ends(text []rune, from []int) []int {
	for _, part := range g {
		from = part.ends(text, from)
	}
	return from
}

func (p globPart) ends(text []rune, from []int) (to []int) {
	switch {
	case len(from) == 0:
	case p.is != nil:
		for _, at := range from {
			if at < len(text) && p.is(text[at]) {
				to = append(to, at+1)
			}
		}
	case p.list == nil:
		return positions(from[0], len(text))
	case p.operator == '!':
		for _, at := range from {
			taken := p.any(text, []int{at})
			for _, end := range positions(at, len(text)) {
				if _, found := slices.BinarySearch(taken, end); !found {
					to = append(to, end)
				}
			}
		}
	case p.operator == '@':
		to = p.any(text, from)
	case p.operator == '?':
		to = append(p.any(text, from), from...)
	default:
		if p.operator == '*' {
			to = from
		}
		for next := p.any(text, from); len(next) > 0; next = p.any(text, next) {
			next = slices.DeleteFunc(next, func(at int) bool { return slices.Contains(to, at) })
			to = append(to, next...)
		}
	}
	return inOrder(to)
}

// any are the ends of all patterns of a list.
func (p globPart) any(text []rune, from []int) (to []int) {
	for _, one := range p.list {
		to = append(to, one.ends(text, from)...)
	}
	return inOrder(to)
}

func inOrder(list []int) []int {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

func positions(from, to int) []int {
	list := make([]int, to-from+1)
	for i := range list {
		list[i] = from + i
	}
	return list
}

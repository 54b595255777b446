package unix

import (
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"
)

// expression is a compiled pattern of a program: one of Go's, or [backtracker] for one that refers
// back.
type expression interface {
	MatchString(text string) bool
	FindAllStringSubmatchIndex(text string, n int) [][]int
}

// backReference is added to 1 to 9 for the rune that stands for \1 to \9 in a translated pattern:
// one for private use.
const backReference = 0xF8D0

// maxBacktrack is how many steps one search may take, and how deep it may call itself.
const (
	maxBacktrack      = 2_000_000
	maxBacktrackDepth = 400
)

// backtracker matches a pattern with back-references, which need trying: the first way that fits is
// taken.
type backtracker struct {
	pattern *syntax.Regexp
	text    string
	groups  []int
	steps   int
	depth   int
}

// newBacktracker compiles a pattern of Go with private runes for its back-references.
func newBacktracker(pattern string) (*backtracker, error) {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, err
	}
	return &backtracker{pattern: parsed}, nil
}

// MatchString reports whether the text has a match.
func (b *backtracker) MatchString(text string) bool {
	return len(b.FindAllStringSubmatchIndex(text, 1)) > 0
}

// FindAllStringSubmatchIndex returns up to n matches, all for a negative n, as Go's expressions do.
func (b *backtracker) FindAllStringSubmatchIndex(text string, n int) (all [][]int) {
	b.text, b.steps = text, 0
	last := -1
	for at := 0; at <= len(text) && len(all) != n && b.steps < maxBacktrack; {
		end := b.at(at)
		if end >= 0 && (end > at || at != last) {
			b.groups[0], b.groups[1] = at, end
			all = append(all, b.groups)
			last = end
		}
		if end > at {
			at = end
			continue
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		at += max(size, 1)
	}
	return all
}

// at returns the end of the match that begins at a place, -1 for none.
func (b *backtracker) at(start int) int {
	b.groups = make([]int, 2*(b.pattern.MaxCap()+1))
	for i := range b.groups {
		b.groups[i] = -1
	}
	end := -1
	b.match(b.pattern, start, func(at int) bool { end = at; return true })
	return end
}

// match tries an expression at a place, and then what follows it; it is false when no way fits.
func (b *backtracker) match(re *syntax.Regexp, at int, then func(int) bool) bool {
	b.steps++
	if b.steps >= maxBacktrack || b.depth >= maxBacktrackDepth {
		return false
	}
	b.depth++
	defer func() { b.depth-- }()
	switch re.Op {
	case syntax.OpConcat:
		return b.all(re.Sub, at, then)
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			if b.match(sub, at, then) {
				return true
			}
		}
		return false
	case syntax.OpCapture:
		old := [2]int(b.groups[2*re.Cap:])
		if b.match(re.Sub[0], at, func(end int) bool {
			inner := [2]int(b.groups[2*re.Cap:])
			b.groups[2*re.Cap], b.groups[2*re.Cap+1] = at, end
			if then(end) {
				return true
			}
			copy(b.groups[2*re.Cap:], inner[:])
			return false
		}) {
			return true
		}
		copy(b.groups[2*re.Cap:], old[:])
		return false
	case syntax.OpStar:
		return b.repeat(re.Sub[0], 0, -1, at, then)
	case syntax.OpPlus:
		return b.repeat(re.Sub[0], 1, -1, at, then)
	case syntax.OpQuest:
		return b.repeat(re.Sub[0], 0, 1, at, then)
	case syntax.OpRepeat:
		return b.repeat(re.Sub[0], re.Min, re.Max, at, then)
	}
	end := b.one(re, at)
	return end >= 0 && then(end)
}

func (b *backtracker) all(list []*syntax.Regexp, at int, then func(int) bool) bool {
	if len(list) == 0 {
		return then(at)
	}
	return b.match(list[0], at, func(end int) bool { return b.all(list[1:], end, then) })
}

// repeat tries as many as fit first. What takes one way only is counted in a loop, so that a long
// line needs no deep stack.
func (b *backtracker) repeat(re *syntax.Regexp, least, most, at int, then func(int) bool) bool {
	if len(re.Sub) > 0 {
		if most != 0 && b.match(re, at, func(end int) bool {
			return end > at && b.repeat(re, max(least-1, 0), most-1, end, then)
		}) {
			return true
		}
		return least == 0 && then(at)
	}
	ends := []int{at}
	for most < 0 || len(ends) <= most {
		end := b.one(re, ends[len(ends)-1])
		if end <= ends[len(ends)-1] {
			break
		}
		ends = append(ends, end)
	}
	for i := len(ends) - 1; i >= least; i-- {
		if then(ends[i]) {
			return true
		}
	}
	return false
}

// one matches what has no parts and returns its end, -1 if it does not fit.
func (b *backtracker) one(re *syntax.Regexp, at int) int {
	c, size := utf8.DecodeRuneInString(b.text[at:])
	fits := false
	switch re.Op {
	case syntax.OpLiteral:
		return b.literal(re, at)
	case syntax.OpCharClass:
		for i := 0; i < len(re.Rune) && !fits; i += 2 {
			fits = size > 0 && re.Rune[i] <= c && c <= re.Rune[i+1]
		}
		return end(fits, at+size)
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return end(size > 0 && (re.Op == syntax.OpAnyChar || c != '\n'), at+size)
	case syntax.OpBeginText, syntax.OpBeginLine:
		fits = at == 0
	case syntax.OpEndText, syntax.OpEndLine:
		fits = at == len(b.text)
	case syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		before, _ := utf8.DecodeLastRuneInString(b.text[:at])
		fits = (inWord(before) != inWord(c)) == (re.Op == syntax.OpWordBoundary)
	case syntax.OpEmptyMatch:
		fits = true
	}
	return end(fits, at)
}

func end(fits bool, at int) int {
	if fits {
		return at
	}
	return -1
}

func inWord(c rune) bool {
	return c == '_' || c < utf8.RuneSelf && (unicode.IsLetter(c) || unicode.IsDigit(c))
}

// literal matches runes, and for a private one what its group has matched.
func (b *backtracker) literal(re *syntax.Regexp, at int) int {
	for _, want := range re.Rune {
		if n := int(want - backReference); n >= 1 && n <= 9 {
			if 2*n+1 >= len(b.groups) || b.groups[2*n] < 0 {
				return -1
			}
			group := b.text[b.groups[2*n]:b.groups[2*n+1]]
			if !strings.HasPrefix(b.text[at:], group) {
				return -1
			}
			at += len(group)
			continue
		}
		c, size := utf8.DecodeRuneInString(b.text[at:])
		if size == 0 || c != want && (re.Flags&syntax.FoldCase == 0 || unicode.ToLower(c) != unicode.ToLower(want)) {
			return -1
		}
		at += size
	}
	return at
}

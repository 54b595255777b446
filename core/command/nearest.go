package command

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// wordMax is the length in runes beyond which a word is compared with nothing.
const wordMax = 64

// Nearness says in what way a word is near to a name.
type Nearness int

const (
	// Far: no name is near.
	Far Nearness = iota
	// SameLetters: only capital letters differ.
	SameLetters
	// Beginning: the word is the beginning of this name and of no other.
	Beginning
	// Slip: a few letters differ.
	Slip
	// Several: the word is the beginning of more than one name, where beginnings will do.
	Several
)

// Near is what a mistyped word may have meant.
type Near struct {
	How   Nearness
	Names []string // the best ones, in the order of the table
}

// Nearest looks for the names that a mistyped word may have meant (spec/README.md section 2): the
// one that differs in capital letters only, else the only one that begins with the word, and those at
// the least distance, which is at most a quarter of the word's length or 1; those with the word's
// first letter come first. A swap of two
// neighbours is one step. Words under three letters are near to nothing but themselves.
func Nearest(word string, names []string) Near {
	for _, name := range names {
		if strings.EqualFold(name, word) {
			return Near{SameLetters, []string{name}}
		}
	}
	length := utf8.RuneCountInString(word)
	if length < 3 || length > wordMax {
		return Near{}
	}
	near, begun := slips(word, names, max(1, length/4)), begun(word, names)
	switch {
	case len(begun) != 1:
		return near
	case near.How == Far || slices.Contains(near.Names, begun[0]):
		return Near{Beginning, begun}
	}
	return Near{Slip, append(begun, near.Names...)} // who stops in the middle has made no slip
}

// slips returns the names at the least distance from a word, if that is no more than most.
func slips(word string, names []string, most int) Near {
	word = strings.ToLower(word)
	best, near := most, Near{}
	for _, name := range names {
		switch d := distance(word, strings.ToLower(name), best); {
		case d > best:
		case d < best || near.How == Far:
			best, near = d, Near{Slip, []string{name}}
		default:
			near.Names = append(near.Names, name)
		}
	}
	slices.SortStableFunc(near.Names, func(a, b string) int { return otherStart(a, word) - otherStart(b, word) })
	return near
}

// otherStart is 0 for a name that begins with the letter of a word, which is seldom a slip, else 1.
func otherStart(name, word string) int {
	if foldPrefix(name, word[:1]) {
		return 0
	}
	return 1
}

// begun returns the names that begin with the word, capital or not.
func begun(word string, names []string) []string {
	var found []string
	for _, name := range names {
		if foldPrefix(name, word) {
			found = append(found, name)
		}
	}
	return found
}

// distance is the number of letters inserted, left out, replaced or swapped with their neighbour
// that turn a into b. It counts no further than one above most. Levenshtein's distance counts a
// swap as two steps: a swap that brings it down is therefore made first, and counted as one.
func distance(a, b string, most int) int {
	runes := []rune(a)
	if gap := len(runes) - utf8.RuneCountInString(b); gap > most || -gap > most {
		return most + 1
	}
	left, swaps := levenshtein.ComputeDistance(a, b), 0
	for i := 0; i+1 < len(runes) && left > 1; i++ {
		runes[i], runes[i+1] = runes[i+1], runes[i]
		if d := levenshtein.ComputeDistance(string(runes), b); d < left {
			left, swaps = d, swaps+1
			continue
		}
		runes[i], runes[i+1] = runes[i+1], runes[i]
	}
	return left + swaps
}

// elsewhere looks for the tool that has a command near to this name; with exact, of this very name
// but for capital letters. Of several the one counts that reads the line as it stands.
func (m Match[E]) elsewhere(word string, exact bool) (tool Other, name string) {
	for _, other := range m.other {
		near := Nearest(word, other.Names)
		if near.How != SameLetters && (near.How == Far || exact) {
			continue
		}
		reads := other.Reads != nil && other.Reads(m.Line) != ""
		if name == "" || reads {
			tool, name = other, near.Names[0]
		}
		if reads {
			break
		}
	}
	return tool, name
}

// nearestOption looks for the option that an unknown one may have meant. Dashes of any kind and
// number, capital letters and _ for - do not count, and the name of its value will do as a long
// form: --label is -l.
func nearestOption(word string, params []Param) Near {
	bare := bareOption(word)
	if bare == "" {
		return Near{}
	}
	var flags, bares []string
	for i := range params {
		if params[i].Flag != "" {
			for _, choice := range params[i].flags() {
				flags = append(flags, choice.Word)
				bares = append(bares, bareOption(choice.Word))
			}
		}
	}
	for i, b := range bares {
		if b == bare {
			return Near{Slip, flags[i : i+1]}
		}
	}
	for i := range params {
		if params[i].Flag != "" && params[i].Kind != Named && bareOption(params[i].Value) == bare {
			return Near{Slip, []string{params[i].Flag}}
		}
	}
	near := Nearest(bare, bares)
	if near.How == Far {
		return optionOfNoun(bare, params)
	}
	for i, name := range near.Names {
		near.Names[i] = flags[slices.Index(bares, name)]
	}
	return near
}

// optionOfNoun is the only option whose value has a word in its name: -handle and -key are -k, the
// key handle.
func optionOfNoun(noun string, params []Param) Near {
	var found []string
	for i := range params {
		if params[i].Flag != "" && params[i].Kind != Named && len(noun) >= 3 && hasWord(params[i].Value, noun) {
			found = append(found, params[i].Flag)
		}
	}
	if len(found) != 1 {
		return Near{}
	}
	return Near{Slip, found}
}

// dashes are what stands before options, those of a word processor too.
const dashes = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"

// bareOption is an option's letters alone.
func bareOption(flag string) string {
	flag = strings.TrimLeft(flag, dashes)
	return strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(flag))
}

// nearestCommand looks for the command that a word may have meant: one that is listed, or else an
// alias. A word that only begins several of this tool's commands means them.
func (t Table[E]) nearestCommand(path, word string) Near {
	listed, aliases := t.heads(path, false), t.heads(path, true)
	several := begun(word, listed)
	if !t.Style.AnyCase && t.Style.Prefixes {
		several = slices.DeleteFunc(several, func(name string) bool { return !strings.HasPrefix(name, word) })
	}
	if t.Style.Prefixes && len(several) > 1 {
		return Near{Several, several}
	}
	near := Nearest(word, listed)
	switch {
	case near.How != Far:
		return near
	case len(several) > 1 && utf8.RuneCountInString(word) >= 3:
		return Near{Several, several}
	}
	return Nearest(word, aliases)
}

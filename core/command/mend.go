package command

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// nearestValue looks for the value that a word may have meant. Numbers resemble nothing, but one
// whose meaning alone has the word in it is taken: secp384r1 is 14, and user4 is 4.
func (m Match[E]) nearestValue(p *Param, word string) Near {
	known := m.knownValues(p)
	if p.Kind == Users {
		return nearestList(known, word)
	}
	if near := meantNumber(known, word); near.How != Far || p.Kind != Choices || p.numeric() {
		return near
	}
	var words []string
	for _, v := range p.Values {
		if !v.Hidden {
			words = append(words, v.Word)
		}
	}
	return Nearest(word, words)
}

// knownValues are the values that the table offers, and those that are known only now.
func (m Match[E]) knownValues(p *Param) []Choice {
	if m.known != nil {
		return m.known(p)
	}
	var all []Choice
	for _, v := range p.Values {
		if !v.Hidden {
			all = append(all, Choice{Word: v.Word, Means: v.Means})
		}
	}
	return all
}

// meantNumber is the number whose meaning alone has a word in it.
func meantNumber(known []Choice, word string) Near {
	var meant []string
	for _, v := range known {
		if len(word) >= 3 && digits(v.Word) && hasWord(v.Means, word) {
			meant = append(meant, v.Word)
		}
	}
	if len(meant) != 1 {
		return Near{}
	}
	return Near{Slip, meant}
}

// nearestList is a list of numbers for one of meanings, such as of ids for one of names.
func nearestList(known []Choice, list string) Near {
	var ids []string
	for word := range strings.SplitSeq(list, ",") {
		if near := meantNumber(known, word); near.How != Far && !digits(word) {
			word = near.Names[0]
		}
		if !digits(word) {
			return Near{}
		}
		ids = append(ids, word)
	}
	return Near{Slip, []string{strings.Join(ids, ",")}}
}

// hasWord reports whether a text has a word in it, capital or not, with no letter or digit on
// either side.
func hasWord(text, word string) bool {
	text, word = strings.ToLower(text), strings.ToLower(word)
	inner := func(r rune, size int) bool { return size > 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		at += i
		before, after := text[:at], text[at+len(word):]
		if !inner(utf8.DecodeLastRuneInString(before)) && !inner(utf8.DecodeRuneInString(after)) {
			return true
		}
		at += len(word)
	}
}

// example is a value that works.
func (p *Param) example() string {
	switch {
	case p.Example != "":
		return p.Example
	case len(p.Values) > 0:
		return p.Values[0].Word
	}
	if p.Kind == Number || p.Kind == Node {
		if p.Min > 0 || p.Kind == Node {
			return strconv.FormatInt(p.Min, 10)
		}
		return "1"
	}
	return examples[p.Kind]
}

// examples are values of the kinds that need no table to choose one.
var examples = [...]string{
	Text: "example", Hex: "0x1f", Path: "file", Output: "file", Secret: "password",
	Handle: "7", Users: "4,5", User: "example_user", Choices: "",
}

package slips

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
)

// spoil returns the slips of one right line; n varies them.
func spoil(tab, line string, n int) []Slip {
	s := spoiler{tab: tab, line: line, words: split(line), r: rand.New(rand.NewPCG(uint64(n), uint64(len(line))))}
	s.letters()
	s.capitals()
	s.dashes()
	s.longOptions()
	s.files()
	s.values()
	s.positions()
	s.missing()
	s.company()
	s.pasted()
	return s.slips
}

type spoiler struct {
	tab, line string
	words     []string
	r         *rand.Rand
	slips     []Slip
}

// split parts a line at blanks; double quotes hold words together and stay.
func split(line string) []string {
	quoted := false
	return strings.FieldsFunc(line, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return r == ' ' && !quoted
	})
}

func (s *spoiler) add(kind, typed string, open ...string) {
	s.slips = append(s.slips, Slip{Kind: kind, Typed: typed, Meant: []string{s.line}, Open: open})
}

// with returns the line with a word replaced; "" leaves the word out.
func (s *spoiler) with(at int, word string) string {
	words := append([]string(nil), s.words...)
	words[at] = word
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

func isOption(word string) bool { return len(word) > 1 && word[0] == '-' }

// name is where the name of the command stands: behind `hsm` or `openssl` where there is one.
func (s *spoiler) name() int {
	if s.tab == Bash && len(s.words) > 1 && (s.words[0] == "hsm" || s.words[0] == "openssl") {
		return 1
	}
	return 0
}

// letters swaps, drops and doubles letters of the command's name and of longer options and values
// that are names.
func (s *spoiler) letters() {
	at := s.name()
	name := s.words[at]
	if len(name) >= 4 {
		i := 1 + s.r.IntN(len(name)-2)
		s.add("letters", s.with(at, name[:i]+name[i+1:i+2]+name[i:i+1]+name[i+2:]))
		i = 1 + s.r.IntN(len(name)-2)
		s.add("letters", s.with(at, name[:i]+name[i+1:]))
		i = 1 + s.r.IntN(len(name)-2)
		s.add("letters", s.with(at, name[:i]+name[i:i+1]+name[i:]))
		i = 1 + s.r.IntN(len(name)-2)
		s.add("letters", s.with(at, name[:i]+string(rune('a'+s.r.IntN(26)))+name[i+1:]))
	}
	for i := at + 1; i < len(s.words); i++ {
		if word := s.words[i]; isOption(word) && len(word) >= 5 {
			j := 2 + s.r.IntN(len(word)-3)
			s.add("letters in option", s.with(i, word[:j]+word[j+1:j+2]+word[j:j+1]+word[j+2:]))
			s.add("letters in option", s.with(i, word[:j]+word[j+1:]))
		}
	}
}

// capitals changes the case of the name, of options, and of values that are in capitals.
func (s *spoiler) capitals() {
	at := s.name()
	s.add("case", s.with(at, strings.ToLower(s.words[at])))
	s.add("case", s.with(at, strings.ToUpper(s.words[at])))
	for i := at + 1; i < len(s.words); i++ {
		word := s.words[i]
		if isOption(word) && !isOption(s.words[i-1]) {
			s.add("case of option", s.with(i, strings.ToUpper(word)))
		}
		if len(word) <= 5 && word == strings.ToUpper(word) && unicode.IsUpper(rune(word[0])) {
			s.add("case of value", s.with(i, strings.ToLower(word)))
		}
	}
}

// dashes writes options as other programs, pages and word processors do.
func (s *spoiler) dashes() {
	for i := 1; i < len(s.words); i++ {
		word := s.words[i]
		if s.tab == CLI && isOption(word) {
			s.longDashes(i)
		}
		if !isOption(word) || strings.HasPrefix(word, "--") {
			continue
		}
		bare := word[1:]
		for _, dash := range []string{"–", "—", "--", "−"} {
			s.add("dash", s.with(i, dash+bare))
		}
		s.add("no dash", s.with(i, bare))
		if i+1 < len(s.words) && !isOption(s.words[i+1]) {
			value := s.words[i+1]
			joined := append(append(append([]string(nil), s.words[:i]...), word+"="+value), s.words[i+2:]...)
			s.add("equals", strings.Join(joined, " "))
			joined[i] = "--" + bare + "=" + value
			s.add("equals", strings.Join(joined, " "))
			if len(bare) <= 2 && value[0] != '"' {
				joined[i] = word + value
				s.add("stuck", strings.Join(joined, " "))
			}
			s.add("no-break space", strings.Join(s.words[:i+1], " ")+"\u00a0"+strings.Join(s.words[i+1:], " "))
		}
	}
	if len(s.words) > 1 {
		s.add("no-break space", strings.Replace(s.line, " ", "\u00a0", 1))
	}
}

// longDashes writes an option of two dashes with others, or with none.
func (s *spoiler) longDashes(i int) {
	bare := strings.TrimLeft(s.words[i], "-")
	for _, dash := range []string{"-", "–", "—", "––"} {
		s.add("dash", s.with(i, dash+bare))
	}
	s.add("no dash", s.with(i, bare))
	s.add("underscore", s.with(i, "--"+strings.ReplaceAll(bare, "-", "_")))
}

// files swaps and drops a letter of a file's name.
func (s *spoiler) files() {
	for i := s.name() + 1; i < len(s.words); i++ {
		word := s.words[i]
		if s.tab != Bash || s.words[0] != "openssl" || strings.Count(word, ".") != 1 || strings.HasPrefix(word, "own.") {
			continue
		}
		s.add("file", s.with(i, word[:1]+word[2:3]+word[1:2]+word[3:]))
		s.add("file", s.with(i, word[:len(word)-1]))
	}
}

// longOptions writes what an option is called elsewhere, or in words.
func (s *spoiler) longOptions() {
	words := optionWords
	switch {
	case s.tab == CLI:
		words = cliOptionWords
	case s.tab == Bash && s.words[0] == "openssl":
		words = opensslOptionWords
	case s.tab != KMU:
		return
	}
	for i := 1; i < len(s.words); i++ {
		for _, long := range append(slices.Clone(words[s.words[s.name()]+" "+s.words[i]]), words[s.words[i]]...) {
			s.add("option in words", s.with(i, long))
		}
	}
}

// values writes values in other spellings.
func (s *spoiler) values() {
	for i := 1; i < len(s.words); i++ {
		var others []string
		switch {
		case s.tab == KMU && isOption(s.words[i-1]):
			others = append(valueWords[s.words[0]+" "+s.words[i-1]+" "+s.words[i]], valueWords[s.words[i-1]+" "+s.words[i]]...)
		case s.tab == CLI && isOption(s.words[i-1]):
			others = cliValueWords[s.words[i-1]+" "+s.words[i]]
		case s.tab == CMU:
			others = valueWords["cmu "+s.words[i]]
			if place := cmuValues[s.words[0]]; i-1 < len(place) {
				others = append(others, place[i-1][s.words[i]]...)
			}
		case s.tab == Bash:
			others = valueWords["bash "+s.words[0]+" "+s.words[i]]
		}
		for _, other := range others {
			s.add("value", s.with(i, other))
		}
	}
}

// positions leaves out options' names where the values alone say what is meant.
func (s *spoiler) positions() {
	if s.tab != KMU || len(s.words) < 3 {
		return
	}
	var plain, first []string
	options := 0
	for i, word := range s.words {
		switch {
		case !isOption(word):
			plain = append(plain, word)
		case i+1 < len(s.words) && !isOption(s.words[i+1]):
			options++
		default:
			return
		}
	}
	if options <= positional[s.words[0]] {
		s.add("positions", strings.Join(plain, " "))
	}
	if options > 1 && options <= positional[s.words[0]] {
		first = append(append(first, s.words[0]), s.words[2:]...)
		s.add("positions", strings.Join(first, " "))
	}
}

// missing leaves out an option with its value, a value, or all.
func (s *spoiler) missing() {
	if s.tab == CMU && len(s.words) > 1 {
		s.add("missing", strings.Join(s.words[:len(s.words)-1], " "), "last")
		s.add("all missing", s.words[0], "all")
	}
	if s.tab != KMU && s.tab != CLI || len(s.words) < 3 {
		return
	}
	var all []string
	for i := 1; i < len(s.words); i++ {
		if !isOption(s.words[i]) {
			continue
		}
		all = append(all, s.words[i])
		if i+1 == len(s.words) || isOption(s.words[i+1]) {
			continue
		}
		rest := append(append([]string(nil), s.words[:i]...), s.words[i+2:]...)
		s.add("missing", strings.Join(rest, " "), s.words[i])
		if i+2 == len(s.words) {
			s.add("missing value", strings.Join(s.words[:i+1], " "), s.words[i])
		}
	}
	if len(all) > 0 {
		s.add("all missing", strings.Join(s.words[:slices.IndexFunc(s.words, isOption)], " "), all...)
	}
}

// company adds what does not belong to the line.
func (s *spoiler) company() {
	if s.tab == Bash {
		return
	}
	s.add("company", s.line+";")
	if s.tab == KMU && len(s.words) > 2 {
		s.add("company", s.line+" now")
	}
	if at := strings.IndexByte(s.line, '"'); at >= 0 {
		s.add("quotes", strings.ReplaceAll(s.line, `"`, ""))
		s.add("quotes", strings.ReplaceAll(s.line, `"`, "'"))
	}
	last := s.words[len(s.words)-1]
	if s.tab == KMU && len(s.words) > 2 && unicode.IsLetter(rune(last[0])) {
		s.add("quotes", s.with(len(s.words)-1, "“"+last+"”"))
	}
}

// pasted puts a prompt before the line.
func (s *spoiler) pasted() {
	prompts := map[string][]string{Bash: {"$ "}, KMU: {"Command:  ", "Command: "}, CMU: {"aws-cloudhsm>", "aws-cloudhsm> "}, CLI: {"aws-cloudhsm > "}}
	for _, prompt := range prompts[s.tab] {
		s.add("prompt", prompt+s.line)
	}
	if s.tab != Bash && s.r.IntN(2) == 0 {
		s.add("prompt", "$ "+s.line)
	}
}

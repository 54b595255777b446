package command

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tidied splits a line with the blanks, quotes and ends that were meant: no prompt that was pasted
// along, no no-break spaces, no semicolon at the end.
func (t *Table[E]) tidied(line string) []Word {
	if len(line) > LineMax {
		return nil
	}
	line = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Zs, r) || r == '\t':
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		case t.Style.Quotes == DoubleQuotes && strings.ContainsRune("\u201c\u201d\u201e\u00ab\u00bb", r):
			return '"'
		}
		return r
	}, line)
	if prompt, rest := cutPrompt(line); prompt != "" {
		line = rest
	}
	if t.Style.Quotes == DoubleQuotes && strings.Count(line, `"`)%2 == 1 {
		line += `"`
	}
	if t.Style.Quotes == DoubleQuotes && !strings.Contains(line, `"`) && strings.Count(line, "'")%2 == 0 {
		line = strings.ReplaceAll(line, "'", `"`)
	}
	words := beforeOperator(Split(strings.TrimSpace(line), t.Style.Quotes))
	return slices.DeleteFunc(words, func(w Word) bool { return strings.ContainsFunc(w.Text, unicode.IsControl) })
}

// beforeOperator are the words before the first that would part two commands in a shell, send what
// one prints elsewhere, or begin a comment: findKey | grep x, findKey; exit, findKey # mine.
func beforeOperator(words []Word) []Word {
	for i, w := range words {
		name := strings.TrimRight(w.Text, ";&|")
		switch {
		case w.Quoted, w.Text == "":
		case strings.Trim(w.Text, ";&|<>") == "", i > 0 && (w.Text == "#" || w.Text == "//"):
			return words[:max(1, i)]
		case name != w.Text && i > 0 || name != w.Text && i == 0 && strings.HasSuffix(w.Text, ";"):
			words[i].Text = name
			return words[:i+1]
		}
	}
	return words
}

// unstuck parts a command's name from the number that stands in one word with it: stop1.
func (t *Table[E]) unstuck(words []Word) []Word {
	w := words[0]
	name := strings.TrimRight(w.Text, "0123456789")
	if name == w.Text || t.Lookup(w.Text) != nil || t.Lookup(name) == nil {
		return words
	}
	rest := Word{Text: w.Text[len(name):], Param: -1}
	w.Text = name
	return slices.Concat([]Word{w, rest}, words[1:])
}

// translated puts this tool's words in place of those of others, and reports whether there were
// any. The longest way to say it counts; of two, the one with the same capital letters.
func (t *Table[E]) translated(words []Word) ([]Word, bool) {
	left, best := words, 0
	path, n := t.walk("", words)
	own := t.at(path) != nil && t.at(path).Run != nil
	for way := range Ways(t.Says) {
		rest, star, ok := way.in(words)
		if own && ok && !way.begins(words[:n]) {
			continue // the command stands there, and what it is said with is a value
		}
		if near := way.near(words); ok && near > best {
			left, best = way.instead(star, rest, t.Style.Quotes), near
		}
	}
	return left, best > 0
}

// begins reports whether all that is said stands among the first words of a line, but for options and
// what is behind them.
func (s Saying) begins(first []Word) bool {
	behind := ""
	for said := range strings.FieldsSeq(s.Said) {
		begin, _ := strings.CutSuffix(said, "*")
		option := dashed(behind)
		if behind = said; !option && !dashed(said) && !slices.ContainsFunc(first, func(w Word) bool { return foldPrefix(w.Text, begin) }) {
			return false
		}
	}
	return true
}

// near tells how much of a line is said in one way: by words, and then by those that are spelled
// alike.
func (s Saying) near(words []Word) int {
	n := 0
	for said := range strings.FieldsSeq(s.Said) {
		n += len(words) + 1
		if slices.ContainsFunc(words, func(w Word) bool { return w.Text == said }) {
			n++
		}
	}
	return n
}

// instead are the words of the line, with what the star stands for and the rest in their places.
func (s Saying) instead(star string, rest []Word, quotes Quotes) []Word {
	words := Split(strings.ReplaceAll(s.Line, "*", star), quotes)
	at := slices.IndexFunc(words, func(w Word) bool { return w.Text == "…" })
	switch {
	case s.Whole:
		return words
	case at < 0:
		return slices.Concat(words, rest)
	}
	for i := range words[at+1:] {
		words[at+1+i].Param = lastPlace
	}
	return slices.Concat(words[:at], rest, words[at+1:])
}

// lastPlace is the Param of a word that is for the last of the places.
const lastPlace = -3

// in looks for a saying in words: what is left of them, and what the star stands for.
func (s Saying) in(words []Word) (rest []Word, star string, ok bool) {
	rest = slices.Clone(words)
	at := 0
	for i, said := range strings.Fields(s.Said) {
		begin, stars := strings.CutSuffix(said, "*")
		if said != "*" || at == len(rest) {
			at = slices.IndexFunc(rest, func(w Word) bool {
				return strings.EqualFold(w.Text, said) || stars && begin != "" && foldPrefix(w.Text, begin) && len(w.Text) > len(begin)
			})
		}
		value := at > 0 && !stars && !dashed(said) && strings.HasPrefix(rest[at-1].Text, "--") // of an option, as sign is in --name sign
		if at < 0 || i == 0 && at > 0 || value {
			return nil, "", false
		}
		if stars {
			star = rest[at].Text[len(begin):]
		}
		rest = slices.Delete(rest, at, at+1)
	}
	return rest, star, true
}

// commandMeant is a command that the first words of a line may mean.
type commandMeant[E any] struct {
	spec  *Spec[E]
	words int // how many of them
	tier  tier
}

// tier says in what way words are near to a command's name, the nearest first.
type tier int

const (
	sameName   tier = iota // it is the name
	sameSigns              // but for capital letters, dashes and blanks
	sameWords              // the same in other words: removeKey
	fewLetters             // a few letters differ
	beginning              // the beginning of the name
	someWords              // a part of the name in other words
	otherNear              // no command of this tool is so near
)

// nameWordsMax is how many words may stand for one name.
const nameWordsMax = 4

// commandsMeant are the commands that the first words of a line may mean, the nearest first.
func (t *Table[E]) commandsMeant(words []Word) []commandMeant[E] {
	path, n := t.walk("", words)
	if spec := t.at(path); spec != nil && len(words) > n && n == 1 && words[0].Text != path && bareValue(words[0].Text+words[1].Text) == bareValue(path) {
		n++ // create user begins with createUser cut short
	}
	if spec := t.at(path); spec != nil {
		return []commandMeant[E]{{spec, n, sameName}}
	}
	var found []commandMeant[E]
	add := func(spec *Spec[E], n int, how tier) {
		if spec != nil && t.at(spec.Name) == spec && !slices.ContainsFunc(found, func(c commandMeant[E]) bool { return c.spec == spec }) {
			found = append(found, commandMeant[E]{spec, n, how})
		}
	}
	t.sameNames(words, add)
	t.nearNames(words, add)
	if n == len(words) {
		path, n = "", 0
	}
	first, below := words[n].Text, len(path)
	for i := range t.Specs {
		spec := &t.Specs[i]
		if _, longer := head(spec.Name, path); spec.Hidden || longer == "" {
			continue
		}
		name := strings.TrimSpace(spec.Name[below:])
		switch {
		case len(first) >= 3 && foldPrefix(name, first), t.Style.Prefixes && strings.HasPrefix(name, first):
			add(spec, n+1, beginning)
		case path != "" && dashed(first): // an option, where a word more was wanted
			add(spec, n, someWords)
		case partOf(nameWords(first), nameWords(name)):
			add(spec, n+1, someWords)
		}
	}
	slices.SortStableFunc(found, func(a, b commandMeant[E]) int { return int(a.tier - b.tier) })
	return found
}

// sameNames adds the commands of which the first words are the name but for capital letters, dashes
// and blanks, or in other words.
func (t *Table[E]) sameNames(words []Word, add func(*Spec[E], int, tier)) {
	for n := min(nameWordsMax, len(words)); n > 0; n-- {
		said := strings.Join(Texts(words[:n]), " ")
		for i := range t.Specs {
			if spec := &t.Specs[i]; bareValue(spec.Name) == bareValue(said) {
				add(spec, n, sameSigns)
			} else if !spec.Hidden && slices.Equal(nameWords(spec.Name), nameWords(said)) {
				add(spec, n, sameWords)
			}
		}
	}
}

// nearNames adds the commands whose names differ from the first words in the fewest letters.
func (t *Table[E]) nearNames(words []Word, add func(*Spec[E], int, tier)) {
	best := 0
	for pass := range 2 {
		for i := range t.Specs {
			spec := &t.Specs[i]
			names := spec.Path()
			if len(names) > len(words) {
				continue
			}
			far := 0
			for k, name := range names {
				far += steps(strings.TrimRight(words[k].Text, "()"), name)
			}
			switch {
			case far >= tooFar:
			case pass == 0 && (best == 0 || far < best):
				best = far
			case pass == 1 && far == best:
				add(spec, len(names), fewLetters)
			}
		}
	}
}

// tooFar is a number of steps that no two near words are apart.
const tooFar = 1 << 10

// steps is in how many steps a word becomes a name, if it is near to it.
func steps(word, name string) int {
	word, name = strings.ToLower(word), strings.ToLower(name)
	n := utf8.RuneCountInString(word)
	if word == name {
		return 0
	}
	if n < 3 || n > wordMax {
		return tooFar
	}
	if d := distance(word, name, max(1, n/4)); d <= max(1, n/4) {
		return d
	}
	return tooFar
}

// synonyms are words that stand for another in the names of commands, by the one that is used here.
var synonyms = map[string]string{
	"generate": "gen", "create": "gen", "make": "gen", "new": "gen", "add": "gen",
	"delete": "del", "remove": "del", "rm": "del", "destroy": "del", "erase": "del", "drop": "del",
	"list": "show", "get": "show", "find": "show", "display": "show", "ls": "show", "print": "show", "view": "show", "read": "show", "search": "show",
	"ex": "export", "im": "import", "logon": "login", "signin": "login", "logoff": "logout", "signout": "logout",
	"keys": "key", "users": "user", "attributes": "attribute", "attr": "attribute", "attrs": "attribute", "tokens": "token", "curves": "curve", "ids": "",
	"symmetric": "sym", "aes": "sym", "secret": "sym", "ec": "ecc", "ecdsa": "ecc", "priv": "private", "pub": "public", "keypair": "pair",
	"password": "pswd", "passwd": "pswd", "pwd": "pswd", "hsm": "", "certificate": "cert", "copy": "sync", "update": "change", "set": "set", "file": "", "modify": "change",
}

// nameWords are the words of a name in those that are used here, sorted.
func nameWords(name string) []string {
	var words []string
	for _, word := range camelWords(name) {
		word = strings.ToLower(word)
		if other, ok := synonyms[word]; ok {
			word = other
		}
		if word != "" && !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	slices.Sort(words)
	return words
}

// camelWords are the words of a name such as genECCKeyPair or enable_e2e.
func camelWords(name string) []string {
	var words []string
	runes := []rune(name)
	from := 0
	cut := func(to int) {
		if to > from {
			words = append(words, string(runes[from:to]))
		}
		from = to
	}
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			cut(i)
			from = i + 1
		case i > 0 && unicode.IsUpper(r) && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])):
			cut(i)
		}
	}
	cut(len(runes))
	return words
}

// verbs say too little alone to name a command.
var verbs = []string{"gen", "del", "show", "export", "import", "set", "change", "sync", "key"}

// partOf reports whether the words of a typed name are some of a command's, one that tells more
// than a verb among them.
func partOf(typed, name []string) bool {
	tells := false
	for _, word := range typed {
		if !slices.Contains(name, word) {
			return false
		}
		tells = tells || len(word) >= 3 && (!slices.Contains(verbs, word) || len(typed) > 1)
	}
	return tells
}

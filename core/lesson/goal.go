package lesson

import (
	"fmt"
	"slices"
	"strings"
)

// Goal is a predicate on the read model, or on what was run.
type Goal struct {
	Text     string // as it is written
	Subject  string // one of the subjects
	Tests    []Test
	Relation string   // of a file to its content: holds, verifies; "" for none
	With     []Test   // of the relation
	Texts    []string // that are to be in a file which holds them
	Says     string   // the sentence of the checklist
	At       int      // line of the file
}

// Test compares one field of a row.
type Test struct {
	Field string
	Op    string // one of ops; "" for the mark none
	Value string // $name is bound by the first goal that has it
}

// String is a test as it is written.
func (t Test) String() string { return t.Field + t.Op + t.Value }

// name is the name that stands for the test's value, "" for none.
func (t Test) name() string {
	if name, ok := strings.CutPrefix(t.Value, "$"); ok && isName(name) {
		return name
	}
	return ""
}

// binds reports whether the test gives its name a value.
func (t Test) binds() bool { return t.name() != "" && (t.Op == "=" || t.Op == "~") }

// isName reports whether a text can be a name: lower-case letters, digits and dashes.
func isName(text string) bool {
	return text != "" && text[0] >= 'a' && text[0] <= 'z' && strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// ops are the comparisons, longer ones first: unequal, equal, less, more, contains.
var ops = []string{"!=", "=", "<", ">", "~"}

// Words that are no comparison.
const (
	noneMark   = "none"
	countField = "count"
	newField   = "new"
	holds      = "holds"
	verifies   = "verifies"
)

// counted reports whether the goal is about how many rows pass, and binds nothing.
func (g Goal) counted() bool {
	return slices.ContainsFunc(g.Tests, func(t Test) bool { return t.Field == noneMark || t.Field == countField })
}

// all are the tests of the goal and of its relation.
func (g Goal) all() []Test { return slices.Concat(g.Tests, g.With) }

// readGoal reads a predicate: SUBJECT [WORDS] TESTS. A value in quotes may hold blanks.
func readGoal(text string) (Goal, error) {
	words, err := split(text)
	if err != nil {
		return Goal{}, err
	}
	if len(words) == 0 {
		return Goal{}, fmt.Errorf("a goal names a subject, one of %s", subjectNames())
	}
	s := subjectNamed(words[0])
	if s == nil {
		return Goal{}, fmt.Errorf("%q is no subject of a goal: these are %s", words[0], subjectNames())
	}
	g := Goal{Text: strings.TrimSpace(text), Subject: s.name}
	var plain []string
	for i, word := range words[1:] {
		if s.name == "file" && (word == holds || word == verifies) {
			g.Relation = word
			if err := g.relate(words[i+2:]); err != nil {
				return Goal{}, err
			}
			break
		}
		if test, ok := readTest(word); ok {
			if err := g.knows(test.Field); err != nil {
				return Goal{}, err
			}
			g.Tests = append(g.Tests, test)
			continue
		}
		plain = append(plain, word)
	}
	if len(plain) > 0 && (s.main == "" || len(plain) > 1 && s.name != "ran") {
		return Goal{}, fmt.Errorf("%q is no test: a test is written FIELD=VALUE", plain[len(plain)-1])
	}
	if len(plain) > 0 {
		g.Tests = slices.Insert(g.Tests, 0, Test{s.main, "=", strings.Join(plain, " ")})
	}
	return g, nil
}

// relate reads what stands behind holds or verifies.
func (g *Goal) relate(words []string) error {
	for _, word := range words {
		test, ok := readTest(word)
		switch {
		case ok && test.Field == noneMark:
			g.Tests = append(g.Tests, test)
		case ok && g.Relation == holds:
			g.With = append(g.With, test)
		case ok && slices.Contains([]string{"data", "key", "mech"}, test.Field) && test.Op == "=":
			g.With = append(g.With, test)
		case !ok && g.Relation == holds:
			g.Texts = append(g.Texts, word)
		default:
			return fmt.Errorf("%q: verifies takes data=FILE key=KEY mech=HASH", word)
		}
	}
	if len(g.With) == 0 && len(g.Texts) == 0 {
		return fmt.Errorf("%s is followed by what it %s", g.Relation, g.Relation)
	}
	return nil
}

// knows is an error for a field that the goal's subject does not have.
func (g Goal) knows(field string) error {
	s := subjectNamed(g.Subject)
	if field == noneMark || field == countField || field == newField && s.lasting || slices.Contains(s.fields(), field) {
		return nil
	}
	return fmt.Errorf("%s has no field %s: it has %s", g.Subject, field, strings.Join(s.fields(), " "))
}

// readTest reads one comparison, or the mark none. It is false for a plain word.
func readTest(word string) (Test, bool) {
	if word == noneMark {
		return Test{Field: word}, true
	}
	i := strings.IndexAny(word, "!=<>~")
	if i < 1 || strings.Trim(word[:i], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != "" {
		return Test{}, false
	}
	for _, op := range ops {
		if value, ok := strings.CutPrefix(word[i:], op); ok {
			return Test{word[:i], op, value}, true
		}
	}
	return Test{}, false
}

// split parts a predicate at blanks; what stands in quotes is not parted.
func split(text string) (words []string, err error) {
	var word strings.Builder
	quoted, open := false, false
	end := func() {
		if open {
			words = append(words, word.String())
		}
		word.Reset()
		open = false
	}
	for _, r := range text {
		switch {
		case r == '"':
			quoted, open = !quoted, true
		case r == ' ' && !quoted:
			end()
		default:
			word.WriteRune(r)
			open = true
		}
	}
	if quoted {
		return nil, fmt.Errorf("a quote is not closed: %s", text)
	}
	end()
	return words, nil
}

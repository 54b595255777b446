// Package glossary is the words of the field, a sentence each. Return codes, attributes and
// commands are not in it: these have tables of their own. Begin with [Table].
package glossary

import "strings"

// Row is a term.
type Row struct {
	Term   string
	Also   []string // other words for it
	Means  string   // one sentence
	Source string   // spec/kmu.md 1.4
}

// Lookup finds a term by one of its words, in whatever case, with blanks, dashes or underscores.
func Lookup(term string) (Row, bool) {
	want := plain(term)
	for _, row := range Table {
		for _, word := range row.Words() {
			if plain(word) == want {
				return row, true
			}
		}
	}
	return Row{}, false
}

// Words are the term and the other words for it.
func (r Row) Words() []string { return append([]string{r.Term}, r.Also...) }

// Terms lists the terms in the order of the table.
func Terms() []string {
	var terms []string
	for _, row := range Table {
		terms = append(terms, row.Term)
	}
	return terms
}

// plain is a word as it is compared. An s at its end may be a plural's.
func plain(word string) string {
	word = strings.NewReplacer("-", " ", "_", " ").Replace(strings.ToLower(strings.TrimSpace(word)))
	return strings.TrimSuffix(strings.Join(strings.Fields(word), " "), "s")
}

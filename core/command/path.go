package command

import (
	"slices"
	"strings"
)

// Commands are named by paths of words. A path that a table knows is a string with blanks between
// its words; "" is the table itself. Every path that begins a row's name is a category.

// head returns the word of a row's name that comes behind a path, and the path with it; "" where
// the name does not go on from there.
func head(name, path string) (word, longer string) {
	at := 0
	if path != "" {
		if at = len(path) + 1; len(name) <= at || name[at-1] != ' ' || name[:at-1] != path {
			return "", ""
		}
	}
	if end := strings.IndexByte(name[at:], ' '); end >= 0 {
		return name[at : at+end], name[:at+end]
	}
	return name[at:], name
}

// join is a path with a word more.
func join(path, word string) string {
	if path == "" {
		return word
	}
	return path + " " + word
}

// step returns the path that a word leads to under the table's style, "" for none or for several.
func (t Table[E]) step(path, word string) string {
	for i := range t.Specs {
		name := t.Specs[i].Name
		if path == "" && name == word {
			return name
		}
		if h, longer := head(name, path); h != "" && t.Style.same(h, word) {
			return longer
		}
	}
	if !t.Style.Prefixes || word == "" {
		return ""
	}
	found := ""
	for i := range t.Specs {
		h, longer := head(t.Specs[i].Name, path)
		if h == "" || t.Specs[i].Hidden || !t.Style.begins(h, word) || longer == found {
			continue
		}
		if found != "" {
			return ""
		}
		found = longer
	}
	return found
}

// walk follows words from a path as far as they lead, and says how many did.
func (t Table[E]) walk(path string, words []Word) (end string, n int) {
	for n < len(words) {
		longer := t.step(path, words[n].Text)
		if longer == "" {
			break
		}
		path = longer
		n++
	}
	return path, n
}

// at returns the command of a path, nil for a category and for a path that is not known.
func (t Table[E]) at(path string) *Spec[E] {
	for i := range t.Specs {
		if s := &t.Specs[i]; s.Name == path {
			if s.Run == nil && t.parent(path) {
				return nil
			}
			return s
		}
	}
	return nil
}

// parent reports whether commands stand below a path.
func (t Table[E]) parent(path string) bool {
	for i := range t.Specs {
		if h, _ := head(t.Specs[i].Name, path); h != "" {
			return true
		}
	}
	return false
}

// heads are the words that may stand behind a path, in the order of the table: those that are
// listed, or with hidden those that are not.
func (t Table[E]) heads(path string, hidden bool) []string {
	var words []string
	for i := range t.Specs {
		h, _ := head(t.Specs[i].Name, path)
		if h != "" && t.Specs[i].Hidden == hidden && !slices.Contains(words, h) {
			words = append(words, h)
		}
	}
	return words
}

// Lookup returns the command that words name under the table's style, nil for none or for several.
func (t Table[E]) Lookup(words ...string) *Spec[E] {
	path := ""
	for _, word := range words {
		if path = t.step(path, word); path == "" {
			return nil
		}
	}
	return t.at(path)
}

// Path is the words of a command's name.
func (s *Spec[E]) Path() []string { return strings.Fields(s.Name) }

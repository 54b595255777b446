package shell

import (
	"maps"
	"strings"
)

// The parser reads a subscript as arithmetic, since only who runs a text knows that an array has
// words for keys: it takes `m[a-b]` for a difference and `m[x.y]` for a fault. So the names that a
// text declares with -A are kept, and their keys are quoted before the text is parsed: `m["a-b"]`.

// keyedName is a declaration of arrays with words for keys, and the names that it makes.
var keyedName = Pattern(`\b(?:declare|local|typeset|readonly)((?:[ \t]+-[A-Za-z]+)*[ \t]+-[A-Za-z]*A[A-Za-z]*(?:[ \t]+-[A-Za-z]+)*)((?:[ \t]+[A-Za-z_][A-Za-z0-9_]*)+)`)

// keyedIn returns the names of the arrays with words for keys that this terminal has seen, with
// those that a text declares. The map is shared and not to be changed.
func (t *Terminal) keyedIn(text string) map[string]bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, found := range keyedName().FindAllStringSubmatch(text, -1) {
		for _, name := range strings.Fields(found[2]) {
			if t.keyed[name] {
				continue
			}
			t.keyed = maps.Clone(t.keyed)
			if t.keyed == nil {
				t.keyed = map[string]bool{}
			}
			t.keyed[name] = true
		}
	}
	return t.keyed
}

// keyedText is a text with its keys quoted, of all arrays that this terminal knows.
func (b *bash) keyedText(text string) string {
	names := b.t.keyedIn(text)
	if len(names) == 0 || !strings.Contains(text, "[") {
		return text
	}
	return quoteKeys(text, names)
}

// quoteKeys puts the keys of some arrays in quotes where the parser would not take them for words.
// What stands in single quotes belongs to other programs.
func quoteKeys(text string, names map[string]bool) string {
	var out strings.Builder
	list := 0 // how deep in the brackets of `name=(…)`
	single, double := false, false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case single:
			single = c != '\''
		case c == '\\' && i+1 < len(text):
			out.WriteByte(c)
			i++
			c = text[i]
		case c == '\'' && !double:
			single = true
		case c == '"':
			double = !double
		case c == '(' && list > 0 && !double:
			list++
		case c == '(' && names[listName(text[:i])] && !double:
			list = 1
		case c == ')' && list > 0 && !double:
			list--
		case c == '[':
			key, ok := bareKey(text[i+1:])
			behind := text[min(i+len(key)+2, len(text)):]
			if ok && (list == 1 && strings.HasPrefix(behind, "=") || names[elementName(text[:i])] && isElement(text[:i], behind, double)) {
				out.WriteString(`["` + key + `"]`)
				i += len(key) + 1
				continue
			}
		}
		out.WriteByte(c)
	}
	return out.String()
}

// bareKey is the key behind a bracket that needs quotes and has none.
func bareKey(rest string) (key string, ok bool) {
	key, _, ok = strings.Cut(rest, "]")
	return key, ok && strings.ContainsAny(key, "-+./:%=,# ") && !strings.ContainsAny(key, "\"'\\`[(\n")
}

// elementName is the name that stands before a bracket.
func elementName(before string) string {
	return before[len(strings.TrimRight(before, nameCharacters)):]
}

// listName is the name of the array whose elements begin with a bracket.
func listName(before string) string {
	before, ok := strings.CutSuffix(before, "=")
	if !ok {
		return ""
	}
	return elementName(strings.TrimSuffix(before, "+"))
}

// isElement reports whether a name and a key stand where bash reads an element: in ${…}, before an
// assignment, or in arithmetic.
func isElement(before, behind string, quoted bool) bool {
	if inBraces(before) {
		return true
	}
	line := before[strings.LastIndexByte(before, '\n')+1:]
	return !quoted && (assignment().MatchString(behind) || strings.Contains(line, "(("))
}

// assignment is what an operator that assigns begins with.
var assignment = Pattern(`^(\+\+|--|(<<|>>|[-+*/%&|^])?=)`)

// inBraces reports whether a name at the end of a text is one of ${name….
func inBraces(before string) bool {
	before = strings.TrimRight(before[:len(before)-len(elementName(before))], "#!")
	return strings.HasSuffix(before, "${")
}

// nameCharacters are those of names of variables.
const nameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

package transcript

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// patterns are the words that stand for text.
var patterns = map[string]string{"any": ".*", "int": "[0-9]+", "hex": "[0-9a-f]+"}

var blank = regexp.MustCompile(`\{\{([a-z0-9_]+)(=([a-z]+))?\}\}`)

// leftOut is a line that stands for any lines.
var leftOut = regexp.MustCompile(`(?m)^…\n`)

// match compares a text with what is expected and remembers the values it names.
func match(values map[string]string, want, got string) bool {
	var b strings.Builder
	var named []string
	at := 0
	for _, m := range blank.FindAllStringSubmatchIndex(want, -1) {
		b.WriteString(regexp.QuoteMeta(want[at:m[0]]))
		at = m[1]
		name := want[m[2]:m[3]]
		value, known := values[name]
		switch {
		case m[6] >= 0:
			named = append(named, name)
			b.WriteString("(" + patterns[want[m[6]:m[7]]] + ")")
		case known:
			b.WriteString(regexp.QuoteMeta(value))
		case patterns[name] != "":
			b.WriteString(patterns[name])
		default:
			b.WriteString(regexp.QuoteMeta(want[m[0]:m[1]]))
		}
	}
	b.WriteString(regexp.QuoteMeta(want[at:]))
	pattern := leftOut.ReplaceAllLiteralString(b.String(), "(?:.*\n)*?")
	found := regexp.MustCompile("^" + pattern + "$").FindStringSubmatch(got)
	if found == nil {
		return false
	}
	for i, name := range named {
		values[name] = found[i+1]
	}
	return true
}

// names returns the names of values in order.
func names(values map[string]string) []string { return slices.Sorted(maps.Keys(values)) }

var difference = regexp.MustCompile(`^(.*)  \[(ours: (.*)|not ours) \| .+\]\n$`)

// ours is the text with the lines that are printed here in place of a page's.
func ours(want string) string {
	var b strings.Builder
	for line := range strings.Lines(want) {
		if m := difference.FindStringSubmatch(line); m == nil {
			b.WriteString(line)
		} else if m[2] != "not ours" {
			b.WriteString(m[3] + "\n")
		}
	}
	return b.String()
}

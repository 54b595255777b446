package transcript

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// marks are how the files of docs/spec mark what no page of the vendor shows as it stands: what was
// derived or measured, and what is a choice.
var marks = map[string]struct{ derived, made []string }{
	"kmu.md":          {[]string{"[DERIVED]"}, []string{"[CHOICE]"}},
	"cmu.md":          {[]string{"[D]"}, []string{"[C]"}},
	"cloudhsm-cli.md": {[]string{"[C]", "[M]"}, []string{"[I]", "[?]"}},
}

// Real is the part of a reference page that tells what of a command is documented, derived or made
// up, by the marks in the section of docs/spec that is cited; citation is the line that leads there.
func Real(t *testing.T, citation string) string {
	t.Helper()
	m := cites.FindStringSubmatch(citation)
	if m == nil {
		t.Fatalf("no citation: %s", citation)
	}
	text, err := os.ReadFile("../../docs/spec/" + m[1])
	if err != nil {
		t.Fatal(err)
	}
	section := sectionOf(string(text), m[2])
	if section == "" {
		t.Fatalf("%s has no section %s", m[1], m[2])
	}
	derived, made := marked(section, marks[m[1]].derived), marked(section, marks[m[1]].made)
	head := fmt.Sprintf("\n## What is real\n\nSection %s tells what the vendor's pages show. Beside it, derived or measured: %d; made up: %d.\n", m[2], len(derived), len(made))
	return head + listed("Derived or measured:", derived) + listed("Made up, since no page shows it:", made)
}

var (
	cites = regexp.MustCompile(`spec/([\w-]+\.md) ([0-9.]+)\]`)
	mark  = regexp.MustCompile("`?\\[[A-Za-z?-]+\\]`?")
)

func listed(head string, lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return "\n" + head + "\n\n- " + strings.Join(lines, "\n- ") + "\n"
}

// sectionOf is the text of a section up to the next heading with a number.
func sectionOf(text, number string) string {
	var b strings.Builder
	inside, sample := false, false
	for line := range strings.Lines(text) {
		if heading := numbered.FindString(line); heading != "" {
			inside = slices.Contains(strings.FieldsFunc(heading, func(r rune) bool { return strings.ContainsRune("# ,\n", r) }), number)
			continue
		}
		if strings.HasPrefix(line, "```") {
			sample = !sample
		}
		if inside && !sample {
			b.WriteString(line)
		}
	}
	return b.String()
}

var numbered = regexp.MustCompile(`^#{2,3} [0-9].*\n`)

// marked are the statements of a text with one of some marks, without them: rows of tables, and
// sentences.
func marked(text string, wanted []string) (list []string) {
	for line := range strings.Lines(text) {
		statements := strings.SplitAfter(strings.TrimSpace(line), ". ")
		if strings.HasPrefix(line, "|") {
			statements = []string{strings.ReplaceAll(strings.Trim(strings.TrimSpace(line), "| "), " | ", ": ")}
		}
		for _, s := range statements {
			if slices.ContainsFunc(wanted, func(m string) bool { return strings.Contains(s, m) }) {
				s = strings.Join(strings.Fields(mark.ReplaceAllString(s, "")), " ")
				s = strings.NewReplacer(" .", ".", " ,", ",", " ;", ";").Replace(s)
				list = append(list, strings.TrimSpace(strings.TrimPrefix(s, "- ")))
			}
		}
	}
	return list
}

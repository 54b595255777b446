package transcript

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// number is that of a section in a heading.
var number = regexp.MustCompile(`^[0-9]+(\.[0-9]+)*$`)

// Cited is the line of a reference page that leads to the section about a command in a file of
// docs/spec, such as kmu.md.
func Cited(t *testing.T, file, command string) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/spec/" + file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		heading, ok := strings.CutPrefix(strings.TrimSpace(line), "### ")
		if !ok {
			continue
		}
		section := ""
		for _, word := range strings.Fields(heading) {
			switch word = strings.Trim(word, ",()"); {
			case number.MatchString(word):
				section = word
			case word == command && section != "":
				return "\nSpecification: [spec/" + file + " " + section + "](../spec/" + file + "#" + anchor(heading) + ")\n"
			}
		}
	}
	t.Fatalf("no section of %s is about %s", file, command)
	return ""
}

// anchor is the address of a heading as GitHub makes it.
func anchor(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		}
		return -1
	}, strings.ToLower(heading))
}

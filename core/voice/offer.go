package voice

import (
	"slices"
	"strings"
)

// openings end the text before the first line that a note offers.
var openings = []string{"Did you mean ", "A line that would work: ", "Type ", "type ", "as in "}

// Offers are the lines that a rendered note offers to be typed: behind Did you mean, A line that
// would work, Type and as in, more of them behind a comma or an or, behind leave … with, and in a
// list before among them. Other code is only named.
func Offers(parts []Part) []string {
	var lines, list []string
	offers := false
	for i, p := range parts {
		if !p.Code {
			if strings.HasPrefix(p.Text, " among them") {
				lines = append(lines, list...)
			}
			if glue := strings.Trim(p.Text, ", "); glue != "" && glue != "and" {
				list = nil
			}
			continue
		}
		before := ""
		if i > 0 && !parts[i-1].Code {
			before = parts[i-1].Text
		}
		glue := strings.Trim(before, ", ")
		offers = opens(before) || offers && i > 0 && (glue == "" || glue == "or")
		if offers {
			lines = append(lines, p.Text)
		} else {
			list = append(list, p.Text)
		}
	}
	return lines
}

// Gives reports whether a sentence has a line to be typed: it offers one, or begins with one.
func Gives(sentence []Part) bool {
	return len(Offers(sentence)) > 0 || len(sentence) > 0 && sentence[0].Code &&
		strings.Contains(sentence[0].Text, " ") && !strings.HasPrefix(sentence[0].Text, "-")
}

// several are the notes that offer one line, two and three for a word that is no command.
var several = [...]ID{CommandNearOne, CommandNearTwo, CommandNearThree}

// Fewer is a note of several lines without those that fail; the note itself where all of them do,
// or none.
func (n Note) Fewer(fails func(line string) bool) Note {
	if !slices.Contains(several[1:], n.ID) {
		return n
	}
	var args, lines []string
	for i := 0; i+1 < len(n.Args); i += 2 {
		switch name, value := n.Args[i], n.Args[i+1]; {
		case !slices.Contains(BlanksOfSeveral, name):
			args = append(args, name, value)
		case value != "" && !fails(value):
			lines = append(lines, value)
		}
	}
	if len(lines) == 0 {
		return n
	}
	for i, line := range lines {
		args = append(args, BlanksOfSeveral[i], line)
	}
	return Note{ID: several[len(lines)-1], Args: args}
}

// BlanksOfSeveral are the blanks of a note with several lines.
var BlanksOfSeveral = []string{"near", "also", "third"}

// InNewTab reports whether a sentence offers its lines for a new tab.
func InNewTab(sentence []Part) bool {
	return len(sentence) > 0 && strings.HasSuffix(sentence[0].Text, "In a new tab, type ")
}

// opens reports whether a line to be typed follows a text.
func opens(text string) bool {
	for _, end := range openings {
		if strings.HasSuffix(text, end) {
			return true
		}
	}
	before, ok := strings.CutSuffix(text, "with ")
	i := strings.LastIndex(strings.ToLower(before), "leave ")
	return ok && i >= 0 && strings.Count(before[i:], " ") <= 2
}

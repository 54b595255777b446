package voice

import "strings"

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

package slips

import (
	"regexp"
	"slices"
	"strings"
)

// Part is a run of a note: text, or words to type.
type Part struct {
	Text string
	Code bool
}

// opening ends the text before the first line that a note offers; going goes on with more of them.
var (
	opening = regexp.MustCompile(`(?:Did you mean |as in |[Tt]ype |A line that would work: )$`)
	leave   = regexp.MustCompile(`\b[Ll]eave (?:\S+ )?with $`)
	going   = regexp.MustCompile(`^(?:,| or|, or)? ?$`)
)

// Offers are the lines that a note offers to be typed: behind Did you mean, as in, Type, A line
// that would work, Leave with, and in lists before among them.
func Offers(parts []Part) []string {
	var lines, run []string
	before, offers := "", false
	for i, p := range parts {
		if !p.Code {
			before += p.Text
			if strings.HasPrefix(p.Text, " among them") {
				lines = append(lines, run...)
			}
			if s := strings.TrimSpace(p.Text); s != "," && s != "and" {
				run = nil
			}
			continue
		}
		glue := i > 0 && !parts[i-1].Code && going.MatchString(parts[i-1].Text)
		offers = opening.MatchString(before) || leave.MatchString(before) || offers && glue
		if offers {
			lines = append(lines, p.Text)
		} else {
			run = append(run, p.Text)
		}
		before = ""
	}
	return lines
}

// Right reports whether an offered line does what was meant: it is one of the meant lines, but for
// the order of options, what the slip left open, and a password that is asked for.
func (s Slip) Right(offer string) bool {
	return slices.ContainsFunc(s.Meant, func(meant string) bool { return same(s.Tab, offer, meant, s.Open) })
}

func same(tab, offer, meant string, open []string) bool {
	if tab == Bash && strings.HasPrefix(meant, "openssl ") { // its options stand in any order
		a, b := split(offer), split(meant)
		slices.Sort(a)
		slices.Sort(b)
		return slices.Equal(a, b)
	}
	a, b := reading(tab, offer), reading(tab, meant)
	if len(open) > 0 && (open[0] == "all" || open[0] == "last") {
		return sameWords(a, b, open[0])
	}
	if len(a.words) != len(b.words) || len(a.options) != len(b.options) {
		return false
	}
	for i, w := range b.words {
		if a.words[i] != w {
			return false
		}
	}
	for _, o := range b.options {
		i := slices.IndexFunc(a.options, func(p [2]string) bool { return p[0] == o[0] })
		if i < 0 || a.options[i][1] != o[1] && !slices.Contains(open, o[0]) {
			return false
		}
	}
	return true
}

// sameWords compares positional lines of which the last word, or all but the first, may be any.
func sameWords(a, b read, open string) bool {
	switch {
	case a.words[0] != b.words[0]:
		return false
	case open == "all":
		return true
	}
	n := len(b.words) - 1
	return len(a.words) >= n && slices.Equal(a.words[:n], b.words[:n])
}

type read struct {
	words   []string
	options [][2]string
}

// reading is what a line says; a password that stands there is the same as one that is asked for.
func reading(tab, line string) read {
	words := split(strings.ReplaceAll(line, `"`, ""))
	if strings.Contains(line, `"`) {
		words = split(line)
	}
	var r read
	for i := 0; i < len(words); i++ {
		w := strings.Trim(words[i], `"`)
		if tab != KMU && tab != CLI {
			if i == 3 && (words[0] == "loginHSM" || words[0] == "createUser" || words[0] == "changePswd") {
				w = "-hpswd"
			}
			r.words = append(r.words, w)
			continue
		}
		switch {
		case !isOption(w):
			r.words = append(r.words, w)
		case w == "-p" && i+1 < len(words), w == "-hpswd":
			r.options = append(r.options, [2]string{"-hpswd", ""})
			if w == "-p" {
				i++
			}
		case i+1 < len(words) && !isOption(words[i+1]):
			r.options = append(r.options, [2]string{w, strings.Trim(words[i+1], `"`)})
			i++
		default:
			r.options = append(r.options, [2]string{w, ""})
		}
	}
	return r
}

package unix

import (
	"regexp"
	"strings"
)

// errPattern is a fault of a pattern in the C library's words.
type errPattern string

// Error returns the words.
func (e errPattern) Error() string { return string(e) }

// posix compiles a regular expression of grep, sed or awk: basic, or extended. Matches are leftmost
// and longest, as POSIX wants it (IEEE 1003.1, 9.3 and 9.4), but for those of patterns that refer
// back.
func posix(pattern string, extended, foldCase bool) (expression, error) {
	text, back, err := translate(pattern, extended)
	if err != nil {
		return nil, err
	}
	if foldCase {
		text = "(?i)" + text
	}
	return compiled("(?s)"+text, back)
}

// compiled makes an expression of a translated pattern.
func compiled(text string, back bool) (expression, error) {
	if back {
		b, err := newBacktracker(text)
		if err != nil {
			return nil, badPattern(err)
		}
		return b, nil
	}
	re, err := regexp.Compile(text)
	if err != nil {
		return nil, badPattern(err)
	}
	re.Longest()
	return re, nil
}

// translate turns a pattern into one of Go; back says that it refers back, see [backReference].
func translate(pattern string, extended bool) (text string, back bool, err error) {
	t := &translator{in: pattern, extended: extended, start: true}
	for t.at < len(t.in) {
		if err := t.next(); err != nil {
			return "", false, err
		}
	}
	return t.out.String(), t.back, nil
}

// badPattern puts Go's fault in the C library's words.
func badPattern(err error) error {
	text := err.Error()
	for _, row := range []struct{ has, say string }{
		{"missing closing ]", "Unmatched [, [^, [:, [., or [="}, {"missing closing )", "Unmatched ( or \\("},
		{"unexpected )", "Unmatched ) or \\)"}, {"repeat", "Invalid content of \\{\\}"}, {"trailing backslash", "Trailing backslash"},
		{"missing argument", "Invalid preceding regular expression"},
	} {
		if strings.Contains(text, row.has) {
			return errPattern(row.say)
		}
	}
	return errPattern("Invalid regular expression")
}

// translator turns a POSIX expression into one of Go.
type translator struct {
	in       string
	at       int
	out      strings.Builder
	extended bool
	start    bool // a repetition here is an ordinary character
	groups   int  // that were opened
	back     bool // it refers back
}

func (t *translator) next() error {
	c := t.in[t.at]
	t.at++
	start := t.start
	t.start = false
	switch {
	case c == '\\':
		return t.escaped(start)
	case c == '[':
		return t.bracket()
	case c == '*' && start:
		t.out.WriteString(`\*`)
	case c == '^' && !t.extended && !start, c == '$' && !t.extended && !t.ending():
		t.out.WriteString(`\` + string(c))
	case c == '^':
		t.out.WriteByte(c)
		t.start = true
	case strings.IndexByte("(){}|+?", c) >= 0 && !t.extended:
		t.out.WriteString(`\` + string(c))
	case c == '{' && !t.interval():
		t.out.WriteString(`\{`)
	case c == '(' || c == '|':
		t.out.WriteByte(c)
		t.start = true
		t.open(c)
	default:
		t.out.WriteByte(c)
	}
	return nil
}

// open counts groups.
func (t *translator) open(c byte) {
	if c == '(' {
		t.groups++
	}
}

// interval reports whether an extended { begins a repetition.
func (t *translator) interval() bool {
	rest := t.in[t.at:]
	end := strings.IndexByte(rest, '}')
	return end > 0 && strings.Trim(rest[:end], "0123456789,") == ""
}

// ending reports whether a basic $ is an anchor.
func (t *translator) ending() bool {
	rest := t.in[t.at:]
	return rest == "" || strings.HasPrefix(rest, `\)`) || strings.HasPrefix(rest, `\|`)
}

func (t *translator) escaped(start bool) error {
	if t.at == len(t.in) {
		return errPattern("Trailing backslash")
	}
	c := t.in[t.at]
	t.at++
	switch {
	case strings.IndexByte("(){}|+?", c) >= 0:
		if t.extended || start && (c == '+' || c == '?') {
			t.out.WriteByte('\\')
		}
		t.out.WriteByte(c)
		if !t.extended {
			t.start = c == '(' || c == '|'
			t.open(c)
		}
	case c == '<' || c == '>':
		t.out.WriteString(`\b`)
	case strings.IndexByte("wWsSbB", c) >= 0:
		t.out.WriteString(`\` + string(c))
	case c >= '1' && c <= '9':
		if int(c-'0') > t.groups {
			return errPattern("Invalid back reference")
		}
		t.back = true
		t.out.WriteRune(backReference + rune(c-'0'))
	case c == 'n':
		t.out.WriteString(`\n`)
	case c == 't':
		t.out.WriteString(`\t`)
	case c == 'x' && len(t.in)-t.at >= 2:
		t.out.WriteString(`\x` + t.in[t.at:t.at+2])
		t.at += 2
	case c >= 0x80:
		t.out.WriteByte(c)
	default:
		t.out.WriteString(regexp.QuoteMeta(string(rune(c))))
	}
	return nil
}

// bracket copies a bracket expression; a backslash in it is an ordinary character, but for \n and
// \t, and a [ too.
func (t *translator) bracket() error {
	t.out.WriteByte('[')
	first := true
	if t.at < len(t.in) && t.in[t.at] == '^' {
		t.out.WriteByte('^')
		t.at++
	}
	for ; t.at < len(t.in); first = false {
		c := t.in[t.at]
		t.at++
		rest := t.in[t.at:]
		switch {
		case c == ']' && !first:
			t.out.WriteByte(']')
			return nil
		case c == '[' && strings.HasPrefix(rest, ":") && strings.Contains(rest, ":]"):
			end := strings.Index(rest, ":]") + 2
			t.out.WriteString("[" + rest[:end])
			t.at += end
		case c == '\\' && rest != "" && (rest[0] == 'n' || rest[0] == 't'):
			t.out.WriteString(`\` + rest[:1])
			t.at++
		case c == '\\' && t.extended && rest != "" && (rest[0] == ']' || rest[0] == '/' || rest[0] == '\\'):
			t.out.WriteString(`\` + rest[:1])
			t.at++
		case strings.IndexByte(`\[]&~`, c) >= 0:
			t.out.WriteString(`\` + string(c))
		default:
			t.out.WriteByte(c)
		}
	}
	return errPattern("Unmatched [, [^, [:, [., or [=")
}

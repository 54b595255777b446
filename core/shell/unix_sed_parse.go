package shell

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// sedStep is one command of a script.
type sedStep struct {
	from, to sedAddress
	negate   bool
	verb     byte
	text     string // of a, i, c and y; the replacement of s
	re       *regexp.Regexp
	flags    string
	nth      int
	inside   []*sedStep
	active   bool // between its two addresses
	until    int  // the line at which it ends, 0 for an expression
}

// sedAddress is a line number, a step, the last line or an expression; kind 0 is none.
type sedAddress struct {
	kind byte // n ~ $ / +
	n, m int
	re   *regexp.Regexp
}

// sedParser reads a script.
type sedParser struct {
	text     string
	at       int
	extended bool
	last     *regexp.Regexp
}

// errSed is a fault of a script, in sed's words.
func errSed(at int, say string) error {
	return fmt.Errorf("-e expression #1, char %d: %s", at, say)
}

func (s *sedParser) peek() byte {
	if s.at < len(s.text) {
		return s.text[s.at]
	}
	return 0
}

func (s *sedParser) skip(set string) {
	for s.at < len(s.text) && strings.IndexByte(set, s.text[s.at]) >= 0 {
		s.at++
	}
}

func (s *sedParser) number() int {
	start := s.at
	s.skip("0123456789")
	n, _ := strconv.Atoi(s.text[start:s.at])
	return n
}

// steps reads commands until the end or a closing brace; depth counts the open ones.
func (s *sedParser) steps(depth int) ([]*sedStep, error) {
	var list []*sedStep
	for {
		s.skip(" \t\n;")
		switch {
		case s.at >= len(s.text) && depth > 0:
			return nil, errSed(0, "unmatched `{'")
		case s.at >= len(s.text):
			return list, nil
		case s.peek() == '#':
			for s.at < len(s.text) && s.peek() != '\n' {
				s.at++
			}
			continue
		case s.peek() == '}' && depth == 0:
			return nil, errSed(s.at+1, "unexpected `}'")
		case s.peek() == '}':
			s.at++
			return list, nil
		}
		step, err := s.step(depth)
		if err != nil {
			return nil, err
		}
		list = append(list, step)
	}
}

func (s *sedParser) step(depth int) (*sedStep, error) {
	step := &sedStep{}
	var err error
	if step.from, err = s.address(); err != nil {
		return nil, err
	}
	s.skip(" \t")
	if s.peek() == ',' {
		s.at++
		s.skip(" \t")
		if step.to, err = s.address(); err != nil {
			return nil, err
		}
		if step.to.kind == 0 {
			return nil, errSed(s.at, "unexpected `,'")
		}
	}
	s.skip(" \t")
	for s.peek() == '!' {
		step.negate = true
		s.at++
		s.skip(" \t")
	}
	if s.at >= len(s.text) {
		return nil, errSed(s.at, "missing command")
	}
	step.verb = s.peek()
	s.at++
	return step, s.rest(step, depth)
}

// rest reads what stands behind a command's letter.
func (s *sedParser) rest(step *sedStep, depth int) (err error) {
	switch step.verb {
	case '{':
		if depth > 50 {
			return errSed(s.at, "too many `{'")
		}
		step.inside, err = s.steps(depth + 1)
		return err
	case 's':
		return s.substitute(step)
	case 'y':
		return s.transliterate(step)
	case 'a', 'i', 'c':
		return s.appended(step)
	case 'p', 'd', 'q', 'Q', '=', 'n':
		s.skip(" \t0123456789")
		if s.at < len(s.text) && strings.IndexByte(";\n}#", s.peek()) < 0 {
			return errSed(s.at+1, "extra characters after command")
		}
		return nil
	}
	if strings.IndexByte("NDPhHgGxbtTwrRWeFlz:v", step.verb) >= 0 {
		return &unsupported{"sed's command " + string(step.verb)}
	}
	return errSed(s.at, fmt.Sprintf("unknown command: `%s'", string(rune(step.verb))))
}

// unsupported is what the playground's program lacks.
type unsupported struct{ what string }

// Error says so.
func (u *unsupported) Error() string { return u.what + " is not supported" }

func (s *sedParser) address() (a sedAddress, err error) {
	switch c := s.peek(); {
	case c >= '0' && c <= '9':
		a.kind, a.n = 'n', s.number()
		if s.peek() == '~' {
			s.at++
			a.kind, a.m = '~', s.number()
		}
	case c == '+':
		s.at++
		a.kind, a.n = '+', s.number()
	case c == '$':
		s.at++
		a.kind = '$'
	case c == '/' || c == '\\':
		if c == '\\' {
			s.at++
		}
		if s.at >= len(s.text) {
			return a, errSed(s.at, "unterminated address regex")
		}
		text, ok := s.delimited(s.peek())
		if !ok {
			return a, errSed(s.at, "unterminated address regex")
		}
		fold := s.peek() == 'I'
		if fold {
			s.at++
		}
		a.kind = '/'
		a.re, err = s.compile(text, fold)
	}
	return a, err
}

// delimited reads up to the next delimiter, at which the parser stands, and past it. A delimiter behind a backslash loses
// the backslash.
func (s *sedParser) delimited(by byte) (string, bool) {
	var b strings.Builder
	inBracket := false
	for s.at++; s.at < len(s.text); s.at++ {
		c := s.text[s.at]
		switch {
		case c == '\\' && s.at+1 < len(s.text):
			s.at++
			if s.text[s.at] != by {
				b.WriteByte('\\')
			}
			b.WriteByte(s.text[s.at])
			continue
		case c == '[':
			inBracket = strings.IndexByte(s.text[s.at:], ']') > 0
		case c == ']':
			inBracket = false
		case c == by && !inBracket:
			s.at++
			return b.String(), true
		}
		b.WriteByte(c)
	}
	return "", false
}

func (s *sedParser) compile(text string, fold bool) (*regexp.Regexp, error) {
	if text == "" && s.last != nil {
		return s.last, nil
	}
	re, err := posix(text, s.extended, fold)
	if errors.Is(err, errBackReference) {
		return nil, &unsupported{"a back-reference in an expression"}
	}
	if err != nil {
		return nil, errSed(s.at, err.Error())
	}
	s.last = re
	return re, nil
}

func (s *sedParser) substitute(step *sedStep) error {
	if s.at >= len(s.text) {
		return errSed(s.at, "unterminated `s' command")
	}
	by := s.peek()
	pattern, ok := s.delimited(by)
	s.at--
	if ok {
		step.text, ok = s.delimited(by)
	}
	if !ok {
		return errSed(len(s.text), "unterminated `s' command")
	}
	start := s.at
	s.skip("gpiIm0123456789e")
	step.flags = s.text[start:s.at]
	s.skip(" \t")
	if s.at < len(s.text) && strings.IndexByte(";\n}#", s.peek()) < 0 {
		return errSed(s.at+1, "unknown option to `s'")
	}
	if strings.ContainsAny(step.flags, "e") {
		return &unsupported{"sed's flag e"}
	}
	step.nth, _ = strconv.Atoi(strings.Trim(step.flags, "gpiIm"))
	var err error
	step.re, err = s.compile(pattern, strings.ContainsAny(step.flags, "iI"))
	return err
}

func (s *sedParser) transliterate(step *sedStep) error {
	by := s.peek()
	from, ok := s.delimited(by)
	s.at--
	to, ok2 := s.delimited(by)
	if !ok || !ok2 {
		return errSed(len(s.text), "unterminated `y' command")
	}
	from, _ = unescape(from, false)
	to, _ = unescape(to, false)
	a, b := []rune(from), []rune(to)
	if len(a) != len(b) {
		return errSed(s.at, "strings for `y' command are different lengths")
	}
	for i := range a {
		step.text += string(a[i]) + string(b[i])
	}
	return nil
}

// appended reads the text of a, i and c: to the end of the line, or more lines each after a backslash.
func (s *sedParser) appended(step *sedStep) error {
	s.skip(" \t")
	if s.peek() == '\\' {
		s.at++
		s.skip(" \t")
		if s.peek() == '\n' {
			s.at++
		}
	}
	var b strings.Builder
	for ; s.at < len(s.text) && s.peek() != '\n'; s.at++ {
		if s.peek() == '\\' && s.at+1 < len(s.text) {
			s.at++
		}
		b.WriteByte(s.text[s.at])
	}
	if b.Len() == 0 {
		return errSed(s.at, "expected \\ after `a', `c' or `i'")
	}
	step.text = b.String() + "\n"
	return nil
}

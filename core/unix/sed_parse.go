package unix

import (
	"fmt"
	"strconv"
	"strings"

	"hsmplay/core/voice"
)

// sedStep is one command of a script.
type sedStep struct {
	from, to sedAddress
	negate   bool
	verb     byte
	text     string     // of a, i, c and y; the replacement of s; the file of r and w; the label of b, t, T and :
	re       expression // of s; nil is the last one that was tried
	flags    string
	nth      int
	status   int    // of q and Q
	jump     int    // where b, t, T and a { that is not chosen go
	file     string // that s writes to
	active   bool   // between its two addresses
	until    int    // the line at which it ends, 0 for an expression
}

// sedAddress is a line number, a step, the last line or an expression; kind 0 is none.
type sedAddress struct {
	kind byte // n ~ $ / +
	n, m int
	re   expression // nil is the last one that was tried
}

// sedParser reads a script.
type sedParser struct {
	text     string
	at       int
	extended bool
	open     []int // the commands { that are not closed yet
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

// steps reads the commands of a script, one behind the other: those in braces too.
func (s *sedParser) steps() ([]*sedStep, error) {
	var list []*sedStep
	for {
		s.skip(" \t\n;")
		switch {
		case s.at >= len(s.text) && len(s.open) > 0:
			return nil, errSed(0, "unmatched `{'")
		case s.at >= len(s.text):
			return list, s.link(list)
		case s.peek() == '#':
			s.upTo("\n")
			continue
		case s.peek() == '}' && len(s.open) == 0:
			return nil, errSed(s.at+1, "unexpected `}'")
		case s.peek() == '}':
			s.at++
			list[s.open[len(s.open)-1]].jump = len(list)
			s.open = s.open[:len(s.open)-1]
			continue
		}
		step, err := s.step()
		if err != nil {
			return nil, err
		}
		if step.verb == '{' {
			s.open = append(s.open, len(list))
		}
		list = append(list, step)
	}
}

// link finds the labels that commands jump to; without one they jump to the end.
func (s *sedParser) link(list []*sedStep) error {
	at := map[string]int{"": len(list)}
	for i, step := range list {
		if step.verb == ':' {
			at[step.text] = i
		}
	}
	for _, step := range list {
		if strings.IndexByte("btT", step.verb) < 0 {
			continue
		}
		target, ok := at[step.text]
		if !ok {
			return &noLabel{step.text}
		}
		step.jump = target
	}
	return nil
}

// noLabel is a jump that leads nowhere; its status is another one.
type noLabel struct{ name string }

// Error says so in sed's words.
func (n *noLabel) Error() string {
	return fmt.Sprintf("can't find label for jump to `%s'", voice.OneLine(n.name))
}

// upTo takes everything before one of these characters.
func (s *sedParser) upTo(ends string) string {
	start := s.at
	for s.at < len(s.text) && strings.IndexByte(ends, s.text[s.at]) < 0 {
		s.at++
	}
	return s.text[start:s.at]
}

func (s *sedParser) step() (*sedStep, error) {
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
	return step, s.rest(step)
}

// rest reads what stands behind a command's letter.
func (s *sedParser) rest(step *sedStep) error {
	switch step.verb {
	case '{':
		return nil
	case 's':
		return s.substitute(step)
	case 'y':
		return s.transliterate(step)
	case 'a', 'i', 'c':
		return s.appended(step)
	case ':', 'b', 't', 'T':
		s.skip(" \t")
		step.text = strings.TrimRight(s.upTo(map[bool]string{true: "\n;", false: "\n;}"}[step.verb == ':']), " \t")
		return nil
	case 'r', 'w':
		s.skip(" \t")
		if step.text = s.upTo("\n"); step.text == "" {
			return errSed(s.at, "missing filename in r/R/w/W commands")
		}
		return nil
	}
	if strings.IndexByte("pPdDqQ=nNgGhHxlz", step.verb) >= 0 {
		s.skip(" \t")
		step.status = s.number()
		s.skip(" \t")
		if s.at < len(s.text) && strings.IndexByte(";\n}#", s.peek()) < 0 {
			return errSed(s.at+1, "extra characters after command")
		}
		return nil
	}
	if strings.IndexByte("RWeFv", step.verb) >= 0 {
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

// delimited reads up to the next delimiter, at which the parser stands, and past it. A delimiter
// behind a backslash loses the backslash.
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

func (s *sedParser) compile(text string, fold bool) (expression, error) {
	if text == "" {
		return nil, nil
	}
	re, err := posix(text, s.extended, fold)
	if err != nil {
		return nil, errSed(s.at, err.Error())
	}
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
	if s.peek() == 'w' {
		s.at++
		s.skip(" \t")
		step.file = s.upTo("\n")
	}
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

// appended reads the text of a, i and c: to the end of the line, or more lines each after a
// backslash.
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

package main

import (
	"bufio"
	"errors"
	"io"
	"strconv"
	"strings"
)

// lineMax is how long a typed line may be, in bytes; the rest of a longer one is dropped.
const lineMax = 4 << 20

// step is one line of a script: what is done in which terminal.
type step struct {
	terminal int
	key      key // what is pressed instead of typing, 0 for a line
	line     string
}

// key is a key that ends something.
type key byte

const (
	ctrlC key = 'C'
	ctrlD key = 'D'
)

// keys are how a script writes them.
var keys = map[string]key{"@^C": ctrlC, "@^D": ctrlD}

// script reads the lines to type.
type script struct {
	in    *bufio.Reader
	ahead *step // the next one, when it was looked at
}

func newScript(in io.Reader) *script { return &script{in: bufio.NewReaderSize(in, 64<<10)} }

// stops reports whether the next step, if it has arrived, is Ctrl-C in a terminal.
func (s *script) stops(terminal int) bool {
	if s.ahead == nil && !s.idle() {
		if next, err := s.next(); err == nil {
			s.ahead = &next
		}
	}
	return s.ahead != nil && s.ahead.key == ctrlC && s.ahead.terminal == terminal
}

// next returns the next step, or io.EOF.
func (s *script) next() (step, error) {
	if s.ahead != nil {
		next := *s.ahead
		s.ahead = nil
		return next, nil
	}
	line, err := s.line()
	if err != nil {
		return step{}, err
	}
	return parseStep(line), nil
}

// idle reports whether nothing more has arrived yet.
func (s *script) idle() bool { return s.in.Buffered() == 0 }

// line reads up to a line's end, which may be that of Windows.
func (s *script) line() (string, error) {
	var line []byte
	for {
		piece, err := s.in.ReadSlice('\n')
		if room := lineMax - len(line); len(piece) > room {
			piece = piece[:room]
		}
		line = append(line, piece...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case err != nil && len(line) == 0:
			return "", err
		case err != nil && !errors.Is(err, io.EOF):
			return "", err
		default:
			return strings.TrimSuffix(strings.TrimSuffix(string(line), "\n"), "\r"), nil
		}
	}
}

// parseStep reads `@2 LINE`, `@^C`, `@2 @^C`; anything else is a line for terminal 1.
func parseStep(line string) step {
	s := step{terminal: 1, line: line}
	if number, rest, ok := strings.Cut(line, " "); ok && strings.HasPrefix(number, "@") {
		if n, err := strconv.ParseUint(number[1:], 10, 16); err == nil && n > 0 {
			s.terminal, s.line = int(n), rest
		}
	}
	if k := keys[s.line]; k != 0 {
		s.key, s.line = k, ""
	}
	return s
}

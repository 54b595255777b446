package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"hsmplay/core/sim"
)

// screen prints what terminals show: the tools' text to one stream, the playground's notes to
// another.
type screen struct {
	out        *bufio.Writer
	notes      io.Writer
	transcript bool // prompts and typed lines too

	front  int          // whose text was printed last
	broken bool         // the last line printed has no end yet
	asked  map[int]bool // terminals whose question stands there
}

func newScreen(out, notes io.Writer, transcript bool) *screen {
	return &screen{out: bufio.NewWriterSize(out, 64<<10), notes: notes, transcript: transcript, asked: map[int]bool{}}
}

// show prints a turn.
func (s *screen) show(t sim.Turn) {
	s.typed(t)
	if t.Text != "" {
		s.print(t.Terminal, t.Text)
	}
	for _, n := range t.Notes {
		if !wanted(os.Getenv("HSMPLAY_HINTS"), true) {
			break
		}
		s.flush()
		fmt.Fprintf(s.notes, "hint: %s\n", plain(n))
	}
	switch t.State {
	case sim.Asks:
		s.print(t.Terminal, t.Prompt)
		s.asked[t.Terminal] = true
		s.flush()
	case sim.Waits, sim.Runs:
		s.flush()
	}
}

// typed prints a typed line behind its prompt. The question of an answer stands there already and
// wants a line's end; a hidden answer is "".
func (s *screen) typed(t sim.Turn) {
	if t.Line == nil {
		return
	}
	line := ""
	switch answer := s.asked[t.Terminal]; {
	case answer && s.transcript:
		line = *t.Line
	case answer:
	case !s.transcript:
		return
	case t.Terminal == 1:
		line = t.At + *t.Line
	default:
		line = fmt.Sprintf("%s@%d %s", t.At, t.Terminal, *t.Line)
	}
	delete(s.asked, t.Terminal)
	if *t.Line != "" || !strings.HasPrefix(t.Text, "^C") {
		line += "\n"
	}
	s.print(t.Terminal, line)
}

// print writes text of a terminal, on a line of its own where another terminal has left one open.
func (s *screen) print(terminal int, text string) {
	if s.broken && s.front != terminal {
		s.out.WriteByte('\n')
	}
	s.front = terminal
	if text == "" {
		return
	}
	s.out.WriteString(text)
	s.broken = text[len(text)-1] != '\n'
}

func (s *screen) flush() { s.out.Flush() }

// plain renders a note; words to type stand in back quotes.
func plain(n sim.Note) string {
	var b strings.Builder
	for _, p := range n.Parts {
		if p.Code {
			b.WriteString("`" + p.Text + "`")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

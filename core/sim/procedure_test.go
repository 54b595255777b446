package sim

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/internal/transcript"
	"hsmplay/core/shell"
)

// The procedures are sessions of the whole machine, from a symptom to its repair, or an attack and
// what stops it. A line goes to the terminal that shows its prompt; where none shows $, another
// terminal is opened.
func TestProcedures(t *testing.T) {
	transcript.Run(t, "testdata/procedures/*.txt", func(t *testing.T) transcript.Session { return newSeat(t) })
}

// noon is the wall clock of the procedures: 2025-11-24 12:00 UTC.
const noon = 1763985600000

// seat is a world and its terminals, played by transcripts.
type seat struct {
	t      *testing.T
	world  *World
	turns  []Turn                          // as the terminals were left, the one that was used last in front
	before func(terminal int, line string) // hears of each line before it is typed; nil for nobody
}

func newSeat(t *testing.T) *seat {
	w := New(Options{Seed: 1, Wall: noon})
	return &seat{t: t, world: w, turns: []Turn{w.Open("", 80)}}
}

// Prompt is that of the terminal that was used last.
func (s *seat) Prompt() string { return s.turns[0].Prompt }

// Prompts are those of all terminals.
func (s *seat) Prompts() []string {
	var all []string
	for _, turn := range s.turns {
		all = append(all, turn.Prompt)
	}
	return all
}

// Type hands a line to the terminal that shows the prompt.
func (s *seat) Type(prompt, line string) string {
	at := s.at(prompt)
	if s.before != nil {
		s.before(at, line)
	}
	turn := s.world.Type(at, line)
	text := printed(turn)
	for turn.State == shell.Waits || turn.State == shell.Runs {
		require.True(s.t, s.world.Jump(turn.Terminal), "%s waits for ever", line)
		turn = s.world.Terminals()[turn.Terminal-1].Now()
		text += printed(turn)
	}
	s.turns = slices.DeleteFunc(s.turns, func(other Turn) bool { return other.Terminal == turn.Terminal })
	s.turns = slices.Insert(s.turns, 0, turn)
	return text
}

// at returns the terminal that shows a prompt, a new one if there is none.
func (s *seat) at(prompt string) int {
	for _, turn := range s.turns {
		if turn.Prompt == prompt {
			return turn.Terminal
		}
	}
	return s.world.Open("", 80).Terminal
}

// printed is what a turn shows, notes behind ~.
func printed(turn Turn) string {
	text := turn.Text
	for _, n := range turn.Notes {
		text += "~ "
		for _, part := range n.Parts {
			text += part.Text
		}
		text += "\n"
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text
}

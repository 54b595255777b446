package sim_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/internal/transcript"
	"hsmplay/core/shell"
	"hsmplay/core/sim"
)

// The procedures are sessions of the whole machine, from a symptom to its repair: testdata/procedures. What is typed behind
// $ while a tool runs, is typed in a second terminal.
func TestProcedures(t *testing.T) {
	transcript.Run(t, "testdata/procedures/*.txt", func(t *testing.T) transcript.Session { return newSeat(t) })
}

// noon is the wall clock of the procedures: 2025-11-24 12:00 UTC.
const noon = 1763985600000

// seat is a world with two terminals, played by transcripts.
type seat struct {
	t             *testing.T
	world         *sim.World
	front, second sim.Turn // as they were left
}

func newSeat(t *testing.T) *seat {
	w := sim.New(sim.Options{Seed: 1, Wall: noon})
	return &seat{t, w, w.Open("", 80), w.Open("", 80)}
}

// Prompt is the first terminal's.
func (s *seat) Prompt() string { return s.front.Prompt }

// Type hands a line to the terminal whose prompt it is behind.
func (s *seat) Type(prompt, line string) string {
	turn := &s.front
	if prompt != s.front.Prompt {
		turn = &s.second
	}
	*turn = s.world.Type(turn.Terminal, line)
	text := printed(*turn)
	for turn.State == shell.Waits || turn.State == shell.Runs {
		require.True(s.t, s.world.Jump(turn.Terminal), "%s waits for ever", line)
		*turn = s.world.Terminals()[turn.Terminal-1].Now()
		text += printed(*turn)
	}
	return text
}

// printed is what a turn shows, notes behind ~.
func printed(turn sim.Turn) string {
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

package lesson_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/lesson"
	"hsmplay/core/sim"
)

// Wrong tries of a step, one after the other: each is answered once it is made, and again when it
// is made again, whatever an earlier one has left behind; no other line is answered as one of them.
func TestEachWrongTryIsAnsweredWhenItIsMade(t *testing.T) {
	text := strings.Replace(course, "key label!=mine label=$label new=yes\n```",
		"key label!=mine label=$label new=yes\n```\n```wrong too-short\ngenSymKey -t 31 -s 5 -l mine\n---\nToo short.\n---\nran genSymKey line~\"-s 5\"\n```\n"+
			"```wrong looked-up\nlistUsers\n---\nOnly looked up.\n```", 1)
	l, err := lesson.Read("two.md", text)
	require.NoError(t, err)
	p := lesson.Play(l, sim.New(sim.Options{}), 1000)
	for _, c := range []struct{ line, id string }{
		{"genSymKey -t 31 -s 5 -l mine", "too-short"},
		{"genSymKey -t 31 -s 32 -l other", "another"},
		{"findKey", ""},
		{"genSymKey -t 31 -s 5 -l mine", "too-short"},
		{"genSymKey -t 31", ""}, // refused for something else
		{"hsm status", ""},
	} {
		s, id := types(p, c.line, 5000), ""
		if s.Wrong != nil {
			id = s.Wrong.ID
		}
		require.Equal(t, c.id, id, c.line)
	}
	require.Equal(t, []string{"too-short", "another", "too-short"}, p.Record().Steps[0].Wrong)

	p = lesson.Play(l, sim.New(sim.Options{}), 1000)
	require.Equal(t, "looked-up", types(p, "listUsers", 2000).Wrong.ID, "what came of its lines has come")
	require.Equal(t, "looked-up", types(p, "listUsers", 2000).Wrong.ID)
}

// A tab that is opened is no try: nothing was typed yet.
func TestATabThatIsOpenedIsNoTry(t *testing.T) {
	p := play(t)
	second := p.World().Open("", 80).Terminal
	p.Observe(second, 2000)
	s := p.State()
	require.Equal(t, []any{true, 0, 0}, []any{s.Held, len(s.Missing), p.Record().Steps[0].Tries})
	p.World().Type(second, "echo hello")
	p.Observe(second, 3000)
	s = p.State()
	require.Equal(t, []any{false, 1, 1}, []any{s.Held, len(s.Missing), p.Record().Steps[0].Tries})
}

// What would work stands in the notes of tools from the second try on, or after a hint.
func TestNotesGiveNoLineBeforeTheSecondTry(t *testing.T) {
	said := func(p *lesson.Player, line string) string {
		var b strings.Builder
		for _, n := range p.World().Type(p.Front(), line).Notes {
			for _, part := range n.Parts {
				b.WriteString(part.Text)
			}
		}
		p.Observe(p.Front(), 5000)
		return b.String()
	}
	const slip, why, repair = "genSymKey -t 31 -l mine", "genSymKey needs -s as well.", " A line that would work: genSymKey -t 31 -s 32 -l mine."
	p := play(t)
	require.False(t, p.State().Repairs)
	require.Equal(t, why, said(p, slip))
	require.True(t, p.State().Repairs)
	require.Equal(t, why+repair, said(p, slip))

	p = play(t)
	require.True(t, p.Hint())
	require.Equal(t, why+repair, said(p, slip))

	types(p, "genSymKey -t 31 -s 32 -l mine", 5000)
	require.True(t, p.Next())
	require.NotContains(t, said(p, "logoutHSM now"), "A line that")
	require.NoError(t, p.Back(1))
	p.End()
	require.Contains(t, said(p, slip), repair)
}

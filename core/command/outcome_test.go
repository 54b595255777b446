package command

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/voice"
)

// second says what it was given, behind it.
func second(first Outcome) Outcome {
	return Outcome{Text: "second\n", Notes: []voice.Note{voice.Say("b")}, Err: first.Err}
}

func TestThenAddsToWhatCameFirst(t *testing.T) {
	failed := errors.New("failed")
	out := Outcome{Text: "first\n", Notes: []voice.Note{voice.Say("a")}, Err: failed}.Then(second)
	require.Equal(t, "first\nsecond\n", out.Text)
	require.Equal(t, []voice.Note{voice.Say("a"), voice.Say("b")}, out.Notes)
	require.Equal(t, failed, out.Err)
}

func TestThenComesAfterAnAnswer(t *testing.T) {
	out := Outcome{Text: "asks\n", Ask: &Question{"Enter password: ", true, func(a string) Outcome {
		return Outcome{Text: "got " + a + "\n"}
	}}}.Then(second)
	require.Equal(t, "asks\n", out.Text)
	require.Equal(t, "Enter password: ", out.Ask.Prompt)
	require.True(t, out.Ask.Hidden)
	require.Equal(t, "got x\nsecond\n", out.Ask.Then("x").Text)
}

func TestThenComesAfterAWait(t *testing.T) {
	done := false
	out := Outcome{Wait: &Wait{
		Poll: func() (Outcome, bool) { return Outcome{Text: "made\n"}, done },
		End:  func(Ending) Outcome { return Outcome{Text: "given up\n"} },
	}}.Then(second)
	_, ok := out.Wait.Poll()
	require.False(t, ok)
	done = true
	last, ok := out.Wait.Poll()
	require.True(t, ok)
	require.Equal(t, "made\nsecond\n", last.Text)
	require.Equal(t, "given up\nsecond\n", out.Wait.End(Interrupted).Text)
}

func TestThenIsDroppedByAnExit(t *testing.T) {
	require.Equal(t, Outcome{Text: "bye\n", Exit: true}, Outcome{Text: "bye\n", Exit: true}.Then(second))
}

package command

import (
	"context"

	"hsmplay/core/voice"
)

// Outcome is what a command returns. Tools return; they do not print, ask or wait: the caller does.
type Outcome struct {
	Text   string       // the tool's own wording, byte-exact, with its line ends
	Errors string       // the same for standard error, behind Text
	Notes  []voice.Note // the playground's voice, shown apart, never mixed into Text
	Err    error        // carries a retcode.Code where the HSM answered with one
	Status int          // the exit status of a program that was started for this command alone
	Ask    *Question    // the next input line is the answer
	Wait   *Wait        // still running: in simulated time, or on work of the host
	Exit   bool         // the tool ends after this
}

// Question makes the next input line an answer. It is never saved: a restored tool is back at its
// prompt.
type Question struct {
	Prompt string // printed as it is; the cursor stays behind it
	Hidden bool   // the answer is not echoed and is kept nowhere
	Then   func(answer string) Outcome
}

// Wait is a command that has not ended. Every change of the world, and every due event of the
// clock, is followed by Poll until it answers true.
type Wait struct {
	Progress func() Progress          // for the dock: what is waited for, now
	Poll     func() (Outcome, bool)   // the outcome, once there is one
	End      func(why Ending) Outcome // gives up: cleans up what is half made and says so

	// Due is when time alone next changes something about this wait, in simulated milliseconds; 0
	// is never. Nil stands for Progress().Until.
	Due func() int64

	// Work, if set, is long work of the host such as making an RSA key. The caller runs it once
	// without the world's lock, then polls. It must end soon after its context is cancelled and
	// must not touch the world.
	Work func(ctx context.Context)
}

// Progress is what the dock shows of a wait. Times are simulated milliseconds; Until is 0 for a
// wait without end.
type Progress struct {
	About voice.Note `json:"about"`
	Have  int        `json:"have"`
	Of    int        `json:"of"`
	Since int64      `json:"since"`
	Until int64      `json:"until"`
}

// Ending says why a wait is given up.
type Ending int

const (
	// Interrupted by Ctrl-C.
	Interrupted Ending = iota
	// Hopeless: nothing that is due can end the wait, and nobody is there to change the world.
	Hopeless
)

// Then runs next after o: its text and notes come first, and where o asks or waits, next follows on
// the final outcome. An Exit of o drops next.
func (o Outcome) Then(next func(Outcome) Outcome) Outcome {
	switch {
	case o.Ask != nil:
		ask := *o.Ask
		o.Ask = &Question{ask.Prompt, ask.Hidden, func(a string) Outcome { return ask.Then(a).Then(next) }}
		return o
	case o.Wait != nil:
		w := *o.Wait
		o.Wait = &Wait{Progress: w.Progress, Work: w.Work, Due: w.Due,
			Poll: func() (Outcome, bool) {
				out, done := w.Poll()
				if !done {
					return out, false
				}
				return out.Then(next), true
			},
			End: func(why Ending) Outcome { return w.End(why).Then(next) },
		}
		return o
	case o.Exit:
		return o
	}
	after := next(o)
	after.Text = o.Text + after.Text
	after.Errors = o.Errors + after.Errors
	after.Notes = append(o.Notes[:len(o.Notes):len(o.Notes)], after.Notes...)
	return after
}

package kmu

import (
	"context"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/voice"
)

// slow does work of the host without the world's lock, and then goes on with the command. The work
// must not touch the world. Given up before it is over, the command ends with nothing done and
// nothing printed but a blank line.
func (t *Tool) slow(work func(), then func() command.Outcome) command.Outcome {
	done := false
	return command.Outcome{Wait: &command.Wait{
		Work: func(ctx context.Context) {
			work()
			done = ctx.Err() == nil
		},
		Poll: func() (command.Outcome, bool) {
			if !done {
				return command.Outcome{}, false
			}
			return then(), true
		},
		End: func(command.Ending) command.Outcome {
			return command.Outcome{Text: "\n", Err: context.Canceled, Notes: []voice.Note{voice.Say(voice.Dropped)}}
		},
	}}
}

// carryOut carries out an operation on keys and goes on: apart from the world where it is slow,
// else at once. A command that fails spends no approvals (spec/cmu.md 4.4).
func carryOut[T any](t *Tool, call *cluster.Call[T], then func(T, error) command.Outcome) command.Outcome {
	finish := func() command.Outcome {
		putBack := t.client.KeepTokens()
		out := then(call.Finish())
		if out.Err != nil { // such as a file that cannot be written: the key was of no use
			putBack()
		}
		return out
	}
	if call.Slow() {
		return t.slow(call.Work, finish)
	}
	call.Work()
	return finish()
}

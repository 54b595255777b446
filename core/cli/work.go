package cli

import (
	"context"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/voice"
)

// carryOut carries out an operation on keys under the approvals of token files, and goes on: apart
// from the world where it is slow, else at once. One that fails has cost no approval.
func carryOut[T any](t *Tool, l *link, files []cluster.TokenFile, begin func() *cluster.Call[T], then func(T, error) command.Outcome) command.Outcome {
	if err := l.client.Present(files...); err != nil {
		return refused(err)
	}
	call := begin()
	finish := func() command.Outcome {
		putBack := l.client.KeepTokens()
		out := then(call.Finish())
		if out.Err != nil {
			putBack()
		}
		l.client.Withdraw()
		return out
	}
	if !call.Slow() {
		call.Work()
		return finish()
	}
	over := false
	return command.Outcome{Wait: &command.Wait{
		Work: func(ctx context.Context) {
			call.Work()
			over = ctx.Err() == nil
		},
		Poll: func() (command.Outcome, bool) {
			if !over {
				return command.Outcome{}, false
			}
			return finish(), true
		},
		End: func(command.Ending) command.Outcome {
			l.client.Withdraw()
			return command.Outcome{Err: context.Canceled, Status: 1, Notes: []voice.Note{voice.Say(voice.Dropped)}}
		},
	}}
}

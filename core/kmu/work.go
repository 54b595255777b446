package kmu

import (
	"context"

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

package cmu

import (
	"fmt"

	"hsmplay/core/command"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

var enableE2E = row{Spec: command.Spec[*Tool]{Name: "enable_e2e", Means: "opens the encrypted channels to the HSMs, which the start did already",
	Run: func(t *Tool, _ command.Args) command.Outcome { return t.encrypt(t.targets()) }},
	synopsis: "enable_e2e", in: globalMode | serverMode, plain: true}

// encrypt opens the encrypted channels to the HSMs (spec/cmu.md 1.2, 1.7).
func (t *Tool) encrypt(servers []*server) command.Outcome {
	var out command.Outcome
	for _, s := range servers {
		anchor, err := t.host.ReadFile(s.E2E.Anchor)
		switch {
		case err != nil:
			out.Text += s.E2E.Anchor + ",\npartition owner certificate not exist at given path\n"
		case !s.link.Trusts(anchor):
			out.Text += "Certificate ERROR: [ certificate signature failure ]\n"
		default:
			s.encrypted = true
			out.Text += "E2E enabled on " + s.label() + "\n"
			continue
		}
		s.encrypted = false
		out.Text += fmt.Sprintf("Server %d(%s) is in unencrypted mode now...\n", s.number, s.Name) + unencryptedText
		out.Err = retcode.Local
		out.Notes = []voice.Note{t.anchorNote(s)}
	}
	return out
}

const unencryptedText = `running in limited commands mode
Error: partition owner certificate doesn't exist at given path.
Failed to create client ssl ctx
E2E Session failed: E2E setup failed
Enabling E2E failed
`

// guarded returns a handler that refuses a command as long as a channel is not encrypted
// (spec/cmu.md 1.7; which commands and the wording are provisional).
func guarded(run func(*Tool, command.Args) command.Outcome) func(*Tool, command.Args) command.Outcome {
	return func(t *Tool, args command.Args) command.Outcome {
		for _, s := range t.targets() {
			if !s.encrypted {
				return command.Outcome{Text: "Command not allowed in unencrypted mode\n", Err: retcode.Local,
					Notes: []voice.Note{t.anchorNote(s)}}
			}
		}
		return run(t, args)
	}
}

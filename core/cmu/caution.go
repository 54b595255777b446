package cmu

import (
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/voice"
)

// caution is byte-exact, with blanks at the ends of three lines (spec/cmu.md 1.4).
const caution = "*************************CAUTION********************************\n" +
	"This is a CRITICAL operation, should be done on all nodes in the\n" +
	"cluster. AWS does NOT synchronize these changes automatically with the \n" +
	"nodes on which this operation is not executed or failed, please \n" +
	"ensure this operation is executed on all nodes in the cluster.  \n" +
	"****************************************************************\n" +
	"\n"

const cautionPrompt = "Do you want to continue(y/n)?"

// cautiously runs something after the CAUTION block and a y; n does nothing and prints nothing
// (spec/cmu.md 1.4).
func cautiously(then func() command.Outcome) command.Outcome {
	ask := &command.Question{Prompt: cautionPrompt}
	ask.Then = func(answer string) command.Outcome {
		switch strings.ToLower(trimmed(answer)) {
		case "y":
			return then()
		case "n":
			return command.Outcome{}
		}
		return command.Outcome{Text: "Invalid option, please type 'y' or 'n'\n\n", Ask: ask}
	}
	return command.Outcome{Text: caution, Ask: ask}
}

// What is asked for passwords that are not on the line, one prompt after the other
// (spec/cmu.md 1.9).
var (
	askedOnce    = []string{"Enter password:"}
	askedNew     = []string{"Enter password:", "Re-enter password:"}
	askedChanged = []string{"Enter new password:", "Re-enter new password:"}
)

// secretly gives a password to something: the one on the line, or one that the prompts ask for
// without showing it. All of them must be answered alike. Asked is whether a question was put. With
// -hpswd a password on the line is not read: the vendor's syntax shows one there, and users type it
// (spec/cmu.md 1.9).
func secretly(args command.Args, prompts []string, then func(password string, asked bool) command.Outcome) command.Outcome {
	if !args.Has("-hpswd") {
		return then(args.Text("password"), false)
	}
	first := &command.Question{Prompt: prompts[0], Hidden: true}
	first.Then = func(password string) command.Outcome {
		if len(prompts) == 1 {
			return then(password, true)
		}
		return command.Outcome{Ask: &command.Question{Prompt: prompts[1], Hidden: true,
			Then: func(again string) command.Outcome {
				if again != password {
					return local("Passwords do not match", voice.Say(voice.CMUMismatch))
				}
				return then(password, true)
			}}}
	}
	out := command.Outcome{Ask: first}
	if args.Has("password") {
		out.Notes = []voice.Note{voice.Say(voice.CMUWordNotRead)}
	}
	return out
}

// trimmed is an answer without the blanks around it.
func trimmed(answer string) string { return strings.TrimSpace(answer) }

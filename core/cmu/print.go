package cmu

import (
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

// style is how the tool reads a line and answers one that it cannot carry out (spec/cmu.md 1.3).
var style = command.Style{Prefixes: true, Usage: usage, Refuse: refuse}

// usage is the synopsis of a command.
func usage(s command.Shape) string { return "Usage: " + synopsisOf(s.Name) + "\n" }

// Values that are refused in words of their own, whether they are no number or none of those that
// there are (spec/cmu.md 1.6, 3.10, 3.13, 3.15, 3.23, provisional).
const (
	badServer      = "Invalid server number"
	badService     = "Invalid service"
	badMValue      = "Invalid M value"
	badCertificate = "getCert failed: Invalid certificate type"
)

// bad are these words, by the parameter.
var bad = map[string]string{
	"server-number": badServer, "server id": badServer, "service": badService, "m value": badMValue, "certificate-type": badCertificate,
	"server ID": "syncUser failed: " + badServer, "destination hsm": "syncKey failed: " + badServer,
}

// refuse is what the tool says to what it cannot read (spec/cmu.md 1.3, provisional).
func refuse(f command.Fault, s command.Shape) command.Refusal {
	switch own := bad[f.Param.Value]; {
	case s.Name == "":
		return command.Refusal{Text: "Unknown command: " + f.Word + ". Type 'help' for the list of commands\n"}
	case own != "" && f.OfValue():
		return command.Refusal{Text: own + "\n"}
	}
	return command.Refusal{Text: invalid(f) + usage(s)}
}

// invalid says what is wrong with the words of a command. The value of a secret is not repeated.
func invalid(f command.Fault) string {
	switch f.Kind {
	case command.NotANumber, command.OutOfRange, command.NotAChoice, command.NotAList, command.TooLong:
		if f.Param.Kind != command.Secret {
			return "Invalid argument: " + f.Word + "\n"
		}
	}
	return "Invalid number of arguments\n"
}

// reason is how the tool words a refusal of an HSM: the string of the code, never the number
// (spec/cmu.md 8).
func reason(err error) string { return retcode.Of(err).Text() }

// local is a refusal that no HSM is asked for: provisional wording, and a note.
func local(text string, note voice.Note) command.Outcome {
	return command.Outcome{Text: text + "\n", Err: retcode.Local, Notes: []voice.Note{note}}
}

// before is a refusal of the tool's own of what the HSMs would refuse.
func before(err error, text string, note voice.Note) command.Outcome {
	out := local(text, note)
	out.Err = retcode.Before(err)
	return out
}

// typeShown is the type of a user as this tool prints it: the first officer is CO here
// (spec/README.md 2).
func typeShown(u *hsm.User) string { return string(u.Type) }

// typeGiven is the type that a word on the command line names: PCO is the first officer, whose type
// is CO.
func typeGiven(word string) hsm.UserType {
	switch word {
	case "PCO":
		return hsm.CO
	case "preCO":
		return hsm.PRECO
	}
	return hsm.UserType(word)
}

func yes(b bool) string {
	if b {
		return "YES"
	}
	return "NO"
}

// read reads a file, or says that it cannot (spec/cmu.md 2.8, provisional).
func (t *Tool) read(name string) ([]byte, *command.Outcome) {
	data, err := t.host.ReadFile(name)
	if err != nil {
		return nil, fileFault(name, err)
	}
	return data, nil
}

// write replaces a file whole, or says that it cannot.
func (t *Tool) write(name string, data []byte) *command.Outcome {
	if err := t.host.WriteFile(name, data); err != nil {
		return fileFault(name, err)
	}
	return nil
}

func fileFault(name string, err error) *command.Outcome {
	out := local("Failed to open file: "+name, voice.Say(voice.CMUFileFault, "file", name, "why", command.FileReason(err)))
	return &out
}

package kmu

import (
	"hsmplay/core/command"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

// read reads a file, or says that it cannot, without asking an HSM (spec/kmu.md 2.2, provisional).
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
	out := (&answer{}).add(indent + "Error: Failed to open file " + name).outcome()
	out.Err = retcode.Local
	out.Notes = []voice.Note{voice.Say(voice.FileFault, "file", name, "why", command.FileReason(err))}
	return &out
}

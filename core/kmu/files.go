package kmu

import (
	"hsmplay/core/command"
	"hsmplay/core/voice"
)

// read reads a file, or says that it cannot, without asking an HSM (spec/kmu.md 2.2, provisional).
func (t *Tool) read(name string) ([]byte, *command.Outcome) {
	data, err := t.host.ReadFile(name)
	if err != nil {
		return nil, t.unopened(name, err)
	}
	return data, nil
}

// write replaces a file whole, or says that it cannot.
func (t *Tool) write(name string, data []byte) *command.Outcome {
	if err := t.host.WriteFile(name, data); err != nil {
		return t.unopened(name, err)
	}
	return nil
}

func (t *Tool) unopened(name string, err error) *command.Outcome {
	return t.declined(command.Args{}, voice.FileFault, "file", name, "why", command.FileReason(err))
}

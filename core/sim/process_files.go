package sim

import (
	"path"

	"hsmplay/core/command"
)

// unattached is the instance as a process sees it that no host has taken yet.
func (w *World) unattached() Host { return Host{Files: instanceFiles{w}, Env: command.NoEnv} }

// instanceFiles are the instance's files for a process. They are used under the world's lock.
type instanceFiles struct{ w *World }

// ReadFile returns the content of a file; a relative name is in the home directory.
func (f instanceFiles) ReadFile(name string) ([]byte, error) {
	return f.w.machine.FS().Read(absolute(name))
}

// WriteFile stores a file whole.
func (f instanceFiles) WriteFile(name string, data []byte) error {
	return f.w.put(name, data)
}

// Names lists what begins with an absolute prefix.
func (f instanceFiles) Names(prefix string) []string {
	list, err := f.w.machine.FS().List(path.Dir(absolute(prefix)))
	if err != nil || !path.IsAbs(prefix) {
		return nil
	}
	var names []string
	for _, row := range list {
		if name := row.Path; isRow(name, prefix) {
			if row.IsDir() {
				name += "/"
			}
			names = append(names, name)
		}
	}
	return names
}

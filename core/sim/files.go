package sim

import (
	"fmt"
	"path"

	"hsmplay/core/shell"
)

// Files returns what is in the home directory of the instance, by path.
func (w *World) Files(since int64) (s Section[FileRow]) {
	w.machine.Do(func() { s = w.views.files.section(w.fileRows(shell.Home), since) })
	return s
}

// fileRows walks a directory.
func (w *World) fileRows(dir string) []FileRow {
	list, err := w.machine.FS().List(dir)
	if err != nil {
		return nil
	}
	var rows []FileRow
	for _, f := range list {
		rows = append(rows, FileRow{ID: "file-" + f.Path, Path: f.Path, Size: f.Size(), Directory: f.IsDir()})
		if f.IsDir() {
			rows = append(rows, w.fileRows(f.Path)...)
		}
	}
	return rows
}

// Read returns the content of a file of the instance; a relative name is in the home directory.
func (w *World) Read(name string) (data []byte, err error) {
	w.machine.Do(func() { data, err = w.machine.FS().Read(absolute(name)) })
	return data, err
}

// Write stores a file on the instance, as an upload does; a relative name is in the home directory.
func (w *World) Write(name string, data []byte) (err error) {
	w.machine.Do(func() {
		err = w.machine.FS().Put(&shell.File{Path: absolute(name), Mode: 0o644, Time: w.cluster.Now, Data: data})
	})
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func absolute(name string) string {
	if !path.IsAbs(name) {
		name = shell.Home + "/" + name
	}
	return path.Clean(name)
}

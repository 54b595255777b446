package sim

import (
	"fmt"
	"path"

	"hsmplay/core/shell"
	"hsmplay/core/view"
)

// FilesView is the section of the files, with what still fits.
type FilesView struct {
	view.Section[view.FileRow]
	Room shell.Room `json:"room"`
}

// Files returns what is in the home directory of the instance and in /tmp, by path.
func (w *World) Files(since int64) (v FilesView) {
	w.machine.Do(func() { v = FilesView{view.Files(w.machine.FS(), w.cluster.Wall, since), w.memory.Room()} })
	return v
}

// Read returns the content of a file of the instance; a relative name is in the home directory.
func (w *World) Read(name string) (data []byte, err error) {
	w.machine.Do(func() { data, err = w.machine.FS().Read(absolute(name)) })
	return data, err
}

// Write stores a file on the instance, as an upload does; a relative name is in the home directory.
// A file that is there is replaced and keeps its mode. Errors wrap a shell.Errno.
func (w *World) Write(name string, data []byte) (err error) {
	w.machine.Do(func() {
		err = w.put(name, data)
		w.ran.settle(w)
	})
	return err
}

// put stores a file under the world's lock.
func (w *World) put(name string, data []byte) error {
	at, err := shell.FileName(shell.Home, name)
	if err == nil {
		row := shell.File{Path: at, Mode: 0o644, Time: w.cluster.Now, Data: data}
		if old, err := w.machine.FS().Stat(at); err == nil && !old.IsDir() {
			row.Mode, row.Root = old.Mode, old.Root
		}
		err = w.machine.FS().Put(&row)
	}
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

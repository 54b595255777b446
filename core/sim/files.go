package sim

import (
	"fmt"
	"path"
	"unicode"
	"unicode/utf8"

	"hsmplay/core/shell"
)

// FileRow is a file or directory of the instance.
type FileRow struct {
	ID        string `json:"id"`
	Path      string `json:"path"`
	Size      int64  `json:"size"`
	Directory bool   `json:"directory"`
	Changed   int64  `json:"changed"` // milliseconds since 1970, by the instance's clock
	Text      bool   `json:"text"`    // begins like text
}

// FilesView is the section of the files, with what still fits.
type FilesView struct {
	Section[FileRow]
	Room shell.Room `json:"room"`
}

// textHead is how many bytes of a file are looked at for FileRow.Text.
const textHead = 512

// written are the directories that users write to.
var written = []string{shell.Home, "/tmp"}

// Files returns what is in the home directory of the instance and in /tmp, by path.
func (w *World) Files(since int64) (v FilesView) {
	w.machine.Do(func() {
		var rows []FileRow
		for _, dir := range written {
			rows = append(rows, w.fileRows(dir)...)
		}
		v = FilesView{w.views.files.section(rows, since), w.memory.Room()}
	})
	return v
}

// fileRows walks a directory.
func (w *World) fileRows(dir string) []FileRow {
	list, err := w.machine.FS().List(dir)
	if err != nil {
		return nil
	}
	var rows []FileRow
	for _, f := range list {
		rows = append(rows, FileRow{ID: "file-" + f.Path, Path: f.Path, Size: f.Size(), Directory: f.IsDir(),
			Changed: w.cluster.Wall + f.Time, Text: isText(f.Data[:min(len(f.Data), textHead)])})
		if f.IsDir() {
			rows = append(rows, w.fileRows(f.Path)...)
		}
	}
	return rows
}

// isText reports whether bytes are, or begin, text in UTF-8: nothing but a terminal's usual control characters in it.
func isText(data []byte) bool {
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			return !utf8.FullRune(data) // cut off in the middle
		}
		if unicode.IsControl(r) && (r < '\a' || r > '\r') && r != '\x1b' {
			return false
		}
		data = data[size:]
	}
	return true
}

// Read returns the content of a file of the instance; a relative name is in the home directory.
func (w *World) Read(name string) (data []byte, err error) {
	w.machine.Do(func() { data, err = w.machine.FS().Read(absolute(name)) })
	return data, err
}

// Write stores a file on the instance, as an upload does; a relative name is in the home directory. A file that is there is
// replaced and keeps its mode. Errors wrap a shell.Errno.
func (w *World) Write(name string, data []byte) (err error) {
	w.machine.Do(func() { err = w.put(name, data) })
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

package view

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hsmplay/core/shell"
)

// FileRow is a file or directory of the instance.
type FileRow struct {
	ID        string `json:"id"`
	Path      string `json:"path"`
	Size      int64  `json:"size"` // bytes
	Directory bool   `json:"directory"`
	Changed   int64  `json:"changed"` // milliseconds since 1970, by the instance's clock
	Text      bool   `json:"text"`    // begins like text
	Mode      uint32 `json:"-"`       // 0o644
	Root      bool   `json:"-"`       // owned by root
}

func (r FileRow) mark(m *mark) {
	m.text(r.ID)
	m.text(r.Path)
	m.number(r.Size)
	m.flag(r.Directory)
	m.number(r.Changed)
	m.flag(r.Text)
	m.number(int64(r.Mode))
	m.flag(r.Root)
}

// textHead is how many bytes of a file are looked at for FileRow.Text.
const textHead = 512

// written are the directories that users write to.
var written = []string{path.Dir(shell.Home), "/tmp"}

// AnyonesFile reports whether a file, named by its whole path, is where users write to.
func AnyonesFile(name string) bool {
	return slices.ContainsFunc(written, func(dir string) bool { return strings.HasPrefix(name, dir+"/") })
}

// Files returns what is in the home directory of the instance, beside it and in /tmp, by path. wall is the
// wall clock at simulated time 0, milliseconds since 1970.
func Files(fsys shell.FS, wall, since int64) Section[FileRow] {
	var rows []FileRow
	for _, dir := range written {
		rows = append(rows, Below(fsys, dir, wall)...)
	}
	rows = slices.DeleteFunc(rows, func(r FileRow) bool { return r.Path == shell.Home })
	return section(rows, len(rows), since)
}

// Below returns what is in a directory, in whatever depth.
func Below(fsys shell.FS, dir string, wall int64) (rows []FileRow) {
	list, err := fsys.List(dir)
	if err != nil {
		return nil
	}
	for _, f := range list {
		rows = append(rows, FileOf(f, wall))
		if f.IsDir() {
			rows = append(rows, Below(fsys, f.Path, wall)...)
		}
	}
	return rows
}

// FileOf describes a file or directory.
func FileOf(f *shell.File, wall int64) FileRow {
	return FileRow{ID: "file-" + f.Path, Path: f.Path, Size: f.Size(), Directory: f.IsDir(), Changed: wall + f.Time,
		Text: IsText(f.Data[:min(len(f.Data), textHead)]), Mode: uint32(f.Mode.Perm()), Root: f.Root}
}

// IsText reports whether bytes are, or begin, text in UTF-8: nothing but a terminal's usual control
// characters in it.
func IsText(data []byte) bool {
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

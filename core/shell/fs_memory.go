package shell

import (
	"path"
	"slices"
	"strings"
)

// Memory is a file system of rows, ordered by path. Copying it copies pointers.
type Memory struct {
	rows  []*File
	total int64
}

// NewMemory returns a file system with these rows; a missing root directory is added. It takes the
// rows of a saved world, in any order.
func NewMemory(rows []*File) *Memory {
	m := &Memory{}
	m.store(&File{Path: "/", Mode: dirMode, Root: true})
	for _, row := range rows {
		m.store(row)
	}
	return m
}

// Rows returns every row by path: what a save holds. Equal pointers are unchanged rows.
func (m *Memory) Rows() []*File { return slices.Clone(m.rows) }

// Room is what a file system still takes.
type Room struct {
	File  int64 `json:"file"`  // bytes of one file
	Bytes int64 `json:"bytes"` // bytes of all further files
	Files int   `json:"files"` // further files and directories
}

// Room returns what may still be stored.
func (m *Memory) Room() Room {
	return Room{File: MaxFile, Bytes: max(maxTotal-m.total, 0), Files: max(maxFiles-len(m.rows), 0)}
}

// Fork returns a copy that can go its own way.
func (m *Memory) Fork() *Memory { return &Memory{rows: slices.Clone(m.rows), total: m.total} }

// Same reports whether two tables have the same rows.
func (m *Memory) Same(o *Memory) bool { return slices.Equal(m.rows, o.rows) }

func (m *Memory) find(name string) (int, bool) {
	return slices.BinarySearchFunc(m.rows, name, func(f *File, p string) int { return strings.Compare(f.Path, p) })
}

func (m *Memory) store(row *File) {
	i, found := m.find(row.Path)
	if found {
		m.total += row.Size() - m.rows[i].Size()
		m.rows[i] = row
		return
	}
	m.total += row.Size()
	m.rows = slices.Insert(m.rows, i, row)
}

// Stat returns the row.
func (m *Memory) Stat(name string) (*File, error) {
	if i, found := m.find(name); found {
		return m.rows[i], nil
	}
	for dir := path.Dir(name); dir != "/" && dir != "."; dir = path.Dir(dir) {
		if i, found := m.find(dir); found {
			if !m.rows[i].IsDir() {
				return nil, NotDir
			}
			break
		}
	}
	return nil, NotExist
}

// List returns what is directly in the directory.
func (m *Memory) List(dir string) ([]*File, error) {
	row, err := m.Stat(dir)
	if err != nil {
		return nil, err
	}
	if !row.IsDir() {
		return nil, NotDir
	}
	var list []*File
	for _, row := range m.inside(dir) {
		if path.Dir(row.Path) == dir {
			list = append(list, row)
		}
	}
	return list, nil
}

// inside returns all rows below a directory, itself left out.
func (m *Memory) inside(dir string) []*File {
	prefix := strings.TrimSuffix(dir, "/") + "/"
	i, _ := m.find(prefix)
	j := i
	for j < len(m.rows) && strings.HasPrefix(m.rows[j].Path, prefix) {
		j++
	}
	if i < j && m.rows[i].Path == dir {
		i++
	}
	return m.rows[i:j]
}

// Read returns the content.
func (m *Memory) Read(name string) ([]byte, error) {
	row, err := m.Stat(name)
	if err != nil {
		return nil, err
	}
	if row.IsDir() {
		return nil, IsDirectory
	}
	return row.Data, nil
}

// Put stores the row within the limits.
func (m *Memory) Put(row *File) error {
	old, err := m.Stat(row.Path)
	if err != nil {
		parent, err := m.Stat(path.Dir(row.Path))
		if err != nil {
			return err
		}
		if !parent.IsDir() {
			return NotDir
		}
		if len(m.rows) >= maxFiles {
			return NoSpace
		}
		old = &File{}
	} else if old.IsDir() != row.IsDir() {
		return IsDirectory
	}
	if row.IsDir() && len(row.Data) > 0 {
		return IsDirectory
	}
	if row.Size() > MaxFile {
		return TooLarge
	}
	if m.total-old.Size()+row.Size() > maxTotal {
		return NoSpace
	}
	m.store(row)
	return nil
}

// Remove takes the row away.
func (m *Memory) Remove(name string) error {
	i, found := m.find(name)
	if !found {
		return NotExist
	}
	if name == "/" {
		return Busy
	}
	if m.rows[i].IsDir() && len(m.inside(name)) > 0 {
		return NotEmpty
	}
	m.total -= m.rows[i].Size()
	m.rows = slices.Delete(m.rows, i, i+1)
	return nil
}

// Rename gives the row, and all below it, another path.
func (m *Memory) Rename(from, to string) error {
	row, err := m.Stat(from)
	if err != nil {
		return err
	}
	if from == to {
		return nil
	}
	if Within(to, from) {
		return Invalid
	}
	if err := m.makeRoom(row, to); err != nil {
		return err
	}
	moved := append([]*File{row}, slices.Clone(m.inside(from))...)
	for _, old := range slices.Backward(moved) {
		i, _ := m.find(old.Path)
		m.total -= old.Size()
		m.rows = slices.Delete(m.rows, i, i+1)
	}
	for _, old := range moved {
		renamed := *old
		renamed.Path = to + strings.TrimPrefix(old.Path, from)
		m.store(&renamed)
	}
	return nil
}

// makeRoom checks the target of a rename and takes away what would be written over.
func (m *Memory) makeRoom(row *File, to string) error {
	target, err := m.Stat(to)
	switch {
	case err != nil:
		parent, err := m.Stat(path.Dir(to))
		if err != nil {
			return err
		}
		if !parent.IsDir() {
			return NotDir
		}
		return nil
	case target.IsDir() && !row.IsDir():
		return IsDirectory
	case !target.IsDir() && row.IsDir():
		return NotDir
	}
	return m.Remove(to)
}

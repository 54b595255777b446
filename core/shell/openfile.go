package shell

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// target makes the name of a file that is written to absolute. One that ends as directories' names
// do is never made. The caller holds the world's lock.
func (m *Machine) target(dir, name string) (string, error) {
	file, err := resolve(dir, name)
	if err != nil {
		return "", err
	}
	last := name[strings.LastIndexByte(name, '/')+1:]
	if last != "" && last != "." && last != ".." {
		return file, nil
	}
	row, err := m.fs.Stat(file)
	switch {
	case err == nil && !row.IsDir():
		return "", NotDir
	case err != nil && last != "":
		return "", err
	}
	return "", IsDirectory
}

// put stores a file's content, with the rights of the instance's user or root. The caller holds the
// world's lock.
func (m *Machine) put(file string, data []byte, perm fs.FileMode, root bool) error {
	row := &File{Path: file, Mode: perm, Time: m.now(), Root: root, Data: data}
	if row.Data == nil {
		row.Data = []byte{}
	}
	old, err := m.fs.Stat(file)
	switch {
	case err == nil && old.IsDir():
		return IsDirectory
	case err == nil && old.Mode&fs.ModeDevice != 0:
		return nil
	case err == nil && !old.Writable() && !root:
		return Permission
	case err == nil:
		row.Mode, row.Root = old.Mode, old.Root
	default:
		if err := m.mayChange(path.Dir(file), root); err != nil {
			return err
		}
	}
	return m.fs.Put(row)
}

// mayChange reports why the user may not add to or take from a directory, nil if he may.
func (m *Machine) mayChange(dir string, root bool) error {
	row, err := m.fs.Stat(dir)
	switch {
	case err != nil:
		return err
	case !row.IsDir():
		return NotDir
	case !row.Writable() && !root:
		return Permission
	}
	return nil
}

// names lists what begins with a prefix, directories with a slash at the end, sorted. The caller
// holds the lock.
func (m *Machine) names(dir, prefix string) []string {
	lead, base := prefix[:strings.LastIndexByte(prefix, '/')+1], prefix[strings.LastIndexByte(prefix, '/')+1:]
	from := dir
	if lead != "" {
		home := strings.Replace(lead, "~/", Home+"/", 1)
		if !strings.HasPrefix(lead, "~/") {
			home = lead
		}
		var err error
		if from, err = resolve(dir, home); err != nil {
			return nil
		}
	}
	list, err := m.fs.List(from)
	if err != nil {
		return nil
	}
	var names []string
	for _, row := range list {
		name := row.Name()
		if !strings.HasPrefix(name, base) || base == "" && strings.HasPrefix(name, ".") {
			continue
		}
		if row.IsLink() {
			if at, err := m.fs.Stat(row.Path); err == nil {
				row = at
			}
		}
		if row.IsDir() {
			name += "/"
		}
		names = append(names, lead+name)
	}
	return names
}

// real returns the name that a name leads to through links, for what is told by its name, as
// devices are. The caller does not hold the lock.
func (m *Machine) real(file string) string {
	m.Do(func() {
		if at, err := m.fs.real(file, true); err == nil {
			file = at
		}
	})
	return file
}

// sync writes out what open files hold back. The caller holds the world's lock.
func (m *Machine) sync() {
	for _, f := range m.open {
		f.flush()
	}
}

// openFile is a file that a redirection writes to. What is written after the first piece is held
// back until somebody looks at the files, or it is closed.
type openFile struct {
	m       *Machine
	file    string
	root    bool
	begun   bool
	held    []byte
	refused func(error) // hears what became of pieces that were held back and cannot be written
}

// errReadBack is reading from a file that was opened for writing.
var errReadBack = errors.New("not open for reading")

// Read fails: redirections open a file for one direction.
func (f *openFile) Read([]byte) (int, error) { return 0, errReadBack }

// Write appends.
func (f *openFile) Write(data []byte) (n int, err error) {
	f.m.Do(func() {
		f.held = append(f.held, data...)
		if !f.begun || len(f.held) >= 64<<10 { // so a disk without room is told to who writes a little
			f.begun, err = true, f.flush()
		}
	})
	if err != nil {
		return 0, err
	}
	return len(data), nil
}

// Close writes out the rest.
func (f *openFile) Close() (err error) {
	f.m.Do(func() {
		err = f.flush()
		if i := slices.Index(f.m.open, f); i >= 0 {
			f.m.open = slices.Delete(f.m.open, i, i+1)
		}
	})
	if err != nil {
		f.refused(err)
	}
	return err
}

func (f *openFile) flush() error {
	if len(f.held) == 0 {
		return nil
	}
	old, _ := f.m.fs.Read(f.file)
	data := append(slices.Clip(old), f.held...)
	f.held = nil
	return f.m.put(f.file, data, 0o644, f.root)
}

// openRead is a file that a redirection reads from.
type openRead struct {
	io.Reader
}

func (openRead) Write([]byte) (int, error) { return 0, errReadBack }
func (openRead) Close() error              { return nil }

// openWriter is a device that a redirection writes to.
type openWriter struct {
	io.Writer
}

func (openWriter) Read([]byte) (int, error) { return 0, errReadBack }
func (openWriter) Close() error             { return nil }

// openForWriting makes, truncates or extends a file as the flags say.
func (m *Machine) openForWriting(file string, flags int, perm fs.FileMode, root bool) (f *openFile, err error) {
	m.Do(func() {
		m.sync()
		row, missing := m.fs.Stat(file)
		switch {
		case missing == nil && row.IsDir():
			err = IsDirectory
		case missing == nil && !row.Writable() && !root:
			err = Permission
		case missing != nil || flags&os.O_TRUNC != 0:
			err = m.put(file, nil, perm, root)
		}
		if err == nil {
			f = &openFile{m: m, file: file, root: root}
			m.open = append(m.open, f)
		}
	})
	return f, err
}

package transcript

import (
	"io/fs"
	"slices"
	"strings"
)

// Files is a file system of one directory, by name. Names below locked/ cannot be written.
type Files map[string][]byte

// ReadFile returns a copy of a file.
func (f Files) ReadFile(name string) ([]byte, error) {
	if data, ok := f[name]; ok {
		return slices.Clone(data), nil
	}
	return nil, fs.ErrNotExist
}

// WriteFile replaces a file.
func (f Files) WriteFile(name string, data []byte) error {
	if strings.HasPrefix(name, "locked/") {
		return fs.ErrPermission
	}
	f[name] = slices.Clone(data)
	return nil
}

// Names lists the files whose names begin with a prefix.
func (f Files) Names(prefix string) []string {
	var names []string
	for name := range f {
		if strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

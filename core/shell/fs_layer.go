package shell

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
)

// layer is a real directory over a directory of another body, file by file: what it lacks is the
// other's.
type layer struct{ *disk }

// NewLayer lays a real directory over the directory at. What is written there goes into the real
// one.
func NewLayer(rest FS, real Disk, at string, clock DiskClock) FS {
	return &layer{&disk{real, clock, at, rest}}
}

// lacks reports whether an error means that the real directory has no such file, and the other body
// may have it.
func (l *layer) lacks(name string, err error) bool {
	_, ours := l.inside(name)
	return ours && errors.Is(err, fs.ErrNotExist)
}

// Stat returns the row of a file.
func (l *layer) Stat(name string) (*File, error) {
	row, err := l.disk.Stat(name)
	if l.lacks(name, err) {
		return l.rest.Stat(name)
	}
	return row, err
}

// Read returns a file's content.
func (l *layer) Read(name string) ([]byte, error) {
	data, err := l.disk.Read(name)
	if l.lacks(name, err) {
		return l.rest.Read(name)
	}
	return data, err
}

// List returns what is in a directory of either.
func (l *layer) List(dir string) ([]*File, error) {
	list, err := l.disk.List(dir)
	if _, ours := l.inside(dir); !ours || err != nil && !l.lacks(dir, err) {
		return list, err
	}
	below, missing := l.rest.List(dir)
	if err != nil {
		return below, missing
	}
	for _, row := range below {
		if !slices.ContainsFunc(list, func(over *File) bool { return over.Path == row.Path }) {
			list = append(list, row)
		}
	}
	slices.SortFunc(list, func(a, b *File) int { return strings.Compare(a.Path, b.Path) })
	return list, nil
}

// Remove takes a file away, in both: the lower one must not come to light.
func (l *layer) Remove(name string) error {
	err := l.disk.Remove(name)
	if _, ours := l.inside(name); !ours || err != nil && !l.lacks(name, err) {
		return err
	}
	if below := l.rest.Remove(name); err != nil || !errors.Is(below, fs.ErrNotExist) {
		return below
	}
	return nil
}

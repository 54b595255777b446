package shell

import (
	"io/fs"
	"path"
	"strings"
)

// Loop is a name that goes through more links than one may.
const Loop Errno = "Too many levels of symbolic links"

// maxLinks is how many links one name may go through, as on Linux.
const maxLinks = 40

// linked is a file system in which names go through symbolic links. The bodies below take every
// name literally: a link is a row like any other there. A .. in a name has been carried out before,
// on the name: behind a link it is the directory of the link, as for bash's cd, and not that of the
// place.
type linked struct{ FS }

// IsLink reports whether f is a symbolic link.
func (f *File) IsLink() bool { return f.Mode&fs.ModeSymlink != 0 }

// newLink makes the row of a symbolic link.
func newLink(name, target string) *File {
	return &File{Path: name, Mode: fs.ModeSymlink | 0o777, Data: []byte{}, Link: target}
}

// real returns the name that stands where a name leads through links; with last also through one
// that is the last element. What is missing stays as it is.
func (l *linked) real(name string, last bool) (string, error) {
	at, rest := "/", strings.Split(strings.Trim(name, "/"), "/")
	for hops := 0; len(rest) > 0; {
		element := rest[0]
		rest = rest[1:]
		switch element {
		case "", ".":
			continue
		case "..":
			at = path.Dir(at)
			continue
		}
		next := path.Join(at, element)
		row, err := l.FS.Stat(next)
		if err != nil || !row.IsLink() || len(rest) == 0 && !last {
			at = next
			continue
		}
		if hops++; hops > maxLinks {
			return "", Loop
		}
		if strings.HasPrefix(row.Link, "/") {
			at = "/"
		}
		rest = append(strings.Split(row.Link, "/"), rest...)
	}
	return at, nil
}

// Stat returns the row that a name leads to.
func (l *linked) Stat(name string) (*File, error) { return l.row(name, true) }

// Lstat returns the row of a name itself, which may be a link.
func (l *linked) Lstat(name string) (*File, error) { return l.row(name, false) }

func (l *linked) row(name string, last bool) (*File, error) {
	at, err := l.real(name, last)
	if err != nil {
		return nil, err
	}
	return l.FS.Stat(at)
}

// List returns what is in the directory that a name leads to.
func (l *linked) List(dir string) ([]*File, error) {
	at, err := l.real(dir, true)
	if err != nil {
		return nil, err
	}
	return l.FS.List(at)
}

// Read returns the content of the file that a name leads to.
func (l *linked) Read(name string) ([]byte, error) {
	at, err := l.real(name, true)
	if err != nil {
		return nil, err
	}
	return l.FS.Read(at)
}

// Put stores a row where its name leads; a link stays where it is named.
func (l *linked) Put(row *File) error {
	at, err := l.real(row.Path, !row.IsLink() && !row.IsDir())
	if err != nil {
		return err
	}
	if at != row.Path {
		moved := *row
		moved.Path = at
		row = &moved
	}
	return l.FS.Put(row)
}

// Remove takes a file, a link or an empty directory away.
func (l *linked) Remove(name string) error {
	at, err := l.real(name, false)
	if err != nil {
		return err
	}
	return l.FS.Remove(at)
}

// Rename moves what is named, links themselves too.
func (l *linked) Rename(from, to string) error {
	a, err := l.real(from, false)
	if err != nil {
		return err
	}
	b, err := l.real(to, false)
	if err != nil {
		return err
	}
	return l.FS.Rename(a, b)
}

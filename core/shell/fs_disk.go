package shell

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Disk is a real directory that the host hands out, as os.Root has it: names are relative with
// slashes, "." is the directory itself, and nothing outside can be reached. Stat must not follow
// symbolic links.
type Disk interface {
	Stat(name string) (fs.FileInfo, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	ReadFile(name string) ([]byte, error)
	// WriteFile replaces the file whole, by a temporary file and a rename.
	WriteFile(name string, data []byte, perm fs.FileMode) error
	Mkdir(name string, perm fs.FileMode) error
	Chmod(name string, perm fs.FileMode) error
	// SetTime sets when a file was changed, milliseconds since 1970.
	SetTime(name string, at int64) error
	Remove(name string) error
	Rename(from, to string) error
}

// DiskClock ties the times of a real directory to simulated ones.
type DiskClock struct {
	Now   func() int64 // simulated milliseconds
	Epoch func() int64 // the same since 1970
	// Strict gives files that are written the simulated time; otherwise they keep the host's, which
	// other programs there compare, unless the time was named, as touch -d does.
	Strict bool
}

// epoch is the simulated time 0, milliseconds since 1970.
func (c DiskClock) epoch() int64 { return c.Epoch() - c.Now() }

// disk is a real directory at a place of the instance's file system; everything else is in the
// other body.
type disk struct {
	Disk
	clock DiskClock
	at    string
	rest  FS
}

// NewDisk makes a real directory the home directory of the instance; the rest is in another body.
// Only regular files and directories of it are seen; anything else, the host's symbolic links
// included, is refused. Links that are made on the instance lead to places of the instance, so they
// are in the other body too, and shown where they were made.
func NewDisk(rest FS, real Disk, clock DiskClock) FS { return &disk{real, clock, Home, rest} }

// inside returns the name of a path on the disk, and whether it is there at all.
func (d *disk) inside(name string) (string, bool) {
	if !Within(name, d.at) {
		return "", false
	}
	rel := strings.TrimPrefix(strings.TrimPrefix(name, d.at), "/")
	if rel == "" {
		rel = "."
	}
	return rel, true
}

// Stat returns the row of a file, its content left on the disk.
func (d *disk) Stat(name string) (*File, error) {
	rel, ours := d.inside(name)
	if !ours {
		return d.rest.Stat(name)
	}
	info, err := d.Disk.Stat(rel)
	if err != nil {
		if row, ok := d.link(name); ok {
			return row, nil
		}
		return nil, hostErr(err)
	}
	if !info.Mode().IsRegular() && !info.IsDir() {
		return nil, Permission
	}
	return &File{Path: name, Mode: info.Mode(), Time: info.ModTime().UnixMilli() - d.clock.epoch(), size: info.Size()}, nil
}

// link returns a link of the instance that is shown on the disk.
func (d *disk) link(name string) (*File, bool) {
	row, err := d.rest.Stat(name)
	return row, err == nil && row.IsLink()
}

// linksIn returns the links of the instance that are shown in a directory.
func (d *disk) linksIn(dir string) (list []*File) {
	rows, _ := d.rest.List(dir)
	for _, row := range rows {
		if row.IsLink() {
			list = append(list, row)
		}
	}
	return list
}

// putLink keeps a link in the other body, with the directories that it needs there.
func (d *disk) putLink(row *File) error {
	for dir := row.Path; dir != "/"; {
		dir = path.Dir(dir)
		if _, err := d.rest.Stat(dir); err == nil {
			break
		}
		if err := d.putLink(&File{Path: dir, Mode: dirMode}); err != nil {
			return err
		}
	}
	return d.rest.Put(row)
}

// List returns the regular files and directories of a directory, and the instance's links.
func (d *disk) List(dir string) ([]*File, error) {
	rel, ours := d.inside(dir)
	if !ours {
		return d.rest.List(dir)
	}
	entries, err := d.Disk.ReadDir(rel)
	if err != nil {
		return nil, hostErr(err)
	}
	list := d.linksIn(dir)
	for _, entry := range entries {
		name := path.Join(dir, entry.Name())
		list = slices.DeleteFunc(list, func(row *File) bool { return row.Path == name })
		if row, err := d.Stat(name); err == nil {
			list = append(list, row)
		}
	}
	slices.SortFunc(list, func(a, b *File) int { return strings.Compare(a.Path, b.Path) })
	return list, nil
}

// Read returns the content of a regular file.
func (d *disk) Read(name string) ([]byte, error) {
	rel, ours := d.inside(name)
	if !ours {
		return d.rest.Read(name)
	}
	row, err := d.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case row.IsDir():
		return nil, IsDirectory
	case row.Size() > MaxFile:
		return nil, TooLarge
	}
	data, err := d.Disk.ReadFile(rel)
	return data, hostErr(err)
}

// Put writes a file, or makes a directory.
func (d *disk) Put(row *File) error {
	rel, ours := d.inside(row.Path)
	if !ours {
		return d.rest.Put(row)
	}
	old, err := d.Stat(row.Path)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	case row.IsLink() && err == nil && !old.IsLink():
		return Exist
	case row.IsLink():
		return d.putLink(row)
	case row.IsDir() && len(row.Data) > 0:
		return IsDirectory
	case row.IsDir() && err == nil:
		return hostErr(d.Disk.Chmod(rel, row.Mode.Perm()))
	case row.IsDir():
		return hostErr(d.Disk.Mkdir(rel, row.Mode.Perm()))
	case err == nil && old.IsDir():
		return IsDirectory
	case row.Size() > MaxFile:
		return TooLarge
	}
	if err := d.Disk.WriteFile(rel, row.Data, row.Mode.Perm()); err != nil {
		return hostErr(err)
	}
	if now, err := d.Stat(row.Path); err == nil && now.Mode.Perm() != row.Mode.Perm() {
		if err := d.Disk.Chmod(rel, row.Mode.Perm()); err != nil {
			return hostErr(err)
		}
	}
	if d.clock.Strict || row.Time != d.clock.Now() {
		return hostErr(d.Disk.SetTime(rel, d.clock.epoch()+row.Time))
	}
	return nil
}

// Remove takes away a file or an empty directory.
func (d *disk) Remove(name string) error {
	rel, ours := d.inside(name)
	if !ours {
		return d.rest.Remove(name)
	}
	if rel == "." {
		return Busy
	}
	row, err := d.Stat(name)
	switch {
	case err == nil && row.IsLink():
		return d.rest.Remove(name)
	case err == nil && row.IsDir() && len(d.linksIn(name)) > 0:
		return NotEmpty
	}
	return hostErr(d.Disk.Remove(rel))
}

// Rename moves within one of the two bodies; between them it is refused, and mv copies.
func (d *disk) Rename(from, to string) error {
	a, fromOurs := d.inside(from)
	b, toOurs := d.inside(to)
	switch {
	case !fromOurs && !toOurs:
		return d.rest.Rename(from, to)
	case fromOurs != toOurs:
		return CrossDevice
	case a == "." || b == ".":
		return Busy
	}
	row, err := d.Stat(from)
	if err != nil {
		return err
	}
	if row.IsLink() {
		return d.renameLink(row, to)
	}
	if err := d.Disk.Rename(a, b); err != nil {
		return hostErr(err)
	}
	d.renameBelow(from, to)
	return nil
}

// renameLink gives a link of the instance another name, over a file that has it.
func (d *disk) renameLink(row *File, to string) error {
	if old, err := d.Stat(to); err == nil {
		if old.IsDir() {
			return IsDirectory
		}
		if err := d.Remove(to); err != nil {
			return err
		}
	}
	moved := *row
	moved.Path = to
	if err := d.putLink(&moved); err != nil {
		return err
	}
	return d.rest.Remove(row.Path)
}

// renameBelow takes the instance's links along that are shown in a directory, and drops one that
// was written over.
func (d *disk) renameBelow(from, to string) {
	if _, ok := d.link(to); ok {
		_ = d.rest.Remove(to) // it is not seen any more
	}
	rows, _ := d.rest.List(from)
	for _, row := range rows {
		name := to + strings.TrimPrefix(row.Path, from)
		if row.IsLink() {
			_ = d.renameLink(row, name) // there is room for it: it was there before
			continue
		}
		d.renameBelow(row.Path, name)
	}
}

// CrossDevice is a rename between two bodies.
const CrossDevice Errno = "Invalid cross-device link"

// hostErr words an error of the host as the C library does; paths of the host never get through.
func hostErr(err error) error {
	if err == nil {
		return nil
	}
	var errno Errno
	if errors.As(err, &errno) {
		return errno
	}
	for _, e := range []Errno{NotExist, Exist, Permission, NotDir, IsDirectory, NotEmpty, NoSpace, NameTooLong} {
		if errors.Is(err, e) || strings.HasSuffix(strings.ToLower(err.Error()), strings.ToLower(string(e))) {
			return e
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return NotExist
	case errors.Is(err, fs.ErrPermission):
		return Permission
	}
	return Errno("Input/output error")
}

package shell

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

const (
	dirMode     = fs.ModeDir | 0o755
	programMode = fs.FileMode(0o755)
	deviceMode  = fs.ModeDevice | fs.ModeCharDevice | 0o666
)

// Home is the home directory of the instance's user.
const Home = "/home/ec2-user"

// Fresh returns the files of a new client instance that may change: home, /tmp and the tools'
// configuration.
func Fresh() []*File {
	return []*File{
		{Path: "/home", Mode: fs.ModeDir | fs.ModeSticky | 0o777, Root: true}, // documented sessions write /home/tfile
		{Path: Home, Mode: fs.ModeDir | 0o700},
		{Path: "/tmp", Mode: fs.ModeDir | fs.ModeSticky | 0o777, Root: true},
		{Path: "/var", Mode: dirMode, Root: true},
		{Path: "/var/tmp", Mode: fs.ModeDir | fs.ModeSticky | 0o777, Root: true},
		{Path: "/root", Mode: fs.ModeDir | 0o550, Root: true},
		{Path: "/opt", Mode: dirMode, Root: true},
		{Path: "/opt/cloudhsm", Mode: dirMode, Root: true},
		{Path: "/opt/cloudhsm/etc", Mode: dirMode, Root: true},
		{Path: "/opt/cloudhsm/run", Mode: dirMode | 0o022, Root: true}, // where logs are written
	}
}

// etc is what a minimal /etc holds.
var etc = []*File{
	{Path: "/etc/hostname", Data: []byte("ip-10-0-1-20\n")},
	{Path: "/etc/hosts", Data: []byte("127.0.0.1   localhost\n10.0.1.20   ip-10-0-1-20\n")},
	{Path: "/etc/os-release", Data: []byte("NAME=\"Amazon Linux\"\nVERSION=\"2\"\nID=\"amzn\"\n")},
	{Path: "/etc/passwd", Data: []byte("root:x:0:0:root:/root:/bin/bash\nec2-user:x:1000:1000::" + Home + ":/bin/bash\n")},
	{Path: "/etc/group", Data: []byte("root:x:0:\nec2-user:x:1000:\n")},
}

// devices are the files under /dev; what they do is in device.go.
var devices = []string{"full", "null", "random", "stderr", "stdin", "stdout", "tty", "urandom", "zero"}

// system is what is installed: it is never saved and cannot be changed. Everything else is in the
// other body.
type system struct {
	FS
	rows []*File
}

// withSystem lays installed files with the given paths, the devices and /etc over a file system.
func withSystem(rest FS, programs []string) *system {
	s := &system{FS: rest}
	for _, p := range programs {
		s.add(&File{Path: p, Mode: programMode, Root: true, Data: []byte("\x7fELF\x02\x01\x01\x00")})
	}
	for _, name := range devices {
		s.add(&File{Path: "/dev/" + name, Mode: deviceMode, Root: true})
	}
	for _, row := range etc {
		row := *row
		row.Mode, row.Root = 0o644, true
		s.add(&row)
	}
	return s
}

// add puts a row in, with the directories above it.
func (s *system) add(row *File) {
	i, found := s.find(row.Path)
	if found {
		return
	}
	s.rows = slices.Insert(s.rows, i, row)
	if row.Path != "/" {
		s.add(&File{Path: path.Dir(row.Path), Mode: dirMode, Root: true})
	}
}

func (s *system) find(name string) (int, bool) {
	return slices.BinarySearchFunc(s.rows, name, func(f *File, p string) int { return strings.Compare(f.Path, p) })
}

// Stat returns an installed row before one of the other body.
func (s *system) Stat(name string) (*File, error) {
	if i, found := s.find(name); found {
		return s.rows[i], nil
	}
	return s.FS.Stat(name)
}

// List returns both, by name.
func (s *system) List(dir string) ([]*File, error) {
	list, err := s.FS.List(dir)
	i, found := s.find(dir)
	if !found {
		return list, err
	}
	if !s.rows[i].IsDir() {
		return nil, NotDir
	}
	list = slices.Clone(list)
	for _, row := range s.rows {
		if path.Dir(row.Path) == dir && row.Path != dir {
			list = append(list, row)
		}
	}
	slices.SortFunc(list, func(a, b *File) int { return strings.Compare(a.Path, b.Path) })
	return slices.CompactFunc(list, func(a, b *File) bool { return a.Path == b.Path }), nil
}

// Read returns an installed file's content.
func (s *system) Read(name string) ([]byte, error) {
	i, found := s.find(name)
	switch {
	case !found:
		return s.FS.Read(name)
	case s.rows[i].IsDir():
		return nil, IsDirectory
	}
	return s.rows[i].Data, nil
}

// Put refuses to write over what is installed, or into its directories where the other body has
// none.
func (s *system) Put(row *File) error {
	if i, found := s.find(row.Path); found {
		if s.rows[i].IsDir() && !row.IsDir() {
			return IsDirectory
		}
		return Permission
	}
	dir := path.Dir(row.Path)
	if _, found := s.find(dir); found {
		if _, err := s.FS.Stat(dir); err != nil {
			return Permission
		}
	}
	return s.FS.Put(row)
}

// Remove refuses to take away what is installed.
func (s *system) Remove(name string) error {
	if _, found := s.find(name); found {
		return Permission
	}
	return s.FS.Remove(name)
}

// Rename refuses to touch what is installed.
func (s *system) Rename(from, to string) error {
	_, a := s.find(from)
	_, b := s.find(to)
	if a || b {
		return Permission
	}
	return s.FS.Rename(from, to)
}

package shell

import (
	"errors"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"
)

// FS is the file system of the client instance. Paths are absolute and clean. Its bodies are
// [Memory] and [NewDisk], where a symbolic link is a row like any other; the machine lays the
// installed programs over it, goes through links, and calls it under the world's lock.
type FS interface {
	// Stat returns the row of a file or directory; a missing one is [NotExist].
	Stat(name string) (*File, error)
	// List returns what is directly in a directory, by name.
	List(dir string) ([]*File, error)
	// Read returns a file's content, which must not be changed.
	Read(name string) ([]byte, error)
	// Put stores a row whole, or leaves the old one; the directory it is in must exist.
	Put(row *File) error
	// Remove takes away a file or an empty directory.
	Remove(name string) error
	// Rename moves a file, or a directory with all that is in it, over what is there.
	Rename(from, to string) error
}

// File is one row of the file system, never changed once stored.
type File struct {
	Path string      `json:"path"`
	Mode fs.FileMode `json:"mode"` // fs.ModeDir, fs.ModeSymlink, fs.ModeCharDevice and the permission bits
	Time int64       `json:"time"` // last changed, simulated milliseconds
	Root bool        `json:"root"` // belongs to root, not to ec2-user
	Data []byte      `json:"data"`
	Link string      `json:"link,omitempty"` // where a symbolic link leads to
	size int64       // of a file whose content is elsewhere
}

// Name is the last element of the path.
func (f *File) Name() string { return path.Base(f.Path) }

// Size is the content's length in bytes.
func (f *File) Size() int64 {
	if f.IsLink() {
		return int64(len(f.Link))
	}
	if f.Data == nil {
		return f.size
	}
	return int64(len(f.Data))
}

// IsDir reports whether f is a directory.
func (f *File) IsDir() bool { return f.Mode.IsDir() }

// Writable reports whether the instance's user may write to it.
func (f *File) Writable() bool {
	return f.Mode&0o002 != 0 || !f.Root && f.Mode&0o200 != 0
}

// Readable reports whether the instance's user may read it.
func (f *File) Readable() bool {
	return f.Mode&0o004 != 0 || !f.Root && f.Mode&0o400 != 0
}

// Executable reports whether the instance's user may run it.
func (f *File) Executable() bool { return f.Mode&0o111 != 0 }

// The limits of the instance's files.
const (
	MaxFile  = 4 << 20  // bytes in a file
	maxTotal = 32 << 20 // bytes in all files
	maxFiles = 4096
	maxPath  = 4096 // bytes
	maxName  = 255  // bytes of one element
)

// Errno is an error of the file system in the words of the C library.
type Errno string

// The errors of the bodies of [FS].
const (
	NotExist   Errno = "No such file or directory"
	Exist      Errno = "File exists"
	Permission Errno = "Permission denied"
	// BadDescriptor is a number that is not open.
	BadDescriptor Errno = "Bad file descriptor"
	IsDirectory   Errno = "Is a directory"
	NotDir        Errno = "Not a directory"
	NotEmpty      Errno = "Directory not empty"
	NoSpace       Errno = "No space left on device"
	TooLarge      Errno = "File too large"
	NameTooLong   Errno = "File name too long"
	Invalid       Errno = "Invalid argument"
	Busy          Errno = "Device or resource busy"
	// NotUTF8 is a name that is no text: saved worlds could not name the file.
	NotUTF8 Errno = "Invalid or incomplete multibyte or wide character"
)

// Error returns the text.
func (e Errno) Error() string { return string(e) }

// Is makes errors.Is(err, fs.ErrNotExist) and its like true.
func (e Errno) Is(target error) bool {
	switch target {
	case fs.ErrNotExist:
		return e == NotExist
	case fs.ErrExist:
		return e == Exist || e == NotEmpty
	case fs.ErrPermission:
		return e == Permission
	case fs.ErrInvalid:
		return e == Invalid
	}
	return false
}

// Reason is the C library's text of an error, as programs print it after the file's name.
func Reason(err error) string {
	var errno Errno
	if errors.As(err, &errno) {
		return string(errno)
	}
	for _, known := range []struct {
		is  error
		say Errno
	}{{fs.ErrNotExist, NotExist}, {fs.ErrPermission, Permission}, {fs.ErrExist, Exist}} {
		if errors.Is(err, known.is) {
			return string(known.say)
		}
	}
	return "Input/output error"
}

// resolve makes a name absolute, seen from a directory. It never leaves the root, whatever dots
// there are.
func resolve(dir, name string) (string, error) {
	if name == "" {
		return "", NotExist
	}
	if strings.ContainsRune(name, 0) {
		return "", Invalid
	}
	if !utf8.ValidString(name) {
		return "", NotUTF8
	}
	if !strings.HasPrefix(name, "/") {
		name = dir + "/" + name
	}
	name = path.Clean("/" + name)
	if len(name) > maxPath {
		return "", NameTooLong
	}
	for element := range strings.SplitSeq(name, "/") {
		if len(element) > maxName {
			return "", NameTooLong
		}
	}
	return name, nil
}

// FileName makes the name of a file that is to be written absolute, seen from a directory. A name
// that only a directory can have is refused: "a/", "a/.", "..".
func FileName(dir, name string) (string, error) {
	if last := name[strings.LastIndexByte(name, '/')+1:]; name != "" && (last == "" || last == "." || last == "..") {
		return "", IsDirectory
	}
	return resolve(dir, name)
}

// Within reports whether a path is a directory or something in it.
func Within(name, dir string) bool {
	return name == dir || dir == "/" || strings.HasPrefix(name, dir+"/")
}

package main

import (
	"cmp"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hsmplay/core/sim"
)

// instanceDir is the directory of the tools' own files. Where this machine has none, the simulated
// instance's are used.
const (
	instanceDir = "/opt/cloudhsm"
	etcDir      = instanceDir + "/etc"
)

// fileMax is how much of a file a tool reads, in bytes: devices and pipes may never end.
const fileMax = 4 << 20

var errTooLarge = errors.New("the file is too large")

// machine is this machine's file system for a tool, with the rights of who runs it. Names are
// relative to the working directory of the process.
type machine struct {
	instance sim.Files
	aside    func(func()) error // does what may take for ever without the world's lock
	// Pipes and devices give and take once, and a command may be carried out again.
	read    map[string][]byte
	written map[string]bool
}

// forget begins another command.
func (m *machine) forget() { m.read, m.written = map[string][]byte{}, map[string]bool{} }

// regular reports whether a name is a regular file's, or nothing's yet: what is read and written at
// once.
func regular(name string) bool {
	info, err := os.Stat(name)
	return err != nil || info.Mode().IsRegular() || info.IsDir()
}

// atInstance returns the absolute name of what may be the simulated instance's.
func atInstance(name string) (string, bool) {
	file, err := filepath.Abs(name)
	return file, err == nil && strings.HasPrefix(filepath.ToSlash(file), instanceDir+"/")
}

// ReadFile returns the content of a file.
func (m *machine) ReadFile(name string) ([]byte, error) {
	data, err := m.content(name)
	if file, ours := atInstance(name); ours && errors.Is(err, fs.ErrNotExist) {
		return m.instance.ReadFile(file)
	}
	return data, err
}

// content returns a file's content. That of a pipe, which may be long in coming, is read without
// the lock.
func (m *machine) content(name string) (data []byte, err error) {
	if regular(name) {
		return whole(name)
	}
	if data, ok := m.read[name]; ok {
		return data, nil
	}
	lost := m.aside(func() { data, err = whole(name) })
	if err = errors.Join(err, lost); err == nil {
		m.read[name] = data
	}
	return data, err
}

// whole reads a file that is not too large.
func whole(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, fileMax+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > fileMax:
		return nil, &fs.PathError{Op: "read", Path: name, Err: errTooLarge}
	}
	return data, nil
}

// WriteFile replaces a regular file whole or leaves the old one; anything else is written to as it
// is.
func (m *machine) WriteFile(name string, data []byte) error {
	err := m.put(name, data)
	if file, ours := atInstance(name); ours && errors.Is(err, fs.ErrNotExist) {
		return m.instance.WriteFile(file, data)
	}
	return err
}

// put writes a file, a pipe without the lock: its reader may be long in coming.
func (m *machine) put(name string, data []byte) (err error) {
	switch {
	case regular(name):
		return replace(name, data)
	case m.written[name]:
		return nil
	}
	lost := m.aside(func() { err = replace(name, data) })
	m.written[name] = true
	return errors.Join(err, lost)
}

// replace writes a file. What a process has open as its output goes there: by another way it would
// be written over.
func replace(name string, data []byte) error {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return exchange(name, data, 0o644, false)
	case err != nil:
		return err
	}
	for _, stream := range []*os.File{os.Stdout, os.Stderr} {
		if open, err := stream.Stat(); err == nil && os.SameFile(info, open) {
			_, err := stream.Write(data)
			return err
		}
	}
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	if info.Mode().IsRegular() {
		target, err := filepath.EvalSymlinks(name)
		if err != nil {
			return err
		}
		if err = exchange(target, data, info.Mode().Perm(), true); !errors.Is(err, fs.ErrPermission) {
			return err
		}
		if err := f.Truncate(0); err != nil { // the file may be changed, its directory may not
			return err
		}
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// exchange writes a file beside its place and renames it. A new one gets its mode through the
// process's umask.
func exchange(name string, data []byte, mode fs.FileMode, exact bool) error {
	part := filepath.Join(filepath.Dir(name), ".hsmplay-"+rand.Text())
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if exact {
		err = errors.Join(err, f.Chmod(mode))
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(part, name)
	}
	if err != nil {
		return errors.Join(err, ignoreMissing(os.Remove(part)))
	}
	return nil
}

// Names lists what begins with the prefix.
func (m *machine) Names(prefix string) []string {
	dir, base := filepath.Split(prefix)
	entries, err := os.ReadDir(cmp.Or(dir, "."))
	if _, ours := atInstance(prefix); ours && err != nil {
		return m.instance.Names(prefix)
	}
	var names []string
	for _, e := range entries {
		if name := e.Name(); strings.HasPrefix(name, base) {
			if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.IsDir() {
				name += "/"
			}
			names = append(names, dir+name)
		}
	}
	slices.Sort(names)
	return names
}

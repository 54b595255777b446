package main

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path"
	"time"
)

// disk is a real directory as the instance's home. os.Root keeps every name inside it.
type disk struct{ root *os.Root }

// openDisk opens a directory.
func openDisk(dir string) (*disk, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &disk{root}, nil
}

// Stat describes a file; a symbolic link is a link.
func (d *disk) Stat(name string) (fs.FileInfo, error) { return d.root.Lstat(name) }

// ReadDir lists a directory.
func (d *disk) ReadDir(name string) ([]fs.DirEntry, error) {
	f, err := d.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
}

// ReadFile returns a file's content.
func (d *disk) ReadFile(name string) ([]byte, error) { return d.root.ReadFile(name) }

// WriteFile replaces a file whole or leaves the old one.
func (d *disk) WriteFile(name string, data []byte, perm fs.FileMode) error {
	part := path.Join(path.Dir(name), ".hsmplay-"+rand.Text())
	err := errors.Join(d.write(part, data, perm))
	if err == nil {
		err = d.root.Rename(part, name)
	}
	if err != nil {
		return errors.Join(err, ignoreMissing(d.root.Remove(part)))
	}
	return nil
}

// write makes a new file. The mode is set again because the process's umask narrows it.
func (d *disk) write(name string, data []byte, perm fs.FileMode) error {
	f, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Chmod(perm), f.Close())
}

// Mkdir makes a directory.
func (d *disk) Mkdir(name string, perm fs.FileMode) error { return d.root.Mkdir(name, perm) }

// Chmod sets the permission bits.
func (d *disk) Chmod(name string, perm fs.FileMode) error { return d.root.Chmod(name, perm) }

// SetTime sets when a file was changed.
func (d *disk) SetTime(name string, at int64) error {
	when := time.UnixMilli(at)
	return d.root.Chtimes(name, when, when)
}

// Remove takes away a file or an empty directory.
func (d *disk) Remove(name string) error { return d.root.Remove(name) }

// Rename moves a file or directory.
func (d *disk) Rename(from, to string) error { return d.root.Rename(from, to) }

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

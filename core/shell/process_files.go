package shell

import (
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"hsmplay/core/command"
)

// Open returns a reader of a file or device by its name; "-" is standard input.
func (p *Process) Open(name string) (io.Reader, error) {
	if name == "-" || name == "/dev/stdin" || name == "/dev/tty" && p.OnTerminal() {
		return p.Stdin(), nil
	}
	if f, ok, err := p.sh.openDescriptor(p.ctx, name, os.O_RDONLY, p.line); ok {
		return f, err
	}
	file, err := resolve(p.Dir, name)
	if err != nil {
		return nil, err
	}
	if r := deviceReader(p.m.real(file)); r != nil {
		return &reader{p, r}, nil
	}
	data, err := p.readFile(file)
	if err != nil {
		return nil, err
	}
	return strings.NewReader(string(data)), nil
}

// ReadFile returns a file's content; "-" is standard input.
func (p *Process) ReadFile(name string) ([]byte, error) {
	r, err := p.Open(name)
	if err != nil {
		return nil, err
	}
	var data []byte
	buf := make([]byte, 32<<10)
	for {
		n, err := r.Read(buf)
		data = append(data, buf[:n]...)
		if len(data) > MaxFile {
			return nil, TooLarge
		}
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// WriteFile replaces a file whole or leaves the old one. Programs only; tools have [Process.Files].
func (p *Process) WriteFile(name string, data []byte) error {
	if f, ok, err := p.sh.openDescriptor(p.ctx, name, os.O_WRONLY, p.line); ok {
		if err == nil {
			_, err = f.Write(data)
		}
		return err
	}
	file, err := resolve(p.Dir, name)
	if err != nil {
		return err
	}
	if w := deviceWriter(p.m.real(file), p.out, p.err, terminalWriter{p.t}); w != nil {
		p.put(w, string(data), w == p.err)
		return nil
	}
	p.World(func() {
		p.m.sync()
		if file, err = p.m.target(p.Dir, name); err == nil {
			err = p.m.put(file, data, p.Masked(0o666), p.root)
		}
	})
	return err
}

// with runs a file operation under the world's lock, open files written out before.
func (p *Process) with(f func(*linked) error) (err error) {
	p.World(func() {
		p.m.sync()
		err = f(p.m.fs)
	})
	return err
}

func (p *Process) readFile(file string) (data []byte, err error) {
	err = p.with(func(fsys *linked) error {
		row, err := fsys.Stat(file)
		if err != nil {
			return err
		}
		if !row.Readable() && !p.root {
			return Permission
		}
		data, err = fsys.Read(file)
		return err
	})
	return data, err
}

// Files is the file system for the tool that runs in this process. Its methods are called under the
// world's lock.
func (p *Process) Files() command.Files { return files{p} }

// Host is the process as a tool sees it: its files, its environment and its terminal.
func (p *Process) Host() *command.Host {
	return &command.Host{Files: p.Files(), Env: p.Env, Terminal: p.OnTerminal()}
}

type files struct{ p *Process }

// ReadFile returns the content of a file.
func (f files) ReadFile(name string) ([]byte, error) {
	if _, n, ok := descriptorName(name); ok {
		if row := f.p.sh.fds.get(n); row != nil && row.text != nil {
			return row.text, nil
		}
	}
	file, err := resolve(f.p.Dir, name)
	if err != nil {
		return nil, err
	}
	f.p.m.sync()
	return f.p.m.fs.Read(file)
}

// WriteFile replaces the file whole or leaves the old one.
func (f files) WriteFile(name string, data []byte) error {
	file, err := f.p.m.target(f.p.Dir, name)
	if err != nil {
		return err
	}
	f.p.m.sync()
	return f.p.m.put(file, slices.Clone(data), f.p.Masked(0o666), f.p.root)
}

// Names lists what begins with the prefix.
func (f files) Names(prefix string) []string { return f.p.m.names(f.p.Dir, prefix) }

// Abs makes a name absolute, seen from the working directory.
func (p *Process) Abs(name string) (string, error) { return resolve(p.Dir, name) }

// Stat returns the row that a name leads to.
func (p *Process) Stat(name string) (*File, error) { return p.row(name, true) }

// Lstat returns the row of a name itself, which may be a symbolic link.
func (p *Process) Lstat(name string) (*File, error) { return p.row(name, strings.HasSuffix(name, "/")) }

// Real returns the name that a name leads to through links, as far as it exists.
func (p *Process) Real(name string) (at string, err error) {
	file, err := resolve(p.Dir, name)
	if err != nil {
		return "", err
	}
	err = p.with(func(fsys *linked) error {
		at, err = fsys.real(file, true)
		return err
	})
	return at, err
}

// Link makes a symbolic link.
func (p *Process) Link(name, target string) error { return p.Put(newLink(name, target)) }

func (p *Process) row(name string, follow bool) (row *File, err error) {
	file, err := resolve(p.Dir, name)
	if err != nil {
		return nil, err
	}
	err = p.with(func(fsys *linked) error {
		row, err = fsys.row(file, follow)
		return err
	})
	if err == nil && strings.HasSuffix(name, "/") && !row.IsDir() {
		return nil, NotDir
	}
	return row, err
}

// List returns what is in a directory.
func (p *Process) List(dir string) (rows []*File, err error) {
	file, err := resolve(p.Dir, dir)
	if err != nil {
		return nil, err
	}
	err = p.with(func(fsys *linked) error {
		row, err := fsys.Stat(file)
		if err == nil && row.IsDir() && !row.Readable() && !p.root {
			return Permission
		}
		rows, err = fsys.List(file)
		return err
	})
	return rows, err
}

// Put stores a row of the user's own, at the time of now.
func (p *Process) Put(row *File) error {
	return p.with(func(fsys *linked) error {
		if err := p.m.mayChange(path.Dir(row.Path), p.root); err != nil {
			if _, old := fsys.Lstat(row.Path); old != nil || row.IsDir() || row.IsLink() {
				return err
			}
		}
		row.Time, row.Root = p.m.now(), p.root
		return fsys.Put(row)
	})
}

// Store replaces the content of a file, or makes it with the permissions.
func (p *Process) Store(file string, data []byte, perm fs.FileMode) error {
	return p.with(func(*linked) error { return p.m.put(file, data, perm, p.root) })
}

// Change stores a changed copy of a row.
func (p *Process) Change(row *File, change func(*File)) error {
	return p.with(func(fsys *linked) error {
		if row.Root && !row.Writable() && !p.root {
			return Permission
		}
		changed := *row
		if !row.IsDir() && row.Data == nil {
			data, err := fsys.Read(row.Path)
			if err != nil {
				return err
			}
			changed.Data = data
		}
		change(&changed)
		return fsys.Put(&changed)
	})
}

// Remove takes a file or an empty directory away.
func (p *Process) Remove(file string) error {
	return p.with(func(fsys *linked) error {
		if _, err := fsys.Lstat(file); err != nil {
			return err
		}
		if err := p.m.mayChange(path.Dir(file), p.root); err != nil {
			return err
		}
		return fsys.Remove(file)
	})
}

// Rename moves a file or directory. Between the instance's files and a real directory it fails with
// [CrossDevice].
func (p *Process) Rename(from, to string) error {
	return p.with(func(fsys *linked) error {
		for _, dir := range []string{path.Dir(from), path.Dir(to)} {
			if err := p.m.mayChange(dir, p.root); err != nil {
				return err
			}
		}
		return fsys.Rename(from, to)
	})
}

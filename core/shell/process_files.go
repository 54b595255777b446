package shell

import (
	"io"
	"os"
	"slices"
	"strings"

	"hsmplay/core/command"
)

// open returns a reader of a file or device by its name.
func (p *Process) open(name string) (io.Reader, error) {
	if name == "-" || name == "/dev/stdin" || name == "/dev/tty" && p.OnTerminal() {
		return p.Stdin(), nil
	}
	if f, ok, err := p.sh.openDescriptor(p.ctx, name, os.O_RDONLY); ok {
		return f, err
	}
	file, err := resolve(p.Dir, name)
	if err != nil {
		return nil, err
	}
	if r := deviceReader(file); r != nil {
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
	r, err := p.open(name)
	if err != nil {
		return nil, err
	}
	var data []byte
	buf := make([]byte, 32<<10)
	for {
		n, err := r.Read(buf)
		data = append(data, buf[:n]...)
		if len(data) > maxFile {
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
	if f, ok, err := p.sh.openDescriptor(p.ctx, name, os.O_WRONLY); ok {
		if err == nil {
			_, err = f.Write(data)
		}
		return err
	}
	file, err := resolve(p.Dir, name)
	if err != nil {
		return err
	}
	if w := deviceWriter(file, p.out, p.err, terminalWriter{p.t}); w != nil {
		p.put(w, string(data))
		return nil
	}
	p.World(func() {
		p.m.sync()
		if file, err = p.m.target(p.Dir, name); err == nil {
			err = p.m.put(file, data, 0o644, p.root)
		}
	})
	return err
}

// with runs a file operation under the world's lock, open files written out before.
func (p *Process) with(f func(FS) error) (err error) {
	p.World(func() {
		p.m.sync()
		err = f(p.m.fs)
	})
	return err
}

func (p *Process) readFile(file string) (data []byte, err error) {
	err = p.with(func(fsys FS) error {
		row, err := fsys.Stat(file)
		if err != nil {
			return err
		}
		if !row.readable() && !p.root {
			return Permission
		}
		data, err = fsys.Read(file)
		return err
	})
	return data, err
}

// Files is the file system for the tool that runs in this process. Its methods are called under the world's lock.
func (p *Process) Files() command.Files { return files{p} }

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
	return f.p.m.put(file, slices.Clone(data), 0o644, f.p.root)
}

// Names lists what begins with the prefix.
func (f files) Names(prefix string) []string { return f.p.m.names(f.p.Dir, prefix) }

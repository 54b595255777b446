package shell

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"time"

	"mvdan.cc/sh/v3/interp"
)

// openFile opens a file or device for a redirection.
func (b *bash) openFile(ctx context.Context, name string, flags int, _ fs.FileMode) (io.ReadWriteCloser, error) {
	line, name := markedLine(name)
	if n, ok := strings.CutPrefix(name, sourceDir); ok {
		i, _ := strconv.Atoi(n)
		return openRead{strings.NewReader(b.t.keptText(i))}, nil
	}
	if f, ok, err := b.openDescriptor(ctx, name, flags, line); ok {
		return f, err
	}
	p := b.process(ctx, []string{b.arg0})
	p.line = line
	file, err := resolve(p.Dir, name)
	if err != nil {
		return nil, b.refused(p.line, name, err)
	}
	if flags&(os.O_WRONLY|os.O_RDWR) != 0 {
		b.m.Do(func() { file, err = b.m.target(p.Dir, name) })
		if err != nil {
			return nil, b.refused(p.line, name, err)
		}
		if w := deviceWriter(b.m.real(file), p.out, p.err, terminalWriter{b.t}); w != nil {
			return openWriter{w}, nil
		}
		f, err := b.m.openForWriting(file, flags, p.Masked(0o666), p.root)
		if err != nil {
			return nil, b.refused(p.line, name, err)
		}
		f.refused = func(err error) { io.WriteString(p.err, b.refused(p.line, name, err).Error()+"\n") }
		return f, nil
	}
	if r := deviceReader(b.m.real(file)); r != nil {
		return openRead{&leashed{ctx, r}}, nil
	}
	data, err := p.readFile(file)
	if err != nil {
		return nil, b.refused(p.line, name, err)
	}
	return openRead{strings.NewReader(string(data))}, nil
}

// leashed reads an endless device for the interpreter, as long as the line runs and within its
// output.
type leashed struct {
	ctx context.Context
	r   io.Reader
}

func (l *leashed) Read(data []byte) (int, error) {
	if err := l.ctx.Err(); err != nil {
		return 0, io.EOF
	}
	if err := budgetOf(l.ctx).pipe(len(data)); err != nil {
		return 0, io.EOF
	}
	if err := budgetOf(l.ctx).step(); err != nil {
		return 0, io.EOF
	}
	return l.r.Read(data)
}

// refused words a failed redirection; the interpreter prints it.
func (b *bash) refused(line uint, name string, err error) error {
	return &fs.PathError{Op: strings.TrimSuffix(b.prefix(line), " "), Path: oneLine(name) + "", Err: Errno(Reason(err))}
}

// readDir lists a directory for globbing.
func (b *bash) readDir(ctx context.Context, name string) ([]fs.DirEntry, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	dir, err := resolve(interp.HandlerCtx(ctx).Dir, name)
	if err != nil {
		return nil, err
	}
	var list []*File
	b.m.Do(func() {
		b.m.sync()
		list, err = b.m.fs.List(dir)
	})
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	var entries []fs.DirEntry
	for _, f := range list {
		entries = append(entries, fs.FileInfoToDirEntry(info{f}))
	}
	return entries, nil
}

// stat returns what the interpreter wants to know of a file.
func (b *bash) stat(ctx context.Context, name string, follow bool) (fs.FileInfo, error) {
	file, err := resolve(interp.HandlerCtx(ctx).Dir, name)
	if err != nil {
		return nil, err
	}
	var row *File
	b.m.Do(func() {
		b.m.sync()
		row, err = b.m.fs.row(file, follow)
	})
	if err != nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: err}
	}
	return info{row}, nil
}

// access says whether the user may read, write or run a file.
func (b *bash) access(ctx context.Context, name string, mode interp.AccessMode) error {
	found, err := b.stat(ctx, name, true)
	if err != nil {
		return err
	}
	row := found.(info).File
	switch {
	case mode&interp.AccessRead != 0 && !row.Readable() && !b.root,
		mode&interp.AccessWrite != 0 && !row.Writable() && !b.root,
		mode&interp.AccessExec != 0 && !row.Executable():
		return Permission
	}
	return nil
}

// info is a row as io/fs describes files.
type info struct{ *File }

// Name is the last element of the path.
func (i info) Name() string { return path.Base(i.Path) }

// Mode is the row's mode.
func (i info) Mode() fs.FileMode { return i.File.Mode }

// ModTime is the simulated time of the last change.
func (i info) ModTime() time.Time { return time.UnixMilli(i.Time) }

// Sys is nothing: there is no system below.
func (i info) Sys() any { return nil }

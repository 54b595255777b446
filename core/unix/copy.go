package unix

import (
	"io/fs"
	"path"
	"strings"

	"hsmplay/core/shell"
)

// target finds where a source goes: into the directory, or to the name.
func (p *Process) target(source, dest string) string {
	if row, err := p.Stat(dest); err == nil && row.IsDir() {
		return strings.TrimSuffix(dest, "/") + "/" + path.Base(source)
	}
	return dest
}

// transfer is what cp and mv have in common: several sources, one destination.
func (p *Process) transfer(o options, one func(source, dest string) bool) int {
	switch {
	case len(o.args) == 0:
		p.misused(1, "missing file operand")
	case len(o.args) == 1:
		p.misused(1, "missing destination file operand after "+quoted(o.args[0]))
	}
	sources, dest := o.args[:len(o.args)-1], o.args[len(o.args)-1]
	if len(sources) > 1 {
		if row, err := p.Stat(dest); err != nil || !row.IsDir() {
			return p.Complain("target %s: %s", quoted(dest), shell.NotDir)
		}
	}
	if _, err := p.Stat(dest); err == shell.NotDir && strings.HasSuffix(dest, "/") {
		return p.Complain("cannot stat %s: %s", quoted(dest), shell.NotDir)
	}
	return each(sources, func(source string) bool { return one(source, p.target(source, dest)) })
}

func runCp(p *Process) int {
	o := p.options(1, "rRafnvidLPp", "recursive=r", "archive=a", "dereference=L", "no-dereference=P", "no-clobber=n", "verbose=v", "force=f")
	return p.transfer(o, func(source, dest string) bool { return p.cp(o, source, dest) })
}

func (p *Process) cp(o options, source, dest string) bool {
	return p.cpRow(o, source, dest, o.keepsLinks())
}

// keepsLinks reports whether links that are named are copied as links.
func (o options) keepsLinks() bool { return (o.has('a') || o.has('d') || o.has('P')) && !o.has('L') }

func (p *Process) cpRow(o options, source, dest string, links bool) bool {
	row, err := p.Stat(source)
	if itself, bad := p.Lstat(source); bad == nil && itself.IsLink() && links {
		return p.cpLink(o, itself, source, dest)
	}
	if err != nil {
		p.Complain("cannot stat %s: %s", quoted(source), shell.Reason(err))
		return false
	}
	file, ok := p.abs("cannot create regular file", dest)
	if !ok {
		return false
	}
	old, missing := p.Stat(dest)
	if itself, err := p.Lstat(dest); err == nil && itself.IsLink() && missing != nil {
		p.Complain("not writing through dangling symlink %s", quoted(dest))
		return false
	}
	switch {
	case row.IsDir() && !o.has('r') && !o.has('R') && !o.has('a'):
		p.Complain("-r not specified; omitting directory %s", quoted(source))
		return false
	case missing == nil && old.Path == row.Path:
		p.Complain("%s and %s are the same file", quoted(source), quoted(dest))
		return false
	case row.IsDir() && shell.Within(file, row.Path):
		p.Complain("cannot copy a directory, %s, into itself, %s", quoted(source), quoted(dest))
		return false
	case missing == nil && o.has('n'):
		return true
	case missing == nil && old.IsDir() && !row.IsDir():
		p.Complain("cannot overwrite directory %s with non-directory", quoted(dest))
		return false
	case row.IsDir():
		return p.cpDir(o, source, dest, file, missing != nil, row.Mode)
	}
	data, err := p.ReadFile(source)
	if err != nil {
		p.Complain("cannot open %s for reading: %s", quoted(source), shell.Reason(err))
		return false
	}
	if err := p.Store(file, data, row.Mode.Perm()); err != nil {
		p.Complain("cannot create regular file %s: %s", quoted(dest), shell.Reason(err))
		return false
	}
	if o.has('v') {
		p.Printf("%s -> %s\n", quoted(source), quoted(dest))
	}
	return true
}

// cpLink makes the same link at another place.
func (p *Process) cpLink(o options, row *shell.File, source, dest string) bool {
	file, ok := p.abs("cannot create symbolic link", dest)
	if !ok {
		return false
	}
	old, missing := p.Lstat(dest)
	switch {
	case missing == nil && o.has('n'):
		return true
	case missing == nil && old.IsDir():
		p.Complain("cannot overwrite directory %s with non-directory", quoted(dest))
		return false
	case missing == nil && old.Path == row.Path:
		p.Complain("%s and %s are the same file", quoted(source), quoted(dest))
		return false
	case missing == nil && !p.rm(options{}, dest, file):
		return false
	}
	if err := p.Link(file, row.Link); err != nil {
		p.Complain("cannot create symbolic link %s: %s", quoted(dest), shell.Reason(err))
		return false
	}
	if o.has('v') {
		p.Printf("%s -> %s\n", quoted(source), quoted(dest))
	}
	return true
}

func (p *Process) cpDir(o options, source, dest, file string, missing bool, mode fs.FileMode) bool {
	if missing {
		if err := p.Put(&shell.File{Path: file, Mode: mode}); err != nil {
			p.Complain("cannot create directory %s: %s", quoted(dest), shell.Reason(err))
			return false
		}
	}
	rows, _ := p.List(source)
	ok := true
	for _, row := range rows {
		ok = p.cpRow(o, source+"/"+row.Name(), dest+"/"+row.Name(), !o.has('L')) && ok
	}
	return ok
}

func runMv(p *Process) int {
	o := p.options(1, "fnvi", "no-clobber=n", "verbose=v", "force=f")
	return p.transfer(o, func(source, dest string) bool { return p.mv(o, source, dest) })
}

func (p *Process) mv(o options, source, dest string) bool {
	row, err := p.Lstat(source)
	if err != nil {
		p.Complain("cannot stat %s: %s", quoted(source), shell.Reason(err))
		return false
	}
	file, ok := p.abs("cannot move", dest)
	if !ok {
		return false
	}
	old, missing := p.Lstat(dest)
	if missing == nil && old.Path == row.Path {
		p.Complain("%s and %s are the same file", quoted(source), quoted(dest))
		return false
	}
	if missing == nil && o.has('n') {
		return true
	}
	err = p.Rename(row.Path, file)
	if err == shell.CrossDevice {
		q := options{given: map[byte]bool{'r': true, 'd': true}}
		return p.cp(q, source, dest) && p.rm(q, source, row.Path)
	}
	if err != nil {
		p.Complain("cannot move %s to %s: %s", quoted(source), quoted(dest), shell.Reason(err))
		return false
	}
	if o.has('v') {
		p.Printf("renamed %s -> %s\n", quoted(source), quoted(dest))
	}
	return true
}

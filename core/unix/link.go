package unix

import (
	"io/fs"
	"path"
	"strings"

	"hsmplay/core/shell"
)

// linkPrograms make symbolic links and tell where they lead.
var linkPrograms = []Program{
	{Name: "ln", Means: "makes links", Run: runLn,
		Help: usage("ln -s [OPTION]... TARGET... [LINK | DIRECTORY]", "Make symbolic links to TARGETs.", "-f  take away what is in the way",
			"-n  a LINK that leads to a directory is no directory", "-r  relative to where the link is", "-v  say what is done")},
	{Name: "readlink", Run: runReadlink, Help: usage("readlink [-f | -e | -m] [-n] FILE...", "Print where links lead.",
		"-f  through all of them, to an absolute path", "-e  the same, and it exists", "-m  the same, and nothing of it need exist")},
	{Name: "realpath", Run: runRealpath, Help: usage("realpath [-e | -m] [-s] FILE...", "Print the absolute path, without links.",
		"-e  it must exist", "-m  nothing of it need exist", "-s  links stay")},
}

func runLn(p *Process) int {
	o := p.options(1, "sfnTvr", "symbolic=s", "force=f", "no-dereference=n", "no-target-directory=T", "verbose=v", "relative=r")
	if len(o.args) == 0 {
		p.misused(1, "missing file operand")
	}
	targets, dest := o.args, "."
	if len(o.args) > 1 {
		targets, dest = o.args[:len(o.args)-1], o.args[len(o.args)-1]
	}
	isDir := p.isDirectory(dest, o)
	if len(targets) > 1 && !isDir {
		why := shell.NotExist
		if p.isThere(dest) {
			why = shell.NotDir
		}
		return p.Complain("target %s: %s", quoted(dest), why)
	}
	return each(targets, func(target string) bool {
		name := dest
		if isDir {
			name = strings.TrimSuffix(dest, "/") + "/" + path.Base(target)
			if dest == "." {
				name = "./" + path.Base(target)
			}
		}
		return p.ln(o, target, name)
	})
}

// isDirectory reports whether links are made in a directory of that name.
func (p *Process) isDirectory(name string, o options) bool {
	if o.has('T') {
		return false
	}
	if row, err := p.Lstat(name); err == nil && row.IsLink() && o.has('n') {
		return false
	}
	row, err := p.Stat(name)
	return err == nil && row.IsDir()
}

func (p *Process) ln(o options, target, name string) bool {
	if !o.has('s') {
		if !p.isThere(target) {
			p.Complain("failed to access %s: %s", quoted(target), shell.NotExist)
			return false
		}
		p.Complain("failed to create hard link %s => %s: Operation not permitted", quoted(name), quoted(target))
		return false
	}
	file, ok := p.abs("failed to create symbolic link", name)
	if !ok {
		return false
	}
	if o.has('r') {
		target = p.relative(path.Dir(file), target)
	}
	old, err := p.Lstat(name)
	switch {
	case target == "":
		p.Complain("failed to create symbolic link %s -> '': %s", quoted(name), shell.NotExist)
		return false
	case err != nil:
		err = p.Link(file, target)
	case o.has('f') && !old.IsDir():
		if err = p.Remove(file); err == nil {
			err = p.Link(file, target)
		}
	case o.has('f'):
		p.Complain("%s: cannot overwrite directory", quoted(name))
		return false
	default:
		err = shell.Exist
	}
	if err != nil {
		p.Complain("failed to create symbolic link %s: %s", quoted(name), shell.Reason(err))
		return false
	}
	if o.has('v') {
		p.Printf("%s -> %s\n", quoted(name), quoted(target))
	}
	return true
}

// relative is a target as it is seen from a directory.
func (p *Process) relative(dir, target string) string {
	to, err := p.Real(target)
	if err != nil {
		return target
	}
	if at, err := p.Real(dir); err == nil {
		dir = at
	}
	up := ""
	for !shell.Within(to, dir) {
		dir, up = path.Dir(dir), up+"../"
	}
	if rest := strings.TrimPrefix(strings.TrimPrefix(to, dir), "/"); rest != "" {
		return up + rest
	}
	return path.Clean(up + ".")
}

func runReadlink(p *Process) int {
	o := p.options(1, "femnqsvz", "canonicalize=f", "canonicalize-existing=e", "canonicalize-missing=m", "no-newline=n", "verbose=v")
	p.needs(o, 1)
	end := "\n"
	if o.has('n') && len(o.args) == 1 {
		end = ""
	}
	return each(o.args, func(name string) bool {
		if o.has('f') || o.has('e') || o.has('m') {
			at, err := p.canonical(name, o)
			if err == nil {
				p.Print(at + end)
			} else if o.has('v') {
				p.Complain("%s: %s", name, shell.Reason(err))
			}
			return err == nil
		}
		row, err := p.Lstat(name)
		if err != nil || !row.IsLink() {
			if o.has('v') {
				p.Complain("%s: %s", name, map[bool]string{true: "Invalid argument", false: shell.Reason(err)}[err == nil])
			}
			return false
		}
		p.Print(row.Link + end)
		return true
	})
}

func runRealpath(p *Process) int {
	o := p.options(1, "emsLPq", "canonicalize-existing=e", "canonicalize-missing=m", "no-symlinks=s", "strip=s", "quiet=q")
	p.needs(o, 1)
	return each(o.args, func(name string) bool {
		at, err := p.canonical(name, o)
		if err != nil {
			if !o.has('q') {
				p.Complain("%s: %s", name, shell.Reason(err))
			}
			return false
		}
		p.Print(at + "\n")
		return true
	})
}

// canonical is a name without links: all of it exists with -e, nothing need with -m, else all but
// the last element.
func (p *Process) canonical(name string, o options) (string, error) {
	at, err := p.Abs(name)
	if err == nil && !o.has('s') {
		at, err = p.Real(name)
	}
	if err != nil || o.has('m') {
		return at, err
	}
	row, missing := p.Stat(at)
	if o.has('e') && missing != nil {
		return "", missing
	}
	if missing == nil && strings.HasSuffix(name, "/") && !row.IsDir() {
		return "", shell.NotDir
	}
	if above, err := p.Stat(path.Dir(at)); err != nil || !above.IsDir() {
		return "", shell.NotExist
	}
	return at, nil
}

// kindOf is what sort of file a row is, in one letter as find -type has it.
func kindOf(row *shell.File) string {
	switch {
	case row.IsDir():
		return "d"
	case row.IsLink():
		return "l"
	case row.Mode&fs.ModeDevice != 0:
		return "c"
	}
	return "f"
}

package unix

import (
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"hsmplay/core/shell"
)

// filePrograms make, move and take away files.
var filePrograms = []Program{
	{Name: "cp", Means: "copies files", Run: runCp,
		Help: usage("cp [OPTION]... SOURCE... DEST", "Copy SOURCE to DEST, or several into a directory.",
			"-r  directories with all that is in them", "-n  never over an existing file", "-v  say what is done")},
	{Name: "mv", Means: "moves or renames files", Run: runMv,
		Help: usage("mv [OPTION]... SOURCE... DEST", "Rename SOURCE to DEST, or move several into a directory.",
			"-n  never over an existing file", "-v  say what is done")},
	{Name: "rm", Means: "removes files", Run: runRm,
		Help: usage("rm [OPTION]... FILE...", "Remove FILEs.", "-r  directories with all that is in them",
			"-d  empty directories", "-f  missing files are no fault", "-v  say what is done")},
	{Name: "mkdir", Means: "makes directories", Run: runMkdir,
		Help: usage("mkdir [OPTION]... DIRECTORY...", "Make DIRECTORYs.", "-p  with those above; existing ones are no fault",
			"-m MODE  with these permissions", "-v  say what is done")},
	{Name: "rmdir", Run: runRmdir, Help: usage("rmdir [-p] DIRECTORY...", "Remove empty DIRECTORYs.")},
	{Name: "touch", Means: "makes empty files, or sets their time", Run: runTouch,
		Help: usage("touch [-c] [-d DATE | -t STAMP | -r FILE] FILE...", "Set FILEs' time to now; make missing ones.", "-c  make none",
			"-d DATE  to a date such as '2024-03-01 12:00' or '2 days ago'", "-t [[CC]YY]MMDDhhmm[.ss]", "-r FILE  to that of another file")},
	{Name: "mktemp", Means: "makes a temporary file", Run: runMktemp,
		Help: usage("mktemp [-d] [-u] [-q] [-t] [-p DIR] [TEMPLATE]", "Make a file, with -d a directory, of a new name and print it.")},
	{Name: "chmod", Means: "sets the permissions of files", Run: runChmod,
		Help: usage("chmod [-R] MODE FILE...", "Set permissions: octal such as 644, or letters such as u+x.")},
	{Name: "stat", Run: runStat, Help: usage("stat [-c FORMAT | --printf=FORMAT] FILE...", "Show the row of FILEs; FORMAT knows %n %N %s %a %A %F %y %Y %U %G %u %g %h %i %b.")},
	{Name: "basename", Run: runBasename, Help: usage("basename NAME [SUFFIX]", "Print NAME without directories.")},
	{Name: "dirname", Run: runDirname, Help: usage("dirname NAME...", "Print NAME without its last part.")},
}

// abs makes a name absolute; it complains and returns false where that is impossible.
func (p *Process) abs(doing, name string) (string, bool) {
	file, err := p.Abs(name)
	if err != nil {
		p.Complain("%s %s: %s", doing, quoted(name), shell.Reason(err))
		return "", false
	}
	return file, true
}

// each runs f for every argument and returns 1 if one failed.
func each(names []string, f func(name string) bool) int {
	status := 0
	for _, name := range names {
		if !f(name) {
			status = 1
		}
	}
	return status
}

func runRm(p *Process) int {
	o := p.options(1, "rRfdvi", "recursive=r", "force=f", "dir=d", "verbose=v")
	if len(o.args) == 0 && o.has('f') {
		return 0
	}
	p.needs(o, 1)
	return each(o.args, func(name string) bool {
		base := path.Base(name)
		if base == "." || base == ".." {
			p.Complain("refusing to remove '.' or '..' directory: skipping %s", quoted(name))
			return false
		}
		file, ok := p.abs("cannot remove", name)
		if file == "/" {
			p.Complain("it is dangerous to operate recursively on '/'")
			return false
		}
		return ok && p.rm(o, name, file)
	})
}

// deep reports whether directories are meant with all that is in them.
func (o options) deep() bool { return o.has('r') || o.has('R') }

func (p *Process) rm(o options, name, file string) bool {
	row, err := p.Lstat(name)
	if itself, bad := p.Lstat(strings.TrimRight(name, "/")); bad == nil && itself.IsLink() && err == nil && row.IsDir() && o.deep() {
		err = shell.NotDir
	}
	switch {
	case err != nil && o.has('f') && (shell.Reason(err) == string(shell.NotExist) || shell.Reason(err) == string(shell.NotDir)):
		return true
	case err == nil && row.IsDir() && !o.deep() && !o.has('d'):
		err = shell.IsDirectory
	case err == nil && row.IsDir() && !o.has('d'):
		rows, _ := p.List(name)
		for _, inner := range rows {
			if !p.rm(o, strings.TrimSuffix(name, "/")+"/"+inner.Name(), inner.Path) {
				return false
			}
		}
	}
	if err == nil {
		err = p.Remove(file)
	}
	if err != nil {
		p.Complain("cannot remove %s: %s", quoted(name), shell.Reason(err))
		return false
	}
	if o.has('v') {
		p.Printf("removed %s\n", quoted(name))
	}
	return true
}

func runRmdir(p *Process) int {
	o := p.options(1, "pv", "parents=p", "verbose=v")
	p.needs(o, 1)
	return each(o.args, func(name string) bool {
		for {
			file, ok := p.abs("failed to remove", name)
			if !ok {
				return false
			}
			row, err := p.Lstat(name)
			if err == nil && !row.IsDir() {
				err = shell.NotDir
			}
			if err == nil {
				err = p.Remove(file)
			}
			if err != nil {
				p.Complain("failed to remove %s: %s", quoted(name), shell.Reason(err))
				return false
			}
			name = path.Dir(name)
			if !o.has('p') || name == "." || name == "/" {
				return true
			}
		}
	})
}

func runMkdir(p *Process) int {
	o := p.options(1, "pvm:", "parents=p", "verbose=v", "mode=m")
	p.needs(o, 1)
	perm, err := strconv.ParseUint(o.value('m', fmt.Sprintf("%o", p.Masked(0o777))), 8, 12)
	if err != nil {
		p.misused(1, "invalid mode "+quoted(o.value('m', "")))
	}
	return each(o.args, func(name string) bool {
		file, ok := p.abs("cannot create directory", name)
		return ok && p.mkdir(o, name, file, fs.FileMode(perm))
	})
}

func (p *Process) mkdir(o options, name, file string, perm fs.FileMode) bool {
	row, err := p.Stat(file)
	switch {
	case err == nil && row.IsDir() && o.has('p'):
		return true
	case err == nil || p.isThere(name):
		err = shell.Exist
	case o.has('p') && file != "/":
		if dir := path.Dir(file); dir != "/" && !p.mkdir(o, path.Dir(name), dir, p.Masked(0o777)) {
			return false
		}
		fallthrough
	default:
		err = p.Put(&shell.File{Path: file, Mode: fs.ModeDir | perm})
	}
	if err != nil {
		p.Complain("cannot create directory %s: %s", quoted(name), shell.Reason(err))
		return false
	}
	if o.has('v') {
		p.Printf("%s: created directory %s\n", p.Args[0], quoted(name))
	}
	return true
}

// isThere reports whether a name is taken, if only by a link that leads nowhere.
func (p *Process) isThere(name string) bool {
	_, err := p.Lstat(name)
	return err == nil
}

func runTouch(p *Process) int {
	o := p.options(1, "camd:t:r:h", "no-create=c", "date=d", "reference=r", "no-dereference=h")
	p.needs(o, 1)
	at := p.touchTime(o)
	return each(o.args, func(name string) bool {
		file, ok := p.abs("cannot touch", name)
		if !ok {
			return false
		}
		row, err := p.Stat(name)
		if err != nil && o.has('c') {
			return true
		}
		if err != nil {
			row = &shell.File{Path: file, Mode: p.Masked(0o666), Data: []byte{}}
			err = p.Put(row)
		}
		if err == nil {
			err = p.Change(row, func(f *shell.File) { f.Time = at })
		}
		if err != nil {
			p.Complain("cannot touch %s: %s", quoted(name), shell.Reason(err))
		}
		return err == nil
	})
}

// touchTime is the time that touch sets: that of -d, -t or -r, or now.
func (p *Process) touchTime(o options) int64 {
	now := p.Date(p.Now())
	if name, ok := o.values['r']; ok {
		row, err := p.Stat(name)
		if err != nil {
			p.Complain("failed to get attributes of %s: %s", quoted(name), shell.Reason(err))
			p.Exit(1)
		}
		now = p.Date(row.Time)
	}
	if text, ok := o.values['d']; ok {
		at, ok := parseDate(text, now)
		if !ok {
			p.Complain("invalid date format %s", quoted(text))
			p.Exit(1)
		}
		now = at
	}
	if text, ok := o.values['t']; ok {
		at, ok := parseStamp(text, now)
		if !ok {
			p.Complain("invalid date format %s", quoted(text))
			p.Exit(1)
		}
		now = at
	}
	return p.Time(now)
}

func runMktemp(p *Process) int {
	o := p.options(1, "duqtp:", "directory=d", "dry-run=u", "quiet=q", "tmpdir=p")
	template, dir := "tmp.XXXXXXXXXX", o.value('p', "/tmp")
	if len(o.args) > 0 {
		template = o.args[0]
		if !o.has('p') && !o.has('t') {
			dir = ""
		}
	}
	stem := strings.TrimRight(template, "X")
	if len(template)-len(stem) < 3 {
		return p.Complain("too few X's in template %s", quoted(template))
	}
	name := path.Join(dir, stem+p.randomName(len(template)-len(stem)))
	file, ok := p.abs("failed to create file via template", name)
	if !ok {
		return 1
	}
	row := &shell.File{Path: file, Mode: 0o600, Data: []byte{}}
	if o.has('d') {
		row = &shell.File{Path: file, Mode: fs.ModeDir | 0o700}
	}
	if !o.has('u') {
		if err := p.Put(row); err != nil {
			return p.Complain("failed to create file via template %s: %s", quoted(template), shell.Reason(err))
		}
	}
	p.Print(name + "\n")
	return 0
}

// randomName makes letters and digits from the machine's own chance.
func (p *Process) randomName(n int) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	name := make([]byte, n)
	for i := range name {
		name[i] = letters[p.Chance(len(letters))]
	}
	return string(name)
}

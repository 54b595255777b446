package shell

import (
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
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
		Help: usage("touch [-c] FILE...", "Set FILEs' time to now; make missing ones.", "-c  make none")},
	{Name: "mktemp", Means: "makes a temporary file", Run: runMktemp,
		Help: usage("mktemp [-d] [-u] [-q] [-t] [-p DIR] [TEMPLATE]", "Make a file, with -d a directory, of a new name and print it.")},
	{Name: "chmod", Means: "sets the permissions of files", Run: runChmod,
		Help: usage("chmod [-R] MODE FILE...", "Set permissions: octal such as 644, or letters such as u+x.")},
	{Name: "stat", Run: runStat, Help: usage("stat [-c FORMAT] FILE...", "Show the row of FILEs; FORMAT knows %n %s %a %A %F %Y %U %G.")},
	{Name: "basename", Run: runBasename, Help: usage("basename NAME [SUFFIX]", "Print NAME without directories.")},
	{Name: "dirname", Run: runDirname, Help: usage("dirname NAME...", "Print NAME without its last part.")},
	{Name: "realpath", Run: runRealpath, Help: usage("realpath FILE...", "Print the absolute path.")},
	{Name: "readlink", Run: runRealpath},
}

// abs makes a name absolute; it complains and returns false where that is impossible.
func (p *Process) abs(doing, name string) (string, bool) {
	file, err := resolve(p.Dir, name)
	if err != nil {
		p.Complain("%s %s: %s", doing, quoted(name), reason(err))
		return "", false
	}
	return file, true
}

// put stores a row, checked for the right to do so.
func (p *Process) putRow(row *File) error {
	return p.with(func(fsys FS) error {
		if err := p.m.mayChange(path.Dir(row.Path), p.root); err != nil {
			if _, old := fsys.Stat(row.Path); old != nil || row.IsDir() {
				return err
			}
		}
		row.Time, row.Root = p.m.now(), p.root
		return fsys.Put(row)
	})
}

// remove takes a file or an empty directory away, checked for the right to do so.
func (p *Process) remove(file string) error {
	return p.with(func(fsys FS) error {
		if _, err := fsys.Stat(file); err != nil {
			return err
		}
		if err := p.m.mayChange(path.Dir(file), p.root); err != nil {
			return err
		}
		return fsys.Remove(file)
	})
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

func (p *Process) rm(o options, name, file string) bool {
	row, err := p.stat(name)
	switch {
	case err != nil && o.has('f') && (reason(err) == string(NotExist) || reason(err) == string(NotDir)):
		return true
	case err == nil && row.IsDir() && !o.has('r') && !o.has('R') && !o.has('d'):
		err = IsDirectory
	case err == nil && row.IsDir() && !o.has('d'):
		rows, _ := p.list(name)
		for _, inner := range rows {
			if !p.rm(o, strings.TrimSuffix(name, "/")+"/"+inner.Name(), inner.Path) {
				return false
			}
		}
	}
	if err == nil {
		err = p.remove(file)
	}
	if err != nil {
		p.Complain("cannot remove %s: %s", quoted(name), reason(err))
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
			row, err := p.stat(name)
			if err == nil && !row.IsDir() {
				err = NotDir
			}
			if err == nil {
				err = p.remove(file)
			}
			if err != nil {
				p.Complain("failed to remove %s: %s", quoted(name), reason(err))
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
	perm, err := strconv.ParseUint(o.value('m', "755"), 8, 12)
	if err != nil {
		p.misused(1, "invalid mode "+quoted(o.value('m', "")))
	}
	return each(o.args, func(name string) bool {
		file, ok := p.abs("cannot create directory", name)
		return ok && p.mkdir(o, name, file, fs.FileMode(perm))
	})
}

func (p *Process) mkdir(o options, name, file string, perm fs.FileMode) bool {
	row, err := p.stat(file)
	switch {
	case err == nil && row.IsDir() && o.has('p'):
		return true
	case err == nil:
		err = Exist
	case o.has('p') && file != "/":
		if dir := path.Dir(file); dir != "/" && !p.mkdir(o, path.Dir(name), dir, 0o755) {
			return false
		}
		fallthrough
	default:
		err = p.putRow(&File{Path: file, Mode: fs.ModeDir | perm})
	}
	if err != nil {
		p.Complain("cannot create directory %s: %s", quoted(name), reason(err))
		return false
	}
	if o.has('v') {
		p.Printf("%s: created directory %s\n", p.Args[0], quoted(name))
	}
	return true
}

func runTouch(p *Process) int {
	o := p.options(1, "camd:t:r:", "no-create=c", "date=d", "reference=r")
	p.needs(o, 1)
	return each(o.args, func(name string) bool {
		file, ok := p.abs("cannot touch", name)
		if !ok {
			return false
		}
		row, err := p.stat(name)
		switch {
		case err == nil:
			err = p.rewrite(row, func(f *File) {})
		case o.has('c'):
			return true
		default:
			err = p.putRow(&File{Path: file, Mode: 0o644, Data: []byte{}})
		}
		if err != nil {
			p.Complain("cannot touch %s: %s", quoted(name), reason(err))
		}
		return err == nil
	})
}

// rewrite stores a changed copy of a row, at the time of now.
func (p *Process) rewrite(row *File, change func(*File)) error {
	return p.with(func(fsys FS) error {
		if !row.writable() && !p.root {
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
		changed.Time = p.m.now()
		change(&changed)
		return fsys.Put(&changed)
	})
}

// target finds where a source goes: into the directory, or to the name.
func (p *Process) target(source, dest string) string {
	if row, err := p.stat(dest); err == nil && row.IsDir() {
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
		if row, err := p.stat(dest); err != nil || !row.IsDir() {
			return p.Complain("target %s: %s", quoted(dest), NotDir)
		}
	}
	return each(sources, func(source string) bool { return one(source, p.target(source, dest)) })
}

func runCp(p *Process) int {
	o := p.options(1, "rRaapfnvi", "recursive=r", "archive=a", "no-clobber=n", "verbose=v", "force=f")
	return p.transfer(o, func(source, dest string) bool { return p.cp(o, source, dest) })
}

func (p *Process) cp(o options, source, dest string) bool {
	row, err := p.stat(source)
	if err != nil {
		p.Complain("cannot stat %s: %s", quoted(source), reason(err))
		return false
	}
	file, ok := p.abs("cannot create regular file", dest)
	if !ok {
		return false
	}
	old, missing := p.stat(dest)
	switch {
	case row.IsDir() && !o.has('r') && !o.has('R') && !o.has('a'):
		p.Complain("-r not specified; omitting directory %s", quoted(source))
		return false
	case missing == nil && old.Path == row.Path:
		p.Complain("%s and %s are the same file", quoted(source), quoted(dest))
		return false
	case row.IsDir() && within(file, row.Path):
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
	data, err := p.readFile(row.Path)
	if row.Mode&fs.ModeDevice != 0 {
		data, err = p.ReadFile(source)
	}
	if err != nil {
		p.Complain("cannot open %s for reading: %s", quoted(source), reason(err))
		return false
	}
	p.World(func() {
		p.m.sync()
		err = p.m.put(file, data, row.Mode.Perm(), p.root)
	})
	if err != nil {
		p.Complain("cannot create regular file %s: %s", quoted(dest), reason(err))
		return false
	}
	if o.has('v') {
		p.Printf("%s -> %s\n", quoted(source), quoted(dest))
	}
	return true
}

func (p *Process) cpDir(o options, source, dest, file string, missing bool, mode fs.FileMode) bool {
	if missing {
		if err := p.putRow(&File{Path: file, Mode: mode}); err != nil {
			p.Complain("cannot create directory %s: %s", quoted(dest), reason(err))
			return false
		}
	}
	rows, _ := p.list(source)
	ok := true
	for _, row := range rows {
		ok = p.cp(o, source+"/"+row.Name(), dest+"/"+row.Name()) && ok
	}
	return ok
}

func runMv(p *Process) int {
	o := p.options(1, "fnvi", "no-clobber=n", "verbose=v", "force=f")
	return p.transfer(o, func(source, dest string) bool { return p.mv(o, source, dest) })
}

func (p *Process) mv(o options, source, dest string) bool {
	row, err := p.stat(source)
	if err != nil {
		p.Complain("cannot stat %s: %s", quoted(source), reason(err))
		return false
	}
	file, ok := p.abs("cannot move", dest)
	if !ok {
		return false
	}
	old, missing := p.stat(dest)
	if missing == nil && old.Path == row.Path {
		p.Complain("%s and %s are the same file", quoted(source), quoted(dest))
		return false
	}
	if missing == nil && o.has('n') {
		return true
	}
	err = p.with(func(fsys FS) error {
		for _, dir := range []string{path.Dir(row.Path), path.Dir(file)} {
			if err := p.m.mayChange(dir, p.root); err != nil {
				return err
			}
		}
		return fsys.Rename(row.Path, file)
	})
	if err == errCrossDevice {
		q := options{given: map[byte]bool{'r': true}}
		return p.cp(q, source, dest) && p.rm(q, source, row.Path)
	}
	if err != nil {
		p.Complain("cannot move %s to %s: %s", quoted(source), quoted(dest), reason(err))
		return false
	}
	if o.has('v') {
		p.Printf("renamed %s -> %s\n", quoted(source), quoted(dest))
	}
	return true
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
	name := path.Join(dir, stem+p.m.randomName(len(template)-len(stem)))
	file, ok := p.abs("failed to create file via template", name)
	if !ok {
		return 1
	}
	row := &File{Path: file, Mode: 0o600, Data: []byte{}}
	if o.has('d') {
		row = &File{Path: file, Mode: fs.ModeDir | 0o700}
	}
	if !o.has('u') {
		if err := p.putRow(row); err != nil {
			return p.Complain("failed to create file via template %s: %s", quoted(template), reason(err))
		}
	}
	p.Print(name + "\n")
	return 0
}

// randomName makes letters and digits from the machine's own chance.
func (m *Machine) randomName(n int) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	name := make([]byte, n)
	m.Do(func() {
		for i := range name {
			name[i] = letters[m.chance.IntN(len(letters))]
		}
	})
	return string(name)
}

func runChmod(p *Process) int {
	o := p.options(1, "Rvf", "recursive=R", "verbose=v")
	p.needs(o, 2)
	return each(o.args[1:], func(name string) bool { return p.chmod(o, o.args[0], name) })
}

func (p *Process) chmod(o options, mode, name string) bool {
	row, err := p.stat(name)
	if err == nil {
		perm, ok := newMode(row.Mode.Perm(), mode)
		if !ok {
			p.misused(1, "invalid mode: "+quoted(mode))
		}
		if row.Root && !p.root {
			p.Complain("changing permissions of %s: Operation not permitted", quoted(name))
			return false
		}
		err = p.with(func(fsys FS) error {
			changed := *row
			if changed.Data == nil && !row.IsDir() {
				changed.Data, _ = fsys.Read(row.Path)
			}
			changed.Mode = row.Mode&^fs.ModePerm | perm
			return fsys.Put(&changed)
		})
	}
	if err != nil {
		p.Complain("cannot access %s: %s", quoted(name), reason(err))
		return false
	}
	ok := true
	if o.has('R') && row.IsDir() {
		rows, _ := p.list(name)
		for _, inner := range rows {
			ok = p.chmod(o, mode, name+"/"+inner.Name()) && ok
		}
	}
	return ok
}

// newMode carries out a mode as chmod reads it: octal, or letters such as u+x,go-w.
func newMode(old fs.FileMode, mode string) (fs.FileMode, bool) {
	if n, err := strconv.ParseUint(mode, 8, 12); err == nil {
		return fs.FileMode(n).Perm(), true
	}
	for clause := range strings.SplitSeq(mode, ",") {
		i := strings.IndexAny(clause, "+-=")
		if i < 0 {
			return 0, false
		}
		who := strings.ReplaceAll(clause[:i], "a", "ugo")
		if who == "" {
			who = "ugo"
		}
		var bits, mask fs.FileMode
		for _, w := range who {
			shift := strings.IndexRune("ogu", w) * 3
			if shift < 0 {
				return 0, false
			}
			mask |= 7 << shift
			for _, c := range clause[i+1:] {
				bit := strings.IndexRune("xwr", c)
				if bit < 0 {
					return 0, false
				}
				bits |= 1 << bit << shift
			}
		}
		switch clause[i] {
		case '+':
			old |= bits
		case '-':
			old &^= bits
		case '=':
			old = old&^mask | bits
		}
	}
	return old, true
}

func runStat(p *Process) int {
	o := p.options(1, "c:L", "format=c")
	p.needs(o, 1)
	return each(o.args, func(name string) bool {
		row, err := p.stat(name)
		if err != nil {
			p.Complain("cannot statx %s: %s", quoted(name), reason(err))
			return false
		}
		owner, kind := "ec2-user", "regular file"
		if row.Root {
			owner = "root"
		}
		switch {
		case row.IsDir():
			kind = "directory"
		case row.Mode&fs.ModeDevice != 0:
			kind = "character special file"
		case row.Size() == 0:
			kind = "regular empty file"
		}
		format := o.value('c', "  File: %n\n  Size: %s\t%F\nAccess: (0%a/%A)  Uid: %U   Gid: %G")
		p.Print(strings.NewReplacer("%n", name, "%s", fmt.Sprint(row.Size()), "%a", fmt.Sprintf("%o", row.Mode.Perm()),
			"%A", modeText(row.Mode), "%F", kind, "%Y", fmt.Sprint(p.m.clock(row.Time).Unix()), "%U", owner, "%G", owner,
			"%%", "%").Replace(format) + "\n")
		return true
	})
}

func runBasename(p *Process) int {
	o := p.options(1, "as:")
	p.needs(o, 1)
	base := path.Base(o.args[0])
	suffix := o.value('s', "")
	if len(o.args) > 1 && !o.has('a') {
		suffix = o.args[1]
	}
	if base != suffix {
		base = strings.TrimSuffix(base, suffix)
	}
	p.Print(base + "\n")
	return 0
}

func runDirname(p *Process) int {
	o := p.options(1, "")
	p.needs(o, 1)
	return each(o.args, func(name string) bool {
		p.Print(path.Dir(strings.TrimRight(name, "/")+strings.Repeat("/", strings.Count(name, "/")/max(1, len(name)))) + "\n")
		return true
	})
}

func runRealpath(p *Process) int {
	o := p.options(1, "efms")
	p.needs(o, 1)
	return each(o.args, func(name string) bool {
		file, ok := p.abs("", name)
		if ok {
			p.Print(file + "\n")
		}
		return ok
	})
}

package unix

import (
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"hsmplay/core/shell"
)

func runChmod(p *Process) int {
	o := p.options(1, "Rvf", "recursive=R", "verbose=v")
	p.needs(o, 2)
	return each(o.args[1:], func(name string) bool { return p.chmod(o, o.args[0], name) })
}

func (p *Process) chmod(o options, mode, name string) bool {
	row, err := p.Stat(name)
	if err == nil {
		perm, ok := newMode(row.Mode.Perm(), mode)
		if !ok {
			p.misused(1, "invalid mode: "+quoted(mode))
		}
		if row.Root && !p.Root() {
			p.Complain("changing permissions of %s: Operation not permitted", quoted(name))
			return false
		}
		err = p.Change(row, func(f *shell.File) { f.Mode = row.Mode&^fs.ModePerm | perm })
	}
	if err != nil {
		p.Complain("cannot access %s: %s", quoted(name), shell.Reason(err))
		return false
	}
	ok := true
	if o.has('R') && row.IsDir() {
		rows, _ := p.List(name)
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
	o := p.options(1, "c:LP:", "format=c", "dereference=L", "printf=P")
	p.needs(o, 1)
	end := "\n"
	if format, ok := o.values['P']; ok {
		o.values['c'], _ = unescape(format, false)
		end = ""
	}
	return each(o.args, func(name string) bool {
		row, err := p.Lstat(name)
		if o.has('L') {
			row, err = p.Stat(name)
		}
		if err != nil {
			p.Complain("cannot statx %s: %s", quoted(name), shell.Reason(err))
			return false
		}
		owner, number := ownerOf(row)
		kind := "regular file"
		shown := quoted(name)
		switch {
		case row.IsLink():
			kind, shown = "symbolic link", quoted(name)+" -> "+quoted(row.Link)
		case row.IsDir():
			kind = "directory"
		case row.Mode&fs.ModeDevice != 0:
			kind = "character special file"
		case row.Size() == 0:
			kind = "regular empty file"
		}
		at := fmt.Sprint(p.Date(row.Time).Unix())
		day := p.Date(row.Time).Format("2006-01-02 15:04:05.000000000 -0700")
		format := o.value('c', "  File: "+strings.ReplaceAll(strings.ReplaceAll(shown, "'", ""), "%", "%%")+"\n  Size: %s\t%F\nAccess: (0%a/%A)  Uid: %U   Gid: %G")
		p.Print(strings.NewReplacer("%n", name, "%N", shown, "%s", fmt.Sprint(row.Size()), "%a", fmt.Sprintf("%o", row.Mode.Perm()),
			"%A", modeText(row.Mode), "%F", kind, "%U", owner, "%G", owner, "%h", "1", "%i", fileNumber(row.Path), "%b", fmt.Sprint((row.Size()+4095)/4096*8), "%B", "512",
			"%X", at, "%Y", at, "%Z", at, "%W", at, "%x", day, "%y", day, "%z", day, "%w", day, "%u", number, "%g", number, "%%", "%").Replace(format) + end)
		return true
	})
}

// ownerOf is who has a file, by name and by number. The group is called the same, and has the same.
func ownerOf(row *shell.File) (name, number string) {
	if row.Root {
		return "root", "0"
	}
	return "ec2-user", "1000"
}

// fileNumber is a number of a file that stays while the file has its name.
func fileNumber(name string) string {
	n := uint32(2166136261) // FNV-1a
	for i := range len(name) {
		n = (n ^ uint32(name[i])) * 16777619
	}
	return fmt.Sprint(n%1_000_000 + 2)
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

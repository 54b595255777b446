package unix

import (
	"slices"
	"strings"
	"unicode/utf8"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// listPrograms show files.
var listPrograms = []Program{
	{Name: "ls", Means: "lists files", AtTools: true, Run: runLs,
		Help: usage("ls [OPTION]... [FILE]...", "List FILEs (the working directory by default).",
			"-a  do not ignore names that begin with .", "-A  like -a, without . and ..", "-d  directories themselves, not what is in them",
			"-l  long: mode, owner, size, time, name", "-1  one file per line", "-t  newest first", "-S  largest first",
			"-L  what links lead to", "-r  reversed", "-R  directories within directories too", "-h  sizes such as 1.5K, with -l", "-F  / behind directories, * behind programs", "--time-style=STYLE  times as full-iso, long-iso, iso, locale or +FORMAT", "--full-time  -l with full-iso")},
	{Name: "cat", Means: "shows what is in files", AtTools: true, Run: runCat,
		Help: usage("cat [OPTION]... [FILE]...", "Write FILEs one after the other; - is standard input.",
			"-n  number the lines", "-b  number the lines that are not empty", "-s  at most one empty line in a row",
			"-E  $ at the end of each line", "-T  tabs as ^I", "-v  other control characters as ^X and M-X", "-A  all of -vET")},
}

// Options without a letter.
const (
	styleOption = '+'
	fullTime    = '%'
)

// lister is one call of ls.
type lister struct {
	p       *Process
	o       options
	status  int
	printed bool
	style   [2]string // of times: of fresh files and of others
	form    string    // +FORMAT of --time-style
}

func runLs(p *Process) int {
	o := p.options(2, "aAdl1tSrRhFCnpgoiLH"+string(styleOption)+":", "dereference=L", "all=a", "almost-all=A", "directory=d", "reverse=r", "recursive=R", "human-readable=h", "classify=F", "numeric-uid-gid=n", "no-group=o",
		"time-style="+string(styleOption), "full-time="+string(fullTime))
	l := &lister{p: p, o: o}
	l.timeStyle()
	names := o.args
	if len(names) == 0 {
		names = []string{"."}
	}
	var files, dirs []entry
	for _, name := range names {
		row, err := l.row(name)
		switch {
		case err != nil:
			p.Complain("cannot access %s: %s", quoted(name), shell.Reason(err))
			l.status = 2
		case row.IsDir() && !o.has('d'):
			dirs = append(dirs, entry{name, row})
		default:
			files = append(files, entry{name, row})
		}
	}
	l.show(l.sorted(files), false)
	for _, dir := range l.sorted(dirs) {
		l.directory(dir, len(names) > 1 || o.has('R'))
	}
	return l.status
}

// row returns the row of a name of the command line: where a link leads to, unless it is shown
// itself.
func (l *lister) row(name string) (*shell.File, error) {
	row, err := l.p.Stat(name)
	itself := (l.isLong() || l.o.has('d') || l.o.has('F')) && !l.o.has('L') && !l.o.has('H')
	if itself || err == shell.NotExist && !l.o.has('L') {
		return l.p.Lstat(name)
	}
	return row, err
}

func (l *lister) isLong() bool {
	return l.o.has(fullTime) || l.o.has('l') || l.o.has('n') || l.o.has('g') || l.o.has('o')
}

// entry is a file with the name that it is shown by.
type entry struct {
	name string
	*shell.File
}

// quoted is a name in the quotes of coreutils' messages.
func quoted(name string) string { return "'" + voice.OneLine(name) + "'" }

func (l *lister) directory(dir entry, titled bool) {
	rows, err := l.p.List(dir.name)
	if err != nil {
		l.p.Complain("cannot open directory %s: %s", quoted(dir.name), shell.Reason(err))
		l.status = 2
		return
	}
	if l.printed {
		l.p.Print("\n")
	}
	if titled {
		l.p.Print(dir.name + ":\n")
	}
	var list []entry
	if l.o.has('a') {
		up, _ := l.p.Stat(dir.name + "/..")
		list = append(list, entry{".", dir.File}, entry{"..", up})
	}
	for _, row := range rows {
		if at, err := l.p.Stat(row.Path); err == nil && row.IsLink() && l.o.has('L') {
			row = &shell.File{Path: row.Path, Mode: at.Mode, Time: at.Time, Root: at.Root, Data: at.Data}
		}
		if !strings.HasPrefix(row.Name(), ".") || l.o.has('a') || l.o.has('A') {
			list = append(list, entry{row.Name(), row})
		}
	}
	list = l.sorted(list)
	l.printed = true
	l.show(list, true)
	if !l.o.has('R') {
		return
	}
	for _, e := range list {
		if e.IsDir() && e.name != "." && e.name != ".." {
			l.directory(entry{strings.TrimSuffix(dir.name, "/") + "/" + e.name, e.File}, true)
		}
	}
}

// sorted orders as the options want; names as the C locale does not: letters before their case.
func (l *lister) sorted(list []entry) []entry {
	slices.SortStableFunc(list, func(a, b entry) int {
		order := 0
		switch {
		case l.o.has('t'):
			order = int(b.Time - a.Time)
		case l.o.has('S'):
			order = int(b.Size() - a.Size())
		}
		if order == 0 {
			order = strings.Compare(a.name, b.name)
		}
		if l.o.has('r') {
			order = -order
		}
		return order
	})
	return list
}

// show prints a list: long, in columns on a terminal, else one per line.
func (l *lister) show(list []entry, total bool) {
	if len(list) > 0 {
		l.printed = true
	}
	switch {
	case l.isLong():
		l.long(list, total)
	case !l.o.has('1') && (l.p.ToTerminal() || l.o.has('C')):
		l.columns(list)
	default:
		for _, e := range list {
			l.p.Print(l.name(e) + "\n")
		}
	}
}

func (l *lister) name(e entry) string {
	switch {
	case (l.o.has('F') || l.o.has('p')) && e.IsDir():
		return e.name + "/"
	case l.o.has('F') && e.IsLink() && !l.isLong():
		return e.name + "@"
	case e.IsLink():
		return e.name
	case l.o.has('F') && e.Executable():
		return e.name + "*"
	}
	return e.name
}

// columns fills the terminal's width column by column, as ls does.
func (l *lister) columns(list []entry) {
	var names []string
	for _, e := range list {
		name := l.name(e)
		if shown := voice.OneLine(name); shown != name {
			name = "'" + shown + "'"
		}
		names = append(names, name)
	}
	width := l.p.Columns()
	for rows := 1; rows <= len(names); rows++ {
		widths, sum := columnWidths(names, rows)
		if sum > width && rows < len(names) {
			continue
		}
		for r := range rows {
			line := ""
			for c, w := range widths {
				if i := c*rows + r; i < len(names) {
					line += names[i]
					if i+rows < len(names) {
						line += strings.Repeat(" ", w-utf8.RuneCountInString(names[i]))
					}
				}
			}
			l.p.Print(line + "\n")
		}
		return
	}
}

// columnWidths returns the widths of the columns, with two blanks between, and their sum.
func columnWidths(names []string, rows int) (widths []int, sum int) {
	for i := 0; i < len(names); i += rows {
		widest := 0
		for _, name := range names[i:min(i+rows, len(names))] {
			widest = max(widest, utf8.RuneCountInString(name))
		}
		widths = append(widths, widest+2)
		sum += widest + 2
	}
	return widths, sum - 2
}

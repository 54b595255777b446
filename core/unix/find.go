package unix

import (
	"bufio"
	"path"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// findPrograms look for files.
var findPrograms = []Program{
	{Name: "find", Means: "looks for files by name, type and size", Run: runFind,
		Help: usage("find [PATH]... [EXPRESSION]", "Look for files in PATHs and all below.", "Tests: -name -iname -path GLOB  -regex RE  -type f|d|l  -empty  -size [+-]N[bckwMG]  -links [+-]N  -perm [-/]MODE",
			"       -user NAME  -executable  -newer FILE  -newermt DATE  -mtime [+-]N  -maxdepth N  -mindepth N", "Actions: -print -print0 -printf FORMAT -delete -prune -quit -exec COMMAND {} ;  -ok COMMAND {} ;  -exec COMMAND {} +",
			"Between them: ( ) ! -a -o")},
}

// finder is one call of find.
type finder struct {
	p           *Process
	args        []string
	test        findTest
	acts        bool // an action was named: -print is not put in
	first, last int  // depths
	deep        bool // what is in a directory comes before it
	follows     bool // links are what they lead to
	pruned      bool // what is in the directory at hand is passed over
	quit        bool // -quit was met
	batches     []*findBatch
	answers     *bufio.Reader // to -ok
	status      int
}

// found is a file as its name was reached.
type found struct {
	*shell.File
	name  string
	under string // the PATH it was reached from
}

type findTest func(found) bool

// findBatch is -exec … {} +: one command for all.
type findBatch struct{ command, names []string }

func runFind(p *Process) int {
	args, follows := p.Args[1:], false
	for len(args) > 0 && (args[0] == "-L" || args[0] == "-P" || args[0] == "-H") {
		follows, args = args[0] == "-L", args[1:]
	}
	i := slices.IndexFunc(args, func(word string) bool { return strings.HasPrefix(word, "-") || word == "(" || word == "!" })
	if i < 0 {
		i = len(args)
	}
	roots := args[:i]
	if len(roots) == 0 {
		roots = []string{"."}
	}
	f := &finder{p: p, args: args[i:], last: 1 << 20, follows: follows}
	f.test = func(found) bool { return true }
	if len(f.args) > 0 {
		f.test = f.either()
	}
	if len(f.args) > 0 {
		f.refuse("paths must precede expression: `" + voice.OneLine(f.args[0]) + "'")
	}
	if inner := f.test; !f.acts {
		f.test = func(row found) bool { return inner(row) && f.print(row, "\n") }
	}
	for _, root := range roots {
		row, err := f.row(root)
		if err != nil {
			f.status = p.Complain("%s: %s", quoted(root), shell.Reason(err))
			continue
		}
		if f.walk(found{row, root, root}, 0); f.quit {
			break
		}
	}
	for _, b := range f.batches {
		if len(b.names) > 0 && f.run(append(slices.Clone(b.command), b.names...)) != 0 {
			f.status = 1
		}
	}
	return f.status
}

func (f *finder) refuse(why string) {
	f.p.Complain("%s", why)
	f.p.Exit(1)
}

func (f *finder) walk(row found, depth int) {
	f.p.Yield()
	f.pruned = false
	if !f.deep && depth >= f.first {
		f.test(row)
	}
	if row.IsDir() && depth < f.last && !f.pruned && !f.quit {
		rows, err := f.p.List(row.name)
		if err != nil {
			f.status = f.p.Complain("%s: %s", quoted(row.name), shell.Reason(err))
		}
		for _, inner := range rows {
			name := strings.TrimSuffix(row.name, "/") + "/" + inner.Name()
			if at, err := f.row(name); f.follows && err == nil {
				inner = at
			}
			if f.walk(found{inner, name, row.under}, depth+1); f.quit {
				return
			}
		}
	}
	if f.deep && depth >= f.first {
		f.test(row)
	}
}

// row returns the row of a name, a link's own unless links are followed.
func (f *finder) row(name string) (*shell.File, error) {
	if f.follows {
		if row, err := f.p.Stat(name); err == nil {
			return row, nil
		}
	}
	return f.p.Lstat(name)
}

func (f *finder) word() string {
	if len(f.args) == 0 {
		return ""
	}
	word := f.args[0]
	f.args = f.args[1:]
	return word
}

// either reads tests with -o between them.
func (f *finder) either() findTest {
	test := f.both()
	for len(f.args) > 0 && (f.args[0] == "-o" || f.args[0] == "-or") {
		f.word()
		a, b := test, f.both()
		test = func(row found) bool { return a(row) || b(row) }
	}
	return test
}

// both reads tests with -a or nothing between them.
func (f *finder) both() findTest {
	test := f.one()
	for len(f.args) > 0 && f.args[0] != "-o" && f.args[0] != "-or" && f.args[0] != ")" {
		if f.args[0] == "-a" || f.args[0] == "-and" {
			f.word()
		}
		a, b := test, f.one()
		test = func(row found) bool { return a(row) && b(row) }
	}
	return test
}

func (f *finder) one() findTest {
	word := f.word()
	switch word {
	case "!", "-not":
		test := f.one()
		return func(row found) bool { return !test(row) }
	case "(":
		test := f.either()
		if f.word() != ")" {
			f.refuse("invalid expression; expected to find a ')' but didn't see one.")
		}
		return test
	}
	if make, ok := findPlain[word]; ok {
		return make(f)
	}
	make, ok := findValued[word]
	if !ok {
		f.refuse("unknown predicate `" + voice.OneLine(word) + "'")
	}
	if len(f.args) == 0 {
		f.refuse("missing argument to `" + word + "'")
	}
	return make(f, f.word())
}

func always(found) bool { return true }

// findPlain are the tests and actions without a value.
var findPlain map[string]func(*finder) findTest

// findValued are those with one.
var findValued map[string]func(f *finder, value string) findTest

func init() {
	findPlain = map[string]func(*finder) findTest{
		"-print":      func(f *finder) findTest { f.acts = true; return func(row found) bool { return f.print(row, "\n") } },
		"-print0":     func(f *finder) findTest { f.acts = true; return func(row found) bool { return f.print(row, "\x00") } },
		"-delete":     func(f *finder) findTest { f.acts, f.deep = true, true; return f.remove },
		"-depth":      func(f *finder) findTest { f.deep = true; return always },
		"-empty":      func(f *finder) findTest { return f.empty },
		"-true":       func(*finder) findTest { return always },
		"-xdev":       func(*finder) findTest { return always },
		"-prune":      func(f *finder) findTest { return func(found) bool { f.pruned = true; return true } },
		"-quit":       func(f *finder) findTest { f.acts = true; return func(found) bool { f.quit = true; return true } },
		"-false":      func(*finder) findTest { return func(found) bool { return false } },
		"-executable": func(*finder) findTest { return func(row found) bool { return row.IsDir() || row.Executable() } },
		"-ls": func(f *finder) findTest {
			f.acts = true
			return func(row found) bool { return f.run([]string{"ls", "-ld", row.name}) == 0 }
		},
	}
	findValued = map[string]func(*finder, string) findTest{
		"-name": func(f *finder, v string) findTest {
			return f.glob(v, false, func(r found) string { return path.Base(r.name) })
		},
		"-iname": func(f *finder, v string) findTest {
			return f.glob(v, true, func(r found) string { return path.Base(r.name) })
		},
		"-path": func(f *finder, v string) findTest { return f.glob(v, false, func(r found) string { return r.name }) },
		"-type": func(f *finder, v string) findTest {
			for _, kind := range strings.Split(v, ",") {
				if len(kind) != 1 || !strings.Contains("bcdpflsD", kind) {
					f.refuse("Unknown argument to -type: " + voice.OneLine(v))
				}
			}
			return func(row found) bool { return strings.Contains(v, kindOf(row.File)) }
		},
		"-maxdepth":  func(f *finder, v string) findTest { f.last = f.depth("-maxdepth", v); return always },
		"-mindepth":  func(f *finder, v string) findTest { f.first = f.depth("-mindepth", v); return always },
		"-size":      (*finder).size,
		"-mtime":     func(f *finder, v string) findTest { return f.age("-mtime", v, 86_400_000) },
		"-mmin":      func(f *finder, v string) findTest { return f.age("-mmin", v, 60_000) },
		"-newer":     (*finder).newer,
		"-anewer":    (*finder).newer, // nothing else is kept of when a file was read or changed
		"-cnewer":    (*finder).newer,
		"-newermm":   (*finder).newer,
		"-atime":     func(f *finder, v string) findTest { return f.age("-atime", v, 86_400_000) },
		"-ctime":     func(f *finder, v string) findTest { return f.age("-ctime", v, 86_400_000) },
		"-links":     (*finder).links,
		"-samefile":  (*finder).same,
		"-ok":        (*finder).ok,
		"-newermt":   (*finder).newerThan,
		"-perm":      (*finder).perm,
		"-user":      func(_ *finder, v string) findTest { return func(row found) bool { return row.Root == (v == "root") } },
		"-group":     func(_ *finder, v string) findTest { return func(row found) bool { return row.Root == (v == "root") } },
		"-regex":     func(f *finder, v string) findTest { return f.regex(v, false) },
		"-iregex":    func(f *finder, v string) findTest { return f.regex(v, true) },
		"-ipath":     func(f *finder, v string) findTest { return f.glob(v, true, func(r found) string { return r.name }) },
		"-wholename": func(f *finder, v string) findTest { return f.glob(v, false, func(r found) string { return r.name }) },
		"-printf":    (*finder).printf,
		"-exec":      (*finder).exec,
	}
}

func (f *finder) print(row found, end string) bool {
	f.p.Print(row.name + end)
	return true
}

// number reads a test's value.
func (f *finder) number(test, text string) int {
	n, err := strconv.Atoi(strings.TrimLeft(text, "+-"))
	if err != nil {
		f.refuse("invalid argument `" + voice.OneLine(text) + "' to `" + test + "'")
	}
	return n
}

func (f *finder) depth(test, text string) int {
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		f.refuse("Expected a positive decimal integer argument to " + test + ", but got " + quoted(text))
	}
	return int(n)
}

func (f *finder) remove(row found) bool {
	if row.name == "." {
		return true
	}
	if file, ok := f.p.abs("cannot delete", row.name); ok {
		if err := f.p.Remove(file); err != nil {
			f.status = f.p.Complain("cannot delete %s: %s", quoted(row.name), shell.Reason(err))
			return false
		}
	}
	return true
}

// exec reads a command up to ; or +.
func (f *finder) exec(first string) findTest {
	f.acts = true
	command := []string{first}
	for len(f.args) > 0 && f.args[0] != ";" && !(f.args[0] == "+" && command[len(command)-1] == "{}") {
		command = append(command, f.word())
	}
	if len(f.args) == 0 {
		f.refuse("missing argument to `-exec'")
	}
	if f.word() == "+" {
		b := &findBatch{command: command[:len(command)-1]}
		f.batches = append(f.batches, b)
		return func(row found) bool { b.names = append(b.names, row.name); return true }
	}
	return func(row found) bool {
		line := slices.Clone(command)
		for i := range line {
			line[i] = strings.ReplaceAll(line[i], "{}", row.name)
		}
		return f.run(line) == 0
	}
}

// ok is -exec that asks first, on standard error and of standard input.
func (f *finder) ok(first string) findTest {
	run := f.exec(first)
	if f.answers == nil {
		f.answers = bufio.NewReader(f.p.Stdin())
	}
	return func(row found) bool {
		f.p.Errorf("< %s ... %s > ? ", first, row.name)
		answer, _ := f.answers.ReadString('\n')
		return strings.HasPrefix(strings.ToLower(answer), "y") && run(row)
	}
}

func (f *finder) run(line []string) int {
	return f.p.Run(line)
}

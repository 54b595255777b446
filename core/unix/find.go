package unix

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
	"mvdan.cc/sh/v3/pattern"
)

// findPrograms look for files.
var findPrograms = []Program{
	{Name: "find", Means: "looks for files by name, type and size", Run: runFind,
		Help: usage("find [PATH]... [EXPRESSION]", "Look for files in PATHs and all below.", "Tests: -name -iname -path GLOB  -regex RE  -type f|d|l  -empty  -size [+-]N[ck]  -perm [-/]MODE  -user NAME",
			"       -newer FILE  -mtime [+-]N  -maxdepth N  -mindepth N", "Actions: -print -print0 -printf FORMAT -delete -prune -quit -exec COMMAND {} ;  -exec COMMAND {} +",
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
		"-type": func(_ *finder, v string) findTest {
			return func(row found) bool { return strings.Contains(v, kindOf(row.File)) }
		},
		"-maxdepth":  func(f *finder, v string) findTest { f.last = f.number(v); return always },
		"-mindepth":  func(f *finder, v string) findTest { f.first = f.number(v); return always },
		"-size":      (*finder).size,
		"-mtime":     func(f *finder, v string) findTest { return f.age(v, 86_400_000) },
		"-mmin":      func(f *finder, v string) findTest { return f.age(v, 60_000) },
		"-newer":     (*finder).newer,
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

func (f *finder) number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		f.refuse("invalid argument `" + voice.OneLine(text) + "'")
	}
	return n
}

func (f *finder) glob(glob string, fold bool, of func(found) string) findTest {
	text, err := pattern.Regexp(glob, pattern.EntireString)
	if err != nil {
		return func(row found) bool { return of(row) == glob }
	}
	if fold {
		text = "(?i)" + text
	}
	re, err := compiled("(?s)"+text, false)
	if err != nil {
		return func(row found) bool { return of(row) == glob }
	}
	return func(row found) bool { return re.MatchString(of(row)) }
}

// compare reads +N, -N or N.
func (f *finder) compare(text string) func(int64) bool {
	n := int64(f.number(strings.TrimLeft(text, "+-")))
	return func(value int64) bool {
		switch text[0] {
		case '+':
			return value > n
		case '-':
			return value < n
		}
		return value == n
	}
}

func (f *finder) size(value string) findTest {
	unit := int64(512)
	switch value[len(value)-1:] {
	case "c":
		unit = 1
	case "k":
		unit = 1024
	case "M":
		unit = 1 << 20
	}
	fits := f.compare(strings.TrimRight(value, "bckM"))
	return func(row found) bool { return fits((row.Size() + unit - 1) / unit) }
}

func (f *finder) age(value string, unit int64) findTest {
	fits := f.compare(value)
	now := f.p.Now()
	return func(row found) bool { return fits((now - row.Time) / unit) }
}

// perm reads a mode: as it stands all of it, with - at least these bits, with / one of them.
func (f *finder) perm(value string) findTest {
	mode, ok := newMode(0, strings.TrimLeft(value, "-/"))
	if !ok || value == "" {
		f.refuse("invalid mode " + quoted(value))
	}
	return func(row found) bool {
		switch is := row.Mode.Perm(); value[0] {
		case '-':
			return is&mode == mode
		case '/':
			return mode == 0 || is&mode != 0
		default:
			return is == mode
		}
	}
}

// regex matches the whole name that a file was reached by.
func (f *finder) regex(text string, fold bool) findTest {
	if fold {
		text = "(?i)" + text
	}
	re, err := compiled("^(?:"+text+")$", false)
	if err != nil {
		f.refuse("failed to compile regular expression '" + voice.OneLine(text) + "'")
	}
	return func(row found) bool { return re.MatchString(row.name) }
}

func (f *finder) newer(name string) findTest {
	than, err := f.p.Stat(name)
	if err != nil {
		f.refuse(quoted(name) + ": " + shell.Reason(err))
	}
	return func(row found) bool { return row.Time > than.Time }
}

func (f *finder) newerThan(date string) findTest {
	at, ok := parseDate(date, f.p.Date(f.p.Now()))
	if !ok {
		f.refuse("I cannot figure out how to interpret " + quoted(date) + " as a date or time")
	}
	return func(row found) bool { return row.Time > f.p.Time(at) }
}

func (f *finder) empty(row found) bool {
	if !row.IsDir() {
		return row.Size() == 0
	}
	rows, err := f.p.List(row.name)
	return err == nil && len(rows) == 0
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

// findVerbs are what -printf can print of a file.
var findVerbs = map[byte]func(f *finder, row found) string{
	'p': func(_ *finder, row found) string { return row.name },
	'f': func(_ *finder, row found) string { return path.Base(row.name) },
	'h': func(_ *finder, row found) string {
		if at := strings.LastIndexByte(row.name, '/'); at >= 0 {
			return row.name[:at]
		}
		return "."
	},
	'P': func(_ *finder, row found) string {
		return strings.TrimPrefix(strings.TrimPrefix(row.name, row.under), "/")
	},
	'H': func(_ *finder, row found) string { return row.under },
	's': func(_ *finder, row found) string { return strconv.FormatInt(row.Size(), 10) },
	'y': func(_ *finder, row found) string { return kindOf(row.File) },
	'l': func(_ *finder, row found) string { return row.Link },
	'm': func(_ *finder, row found) string { return strconv.FormatInt(int64(row.Mode.Perm()), 8) },
	'M': func(_ *finder, row found) string { return modeText(row.Mode) },
	'd': func(_ *finder, row found) string {
		return strconv.Itoa(strings.Count(strings.TrimPrefix(row.name, row.under), "/"))
	},
	't': func(f *finder, row found) string {
		return f.p.Date(row.Time).Format("Mon Jan _2 15:04:05.0000000000 2006")
	},
	'u': ownerOf, 'g': ownerOf,
}

func ownerOf(_ *finder, row found) string {
	return map[bool]string{true: "root", false: "ec2-user"}[row.Root]
}

// timeOf is %T with a letter of date's formats.
func (f *finder) timeOf(row found, letter byte) string {
	at := f.p.Date(row.Time)
	if letter == '@' {
		return fmt.Sprintf("%d.%09d0", at.Unix(), at.Nanosecond())
	}
	return strftime("%"+string(rune(letter)), at)
}

func (f *finder) printf(format string) findTest {
	f.acts = true
	format, _ = unescape(format, false)
	return func(row found) bool {
		var b strings.Builder
		for i := 0; i < len(format); i++ {
			end := i + 1
			for end < len(format) && strings.IndexByte("-0123456789", format[end]) >= 0 {
				end++
			}
			switch {
			case format[i] != '%' || end == len(format):
				b.WriteByte(format[i])
				continue
			case format[end] == '%':
				b.WriteByte('%')
			case format[end] == 'T' && end+1 < len(format):
				end++
				b.WriteString(f.timeOf(row, format[end]))
			case findVerbs[format[end]] != nil:
				width, _ := strconv.Atoi(format[i+1 : end])
				b.WriteString(fmt.Sprintf("%*s", width, findVerbs[format[end]](f, row)))
			default:
				b.WriteString(format[i : end+1])
			}
			i = end
		}
		f.p.Print(b.String())
		return true
	}
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

func (f *finder) run(line []string) int {
	return f.p.Run(line)
}

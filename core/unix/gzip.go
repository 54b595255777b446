package unix

import (
	"compress/gzip"
	"path"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// gzipPrograms make files smaller and whole again (RFC 1952).
var gzipPrograms = []Program{
	{Name: "gzip", Means: "compresses files", Run: func(p *Process) int { return runGzip(p, "") },
		Help: usage("gzip [-cdfklnrtvN] [-1...-9] [-S SUFFIX] [FILE]...",
			"Compress each FILE in place: it becomes FILE.gz.", gzipHelp...)},
	{Name: "gunzip", Means: "makes compressed files whole again", Run: func(p *Process) int { return runGzip(p, "d") },
		Help: usage("gunzip [-cfklnrtvN] [-S SUFFIX] [FILE]...",
			"Decompress each FILE in place: FILE.gz becomes FILE.", gzipHelp...)},
	{Name: "zcat", Means: "shows compressed files", Run: func(p *Process) int { return runGzip(p, "dc") },
		Help: usage("zcat [-f] [FILE]...", "Write what is compressed in FILEs to standard output.",
			"-f  write what is not compressed as it is")},
}

var gzipHelp = []string{
	"-c  write to standard output and keep FILE", "-d  decompress",
	"-f  overwrite what is there, take links too", "-k  keep FILE", "-l  list how much was saved",
	"-n  leave out name and time", "-N  take name and time of what is compressed", "-q  no warnings",
	"-r  in directories too", "-t  test", "-v  say what is done", "-1 to -9  from fast to small",
}

// gzipCall is one call of gzip.
type gzipCall struct {
	p      *Process
	o      options
	suffix string
	level  int
	status int // 1 after a failure, 2 after a warning
	listed struct{ files, in, out int64 }
}

// runGzip is gzip, called as a name that stands for some options. All of them say that they are gzip.
func runGzip(p *Process, stands string) int {
	p.Args[0] = "gzip"
	o := p.options(1, "cdfklnNqrtvS:123456789", "stdout=c", "to-stdout=c", "decompress=d",
		"uncompress=d", "force=f", "keep=k", "list=l", "no-name=n", "name=N", "quiet=q", "recursive=r",
		"test=t", "verbose=v", "suffix=S", "fast=1", "best=9")
	for _, letter := range []byte(stands) {
		o.given[letter] = true
	}
	c := &gzipCall{p: p, o: o, suffix: o.value('S', ".gz"), level: 6}
	for level := byte('1'); level <= '9'; level++ {
		if o.has(level) {
			c.level = int(level - '0')
		}
	}
	names := o.args
	if len(names) == 0 {
		names = []string{"-"}
	}
	for _, name := range names {
		c.one(name)
	}
	if o.has('l') && c.listed.files > 1 {
		p.Printf("%s %s\n", sizes(c.listed.in, c.listed.out), "(totals)")
	}
	return c.status
}

// opens reports whether the call reads what is compressed.
func (c *gzipCall) opens() bool { return c.o.has('d') || c.o.has('t') || c.o.has('l') }

// fails says why a file was not done.
func (c *gzipCall) fails(name, why string) {
	c.p.Complain("%s: %s", voice.OneLine(name), why)
	c.status = 1
}

// warns says why a file was passed over, but for -q.
func (c *gzipCall) warns(format string, args ...any) {
	if !c.o.has('q') {
		c.p.Errorf(format+"\n", args...)
	}
	if c.status == 0 {
		c.status = 2
	}
}

// one does a file, a directory with -r, or standard input.
func (c *gzipCall) one(name string) {
	c.p.Yield()
	if name == "-" {
		c.standard()
		return
	}
	row, err := c.p.Lstat(name)
	if _, packed := c.bare(name); err != nil && c.opens() && !packed {
		name += c.suffix
		row, err = c.p.Lstat(name)
	}
	switch {
	case err != nil:
		c.fails(name, shell.Reason(err))
		return
	case row.IsLink() && !c.o.has('c') && !c.o.has('f') && !c.o.has('t') && !c.o.has('l'):
		c.fails(name, "Too many levels of symbolic links")
		return
	case row.IsLink():
		row, err = c.p.Stat(name)
	}
	switch {
	case err != nil:
		c.fails(name, shell.Reason(err))
	case row.IsDir() && c.o.has('r'):
		rows, _ := c.p.List(name)
		for _, inner := range rows {
			c.one(strings.TrimSuffix(name, "/") + "/" + inner.Name())
		}
	case row.IsDir():
		c.warns("gzip: %s is a directory -- ignored", voice.OneLine(name))
	default:
		c.file(name, row)
	}
}

// standard reads standard input and writes standard output.
func (c *gzipCall) standard() {
	if !c.o.has('f') {
		way, terminal := "compressed data not written to a terminal. Use -f to force compression.", c.p.ToTerminal()
		if c.opens() {
			way, terminal = "compressed data not read from a terminal. Use -f to force decompression.", c.p.OnTerminal()
		}
		if terminal {
			c.p.Complain("%s\nFor help, type: gzip -h", way)
			c.status = 1
			return
		}
	}
	c.run("stdin", c.p.Stdin(), c.p, gzip.Header{})
}

// file does a file, in place but for -c, -t and -l.
func (c *gzipCall) file(name string, row *shell.File) {
	to, ok := c.target(name)
	if !ok {
		return
	}
	r, err := c.p.Open(name)
	if err != nil {
		c.fails(name, shell.Reason(err))
		return
	}
	h := gzip.Header{Name: path.Base(name), ModTime: c.p.Date(row.Time)}
	if c.o.has('n') {
		h = gzip.Header{}
	}
	if to == "" {
		c.run(name, r, c.p, h)
		return
	}
	if c.opens() && c.o.has('N') {
		to, row = c.named(name, to, row)
	}
	if _, err := c.p.Lstat(to); err == nil && !c.o.has('f') {
		c.warns("gzip: %s already exists;\tnot overwritten", voice.OneLine(to))
		return
	}
	out := &room{p: c.p}
	if !c.run(name, r, out, h) {
		return
	}
	c.replace(name, to, row, out.Bytes())
}

// gzipEnds are the ends of names that gzip takes for its own beside that of -S, and what stands for them.
var gzipEnds = []struct{ end, whole string }{
	{".gz", ""}, {".tgz", ".tar"}, {".taz", ".tar"}, {".z", ""}, {"-gz", ""}, {"-z", ""}, {"_z", ""},
}

// bare is a name without the end of what is compressed, false where it has none.
func (c *gzipCall) bare(name string) (string, bool) {
	if bare, ok := strings.CutSuffix(name, c.suffix); ok {
		return bare, true
	}
	for _, known := range gzipEnds {
		if bare, ok := strings.CutSuffix(name, known.end); ok {
			return bare + known.whole, true
		}
	}
	return name, false
}

// target is the file that a file becomes, "" for standard output or none; false: it is passed over.
func (c *gzipCall) target(name string) (string, bool) {
	bare, packed := c.bare(name)
	switch {
	case c.o.has('c') || c.o.has('t') || c.o.has('l'):
		return "", true
	case c.opens() && !packed:
		c.warns("gzip: %s: unknown suffix -- ignored", voice.OneLine(name))
		return "", false
	case c.opens():
		return bare, true
	case packed && !c.o.has('f'):
		if !c.o.has('r') && !c.o.has('q') {
			end := name[strings.LastIndexAny(name, ".-_"):]
			c.p.Complain("%s already has %s suffix -- unchanged", voice.OneLine(name), voice.OneLine(end))
		}
		return "", false
	}
	return name + c.suffix, true
}

// named is what a file becomes by the name and time that it was compressed with, as far as it has them.
func (c *gzipCall) named(name, to string, row *shell.File) (string, *shell.File) {
	r, err := c.p.Open(name)
	if err != nil {
		return to, row
	}
	z, err := gzip.NewReader(r)
	if err != nil {
		return to, row // says so when it is opened
	}
	then := *row
	if !z.ModTime.IsZero() {
		then.Time = c.p.Time(z.ModTime)
	}
	if base := path.Base("/" + z.Name); z.Name != "" && base != "/" {
		to = path.Join(path.Dir(name), base)
	}
	return to, &then
}

// replace puts a file in another one's place, with its mode and time.
func (c *gzipCall) replace(name, to string, row *shell.File, data []byte) {
	err := c.p.WriteFile(to, data)
	if err == nil {
		var made *shell.File
		if made, err = c.p.Stat(to); err == nil {
			err = c.p.Change(made, func(f *shell.File) { f.Mode, f.Time = f.Mode&^0o777|row.Mode.Perm(), row.Time })
		}
	}
	if err != nil {
		c.fails(to, shell.Reason(err))
		return
	}
	doing := "created"
	if !c.o.has('k') {
		doing = "replaced with"
		if file, err := c.p.Abs(name); err == nil {
			_ = c.p.Remove(file) // one that cannot go stays, as with -k
		}
	}
	if c.o.has('v') {
		c.p.Errorf(" -- %s %s\n", doing, voice.OneLine(to))
	}
}

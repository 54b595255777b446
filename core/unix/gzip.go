package unix

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"hash/crc32"
	"io"
	"path"
	"strconv"
	"strings"
	"time"

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

// room is what is written where there is as much room as for an expansion.
type room struct {
	bytes.Buffer
	p *Process
}

func (r *room) Write(data []byte) (int, error) {
	r.p.Room(int64(r.Len() + len(data)))
	return r.Buffer.Write(data)
}

// counted counts what passes.
type counted struct {
	w io.Writer
	n int64
}

func (c *counted) Write(data []byte) (int, error) {
	c.n += int64(len(data))
	return c.w.Write(data)
}

// run compresses r or opens it, and says how it went with -v. It reports whether it went well.
func (c *gzipCall) run(name string, r io.Reader, w io.Writer, h gzip.Header) bool {
	if c.opens() {
		return c.open(name, bufio.NewReader(r), w)
	}
	packed := &counted{w: w}
	z, _ := gzip.NewWriterLevel(packed, c.level)
	z.Header = h
	in := &counted{w: z}
	c.p.eachBlock(r, func(block []byte) { _, _ = in.Write(block) })
	if z.Close() != nil {
		return false
	}
	c.ratio(name, in.n, packed.n-headSize(h.Name))
	return true
}

// headSize is how many bytes of a compressed file are not content: header, name, sum and length.
func headSize(name string) int64 {
	size := int64(18)
	if name != "" {
		size += int64(len(name)) + 1
	}
	return size
}

// ratio says what was saved. The line goes on where the file is replaced.
func (c *gzipCall) ratio(name string, in, out int64) {
	if !c.o.has('v') || name == "stdin" && !c.o.has('c') {
		return
	}
	end := ""
	if c.o.has('c') {
		end = "\n"
	}
	c.p.Errorf("%s:\t%s%s", voice.OneLine(name), saved(in, out), end)
}

// open decompresses the members of a file, one behind the other (RFC 1952, 2.2).
func (c *gzipCall) open(name string, r *bufio.Reader, w io.Writer) bool {
	if c.o.has('t') || c.o.has('l') {
		w = io.Discard
	}
	if magic, _ := r.Peek(2); c.o.has('f') && c.o.has('c') && !isGzip(magic) {
		c.p.eachBlock(r, func(block []byte) { _, _ = w.Write(block) })
		return true
	}
	if magic, _ := r.Peek(2); len(magic) > 0 && !isGzip(magic) {
		return c.broken(name, gzip.ErrHeader)
	}
	sum := crc32.NewIEEE()
	out := &counted{w: io.MultiWriter(w, sum)}
	in := &countedReader{r: r}
	h, err := c.members(name, in, out)
	if err != nil {
		return c.broken(name, err)
	}
	switch {
	case c.o.has('l'):
		c.list(name, in.n, out.n, sum.Sum32(), h)
	case c.o.has('t') && c.o.has('v'):
		c.p.Errorf("%s:\t OK\n", voice.OneLine(name))
	default:
		c.ratio(name, out.n, in.n-headSize(h.Name))
	}
	return true
}

// broken says what is wrong inside of a file.
func (c *gzipCall) broken(name string, err error) bool {
	c.p.Errorf("\ngzip: %s: %s\n", voice.OneLine(name), whyNot(err))
	c.status = 1
	return false
}

// members writes the content of all members and returns the header of the first.
func (c *gzipCall) members(name string, in *countedReader, w io.Writer) (first gzip.Header, err error) {
	z, err := gzip.NewReader(in)
	if err != nil {
		return first, err
	}
	first = z.Header
	for {
		z.Multistream(false)
		c.p.eachBlock(reading{z, &err}, func(block []byte) { _, _ = w.Write(block) })
		if err != nil {
			return first, err
		}
		switch next, bad := in.r.Peek(1); {
		case bad != nil || next[0] == 0: // zeros fill a block of a tape up
			return first, nil
		}
		if z.Reset(in) != nil {
			c.warns("\ngzip: %s: decompression OK, trailing garbage ignored", voice.OneLine(name))
			return first, nil
		}
	}
}

// reading keeps the error that ended a reader, but for its end.
type reading struct {
	r   io.Reader
	err *error
}

func (r reading) Read(data []byte) (int, error) {
	n, err := r.r.Read(data)
	if err != nil && err != io.EOF {
		*r.err = err
	}
	return n, err
}

// countedReader counts what is read, and hands out no more than is asked for: what stands behind a member is
// not lost.
type countedReader struct {
	r *bufio.Reader
	n int64
}

func (c *countedReader) Read(data []byte) (int, error) {
	n, err := c.r.Read(data)
	c.n += int64(n)
	return n, err
}

func (c *countedReader) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// whyNot is what gzip calls an error of a compressed file.
func whyNot(err error) string {
	switch {
	case errors.Is(err, gzip.ErrHeader):
		return "not in gzip format"
	case errors.Is(err, gzip.ErrChecksum):
		return "invalid compressed data--crc error"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "unexpected end of file"
	}
	return "invalid compressed data--format violated"
}

// list prints the row of -l, below the heads before the first.
func (c *gzipCall) list(name string, in, out int64, sum uint32, h gzip.Header) {
	more := ""
	if c.o.has('v') {
		more = "method  crc     date  time  "
	}
	if c.listed.files == 0 && !c.o.has('q') {
		c.p.Printf("%s%19s %19s  ratio uncompressed_name\n", more, "compressed", "uncompressed")
	}
	c.listed.files, c.listed.in, c.listed.out = c.listed.files+1, c.listed.in+in, c.listed.out+out
	if c.o.has('v') {
		date := h.ModTime
		if date.IsZero() {
			date = c.p.Date(c.p.Now())
		}
		c.p.Printf("defla %08x %s ", sum, strftime("%b %e %H:%M", date.In(time.UTC)))
	}
	bare, _ := c.bare(name)
	if c.o.has('N') && h.Name != "" {
		bare = h.Name
	}
	c.p.Printf("%s %s\n", sizes(in, out), voice.OneLine(bare))
}

// sizes are the columns of -l.
func sizes(in, out int64) string {
	return columnsOf(in) + " " + columnsOf(out) + " " + saved(out, in-18)
}

// columnsOf is a number at the right of its column.
func columnsOf(n int64) string {
	text := strconv.FormatInt(n, 10)
	return strings.Repeat(" ", max(0, 19-len(text))) + text
}

// saved is how much smaller the content has become.
func saved(in, out int64) string {
	if in == 0 {
		return "  0.0%"
	}
	percent := strconv.FormatFloat(100*float64(in-out)/float64(in), 'f', 1, 64)
	return strings.Repeat(" ", max(0, 5-len(percent))) + percent + "%"
}

// isGzip reports whether data begins as what gzip makes.
func isGzip(data []byte) bool { return bytes.HasPrefix(data, []byte("\x1f\x8b")) }

// gzipped is data compressed, without a name.
func gzipped(data []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(data) // into memory
	_ = z.Close()
	return out.Bytes()
}

// gunzipped is what data was before it was compressed; of a broken file what comes before the fault.
func (p *Process) gunzipped(data []byte) ([]byte, error) {
	if !isGzip(data) {
		return nil, gzip.ErrHeader
	}
	c := &gzipCall{p: p, o: options{given: map[byte]bool{'q': true}}}
	out := &room{p: p}
	_, err := c.members("stdin", &countedReader{r: bufio.NewReader(bytes.NewReader(data))}, out)
	return out.Bytes(), err
}

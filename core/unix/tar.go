package unix

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
	"mvdan.cc/sh/v3/pattern"
)

// tarPrograms put files together and take them apart.
var tarPrograms = []Program{
	{Name: "tar", Means: "puts files into an archive and takes them out", Run: runTar,
		Help: usage("tar -c|-x|-t [-z] [-f ARCHIVE] [-C DIR] [-v] [-O] [--exclude=GLOB] [FILE]...", "Make, open or list an archive.",
			"-z  compressed by gzip", "-a  compressed where ARCHIVE ends in .gz or .tgz")},
}

// Sizes of an archive, in bytes (POSIX, ustar): its unit, and the fields of a name.
const (
	tarBlock  = 512
	tarName   = 100
	tarPrefix = 155
)

// tarEntry is a file of an archive.
type tarEntry struct {
	name, link string
	mode       fs.FileMode
	kind       byte // '0' a file, '5' a directory, '2' a link
	time       int64
	data       []byte
}

// parted is a name as the two fields of a header hold it, false for one that they cannot.
func parted(name string) (prefix, rest string, ok bool) {
	if len(name) <= tarName {
		return "", name, true
	}
	i := strings.LastIndexByte(name[:min(len(name)-1, tarPrefix+1)], '/')
	if i <= 0 || len(name)-i-1 > tarName {
		return "", "", false
	}
	return name[:i], name[i+1:], true
}

// header is the block before a file's content. Its name fits, and so does what it leads to.
func (e tarEntry) header() []byte {
	h := make([]byte, tarBlock)
	prefix, name, _ := parted(e.name)
	copy(h, name)
	copy(h[100:], fmt.Sprintf("%07o", e.mode.Perm()))
	copy(h[108:], fmt.Sprintf("%07o", 1000))
	copy(h[116:], fmt.Sprintf("%07o", 1000))
	copy(h[124:], fmt.Sprintf("%011o", len(e.data)))
	copy(h[136:], fmt.Sprintf("%011o", max(e.time, 0)))
	copy(h[148:], "        ")
	h[156] = e.kind
	copy(h[157:257], e.link)
	copy(h[257:], "ustar\x0000")
	copy(h[265:], "ec2-user")
	copy(h[297:], "ec2-user")
	copy(h[345:500], prefix)
	sum := 0
	for _, c := range h {
		sum += int(c)
	}
	copy(h[148:], fmt.Sprintf("%06o\x00 ", sum))
	return h
}

// readTar takes an archive apart, false for what is none.
func readTar(data []byte) (entries []tarEntry, ok bool) {
	text := func(field []byte) string {
		s, _, _ := strings.Cut(string(field), "\x00")
		return s
	}
	number := func(field []byte) int64 {
		n, _ := strconv.ParseInt(strings.Trim(text(field), " "), 8, 62)
		return n
	}
	for len(data) >= tarBlock && data[0] != 0 {
		h := data[:tarBlock]
		size := number(h[124:136])
		if string(h[257:262]) != "ustar" || size < 0 || size > int64(len(data)-tarBlock) {
			return entries, false
		}
		e := tarEntry{name: text(h[:100]), link: text(h[157:257]), mode: fs.FileMode(number(h[100:108])) & fs.ModePerm, kind: h[156], time: number(h[136:148]), data: data[tarBlock : tarBlock+size]}
		if prefix := text(h[345:500]); prefix != "" {
			e.name = prefix + "/" + e.name
		}
		entries = append(entries, e)
		data = data[min(int64(len(data)), tarBlock+(size+tarBlock-1)/tarBlock*tarBlock):]
	}
	return entries, len(entries) > 0 || len(data) >= tarBlock
}

// tarCall is one call of tar.
type tarCall struct {
	p                *Process
	file, dir        string
	verbose, toOut   bool
	zipped           bool // -z was given
	excluded         []string
	stripped, status int
}

// runTar reads the old form `tar czf` too, without a dash.
func runTar(p *Process) int {
	if len(p.Args) > 1 && !strings.HasPrefix(p.Args[1], "-") {
		words := []string{p.Args[0]}
		rest := p.Args[2:]
		for _, letter := range p.Args[1] {
			words = append(words, "-"+string(letter))
			if (letter == 'f' || letter == 'C') && len(rest) > 0 {
				words, rest = append(words, rest[0]), rest[1:]
			}
		}
		p.Args = append(words, rest...)
	}
	t := &tarCall{p: p, file: "-"}
	strip := "0"
	p.Args = slices.DeleteFunc(p.Args, func(word string) bool {
		glob, ok := strings.CutPrefix(word, "--exclude=")
		if ok {
			t.excluded = append(t.excluded, glob)
		}
		if n, found := strings.CutPrefix(word, "--strip-components="); found {
			strip = n
			return true
		}
		return ok || word == "--no-same-owner" || word == "--numeric-owner" || word == "--format=ustar" || strings.HasPrefix(word, "--owner=") || strings.HasPrefix(word, "--group=")
	})
	stripped, err := strconv.ParseUint(strip, 10, 31)
	if err != nil {
		p.Complain("%s: Invalid number of elements", voice.OneLine(strip))
		return 2
	}
	t.stripped = int(stripped)
	o := p.options(2, "cxtf:C:vOzjJapk", "create=c", "extract=x", "get=x", "list=t", "file=f", "directory=C", "verbose=v", "to-stdout=O", "gzip=z", "gunzip=z", "ungzip=z", "auto-compress=a", "bzip2=j", "xz=J")
	t.file, t.dir, t.verbose, t.toOut = o.value('f', "-"), o.value('C', ""), o.has('v'), o.has('O')
	t.zipped = o.has('z') || o.has('a') && (strings.HasSuffix(t.file, ".gz") || strings.HasSuffix(t.file, ".tgz"))
	if o.has('j') || o.has('J') {
		p.Note(voice.ShellUnsupported, "what", "bzip2 and xz; with -z tar compresses by gzip")
		p.Complain("not supported: compression")
		return 2
	}
	if t.dir != "" && !t.isDirectory() {
		return 2
	}
	switch {
	case o.has('c'):
		return t.create(o.args)
	case o.has('x'), o.has('t'):
		return t.open(o.has('t'), o.args)
	}
	p.Complain("You must specify one of the '-Acdtrux', '--delete' or '--test-label' options\nTry 'tar --help' or 'tar --usage' for more information.")
	return 2
}

// isDirectory says where there is no directory of -C.
func (t *tarCall) isDirectory() bool {
	row, err := t.p.Stat(t.dir)
	if err == nil && row.IsDir() {
		return true
	}
	reason := "Not a directory"
	if err != nil {
		reason = shell.Reason(err)
	}
	t.p.Complain("%s: Cannot open: %s", voice.OneLine(t.dir), reason)
	t.p.Errorf("tar: Error is not recoverable: exiting now\n")
	return false
}

// in is a name as -C has it.
func (t *tarCall) in(name string) string {
	if t.dir == "" || strings.HasPrefix(name, "/") {
		return name
	}
	return strings.TrimSuffix(t.dir, "/") + "/" + name
}

func (t *tarCall) skips(name string) bool {
	return slices.ContainsFunc(t.excluded, func(glob string) bool {
		text, err := pattern.Regexp(glob, pattern.EntireString)
		if err != nil {
			return false
		}
		re, err := compiled(text, false)
		return err == nil && (re.MatchString(name) || re.MatchString(path.Base(name)))
	})
}

func (t *tarCall) create(names []string) int {
	if len(names) == 0 {
		t.p.Complain("Cowardly refusing to create an empty archive\nTry 'tar --help' or 'tar --usage' for more information.")
		return 2
	}
	var out []byte
	for _, name := range names {
		out = t.add(out, name)
	}
	out = append(out, make([]byte, 2*tarBlock)...)
	out = append(out, make([]byte, (20-len(out)/tarBlock%20)%20*tarBlock)...)
	if t.zipped {
		out = gzipped(out)
	}
	if t.file == "-" {
		t.p.Write(out)
		return t.status
	}
	if err := t.p.WriteFile(t.file, out); err != nil {
		t.p.Complain("%s: Cannot open: %s", voice.OneLine(t.file), shell.Reason(err))
		return t.fatal()
	}
	return t.status
}

func (t *tarCall) fatal() int {
	t.p.Complain("Error is not recoverable: exiting now")
	return 2
}

func (t *tarCall) fails(format string, args ...any) {
	t.p.Complain(format, args...)
	t.status = 2
}

// add puts a file into an archive, a directory with all that is in it.
func (t *tarCall) add(out []byte, name string) []byte {
	t.p.Yield()
	row, err := t.p.Lstat(t.in(name))
	if err != nil {
		t.fails("%s: Cannot stat: %s", voice.OneLine(name), shell.Reason(err))
		return out
	}
	if t.skips(name) {
		return out
	}
	e := tarEntry{name: strings.TrimLeft(name, "/"), mode: row.Mode, kind: '0', time: t.p.Date(row.Time).Unix()}
	switch {
	case row.IsLink():
		e.kind, e.link = '2', row.Link
	case row.IsDir():
		e.kind, e.name = '5', strings.TrimSuffix(e.name, "/")+"/"
	default:
		if e.data, err = t.p.ReadFile(t.in(name)); err != nil {
			t.fails("%s: Cannot open: %s", voice.OneLine(name), shell.Reason(err))
			return out
		}
	}
	if _, _, fits := parted(e.name); !fits || len(e.link) > tarName {
		t.fails("%s: file name is too long (cannot be split); not dumped", voice.OneLine(name))
		return out
	}
	if t.verbose {
		t.p.Print(e.name + "\n")
	}
	out = append(append(out, e.header()...), e.data...)
	out = append(out, make([]byte, (tarBlock-len(e.data)%tarBlock)%tarBlock)...)
	t.p.Room(int64(len(out)))
	if row.IsDir() {
		rows, _ := t.p.List(t.in(name))
		for _, inner := range rows {
			out = t.add(out, strings.TrimSuffix(name, "/")+"/"+inner.Name())
		}
	}
	return out
}

// open lists an archive or takes the files out of it, those named or all.
func (t *tarCall) open(lists bool, names []string) int {
	r, err := t.p.Open(t.file)
	var data []byte
	if err == nil {
		data, err = io.ReadAll(io.LimitReader(r, shell.MaxFile))
	}
	if err != nil {
		t.p.Complain("%s: Cannot open: %s", voice.OneLine(t.file), shell.Reason(err))
		return t.fatal()
	}
	if isGzip(data) && !t.zipped && t.file == "-" {
		t.p.Complain("Archive is compressed. Use -z option")
		return t.fatal()
	}
	if t.zipped || isGzip(data) {
		var bad error
		if data, bad = t.p.gunzipped(data); bad != nil {
			t.p.Errorf("\ngzip: stdin: %s\n", whyNot(bad))
			t.p.Complain("Child returned status 1")
			return t.fatal()
		}
	}
	entries, ok := readTar(data)
	if !ok {
		t.p.Complain("This does not look like a tar archive")
		t.p.Complain("Exiting with failure status due to previous errors")
		return 2
	}
	found := map[string]bool{}
	for _, e := range entries {
		wanted := len(names) == 0 && !t.skips(e.name)
		for _, name := range names {
			if bare := strings.TrimSuffix(name, "/"); e.name == name || strings.TrimSuffix(e.name, "/") == bare || strings.HasPrefix(e.name, bare+"/") {
				wanted, found[name] = true, true
			}
		}
		if wanted {
			t.one(lists, e)
		}
	}
	for _, name := range names {
		if !found[name] {
			t.fails("%s: Not found in archive", voice.OneLine(name))
		}
	}
	if t.status != 0 {
		t.p.Complain("Exiting with failure status due to previous errors")
	}
	return t.status
}

// one shows a file of an archive, or takes it out.
func (t *tarCall) one(lists bool, e tarEntry) {
	switch {
	case lists && t.verbose:
		kind := map[byte]fs.FileMode{'5': fs.ModeDir, '2': fs.ModeSymlink}[e.kind]
		t.p.Printf("%s ec2-user/ec2-user %9d %s %s\n", modeText(kind|e.mode), len(e.data), strftime("%Y-%m-%d %H:%M", time.Unix(e.time, 0).UTC()), e.name)
		return
	case lists || t.verbose:
		t.p.Print(e.name + "\n")
	}
	if lists {
		return
	}
	if t.toOut {
		t.p.Write(e.data)
		return
	}
	parts := strings.Split(strings.Trim(path.Clean("/"+e.name), "/"), "/")
	if t.stripped >= len(parts) {
		return
	}
	name := t.in(strings.Join(parts[t.stripped:], "/"))
	if path.Base(name) == "" || name == "" {
		return
	}
	if e.kind == '5' {
		t.p.Run([]string{"mkdir", "-p", name})
		return
	}
	if dir := path.Dir(name); dir != "." {
		t.p.Run([]string{"mkdir", "-p", dir})
	}
	if e.kind == '2' {
		t.p.Run([]string{"ln", "-sf", e.link, name})
		return
	}
	if err := t.p.WriteFile(name, e.data); err != nil {
		t.fails("%s: Cannot open: %s", voice.OneLine(name), shell.Reason(err))
		return
	}
	t.p.chmod(options{given: map[byte]bool{}}, fmt.Sprintf("%o", e.mode.Perm()), name)
}

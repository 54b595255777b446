package unix

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"hash"
	"strconv"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// digest is an algorithm that sums files, in small letters.
type digest struct {
	name string
	make func() hash.Hash
}

// digests are those with a program of their own, and cksum's.
var digests = []digest{{"md5", md5.New}, {"sha1", sha1.New}, {"sha224", sha256.New224}, {"sha256", sha256.New}, {"sha384", sha512.New384},
	{"sha512", sha512.New}}

// sumPrograms compare files, by their bytes or their sums.
var sumPrograms = []Program{
	digests[0].program(), digests[1].program(), digests[2].program(), digests[3].program(), digests[4].program(), digests[5].program(),
	{Name: "sum", Means: "prints a checksum of 16 bits and the size of files", Run: runSum,
		Help: usage("sum [-r | -s] [FILE]...", "Print checksums and sizes of FILEs.", "-r  BSD's, in blocks of 1024 bytes, as without it", "-s  System V's, in blocks of 512 bytes")},
	{Name: "cksum", Means: "prints the checksum and size of files", Run: runCksum,
		Help: usage("cksum [-a ALGORITHM] [--untagged] [-c] [FILE]...", "Print CRC and size of FILEs, or their digests.",
			"-a  crc, md5, sha1, sha224, sha256, sha384 or sha512", "-c  check the sums that FILEs hold", "--untagged  without the algorithm's name")},
	{Name: "cmp", Means: "compares two files byte by byte", Run: runCmp,
		Help: usage("cmp [-s] [-l] FILE1 [FILE2]", "Say where two files differ.", "-s  only by the exit status", "-l  every differing byte")},
	{Name: "diff", Means: "compares two files line by line", Run: runDiff,
		Help: usage("diff [-u | -q] [-abiwBsN] [-L LABEL]... [-r] FILE1 FILE2", "Show what must change to make FILE1 of FILE2.", "-u  with lines around", "-q  only whether",
			"-L LABEL  shown for a file's name", "-r  directories and what is below", "-N  a file that is not there is empty")},
}

func (d digest) program() Program {
	name, algorithm := d.name+"sum", strings.ToUpper(d.name)
	return Program{Name: name, Means: "prints the " + algorithm + " sum of files", Help: usage(name+" [-c] [--tag] [--quiet] [--status] [FILE]...",
		"Print or check "+algorithm+" sums.", "-c  check the sums that FILEs hold", "--tag  with the algorithm's name"), Run: d.sums}
}

func (d digest) sums(p *Process) int {
	o := p.options(1, "cbtwzsq", "check=c", "binary=b", "status=s", "quiet=q", "tag=T")
	names := o.args
	if len(names) == 0 {
		names = []string{"-"}
	}
	if o.has('c') {
		return each(names, func(name string) bool { return p.checkSums([]digest{d}, o, name) })
	}
	mark := byte(' ')
	switch {
	case o.has(tagged):
		mark = tagged
	case o.has('b'):
		mark = '*'
	}
	return each(names, func(name string) bool { return p.printSum(d, name, mark) })
}

func (p *Process) sum(make func() hash.Hash, name string) (string, error) {
	r, err := p.Open(name)
	if err != nil {
		return "", err
	}
	h := make()
	p.eachBlock(r, func(b []byte) { h.Write(b) })
	return hex.EncodeToString(h.Sum(nil)), nil
}

// checkSums compares the files of a list with their sums. Options q and s leave out what is good,
// or all words.
func (p *Process) checkSums(of []digest, o options, list string) bool {
	data, err := p.ReadFile(list)
	if err != nil {
		p.Complain("%s: %s", voice.OneLine(list), shell.Reason(err))
		return false
	}
	bad, read := 0, 0
	for line := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n") {
		d, name, want, ok := sumLine(line, of)
		if !ok {
			continue
		}
		read++
		sum, err := p.sum(d.make, name)
		switch {
		case err != nil:
			p.Complain("%s: %s", voice.OneLine(name), shell.Reason(err))
			p.Printf("%s: FAILED open or read\n", name)
			bad++
		case !strings.EqualFold(sum, want):
			if !o.has('s') {
				p.Printf("%s: FAILED\n", name)
			}
			bad++
		case !o.has('s') && !o.has('q'):
			p.Printf("%s: OK\n", name)
		}
	}
	switch {
	case read == 0 && list == "-":
		p.Complain("'standard input': no properly formatted checksum lines found")
		return false
	case read == 0:
		p.Complain("%s: no properly formatted checksum lines found", voice.OneLine(list))
		return false
	case bad == 0 || o.has('s'):
	case bad == 1:
		p.Complain("WARNING: 1 computed checksum did NOT match")
	default:
		p.Complain("WARNING: %d computed checksums did NOT match", bad)
	}
	return bad == 0
}

// two reads the two files of a comparison.
func (p *Process) two(o options) (a, b []byte, ok bool) {
	if len(o.args) == 0 {
		p.misused(2, "missing operand after "+quoted(p.Args[0]))
	}
	if len(o.args) == 1 {
		if p.Args[0] != "cmp" {
			p.misused(2, "missing operand after "+quoted(o.args[0]))
		}
		o.args = append(o.args, "-")
	}
	var files [2][]byte
	for i := range files {
		data, err := p.ReadFile(o.args[i])
		if err != nil {
			p.Complain("%s: %s", voice.OneLine(o.args[i]), shell.Reason(err))
			return nil, nil, false
		}
		files[i] = data
	}
	return files[0], files[1], true
}

func runCmp(p *Process) int {
	o := p.options(2, "sln:b", "silent=s", "quiet=s", "verbose=l", "bytes=n")
	a, b, ok := p.two(o)
	if !ok {
		return 2
	}
	o.args = append(o.args, "-")
	most := p.count(o, 'n', shell.MaxFile)
	a, b = a[:min(len(a), most)], b[:min(len(b), most)]
	if bytes.Equal(a, b) {
		return 0
	}
	line := 1
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			switch {
			case o.has('l'):
				p.Printf("%d %3o %3o\n", i+1, a[i], b[i])
				continue
			case !o.has('s'):
				p.Printf("%s %s differ: byte %d, line %d\n", o.args[0], o.args[1], i+1, line)
			}
			return 1
		}
		if a[i] == '\n' {
			line++
		}
	}
	if len(a) != len(b) && !o.has('s') {
		shorter, n := o.args[0], len(a)
		if len(b) < len(a) {
			shorter, n = o.args[1], len(b)
		}
		if n == 0 {
			p.Errorf("cmp: EOF on %s which is empty\n", shorter)
		} else {
			p.Errorf("cmp: EOF on %s after byte %d, %s\n", shorter, n, eofLine(n, a, b))
		}
	}
	return 1
}

func eofLine(n int, a, b []byte) string {
	short := a[:min(len(a), len(b))]
	lines := bytes.Count(short, []byte("\n"))
	if n > 0 && short[n-1] == '\n' {
		return "line " + strconv.Itoa(lines)
	}
	return "in line " + strconv.Itoa(lines+1)
}

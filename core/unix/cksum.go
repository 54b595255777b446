package unix

import (
	"io"
	"slices"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// runCksum prints POSIX' checksum and size of files, or one of the digests with its name in front.
func runCksum(p *Process) int {
	o := p.options(1, "a:c", "algorithm=a", "check=c", "untagged=U", "tag=T", "status=s", "quiet=q")
	algorithm := o.value('a', "crc")
	known := slices.IndexFunc(digests, func(d digest) bool { return d.name == algorithm })
	switch {
	case known >= 0:
	case !slices.ContainsFunc(plainSums, func(row plainSum) bool { return row.name == algorithm }):
		p.unknownSum(algorithm)
	case o.has('c') && o.has('a'):
		return p.Complain("--check is not supported with --algorithm={bsd,sysv,crc}")
	case !o.has('c'):
		return p.printPlain(algorithm, o.args)
	}
	names := o.args
	if len(names) == 0 {
		names = []string{"-"}
	}
	if o.has('c') {
		of := digests
		if known >= 0 {
			of = digests[known : known+1]
		}
		return each(names, func(name string) bool { return p.checkSums(of, o, name) })
	}
	return each(names, func(name string) bool {
		return p.printSum(digests[known], name, map[bool]byte{true: ' ', false: tagged}[o.has('U')])
	})
}

// runSum prints the checksums that were there before POSIX'.
func runSum(p *Process) int {
	o := p.options(1, "rs", "sysv=s")
	if o.has('s') {
		return p.printPlain("sysv", o.args)
	}
	return p.printPlain("bsd", o.args)
}

// printPlain prints a checksum of files that is a number.
func (p *Process) printPlain(algorithm string, names []string) int {
	row := plainSums[slices.IndexFunc(plainSums, func(row plainSum) bool { return row.name == algorithm })]
	return p.eachInput(names, func(name string, r io.Reader) {
		sum, size := row.of(p, r)
		p.Printf(row.shown, sum, size)
		if len(names) > 0 {
			p.Print(" " + name)
		}
		p.Print("\n")
	})
}

// unknownSum ends cksum, which knows no such algorithm.
func (p *Process) unknownSum(algorithm string) {
	p.Complain("invalid argument %s for '--algorithm'", quoted(algorithm))
	p.Errorf("Valid arguments are:\n")
	for _, row := range plainSums {
		p.Errorf("  - '%s'\n", row.name)
	}
	for _, d := range digests {
		p.Errorf("  - '%s'\n", d.name)
	}
	p.Errorf("Try 'cksum --help' for more information.\n")
	p.Exit(1)
}

// plainSum is a checksum that is a number, printed with the size of the file.
type plainSum struct {
	name, shown string
	of          func(p *Process, r io.Reader) (sum uint32, size int)
}

var plainSums = []plainSum{{"bsd", "%05d %5d", (*Process).bsdSum}, {"sysv", "%d %d", (*Process).sysvSum}, {"crc", "%d %d", (*Process).posixSum}}

// bsdSum goes round in 16 bits; the size is in blocks of 1024 bytes.
func (p *Process) bsdSum(r io.Reader) (sum uint32, size int) {
	p.eachBlock(r, func(block []byte) {
		size += len(block)
		for _, c := range block {
			sum = (sum>>1 + sum&1<<15 + uint32(c)) & 0xffff
		}
	})
	return sum, (size + 1023) / 1024
}

// sysvSum adds all bytes and then the halves of what comes out; the size is in blocks of 512 bytes.
func (p *Process) sysvSum(r io.Reader) (sum uint32, size int) {
	p.eachBlock(r, func(block []byte) {
		size += len(block)
		for _, c := range block {
			sum += uint32(c)
		}
	})
	sum = sum&0xffff + sum>>16
	return sum&0xffff + sum>>16, (size + 511) / 512
}

// posixSum is the CRC of POSIX: of the bytes and then of their number, the highest bit first.
func (p *Process) posixSum(r io.Reader) (sum uint32, size int) {
	var table [256]uint32
	for i := range table {
		v := uint32(i) << 24
		for range 8 {
			v = v<<1 ^ v>>31*0x04c11db7
		}
		table[i] = v
	}
	p.eachBlock(r, func(block []byte) {
		size += len(block)
		for _, c := range block {
			sum = sum<<8 ^ table[byte(sum>>24)^c]
		}
	})
	for n := size; n > 0; n >>= 8 {
		sum = sum<<8 ^ table[byte(sum>>24)^byte(n)]
	}
	return ^sum, size
}

// tagged is the option, and the mark, of sums with their algorithm's name.
const tagged = 'T'

// printSum writes the digest of a file, with the algorithm's name or as md5sum does: there the mark
// is a blank, or * for -b.
func (p *Process) printSum(d digest, name string, mark byte) bool {
	sum, err := p.sum(d.make, name)
	switch {
	case err != nil:
		p.Complain("%s: %s", voice.OneLine(name), shell.Reason(err))
	case mark == tagged:
		p.Printf("%s (%s) = %s\n", strings.ToUpper(d.name), name, sum)
	default:
		p.Printf("%s %c%s\n", sum, mark, name)
	}
	return err == nil
}

// sumLine reads a line of a list of sums, which names one of the algorithms unless there is only one.
func sumLine(line string, of []digest) (d digest, name, want string, ok bool) {
	algorithm, rest, tagged := strings.Cut(line, " (")
	if at := strings.LastIndex(rest, ") = "); tagged && at >= 0 {
		i := slices.IndexFunc(of, func(d digest) bool { return strings.ToUpper(d.name) == algorithm })
		if i < 0 {
			return d, "", "", false
		}
		d, name, want = of[i], rest[:at], rest[at+len(") = "):]
	} else {
		d = of[0]
		want, name, ok = strings.Cut(line, " ")
		name = strings.TrimLeft(name, " *")
		if !ok || len(of) > 1 {
			return d, "", "", false
		}
	}
	return d, name, want, len(want) == 2*d.make().Size() && strings.Trim(want, "0123456789abcdefABCDEF") == ""
}

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
	case algorithm != "crc":
		p.unknownSum(algorithm)
	case o.has('c') && o.has('a'):
		return p.Complain("--check is not supported with --algorithm={bsd,sysv,crc}")
	case !o.has('c'):
		return p.eachInput(o.args, func(name string, r io.Reader) {
			sum, size := p.posixSum(r)
			p.Printf("%d %d", sum, size)
			if len(o.args) > 0 {
				p.Print(" " + name)
			}
			p.Print("\n")
		})
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
	return each(names, func(name string) bool { return p.printSum(digests[known], name, !o.has('U')) })
}

// unknownSum ends cksum, which knows no such algorithm.
func (p *Process) unknownSum(algorithm string) {
	p.Complain("invalid argument %s for '--algorithm'", quoted(algorithm))
	p.Errorf("Valid arguments are:\n  - 'crc'\n")
	for _, d := range digests {
		p.Errorf("  - '%s'\n", d.name)
	}
	p.Errorf("Try 'cksum --help' for more information.\n")
	p.Exit(1)
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

// printSum writes the digest of a file, with the algorithm's name or as md5sum does.
func (p *Process) printSum(d digest, name string, tagged bool) bool {
	sum, err := p.sum(d.make, name)
	switch {
	case err != nil:
		p.Complain("%s: %s", voice.OneLine(name), shell.Reason(err))
	case tagged:
		p.Printf("%s (%s) = %s\n", strings.ToUpper(d.name), name, sum)
	default:
		p.Printf("%s  %s\n", sum, name)
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

package unix

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/shell"
)

// sizePrograms cut files to a size.
var sizePrograms = []Program{
	{Name: "split", Means: "cuts a file into pieces", Run: runSplit,
		Help: usage("split [-l LINES | -b BYTES] [-d] [-a N] [FILE [PREFIX]]", "Write pieces of FILE to PREFIXaa, PREFIXab …")},
	{Name: "truncate", Run: runTruncate, Help: usage("truncate -s SIZE FILE...", "Set the size of FILEs: shorter, or longer by zeros.")},
}

// runSplit cuts by lines or by bytes.
func runSplit(p *Process) int {
	o := p.options(1, "l:b:da:", "lines=l", "bytes=b", "numeric-suffixes=d", "suffix-length=a")
	names := append(slices.Clone(o.args), "-", "x")
	name, prefix := names[0], "x"
	if len(o.args) > 1 {
		prefix = o.args[1]
	}
	r, err := p.Open(name)
	if err != nil {
		return p.Complain("cannot open %s for reading: %s", quoted(name), shell.Reason(err))
	}
	data := p.all(r)
	width, _ := strconv.Atoi(o.value('a', "2"))
	lines, _ := strconv.Atoi(o.value('l', "1000"))
	size, sized := int64(0), false
	if text, ok := o.values['b']; ok {
		size, sized = blocks(text)
	}
	if o.has('b') && (!sized || size <= 0) || lines <= 0 || width <= 0 || width > 9 {
		return p.Complain("invalid number of lines or bytes")
	}
	for n := 0; len(data) > 0; n++ {
		at := min(size, int64(len(data)))
		if !sized {
			at = 0
			for range lines {
				i := slices.Index(data[at:], '\n')
				if i < 0 {
					at = int64(len(data))
					break
				}
				at += int64(i) + 1
			}
		}
		end, ok := suffixed(n, width, o.has('d'), o.has('a'))
		if !ok {
			return p.Complain("output file suffixes exhausted")
		}
		if err := p.WriteFile(prefix+end, data[:at]); err != nil {
			return p.Complain("%s: %s", quoted(prefix+end), shell.Reason(err))
		}
		data = data[at:]
	}
	return 0
}

// suffixed is the end of the name of piece n, letters or digits, false where there are too many. Names
// of no fixed width grow: behind yz comes zaaa, behind 89 comes 9000.
func suffixed(n, width int, digits, fixed bool) (string, bool) {
	alphabet := "abcdefghijklmnopqrstuvwxyz"
	if digits {
		alphabet = "0123456789"
	}
	base, last, head := len(alphabet), alphabet[len(alphabet)-1:], ""
	power := func(n int) int { return int(math.Pow(float64(base), float64(n))) }
	for ; !fixed && n >= power(width)-power(width-1); width++ {
		n -= power(width) - power(width-1)
		head += last
	}
	if n >= power(width) {
		return "", false
	}
	name := make([]byte, width)
	for i := width - 1; i >= 0; i-- {
		name[i] = alphabet[n%base]
		n /= base
	}
	return head + string(name), true
}

func runTruncate(p *Process) int {
	o := p.options(1, "s:c", "size=s", "no-create=c")
	p.needs(o, 1)
	text := o.value('s', "")
	sign := strings.TrimRight(text, "0123456789kKMB")
	size, ok := blocks(text[len(sign):])
	if !ok || !slices.Contains([]string{"", "+", "-"}, sign) {
		return p.Complain("Invalid number: %s", quoted(text))
	}
	return each(o.args, func(name string) bool {
		data, err := p.ReadFile(name)
		if err != nil && o.has('c') {
			return true
		}
		to := map[string]int64{"": size, "+": int64(len(data)) + size, "-": int64(len(data)) - size}[sign]
		to = min(max(to, 0), shell.MaxFile)
		data = append(slices.Clone(data[:min(to, int64(len(data)))]), make([]byte, max(0, to-int64(len(data))))...)
		if err := p.WriteFile(name, data); err != nil {
			p.Complain("cannot open %s for writing: %s", quoted(name), shell.Reason(err))
			return false
		}
		return true
	})
}

package unix

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"
)

// amount is a number of head and tail: -n 5, -n -5, -n +5, -c 1K, and the old -5.
type amount struct {
	n     int
	sign  byte
	bytes bool
}

func (p *Process) amount(old string) (amount, options) {
	for i, word := range p.Args {
		if i > 0 && len(word) > 1 && word[0] == '-' && strings.Trim(word[1:], "0123456789") == "" && len(p.Args[i-1]) != 2 {
			p.Args = slices.Concat(p.Args[:i], []string{"-n", word[1:]}, p.Args[i+1:])
			break
		}
	}
	o := p.options(1, "n:c:qvfF"+old, "lines=n", "bytes=c", "quiet=q", "verbose=v")
	a := amount{n: 10}
	text, given := o.values['n']
	if bytes, ok := o.values['c']; ok {
		text, given, a.bytes = bytes, true, true
	}
	if !given {
		return a, o
	}
	digits := text
	if digits != "" && (digits[0] == '-' || digits[0] == '+') {
		a.sign, digits = digits[0], digits[1:]
	}
	factor := 1
	for _, unit := range []struct {
		suffix string
		factor int
	}{{"K", 1 << 10}, {"M", 1 << 20}, {"k", 1 << 10}, {"b", 512}} {
		if rest, ok := strings.CutSuffix(digits, unit.suffix); ok {
			digits, factor = rest, unit.factor
			break
		}
	}
	n, err := strconv.ParseUint(digits, 10, 40)
	if err != nil {
		what := map[bool]string{false: "lines", true: "bytes"}[a.bytes]
		p.Complain("invalid number of %s: %s", what, quoted(text))
		p.Exit(1)
	}
	a.n = int(n) * factor
	return a, o
}

// titled runs f for every input, with titles when there are several.
func (p *Process) titled(o options, f func(io.Reader)) int {
	first := true
	return p.eachInput(o.args, func(name string, r io.Reader) {
		if (len(o.args) > 1 || o.has('v')) && !o.has('q') {
			if !first {
				p.Print("\n")
			}
			if name == "-" {
				name = "standard input"
			}
			p.Printf("==> %s <==\n", name)
		}
		first = false
		f(r)
	})
}

func runHead(p *Process) int {
	a, o := p.amount("")
	return p.titled(o, func(r io.Reader) {
		if a.sign == '-' {
			data := p.all(r)
			p.Print(string(data[:p.cutAt(data, a)]))
			return
		}
		p.first(r, a)
	})
}

// first prints the first lines or bytes and reads no further than it must.
func (p *Process) first(r io.Reader, a amount) {
	block := make([]byte, 4096)
	for a.n > 0 {
		want := block
		if a.bytes {
			want = block[:min(len(block), a.n)]
		}
		n, err := r.Read(want)
		data := want[:n]
		if a.bytes {
			a.n -= n
		} else {
			for i, c := range data {
				if c == '\n' {
					if a.n--; a.n == 0 {
						data = data[:i+1]
						break
					}
				}
			}
		}
		p.Print(string(data))
		if err != nil {
			return
		}
	}
}

// maxHeld is how many bytes of an input a program holds at most.
const maxHeld = 16 << 20

// all reads the rest of an input, as much as a program may hold.
func (p *Process) all(r io.Reader) []byte {
	var data []byte
	p.eachBlock(r, func(block []byte) {
		data = append(data, block...)
		if len(data) > maxHeld {
			p.Complain("memory exhausted")
			p.Exit(2)
		}
	})
	return data
}

// textLines reads the lines of the rest of an input, without their ends.
func (p *Process) textLines(r io.Reader) []string {
	text := string(p.all(r))
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// cutAt is where the last n lines or bytes of data begin.
func (p *Process) cutAt(data []byte, a amount) int {
	if a.bytes {
		return max(0, len(data)-a.n)
	}
	end := len(data)
	if end > 0 && data[end-1] == '\n' {
		end--
	}
	at := len(data)
	for n := 0; n < a.n; n++ {
		i := bytes.LastIndexByte(data[:end], '\n')
		if at = i + 1; i < 0 {
			return 0
		}
		end = i
	}
	return at
}

func runTail(p *Process) int {
	for i, word := range p.Args {
		if i > 0 && len(word) > 1 && word[0] == '+' && len(p.Args[i-1]) != 2 && strings.Trim(word[1:], "0123456789") == "" {
			p.Args = slices.Concat(p.Args[:i], []string{"-n", word}, p.Args[i+1:])
		}
	}
	a, o := p.amount("")
	return p.titled(o, func(r io.Reader) {
		if a.sign == '+' {
			p.from(r, a)
			return
		}
		p.last(r, a)
	})
}

// from prints what comes from a line or byte on.
func (p *Process) from(r io.Reader, a amount) {
	left := a.n - 1
	p.eachBlock(r, func(data []byte) {
		for left > 0 && len(data) > 0 {
			i := 0
			if !a.bytes {
				if i = bytes.IndexByte(data, '\n'); i < 0 {
					return
				}
			}
			data, left = data[i+1:], left-1
		}
		p.Print(string(data))
	})
}

// last prints the last lines or bytes; of what is before them no more is kept than a few blocks.
func (p *Process) last(r io.Reader, a amount) {
	var kept []byte
	limit := 256 << 10
	p.eachBlock(r, func(block []byte) {
		if kept = append(kept, block...); len(kept) > limit {
			kept = bytes.Clone(kept[p.cutAt(kept, a):])
			limit = max(limit, 2*len(kept))
		}
		if len(kept) > maxHeld {
			p.Complain("memory exhausted")
			p.Exit(1)
		}
	})
	p.Print(string(kept[p.cutAt(kept, a):]))
}

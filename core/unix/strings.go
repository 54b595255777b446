package unix

import (
	"io"
	"slices"
	"strconv"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// stringsPrograms find text among bytes.
var stringsPrograms = []Program{
	{Name: "strings", Means: "shows the text in binary files", Run: runStrings,
		Help: usage("strings [-n N] [-t d|o|x] [-f] [-w] [FILE]...", "Print runs of characters in FILEs.", "-n N  of N characters at least, 4 without it",
			"-t d, -t o, -t x  with where each begins", "-e s|S|b|l|B|L  of 7 or 8 bits, 16 or 32, the highest byte first or last", "-f  with the file's name", "-w  with all white space")},
}

// offsets are the formats of -t.
var offsets = map[string]string{"d": "%7d ", "o": "%7o ", "x": "%7x "}

// runStrings prints each run of printable characters that is long enough. -8 means -n 8, -o -t o.
func runStrings(p *Process) int {
	for i, word := range p.Args {
		if len(word) > 1 && word[0] == '-' && classes["digit"](word[1]) {
			p.Args = slices.Concat(p.Args[:i], []string{"-n" + word[1:]}, p.Args[i+1:])
		}
	}
	o := p.options(1, "an:t:ofwe:", "all=a", "encoding=e", "bytes=n", "radix=t", "print-file-name=f", "include-all-whitespace=w")
	text := o.value('n', "4")
	least, err := strconv.ParseInt(text, 0, 32)
	switch {
	case err != nil:
		return p.Complain("invalid integer argument %s", voice.OneLine(text))
	case least < 1:
		return p.Complain("invalid minimum string length %d", least)
	}
	radix := o.value('t', "")
	if o.has('o') {
		radix = "o"
	}
	if offsets[radix] == "" && radix != "" {
		p.misused(1, "invalid radix "+quoted(radix))
	}
	code, ok := stringCodes[o.value('e', "s")]
	if !ok {
		p.misused(1, "invalid argument to -e: "+quoted(o.value('e', "")))
	}
	names := o.args
	if len(names) == 0 {
		names = []string{"-"}
	}
	return each(names, func(name string) bool {
		r, err := p.Open(name)
		if err != nil {
			p.noStrings(name, err)
			return false
		}
		p.runs(r, code, int(least), o.has('w'), func(at int, run []byte) {
			if o.has('f') {
				p.Print(map[bool]string{true: name, false: "{standard input}"}[len(o.args) > 0] + ": ")
			}
			if radix != "" {
				p.Printf(offsets[radix], at)
			}
			p.Print(string(run) + "\n")
		})
		return true
	})
}

// noStrings says why a file is not read, in the words of binutils.
func (p *Process) noStrings(name string, err error) {
	switch reason := shell.Reason(err); reason {
	case "No such file or directory":
		p.Complain("%s: No such file", quoted(name))
	case "Is a directory":
		p.Complain("Warning: %s is a directory", quoted(name))
	default:
		p.Complain("%s: %s", voice.OneLine(name), reason)
	}
}

// stringCode is how characters stand in bytes: of a size, and the highest byte first or not. Where
// they are wide, those above 126 are none.
type stringCode struct {
	size  int
	big   bool
	eight bool // from 128 on they are printable
}

// stringCodes are those of -e.
var stringCodes = map[string]stringCode{"s": {size: 1}, "S": {size: 1, eight: true},
	"b": {size: 2, big: true}, "l": {size: 2}, "B": {size: 4, big: true}, "L": {size: 4}}

// char is the character that some bytes are, 0 for none.
func (s stringCode) char(data []byte) byte {
	low := 0
	if s.big {
		low = s.size - 1
	}
	for i, c := range data {
		if i != low && c != 0 {
			return 0
		}
	}
	return data[low]
}

// runs hands on runs of at least so many printable characters with where they begin. A wide one that
// is not printable gives way by one byte, so that others are found at odd places too.
func (p *Process) runs(r io.Reader, code stringCode, least int, spaces bool, f func(at int, run []byte)) {
	var run, rest []byte
	at := 0
	end := func() {
		if len(run) >= least {
			f(at-len(run)*code.size, run)
		}
		run = run[:0]
	}
	p.eachBlock(r, func(block []byte) {
		rest = append(rest, block...)
		for len(rest) >= code.size {
			c := code.char(rest[:code.size])
			if c == '\t' || classes["print"](c) || spaces && classes["space"](c) || code.eight && c >= 0x80 {
				run = append(run, c)
				at, rest = at+code.size, rest[code.size:]
				continue
			}
			end()
			at, rest = at+1, rest[1:]
		}
		if len(run) > maxHeld {
			p.Complain("memory exhausted")
			p.Exit(1)
		}
	})
	end()
}

package unix

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// textPrograms cut, order and count text.
var textPrograms = []Program{
	{Name: "head", Means: "shows the beginning of files", Run: runHead,
		Help: usage("head [-n LINES | -c BYTES] [-q | -v] [FILE]...", "Print the first 10 lines of FILEs. A negative number leaves out the last ones.")},
	{Name: "tail", Means: "shows the end of files", Run: runTail,
		Help: usage("tail [-n LINES | -c BYTES] [-q | -v] [FILE]...", "Print the last 10 lines of FILEs. A number with + is where to begin.")},
	{Name: "wc", Means: "counts lines, words and bytes", Run: runWc,
		Help: usage("wc [-clmwL] [FILE]...", "Count.", "-l  lines", "-w  words", "-c  bytes", "-m  characters", "-L  the longest line")},
	{Name: "sort", Means: "orders lines", Run: runSort,
		Help: usage("sort [OPTION]... [FILE]...", "Print the lines of all FILEs in order.", "-n  by number", "-r  reversed", "-u  each once",
			"-f  letters without case", "-b  without leading blanks", "-k F[.C][nr][,F[.C]]  by fields", "-t SEP  what separates fields",
			"-h  by sizes such as 2K", "-V  by version numbers", "-s  stable", "-c  only check", "-o FILE  write there")},
	{Name: "uniq", Means: "leaves out repeated lines", Run: runUniq,
		Help: usage("uniq [-cdui] [-f N] [-s N] [IN [OUT]]", "Print each of equal neighbouring lines once.", "-c  with their number",
			"-d  only repeated ones", "-u  only single ones", "-i  letters without case")},
	{Name: "cut", Means: "shows columns", Run: runCut,
		Help: usage("cut -b|-c|-f LIST [-d SEP] [-s] [FILE]...", "Print parts of lines. LIST is such as 1,3-5,7-.")},
	{Name: "tr", Means: "replaces or removes characters", Run: runTr,
		Help: usage("tr [-cds] SET1 [SET2]", "Replace, squeeze or delete characters of standard input.", "-d  delete SET1", "-s  squeeze repeats",
			"-c  the complement of SET1")},
	{Name: "tee", Means: "writes to files and on", Run: runTee, Help: usage("tee [-a] [FILE]...", "Copy standard input to FILEs and to standard output.")},
	{Name: "tac", Run: runTac, Help: usage("tac [FILE]...", "Print FILEs, last line first.")},
	{Name: "rev", Run: runRev, Help: usage("rev [FILE]...", "Print lines, last character first.")},
	{Name: "nl", Run: runNl, Help: usage("nl [-b a|t|n] [-n ln|rn|rz] [-w WIDTH] [-s TEXT] [-v FIRST] [-i STEP] [FILE]...", "Print FILEs with numbered lines.")},
	{Name: "paste", Run: runPaste, Help: usage("paste [-s] [-d LIST] [FILE]...", "Join lines side by side.")},
	{Name: "fold", Run: runFold, Help: usage("fold [-w WIDTH] [FILE]...", "Break lines.")},
	{Name: "xargs", Means: "runs a command on what it reads", Run: runXargs,
		Help: usage("xargs [-0rt] [-n MAX] [-I WORD] [COMMAND [ARG]...]", "Run COMMAND with the words of standard input.")},
}

// counts is what wc counts, in the order in which it prints it.
type counts struct {
	lines, words, chars, bytes, longest int

	column int  // where the line stands
	inWord bool // the word before goes on
}

// add counts a piece of a text.
func (c *counts) add(block []byte) {
	c.bytes += len(block)
	for _, b := range block {
		begins := b&0xc0 != 0x80 // not within a character
		switch {
		case b == '\n':
			c.lines, c.column = c.lines+1, 0
		case begins:
			c.column++
			c.longest = max(c.longest, c.column)
		}
		if begins {
			c.chars++
		}
		blank := b == ' ' || b >= '\t' && b <= '\r'
		if !blank && !c.inWord {
			c.words++
		}
		c.inWord = !blank
	}
}

// plus adds what was counted in another text.
func (c *counts) plus(other counts) {
	c.lines, c.words, c.chars, c.bytes = c.lines+other.lines, c.words+other.words, c.chars+other.chars, c.bytes+other.bytes
	c.longest = max(c.longest, other.longest)
}

func runWc(p *Process) int {
	o := p.options(1, "clmwL", "bytes=c", "lines=l", "chars=m", "words=w", "max-line-length=L")
	if !slices.ContainsFunc([]byte("clmwL"), o.has) {
		o.given['l'], o.given['w'], o.given['c'] = true, true, true
	}
	var rows []counts
	var names []string
	var total counts
	status := p.eachInput(o.args, func(name string, r io.Reader) {
		var c counts
		p.eachBlock(r, c.add)
		total.plus(c)
		rows, names = append(rows, c), append(names, name)
	})
	if len(o.args) > 1 {
		rows, names = append(rows, total), append(names, "total")
	}
	columns := strings.Count(fmt.Sprint(o.has('l'), o.has('w'), o.has('m'), o.has('c'), o.has('L')), "true")
	width := len(strconv.Itoa(total.bytes))
	if len(o.args) == 0 {
		width = 7
	}
	if columns == 1 && len(rows) == 1 {
		width = 1
	}
	for i, c := range rows {
		var cells []string
		for _, cell := range []struct {
			letter byte
			n      int
		}{{'l', c.lines}, {'w', c.words}, {'m', c.chars}, {'c', c.bytes}, {'L', c.longest}} {
			if o.has(cell.letter) {
				cells = append(cells, fmt.Sprintf("%*d", width, cell.n))
			}
		}
		if len(o.args) > 0 {
			cells = append(cells, names[i])
		}
		p.Print(strings.Join(cells, " ") + "\n")
	}
	return status
}

func runUniq(p *Process) int {
	o := p.options(1, "cdDuif:s:w:", "count=c", "repeated=d", "unique=u", "ignore-case=i")
	fields, chars := p.count(o, 'f', 0), p.count(o, 's', 0)
	key := func(line string) string {
		for range fields {
			line = strings.TrimLeft(line, " \t")
			line = line[len(line)-len(strings.TrimLeftFunc(line, func(r rune) bool { return r != ' ' && r != '\t' })):]
			if i := strings.IndexAny(line, " \t"); i >= 0 {
				line = line[i:]
			} else {
				line = ""
			}
		}
		line = line[min(chars, len(line)):]
		if n, ok := o.values['w']; ok {
			w, _ := strconv.Atoi(n)
			line = line[:min(max(w, 0), len(line))]
		}
		if o.has('i') {
			line = strings.ToLower(line)
		}
		return line
	}
	var out strings.Builder
	last, n := "", 0
	flush := func() {
		if n == 0 || o.has('d') && n == 1 || o.has('u') && n > 1 {
			return
		}
		if o.has('c') {
			fmt.Fprintf(&out, "%7d ", n)
		}
		out.WriteString(last + "\n")
	}
	status := p.eachInput(o.args[:min(1, len(o.args))], func(_ string, r io.Reader) {
		p.eachLine(r, func(line string, _ bool) {
			if n > 0 && key(line) == key(last) {
				n++
				return
			}
			flush()
			last, n = line, 1
		})
	})
	flush()
	return p.deliver(o, out.String(), status)
}

// deliver writes a result to the second operand, or to standard output.
func (p *Process) deliver(o options, text string, status int) int {
	if len(o.args) < 2 {
		p.Print(text)
		return status
	}
	if err := p.WriteFile(o.args[1], []byte(text)); err != nil {
		return p.Complain("%s: %s", voice.OneLine(o.args[1]), shell.Reason(err))
	}
	return status
}

func runTee(p *Process) int {
	o := p.options(1, "ai", "append=a", "ignore-interrupts=i")
	writable := slices.DeleteFunc(slices.Clone(o.args), func(name string) bool { return !p.makes(name) })
	var held []byte
	p.eachBlock(p.Stdin(), func(block []byte) {
		held = append(held, block...)
		if len(held) > shell.MaxFile {
			p.Complain("write error: %s", shell.TooLarge)
			p.Exit(1)
		}
		p.Print(string(block))
	})
	status := each(writable, func(name string) bool {
		data := held
		if o.has('a') {
			if old, err := p.ReadFile(name); err == nil {
				data = slices.Concat(old, held)
			}
		}
		if err := p.WriteFile(name, slices.Clone(data)); err != nil {
			p.Complain("%s: %s", voice.OneLine(name), shell.Reason(err))
			return false
		}
		return true
	})
	if len(writable) < len(o.args) {
		return 1
	}
	return status
}

// makes makes a file that is not there, and says where it cannot.
func (p *Process) makes(name string) bool {
	if row, err := p.Stat(name); err == nil && !row.IsDir() {
		return true
	}
	if err := p.WriteFile(name, nil); err != nil {
		p.Complain("%s: %s", voice.OneLine(name), shell.Reason(err))
		return false
	}
	return true
}

func runTac(p *Process) int {
	o := p.options(1, "")
	return p.eachInput(o.args, func(_ string, r io.Reader) {
		for _, line := range slices.Backward(p.textLines(r)) {
			p.Print(line + "\n")
		}
	})
}

func runRev(p *Process) int {
	o := p.options(1, "")
	return p.eachInput(o.args, func(_ string, r io.Reader) {
		p.eachLine(r, func(line string, _ bool) {
			runes := []rune(line)
			slices.Reverse(runes)
			p.Print(string(runes) + "\n")
		})
	})
}

func runNl(p *Process) int {
	o := p.options(1, "b:w:s:v:i:n:", "body-numbering=b", "number-width=w", "number-separator=s", "starting-line-number=v",
		"line-increment=i", "number-format=n")
	style, format := o.value('b', "t"), map[string]string{"ln": "%-*d%s%s\n", "rn": "%*d%s%s\n", "rz": "%0*d%s%s\n"}[o.value('n', "rn")]
	if len(style) != 1 || !strings.Contains("atn", style) {
		p.misused(1, "invalid body numbering style: "+quoted(style))
	}
	if format == "" {
		p.misused(1, "invalid line numbering format: "+quoted(o.value('n', "")))
	}
	sep, width := o.value('s', "\t"), p.nlNumber(o, 'w', 6, "line number field width")
	n, step := p.nlNumber(o, 'v', 1, "starting line number"), p.nlNumber(o, 'i', 1, "line number increment")
	return p.eachInput(o.args, func(_ string, r io.Reader) {
		p.eachLine(r, func(line string, _ bool) {
			if style == "n" || line == "" && style != "a" {
				p.Print(strings.Repeat(" ", width+len(sep)) + line + "\n")
				return
			}
			p.Printf(format, width, n, sep, line)
			n += step
		})
	})
}

// nlNumber reads a number of nl's.
func (p *Process) nlNumber(o options, letter byte, otherwise int, what string) int {
	text := o.value(letter, strconv.Itoa(otherwise))
	n, err := strconv.Atoi(text)
	if err != nil || letter == 'w' && (n < 1 || n > 1000) {
		p.Complain("invalid %s: %s", what, quoted(text))
		p.Exit(1)
	}
	return n
}

func runPaste(p *Process) int {
	o := p.options(1, "sd:", "serial=s", "delimiters=d")
	seps, _ := unescape(o.value('d', "\t"), false)
	if seps == "" {
		seps = "\x00"
	}
	sep := func(i int) string { return strings.Trim(seps[i%len(seps):i%len(seps)+1], "\x00") }
	var columns [][]string
	inputs := 0 // columns that standard input is dealt out to
	status := p.eachInput(o.args, func(name string, r io.Reader) {
		if name == "-" {
			inputs++
		}
		columns = append(columns, p.textLines(r))
	})
	if inputs > 1 && !o.has('s') {
		dealOut(columns, o.args, inputs)
	}
	if o.has('s') {
		for _, lines := range columns {
			for i, line := range lines {
				if i > 0 {
					p.Print(sep(i - 1))
				}
				p.Print(line)
			}
			p.Print("\n")
		}
		return status
	}
	for row, more := 0, true; more; row++ {
		more = false
		line := ""
		for i, lines := range columns {
			if i > 0 {
				line += sep(i - 1)
			}
			if row < len(lines) {
				line, more = line+lines[row], true
			}
		}
		if more {
			p.Print(line + "\n")
		}
	}
	return status
}

// dealOut gives the lines of standard input, which the first column for it has, to all columns for
// it in turn.
func dealOut(columns [][]string, names []string, inputs int) {
	var lines []string
	n := 0
	for i, name := range names {
		if name != "-" || i >= len(columns) {
			continue
		}
		if n == 0 {
			lines = columns[i]
		}
		columns[i] = nil
		for at := n; at < len(lines); at += inputs {
			columns[i] = append(columns[i], lines[at])
		}
		n++
	}
}

func runFold(p *Process) int {
	o := p.options(1, "w:sb", "width=w")
	width := max(1, p.count(o, 'w', 80))
	return p.eachInput(o.args, func(_ string, r io.Reader) {
		p.eachLine(r, func(line string, ended bool) {
			for len(line) > width {
				p.Print(line[:width] + "\n")
				line = line[width:]
			}
			if ended {
				line += "\n"
			}
			p.Print(line)
		})
	})
}

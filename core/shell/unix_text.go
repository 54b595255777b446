package shell

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
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
	{Name: "tac", Run: runTac}, {Name: "rev", Run: runRev}, {Name: "nl", Run: runNl},
	{Name: "paste", Run: runPaste, Help: usage("paste [-s] [-d LIST] [FILE]...", "Join lines side by side.")},
	{Name: "fold", Run: runFold, Help: usage("fold [-w WIDTH] [FILE]...", "Break lines.")},
	{Name: "xargs", Means: "runs a command on what it reads", Run: runXargs,
		Help: usage("xargs [-0rt] [-n MAX] [-I WORD] [COMMAND [ARG]...]", "Run COMMAND with the words of standard input.")},
}

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

// all reads the rest of an input, at most a file's size.
func (p *Process) all(r io.Reader) []byte {
	var data []byte
	p.eachBlock(r, func(block []byte) {
		data = append(data, block...)
		if len(data) > maxFile {
			p.Complain("memory exhausted")
			p.Exit(2)
		}
	})
	return data
}

// textLines reads the lines of the rest of an input, without their ends.
func (p *Process) textLines(r io.Reader) []string {
	text := strings.TrimSuffix(string(p.all(r)), "\n")
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
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
		i := strings.LastIndexByte(string(data[:end]), '\n')
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
		data := p.all(r)
		if a.sign != '+' {
			p.Print(string(data[p.cutAt(data, a):]))
			return
		}
		for n := 1; n < a.n && len(data) > 0; n++ {
			i := 0
			if !a.bytes {
				i = strings.IndexByte(string(data), '\n')
			}
			if i < 0 {
				return
			}
			data = data[i+1:]
		}
		p.Print(string(data))
	})
}

// counts is what wc counts, in the order in which it prints it.
type counts struct{ lines, words, chars, bytes, longest int }

func (c *counts) add(text string) {
	c.lines += strings.Count(text, "\n")
	c.words += len(strings.Fields(text))
	c.chars += utf8.RuneCountInString(text)
	c.bytes += len(text)
	for line := range strings.SplitSeq(text, "\n") {
		c.longest = max(c.longest, utf8.RuneCountInString(line))
	}
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
		text := p.all(r)
		c.add(string(text))
		total.add(string(text))
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
		return p.Complain("%s: %s", oneLine(o.args[1]), reason(err))
	}
	return status
}

// span is a part of a LIST of cut: from and to count from 1, to is 0 for the end.
type span struct{ from, to int }

func (p *Process) spans(list string) (spans []span) {
	for part := range strings.SplitSeq(list, ",") {
		a, b, isRange := strings.Cut(part, "-")
		s := span{from: 1}
		if a != "" {
			s.from, _ = strconv.Atoi(a)
		}
		s.to = s.from
		if isRange {
			s.to, _ = strconv.Atoi(b)
		}
		if s.from < 1 || part == "-" || part == "" || strings.Trim(part, "0123456789-") != "" {
			p.Complain("invalid field value %s", quoted(part))
			p.Exit(1)
		}
		spans = append(spans, s)
	}
	return spans
}

func inSpans(spans []span, n int) bool {
	return slices.ContainsFunc(spans, func(s span) bool { return n >= s.from && (s.to == 0 || n <= s.to) })
}

func runCut(p *Process) int {
	o := p.options(1, "b:c:f:d:sn", "bytes=b", "characters=c", "fields=f", "delimiter=d", "only-delimited=s", "output-delimiter=O", "complement=C")
	var spans []span
	for _, letter := range []byte("bcf") {
		if list, ok := o.values[letter]; ok {
			spans = p.spans(list)
		}
	}
	if spans == nil {
		p.misused(1, "you must specify a list of bytes, characters, or fields")
	}
	sep := o.value('d', "\t")
	if utf8.RuneCountInString(sep) != 1 {
		p.misused(1, "the delimiter must be a single character")
	}
	return p.eachInput(o.args, func(_ string, r io.Reader) {
		p.eachLine(r, func(line string, _ bool) {
			if !o.has('f') {
				p.Print(cutBytes(spans, line) + "\n")
				return
			}
			if !strings.Contains(line, sep) {
				if !o.has('s') {
					p.Print(line + "\n")
				}
				return
			}
			var kept []string
			for i, field := range strings.Split(line, sep) {
				if inSpans(spans, i+1) {
					kept = append(kept, field)
				}
			}
			p.Print(strings.Join(kept, sep) + "\n")
		})
	})
}

func cutBytes(spans []span, line string) string {
	var b strings.Builder
	for i := range len(line) {
		if inSpans(spans, i+1) {
			b.WriteByte(line[i])
		}
	}
	return b.String()
}

// classes are the character classes of tr.
var classes = map[string]func(byte) bool{
	"alpha": func(c byte) bool { return unicode.IsLetter(rune(c)) && c < 0x80 }, "digit": func(c byte) bool { return c >= '0' && c <= '9' },
	"alnum": func(c byte) bool { return digit(c) < 10 || c < 0x80 && unicode.IsLetter(rune(c)) },
	"upper": func(c byte) bool { return c >= 'A' && c <= 'Z' }, "lower": func(c byte) bool { return c >= 'a' && c <= 'z' },
	"space": func(c byte) bool { return strings.IndexByte(" \t\n\v\f\r", c) >= 0 }, "blank": func(c byte) bool { return c == ' ' || c == '\t' },
	"punct": func(c byte) bool {
		return c > 0x20 && c < 0x7f && !(unicode.IsLetter(rune(c)) || digit(c) < 10)
	},
	"cntrl": func(c byte) bool { return c < 0x20 || c == 0x7f }, "print": func(c byte) bool { return c >= 0x20 && c < 0x7f },
	"graph": func(c byte) bool { return c > 0x20 && c < 0x7f }, "xdigit": func(c byte) bool { return digit(c) < 16 },
}

// charSet spells out a SET of tr: ranges, classes, escapes.
func charSet(set string) []byte {
	text, _ := unescape(set, false)
	var out []byte
	for i := 0; i < len(text); i++ {
		if strings.HasPrefix(text[i:], "[:") {
			if end := strings.Index(text[i:], ":]"); end > 0 {
				if in := classes[text[i+2:i+end]]; in != nil {
					for c := range 256 {
						if in(byte(c)) {
							out = append(out, byte(c))
						}
					}
					i += end + 1
					continue
				}
			}
		}
		if i+2 < len(text) && text[i+1] == '-' && text[i+2] >= text[i] {
			for c := int(text[i]); c <= int(text[i+2]); c++ {
				out = append(out, byte(c))
			}
			i += 2
			continue
		}
		out = append(out, text[i])
	}
	return out
}

func runTr(p *Process) int {
	o := p.options(1, "cCdst", "complement=c", "delete=d", "squeeze-repeats=s", "truncate-set1=t")
	p.needs(o, 1)
	if len(o.args) < 2 && !o.has('d') && !o.has('s') {
		p.Complain("missing operand after %s", quoted(o.args[0]))
		p.Errorf("Two strings must be given when translating.\nTry 'tr --help' for more information.\n")
		return 1
	}
	from, to := charSet(o.args[0]), []byte{}
	if len(o.args) > 1 {
		to = charSet(o.args[1])
	}
	if o.has('c') || o.has('C') {
		var rest []byte
		for c := range 256 {
			if !slices.Contains(from, byte(c)) {
				rest = append(rest, byte(c))
			}
		}
		from = rest
	}
	var table [256]byte
	var drop, squeeze [256]bool
	for c := range 256 {
		table[c] = byte(c)
	}
	for i, c := range from {
		switch {
		case o.has('d'):
			drop[c] = true
		case len(to) > 0:
			table[c] = to[min(i, len(to)-1)]
		}
	}
	if o.has('s') {
		set := to
		if len(to) == 0 {
			set = from
		}
		for _, c := range set {
			squeeze[c] = true
		}
	}
	last := -1
	p.eachBlock(p.Stdin(), func(block []byte) {
		out := make([]byte, 0, len(block))
		for _, c := range block {
			if drop[c] {
				continue
			}
			c = table[c]
			if squeeze[c] && int(c) == last {
				continue
			}
			out, last = append(out, c), int(c)
		}
		p.Print(string(out))
	})
	return 0
}

func runTee(p *Process) int {
	o := p.options(1, "ai", "append=a")
	var held []byte
	p.eachBlock(p.Stdin(), func(block []byte) {
		held = append(held, block...)
		if len(held) > maxFile {
			p.Complain("write error: %s", TooLarge)
			p.Exit(1)
		}
		p.Print(string(block))
	})
	return each(o.args, func(name string) bool {
		data := held
		if o.has('a') {
			if old, err := p.ReadFile(name); err == nil {
				data = slices.Concat(old, held)
			}
		}
		if err := p.WriteFile(name, slices.Clone(data)); err != nil {
			p.Complain("%s: %s", oneLine(name), reason(err))
			return false
		}
		return true
	})
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
	o := p.options(1, "b:w:")
	n := 0
	return p.eachInput(o.args, func(_ string, r io.Reader) {
		p.eachLine(r, func(line string, _ bool) {
			if line == "" && o.value('b', "t") != "a" {
				p.Print("       \n")
				return
			}
			n++
			p.Printf("%6d\t%s\n", n, line)
		})
	})
}

func runPaste(p *Process) int {
	o := p.options(1, "sd:", "serial=s", "delimiters=d")
	seps, _ := unescape(o.value('d', "\t"), false)
	if seps == "" {
		seps = "\x00"
	}
	sep := func(i int) string { return strings.Trim(seps[i%len(seps):i%len(seps)+1], "\x00") }
	var columns [][]string
	status := p.eachInput(o.args, func(_ string, r io.Reader) { columns = append(columns, p.textLines(r)) })
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

func runXargs(p *Process) int {
	args, most, word := p.Args[1:], 5000, ""
	zero, skip, trace := false, false, false
	for len(args) > 0 && len(args[0]) > 1 && args[0][0] == '-' {
		switch {
		case args[0] == "-0":
			zero = true
		case args[0] == "-r":
			skip = true
		case args[0] == "-t":
			trace = true
		case strings.HasPrefix(args[0], "-n"), strings.HasPrefix(args[0], "-I"), strings.HasPrefix(args[0], "-L"):
			letter, value := args[0][1], args[0][2:]
			if value == "" && len(args) > 1 {
				value, args = args[1], args[1:]
			}
			if letter == 'I' {
				word, most = value, 1
			} else if most, _ = strconv.Atoi(value); most < 1 {
				p.misused(1, "value for -"+string(letter)+" option should be >= 1")
			}
		default:
			p.misused(1, "invalid option -- "+quoted(args[0][1:2]))
		}
		args = args[1:]
	}
	text := string(p.all(p.Stdin()))
	var words []string
	switch {
	case zero:
		words = strings.Split(strings.TrimSuffix(text, "\x00"), "\x00")
	case word != "":
		words = strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	default:
		words = splitWords(strings.ReplaceAll(text, "\n", " "))
	}
	if text == "" {
		words = nil
	}
	return p.batches(args, words, most, word, skip || word != "", trace)
}

// batches runs a command again and again with the next words. 123 is xargs's status when one failed.
func (p *Process) batches(command, words []string, most int, word string, skip, trace bool) int {
	if len(command) == 0 {
		command = []string{"echo"}
	}
	if len(words) == 0 && skip {
		return 0
	}
	status := 0
	for first := true; first || len(words) > 0; first = false {
		n := min(most, len(words))
		line := append(slices.Clone(command), words[:n]...)
		if word != "" {
			line = slices.Clone(command)
			for i := range line {
				line[i] = strings.ReplaceAll(line[i], word, words[0])
			}
		}
		words = words[n:]
		if trace {
			p.Errorf("%s\n", strings.Join(line, " "))
		}
		q := *p
		q.Args, q.in, q.lines = line, strings.NewReader(""), nil
		r := p.sh.spawn(&q, line)
		p.check(r.err)
		switch {
		case r.status >= 126:
			return r.status
		case r.status != 0:
			status = 123
		}
	}
	return status
}

package shell

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// echoPrograms write their arguments.
var echoPrograms = []Program{
	{Name: "echo", Means: "writes its arguments", Run: runEcho},
	{Name: "printf", Means: "writes its arguments in a format", Run: runPrintf},
	{Name: "yes", Means: "writes a word again and again", Run: runYes},
	{Name: "seq", Means: "writes numbers", Run: runSeq,
		Help: usage("seq [-s SEP] [-w] [FIRST [STEP]] LAST", "Print numbers from FIRST to LAST, in steps of STEP.")},
}

func runEcho(p *Process) int {
	args, escapes, end := p.Args[1:], false, "\n"
	for len(args) > 0 && len(args[0]) > 1 && args[0][0] == '-' && strings.Trim(args[0][1:], "neE") == "" {
		for _, c := range args[0][1:] {
			switch c {
			case 'n':
				end = ""
			case 'e':
				escapes = true
			case 'E':
				escapes = false
			}
		}
		args = args[1:]
	}
	text := strings.Join(args, " ")
	if escapes {
		var stop bool
		if text, stop = unescape(text, true); stop {
			end = ""
		}
	}
	p.Print(text + end)
	return 0
}

// escapes are the characters that stand behind a backslash for another one.
var escapes = map[byte]string{'a': "\a", 'b': "\b", 'e': "\x1b", 'E': "\x1b", 'f': "\f", 'n': "\n", 'r': "\r", 't': "\t",
	'v': "\v", '\\': "\\"}

// unescape carries out backslashes as echo -e (octal as \0nnn) and printf (as \nnn) do. stop is a \c: nothing more is
// to be written.
func unescape(text string, echo bool) (out string, stop bool) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			b.WriteByte(text[i])
			continue
		}
		i++
		c := text[i]
		switch {
		case escapes[c] != "":
			b.WriteString(escapes[c])
		case c == 'c':
			return b.String(), true
		case c == '0' && echo:
			i += number(&b, text[i+1:], 3, 8)
		case c >= '0' && c <= '7' && !echo:
			i += number(&b, text[i:], 3, 8) - 1
		case c == 'x' && hexDigits(text[i+1:], 2) > 0:
			i += number(&b, text[i+1:], 2, 16)
		case (c == 'u' || c == 'U') && hexDigits(text[i+1:], 8) > 0:
			n := hexDigits(text[i+1:], map[byte]int{'u': 4, 'U': 8}[c])
			r, _ := strconv.ParseUint(text[i+1:i+1+n], 16, 32)
			b.WriteRune(rune(r))
			i += n
		case (c == '"' || c == '\'') && !echo:
			b.WriteByte(c)
		default:
			b.WriteString(`\` + string(c))
		}
	}
	return b.String(), false
}

// number writes the byte of up to max digits and returns how many it took.
func number(b *strings.Builder, digits string, most, base int) int {
	n := 0
	for n < len(digits) && n < most && digit(digits[n]) < base {
		n++
	}
	v, _ := strconv.ParseUint("0"+digits[:n], base, 32)
	b.WriteByte(byte(v))
	return n
}

func hexDigits(text string, most int) int {
	n := 0
	for n < len(text) && n < most && digit(text[n]) < 16 {
		n++
	}
	return n
}

// digit is the value of a digit, 99 for another character.
func digit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return 99
}

func runPrintf(p *Process) int {
	args := p.Args[1:]
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		p.Errorf("printf: usage: printf [-v var] format [arguments]\n")
		return 2
	}
	text, faults := formatAll(args[0], args[1:], p.m.o.Limits.Output)
	for _, fault := range faults {
		p.Errorf("bash: printf: %s\n", fault)
	}
	p.Print(text)
	if len(faults) > 0 {
		return 1
	}
	return 0
}

// formatAll carries out a printf format until the arguments are used up, at most so many bytes.
func formatAll(format string, args []string, most int64) (string, []string) {
	f := &formatter{args: args}
	for {
		before := len(f.args)
		f.once(format)
		if f.stop || len(f.args) == 0 || len(f.args) == before || int64(f.out.Len()) > most {
			return f.out.String(), f.faults
		}
	}
}

type formatter struct {
	out     strings.Builder
	args    []string
	faults  []string
	stop    bool
	lenient bool // numbers are read from the beginning of a text, as awk does
}

func (f *formatter) next() string {
	if len(f.args) == 0 {
		return ""
	}
	arg := f.args[0]
	f.args = f.args[1:]
	return arg
}

// once writes the format one time.
func (f *formatter) once(format string) {
	for format != "" && !f.stop {
		i := strings.IndexByte(format, '%')
		if i < 0 {
			i = len(format)
		}
		text, stop := unescape(format[:i], false)
		f.out.WriteString(text)
		if format = format[i:]; format == "" || stop {
			f.stop = f.stop || stop
			return
		}
		format = f.directive(format[1:])
	}
}

// directive carries out what stands behind a % and returns the rest.
func (f *formatter) directive(rest string) string {
	flags, width, precision := "", 0, -1
	for rest != "" && strings.IndexByte("-+ #0", rest[0]) >= 0 {
		flags, rest = flags+rest[:1], rest[1:]
	}
	width, rest = f.size(rest)
	if width < 0 {
		flags, width = flags+"-", -width
	}
	if rest != "" && rest[0] == '.' {
		precision, rest = f.size(rest[1:])
	}
	rest = strings.TrimLeft(rest, "lhjzt")
	if rest == "" {
		f.faults = append(f.faults, "`%': missing format character")
		f.stop = true
		return ""
	}
	spec := "%" + flags
	if width > 0 {
		spec += strconv.Itoa(width)
	}
	if precision >= 0 {
		spec += "." + strconv.Itoa(precision)
	}
	f.verb(rest[0], spec, strings.ReplaceAll(flags, "0", ""), width, precision)
	return rest[1:]
}

// size reads a width or precision; * takes it from the arguments. It is at most 100,000.
func (f *formatter) size(rest string) (int, string) {
	if strings.HasPrefix(rest, "*") {
		n, _ := strconv.Atoi(f.next())
		return min(max(n, -100_000), 100_000), rest[1:]
	}
	digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	n, err := strconv.Atoi(rest[:digits])
	if err != nil && digits > 0 {
		n = 100_000
	}
	return min(n, 100_000), rest[digits:]
}

func (f *formatter) verb(verb byte, spec, textFlags string, width, precision int) {
	switch verb {
	case '%':
		f.out.WriteByte('%')
	case 's':
		f.text(f.next(), textFlags, width, precision)
	case 'b':
		text, stop := unescape(f.next(), true)
		f.text(text, textFlags, width, precision)
		f.stop = stop
	case 'q':
		f.text(quoteWord(f.next()), textFlags, width, precision)
	case 'c':
		arg := f.next()
		f.text(arg[:min(1, len(arg))], textFlags, width, -1)
	case 'd', 'i':
		fmt.Fprintf(&f.out, spec+"d", f.integer())
	case 'u':
		fmt.Fprintf(&f.out, spec+"d", uint64(f.integer()))
	case 'o', 'x', 'X':
		fmt.Fprintf(&f.out, spec+string(verb), uint64(f.integer()))
	case 'f', 'F', 'e', 'E', 'g', 'G':
		f.real(verb, spec)
	default:
		f.faults = append(f.faults, fmt.Sprintf("`%s': invalid format character", oneLine(string(rune(verb)))))
		f.stop = true
	}
}

func (f *formatter) text(text, flags string, width, precision int) {
	if precision >= 0 && precision < len(text) {
		text = text[:precision]
	}
	pad := strings.Repeat(" ", max(0, width-utf8.RuneCountInString(text)))
	if strings.Contains(flags, "-") {
		f.out.WriteString(text + pad)
		return
	}
	f.out.WriteString(pad + text)
}

// integer reads the next argument as C does; 'A is the code of a character.
func (f *formatter) integer() int64 {
	arg := strings.TrimLeft(f.next(), " \t")
	if arg == "" {
		return 0
	}
	if f.lenient {
		return int64(awkS(arg).num())
	}
	if arg[0] == '\'' || arg[0] == '"' {
		r, _ := utf8.DecodeRuneInString(arg[1:])
		return int64(r)
	}
	if n, err := strconv.ParseInt(strings.TrimPrefix(arg, "+"), 0, 64); err == nil && !strings.ContainsAny(arg, "_oObB") {
		return n
	}
	if n, err := strconv.ParseUint(arg, 0, 64); err == nil && !strings.ContainsAny(arg, "_oObB") {
		return int64(n)
	}
	f.faults = append(f.faults, oneLine(arg)+": invalid number")
	digits := len(arg) - len(strings.TrimLeft(arg, "-0123456789"))
	n, _ := strconv.ParseInt(arg[:digits], 10, 64)
	return n
}

func (f *formatter) real(verb byte, spec string) {
	arg := strings.TrimSpace(f.next())
	n, err := strconv.ParseFloat(arg, 64)
	if f.lenient {
		n, err = awkS(arg).num(), nil
	}
	if arg != "" && err != nil {
		f.faults = append(f.faults, oneLine(arg)+": invalid number")
	}
	text := fmt.Sprintf(spec+string(verb), n)
	f.out.WriteString(text)
}

// quoteWord quotes a word as printf %q does.
func quoteWord(word string) string {
	if word == "" {
		return "''"
	}
	if strings.ContainsFunc(word, func(r rune) bool { return r < 0x20 || r == 0x7f }) {
		var b strings.Builder
		for _, c := range []byte(word) {
			switch {
			case c == '\n':
				b.WriteString(`\n`)
			case c == '\t':
				b.WriteString(`\t`)
			case c == '\'' || c == '\\':
				b.WriteString(`\` + string(c))
			case c < 0x20 || c == 0x7f:
				fmt.Fprintf(&b, `\%03o`, c)
			default:
				b.WriteByte(c)
			}
		}
		return "$'" + b.String() + "'"
	}
	var b strings.Builder
	for i, c := range word {
		if strings.ContainsRune(" !\"$&'()*,;<>?[\\]^`{|}", c) || i == 0 && (c == '~' || c == '#') {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}

func runYes(p *Process) int {
	word := "y"
	if len(p.Args) > 1 {
		word = strings.Join(p.Args[1:], " ")
	}
	block := strings.Repeat(word+"\n", max(1, 1024/(len(word)+1)))
	for {
		p.Print(block)
	}
}

func runSeq(p *Process) int {
	sep, wide, args := "\n", false, p.Args[1:]
	for len(args) > 0 && len(args[0]) > 1 && args[0][0] == '-' && strings.Trim(args[0][1:2], "0123456789.") != "" {
		switch {
		case args[0] == "-w":
			wide = true
		case args[0] == "-s" && len(args) > 1:
			sep, args = args[1], args[1:]
		case strings.HasPrefix(args[0], "-s"):
			sep = args[0][2:]
		default:
			p.misused(1, "invalid option -- '"+oneLine(args[0][1:2])+"'")
		}
		args = args[1:]
	}
	if len(args) == 0 {
		p.misused(1, "missing operand")
	}
	if len(args) > 3 {
		p.misused(1, "extra operand '"+oneLine(args[3])+"'")
	}
	p.sequence(args, sep, wide)
	return 0
}

// sequence writes the numbers, counted in the smallest decimal place that an argument has.
func (p *Process) sequence(args []string, sep string, wide bool) {
	numbers, places := [3]float64{1, 1, 0}, 0
	at := map[int][]int{1: {2}, 2: {0, 2}, 3: {0, 1, 2}}[len(args)]
	width := 0
	for i, arg := range args {
		n, err := strconv.ParseFloat(arg, 64)
		if err != nil {
			p.misused(1, fmt.Sprintf("invalid floating point argument: '%s'", oneLine(arg)))
		}
		if _, fraction, ok := strings.Cut(arg, "."); ok && at[i] < 2 {
			places = max(places, min(len(fraction), 15))
		}
		if at[i] != 1 {
			width = max(width, len(strings.TrimSuffix(arg, ".")))
		}
		numbers[at[i]] = n
	}
	first, step, last := numbers[0], numbers[1], numbers[2]
	if step == 0 {
		p.misused(1, "invalid Zero increment value: '"+oneLine(args[1])+"'")
	}
	for i, n := 0, first; (step > 0 && n <= last+1e-12) || (step < 0 && n >= last-1e-12); n = first + float64(i)*step {
		text := strconv.FormatFloat(n, 'f', places, 64)
		if wide {
			text = fmt.Sprintf("%0*s", width, text)
		}
		if i > 0 {
			text = sep + text
		}
		p.Print(text)
		i++
	}
	if (step > 0 && first <= last) || (step < 0 && first >= last) {
		p.Print("\n")
	}
}

package unix

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

func runPrintf(p *Process) int {
	args := p.Args[1:]
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		p.Errorf("printf: usage: printf [-v var] format [arguments]\n")
		return 2
	}
	f := &formatter{args: args[1:], times: &formatTimes{now: p.Date(p.Now()), start: p.Date(0)}}
	text, faults := f.all(args[0], p.Limits().Output)
	for _, fault := range faults {
		p.Faulty("printf: %s", fault)
	}
	p.Print(text)
	if len(faults) > 0 {
		return 1
	}
	return 0
}

// all carries out a printf format until the arguments are used up, at most so many bytes.
func (f *formatter) all(format string, most int64) (string, []string) {
	for {
		before := len(f.args)
		f.once(format)
		if f.stop || len(f.args) == 0 || len(f.args) == before || int64(f.out.Len()) > most {
			return f.out.String(), f.faults
		}
	}
}

type formatter struct {
	numbers []bool // which args are numbers, for %c of awk
	out     strings.Builder
	args    []string
	faults  []string
	stop    bool
	lenient bool // numbers are read from the beginning of a text, as awk does
	times   *formatTimes
}

// formatTimes are what %(…)T of bash's printf can name without seconds; nil for those that have no
// such directive.
type formatTimes struct{ now, start time.Time }

func (f *formatter) next() string {
	if len(f.args) == 0 {
		return ""
	}
	arg := f.args[0]
	f.args, f.numbers = f.args[1:], f.numbers[min(1, len(f.numbers)):]
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
	if layout, behind, ok := strings.Cut(strings.TrimPrefix(rest, "("), ")T"); ok && f.times != nil && rest[0] == '(' {
		f.text(f.date(layout), flags, width, precision)
		return behind
	}
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
		number := len(f.numbers) > 0 && f.numbers[0]
		arg := f.next()
		if number {
			code, _ := strconv.ParseFloat(arg, 64)
			arg = string(rune(code))
		} else {
			_, size := utf8.DecodeRuneInString(arg)
			arg = arg[:map[bool]int{true: size, false: min(1, len(arg))}[f.lenient]]
		}
		f.text(arg, textFlags, width, -1)
	case 'd', 'i':
		fmt.Fprintf(&f.out, spec+"d", f.integer())
	case 'u':
		fmt.Fprintf(&f.out, spec+"d", uint64(f.integer()))
	case 'o', 'x', 'X':
		fmt.Fprintf(&f.out, spec+string(verb), uint64(f.integer()))
	case 'f', 'F', 'e', 'E', 'g', 'G':
		f.real(verb, spec)
	default:
		f.faults = append(f.faults, fmt.Sprintf("`%s': invalid format character", voice.OneLine(string(rune(verb)))))
		f.stop = true
	}
}

// date is the next argument, seconds since 1970, in a layout of date: -1 and none at all are now,
// -2 is when the machine started.
func (f *formatter) date(layout string) string {
	if layout == "" {
		layout = "%X"
	}
	at := f.times.now
	if len(f.args) > 0 {
		switch seconds := f.integer(); seconds {
		case -1:
		case -2:
			at = f.times.start
		default:
			at = time.Unix(seconds, 0).UTC()
		}
	}
	return strftime(layout, at)
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
	if octal := strings.TrimLeft(arg, "+-"); len(octal) > 1 && octal[0] == '0' && strings.Trim(octal, "0123456789") == "" {
		f.faults = append(f.faults, voice.OneLine(arg)+": invalid octal number")
		return 0
	}
	f.faults = append(f.faults, voice.OneLine(arg)+": invalid number")
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
		f.faults = append(f.faults, voice.OneLine(arg)+": invalid number")
	}
	text := fmt.Sprintf(spec+string(verb), n)
	f.out.WriteString(text)
}

// quoteWord quotes a word as printf %q does.
func quoteWord(word string) string {
	if word == "" {
		return "''"
	}
	if strings.ContainsFunc(word, unicode.IsControl) {
		return "$'" + shell.AnsiEscaped(word) + "'"
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

package unix

import (
	"cmp"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"hsmplay/core/voice"
)

// isBundledKey reports whether a word has -k behind other letters of sort.
func isBundledKey(word string) bool {
	letters, _, found := strings.Cut(word, "k")
	return found && len(letters) > 1 && letters[0] == '-' && strings.Trim(letters[1:], "nrufbhVsgcCdizmMR") == ""
}

// sortKey is a -k of sort: fields and characters count from 1, 0 is to the end.
type sortKey struct {
	field, char, toField, toChar int
	flags                        string
}

// key reads such as 2,2n or 1.3,1.5r.
func (p *Process) key(text string) sortKey {
	k := sortKey{}
	from, to, _ := strings.Cut(text, ",")
	part := func(s string) (field, char int) {
		digits := strings.TrimRight(s, "bdfghinrMRV")
		k.flags += s[len(digits):]
		a, b, _ := strings.Cut(digits, ".")
		field, err := strconv.Atoi(a)
		if err != nil && a != "" || field < 0 {
			p.Complain("invalid number at field start: invalid count at start of %s", quoted(s))
			p.Exit(2)
		}
		if char, _ = strconv.Atoi(b); field == 0 {
			p.Complain("field number is zero: invalid field specification %s", quoted(s))
			p.Exit(2)
		}
		return field, char
	}
	k.field, k.char = part(from)
	if to != "" {
		k.toField, k.toChar = part(to)
	}
	return k
}

// of cuts a key out of a line.
func (k sortKey) of(line, sep string) string {
	starts, ends := fieldBounds(line, sep)
	at := func(field, char, otherwise int) int {
		switch {
		case field == 0:
			return otherwise
		case field > len(starts):
			return len(line)
		case char == 0:
			return -field
		}
		return min(starts[field-1]+char-1, len(line))
	}
	from := at(k.field, max(1, k.char), 0)
	to := at(k.toField, k.toChar, len(line))
	if to < 0 {
		to = ends[-to-1]
	} else if k.toChar > 0 {
		to = min(to+1, len(line))
	}
	if from >= to {
		return ""
	}
	return line[from:to]
}

// fieldBounds is where the fields of a line begin and end; without a separator, blanks belong to
// the field behind.
func fieldBounds(line, sep string) (starts, ends []int) {
	at := 0
	if sep != "" {
		for field := range strings.SplitSeq(line, sep) {
			starts, ends = append(starts, at), append(ends, at+len(field))
			at += len(field) + len(sep)
		}
		return starts, ends
	}
	for at < len(line) {
		start := at
		for at < len(line) && (line[at] == ' ' || line[at] == '\t') {
			at++
		}
		for at < len(line) && line[at] != ' ' && line[at] != '\t' {
			at++
		}
		starts, ends = append(starts, start), append(ends, at)
	}
	return starts, ends
}

// leading reads the number at the beginning of a text, as sort -n does.
func leading(text string) float64 {
	text = strings.TrimLeft(text, " \t")
	end := 0
	for end < len(text) && (digit(text[end]) < 10 || text[end] == '.' || end == 0 && text[end] == '-') {
		end++
	}
	n, _ := strconv.ParseFloat(text[:end], 64)
	return n
}

// size reads a number with a unit such as 2K.
func size(text string) float64 {
	n := leading(text)
	unit := strings.TrimLeft(strings.TrimSpace(text), "-0123456789.")
	if unit != "" {
		if i := strings.IndexByte("KMGTP", unit[0]&^0x20); i >= 0 {
			for range i + 1 {
				n *= 1024
			}
		}
	}
	return n
}

// scientific reads the number at the beginning of a text as C does, with an exponent.
func scientific(text string) float64 {
	text = strings.TrimSpace(text)
	for end := min(len(text), 32); end > 0; end-- {
		if n, err := strconv.ParseFloat(text[:end], 64); err == nil {
			return n
		}
	}
	return math.Inf(-1)
}

// month is the number of a month by the beginning of its name, 0 for none.
func month(text string) float64 {
	text = strings.TrimSpace(text)
	at, err := time.Parse("Jan", text[:min(len(text), 3)])
	if err != nil {
		return 0
	}
	return float64(at.Month())
}

// numberBy is how a flag reads the numbers that it compares.
type numberBy struct {
	flag byte
	of   func(string) float64
}

var numbersBy = []numberBy{{'n', leading}, {'g', scientific}, {'h', size}, {'M', month}}

// compareKeys compares by one set of flags.
func compareKeys(a, b, flags string) int {
	if strings.ContainsAny(flags, "b") {
		a, b = strings.TrimLeft(a, " \t"), strings.TrimLeft(b, " \t")
	}
	order := 0
	by := slices.IndexFunc(numbersBy, func(row numberBy) bool { return strings.IndexByte(flags, row.flag) >= 0 })
	switch {
	case by >= 0:
		order = cmp.Compare(numbersBy[by].of(a), numbersBy[by].of(b))
	case strings.Contains(flags, "V"):
		order = compareVersions(a, b)
	case strings.Contains(flags, "f"):
		order = strings.Compare(strings.ToUpper(a), strings.ToUpper(b))
	default:
		order = strings.Compare(a, b)
	}
	if strings.Contains(flags, "r") {
		return -order
	}
	return order
}

func runSort(p *Process) int {
	var keys []sortKey
	var args []string
	for i := 0; i < len(p.Args); i++ {
		word := p.Args[i]
		switch {
		case i > 0 && word == "-k" && i+1 < len(p.Args):
			i++
			keys = append(keys, p.key(p.Args[i]))
		case i > 0 && strings.HasPrefix(word, "-k"):
			keys = append(keys, p.key(word[2:]))
		case i > 0 && strings.HasPrefix(word, "--key="):
			keys = append(keys, p.key(word[6:]))
		case i > 0 && isBundledKey(word): // -uk3,3
			letters, key, _ := strings.Cut(word, "k")
			args = append(args, letters)
			if key == "" && i+1 < len(p.Args) {
				i++
				key = p.Args[i]
			}
			keys = append(keys, p.key(key))
		default:
			args = append(args, word)
		}
	}
	p.Args = args
	o := p.options(2, "nrufbhVsgcCt:o:dizmMR", "month-sort=M", "random-sort=R", "general-numeric-sort=g", "human-numeric-sort=h", "version-sort=V", "stable=s", "zero-terminated=z", "numeric-sort=n", "reverse=r", "unique=u", "ignore-case=f", "field-separator=t", "output=o", "check=c")
	flags := ""
	for _, letter := range []byte("nrfbhVgM") {
		if o.has(letter) {
			flags += string(letter)
		}
	}
	sep, _ := unescape(o.value('t', ""), false)
	if o.has('t') && sep == "" {
		p.Complain("empty tab")
		return 2
	}
	compare := func(a, b string) int {
		for _, k := range keys {
			by := k.flags
			if by == "" {
				by = flags
			}
			if order := compareKeys(k.of(a, sep), k.of(b, sep), by); order != 0 {
				return order
			}
		}
		if len(keys) == 0 {
			return compareKeys(a, b, flags)
		}
		return 0
	}
	var lines []string
	mark := "\n"
	if o.has('z') {
		mark = "\x00"
	}
	status := p.eachInput(o.args, func(_ string, r io.Reader) {
		if text := strings.TrimSuffix(string(p.all(r)), mark); text != "" {
			lines = append(lines, strings.Split(text, mark)...)
		}
	})
	if status != 0 {
		return 2
	}
	last := func(a, b string) int {
		order := strings.Compare(a, b)
		if strings.Contains(flags, "r") {
			return -order
		}
		return order
	}
	if o.has('c') || o.has('C') {
		for i := 1; i < len(lines); i++ {
			if order := compare(lines[i-1], lines[i]); order > 0 || order == 0 && o.has('u') {
				if o.has('C') {
					return 1
				}
				p.Complain("%s:%d: disorder: %s", append(o.args, "-")[0], i+1, voice.OneLine(lines[i]))
				return 1
			}
		}
		return 0
	}
	if o.has('R') {
		places := map[string]int{}
		for _, line := range lines {
			if _, has := places[line]; !has {
				places[line] = p.Chance(1 << 30)
			}
		}
		compare = func(a, b string) int { return cmp.Compare(places[a], places[b]) }
	}
	compared := 0
	slices.SortStableFunc(lines, func(a, b string) int {
		if compared++; compared%64 == 0 {
			p.Yield()
		}
		if order := compare(a, b); order != 0 || o.has('s') || o.has('u') {
			return order
		}
		return last(a, b)
	})
	if o.has('u') {
		lines = slices.CompactFunc(lines, func(a, b string) bool { return compare(a, b) == 0 })
	}
	text := ""
	if len(lines) > 0 {
		text = strings.Join(lines, mark) + mark
	}
	if to, ok := o.values['o']; ok {
		return p.deliver(options{args: []string{"", to}}, text, 0)
	}
	p.Print(text)
	return 0
}

package unix

import (
	"io"
	"slices"
	"strconv"
	"strings"
)

// tabPrograms make blanks of tabs and back.
var tabPrograms = []Program{
	{Name: "expand", Means: "makes blanks of tabs", Run: runExpand,
		Help: usage("expand [-i] [-t N | -t LIST] [FILE]...", "Print FILEs with blanks for tabs.", "-i  only those before other characters",
			"-t N  tabs are N apart, 8 without it", "-t LIST  they stand at these columns")},
	{Name: "unexpand", Means: "makes tabs of blanks", Run: runUnexpand,
		Help: usage("unexpand [-a] [-t N | -t LIST] [FILE]...", "Print FILEs with tabs for blanks at the beginning of lines.", "-a  for all blanks",
			"-t N  tabs are N apart, 8 without it; means -a", "-t LIST  they stand at these columns; means -a", "--first-only  no -a, despite -t")},
}

// tabs are where tabs stop: at columns, behind the last of them every so many, if not 0.
type tabs struct {
	at    []int
	every int
}

// next is the first stop behind a column, false where there is none.
func (t tabs) next(column int) (int, bool) {
	for _, at := range t.at {
		if at > column {
			return at, true
		}
	}
	if t.every == 0 {
		return column + 1, false
	}
	return (column/t.every + 1) * t.every, true
}

// tabs reads the value of -t, of which the last number may be /N for every N columns behind.
func (p *Process) tabs(o options) tabs {
	list := strings.FieldsFunc(o.value('t', "8"), func(r rune) bool { return r == ',' || r == ' ' })
	var t tabs
	for i, word := range list {
		digits := word
		if i == len(list)-1 {
			digits = strings.TrimPrefix(word, "/")
		}
		n, err := strconv.ParseUint(digits, 10, 31)
		switch {
		case strings.Trim(digits, "0123456789") != "":
			p.Complain("tab size contains invalid character(s): %s", quoted(strings.TrimLeft(word, "0123456789")))
			p.Exit(1)
		case err != nil && digits != "":
			p.Complain("tab stop is too large %s", quoted(digits))
			p.Exit(1)
		case n == 0:
			p.Complain("tab size cannot be 0")
			p.Exit(1)
		case len(t.at) > 0 && t.at[len(t.at)-1] >= int(n) && digits == word:
			p.Complain("tab sizes must be ascending")
			p.Exit(1)
		case len(list) == 1 || digits != word:
			t.every = int(n)
		default:
			t.at = append(t.at, int(n))
		}
	}
	if len(list) == 0 {
		t.every = 8
	}
	return t
}

// tabArgs writes -4,8 as -t4,8.
func (p *Process) tabArgs() {
	for i, word := range p.Args {
		if len(word) > 1 && word[0] == '-' && classes["digit"](word[1]) {
			p.Args = slices.Concat(p.Args[:i], []string{"-t" + word[1:]}, p.Args[i+1:])
		}
	}
}

// ended is a line as it stood, with its end if it had one.
func ended(line string, end bool) string {
	if end {
		return line + "\n"
	}
	return line
}

func runExpand(p *Process) int {
	p.tabArgs()
	o := p.options(1, "it:", "initial=i", "tabs=t")
	stops := p.tabs(o)
	return p.eachInput(o.args, func(_ string, r io.Reader) {
		p.eachLine(r, func(line string, end bool) {
			var out strings.Builder
			column, only := 0, true
			for i := range len(line) {
				c := line[i]
				switch only = only && (c == ' ' || c == '\t'); {
				case c == '\t' && (only || !o.has('i')):
					to, _ := stops.next(column)
					if int64(out.Len()+to-column) > p.Limits().Room {
						p.Complain("input line is too long")
						p.Exit(1)
					}
					out.WriteString(strings.Repeat(" ", to-column))
					column = to
				case c == '\b':
					out.WriteByte(c)
					column = max(0, column-1)
				default:
					out.WriteByte(c)
					column++
				}
			}
			p.Print(ended(out.String(), end))
		})
	})
}

func runUnexpand(p *Process) int {
	if len(p.Args) > 1 && len(p.Args[1]) > 1 && p.Args[1][0] == '-' && classes["digit"](p.Args[1][1]) {
		p.Args = append(slices.Clone(p.Args), "--first-only")
	}
	p.tabArgs()
	o := p.options(1, "at:", "all=a", "tabs=t", "first-only=F")
	all := (o.has('a') || o.has('t')) && !o.has('F')
	stops := p.tabs(o)
	return p.eachInput(o.args, func(_ string, r io.Reader) {
		p.eachLine(r, func(line string, end bool) { p.Print(ended(stops.unexpand(line, all), end)) })
	})
}

// unexpand writes blanks that reach a stop as a tab. One that reaches it alone becomes a tab only if
// others follow.
func (t tabs) unexpand(line string, all bool) string {
	var out strings.Builder
	column, held, alone, blank := 0, "", false, true
	flush := func() {
		if alone && len(held) > 1 {
			held = "\t" + held[1:]
		}
		out.WriteString(held)
		held, alone = "", false
	}
	for i := range len(line) {
		c := line[i]
		if c != ' ' && c != '\t' {
			flush()
			if !all {
				return out.String() + line[i:]
			}
			column, blank = max(0, column+map[bool]int{true: -1, false: 1}[c == '\b']), false
			out.WriteByte(c)
			continue
		}
		to, stop := t.next(column)
		switch {
		case !stop:
			flush()
			return out.String() + line[i:]
		case c == '\t' || blank && column+1 == to:
			if alone {
				out.WriteByte('\t')
			}
			out.WriteByte('\t')
			column, held, alone = to, "", false
		default:
			column, held, alone = column+1, held+" ", alone || column+1 == to
		}
		blank = true
	}
	flush()
	return out.String()
}

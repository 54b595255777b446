package unix

import (
	"strconv"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
	"mvdan.cc/sh/v3/pattern"
)

// The tests of find that have a value, but for those that fit a line of findValued.

func (f *finder) glob(glob string, fold bool, of func(found) string) findTest {
	text, err := pattern.Regexp(glob, pattern.EntireString)
	if err != nil {
		return func(row found) bool { return of(row) == glob }
	}
	if fold {
		text = "(?i)" + text
	}
	re, err := compiled("(?s)"+text, false)
	if err != nil {
		return func(row found) bool { return of(row) == glob }
	}
	return func(row found) bool { return re.MatchString(of(row)) }
}

// compare reads +N, -N or N.
func (f *finder) compare(test, text string) func(int64) bool {
	n := int64(f.number(test, text))
	return func(value int64) bool {
		switch text[0] {
		case '+':
			return value > n
		case '-':
			return value < n
		}
		return value == n
	}
}

// sizeUnits are the letters behind -size.
var sizeUnits = map[string]int64{"": 512, "b": 512, "c": 1, "w": 2, "k": 1 << 10, "M": 1 << 20, "G": 1 << 30}

func (f *finder) size(value string) findTest {
	number := strings.TrimRight(value, "bcwkMG")
	unit, known := sizeUnits[value[len(number):]]
	if _, err := strconv.Atoi(strings.TrimLeft(number, "+-")); err != nil || !known {
		f.refuse("invalid -size type `" + voice.OneLine(value[max(0, len(value)-1):]) + "'")
	}
	fits := f.compare("-size", number)
	return func(row found) bool { return fits((row.Size() + unit - 1) / unit) }
}

func (f *finder) age(test, value string, unit int64) findTest {
	fits := f.compare(test, value)
	now := f.p.Now()
	return func(row found) bool { return fits((now - row.Time) / unit) }
}

// perm reads a mode: as it stands all of it, with - at least these bits, with / one of them.
func (f *finder) perm(value string) findTest {
	mode, ok := newMode(0, strings.TrimLeft(value, "-/"))
	if !ok || value == "" {
		f.refuse("invalid mode " + quoted(value))
	}
	return func(row found) bool {
		switch is := row.Mode.Perm(); value[0] {
		case '-':
			return is&mode == mode
		case '/':
			return mode == 0 || is&mode != 0
		default:
			return is == mode
		}
	}
}

// regex matches the whole name that a file was reached by.
func (f *finder) regex(text string, fold bool) findTest {
	if fold {
		text = "(?i)" + text
	}
	re, err := compiled("^(?:"+text+")$", false)
	if err != nil {
		f.refuse("failed to compile regular expression '" + voice.OneLine(text) + "'")
	}
	return func(row found) bool { return re.MatchString(row.name) }
}

func (f *finder) newer(name string) findTest {
	than, err := f.p.Stat(name)
	if err != nil {
		f.refuse(quoted(name) + ": " + shell.Reason(err))
	}
	return func(row found) bool { return row.Time > than.Time }
}

// links is how many names a file has: one, and a directory two, as ls says.
func (f *finder) links(value string) findTest {
	fits := f.compare("-links", value)
	return func(row found) bool {
		if row.IsDir() {
			return fits(2)
		}
		return fits(1)
	}
}

func (f *finder) same(name string) findTest {
	as, err := f.row(name)
	if err != nil {
		f.refuse(quoted(name) + ": " + shell.Reason(err))
	}
	return func(row found) bool { return row.Path == as.Path }
}

func (f *finder) newerThan(date string) findTest {
	at, ok := parseDate(date, f.p.Date(f.p.Now()))
	if !ok {
		f.refuse("I cannot figure out how to interpret " + quoted(date) + " as a date or time")
	}
	return func(row found) bool { return row.Time > f.p.Time(at) }
}

func (f *finder) empty(row found) bool {
	if !row.IsDir() {
		return row.Size() == 0
	}
	rows, err := f.p.List(row.name)
	return err == nil && len(rows) == 0
}

package unix

import (
	"strconv"
	"strings"
)

// awkValue is a number, a text, or a text that looks like a number when it comes from outside.
type awkValue struct {
	text   string
	number float64
	kind   awkKind
}

type awkKind int

const (
	awkUnset awkKind = iota
	awkNumber
	awkText
	awkInput // from outside: a number if it looks like one
)

func awkN(n float64) awkValue { return awkValue{number: n, kind: awkNumber} }

func awkS(s string) awkValue { return awkValue{text: s, kind: awkText} }

func awkIn(s string) awkValue { return awkValue{text: s, kind: awkInput} }

func awkBool(b bool) awkValue {
	if b {
		return awkN(1)
	}
	return awkN(0)
}

// num is the value as a number: the one at the beginning of a text.
func (v awkValue) num() float64 {
	if v.kind == awkNumber {
		return v.number
	}
	text := strings.TrimLeft(v.text, " \t\n")
	for end := numberEnd(text); end > 0; end-- {
		if n, err := strconv.ParseFloat(text[:end], 64); err == nil {
			return n
		}
	}
	return 0
}

// numberEnd is where a number at the beginning of a text may end at most.
func numberEnd(text string) int {
	end := 0
	for end < len(text) && end < 40 && (digit(text[end]) < 10 || strings.IndexByte("+-.eE", text[end]) >= 0) {
		end++
	}
	return end
}

// str is the value as a text; numbers in the given format, whole ones without a point.
func (v awkValue) str(format string) string {
	if v.kind != awkNumber {
		return v.text
	}
	if v.number == float64(int64(v.number)) {
		return strconv.FormatInt(int64(v.number), 10)
	}
	text, _ := (&formatter{args: []string{strconv.FormatFloat(v.number, 'g', -1, 64)}}).all(format, 1<<10)
	return text
}

// numeric reports whether the value is compared as a number.
func (v awkValue) numeric() bool {
	switch v.kind {
	case awkNumber, awkUnset:
		return true
	case awkInput:
		text := strings.TrimSpace(v.text)
		_, err := strconv.ParseFloat(text, 64)
		return err == nil && numberEnd(text) == len(text)
	}
	return false
}

func (v awkValue) truth() bool {
	if v.numeric() {
		return v.num() != 0
	}
	return v.text != ""
}

func (a *awk) text(v awkValue) string { return v.str(a.format("CONVFMT")) }

func (a *awk) format(name string) string {
	if v, ok := a.vars[name]; ok {
		return v.text
	}
	return "%.6g"
}

// compare orders two values: as numbers when both are, else as texts.
func (a *awk) compare(x, y awkValue) int {
	if x.numeric() && y.numeric() {
		switch m, n := x.num(), y.num(); {
		case m < n:
			return -1
		case m > n:
			return 1
		}
		return 0
	}
	return strings.Compare(a.text(x), a.text(y))
}

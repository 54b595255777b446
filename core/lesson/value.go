package lesson

import (
	"slices"
	"strconv"
	"strings"
)

// value is what a field of a row is: one text, or a list of them. Numbers are decimal, what is true
// or not is yes or no.
type value struct {
	texts []string
	list  bool
	fold  bool // in whatever case
	num   bool // numbers
	hex   bool // hexadecimal digits, with or without 0x
}

func text(s string) value { return value{texts: []string{s}} }

// orNone is a text that may be missing.
func orNone(s string) value {
	if s == "" {
		return text(noneMark)
	}
	return text(s)
}

// named is the name of a user or a type: in whatever case.
func named(s string) value {
	v := orNone(s)
	v.fold = true
	return v
}

func number[N int | int64 | uint32 | uint64](n N) value {
	return value{texts: []string{strconv.FormatInt(int64(n), 10)}, num: true}
}

func flag(set bool) value {
	if set {
		return text("yes")
	}
	return text("no")
}

func numbers[N int | uint32](all []N) value {
	v := value{list: true, num: true}
	for _, n := range all {
		v.texts = append(v.texts, strconv.Itoa(int(n)))
	}
	return v
}

// String is the value as a sentence has it.
func (v value) String() string {
	if len(v.texts) == 0 {
		return noneMark
	}
	return strings.Join(v.texts, " ")
}

// equal reports whether two texts are the same text or number.
func (v value) equal(a, b string) bool {
	switch {
	case a == b, v.fold && strings.EqualFold(a, b):
		return true
	case v.hex:
		return strings.EqualFold(strings.TrimPrefix(a, "0x"), strings.TrimPrefix(b, "0x"))
	case !v.num:
		return false
	}
	x, xErr := strconv.ParseInt(a, 0, 64)
	y, yErr := strconv.ParseInt(b, 0, 64)
	return xErr == nil && yErr == nil && x == y
}

// is reports whether the value is the wanted one, of which a list has its elements parted by commas.
func (v value) is(want string) bool {
	if !v.list {
		return v.equal(v.String(), want)
	}
	var wants []string
	if want != noneMark && want != "" {
		wants = strings.FieldsFunc(want, func(r rune) bool { return r == ',' || r == ' ' && strings.Trim(want, "0123456789 ") == "" })
	}
	return len(wants) == len(v.texts) && !slices.ContainsFunc(wants, func(w string) bool { return !v.has(w) })
}

// has reports whether a list has an element.
func (v value) has(want string) bool {
	return slices.ContainsFunc(v.texts, func(t string) bool { return v.equal(t, strings.TrimSpace(want)) })
}

// contains reports whether a list has an element, or a text a text.
func (v value) contains(want string) bool {
	if v.list {
		return v.has(want)
	}
	return strings.Contains(v.String(), want)
}

// passes compares the value by an operator. Alternatives are parted by |.
func (v value) passes(op, want string) bool {
	if op == "!=" {
		return !v.passes("=", want)
	}
	return slices.ContainsFunc(strings.Split(want, "|"), func(w string) bool {
		switch op {
		case "=":
			return v.is(w)
		case "~":
			return v.contains(w)
		}
		x, xErr := strconv.ParseInt(v.String(), 0, 64)
		y, yErr := strconv.ParseInt(w, 0, 64)
		return xErr == nil && yErr == nil && (op == "<" && x < y || op == ">" && x > y)
	})
}

package command

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

// Args is what a matched line gives a handler. Its methods take the flag of a parameter, or the
// name of its value where it is positional; a name that the command does not have is a mistake in
// the program, and panics. The zero value of each answer stands for a parameter that was not given.
// Values have been checked for their kind, so that no method can fail.
type Args struct {
	params []Param
	bound  []Bound
	usage  func() string
}

// Args returns what the line gives the handler. It is for a match with a Spec and without a Fault.
func (m Match[E]) Args() Args {
	return Args{m.Spec.Params, m.Bound, nil}
}

// Usage is the usage text of the command, for a handler that refuses a line after all.
func (a Args) Usage() string {
	if a.usage == nil {
		return ""
	}
	return a.usage()
}

// Has reports whether a parameter was given.
func (a Args) Has(flag string) bool { return a.at(flag).Given }

// Text is the value of a parameter, without quotes.
func (a Args) Text(flag string) string { return a.at(flag).Text }

// Texts are all values of a parameter that takes many or may be repeated, in their order.
func (a Args) Texts(flag string) []string { return a.at(flag).All }

// Operands are the values of the positional parameters, in their order.
func (a Args) Operands() []string {
	var list []string
	for i := range a.params {
		switch at := a.bound[i]; {
		case a.params[i].Flag != "" || !at.Given:
		case a.params[i].Many:
			list = append(list, at.All...)
		default:
			list = append(list, at.Text)
		}
	}
	return list
}

// Order is the flags of the options that were given, by where they stand in the line.
func (a Args) Order() []string {
	var given []int
	for i := range a.bound {
		if a.bound[i].Option >= 0 {
			given = append(given, i)
		}
	}
	slices.SortFunc(given, func(i, j int) int { return a.bound[i].Option - a.bound[j].Option })
	var flags []string
	for _, i := range given {
		flags = append(flags, a.params[i].Flag)
	}
	return flags
}

// Int is the value of a Number, Handle, Node or of numeric Choices.
func (a Args) Int(flag string) int64 {
	n, _ := strconv.ParseInt(a.at(flag).Text, 10, 64)
	return n
}

// Ints is the value of Users: the ids in the order in which they were given, repetitions and all.
func (a Args) Ints(flag string) []int64 {
	var ids []int64
	if text := a.at(flag).Text; text != "" {
		for id := range strings.SplitSeq(text, ",") {
			n, _ := strconv.ParseInt(id, 10, 64)
			ids = append(ids, n)
		}
	}
	return ids
}

// Hex is the bytes of a Hex value; an odd number of digits begins with half a byte.
func (a Args) Hex(flag string) []byte {
	text := hexDigits(a.at(flag).Text)
	if len(text)%2 == 1 {
		text = "0" + text
	}
	bytes, _ := hex.DecodeString(text)
	return bytes
}

// at returns what was given for a parameter.
func (a Args) at(flag string) Bound {
	i := find(a.params, flag)
	if i < 0 {
		panic("command: no parameter " + flag)
	}
	return a.bound[i]
}

// Knows reports whether the command has a parameter at all, for handlers that several commands
// share.
func (a Args) Knows(flag string) bool { return find(a.params, flag) >= 0 }

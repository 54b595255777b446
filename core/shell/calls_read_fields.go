package shell

import (
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// white are the characters of IFS of which several separate like one.
const white = " \t\n"

// splits reports whether the fields of `read` end at other characters than white ones: the
// interpreter loses empty fields there. Names that are none are left to its words.
func (o readOptions) splits() bool {
	return strings.Trim(o.ifs, white) != "" && len(o.names()) > 0 && !slices.ContainsFunc(o.names(), func(name string) bool {
		return !syntax.ValidName(name)
	})
}

func (o readOptions) names() []string {
	return slices.DeleteFunc(slices.Clone(o.rest), func(word string) bool { return word == "-r" || word == "-a" })
}

// assignFields is the command that gives the names of `read` the fields of a text.
func (o readOptions) assignFields(text string) (run string) {
	names := o.names()
	if slices.Contains(o.rest, "-a") {
		return names[0] + "=(" + quoteAll(fieldsOf(text, o.ifs, 0, o.raw)) + ")"
	}
	fields := fieldsOf(text, o.ifs, len(names), o.raw)
	for i, name := range names {
		value := ""
		if i < len(fields) {
			value = fields[i]
		}
		run += name + "=" + quote(value) + " "
	}
	return run
}

// fieldsOf splits a text as bash's `read` does; the last of most fields is all the rest, 0 is
// without limit. Where the text is not raw, a backslash makes a character one of the field.
func fieldsOf(text, ifs string, most int, raw bool) (fields []string) {
	var all []rune
	var separates []bool
	escaped := false
	for _, c := range text {
		if c == '\\' && !raw && !escaped {
			escaped = true
			continue
		}
		all, separates = append(all, c), append(separates, !escaped && strings.ContainsRune(ifs, c))
		escaped = false
	}
	blank := func(i int) bool { return separates[i] && strings.ContainsRune(white, all[i]) }
	at, end := 0, len(all)
	for ; at < end && blank(at); at++ {
	}
	for ; end > at && blank(end-1); end-- {
	}
	for at < end {
		from := at
		for ; at < end && !separates[at]; at++ {
		}
		field := all[from:at]
		for ; at < end && blank(at); at++ {
		}
		if at < end && separates[at] {
			at++
		}
		for ; at < end && blank(at); at++ {
		}
		if len(fields)+1 == most && at < end {
			return append(fields, string(all[from:end]))
		}
		fields = append(fields, string(field))
	}
	return fields
}

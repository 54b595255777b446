package main

import (
	"maps"
	"slices"
	"strings"
)

// withRows is an answer with rows of a saved world beside its fields. The rows are JSON themselves,
// and there may be thousands of them, so they are written without reflection. HSMs that agree have
// rows of keys with the same text: it stands once, and {"as": NAME} for the others.
type withRows struct {
	fields any
	rows   map[string]*string
}

// long is from how many bytes on it is worth looking whether a text was written before.
const long = 1024

// text is the answer as JSON.
func (a withRows) text() string {
	head, _ := strings.CutSuffix(encode(a.fields), "}\n")
	if a.rows == nil {
		return head + "}\n"
	}
	size := len(head) + 32
	for name, row := range a.rows {
		size += len(name) + 8
		if row != nil {
			size += len(*row) + len(*row)/4 // there are many quotation marks in it
		}
	}
	out := append(make([]byte, 0, size), head...)
	if head != "{" {
		out = append(out, ',')
	}
	out = append(out, `"rows":{`...)
	first := map[string]string{} // the row in which a text stands
	for i, name := range slices.SortedFunc(maps.Keys(a.rows), strings.Compare) {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(appendText(out, name), ':')
		row := a.rows[name]
		switch {
		case row == nil:
			out = append(out, "null"...)
		case len(*row) < long:
			out = appendText(out, *row)
		case first[*row] != "":
			out = append(appendText(append(out, `{"as":`...), first[*row]), '}')
		default:
			out = appendText(out, *row)
			first[*row] = name
		}
	}
	return string(append(out, "}}\n"...))
}

// appendText writes a text as JSON.
func appendText(out []byte, text string) []byte {
	begin := len(out)
	out = append(out, '"')
	for i := range len(text) {
		b := text[i]
		if b < ' ' || b > '~' {
			return append(out[:begin], strings.TrimSuffix(encode(text), "\n")...)
		}
		if b == '"' || b == '\\' { // every eighth byte or so: pieces between them would be too short
			out = append(out, '\\')
		}
		out = append(out, b)
	}
	return append(out, '"')
}

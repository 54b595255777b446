package main

import (
	"maps"
	"slices"
	"strings"
)

// withRows is an answer with rows of a saved world beside its fields. The rows are JSON themselves,
// and there may be thousands of them, so they are written without reflection.
type withRows struct {
	fields any
	rows   map[string]*string
}

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
	for i, name := range slices.Sorted(maps.Keys(a.rows)) {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(appendText(out, name), ':')
		if row := a.rows[name]; row != nil {
			out = appendText(out, *row)
		} else {
			out = append(out, "null"...)
		}
	}
	return string(append(out, "}}\n"...))
}

// appendText writes a text as JSON.
func appendText(out []byte, text string) []byte {
	begin := len(out)
	out = append(out, '"')
	from := 0
	for i := range len(text) {
		switch b := text[i]; {
		case b == '"', b == '\\':
			out = append(append(out, text[from:i]...), '\\')
			from = i
		case b < ' ', b > '~':
			return append(out[:begin], strings.TrimSuffix(encode(text), "\n")...)
		}
	}
	return append(append(out, text[from:]...), '"')
}

// pointers are rows as changes have them.
func pointers(rows map[string]string) map[string]*string {
	all := make(map[string]*string, len(rows))
	for name, row := range rows {
		all[name] = &row
	}
	return all
}

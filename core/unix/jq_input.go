package unix

import (
	"fmt"
	"strings"
)

// jqInputs are the values of the files, one after the other, for the filter and for input.
type jqInputs struct {
	j      *jq
	files  []string
	file   string // that is being read
	parser *jsonParser
	raw    []string // lines that are left, with -R
	events []any    // that are left of a value, with --stream
	done   bool     // the one value of -s was handed out
	status int
}

// Next returns the next value.
func (in *jqInputs) Next() (any, bool) {
	if in.j.flags['s'] && !in.done {
		in.done = true
		return in.slurp()
	}
	if in.done {
		return nil, false
	}
	return in.next()
}

// slurp returns all inputs as one: an array, or with -R a text.
func (in *jqInputs) slurp() (any, bool) {
	in.done = true
	all, text := []any{}, ""
	for {
		if in.j.flags['R'] {
			data, ok := in.open()
			if !ok {
				return text, true
			}
			text += string(data)
			continue
		}
		v, ok := in.next()
		if !ok {
			return all, true
		}
		if _, bad := v.(error); bad {
			return v, true
		}
		all = append(all, v)
	}
}

func (in *jqInputs) next() (any, bool) {
	for {
		switch {
		case len(in.events) > 0:
			event := in.events[0]
			in.events = in.events[1:]
			return event, true
		case len(in.raw) > 0:
			line := in.raw[0]
			in.raw = in.raw[1:]
			return line, true
		case in.parser != nil && !in.j.flags['R']:
			v, ok, err := in.parser.next()
			if err != nil {
				in.j.Errorf("parse error: %s\n", err)
				in.status = jqNone
				return err, true
			}
			if ok && in.j.stream {
				in.j.streamed(v, nil, func(event ...any) { in.events = append(in.events, event) })
				continue
			}
			if ok {
				return v, true
			}
		}
		data, ok := in.open()
		if !ok {
			return nil, false
		}
		in.parser = &jsonParser{text: string(data), line: 1, order: in.j.order}
		if in.j.flags['R'] && len(data) > 0 {
			in.raw = strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
		}
	}
}

// open reads the next file that can be read.
func (in *jqInputs) open() ([]byte, bool) {
	for len(in.files) > 0 {
		in.file, in.files = in.files[0], in.files[1:]
		r, err := in.j.Open(in.file)
		if err == nil {
			return in.j.Process.all(r), true
		}
		in.j.openFailed(in.file, err)
	}
	return nil, false
}

// at is the place that jq names with an error: a file and how many of its lines were read.
func (in *jqInputs) at() string {
	name := in.file
	if name == "-" || name == "" {
		name = "<stdin>"
	}
	return fmt.Sprintf("%s:%d", name, in.lines())
}

func (in *jqInputs) lines() int {
	if in.parser == nil {
		return 0
	}
	return in.parser.linesRead()
}

func (in *jqInputs) name() any {
	switch in.file {
	case "":
		return nil
	case "-":
		return "<stdin>"
	}
	return in.file
}

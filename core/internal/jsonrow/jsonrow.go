// Package jsonrow writes and reads rows of JSON that there are thousands of: objects whose fields
// are known and stand in a known order. It writes what encoding/json writes, and reads that, at a
// fraction of the cost. It is no reader of JSON at large: what it does not know it leaves to
// encoding/json. Begin with [Write] and [Read].
package jsonrow

import (
	"strconv"
	"strings"
)

// Coder goes over a row field by field, to write it or to read it: so the fields of a row stand
// once, in the function that is given a Coder.
type Coder struct {
	out    []byte
	in     string
	at     int // how far it is read
	reads  bool
	failed bool
	begun  bool // a field of the object was there
}

// Write returns the text of a row; room is how long it will be, about.
func Write(room int, row func(*Coder)) []byte {
	c := &Coder{out: make([]byte, 0, room)}
	row(c)
	return c.out
}

// Read reads the text of a row, and reports whether it could: then it has read what encoding/json
// would. Otherwise the row may be half read.
func Read(text string, row func(*Coder)) bool {
	c := &Coder{in: text, reads: true}
	row(c)
	return !c.failed && c.at == len(c.in)
}

// Object is an object; fields goes over what stands in it.
func (c *Coder) Object(fields func()) {
	c.mark("{")
	c.begun = false
	fields()
	c.mark("}")
}

// mark is a text that stands there in any case.
func (c *Coder) mark(text string) {
	if !c.reads {
		c.out = append(c.out, text...)
	} else if !c.skip(text) {
		c.fail()
	}
}

// skip reads a text if it is there.
func (c *Coder) skip(text string) bool {
	is := strings.HasPrefix(c.in[c.at:], text)
	if is {
		c.at += len(text)
	}
	return is
}

// fail gives up reading.
func (c *Coder) fail() { c.failed, c.at = true, len(c.in) }

// null is what stands for nothing, and reports whether it does; is says so where it is written.
func (c *Coder) null(is bool) bool {
	if c.reads {
		return c.skip("null")
	}
	if is {
		c.mark("null")
	}
	return is
}

// Has reports whether a field is there that is left out where it says nothing; says tells whether
// it says something, where it is written.
func (c *Coder) Has(name string, says bool) bool {
	if !c.reads {
		return says
	}
	at := c.at
	defer func() { c.at = at }()
	c.skip(",")
	return c.skip(`"`) && c.skip(name) && c.skip(`":`)
}

// field is the name of a field.
func (c *Coder) field(name string) {
	isFirst := !c.begun
	c.begun = true
	if c.reads {
		if !((isFirst || c.skip(",")) && c.skip(`"`) && c.skip(name) && c.skip(`":`)) {
			c.fail()
		}
		return
	}
	out := c.out
	if !isFirst {
		out = append(out, ',')
	}
	out = append(append(out, '"'), name...)
	c.out = append(out, '"', ':')
}

// List is a list of rows, of which each may be null.
func List[Row any](c *Coder, rows *[]*Row, row func(*Row)) {
	if c.reads {
		*rows = nil
	}
	if c.null(*rows == nil) {
		return
	}
	c.list(len(*rows), func(i int) {
		if c.reads {
			*rows = append(*rows, nil)
		}
		r := &(*rows)[i]
		if c.null(*r == nil) {
			return
		}
		if c.reads {
			*r = new(Row)
		}
		row(*r)
	})
	if c.reads && *rows == nil {
		*rows = []*Row{}
	}
}

// list is a list: of n elements where it is written, else of those that are there.
func (c *Coder) list(n int, element func(i int)) {
	c.mark("[")
	if c.reads && c.skip("]") {
		return
	}
	for i := 0; c.reads && !c.failed || i < n; i++ {
		if i > 0 {
			c.mark(",")
		}
		element(i)
		if c.reads && c.skip("]") {
			return
		}
	}
	c.mark("]")
}

// Integer is a type of whole numbers.
type Integer interface {
	~int | ~int64 | ~uint32 | ~uint64
}

// Number is a field with a whole number.
func Number[N Integer](c *Coder, name string, n *N) {
	c.field(name)
	number(c, n)
}

// Array is a field with as many whole numbers as there are.
func Array[N Integer](c *Coder, name string, all []N) {
	c.field(name)
	n := 0
	c.list(len(all), func(i int) {
		if n++; n > len(all) {
			c.fail()
			return
		}
		number(c, &all[i])
	})
	if n < len(all) {
		c.fail()
	}
}

// Numbers is a field with whole numbers, null for none at all.
func Numbers[N Integer](c *Coder, name string, all *[]N) {
	c.field(name)
	if c.reads {
		*all = nil
	}
	if c.null(*all == nil) {
		return
	}
	c.list(len(*all), func(i int) {
		if c.reads {
			*all = append(*all, 0)
		}
		number(c, &(*all)[i])
	})
	if c.reads && *all == nil {
		*all = []N{}
	}
}

func number[N Integer](c *Coder, n *N) {
	switch signed := ^N(0) < 0; {
	case c.reads:
		*n = digits[N](c)
	case signed:
		c.out = strconv.AppendInt(c.out, int64(*n), 10)
	default:
		c.out = strconv.AppendUint(c.out, uint64(*n), 10)
	}
}

// digits reads a number. One below zero is rare enough to be left to encoding/json.
func digits[N Integer](c *Coder) N {
	end := c.at
	for end < len(c.in) && c.in[end] >= '0' && c.in[end] <= '9' {
		end++
	}
	text := c.in[c.at:end]
	value, err := strconv.ParseUint(text, 10, 64)
	n := N(value)
	if err != nil || len(text) > 1 && text[0] == '0' || n < 0 || uint64(n) != value {
		c.fail()
		return 0
	}
	c.at = end
	return n
}

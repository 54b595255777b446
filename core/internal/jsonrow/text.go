package jsonrow

import (
	"encoding/base64"
	"encoding/json"
	"strings"
)

// Text is a field with a text.
func Text[T ~string](c *Coder, name string, t *T) {
	c.field(name)
	if c.reads {
		*t = T(c.quoted())
		return
	}
	if isPlain(string(*t)) {
		c.out = append(append(append(c.out, '"'), *t...), '"')
		return
	}
	text, err := json.Marshal(string(*t))
	if err != nil { // a text always marshals
		panic("jsonrow: " + err.Error())
	}
	c.out = append(c.out, text...)
}

// quoted reads a text that stands there as it is.
func (c *Coder) quoted() string {
	begins := c.skip(`"`)
	text := c.in[c.at:]
	end := strings.IndexByte(text, '"')
	if !begins || end < 0 || !isPlain(text[:end]) {
		c.fail()
		return ""
	}
	c.at += end + 1
	return text[:end]
}

// isPlain reports whether a text stands in JSON as it is, as encoding/json writes it.
func isPlain(text string) bool {
	for i := range len(text) {
		switch b := text[i]; {
		case b < ' ', b > '~', b == '"', b == '\\', b == '<', b == '>', b == '&':
			return false
		}
	}
	return true
}

// Bytes is a field with bytes in base64, null for none at all.
func Bytes(c *Coder, name string, data *[]byte) {
	c.field(name)
	if c.reads {
		*data = nil
	}
	switch {
	case c.null(*data == nil):
	case c.reads:
		// encoding/json leaves out line ends; where one stands, a text is not plain
		decoded, err := base64.StdEncoding.DecodeString(c.quoted())
		if *data = decoded; err != nil {
			c.fail()
		}
	default:
		c.out = append(base64.StdEncoding.AppendEncode(append(c.out, '"'), *data), '"')
	}
}

// Seldom is a field that few rows have, of any type; says tells whether this one has it. It is
// written by encoding/json, and a row that has it is left to that.
func Seldom(c *Coder, name string, says bool, value any) {
	if c.reads || !says {
		return
	}
	text, err := json.Marshal(value)
	if err != nil { // plain data always marshals
		panic("jsonrow: " + err.Error())
	}
	c.field(name)
	c.out = append(c.out, text...)
}

package openssl

import (
	"fmt"
	"strings"
)

// nameForm is how -nameopt has a name printed; the zero form is the one with slashes.
type nameForm struct {
	sep      string // between parts, "" for that of the default
	plus     string // between parts that are joined
	reversed bool
	spaced   bool // around =
	long     bool // names of parts
	aligned  bool
	utf8     bool // converted to it
	special  bool // what RFC 2253 escapes is escaped
	quoted   bool // in quotes, instead
	control  bool
	beyond   bool // bytes beyond ASCII are escaped
}

// The forms that have a name.
var (
	onelineForm = nameForm{sep: ", ", plus: " + ", spaced: true, utf8: true, special: true, quoted: true, control: true, beyond: true}
	rfc2253Form = nameForm{sep: ",", plus: "+", reversed: true, utf8: true, special: true, control: true, beyond: true}
	lineForm    = nameForm{sep: "\n    ", plus: " + ", spaced: true, long: true, aligned: true, control: true, beyond: true}
)

// nameOptions are the words of -nameopt; on is false for one with a - before it.
var nameOptions = map[string]func(f *nameForm, on bool){
	"compat":               func(f *nameForm, _ bool) { *f = nameForm{} },
	"oneline":              func(f *nameForm, _ bool) { *f = onelineForm },
	"rfc2253":              func(f *nameForm, _ bool) { *f = rfc2253Form },
	"multiline":            func(f *nameForm, _ bool) { *f = lineForm },
	"sep_comma_plus":       func(f *nameForm, _ bool) { f.sep, f.plus = ",", "+" },
	"sep_comma_plus_space": func(f *nameForm, _ bool) { f.sep, f.plus = ", ", " + " },
	"sep_semi_plus_space":  func(f *nameForm, _ bool) { f.sep, f.plus = "; ", " + " },
	"sep_multiline":        func(f *nameForm, _ bool) { f.sep, f.plus = "\n    ", " + " },
	"dn_rev":               func(f *nameForm, on bool) { f.reversed = on },
	"space_eq":             func(f *nameForm, on bool) { f.spaced = on },
	"sname":                func(f *nameForm, _ bool) { f.long = false },
	"lname":                func(f *nameForm, _ bool) { f.long = true },
	"align":                func(f *nameForm, on bool) { f.aligned = on },
	"utf8":                 func(f *nameForm, on bool) { f.utf8 = on },
	"esc_2253":             func(f *nameForm, on bool) { f.special = on },
	"use_quote":            func(f *nameForm, on bool) { f.quoted = on },
	"esc_ctrl":             func(f *nameForm, on bool) { f.control = on },
	"esc_msb":              func(f *nameForm, on bool) { f.beyond = on },
}

// nameForm reads -nameopt.
func (c *call) nameForm() (f nameForm, ok bool) {
	if !c.has("nameopt") {
		return onelineForm, true
	}
	for word := range strings.SplitSeq(strings.ToLower(c.last("nameopt")), ",") {
		bare, off := strings.CutPrefix(word, "-")
		set := nameOptions[strings.TrimPrefix(bare, "+")]
		if set == nil {
			return f, false
		}
		set(&f, !off)
	}
	if f.sep == "" && f != (nameForm{}) {
		f.sep, f.plus = ", ", " + "
	}
	return f, true
}

// nameLine is a name behind its label, as -nameopt has it.
func (c *call) nameLine(label string, name []attribute) string {
	f, _ := c.nameForm()
	return label + "=" + f.text(name) + "\n"
}

// text prints a name.
func (f nameForm) text(name []attribute) string {
	if f.sep == "" {
		return compatText(name)
	}
	text := ""
	for i, a := range name {
		sep := f.sep
		switch {
		case i == 0:
			sep = ""
		case a.joined:
			sep = f.plus
		}
		if f.reversed {
			text = f.part(a) + sep + text
		} else {
			text += sep + f.part(a)
		}
	}
	if f.sep[0] == '\n' {
		text = f.sep + text
	}
	return text
}

// part prints one part of a name.
func (f nameForm) part(a attribute) string {
	kind, width := objectOf(a.oid).short, 10
	if f.long {
		kind, width = objectOf(a.oid).long, 25
	}
	if f.aligned {
		kind = fmt.Sprintf("%-*s", width, kind)
	}
	if f.spaced {
		return kind + " = " + f.value(a)
	}
	return kind + "=" + f.value(a)
}

// value prints the value of a part, in UTF-8 or as its own characters of a byte.
func (f nameForm) value(a attribute) string {
	characters, ok := a.characters()
	if !ok {
		return a.dump()
	}
	data := []byte(characters)
	if !f.utf8 {
		data = data[:0]
		for _, r := range characters {
			if r > 0xff {
				data = []byte(characters)
				break
			}
			data = append(data, byte(r))
		}
	}
	var b strings.Builder
	within := false
	for i, x := range data {
		edge := i == 0 && (x == '#' || x == ' ') || i == len(data)-1 && x == ' '
		special := f.special && (strings.IndexByte(`,+<>;`, x) >= 0 || edge)
		switch {
		case x < ' ' && f.control, x >= 0x7f && f.beyond:
			fmt.Fprintf(&b, "\\%02X", x)
		case special && f.quoted:
			within = true
			b.WriteByte(x)
		case special, x == '"' && f.special, x == '\\' && (f.special || f.control || f.beyond):
			b.WriteString("\\" + string(rune(x)))
		default:
			b.WriteByte(x)
		}
	}
	if within {
		return `"` + b.String() + `"`
	}
	return b.String()
}

// compatText prints a name with slashes, as extensions do: /CN=name.
func compatText(name []attribute) string {
	var b strings.Builder
	for _, a := range name {
		b.WriteString(map[bool]string{true: "+", false: "/"}[a.joined] + objectOf(a.oid).short + "=")
		for _, x := range a.value {
			switch {
			case x < ' ' || x >= 0x7f:
				fmt.Fprintf(&b, "\\x%02X", x)
			case x == '+' || x == '/':
				b.WriteByte('\\')
				fallthrough
			default:
				b.WriteByte(x)
			}
		}
	}
	return b.String()
}

package unix

import (
	"regexp"
	"strings"
)

// re compiles an expression once.
func (a *awk) re(text string) *regexp.Regexp {
	if re := a.res[text]; re != nil {
		return re
	}
	compiled, err := posix(text, true, false)
	if err != nil {
		a.fail("%v: %s", err, text)
	}
	re, ok := compiled.(*regexp.Regexp)
	if !ok {
		a.fail("Invalid back reference: %s", text)
	}
	if len(a.res) < 500 {
		a.res[text] = re
	}
	return re
}

// load takes a new record in.
func (a *awk) load(record string) { a.record, a.split = record, false }

// ensure cuts the record into fields.
func (a *awk) ensure() {
	if !a.split {
		record, sep := a.record, a.get("FS").text
		if a.get("RS").text == "" && len(sep) == 1 && sep != " " {
			record = strings.ReplaceAll(record, "\n", sep) // line ends part fields too
		}
		a.fields, a.split = a.cut(record, sep), true
		a.vars["NF"] = awkN(float64(len(a.fields)))
	}
}

// cut splits a text: " " is blanks, one character stands for itself, more are an expression.
func (a *awk) cut(text, sep string) []string {
	switch {
	case text == "":
		return nil
	case sep == " ":
		return strings.Fields(text)
	case len(sep) == 1 && sep != `\`:
		return strings.Split(text, sep)
	case sep == "":
		return strings.Split(text, "")
	}
	return a.re(sep).Split(text, -1)
}

func (a *awk) get(name string) awkValue {
	if name == "NF" {
		a.ensure()
	}
	return a.vars[name]
}

func (a *awk) set(name string, v awkValue) {
	a.room(len(v.text))
	if name == "NF" {
		a.ensure()
		a.resize(int(v.num()))
		a.rebuild()
	}
	a.vars[name] = v
}

// room ends the line when a text grows too long.
func (a *awk) room(n int) { a.p.Room(int64(n)) }

func (a *awk) resize(n int) {
	if n < 0 || n > 100_000 {
		a.fail("NF set to %d", n)
	}
	for len(a.fields) < n {
		a.fields = append(a.fields, "")
	}
	a.fields = a.fields[:n]
}

// rebuild makes the record of the fields again.
func (a *awk) rebuild() {
	a.record = strings.Join(a.fields, a.get("OFS").text)
	a.vars["NF"] = awkN(float64(len(a.fields)))
}

// field is $n.
func (a *awk) field(n int) awkValue {
	if n == 0 {
		return awkIn(a.record)
	}
	a.ensure()
	if n < 0 {
		a.fail("attempt to access field %d", n)
	}
	if n > len(a.fields) {
		return awkValue{}
	}
	return awkIn(a.fields[n-1])
}

func (a *awk) setField(n int, v awkValue) {
	if n == 0 {
		a.load(a.text(v))
		return
	}
	a.ensure()
	if n < 0 {
		a.fail("attempt to access field %d", n)
	}
	a.resize(max(n, len(a.fields)))
	a.fields[n-1] = a.text(v)
	a.rebuild()
}

// element is an element of an array; reading makes it.
func (a *awk) element(name, key string) awkValue {
	v, ok := a.arrays[name][key]
	if !ok {
		a.setElement(name, key, v)
	}
	return v
}

func (a *awk) setElement(name, key string, v awkValue) {
	if a.arrays[name] == nil {
		a.arrays[name] = map[string]awkValue{}
	}
	if _, ok := a.arrays[name][key]; !ok {
		a.order[name] = append(a.order[name], key)
	}
	a.arrays[name][key] = v
}

// keys are the keys of an array in the order in which they came.
func (a *awk) keys(name string) []string {
	var keys []string
	for _, key := range a.order[name] {
		if _, ok := a.arrays[name][key]; ok {
			keys = append(keys, key)
		}
	}
	a.order[name] = keys
	return append([]string{}, keys...)
}

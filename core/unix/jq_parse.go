package unix

import (
	"fmt"
	"strconv"
	"strings"
)

// jsonParser takes values out of a text one by one, and words what is wrong as jq's own parser
// does.
type jsonParser struct {
	text         string
	pos          int
	line, column int // of the character that was read last
	literal      strings.Builder
	stack        []jsonOpen
	value        any
	order        *jqOrder // notes the order of keys; nil: nobody wants it
	has          bool     // value is one
}

// jsonOpen is an array or an object that is not closed, with the key that waits for its value.
type jsonOpen struct {
	array  []any
	object map[string]any
	keys   []string // of the object, as they were read
	key    string
	keyed  bool
}

// jsonFault is what is wrong, and where.
type jsonFault string

// Error returns the text.
func (f jsonFault) Error() string { return string(f) }

func (p *jsonParser) fault(what string) error {
	return jsonFault(fmt.Sprintf("%s at line %d, column %d", what, p.line, p.column))
}

// linesRead is how many line ends there are up to that of the line in which the parser stands.
func (p *jsonParser) linesRead() int {
	n := strings.Count(p.text[:p.pos], "\n")
	if p.pos > 0 && p.text[p.pos-1] != '\n' && strings.Contains(p.text[p.pos:], "\n") {
		n++
	}
	return n
}

// next returns the next value; ok is false at the end.
func (p *jsonParser) next() (v any, ok bool, err error) {
	for p.pos < len(p.text) {
		c := p.text[p.pos]
		p.pos++
		p.column++
		if c == '\n' {
			p.line, p.column = p.line+1, 0
		}
		switch {
		case c == '"':
			if err := p.endLiteral(); err != nil {
				return nil, false, err
			}
			if err := p.quoted(); err != nil {
				return nil, false, err
			}
		case strings.IndexByte("[{:,]}", c) >= 0:
			if err := p.endLiteral(); err != nil {
				return nil, false, err
			}
			if p.has && len(p.stack) == 0 && (c == '[' || c == '{') {
				p.pos--
				p.column--
				return p.take()
			}
			if err := p.token(c); err != nil {
				return nil, false, err
			}
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			if err := p.endLiteral(); err != nil {
				return nil, false, err
			}
		default:
			p.literal.WriteByte(c)
			continue
		}
		if p.has && len(p.stack) == 0 {
			return p.take()
		}
	}
	if len(p.stack) > 0 {
		return nil, false, p.fault("Unfinished JSON term at EOF")
	}
	if err := p.endLiteral(); err != nil {
		return nil, false, jsonFault(strings.Replace(err.Error(), " at line", " at EOF at line", 1))
	}
	if p.has {
		return p.take()
	}
	return nil, false, nil
}

func (p *jsonParser) take() (any, bool, error) {
	v := p.value
	p.value, p.has = nil, false
	return v, true, nil
}

func (p *jsonParser) put(v any) error {
	if p.has {
		return p.fault("Expected separator between values")
	}
	p.value, p.has = v, true
	return nil
}

// endLiteral makes a value of the characters before.
func (p *jsonParser) endLiteral() error {
	word := p.literal.String()
	p.literal.Reset()
	if word == "" {
		return nil
	}
	switch word {
	case "true", "false":
		return p.put(word == "true")
	case "null", "nan", "NaN":
		return p.put(nil)
	}
	if strings.IndexByte("tfn", word[0]) >= 0 {
		return p.fault("Invalid literal")
	}
	n, ok := jsonNumber(word)
	if !ok {
		return p.fault("Invalid numeric literal")
	}
	return p.put(n)
}

// jsonNumber reads a number; whole ones that are exact stay so.
func jsonNumber(word string) (any, bool) {
	if strings.Trim(word, "+-.eE0123456789") != "" {
		return nil, false
	}
	if n, err := strconv.Atoi(word); err == nil && n > -1<<53 && n < 1<<53 && word != "-0" {
		return n, true
	}
	f, err := strconv.ParseFloat(word, 64)
	if err != nil && f == 0 {
		return nil, false
	}
	return f, true
}

// parseDepth is how deep arrays may stand in each other, as in jq 1.6; an object with its key counts twice.
const parseDepth = 256

// depth is how deep the parser stands.
func (p *jsonParser) depth() int {
	n := len(p.stack)
	for _, open := range p.stack {
		if open.keyed {
			n++
		}
	}
	return n
}

// token takes a bracket, colon or comma.
func (p *jsonParser) token(c byte) error {
	var top *jsonOpen
	if len(p.stack) > 0 {
		top = &p.stack[len(p.stack)-1]
	}
	isArray, isObject := top != nil && top.array != nil, top != nil && top.object != nil
	switch c {
	case '[', '{':
		if p.depth() >= parseDepth {
			return p.fault("Exceeds depth limit for parsing")
		}
		if p.has {
			return p.fault("Expected separator between values")
		}
		p.stack = append(p.stack, map[byte]jsonOpen{'[': {array: []any{}}, '{': {object: map[string]any{}}}[c])
		return nil
	case ':':
		return p.colon(top, isObject)
	case ',':
		switch {
		case !p.has:
			return p.fault("Expected value before ','")
		case isArray:
			top.array = append(top.array, p.value)
		case isObject && top.keyed:
			top.object[top.key], top.keyed = p.value, false
		case isObject:
			return p.fault("Objects must consist of key:value pairs")
		default:
			return p.fault("Expected value before ','")
		}
		p.value, p.has = nil, false
		return nil
	case ']':
		if !isArray {
			return p.fault("Unmatched ']'")
		}
		if p.has {
			top.array = append(top.array, p.value)
		} else if len(top.array) > 0 {
			return p.fault("Expected another array element")
		}
		p.value, p.has = top.array, true
	case '}':
		switch {
		case !isObject || !p.has && top.keyed:
			return p.fault("Unmatched '}'")
		case p.has && !top.keyed:
			return p.fault("Objects must consist of key:value pairs")
		case p.has:
			top.object[top.key] = p.value
		case len(top.object) > 0:
			return p.fault("Expected another key-value pair")
		}
		if p.order != nil {
			p.order.note(top.object, top.keys)
		}
		p.value, p.has = top.object, true
	}
	p.stack = p.stack[:len(p.stack)-1]
	return nil
}

func (p *jsonParser) colon(top *jsonOpen, isObject bool) error {
	key, isText := p.value.(string)
	switch {
	case !p.has:
		return p.fault("Expected string key before ':'")
	case !isObject || top.keyed:
		return p.fault("':' not as part of an object")
	case !isText:
		return p.fault("Object keys must be strings")
	}
	if _, has := top.object[key]; !has {
		top.keys = append(top.keys, key)
	}
	top.key, top.keyed = key, true
	p.value, p.has = nil, false
	return nil
}

// quoted reads a text up to its closing quote.
func (p *jsonParser) quoted() error {
	from := p.pos
	for p.pos < len(p.text) {
		c := p.text[p.pos]
		p.pos++
		p.column++
		if c == '\n' {
			p.line, p.column = p.line+1, 0
		}
		switch {
		case c == '\\' && p.pos < len(p.text):
			p.pos++
			p.column++
		case c == '"':
			text, why := unquoteJSON(p.text[from : p.pos-1])
			if why != "" {
				return p.fault(why)
			}
			return p.put(text)
		}
	}
	return p.fault("Unfinished string at EOF")
}

// unquoteJSON carries out the escapes of a text.
func unquoteJSON(text string) (out, why string) {
	var b strings.Builder
	var high rune
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			b.WriteByte(text[i])
			continue
		}
		i++
		at := strings.IndexByte(`"\/bfnrt`, text[i])
		if at >= 0 {
			b.WriteByte("\"\\/\b\f\n\r\t"[at])
			continue
		}
		if text[i] != 'u' {
			return "", "Invalid escape"
		}
		if len(text) < i+5 || hexDigits(text[i+1:], 4) < 4 {
			return "", `Invalid \uXXXX escape`
		}
		n, _ := strconv.ParseUint(text[i+1:i+5], 16, 32)
		i += 4
		switch r := rune(n); {
		case r >= 0xd800 && r < 0xdc00 && strings.HasPrefix(text[i+1:], `\u`):
			high = r
			continue
		case r >= 0xdc00 && r < 0xe000 && high != 0:
			b.WriteRune((high-0xd800)<<10 + (r - 0xdc00) + 0x10000)
		default:
			b.WriteRune(r)
		}
		high = 0
	}
	return b.String(), ""
}

// parseAll reads all values of a text.
func parseAll(text string) (values []any, ok bool) {
	p := &jsonParser{text: text, line: 1}
	values = []any{}
	for {
		v, more, err := p.next()
		if err != nil || !more {
			return values, err == nil
		}
		values = append(values, v)
	}
}

package openssl

import (
	"encoding/asn1"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"hsmplay/core/voice"
)

// attribute is one part of a distinguished name. A part that stands with the one before it in one
// set is joined.
type attribute struct {
	oid    asn1.ObjectIdentifier
	tag    der.Tag
	value  []byte
	joined bool
}

// nameRule is the string type and the length, in characters, of a part of a name (RFC 5280,
// appendix A).
type nameRule struct {
	short    string
	tag      der.Tag
	min, max int
}

// nameRules are the parts whose rule is not the last one.
var nameRules = []nameRule{
	{"C", der.PrintableString, 2, 2},
	{"serialNumber", der.PrintableString, 1, 64},
	{"dnQualifier", der.PrintableString, 0, 0},
	{"DC", der.IA5String, 1, 0},
	{"emailAddress", der.IA5String, 1, 128},
	{"CN", der.UTF8String, 1, 64},
	{"O", der.UTF8String, 1, 64},
	{"OU", der.UTF8String, 1, 64},
	{"L", der.UTF8String, 1, 128},
	{"ST", der.UTF8String, 1, 128},
	{"title", der.UTF8String, 1, 64},
	{"", der.UTF8String, 1, 32768},
}

// newAttribute returns a part of a name, false if the value does not fit its rule.
func newAttribute(name, value string) (attribute, bool) {
	oid := oidNamed(name)
	short := objectOf(oid).short
	rule := nameRules[len(nameRules)-1]
	for _, row := range nameRules {
		if row.short == short {
			rule = row
			break
		}
	}
	n := utf8.RuneCountInString(value)
	if !utf8.ValidString(value) || n < rule.min || rule.max > 0 && n > rule.max || !fits(rule.tag, value) {
		return attribute{}, false
	}
	return attribute{oid: oid, tag: rule.tag, value: []byte(value)}, true
}

// fits reports whether a string type can hold the value (X.680, 41).
func fits(tag der.Tag, value string) bool {
	for _, r := range value {
		switch {
		case tag == der.UTF8String, tag == der.IA5String && r < utf8.RuneSelf:
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', strings.ContainsRune(" '()+,-./:=?", r):
		default:
			return false
		}
	}
	return true
}

// parseSubject reads -subj: /type0=value0/type1=value1, where a plus sign joins parts and a
// backslash makes the next character ordinary. Unlike OpenSSL's without -utf8, characters are
// always UTF-8.
func (c *call) parseSubject(text string) ([]attribute, error) {
	if !strings.HasPrefix(text, "/") {
		return nil, refuse("%s: subject name is expected to be in the format /type0=value0/type1=value1/type2=... where characters "+
			"may be escaped by \\. This name is not in that format: '%s'", c.name, text).because(voice.OpenSSLSubject)
	}
	var name []attribute
	for rest, joins := text[1:], false; rest != ""; {
		kind, behind, found := strings.Cut(rest, "=")
		if !found {
			return nil, refuse("%s: Missing '=' after RDN type string '%s' in subject name string", c.name, kind).because(voice.OpenSSLSubject)
		}
		value, end, next, ok := subjectValue(behind)
		if !ok {
			return nil, refuse("%s: Escape character at end of subject name string", c.name).because(voice.OpenSSLSubject)
		}
		part, err := c.subjectPart(kind, value)
		if err != nil {
			return nil, err
		}
		if part != nil {
			part.joined = joins && len(name) > 0
			name = append(name, *part)
		}
		rest, joins = next, end == '+'
	}
	return name, nil
}

// subjectValue reads a value up to an unescaped slash or plus sign, which it returns too.
func subjectValue(text string) (value string, end byte, rest string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '/', '+':
			return b.String(), text[i], text[i+1:], true
		case '\\':
			if i++; i == len(text) {
				return "", 0, "", false
			}
		}
		b.WriteByte(text[i])
	}
	return b.String(), 0, "", true
}

// subjectPart makes a part, nil with a warning for one that is passed over.
func (c *call) subjectPart(kind, value string) (*attribute, error) {
	switch {
	case oidNamed(kind) == nil:
		c.warn(fmt.Sprintf("%s warning: Skipping unknown subject name attribute \"%s\"\n", c.name, kind))
		return nil, nil
	case value == "":
		c.warn(fmt.Sprintf("%s warning: No value provided for subject name attribute \"%s\", skipped\n", c.name, kind))
		return nil, nil
	}
	part, ok := newAttribute(kind, value)
	if !ok {
		return nil, refuse("%s: Error adding subject name attribute \"/%s=%s\"", c.name, kind, value).because(voice.OpenSSLSubject)
	}
	return &part, nil
}

// encodeName returns the DER of a Name (RFC 5280, 4.1.2.4).
func encodeName(name []attribute) []byte {
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		for i := 0; i < len(name); {
			set := [][]byte{name[i].encode()}
			for i++; i < len(name) && name[i].joined; i++ {
				set = append(set, name[i].encode())
			}
			slices.SortFunc(set, slices.Compare) // DER sorts a SET OF
			b.AddASN1(der.SET, func(b *cryptobyte.Builder) { b.AddBytes(slices.Concat(set...)) })
		}
	})
	return b.BytesOrPanic()
}

func (a attribute) encode() []byte {
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(a.oid)
		b.AddASN1(a.tag, func(b *cryptobyte.Builder) { b.AddBytes(a.value) })
	})
	return b.BytesOrPanic()
}

// decodeName reads a Name, false if it is none.
func decodeName(raw cryptobyte.String) (name []attribute, ok bool) {
	var sets cryptobyte.String
	if !raw.ReadASN1(&sets, der.SEQUENCE) || !raw.Empty() {
		return nil, false
	}
	for !sets.Empty() {
		var set cryptobyte.String
		if !sets.ReadASN1(&set, der.SET) {
			return nil, false
		}
		for joined := false; !set.Empty(); joined = true {
			var inner, value cryptobyte.String
			a := attribute{joined: joined}
			if !set.ReadASN1(&inner, der.SEQUENCE) || !inner.ReadASN1ObjectIdentifier(&a.oid) || !inner.ReadAnyASN1(&value, &a.tag) {
				return nil, false
			}
			a.value = value
			name = append(name, a)
		}
	}
	return name, true
}

// nameText prints a name as OpenSSL's oneline form: C = US, O = "Example, Inc.", CN = name.
func nameText(name []attribute) string { return onelineForm.text(name) }

// dump prints a value that is no string of characters.
func (a attribute) dump() string {
	var b cryptobyte.Builder
	b.AddASN1(a.tag, func(b *cryptobyte.Builder) { b.AddBytes(a.value) })
	return "#" + strings.ToUpper(hex.EncodeToString(b.BytesOrPanic()))
}

// The string types that cryptobyte has no names for (X.680, 8.6).
const (
	numericString = der.Tag(18)
	visibleString = der.Tag(26)
	bmpString     = der.Tag(30)
)

// characters returns a value in UTF-8, false for a type that is no string of characters.
func (a attribute) characters() (string, bool) {
	switch a.tag {
	case der.UTF8String:
		return string(a.value), utf8.Valid(a.value)
	case der.PrintableString, der.IA5String, der.T61String, numericString, visibleString:
		runes := make([]rune, len(a.value))
		for i, x := range a.value {
			runes[i] = rune(x)
		}
		return string(runes), true
	case bmpString:
		units := make([]uint16, len(a.value)/2)
		for i := range units {
			units[i] = uint16(a.value[2*i])<<8 | uint16(a.value[2*i+1])
		}
		return string(utf16.Decode(units)), len(a.value)%2 == 0
	}
	return "", false
}

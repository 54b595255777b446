package openssl

import (
	"encoding/asn1"
	"encoding/hex"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
	"hsmplay/core/mech"
)

// generatedDER returns the DER that -genstr and -genconf describe (ASN1_generate_nconf(3)).
func (c *call) generatedDER() ([]byte, error) {
	text := c.last("genstr")
	var conf config // none: sequences and sets are refused
	if c.has("genconf") {
		var err error
		if conf, err = c.config("genconf"); err != nil {
			return nil, err
		}
		if !c.has("genstr") {
			var ok bool
			if text, ok = conf.value("default", "asn1"); !ok {
				return nil, refuse("Can't find 'asn1' in '%s'", c.last("genconf"))
			}
		}
	}
	made, wrong := asn1Value(text, conf, 0)
	if wrong != nil {
		return nil, wrong
	}
	return made, nil
}

// asn1Wrong is the refusal of a description; the real one prints its error queue, whose numbers are
// another version's each time.
func asn1Wrong(part string) *refusal {
	return refuse("%s", "asn1 encoding routines:generate_v3:"+part)
}

// wrapping is what stands around a value, from outside in: tags that are to be put on, and types
// that hold the bytes of others.
type wrapping struct {
	tag der.Tag
	pad bool // a BIT STRING's count of unused bits
}

// asn1Wraps are the modifiers that wrap a value in another type.
var asn1Wraps = map[string]wrapping{
	"OCTWRAP": {tag: der.OCTET_STRING}, "BITWRAP": {tag: der.BIT_STRING, pad: true}, "SEQWRAP": {tag: der.SEQUENCE}, "SETWRAP": {tag: der.SET},
}

// asn1Types are the types by their names.
var asn1Types = map[string]der.Tag{
	"BOOL": der.BOOLEAN, "BOOLEAN": der.BOOLEAN, "NULL": der.NULL, "INT": der.INTEGER, "INTEGER": der.INTEGER, "ENUM": der.ENUM,
	"ENUMERATED": der.ENUM, "OID": der.OBJECT_IDENTIFIER, "OBJECT": der.OBJECT_IDENTIFIER, "UTC": der.UTCTime, "UTCTIME": der.UTCTime,
	"GENTIME": der.GeneralizedTime, "GENERALIZEDTIME": der.GeneralizedTime, "OCT": der.OCTET_STRING, "OCTETSTRING": der.OCTET_STRING,
	"BITSTR": der.BIT_STRING, "BITSTRING": der.BIT_STRING, "IA5": der.IA5String, "IA5STRING": der.IA5String, "UTF8": der.UTF8String,
	"UTF8String": der.UTF8String, "BMP": bmpString, "BMPSTRING": bmpString, "VISIBLE": visibleString, "VISIBLESTRING": visibleString,
	"PRINTABLE": der.PrintableString, "PRINTABLESTRING": der.PrintableString, "T61": der.T61String, "T61STRING": der.T61String,
	"TELETEXSTRING": der.T61String, "GENSTR": der.GeneralString, "GeneralString": der.GeneralString, "NUMERIC": numericString,
	"NUMERICSTRING": numericString, "SEQ": der.SEQUENCE, "SEQUENCE": der.SEQUENCE, "SET": der.SET,
}

// asn1DepthMax is how deep sections lie in each other, as OpenSSL's ASN1_GEN_SEQ_MAX_DEPTH.
const asn1DepthMax = 50

// asn1Value makes the DER of a description: modifiers, a type and behind a colon its value.
func asn1Value(text string, conf config, depth int) ([]byte, *refusal) {
	if depth > asn1DepthMax {
		return nil, asn1Wrong(text)
	}
	var around []wrapping
	form, implicit := "ASCII", der.Tag(0)
	for rest := text; ; {
		element, behind, more := strings.Cut(rest, ",")
		name, value, hasValue := strings.Cut(strings.TrimLeft(element, " \t"), ":")
		if wrap, ok := asn1Wraps[name]; ok {
			if implicit != 0 {
				wrap.tag, implicit = implicit|wrap.tag&0x20, 0
			}
			around = append(around, wrap)
		} else if name == "EXP" || name == "EXPLICIT" || name == "IMP" || name == "IMPLICIT" {
			tag, ok := asn1Tag(value)
			if !ok || implicit != 0 {
				return nil, asn1Wrong(element)
			}
			if strings.HasPrefix(name, "IMP") {
				implicit = tag
			} else {
				around = append(around, wrapping{tag: tag | 0x20})
			}
		} else if name == "FORM" || name == "FORMAT" {
			form = value
		} else {
			_, value, _ = strings.Cut(strings.TrimLeft(rest, " \t"), ":")
			tag, ok := asn1Types[name]
			if !ok || !hasValue && more {
				return nil, asn1Wrong(name)
			}
			content, ok := asn1Content(tag, form, value, conf, depth)
			if !ok {
				return nil, asn1Wrong(element)
			}
			if implicit != 0 {
				tag = implicit | tag&0x20
			}
			return wrapped(around, wrapping{tag: tag}, content), nil
		}
		if !more {
			return nil, asn1Wrong(element)
		}
		rest = behind
	}
}

// asn1Tag reads the number of a tag and the letter of its class: universal, application, private,
// or in context.
func asn1Tag(text string) (der.Tag, bool) {
	class := der.Tag(0x80)
	if i := strings.IndexAny(text, "UAPC"); i >= 0 && i == len(text)-1 {
		class = map[byte]der.Tag{'U': 0, 'A': 0x40, 'C': 0x80, 'P': 0xc0}[text[i]]
		text = text[:i]
	}
	n, err := strconv.ParseUint(text, 10, 8)
	return class | der.Tag(n), err == nil && n < 31
}

// wrapped is a content in its tag, and all that in what stands around it.
func wrapped(around []wrapping, inner wrapping, content []byte) []byte {
	for _, w := range slices.Backward(append(around, inner)) {
		var b cryptobyte.Builder
		if w.pad {
			content = append([]byte{0}, content...)
		}
		b.AddASN1(w.tag, func(b *cryptobyte.Builder) { b.AddBytes(content) })
		content = b.BytesOrPanic()
	}
	return content
}

// asn1Content makes what stands behind the tag and length of a value.
func asn1Content(tag der.Tag, form, value string, conf config, depth int) ([]byte, bool) {
	switch tag {
	case der.BOOLEAN:
		i := slices.Index([]string{"TRUE", "true", "Y", "y", "YES", "yes", "FALSE", "false", "N", "n", "NO", "no"}, value)
		if i < 6 {
			return []byte{0xff}, i >= 0
		}
		return []byte{0}, true
	case der.NULL:
		return nil, value == ""
	case der.INTEGER, der.ENUM:
		return asn1Integer(value)
	case der.OBJECT_IDENTIFIER:
		return asn1OID(value)
	case der.SEQUENCE, der.SET:
		return asn1Section(tag, value, conf, depth)
	case der.OCTET_STRING, der.BIT_STRING:
		return asn1Bytes(tag, form, value)
	}
	if form != "ASCII" && form != "UTF8" {
		return nil, false
	}
	if tag == bmpString {
		var out []byte
		for _, unit := range utf16.Encode([]rune(value)) {
			out = append(out, byte(unit>>8), byte(unit))
		}
		return out, true
	}
	return []byte(value), true
}

func asn1Integer(value string) ([]byte, bool) {
	digits, negative := strings.CutPrefix(value, "-")
	base := 10
	if hexDigits, ok := strings.CutPrefix(strings.ToLower(digits), "0x"); ok {
		digits, base = hexDigits, 16
	}
	n, ok := new(big.Int).SetString(digits, base)
	if !ok || strings.HasPrefix(digits, "+") || strings.HasPrefix(digits, "-") {
		return nil, false
	}
	if negative {
		n.Neg(n)
	}
	encoded, err := asn1.Marshal(n)
	if err != nil {
		return nil, false
	}
	return inside(encoded)
}

// asn1OID reads an object's number, or one of its names.
func asn1OID(value string) ([]byte, bool) {
	oid := oidNamed(value)
	if oid == nil {
		for part := range strings.SplitSeq(value, ".") {
			n, err := strconv.Atoi(part)
			if err != nil || n < 0 {
				return nil, false
			}
			oid = append(oid, n)
		}
	}
	encoded, err := asn1.Marshal(oid)
	if err != nil {
		return nil, false
	}
	return inside(encoded)
}

// inside is the content of one DER value.
func inside(encoded []byte) ([]byte, bool) {
	var content cryptobyte.String
	var tag der.Tag
	input := cryptobyte.String(encoded)
	return content, input.ReadAnyASN1(&content, &tag)
}

// asn1Section puts the values of a section behind each other; in a SET they stand in the order of
// their bytes (X.690, 11.6).
func asn1Section(tag der.Tag, name string, conf config, depth int) ([]byte, bool) {
	var values [][]byte
	size := 0
	if _, known := conf[name]; conf == nil || name != "" && !known {
		return nil, false
	}
	for _, s := range conf[name] {
		value, err := asn1Value(s.value, conf, depth+1)
		if err != nil {
			return nil, false
		}
		values = append(values, value)
		if size += len(value); size > mech.MaxFile { // sections that name each other twice double with each level
			return nil, false
		}
	}
	if tag == der.SET {
		slices.SortFunc(values, slices.Compare)
	}
	return slices.Concat(values...), true
}

// asn1Bytes reads bytes as text, in hexadecimal, or as the numbers of bits.
func asn1Bytes(tag der.Tag, form, value string) ([]byte, bool) {
	var content []byte
	switch {
	case form == "HEX":
		var err error
		if content, err = hex.DecodeString(value); err != nil {
			return nil, false
		}
	case form == "ASCII":
		content = []byte(value)
	case form == "BITLIST" && tag == der.BIT_STRING:
		return asn1Bits(value)
	default:
		return nil, false
	}
	if tag == der.BIT_STRING {
		content = append([]byte{0}, content...)
	}
	return content, true
}

// asn1Bits reads the numbers of the bits that are set, and counts those that are unused behind the
// last.
func asn1Bits(value string) ([]byte, bool) {
	bits := []byte{0}
	last := -1
	for number := range strings.SplitSeq(value, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(number))
		if err != nil || n < 0 || n > 256 {
			return nil, false
		}
		for len(bits) < n/8+2 {
			bits = append(bits, 0)
		}
		bits[n/8+1] |= 0x80 >> (n % 8)
		last = max(last, n)
	}
	bits[0] = byte(7 - last%8)
	return bits, true
}

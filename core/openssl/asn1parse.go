package openssl

import (
	"encoding/asn1"
	"encoding/binary"
	"fmt"
	"math/big"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// depthMax is how deep asn1parse goes, as OpenSSL's ASN1_PARSE_MAXDEPTH.
const depthMax = 128

// tagNames are the universal types by number (X.680, 8.6), in OpenSSL's words.
var tagNames = []string{"EOC", "BOOLEAN", "INTEGER", "BIT STRING", "OCTET STRING", "NULL", "OBJECT", "OBJECT DESCRIPTOR", "EXTERNAL",
	"REAL", "ENUMERATED", "<ASN1 11>", "UTF8STRING", "<ASN1 13>", "<ASN1 14>", "<ASN1 15>", "SEQUENCE", "SET", "NUMERICSTRING",
	"PRINTABLESTRING", "T61STRING", "VIDEOTEXSTRING", "IA5STRING", "UTCTIME", "GENERALIZEDTIME", "GRAPHICSTRING", "VISIBLESTRING",
	"GENERALSTRING", "UNIVERSALSTRING", "<ASN1 29>", "BMPSTRING"}

// classNames stand before the number of a tag that is not universal.
var classNames = [...]string{1: "appl [ %d ]", 2: "cont [ %d ]", 3: "priv [ %d ]"}

// header is the beginning of a DER value.
type header struct {
	class, tag  int
	constructed bool
	indefinite  bool
	size        int // of the header
	length      int // of the content
}

// readHeader reads tag and length (X.690, 8.1), false for a broken one or content that goes beyond
// the data.
func readHeader(data []byte) (h header, ok bool) {
	if len(data) < 2 {
		return h, false
	}
	h = header{class: int(data[0] >> 6), tag: int(data[0] & 0x1f), constructed: data[0]&0x20 != 0, size: 1}
	if h.tag == 0x1f {
		h.tag = 0
		for more := true; more; h.size++ {
			if h.size >= len(data) || h.tag >= 1<<24 {
				return h, false
			}
			h.tag = h.tag<<7 | int(data[h.size]&0x7f)
			more = data[h.size]&0x80 != 0
		}
	}
	return h, h.size < len(data) && h.readLength(data) && h.length <= len(data)-h.size
}

// readLength reads the length behind the tag; one without a limit goes to the end of the data.
func (h *header) readLength(data []byte) bool {
	first := int(data[h.size])
	h.size++
	switch {
	case first == 0x80:
		h.indefinite = true
		h.length = len(data) - h.size
		return h.constructed
	case first < 0x80:
		h.length = first
	default:
		n := first & 0x7f
		if n > 4 || h.size+n > len(data) {
			return false
		}
		var four [4]byte
		copy(four[4-n:], data[h.size:])
		h.length = int(binary.BigEndian.Uint32(four[:]))
		h.size += n
	}
	return true
}

// asn1parse prints the structure of DER.
func asn1parse(c *call) error {
	data, err := c.asn1Data()
	if err != nil {
		return err
	}
	if data, err = c.section(data); err != nil {
		return err
	}
	if c.has("out") {
		if err := c.output(data); err != nil {
			return err
		}
	}
	p := &parser{call: c, indent: c.has("i")}
	whole := p.values(data, 0, 0)
	if !c.has("noout") {
		c.write("", []byte(p.out.String()))
	}
	if !whole {
		return &refusal{}
	}
	return nil
}

// asn1Data is the DER that is looked at: made, or read.
func (c *call) asn1Data() ([]byte, error) {
	if c.has("genstr") || c.has("genconf") {
		return c.generatedDER()
	}
	data, err := c.input()
	if err != nil {
		return nil, err
	}
	if isPEMFile(data) {
		return derOf(data), nil
	}
	if c.has("in") && !c.has("inform") && len(data) > 0 && data[0] != 0x30 {
		return nil, nil
	}
	return data, nil
}

// section cuts out what -strparse, -offset and -length say.
func (c *call) section(data []byte) ([]byte, error) {
	if at := c.count("strparse", -1); at >= 0 {
		if at >= len(data) {
			return nil, refuse("Error: offset out of range")
		}
		h, ok := readHeader(data[at:])
		if !ok {
			return nil, refuse("Error parsing structure")
		}
		content := data[at+h.size : at+h.size+h.length]
		if h.class == 0 && h.tag == int(der.BIT_STRING) && len(content) > 0 {
			content = content[1:]
		}
		if h.constructed {
			content = data[at : at+h.size+h.length]
		}
		data = content
	}
	offset := c.count("offset", 0)
	if offset >= len(data) {
		return nil, refuse("Error: offset out of range")
	}
	data = data[offset:]
	if n := c.count("length", 0); n > 0 && n < len(data) {
		data = data[:n]
	}
	return data, nil
}

// parser prints DER values line by line.
type parser struct {
	call   *call
	out    strings.Builder
	indent bool
}

// values prints the values in data, which begins at the offset.
func (p *parser) values(data []byte, offset, depth int) bool {
	for len(data) > 0 {
		if depth > depthMax {
			p.out.WriteString("BAD RECURSION DEPTH\n")
			return false
		}
		h, ok := readHeader(data)
		if !ok {
			p.out.WriteString("Error in encoding\n")
			return false
		}
		p.line(h, data[h.size:h.size+h.length], offset, depth)
		if h.constructed && !p.values(data[h.size:h.size+h.length], offset+h.size, depth+1) {
			return false
		}
		data = data[h.size+h.length:]
		offset += h.size + h.length
	}
	return true
}

func (p *parser) line(h header, content []byte, offset, depth int) {
	kind, length, pad := "prim: ", fmt.Sprintf("l=%4d ", h.length), ""
	if h.constructed {
		kind = "cons: "
	}
	if h.indefinite {
		length = "l=inf  "
	}
	if p.indent {
		pad = strings.Repeat(" ", depth)
	}
	name := ""
	switch {
	case h.class != 0:
		name = fmt.Sprintf(classNames[h.class], h.tag)
	case h.tag < len(tagNames):
		name = tagNames[h.tag]
	default:
		name = fmt.Sprintf("<ASN1 %d>", h.tag)
	}
	fmt.Fprintf(&p.out, "%5d:d=%-2d hl=%d %s%s%s%-18s", offset, depth, h.size, length, kind, pad, name)
	if h.class == 0 && !h.constructed {
		p.out.WriteString(valueText(der.Tag(h.tag), content))
	}
	p.out.WriteByte('\n')
}

// valueText prints a primitive value behind its name.
func valueText(tag der.Tag, content []byte) string {
	switch tag {
	case der.BOOLEAN:
		if len(content) == 1 {
			return fmt.Sprintf(":%d", content[0])
		}
		return badValue("BOOLEAN", content)
	case der.INTEGER, der.ENUM:
		return integerText(content)
	case der.OBJECT_IDENTIFIER:
		var b cryptobyte.Builder
		b.AddASN1(der.OBJECT_IDENTIFIER, func(b *cryptobyte.Builder) { b.AddBytes(content) })
		var oid asn1.ObjectIdentifier
		if s := cryptobyte.String(b.BytesOrPanic()); s.ReadASN1ObjectIdentifier(&oid) {
			return ":" + objectOf(oid).long
		}
		return badValue("OBJECT", content)
	case der.OCTET_STRING:
		return octetsText(content)
	case der.PrintableString, der.T61String, der.IA5String, der.UTF8String, visibleString, numericString,
		der.UTCTime, der.GeneralizedTime:
		return ":" + string(content)
	}
	return ""
}

func badValue(name string, content []byte) string { return fmt.Sprintf(":BAD %s:[%X]", name, content) }

// integerText prints a number in hexadecimal with its sign (X.690, 8.3).
func integerText(content []byte) string {
	if len(content) == 0 {
		return badValue("INTEGER", content)
	}
	n := new(big.Int).SetBytes(content)
	if content[0] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(content))))
		return ":-" + serialHex(n.Neg(n))
	}
	return ":" + serialHex(n)
}

// octetsText prints bytes as text if they are some, else in hexadecimal.
func octetsText(content []byte) string {
	if len(content) == 0 {
		return ""
	}
	for _, x := range content {
		if (x < ' ' && x != '\n' && x != '\r' && x != '\t') || x > '~' {
			return fmt.Sprintf("[HEX DUMP]:%X", content)
		}
	}
	return ":" + string(content)
}

package openssl

import (
	"encoding/asn1"
	"fmt"
	"math/big"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// extensionPrinters print the value of an extension in lines; false is for a value that does not
// parse.
var extensionPrinters = []struct {
	short string
	lines func(value cryptobyte.String) ([]string, bool)
}{
	{"subjectKeyIdentifier", linesSubjectKeyID},
	{"authorityKeyIdentifier", linesAuthorityKeyID},
	{"basicConstraints", linesBasicConstraints},
	{"keyUsage", linesKeyUsage},
	{"extendedKeyUsage", linesExtendedKeyUsage},
	{"subjectAltName", linesAltName},
	{"issuerAltName", linesAltName},
	{"nsComment", linesComment},
}

// lines prints the value; one that is unknown or does not parse as its bytes with dots.
func (e extension) lines() []string {
	short := objectOf(e.oid).short
	for _, row := range extensionPrinters {
		if row.short == short {
			if lines, ok := row.lines(e.value); ok {
				return lines
			}
		}
	}
	var b strings.Builder
	for _, x := range e.value {
		b.WriteRune(printable(rune(x)))
	}
	return []string{b.String()}
}

func linesSubjectKeyID(value cryptobyte.String) ([]string, bool) {
	var id cryptobyte.String
	ok := value.ReadASN1(&id, der.OCTET_STRING) && value.Empty()
	return []string{colons(id, "%02X")}, ok
}

// authorityKeyID is an AuthorityKeyIdentifier (RFC 5280, 4.2.1.1).
type authorityKeyID struct {
	keyID, issuer, serial      cryptobyte.String
	hasKey, hasName, hasSerial bool
}

func readAuthorityKeyID(value cryptobyte.String) (id authorityKeyID, ok bool) {
	var inner cryptobyte.String
	ok = value.ReadASN1(&inner, der.SEQUENCE) && inner.ReadOptionalASN1(&id.keyID, &id.hasKey, der.Tag(0).ContextSpecific()) &&
		inner.ReadOptionalASN1(&id.issuer, &id.hasName, der.Tag(1).ContextSpecific().Constructed()) &&
		inner.ReadOptionalASN1(&id.serial, &id.hasSerial, der.Tag(2).ContextSpecific()) && inner.Empty()
	return id, ok
}

func linesAuthorityKeyID(value cryptobyte.String) ([]string, bool) {
	id, ok := readAuthorityKeyID(value)
	if !ok || !id.hasKey && !id.hasName && !id.hasSerial {
		return nil, false
	}
	if !id.hasName && !id.hasSerial {
		return []string{colons(id.keyID, "%02X")}, true
	}
	var lines []string
	if id.hasKey {
		lines = append(lines, "keyid:"+colons(id.keyID, "%02X"))
	}
	if id.hasName {
		names, ok := generalNames(id.issuer)
		if !ok {
			return nil, false
		}
		lines = append(lines, names...)
	}
	if id.hasSerial {
		lines = append(lines, "serial:"+colons(new(big.Int).SetBytes(id.serial).Bytes(), "%02X"))
	}
	return lines, true
}

// constraints are BasicConstraints (RFC 5280, 4.2.1.9).
type constraints struct {
	ca      bool
	pathLen int64 // -1 for none
}

func readConstraints(value cryptobyte.String) (c constraints, ok bool) {
	var inner cryptobyte.String
	c.pathLen = -1
	ok = value.ReadASN1(&inner, der.SEQUENCE) && (!inner.PeekASN1Tag(der.BOOLEAN) || inner.ReadASN1Boolean(&c.ca)) &&
		(!inner.PeekASN1Tag(der.INTEGER) || inner.ReadASN1Integer(&c.pathLen)) && inner.Empty()
	return c, ok
}

func linesBasicConstraints(value cryptobyte.String) ([]string, bool) {
	c, ok := readConstraints(value)
	line := "CA:FALSE"
	if c.ca {
		line = "CA:TRUE"
	}
	if c.pathLen >= 0 {
		line += fmt.Sprintf(", pathlen:%d", c.pathLen)
	}
	return []string{line}, ok
}

// usages are the bits of KeyUsage (RFC 5280, 4.2.1.3).
var usages = []string{"Digital Signature", "Non Repudiation", "Key Encipherment", "Data Encipherment", "Key Agreement",
	"Certificate Sign", "CRL Sign", "Encipher Only", "Decipher Only"}

// usageCertSign is the bit of a key that may sign certificates.
const usageCertSign = 5

func linesKeyUsage(value cryptobyte.String) ([]string, bool) {
	bits, ok := readUsage(value)
	var names []string
	for i, name := range usages {
		if bits.At(i) == 1 {
			names = append(names, name)
		}
	}
	return []string{strings.Join(names, ", ")}, ok
}

func readUsage(value cryptobyte.String) (bits asn1.BitString, ok bool) {
	ok = value.ReadASN1BitString(&bits) && value.Empty()
	return bits, ok
}

func linesExtendedKeyUsage(value cryptobyte.String) ([]string, bool) {
	var inner cryptobyte.String
	if !value.ReadASN1(&inner, der.SEQUENCE) {
		return nil, false
	}
	var names []string
	for !inner.Empty() {
		var oid asn1.ObjectIdentifier
		if !inner.ReadASN1ObjectIdentifier(&oid) {
			return nil, false
		}
		names = append(names, objectOf(oid).long)
	}
	return []string{strings.Join(names, ", ")}, true
}

func linesAltName(value cryptobyte.String) ([]string, bool) {
	var inner cryptobyte.String
	if !value.ReadASN1(&inner, der.SEQUENCE) {
		return nil, false
	}
	names, ok := generalNames(inner)
	return []string{strings.Join(names, ", ")}, ok
}

// nameKinds are the kinds of GeneralName that are texts (RFC 5280, 4.2.1.6).
var nameKinds = []struct {
	tag  der.Tag
	word string
}{{1, "email:"}, {2, "DNS:"}, {6, "URI:"}}

// generalNames prints GeneralNames, as DNS:a.b.
func generalNames(list cryptobyte.String) (names []string, ok bool) {
	for !list.Empty() {
		var value cryptobyte.String
		var tag der.Tag
		if !list.ReadAnyASN1(&value, &tag) {
			return nil, false
		}
		names = append(names, generalName(tag, value))
	}
	return names, true
}

func generalName(tag der.Tag, value cryptobyte.String) string {
	for _, row := range nameKinds {
		if tag == row.tag.ContextSpecific() {
			return row.word + strings.Map(printable, string(value))
		}
	}
	switch tag {
	case der.Tag(7).ContextSpecific():
		return "IP Address:" + addressText(value)
	case der.Tag(4).ContextSpecific().Constructed():
		if name, ok := decodeName(value); ok {
			return "DirName:" + compatText(name)
		}
	case der.Tag(8).ContextSpecific():
		var b cryptobyte.Builder
		b.AddASN1(der.OBJECT_IDENTIFIER, func(b *cryptobyte.Builder) { b.AddBytes(value) })
		var oid asn1.ObjectIdentifier
		if s := cryptobyte.String(b.BytesOrPanic()); s.ReadASN1ObjectIdentifier(&oid) {
			return "Registered ID:" + objectOf(oid).long
		}
	}
	return "othername:<unsupported>"
}

// addressText prints an IPv4 address in dots, and the eight groups of an IPv6 address without
// leaving any out.
func addressText(ip []byte) string {
	switch len(ip) {
	case 4:
		return fmt.Sprintf("%d.%d.%d.%d", ip[0], ip[1], ip[2], ip[3])
	case 16:
		groups := make([]string, 8)
		for i := range groups {
			groups[i] = fmt.Sprintf("%X", uint(ip[2*i])<<8|uint(ip[2*i+1]))
		}
		return strings.Join(groups, ":")
	}
	return "<invalid>"
}

func linesComment(value cryptobyte.String) ([]string, bool) {
	var comment cryptobyte.String
	ok := value.ReadASN1(&comment, der.IA5String) && value.Empty()
	return []string{strings.Map(printable, string(comment))}, ok
}

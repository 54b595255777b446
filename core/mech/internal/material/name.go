package material

import (
	"encoding/asn1"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// ErrName is a distinguished name that cannot be written or read.
var ErrName = errors.New("not a distinguished name")

// Name is a distinguished name, most significant part first.
type Name []NamePart

// NamePart is one attribute of a name. Type is its short name, such as CN, or its OID in dots.
type NamePart struct{ Type, Value string }

// nameTypes are the attributes of names that have a short name (RFC 4519; PKCS#9 for emailAddress),
// with the string type that OpenSSL writes and the longest value in characters (RFC 5280, appendix
// A).
var nameTypes = []struct {
	short string
	oid   asn1.ObjectIdentifier
	tag   der.Tag
	most  int
}{
	{"C", asn1.ObjectIdentifier{2, 5, 4, 6}, der.PrintableString, 2},
	{"ST", asn1.ObjectIdentifier{2, 5, 4, 8}, der.UTF8String, 128},
	{"L", asn1.ObjectIdentifier{2, 5, 4, 7}, der.UTF8String, 128},
	{"O", asn1.ObjectIdentifier{2, 5, 4, 10}, der.UTF8String, 64},
	{"OU", asn1.ObjectIdentifier{2, 5, 4, 11}, der.UTF8String, 64},
	{"CN", asn1.ObjectIdentifier{2, 5, 4, 3}, der.UTF8String, 64},
	{"serialNumber", asn1.ObjectIdentifier{2, 5, 4, 5}, der.PrintableString, 64},
	{"DC", asn1.ObjectIdentifier{0, 9, 2342, 19200300, 100, 1, 25}, der.IA5String, 64},
	{"emailAddress", asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 1}, der.IA5String, 128},
}

// ParseName reads the form of openssl's -subj: /C=US/O=Example/CN=name, where a backslash makes the
// next character ordinary. Errors: ErrName.
func ParseName(text string) (Name, error) {
	if !strings.HasPrefix(text, "/") || len(text) > 2048 || !utf8.ValidString(text) {
		return nil, fmt.Errorf("%w: it begins with a slash, as in /O=Example/CN=name", ErrName)
	}
	var name Name
	for _, part := range splitName(text[1:]) {
		short, value, ok := strings.Cut(part, "=")
		if !ok || value == "" {
			return nil, fmt.Errorf("%w: %q is not of the form TYPE=VALUE", ErrName, part)
		}
		name = append(name, NamePart{short, value})
	}
	if _, err := name.encode(); err != nil {
		return nil, err
	}
	return name, nil
}

// splitName splits at slashes and takes the backslashes out.
func splitName(text string) []string {
	var parts []string
	var part strings.Builder
	escaped := false
	for _, r := range text {
		switch {
		case !escaped && r == '\\':
			escaped = true
			continue
		case !escaped && r == '/':
			parts = append(parts, part.String())
			part.Reset()
			continue
		}
		escaped = false
		part.WriteRune(r)
	}
	return append(parts, part.String())
}

// String returns the name as `openssl x509 -subject` prints it: C = US, O = Example, CN = name.
func (n Name) String() string {
	parts := make([]string, len(n))
	for i, part := range n {
		parts[i] = part.Type + " = " + part.Value
	}
	return strings.Join(parts, ", ")
}

// encode returns the DER of a Name (RFC 5280, 4.1.2.4). Errors: ErrName.
func (n Name) encode() ([]byte, error) {
	b := cryptobyte.NewBuilder(nil)
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		for _, part := range n {
			b.AddASN1(der.SET, func(b *cryptobyte.Builder) {
				b.AddASN1(der.SEQUENCE, part.add)
			})
		}
	})
	return b.Bytes()
}

func (p NamePart) add(b *cryptobyte.Builder) {
	for _, row := range nameTypes {
		if row.short != p.Type {
			continue
		}
		if n := utf8.RuneCountInString(p.Value); n == 0 || n > row.most || !stringFits(row.tag, p.Value) {
			b.SetError(fmt.Errorf("%w: the value of %s", ErrName, p.Type))
			return
		}
		b.AddASN1ObjectIdentifier(row.oid)
		b.AddASN1(row.tag, func(b *cryptobyte.Builder) { b.AddBytes([]byte(p.Value)) })
		return
	}
	b.SetError(fmt.Errorf("%w: the type %q is unknown", ErrName, p.Type))
}

// stringFits reports whether the string type can hold the value (RFC 5280, 4.1.2.4; X.680, 41).
func stringFits(tag der.Tag, value string) bool {
	for _, r := range value {
		switch {
		case tag == der.UTF8String && r != utf8.RuneError:
		case tag == der.IA5String && r < utf8.RuneSelf:
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9',
			strings.ContainsRune(" '()+,-./:=?", r):
		default:
			return false
		}
	}
	return true
}

// readName reads a Name; raw is its DER, which issuer and subject are compared by.
func readName(input *cryptobyte.String) (name Name, raw []byte, err error) {
	var element, sets cryptobyte.String
	if !input.ReadASN1Element(&element, der.SEQUENCE) {
		return nil, nil, ErrName
	}
	raw = element
	if !element.ReadASN1(&sets, der.SEQUENCE) {
		return nil, nil, ErrName
	}
	for !sets.Empty() {
		var set cryptobyte.String
		if !sets.ReadASN1(&set, der.SET) || set.Empty() {
			return nil, nil, ErrName
		}
		for !set.Empty() {
			part, err := readNamePart(&set)
			if err != nil {
				return nil, nil, err
			}
			name = append(name, part)
		}
	}
	return name, raw, nil
}

func readNamePart(set *cryptobyte.String) (part NamePart, err error) {
	var inner, value cryptobyte.String
	var oid asn1.ObjectIdentifier
	var tag der.Tag
	if !set.ReadASN1(&inner, der.SEQUENCE) || !inner.ReadASN1ObjectIdentifier(&oid) ||
		!inner.ReadAnyASN1(&value, &tag) || !inner.Empty() {
		return part, ErrName
	}
	part = NamePart{oid.String(), strings.ToValidUTF8(string(value), "\ufffd")}
	for _, row := range nameTypes {
		if row.oid.Equal(oid) {
			part.Type = row.short
		}
	}
	return part, nil
}

package openssl

import (
	"encoding/asn1"
	"fmt"
	"math/big"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
)

// part is one line or block of a key in text: a name and a number, or bytes.
type part struct {
	name  string
	bytes []byte
	small *big.Int // printed on the line itself
}

// hexColumns is how many bytes a line of a number holds.
const hexColumns = 15

// keyText prints a key as -text does, each line indented.
func keyText(m *mech.Material, indent string) string {
	var b strings.Builder
	head := "Public-Key"
	if m.Class == attr.PrivateKey {
		head = "Private-Key"
	}
	bits, primes := m.Bits, ""
	switch m.Type {
	case attr.EC:
		bits = m.Curve().Bits
	case attr.DSA:
		bits = dsaNumbers(m).p.BitLen()
	case attr.RSA:
		if m.Class == attr.PrivateKey {
			primes = ", 2 primes"
		}
	}
	fmt.Fprintf(&b, "%s%s: (%d bit%s)\n", indent, head, bits, primes)
	for _, p := range keyParts(m) {
		p.print(&b, indent)
	}
	if curve := m.Curve(); curve != nil {
		b.WriteString(curveText(curve, indent))
	}
	return b.String()
}

func (p part) print(b *strings.Builder, indent string) {
	if p.small != nil {
		fmt.Fprintf(b, "%s%s %d (0x%x)\n", indent, p.name, p.small, p.small)
		return
	}
	fmt.Fprintf(b, "%s%s\n%s", indent, p.name, hexLines(p.bytes, indent+"    ", hexColumns))
}

// hexLines prints bytes in lines of so many, with colons between them.
func hexLines(data []byte, indent string, columns int) string {
	var b strings.Builder
	for len(data) > 0 {
		n := min(columns, len(data))
		b.WriteString(indent + colons(data[:n], "%02x"))
		if n < len(data) {
			b.WriteByte(':')
		}
		b.WriteByte('\n')
		data = data[n:]
	}
	return b.String()
}

// curveText names a curve as OpenSSL does.
func curveText(curve *mech.Curve, indent string) string {
	text := fmt.Sprintf("%sASN1 OID: %s\n", indent, curveName(curve))
	if strings.HasPrefix(curve.Nick, "P-") {
		text += fmt.Sprintf("%sNIST CURVE: %s\n", indent, curve.Nick)
	}
	return text
}

// curveName is the short name of a curve, prime256v1 for one.
func curveName(curve *mech.Curve) string {
	_, name, _ := strings.Cut(curve.Name, "_")
	return strings.TrimPrefix(name, "X9_62_")
}

// keyParts lists the numbers of a key.
func keyParts(m *mech.Material) []part {
	isPrivate := m.Class == attr.PrivateKey
	switch m.Type {
	case attr.RSA:
		if isPrivate {
			return rsaParts(m)
		}
		return []part{{name: "Modulus:", bytes: signed(new(big.Int).SetBytes(m.Modulus))},
			{name: "Exponent:", small: new(big.Int).SetBytes(m.Exponent)}}
	case attr.EC:
		parts := []part{{name: "pub:", bytes: m.Modulus}}
		if isPrivate {
			key, _ := ecParts(m)
			parts = append([]part{{name: "priv:", bytes: key.Scalar}}, parts...)
		}
		return parts
	}
	n := dsaNumbers(m)
	parts := []part{{name: "pub: ", bytes: signed(n.y)},
		{name: "P:   ", bytes: signed(n.p)}, {name: "Q:   ", bytes: signed(n.q)}, {name: "G:   ", bytes: signed(n.g)}}
	if isPrivate {
		parts = append([]part{{name: "priv:", bytes: signed(n.x)}}, parts...)
	}
	return parts
}

// rsaParts lists the numbers of an RSA private key (RFC 8017, A.1.2).
func rsaParts(m *mech.Material) []part {
	key, _ := inner(m.Bytes)
	var k struct {
		Version                         int
		N, E, D, P, Q, DP, DQ, QInverse *big.Int
	}
	if _, err := asn1.Unmarshal(key, &k); err != nil {
		panic("openssl: an RSA key without PKCS#1: " + err.Error())
	}
	return []part{
		{name: "modulus:", bytes: signed(k.N)}, {name: "publicExponent:", small: k.E}, {name: "privateExponent:", bytes: signed(k.D)},
		{name: "prime1:", bytes: signed(k.P)}, {name: "prime2:", bytes: signed(k.Q)}, {name: "exponent1:", bytes: signed(k.DP)},
		{name: "exponent2:", bytes: signed(k.DQ)}, {name: "coefficient:", bytes: signed(k.QInverse)}}
}

// signed returns a number with a zero in front if it would be negative without, as in DER.
func signed(n *big.Int) []byte {
	b := n.Bytes()
	if len(b) == 0 || b[0] >= 0x80 {
		return append([]byte{0}, b...)
	}
	return b
}

// dsaKey are the numbers of a DSA key; x is nil in a public one.
type dsaKey struct{ p, q, g, y, x *big.Int }

// dsaNumbers reads the numbers of a DSA key from its encodings (RFC 3279, 2.3.2).
func dsaNumbers(m *mech.Material) dsaKey {
	var spki struct {
		Algorithm struct {
			OID    asn1.ObjectIdentifier
			Domain struct{ P, Q, G *big.Int }
		}
		Key asn1.BitString
	}
	var n dsaKey
	_, err := asn1.Unmarshal(m.SPKI, &spki)
	if err == nil {
		_, err = asn1.Unmarshal(spki.Key.Bytes, &n.y)
	}
	if m.Class == attr.PrivateKey && err == nil {
		key, _ := inner(m.Bytes)
		_, err = asn1.Unmarshal(key, &n.x)
	}
	if err != nil {
		panic("openssl: a DSA key without its numbers: " + err.Error())
	}
	n.p, n.q, n.g = spki.Algorithm.Domain.P, spki.Algorithm.Domain.Q, spki.Algorithm.Domain.G
	return n
}

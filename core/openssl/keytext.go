package openssl

import (
	"fmt"
	"math/big"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
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
	text := numbersText(m, indent)
	if curve := m.Curve(); curve != nil {
		text += curveText(curve, indent)
	}
	return text
}

// numbersText is keyText without the curve.
func numbersText(m *mech.Material, indent string) string {
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
	if on25519(m) {
		fmt.Fprintf(&b, "%s%s %s:\n", indent, strings.ToUpper(m.Type.Show()), head)
	} else {
		fmt.Fprintf(&b, "%s%s: (%d bit%s)\n", indent, head, bits, primes)
	}
	for _, p := range keyParts(m) {
		p.print(&b, indent)
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
	text := fmt.Sprintf("%sASN1 OID: %s\n", indent, curve.Name)
	if strings.HasPrefix(curve.Nick, "P-") {
		text += fmt.Sprintf("%sNIST CURVE: %s\n", indent, curve.Nick)
	}
	return text
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
	case attr.EC, attr.Edwards, attr.Montgomery:
		parts := []part{{name: "pub:", bytes: m.Modulus}}
		if isPrivate {
			parts = append([]part{{name: "priv:", bytes: ecScalar(m)}}, parts...)
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

// rsaNames are the numbers of an RSA private key in their order (RFC 8017, A.1.2).
var rsaNames = []string{"modulus:", "publicExponent:", "privateExponent:", "prime1:", "prime2:", "exponent1:", "exponent2:", "coefficient:"}

func rsaParts(m *mech.Material) (parts []part) {
	key, _ := inner(secret.Value(m))
	numbers := integers(key)[1:] // the first is the version
	for i, name := range rsaNames {
		if name == "publicExponent:" {
			parts = append(parts, part{name: name, small: numbers[i]})
		} else {
			parts = append(parts, part{name: name, bytes: signed(numbers[i])})
		}
	}
	return parts
}

// integers returns the INTEGERs of a SEQUENCE, or the only one that stands by itself.
func integers(input cryptobyte.String) (numbers []*big.Int) {
	if input.PeekASN1Tag(der.SEQUENCE) {
		input.ReadASN1(&input, der.SEQUENCE)
	}
	for !input.Empty() {
		n := new(big.Int)
		if !input.ReadASN1Integer(n) {
			panic("openssl: a key without its numbers")
		}
		numbers = append(numbers, n)
	}
	return numbers
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
	spki := cryptobyte.String(m.SPKI)
	var fields, algorithm cryptobyte.String
	var bits []byte
	if !spki.ReadASN1(&fields, der.SEQUENCE) || !fields.ReadASN1(&algorithm, der.SEQUENCE) ||
		!algorithm.SkipASN1(der.OBJECT_IDENTIFIER) || !fields.ReadASN1BitStringAsBytes(&bits) {
		panic("openssl: a DSA key without SubjectPublicKeyInfo")
	}
	domain := integers(algorithm)
	n := dsaKey{p: domain[0], q: domain[1], g: domain[2], y: integers(bits)[0]}
	if m.Class == attr.PrivateKey {
		key, _ := inner(secret.Value(m))
		n.x = integers(key)[0]
	}
	return n
}

// encoded is the form that OpenSSL gives a DSA key outside PKCS#8.
func (n dsaKey) encoded() []byte {
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		for _, number := range []*big.Int{new(big.Int), n.p, n.q, n.g, n.y, n.x} {
			b.AddASN1BigInt(number)
		}
	})
	return b.BytesOrPanic()
}

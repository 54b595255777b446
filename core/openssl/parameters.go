package openssl

import (
	"bytes"
	"crypto/elliptic"
	"encoding/asn1"
	"encoding/hex"
	"fmt"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"hsmplay/core/mech"
)

// domain is a curve by its numbers, as explicit parameters give it (SEC 1, C.2).
type domain struct {
	curve *mech.Curve
	p, n  *big.Int // the field and the group's order
	a, b  *big.Int
	x, y  *big.Int // the base point
	seed  []byte   // nil for none
}

// curveSeeds are what the coefficients of NIST's curves were drawn from (FIPS 186-4, D.1.2). No key
// needs them, but OpenSSL writes them.
var curveSeeds = map[string]string{
	"P-224": "bd71344799d5c7fcdc45b59fa3b9ab8f6a948bc5",
	"P-256": "c49d360886e704936a6678e1139d26b7819f7e90",
	"P-384": "a335926aa319a27a1d00896a6773a4827acdac73",
	"P-521": "d09e8800291cb85396cc6717393284aaa0da64ba",
}

// domains are the curves that keys can be on.
var domains = []domain{nist(elliptic.P224()), nist(elliptic.P256()), nist(elliptic.P384()), nist(elliptic.P521()), koblitz()}

// nist is one of the curves of FIPS 186-4, D.1.2, of which a is -3.
func nist(c elliptic.Curve) domain {
	params := c.Params()
	d := domain{p: params.P, n: params.N, b: params.B, x: params.Gx, y: params.Gy}
	d.a = new(big.Int).Sub(d.p, big.NewInt(3))
	d.curve = curveNamed(params.Name)
	d.seed, _ = hex.DecodeString(curveSeeds[params.Name])
	return d
}

// koblitz is secp256k1 (SEC 2, 2.4.1).
func koblitz() domain {
	return domain{curve: curveNamed("secp256k1"), a: new(big.Int), b: big.NewInt(7),
		p: hexNumber("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f"),
		n: hexNumber("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"),
		x: hexNumber("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"),
		y: hexNumber("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8")}
}

func hexNumber(digits string) *big.Int {
	n, ok := new(big.Int).SetString(digits, 16)
	if !ok {
		panic("openssl: " + digits)
	}
	return n
}

// domainOf returns the numbers of a curve.
func domainOf(curve *mech.Curve) *domain {
	for i := range domains {
		if domains[i].curve == curve {
			return &domains[i]
		}
	}
	panic("openssl: no numbers of " + curve.Name)
}

var oidPrimeField = asn1.ObjectIdentifier{1, 2, 840, 10045, 1, 1}

// size is how many bytes a number of the field takes.
func (d *domain) size() int { return (d.p.BitLen() + 7) / 8 }

func (d *domain) bytes(n *big.Int) []byte { return n.FillBytes(make([]byte, d.size())) }

// base is the base point, uncompressed (SEC 1, 2.3.3).
func (d *domain) base() []byte { return append(append([]byte{4}, d.bytes(d.x)...), d.bytes(d.y)...) }

// explicit returns the SpecifiedECDomain (SEC 1, C.2).
func (d *domain) explicit() []byte {
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Uint64(1)
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1ObjectIdentifier(oidPrimeField)
			b.AddASN1BigInt(d.p)
		})
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1OctetString(d.bytes(d.a))
			b.AddASN1OctetString(d.bytes(d.b))
			if d.seed != nil {
				b.AddASN1BitString(d.seed)
			}
		})
		b.AddASN1OctetString(d.base())
		b.AddASN1BigInt(d.n)
		b.AddASN1Uint64(1)
	})
	return b.BytesOrPanic()
}

// text prints the numbers as -text does.
func (d *domain) text(indent string) string {
	var b bytes.Buffer
	block := func(name string, data []byte) {
		fmt.Fprintf(&b, "%s%s\n%s", indent, name, hexLines(data, indent+"    ", hexColumns))
	}
	fmt.Fprintf(&b, "%sField Type: prime-field\n", indent)
	block("Prime:", signed(d.p))
	small := func(name string, n *big.Int) {
		switch {
		case n.Sign() == 0:
			fmt.Fprintf(&b, "%s%s 0\n", indent, name)
		case n.IsInt64():
			fmt.Fprintf(&b, "%s%s %d (0x%[3]x)\n", indent, name, n)
		default:
			block(name, signed(n))
		}
	}
	small("A:   ", d.a)
	small("B:   ", d.b)
	block("Generator (uncompressed):", d.base())
	small("Order: ", d.n)
	small("Cofactor: ", big.NewInt(1))
	if d.seed != nil {
		block("Seed:", d.seed)
	}
	return b.String()
}

// domainIn recognises the explicit parameters of a curve: the field, the coefficients, the order
// and the base point decide, in whatever form the point is. nil is for others.
func domainIn(params []byte) *domain {
	input := cryptobyte.String(params)
	var fields, field, curve, a, b, base cryptobyte.String
	var version int
	var oid asn1.ObjectIdentifier
	p, n := new(big.Int), new(big.Int)
	if !input.ReadASN1(&fields, der.SEQUENCE) || !input.Empty() || !fields.ReadASN1Integer(&version) ||
		!fields.ReadASN1(&field, der.SEQUENCE) || !field.ReadASN1ObjectIdentifier(&oid) || !oid.Equal(oidPrimeField) ||
		!field.ReadASN1Integer(p) || !fields.ReadASN1(&curve, der.SEQUENCE) || !curve.ReadASN1(&a, der.OCTET_STRING) ||
		!curve.ReadASN1(&b, der.OCTET_STRING) || !fields.ReadASN1(&base, der.OCTET_STRING) || !fields.ReadASN1Integer(n) {
		return nil
	}
	for i := range domains {
		d := &domains[i]
		if d.p.Cmp(p) == 0 && d.n.Cmp(n) == 0 && d.a.Cmp(new(big.Int).SetBytes(a)) == 0 &&
			d.b.Cmp(new(big.Int).SetBytes(b)) == 0 && d.isBase(base) {
			return d
		}
	}
	return nil
}

// isBase reports whether a point is the base point, uncompressed, compressed or hybrid.
func (d *domain) isBase(point []byte) bool {
	if len(point) == 0 {
		return false
	}
	parity := byte(d.y.Bit(0))
	switch whole := d.base(); point[0] {
	case 4:
		return bytes.Equal(point, whole)
	case 2 + parity:
		return bytes.Equal(point[1:], whole[1:1+d.size()])
	case 6 + parity:
		return bytes.Equal(point[1:], whole[1:])
	}
	return false
}

// paramsDepth is how deep the parameters of a key lie in its DER, and one more.
const paramsDepth = 4

// swapped returns the DER of a key with each element for which instead has another one in its
// place, and whether there was any. What is no DER comes back as it is.
func swapped(input []byte, depth int, instead func(element []byte) []byte) ([]byte, bool) {
	var out cryptobyte.Builder
	found := false
	for rest := cryptobyte.String(input); !rest.Empty(); {
		var element, content cryptobyte.String
		var tag der.Tag
		if !rest.ReadAnyASN1Element(&element, &tag) {
			return input, false
		}
		if other := instead(element); other != nil {
			out.AddBytes(other)
			found = true
			continue
		}
		if tag&0x20 == 0 || depth == 0 {
			out.AddBytes(element)
			continue
		}
		inside := element
		inside.ReadAnyASN1(&content, &tag)
		changed, any := swapped(content, depth-1, instead)
		found = found || any
		out.AddASN1(tag, func(b *cryptobyte.Builder) { b.AddBytes(changed) })
	}
	data, err := out.Bytes()
	if err != nil || !found {
		return input, false
	}
	return data, true
}

// byName returns the DER of a key that names its curve, and whether it gave the curve's numbers.
func byName(key []byte) ([]byte, bool) {
	return swapped(key, paramsDepth, func(element []byte) []byte {
		if d := domainIn(element); d != nil {
			return namedCurve(d.curve)
		}
		return nil
	})
}

// byNumbers returns the DER of a key with the numbers of its curve in place of the name.
func byNumbers(key []byte, curve *mech.Curve) []byte {
	name, numbers := namedCurve(curve), domainOf(curve).explicit()
	out, _ := swapped(key, paramsDepth, func(element []byte) []byte {
		if bytes.Equal(element, name) {
			return numbers
		}
		return nil
	})
	return out
}

// namedCurve returns the namedCurve of a curve (RFC 5480, 2.1.1).
func namedCurve(curve *mech.Curve) []byte {
	var b cryptobyte.Builder
	b.AddASN1ObjectIdentifier(curve.OID)
	return b.BytesOrPanic()
}

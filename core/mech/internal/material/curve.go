package material

import (
	"crypto/ecdh"
	"crypto/elliptic"
	"encoding/asn1"
)

// Curve is one elliptic curve. Its row is its identity: there is one per curve, and tools map their
// own numbers and names to it.
type Curve struct {
	Name string                // as SEC 2, X9.62 and OpenSSL call it: secp384r1
	NID  int                   // OpenSSL's number, which OBJ_ATTR_MODULUS_BITS shows
	OID  asn1.ObjectIdentifier // as in SPKI and PKCS#8
	Bits int                   // size of the field
	Nick string                // what people call it
	math arithmetic            // nil: not computed in this playground
}

// arithmetic is what keys need of a curve. Scalars have the byte length of the group's order;
// points are uncompressed (SEC 1, 2.3.3).
type arithmetic interface {
	// scalarSize is the length of a scalar in bytes.
	scalarSize() int
	// generate returns a random scalar and its public point.
	generate() (scalar, point []byte, err error)
	// public returns the point of a scalar of any encoded length, and the scalar at full length.
	public(scalar []byte) (full, point []byte, err error)
	// decode returns an encoded point uncompressed.
	decode(point []byte) ([]byte, error)
	// sign returns the DER of an ECDSA signature.
	sign(scalar, digest []byte) ([]byte, error)
	// agree returns the x coordinate of a point times a scalar (SEC 1, 3.3.1).
	agree(scalar, point []byte) ([]byte, error)
	// verify reports whether the signature is exact DER and matches.
	verify(point, digest, signature []byte) bool
}

var (
	oidP256      = asn1.ObjectIdentifier{1, 2, 840, 10045, 3, 1, 7}
	oidP384      = asn1.ObjectIdentifier{1, 3, 132, 0, 34}
	oidSecp256k1 = asn1.ObjectIdentifier{1, 3, 132, 0, 10}
)

// certicom is the arc of SEC 2's curves.
func certicom(last int) asn1.ObjectIdentifier { return asn1.ObjectIdentifier{1, 3, 132, 0, last} }

// Curves lists the curves (spec/kmu.md 3.15; OIDs and sizes of spec/return-codes.md 2.1).
var Curves = []*Curve{
	{"prime192v1", 409, asn1.ObjectIdentifier{1, 2, 840, 10045, 3, 1, 1}, 192, "P-192", nil},
	{"prime256v1", 415, oidP256, 256, "P-256", nist{elliptic.P256(), ecdh.P256()}},
	{"sect163k1", 721, certicom(1), 163, "K-163", nil},
	{"sect163r2", 723, certicom(15), 163, "B-163", nil},
	{"sect233k1", 726, certicom(26), 233, "K-233", nil},
	{"sect233r1", 727, certicom(27), 233, "B-233", nil},
	{"sect283k1", 729, certicom(16), 283, "K-283", nil},
	{"sect283r1", 730, certicom(17), 283, "B-283", nil},
	{"sect409k1", 731, certicom(36), 409, "K-409", nil},
	{"sect409r1", 732, certicom(37), 409, "B-409", nil},
	{"sect571k1", 733, certicom(38), 571, "K-571", nil},
	{"sect571r1", 734, certicom(39), 571, "B-571", nil},
	{"secp224r1", 713, certicom(33), 224, "P-224", nist{elliptic.P224(), nil}},
	{"secp384r1", 715, oidP384, 384, "P-384", nist{elliptic.P384(), ecdh.P384()}},
	{"secp521r1", 716, certicom(35), 521, "P-521", nist{elliptic.P521(), ecdh.P521()}},
	{"secp256k1", 714, oidSecp256k1, 256, "secp256k1", koblitz{}},
}

// Computed reports whether this playground can make and use keys on the curve.
func (c *Curve) Computed() bool { return c.math != nil }

// CurveNamed returns the curve of a name and whether there is one.
func CurveNamed(name string) (*Curve, bool) {
	return findCurve(func(c *Curve) bool { return c.Name == name })
}

// CurveByOID returns the curve of an object identifier and whether it is in the table.
func CurveByOID(oid asn1.ObjectIdentifier) (*Curve, bool) {
	return findCurve(func(c *Curve) bool { return c.OID.Equal(oid) })
}

// CurveByNID returns the curve of OpenSSL's number, Material.Bits of an EC key, and whether it is
// in the table.
func CurveByNID(nid int) (*Curve, bool) {
	return findCurve(func(c *Curve) bool { return c.NID == nid })
}

func findCurve(is func(*Curve) bool) (*Curve, bool) {
	for _, c := range Curves {
		if is(c) {
			return c, true
		}
	}
	return nil, false
}

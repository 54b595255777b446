package hsm

import (
	"strings"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"hsmplay/core/attr"
)

// The names of Client SDK 5 for types and classes (spec/cloudhsm-cli.md 3.2).
var (
	sdk5Types = map[attr.KeyType]string{attr.RSA: "rsa", attr.DSA: "dsa", attr.EC: "ec", attr.Edwards: "ec", attr.MLDSA: "ml-dsa",
		attr.GenericSecret: "generic-secret", attr.RC4: "rc4", attr.DES3: "des3", attr.AES: "aes"}
	sdk5Classes = map[attr.Class]string{attr.Public: "public-key", attr.PrivateKey: "private-key", attr.Secret: "secret-key"}
)

// Shown returns an attribute of a key as Client SDK 5 sees it on a type of HSM, false where the key
// does not have it: switches as 0 and 1, lengths as numbers, names and the label as texts, the rest
// as bytes (spec/cloudhsm-cli.md 3.1, 3.2).
func (k *Key) Shown(row attr.Row, model Model) (Value, bool) {
	m := k.Material
	switch row.Attr {
	case attr.KeyTypeAttr:
		return Value{Text: sdk5Types[m.Type]}, true
	case attr.ClassAttr:
		return Value{Text: sdk5Classes[m.Class]}, true
	case attr.ID:
		return Value{Bytes: []byte(k.ID)}, true
	case attr.KCV:
		return Value{Bytes: m.KCV}, m.Type != attr.GenericSecret
	case attr.Modifiable:
		return Value{Number: bit(!k.Has(attr.FlagFixed))}, true
	case attr.Modulus:
		return Value{Bytes: m.Modulus}, m.Type == attr.RSA
	case attr.ModulusBits:
		return Value{Number: uint32(m.Bits)}, m.Type == attr.RSA
	case attr.PublicExponent:
		return Value{Bytes: m.Exponent}, m.Type == attr.RSA
	case attr.Curve:
		name := k.curveName()
		return Value{Text: name}, name != ""
	case attr.ECPoint:
		return Value{Bytes: pointOn(model, m.Modulus)}, m.Type == attr.EC || m.Type == attr.Edwards
	case attr.ParameterSet:
		if m.Type != attr.MLDSA {
			return Value{}, false
		}
		return Value{Text: m.Lattice().Name}, true
	case attr.WrapTemplate, attr.UnwrapTemplate:
		return Value{}, false
	}
	return k.Value(row)
}

// curveName is the name of the key's curve, as its maker called it: prime256v1 and secp256r1 are
// one; "" for a key of another type.
func (k *Key) curveName() string {
	curve := k.Material.Curve()
	switch {
	case k.Material.Type == attr.Edwards:
		return "ed25519"
	case curve == nil:
		return ""
	case k.CurveSaid != "":
		return k.CurveSaid
	}
	return strings.Replace(curve.Name, "prime256v1", "secp256r1", 1)
}

// pointOn is a point as a type of HSM shows it: bare, or as an OCTET STRING.
func pointOn(model Model, point []byte) []byte {
	if model != HSM2 {
		return point
	}
	var b cryptobyte.Builder
	b.AddASN1(asn1.OCTET_STRING, func(b *cryptobyte.Builder) { b.AddBytes(point) })
	return b.BytesOrPanic()
}

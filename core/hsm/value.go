package hsm

import "hsmplay/core/attr"

// Value is what a key has for an attribute, not yet written in any tool's form: a number, for
// switches 0 or 1; a text; or bytes.
type Value struct {
	Number uint32
	Text   string
	Bytes  []byte
}

// Value returns an attribute of a key, false where the key has none (spec/kmu.md 4.2).
func (k *Key) Value(row attr.Row) (Value, bool) {
	m := k.Material
	switch row.Attr {
	case attr.ClassAttr:
		return Value{Number: uint32(m.Class)}, true
	case attr.KeyTypeAttr:
		return Value{Number: uint32(m.Type)}, true
	case attr.ValueLen:
		return Value{Number: uint32(m.ValueLen)}, true
	case attr.ModulusBits:
		return Value{Number: uint32(m.Bits)}, m.Bits != 0
	case attr.Label:
		return Value{Text: k.Label}, true
	case attr.ID:
		return Value{Text: k.ID}, true
	case attr.Modulus:
		return Value{Bytes: m.Modulus}, m.Modulus != nil
	case attr.KCV:
		return Value{Bytes: m.KCV}, m.KCV != nil
	case attr.PublicExponent:
		return Value{Bytes: m.Exponent}, m.Exponent != nil
	case attr.Token:
		return Value{Number: bit(k.Session == 0)}, true
	}
	if row.Flag == 0 {
		return Value{}, false
	}
	return Value{Number: bit(k.Has(row.Flag))}, true
}

// bit is 1 for an attribute that is set.
func bit(set bool) uint32 {
	if set {
		return 1
	}
	return 0
}

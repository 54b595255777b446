package hsm

import (
	"encoding/hex"
	"fmt"

	"hsmplay/core/attr"
)

// Value is an attribute of a key in the tools' form; small is the form of switches, classes and types: 0x%08x where one
// attribute is asked for, 0x%02x among all (spec/kmu.md 4.2, spec/cmu.md 3.9). False where the key has no such attribute.
func (k *Key) Value(row attr.Row, small string) (string, bool) {
	m := k.Material
	switch row.Kind {
	case attr.Bool:
		return fmt.Sprintf(small, k.bit(row)), true
	case attr.Small:
		if row.Attr == attr.ClassAttr {
			return fmt.Sprintf(small, uint32(m.Class)), true
		}
		return fmt.Sprintf(small, uint32(m.Type)), true
	case attr.Number:
		if row.Attr == attr.ValueLen {
			return fmt.Sprintf("0x%08x", m.ValueLen), true
		}
		return fmt.Sprintf("0x%08x", m.Bits), m.Bits != 0
	case attr.Text:
		if row.Attr == attr.Label {
			return k.Label, true
		}
		return k.ID, true
	case attr.Point:
		return "0x" + hex.EncodeToString(m.Modulus), m.Modulus != nil
	case attr.Bytes:
		if row.Attr == attr.KCV {
			return "0x" + hex.EncodeToString(m.KCV), m.KCV != nil
		}
		return "0x" + hex.EncodeToString(m.Exponent), m.Exponent != nil
	}
	return "", false
}

// bit is 1 for an attribute that is set.
func (k *Key) bit(row attr.Row) int {
	if row.Attr == attr.Token && k.Session == 0 || row.Flag != 0 && k.Has(row.Flag) {
		return 1
	}
	return 0
}

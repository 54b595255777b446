package material

import (
	"encoding/json"

	"hsmplay/core/attr"
)

// stored is a material as worlds are saved, secret and all: the names and their order are the
// format.
type stored struct {
	Class    attr.Class
	Type     attr.KeyType
	Bytes    []byte
	SPKI     []byte
	KCV      []byte
	Modulus  []byte
	Bits     int
	Exponent []byte
	ValueLen int
}

// Marshal returns a material as JSON, with its secret.
func Marshal(m *Material) []byte {
	data, err := json.Marshal(stored{m.Class, m.Type, m.value, m.SPKI, m.KCV, m.Modulus, m.Bits, m.Exponent, m.ValueLen})
	if err != nil { // plain data always marshals
		panic("material: " + err.Error())
	}
	return data
}

// Unmarshal reads what Marshal wrote. It trusts that the fields belong together.
func Unmarshal(data []byte) (*Material, error) {
	var s stored
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, err
	}
	return &Material{s.Class, s.Type, s.Bytes, s.SPKI, s.KCV, s.Modulus, s.Bits, s.Exponent, s.ValueLen}, nil
}

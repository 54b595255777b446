package material

import (
	"encoding/json"

	"hsmplay/core/attr"
	"hsmplay/core/internal/jsonrow"
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

func (s *stored) code(c *jsonrow.Coder) {
	c.Object(func() {
		jsonrow.Number(c, "Class", &s.Class)
		jsonrow.Number(c, "Type", &s.Type)
		jsonrow.Bytes(c, "Bytes", &s.Bytes)
		jsonrow.Bytes(c, "SPKI", &s.SPKI)
		jsonrow.Bytes(c, "KCV", &s.KCV)
		jsonrow.Bytes(c, "Modulus", &s.Modulus)
		jsonrow.Number(c, "Bits", &s.Bits)
		jsonrow.Bytes(c, "Exponent", &s.Exponent)
		jsonrow.Number(c, "ValueLen", &s.ValueLen)
	})
}

// Marshal returns a material as JSON, with its secret.
func Marshal(m *Material) string {
	s := stored{m.Class, m.Type, m.value, m.SPKI, m.KCV, m.Modulus, m.Bits, m.Exponent, m.ValueLen}
	return string(jsonrow.Write(2*len(s.Bytes)+2*len(s.SPKI)+512, s.code))
}

// Unmarshal reads what Marshal wrote. It trusts that the fields belong together.
func Unmarshal(row string) (*Material, error) {
	var s stored
	if !jsonrow.Read(row, s.code) {
		s = stored{}
		if err := json.Unmarshal([]byte(row), &s); err != nil {
			return nil, err
		}
	}
	return &Material{s.Class, s.Type, s.Bytes, s.SPKI, s.KCV, s.Modulus, s.Bits, s.Exponent, s.ValueLen}, nil
}

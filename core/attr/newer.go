package attr

import (
	"encoding/hex"
	"errors"
	"strings"
)

// Newer lists the attributes that the older tools do not know (spec/cloudhsm-cli.md 3.1 to 3.4).
var Newer = []Row{
	{Attr: Modifiable, PKCS11: "CKA_MODIFIABLE", CLI: "modifiable", Kind: Bool,
		Means: "1: its attributes may be changed",
		Given: allKinds, Asked: allKinds, Later: [2]Later{{Set: Owner, Way: OnlyOff}, {Set: Owner, Way: OnlyOff}}},
	{Attr: Curve, PKCS11: "CKA_EC_PARAMS", CLI: "curve", Kind: Text, Means: "EC: the name of the curve"},
	{Attr: ECPoint, PKCS11: "CKA_EC_POINT", CLI: "ec-point", Kind: Bytes, Means: "EC: the public point"},
	{Attr: ParameterSet, PKCS11: "CKA_PARAMETER_SET", CLI: "mldsa-algorithm", Kind: Text, Means: "ML-DSA: the parameter set"},
}

// Shown lists the attributes in the order in which the CloudHSM CLI shows them; a key shows those
// that it has (spec/cloudhsm-cli.md 3.1).
var Shown = []Attr{KeyTypeAttr, Label, ID, KCV, ClassAttr, Encrypt, Decrypt, Token, AlwaysSensitive, Derive, Destroyable, Extractable,
	Local, Modifiable, NeverExtractable, Private, ParameterSet, Sensitive, Sign, Trusted, Unwrap, Verify, Wrap, WrapWithTrusted,
	ValueLen, PublicExponent, Modulus, ModulusBits, ECPoint, Curve}

// Named returns the row of the CLI's name of an attribute and whether there is one.
func Named(name string) (Row, bool) {
	for _, rows := range [][]Row{Table, Newer} {
		for _, row := range rows {
			if row.CLI != "" && row.CLI == name {
				return row, true
			}
		}
	}
	return Row{}, false
}

// Find is [Lookup] among the newer attributes too.
func Find(a Attr) (Row, bool) {
	for _, row := range Newer {
		if row.Attr == a {
			return row, true
		}
	}
	return Lookup(a)
}

// Setting is a value that somebody wishes an attribute to have.
type Setting struct {
	Attr     Attr
	On       bool      `json:",omitempty"` // of a switch
	Text     string    `json:",omitempty"` // a label, the bytes of an id; of what nobody can set, as it was said
	Template []Setting `json:",omitempty"` // of a template
}

// The reasons for refusing the text of a setting.
var (
	// ErrNoAttribute is a name that no attribute has.
	ErrNoAttribute = errors.New("no such attribute")
	// ErrValue is a value that the attribute cannot have: neither true nor false, or no hexadecimal
	// digits.
	ErrValue = errors.New("no value of the attribute")
)

// ParseSetting reads a value for the CLI's name of an attribute: true and false, an id in
// hexadecimal digits, a text, or words NAME=VALUE for a template. Errors: ErrNoAttribute, ErrValue.
func ParseSetting(name string, values ...string) (Setting, error) {
	row, known := Named(name)
	value := strings.Join(values, " ")
	s := Setting{Attr: row.Attr, Text: value}
	switch {
	case !known:
		return s, ErrNoAttribute
	case row.Attr == WrapTemplate, row.Attr == UnwrapTemplate:
		var err error
		s.Text = ""
		s.Template, err = parseTemplate(strings.Fields(value))
		return s, err
	case row.Kind == Bool:
		s.Text, s.On = "", strings.EqualFold(value, "true")
		if !s.On && !strings.EqualFold(value, "false") {
			return s, ErrValue
		}
	case row.Attr == ID:
		id, err := hex.DecodeString(even(strings.TrimPrefix(value, "0x")))
		if err != nil {
			return s, ErrValue
		}
		s.Text = string(id)
	}
	return s, nil
}

// even puts a 0 before an odd number of digits.
func even(digits string) string {
	if len(digits)%2 == 1 {
		return "0" + digits
	}
	return digits
}

// parseTemplate reads words NAME=VALUE, of switches alone: a choice, since nobody shows a template. A
// word that is none, or of no attribute, is a fault of the template's value. Errors: ErrValue.
func parseTemplate(words []string) (template []Setting, err error) {
	for _, word := range words {
		name, value, _ := strings.Cut(word, "=")
		row, known := Named(name)
		s, err := ParseSetting(name, value)
		if err != nil || !known || row.Kind != Bool || row.Flag == 0 {
			return nil, ErrValue
		}
		template = append(template, s)
	}
	return template, nil
}

// Value returns a setting as it is said: true, 0x12, a text.
func (s Setting) Value() string {
	row, _ := Find(s.Attr)
	switch {
	case row.Kind == Bool && s.On:
		return "true"
	case row.Kind == Bool:
		return "false"
	case s.Attr == ID:
		return "0x" + hex.EncodeToString([]byte(s.Text))
	case s.Text == "":
		var words []string
		for _, part := range s.Template {
			row, _ := Find(part.Attr)
			words = append(words, row.CLI+"="+part.Value())
		}
		return strings.Join(words, " ")
	}
	return s.Text
}

// MayAsk reports whether a key of a class and type may be made with a value of its maker's choice.
func (r Row) MayAsk(c Class, t KeyType) bool { return r.Asked&kindOf(c, t) != 0 }

// MayChange returns who may change the attribute of a key, on an HSM of the first or the second
// type, and to what.
func (r Row) MayChange(c Class, t KeyType, second bool) (Setter, Way) {
	later := r.Later[0]
	if second {
		later = r.Later[1]
	}
	if later.Not&kindOf(c, t) != 0 {
		return Nobody, BothWays
	}
	return later.Set, later.Way
}

// GivenFlags returns the flags of a key of a class and type that a client of SDK 5 makes without
// saying more, before anything is said of where it comes from (spec/cloudhsm-cli.md 3.4).
func GivenFlags(c Class, t KeyType) (f Flags) {
	for _, row := range Table {
		if row.Given&kindOf(c, t) != 0 {
			f |= row.Flag
		}
	}
	return f
}

// With returns the flags with a setting of a switch.
func (f Flags) With(s Setting) Flags {
	row, _ := Find(s.Attr)
	flag, on := row.Flag, s.On
	if s.Attr == Modifiable {
		flag, on = FlagFixed, !s.On
	}
	if on {
		return f | flag
	}
	return f &^ flag
}

// Package attr names the attributes, classes and types of keys: the numbers that the tools take and
// print, the words they use for them, and how each value is written. It holds one table and no rules
// about who may change what on which HSM; those are core/hsm's.
//
// Source of every row: spec/kmu.md section 4 (the numbers equal the PKCS#11 CKA_ constants except
// KCV and All, which are the vendor's).
package attr

import (
	"slices"
	"sort"
)

// Attr is the number of an attribute, as given to getAttribute -a.
type Attr uint32

// The attributes, by the vendor's numbers (spec/kmu.md 4.1).
const (
	ClassAttr        Attr = 0
	Token            Attr = 1
	Private          Attr = 2
	Label            Attr = 3
	Trusted          Attr = 134
	KeyTypeAttr      Attr = 256
	ID               Attr = 258
	Sensitive        Attr = 259
	Encrypt          Attr = 260
	Decrypt          Attr = 261
	Wrap             Attr = 262
	Unwrap           Attr = 263
	Sign             Attr = 264
	Verify           Attr = 266
	Derive           Attr = 268
	Modulus          Attr = 288
	ModulusBits      Attr = 289
	PublicExponent   Attr = 290
	ValueLen         Attr = 353
	Extractable      Attr = 354
	Local            Attr = 355
	NeverExtractable Attr = 356
	AlwaysSensitive  Attr = 357
	Destroyable      Attr = 370
	KCV              Attr = 371
	All              Attr = 512
	WrapWithTrusted  Attr = 528
	WrapTemplate     Attr = 1073742353
	UnwrapTemplate   Attr = 1073742354
)

// Class is CKA_CLASS: what half of a pair a key is, or that it is a secret.
type Class uint32

// The classes of keys.
const (
	Public     Class = 2
	PrivateKey Class = 3
	Secret     Class = 4
)

// KeyType is CKA_KEY_TYPE.
type KeyType uint32

// The types of keys.
const (
	RSA           KeyType = 0
	DSA           KeyType = 1
	EC            KeyType = 3
	GenericSecret KeyType = 16
	RC4           KeyType = 18
	DES3          KeyType = 21
	AES           KeyType = 31
)

// Kind says how the value of an attribute is written (spec/kmu.md 4.2).
type Kind int

const (
	// Small is one byte in a dump of all attributes and four in a single query: class and type.
	Small Kind = iota
	// Bool is written like Small and is 0 or 1.
	Bool
	// Number is always four bytes.
	Number
	// Text is the string itself; empty is an empty line.
	Text
	// Bytes is hexadecimal of as many bytes as there are.
	Bytes
	// Point is hexadecimal without the leading 0x where the tool leaves it out.
	Point
	// Pseudo stands for no single value: All and the templates.
	Pseudo
)

// Row is one line of the table of attributes.
type Row struct {
	Attr   Attr
	Name   string // as the tools print it: OBJ_ATTR_EXTRACTABLE
	Kind   Kind
	Flag   Flags  // the bit that holds it, for a Bool kept as a flag; 0 otherwise
	Dump   int    // place in a dump of all attributes, from 1; 0 is not in it (spec/kmu.md 4.3)
	Late   bool   // dumped and listed by the late output generation only
	Listed bool   // in listAttributes of the classic generation
	Means  string // one line for a learner
}

// Flags is a set of boolean attributes, one bit each. The bits are saved: only append.
type Flags uint32

// The bits of Flags. LOCAL, SENSITIVE and the like are flags too: they never change after creation.
const (
	FlagPrivate Flags = 1 << iota
	FlagEncrypt
	FlagDecrypt
	FlagWrap
	FlagUnwrap
	FlagSign
	FlagVerify
	FlagLocal
	FlagSensitive
	FlagExtractable
	FlagTrusted
	FlagWrapWithTrusted
	FlagDestroyable
	FlagDerive
	FlagAlwaysSensitive
	FlagNeverExtractable
)

// Has reports whether every flag of g is set in f.
func (f Flags) Has(g Flags) bool { return f&g == g }

// Lookup returns the row of an attribute and whether there is one.
func Lookup(a Attr) (Row, bool) {
	for _, row := range Table {
		if row.Attr == a {
			return row, true
		}
	}
	return Row{}, false
}

// Dumped returns the attributes of a dump in their order (spec/kmu.md 4.3).
func Dumped() []Row {
	rows := slices.DeleteFunc(slices.Clone(Table), func(r Row) bool { return r.Dump == 0 })
	sort.Slice(rows, func(i, j int) bool { return rows[i].Dump < rows[j].Dump })
	return rows
}

// Name returns what a class is called in the panels: public, private, secret.
func (c Class) Name() string {
	switch c {
	case Public:
		return "public"
	case PrivateKey:
		return "private"
	case Secret:
		return "secret"
	}
	return "unknown"
}

// TypeRow is one line of the table of key types.
type TypeRow struct {
	Type KeyType
	Name string // as listed by the tools' usage texts
	Show string // as shown in the panels
}

// Types lists the key types in the order of their numbers (spec/kmu.md 3.30).
var Types = []TypeRow{
	{RSA, "RSA", "RSA"},
	{DSA, "DSA", "DSA"},
	{EC, "EC", "EC"},
	{GenericSecret, "GENERIC_SECRET", "generic secret"},
	{RC4, "RC4", "RC4"},
	{DES3, "3DES", "3DES"},
	{AES, "AES", "AES"},
}

// Show returns what a key type is called in the panels.
func (t KeyType) Show() string {
	for _, row := range Types {
		if row.Type == t {
			return row.Show
		}
	}
	return "unknown"
}

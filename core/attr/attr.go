// Package attr is the table of the attributes of keys, one row each: its number and names, what
// kind of value it has, who may change it and to what, which fresh keys have it, by their kind and
// where they come from, and what becomes of it on the way from HSM to HSM. One checker reads it,
// core/hsm's; how a value is written is the tools'. Classes and types of keys are here too.
//
// Source of every row: spec/kmu.md section 4 (the numbers equal the PKCS#11 CKA_ constants except
// KCV and All, which are the vendor's).
package attr

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

// The attributes that Client SDK 5 alone knows, by the numbers of PKCS#11.
const (
	Modifiable   Attr = 368
	Curve        Attr = 384
	ECPoint      Attr = 385
	ParameterSet Attr = 1565
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
	Edwards       KeyType = 64 // Ed25519: CKK_EC_EDWARDS of PKCS#11 3.0
	Montgomery    KeyType = 65 // X25519: CKK_EC_MONTGOMERY of PKCS#11 3.0; no HSM has it here
	MLDSA         KeyType = 74 // CKK_ML_DSA of PKCS#11 3.2
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

// Setter is who may change an attribute of a key that is there.
type Setter int

const (
	// Nobody: the attribute is read only.
	Nobody Setter = iota
	// Owner: the crypto user who owns the key.
	Owner
	// Officer: a crypto officer, of any key.
	Officer
)

// Way is to which value an attribute may be changed.
type Way int

const (
	// BothWays: on and off, or to any text.
	BothWays Way = iota
	// OnlyOn: never again off.
	OnlyOn
	// OnlyOff: never again on.
	OnlyOff
)

// Effect is what happens to a flag of a key on its way.
type Effect int

const (
	// Kept: it stays as it is.
	Kept Effect = iota
	// Off: it is lost.
	Off
	// On: it is set, whatever it was.
	On
)

// Birth is when the HSM sets a flag of a key that it generates itself.
type Birth int

const (
	// Wished: as the defaults and the template say.
	Wished Birth = iota
	// OfAll: of every key that is generated.
	OfAll
	// OfSecrets: of private and secret keys that are sensitive.
	OfSecrets
	// OfHeld: of private and secret keys that are not extractable.
	OfHeld
)

// Row is one line of the table of attributes.
type Row struct {
	Attr   Attr
	Name   string // as key_mgmt_util and cloudhsm_mgmt_util print it: OBJ_ATTR_EXTRACTABLE
	PKCS11 string // CKA_EXTRACTABLE; "" for the vendor's own
	CLI    string // as the CloudHSM CLI prints it: extractable; "" where it shows none
	Kind   Kind
	Flag   Flags  // the bit that holds it, for a Bool kept as a flag; 0 otherwise
	Set    Setter // who may change it
	Barred Class  // the class of keys that never have it; 0 for none
	Way    Way    // and to what
	Fresh  Kinds  // the kinds of keys that have it where nobody wishes otherwise
	Born   Birth  // when generation sets it
	Unwrap Effect // what happens where it comes beside a wrapped key, from who knows where
	Insert Effect // what happens where it comes with a masked object, from an HSM of the cluster
	Clone  Effect // what happens on the way to another HSM of the cluster
	Means  string // one line for a learner

	// What Client SDK 5 makes of it.
	Given Kinds    // the kinds of keys that have it where their maker does not say otherwise
	Asked Kinds    // the kinds whose maker may say otherwise
	Later [2]Later // who may change it: on HSMs of the first type, and of the second
}

// Later is who may change an attribute through Client SDK 5, to what, and of which keys not.
type Later struct {
	Set Setter
	Way Way
	Not Kinds
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
	FlagFixed // MODIFIABLE is off: so keys that were saved before there was the attribute are modifiable
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

// Unwrapped returns the flags of a key that was unwrapped, of those that came beside it.
func (f Flags) Unwrapped() Flags { return f.after(func(r Row) Effect { return r.Unwrap }) }

// Inserted returns the flags of a key that was inserted as a masked object, of those in the object.
func (f Flags) Inserted() Flags { return f.after(func(r Row) Effect { return r.Insert }) }

// Cloned returns the flags of a copy on another HSM of the cluster.
func (f Flags) Cloned() Flags { return f.after(func(r Row) Effect { return r.Clone }) }

func (f Flags) after(effect func(Row) Effect) Flags {
	for _, row := range Table {
		switch effect(row) {
		case Off:
			f &^= row.Flag
		case On:
			f |= row.Flag
		}
	}
	return f
}

// Generated returns the flags of a key of the class that the HSM has generated, of those that were
// wished for.
func (f Flags) Generated(c Class) Flags {
	for _, row := range Table {
		switch {
		case row.Born == OfAll,
			row.Born == OfSecrets && c != Public && f.Has(FlagSensitive),
			row.Born == OfHeld && c != Public && !f.Has(FlagExtractable):
			f |= row.Flag
		}
	}
	return f
}

// Changeable reports whether somebody may change the attribute of a key that is there, by a flag or
// a text.
func (r Row) Changeable() bool { return r.Set != Nobody && (r.Flag != 0 || r.Kind == Text) }

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
	Name string // as listed by the usage texts of the older tools, "" for a type that they do not know
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
	{Edwards, "", "Ed25519"},
	{Montgomery, "", "X25519"},
	{MLDSA, "", "ML-DSA"},
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

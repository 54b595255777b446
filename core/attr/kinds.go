package attr

// Kinds is a set of kinds of keys: a bit for each class with a type that there is.
type Kinds uint16

// The kinds of keys.
const (
	aes Kinds = 1 << iota
	des3
	generic
	rc4
	rsaPublic
	rsaPrivate
	ecPublic
	ecPrivate
	dsaPublic
	dsaPrivate
	edPublic
	edPrivate
	mldsaPublic
	mldsaPrivate

	publicKeys  = rsaPublic | ecPublic | dsaPublic | edPublic | mldsaPublic
	privateKeys = rsaPrivate | ecPrivate | dsaPrivate | edPrivate | mldsaPrivate
	pairs       = publicKeys | privateKeys
	allKinds    = aes | des3 | generic | rc4 | publicKeys | privateKeys
)

// kinds says which kind a class with a type is.
var kinds = []struct {
	class Class
	typ   KeyType
	kind  Kinds
}{
	{Secret, AES, aes},
	{Secret, DES3, des3},
	{Secret, GenericSecret, generic},
	{Secret, RC4, rc4},
	{Public, RSA, rsaPublic},
	{PrivateKey, RSA, rsaPrivate},
	{Public, EC, ecPublic},
	{PrivateKey, EC, ecPrivate},
	{Public, DSA, dsaPublic},
	{PrivateKey, DSA, dsaPrivate},
	{Public, Edwards, edPublic},
	{PrivateKey, Edwards, edPrivate},
	{Public, MLDSA, mldsaPublic},
	{PrivateKey, MLDSA, mldsaPrivate},
}

// kindOf returns the kind of a class with a type, 0 where there is no such key.
func kindOf(c Class, t KeyType) Kinds {
	for _, row := range kinds {
		if row.class == c && row.typ == t {
			return row.kind
		}
	}
	return 0
}

// Exists reports whether there are keys of a class and type.
func Exists(c Class, t KeyType) bool { return kindOf(c, t) != 0 }

// DefaultFlags returns the flags of a key of a class and type that nobody wishes otherwise
// (spec/kmu.md 4.4), before anything is said of where it comes from; 0 where there is no such key.
func DefaultFlags(c Class, t KeyType) (f Flags) {
	kind := kindOf(c, t)
	for i := range Table {
		if Table[i].Fresh&kind != 0 {
			f |= Table[i].Flag
		}
	}
	return f
}

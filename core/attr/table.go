package attr

// Table lists the attributes in the order of listAttributes (spec/kmu.md 3.42), then those that only
// the late generation lists.
var Table = []Row{
	{ClassAttr, "OBJ_ATTR_CLASS", Small, 0, 1, false, true, "2 public, 3 private, 4 secret"},
	{Token, "OBJ_ATTR_TOKEN", Bool, 0, 3, false, true, "1 persistent, on every HSM; 0 lives in one session on one HSM"},
	{Private, "OBJ_ATTR_PRIVATE", Bool, FlagPrivate, 4, false, true, "1: only logged-in users may list it"},
	{Label, "OBJ_ATTR_LABEL", Text, 0, 14, false, true, "a name for people; need not be unique"},
	{KeyTypeAttr, "OBJ_ATTR_KEY_TYPE", Small, 0, 2, false, true, "0 RSA, 1 DSA, 3 EC, 16 generic secret, 18 RC4, 21 3DES, 31 AES"},
	{ID, "OBJ_ATTR_ID", Text, 0, 15, false, true, "a name for programs; unique in the cluster"},
	{Sensitive, "OBJ_ATTR_SENSITIVE", Bool, FlagSensitive, 12, false, true, "1: never leaves the HSM in plain form"},
	{Encrypt, "OBJ_ATTR_ENCRYPT", Bool, FlagEncrypt, 5, false, true, "may encrypt data"},
	{Decrypt, "OBJ_ATTR_DECRYPT", Bool, FlagDecrypt, 6, false, true, "may decrypt data"},
	{Wrap, "OBJ_ATTR_WRAP", Bool, FlagWrap, 7, false, true, "may encrypt other keys"},
	{Unwrap, "OBJ_ATTR_UNWRAP", Bool, FlagUnwrap, 8, false, true, "may decrypt other keys"},
	{Sign, "OBJ_ATTR_SIGN", Bool, FlagSign, 9, false, true, "may sign"},
	{Verify, "OBJ_ATTR_VERIFY", Bool, FlagVerify, 10, false, true, "may verify signatures"},
	{Local, "OBJ_ATTR_LOCAL", Bool, FlagLocal, 11, false, true, "1 generated in the HSM, 0 imported"},
	{Modulus, "OBJ_ATTR_MODULUS", Point, 0, 18, false, true, "RSA: the modulus; EC: the public point"},
	{ModulusBits, "OBJ_ATTR_MODULUS_BITS", Number, 0, 19, false, true, "RSA: bits; EC: OpenSSL's number of the curve"},
	{PublicExponent, "OBJ_ATTR_PUBLIC_EXPONENT", Bytes, 0, 20, false, true, "RSA: the public exponent"},
	{ValueLen, "OBJ_ATTR_VALUE_LEN", Number, 0, 16, false, true, "length of the value in bytes"},
	{Extractable, "OBJ_ATTR_EXTRACTABLE", Bool, FlagExtractable, 13, false, true, "1: may be exported"},
	{KCV, "OBJ_ATTR_KCV", Bytes, 0, 17, false, true, "key check value: the same in both halves of a pair"},
	{Trusted, "OBJ_ATTR_TRUSTED", Bool, FlagTrusted, 21, true, false, "1: an officer vouches for this wrapping key"},
	{Derive, "OBJ_ATTR_DERIVE", Bool, FlagDerive, 24, true, false, "may derive other keys"},
	{NeverExtractable, "OBJ_ATTR_NEVER_EXTRACTABLE", Bool, FlagNeverExtractable, 26, true, false, "1: was never extractable"},
	{AlwaysSensitive, "OBJ_ATTR_ALWAYS_SENSITIVE", Bool, FlagAlwaysSensitive, 25, true, false, "1: was always sensitive"},
	{Destroyable, "OBJ_ATTR_DESTROYABLE", Bool, FlagDestroyable, 23, true, false, "1: may be deleted"},
	{WrapWithTrusted, "OBJ_ATTR_WRAP_WITH_TRUSTED", Bool, FlagWrapWithTrusted, 22, true, false, "1: only a trusted key may wrap it"},
	{WrapTemplate, "OBJ_ATTR_WRAP_TEMPLATE", Pseudo, 0, 0, true, false, "what a key wrapped by this one must match"},
	{UnwrapTemplate, "OBJ_ATTR_UNWRAP_TEMPLATE", Pseudo, 0, 0, true, false, "what a key unwrapped by this one gets"},
	{All, "OBJ_ATTR_ALL", Pseudo, 0, 0, true, false, "all of them, for getAttribute"},
}

// Defaults are the flags of a fresh key without FlagLocal (spec/kmu.md 4.4). Those of generated private and
// secret keys gain FlagLocal and FlagAlwaysSensitive, and FlagNeverExtractable with -nex.
var Defaults = []struct {
	Class Class
	Type  KeyType
	Flags Flags
}{
	{Secret, AES, FlagEncrypt | FlagDecrypt | FlagWrap | FlagUnwrap | secretBase},
	{Secret, DES3, FlagEncrypt | FlagDecrypt | secretBase},
	{Secret, GenericSecret, secretBase},
	{Secret, RC4, FlagEncrypt | FlagDecrypt | secretBase},
	{Public, RSA, FlagEncrypt | FlagWrap | FlagVerify | publicBase},
	{PrivateKey, RSA, FlagDecrypt | FlagUnwrap | FlagSign | secretBase},
	{PrivateKey, EC, FlagSign | secretBase},
	{Public, EC, FlagVerify | publicBase},
	{PrivateKey, DSA, FlagSign | secretBase},
	{Public, DSA, FlagVerify | publicBase},
}

const (
	publicBase = FlagPrivate | FlagExtractable | FlagDestroyable
	secretBase = publicBase | FlagSensitive
)

// DefaultFlags returns the flags of a fresh key of the class and type, 0 where there is no such key.
func DefaultFlags(c Class, t KeyType) Flags {
	for _, row := range Defaults {
		if row.Class == c && row.Type == t {
			return row.Flags
		}
	}
	return 0
}

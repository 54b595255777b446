package attr

// Table lists the attributes in the order of key_mgmt_util's list (spec/kmu.md 3.42), then those
// that only its late generation has. Who may change them: spec/cmu.md 3.22; TOKEN by its owner
// alone, spec/kmu.md 3.28; the CLI's names: spec/cloudhsm-cli.md 3.1. What unwrapping does
// (spec/kmu.md 3.26): an unwrapped key was not made here, and an officer's trust is in one key;
// that it is private, sensitive and extractable is no secret and no proof, so every one is.
var Table = []Row{
	{Attr: ClassAttr, Name: "OBJ_ATTR_CLASS", PKCS11: "CKA_CLASS", CLI: "class", Kind: Small,
		Means: "2 public, 3 private, 4 secret"},
	{Attr: Token, Name: "OBJ_ATTR_TOKEN", PKCS11: "CKA_TOKEN", CLI: "token", Kind: Bool,
		Set: Owner, Way: OnlyOn, Means: "1 persistent, on every HSM; 0 lives in one session on one HSM"},
	{Attr: Private, Name: "OBJ_ATTR_PRIVATE", PKCS11: "CKA_PRIVATE", CLI: "private", Kind: Bool, Flag: FlagPrivate,
		Unwrap: On, Means: "1: only logged-in users may list it"},
	{Attr: Label, Name: "OBJ_ATTR_LABEL", PKCS11: "CKA_LABEL", CLI: "label", Kind: Text,
		Set: Owner, Means: "a name for people; need not be unique"},
	{Attr: KeyTypeAttr, Name: "OBJ_ATTR_KEY_TYPE", PKCS11: "CKA_KEY_TYPE", CLI: "key-type", Kind: Small,
		Means: "0 RSA, 1 DSA, 3 EC, 16 generic secret, 18 RC4, 21 3DES, 31 AES"},
	{Attr: ID, Name: "OBJ_ATTR_ID", PKCS11: "CKA_ID", CLI: "id", Kind: Text,
		Means: "a name for programs; unique in the cluster"},
	{Attr: Sensitive, Name: "OBJ_ATTR_SENSITIVE", PKCS11: "CKA_SENSITIVE", CLI: "sensitive", Kind: Bool, Flag: FlagSensitive,
		Unwrap: On, Means: "1: never leaves the HSM in plain form"},
	{Attr: Encrypt, Name: "OBJ_ATTR_ENCRYPT", PKCS11: "CKA_ENCRYPT", CLI: "encrypt", Kind: Bool, Flag: FlagEncrypt,
		Set: Owner, Means: "may encrypt data"},
	{Attr: Decrypt, Name: "OBJ_ATTR_DECRYPT", PKCS11: "CKA_DECRYPT", CLI: "decrypt", Kind: Bool, Flag: FlagDecrypt,
		Set: Owner, Means: "may decrypt data"},
	{Attr: Wrap, Name: "OBJ_ATTR_WRAP", PKCS11: "CKA_WRAP", CLI: "wrap", Kind: Bool, Flag: FlagWrap,
		Set: Owner, Means: "may encrypt other keys"},
	{Attr: Unwrap, Name: "OBJ_ATTR_UNWRAP", PKCS11: "CKA_UNWRAP", CLI: "unwrap", Kind: Bool, Flag: FlagUnwrap,
		Set: Owner, Means: "may decrypt other keys"},
	{Attr: Sign, Name: "OBJ_ATTR_SIGN", PKCS11: "CKA_SIGN", CLI: "sign", Kind: Bool, Flag: FlagSign,
		Set: Owner, Means: "may sign"},
	{Attr: Verify, Name: "OBJ_ATTR_VERIFY", PKCS11: "CKA_VERIFY", CLI: "verify", Kind: Bool, Flag: FlagVerify,
		Set: Owner, Means: "may verify signatures"},
	{Attr: Local, Name: "OBJ_ATTR_LOCAL", PKCS11: "CKA_LOCAL", CLI: "local", Kind: Bool, Flag: FlagLocal,
		Born: OfAll, Unwrap: Off, Means: "1 generated in the HSM, 0 imported"},
	{Attr: Modulus, Name: "OBJ_ATTR_MODULUS", PKCS11: "CKA_MODULUS", CLI: "modulus", Kind: Point,
		Means: "RSA: the modulus; EC: the public point"},
	{Attr: ModulusBits, Name: "OBJ_ATTR_MODULUS_BITS", PKCS11: "CKA_MODULUS_BITS", CLI: "modulus-size-bits", Kind: Number,
		Means: "RSA: bits; EC: OpenSSL's number of the curve"},
	{Attr: PublicExponent, Name: "OBJ_ATTR_PUBLIC_EXPONENT", PKCS11: "CKA_PUBLIC_EXPONENT", CLI: "public-exponent", Kind: Bytes,
		Means: "RSA: the public exponent"},
	{Attr: ValueLen, Name: "OBJ_ATTR_VALUE_LEN", PKCS11: "CKA_VALUE_LEN", CLI: "key-length-bytes", Kind: Number,
		Means: "length of the value in bytes"},
	{Attr: Extractable, Name: "OBJ_ATTR_EXTRACTABLE", PKCS11: "CKA_EXTRACTABLE", CLI: "extractable", Kind: Bool, Flag: FlagExtractable,
		Unwrap: On, Means: "1: may be exported"},
	{Attr: KCV, Name: "OBJ_ATTR_KCV", PKCS11: "CKA_CHECK_VALUE", CLI: "check-value", Kind: Bytes,
		Means: "key check value: the same in both halves of a pair"},
	{Attr: Trusted, Name: "OBJ_ATTR_TRUSTED", PKCS11: "CKA_TRUSTED", CLI: "trusted", Kind: Bool, Flag: FlagTrusted,
		Set: Officer, Unwrap: Off, Insert: Off, Means: "1: an officer vouches for this wrapping key"},
	{Attr: Derive, Name: "OBJ_ATTR_DERIVE", PKCS11: "CKA_DERIVE", CLI: "derive", Kind: Bool, Flag: FlagDerive,
		Set: Owner, Barred: Public, Means: "may derive other keys"},
	{Attr: NeverExtractable, Name: "OBJ_ATTR_NEVER_EXTRACTABLE", PKCS11: "CKA_NEVER_EXTRACTABLE", CLI: "never-extractable", Kind: Bool, Flag: FlagNeverExtractable,
		Born: OfHeld, Unwrap: Off, Means: "1: was never extractable"},
	{Attr: AlwaysSensitive, Name: "OBJ_ATTR_ALWAYS_SENSITIVE", PKCS11: "CKA_ALWAYS_SENSITIVE", CLI: "always-sensitive", Kind: Bool, Flag: FlagAlwaysSensitive,
		Born: OfSecrets, Unwrap: Off, Means: "1: was always sensitive"},
	{Attr: Destroyable, Name: "OBJ_ATTR_DESTROYABLE", PKCS11: "CKA_DESTROYABLE", CLI: "destroyable", Kind: Bool, Flag: FlagDestroyable,
		Set: Owner, Means: "1: may be deleted"},
	{Attr: WrapWithTrusted, Name: "OBJ_ATTR_WRAP_WITH_TRUSTED", PKCS11: "CKA_WRAP_WITH_TRUSTED", CLI: "wrap-with-trusted", Kind: Bool, Flag: FlagWrapWithTrusted,
		Set: Owner, Way: OnlyOn, Means: "1: only a trusted key may wrap it"},
	{Attr: WrapTemplate, Name: "OBJ_ATTR_WRAP_TEMPLATE", PKCS11: "CKA_WRAP_TEMPLATE", CLI: "wrap-template", Kind: Pseudo,
		Means: "what a key wrapped by this one must match"},
	{Attr: UnwrapTemplate, Name: "OBJ_ATTR_UNWRAP_TEMPLATE", PKCS11: "CKA_UNWRAP_TEMPLATE", CLI: "unwrap-template", Kind: Pseudo,
		Means: "what a key unwrapped by this one gets"},
	{Attr: All, Name: "OBJ_ATTR_ALL", Kind: Pseudo,
		Means: "all of them, for getAttribute"},
}

// Defaults are the flags of a fresh key that nobody wishes otherwise (spec/kmu.md 4.4); what
// generation adds is in the rows.
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

// DefaultFlags returns the flags of a fresh key of the class and type, 0 where there is no such
// key.
func DefaultFlags(c Class, t KeyType) Flags {
	for _, row := range Defaults {
		if row.Class == c && row.Type == t {
			return row.Flags
		}
	}
	return 0
}

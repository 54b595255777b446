package attr

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The numbers are PKCS#11's CKA_ constants (OASIS PKCS#11 2.40, pkcs11t.h), but for the vendor's
// KCV and ALL.
func TestNumbersAreThoseOfPKCS11(t *testing.T) {
	for name, want := range map[string]Attr{
		"OBJ_ATTR_CLASS": 0x0, "OBJ_ATTR_TOKEN": 0x1, "OBJ_ATTR_PRIVATE": 0x2, "OBJ_ATTR_LABEL": 0x3, "OBJ_ATTR_TRUSTED": 0x86,
		"OBJ_ATTR_KEY_TYPE": 0x100, "OBJ_ATTR_ID": 0x102, "OBJ_ATTR_SENSITIVE": 0x103, "OBJ_ATTR_ENCRYPT": 0x104,
		"OBJ_ATTR_DECRYPT": 0x105, "OBJ_ATTR_WRAP": 0x106, "OBJ_ATTR_UNWRAP": 0x107, "OBJ_ATTR_SIGN": 0x108, "OBJ_ATTR_VERIFY": 0x10a,
		"OBJ_ATTR_DERIVE": 0x10c, "OBJ_ATTR_MODULUS": 0x120, "OBJ_ATTR_MODULUS_BITS": 0x121, "OBJ_ATTR_PUBLIC_EXPONENT": 0x122,
		"OBJ_ATTR_VALUE_LEN": 0x161, "OBJ_ATTR_EXTRACTABLE": 0x162, "OBJ_ATTR_LOCAL": 0x163, "OBJ_ATTR_NEVER_EXTRACTABLE": 0x164,
		"OBJ_ATTR_ALWAYS_SENSITIVE": 0x165, "OBJ_ATTR_DESTROYABLE": 0x172, "OBJ_ATTR_KCV": 371, "OBJ_ATTR_ALL": 512,
		"OBJ_ATTR_WRAP_WITH_TRUSTED": 0x210, "OBJ_ATTR_WRAP_TEMPLATE": 0x40000211, "OBJ_ATTR_UNWRAP_TEMPLATE": 0x40000212,
	} {
		row, ok := Lookup(want)
		require.True(t, ok, name)
		require.Equal(t, name, row.Name)
	}
}

// The table as data: what the rows say of names, changes and ways. A row that says something else
// is a fault.
func TestWhatTheRowsSay(t *testing.T) {
	names := map[string]bool{}
	for _, row := range Table {
		require.NotEmpty(t, row.Means, row.Name)
		require.False(t, names[row.Name], row.Name)
		names[row.Name] = true
		if row.Attr == All {
			require.Empty(t, row.PKCS11+row.CLI)
			continue
		}
		require.Equal(t, "CKA_", row.PKCS11[:4], row.Name)
		require.NotEmpty(t, row.CLI, row.Name)
		require.Equal(t, row.Attr == KCV, row.PKCS11 != "CKA_"+row.Name[len("OBJ_ATTR_"):], row.Name)
	}
}

// spec/cmu.md 3.22, spec/kmu.md 3.28.
func TestWhoMayChangeWhat(t *testing.T) {
	want := map[Attr][2]int{Label: {int(Owner), int(BothWays)}, Trusted: {int(Officer), int(BothWays)},
		Token: {int(Owner), int(OnlyOn)}, WrapWithTrusted: {int(Owner), int(OnlyOn)}}
	for _, a := range []Attr{Encrypt, Decrypt, Wrap, Unwrap, Sign, Verify, Derive, Destroyable} {
		want[a] = [2]int{int(Owner), int(BothWays)}
	}
	for _, row := range Table {
		require.Equal(t, want[row.Attr], [2]int{int(row.Set), int(row.Way)}, row.Name)
		require.Equal(t, row.Set != Nobody && row.Attr != Token, row.Changeable(), row.Name)
		require.Equal(t, row.Attr == Derive, row.Barred != 0, row.Name)
	}
}

// spec/kmu.md 3.26: what a key loses and gets where anybody may have written what stands beside it.
func TestFlagsOnTheirWay(t *testing.T) {
	all := FlagNeverExtractable<<1 - 1
	gone := FlagLocal | FlagTrusted | FlagAlwaysSensitive | FlagNeverExtractable
	everyKey := FlagPrivate | FlagSensitive | FlagExtractable
	require.Equal(t, all&^gone, all.Unwrapped())
	require.Equal(t, everyKey, Flags(0).Unwrapped())
	for _, f := range []Flags{0, all, FlagTrusted | FlagLocal} {
		require.Equal(t, f&^FlagTrusted, f.Inserted(), "an officer may have taken it back meanwhile")
		require.Equal(t, f, f.Cloned())
	}
}

// spec/kmu.md 4.4.
func TestFlagsOfWhatIsGenerated(t *testing.T) {
	require.Equal(t, FlagVerify|FlagLocal, FlagVerify.Generated(Public))
	for _, c := range []Class{PrivateKey, Secret} {
		secret := FlagSensitive | FlagLocal | FlagAlwaysSensitive
		require.Equal(t, FlagExtractable|secret, (FlagSensitive | FlagExtractable).Generated(c))
		require.Equal(t, secret|FlagNeverExtractable, FlagSensitive.Generated(c))
		require.Equal(t, FlagLocal|FlagNeverExtractable, Flags(0).Generated(c))
	}
}

func TestEveryFlagHasOneRow(t *testing.T) {
	var all Flags
	for _, row := range Table {
		require.Zero(t, all&row.Flag, row.Name)
		all |= row.Flag
	}
	require.Equal(t, FlagNeverExtractable<<1-1, all)
}

// spec/kmu.md 4.4: what fresh keys of each kind have, and that there are no other kinds.
func TestDefaultsOfFreshKeys(t *testing.T) {
	const public = FlagPrivate | FlagExtractable | FlagDestroyable
	const held = public | FlagSensitive
	want := map[Class]map[KeyType]Flags{
		Secret: {AES: held | FlagEncrypt | FlagDecrypt | FlagWrap | FlagUnwrap, DES3: held | FlagEncrypt | FlagDecrypt,
			RC4: held | FlagEncrypt | FlagDecrypt, GenericSecret: held},
		Public: {RSA: public | FlagEncrypt | FlagWrap | FlagVerify, EC: public | FlagVerify, DSA: public | FlagVerify,
			Edwards: public | FlagVerify, MLDSA: public | FlagVerify},
		PrivateKey: {RSA: held | FlagDecrypt | FlagUnwrap | FlagSign, EC: held | FlagSign, DSA: held | FlagSign,
			Edwards: held | FlagSign, MLDSA: held | FlagSign},
	}
	for _, c := range []Class{Public, PrivateKey, Secret, 0, 9} {
		for _, row := range append(Types, TypeRow{Type: 99}) {
			flags, exists := want[c][row.Type]
			require.Equal(t, flags, DefaultFlags(c, row.Type), "%s %s", c.Name(), row.Show)
			require.Equal(t, exists, Exists(c, row.Type), "%s %s", c.Name(), row.Show)
		}
	}
	for _, row := range Table {
		require.True(t, row.Fresh == 0 || row.Flag != 0, row.Name)
	}
}

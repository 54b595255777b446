package attr

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The numbers are PKCS#11's CKA_ constants (OASIS PKCS#11 2.40, pkcs11t.h), but for the vendor's KCV and ALL.
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

// spec/kmu.md 4.3: 20 attributes in a dump, six more in the late generation, each in a place of its own.
func TestDumpHasEachPlaceOnce(t *testing.T) {
	places := map[int]bool{}
	late := 0
	for _, row := range Table {
		if row.Dump > 0 {
			require.False(t, places[row.Dump], row.Name)
			places[row.Dump] = true
		}
		if row.Dump > 0 && row.Late {
			late++
		}
	}
	require.Len(t, places, 26)
	require.Equal(t, 6, late)
}

func TestEveryFlagHasOneRow(t *testing.T) {
	var all Flags
	for _, row := range Table {
		require.Zero(t, all&row.Flag, row.Name)
		all |= row.Flag
	}
	require.Equal(t, FlagNeverExtractable<<1-1, all)
}

// spec/kmu.md 4.4.
func TestDefaultsOfFreshKeys(t *testing.T) {
	aes := DefaultFlags(Secret, AES)
	require.True(t, aes.Has(FlagEncrypt|FlagDecrypt|FlagWrap|FlagUnwrap|FlagSensitive|FlagExtractable))
	require.False(t, aes.Has(FlagSign))
	require.False(t, DefaultFlags(Secret, DES3).Has(FlagWrap), "the documented dump of a 3DES key has WRAP 0")
	ec := DefaultFlags(PrivateKey, EC)
	require.Equal(t, FlagSign|FlagPrivate|FlagSensitive|FlagExtractable|FlagDestroyable, ec)
	require.Zero(t, DefaultFlags(Public, AES))
}

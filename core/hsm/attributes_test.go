package hsm_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
)

// Each attribute, by who may change it: of a secret key without the flag, on and off again.
func TestChangesOfEveryAttribute(t *testing.T) {
	owners := []attr.Attr{attr.Encrypt, attr.Decrypt, attr.Wrap, attr.Unwrap, attr.Sign, attr.Verify, attr.Derive, attr.Destroyable}
	can := map[attr.Attr]uint64{attr.Trusted: asAdmin, attr.WrapWithTrusted: asAlice}
	for _, a := range owners {
		can[a] = asAlice
	}
	for _, row := range attr.Table {
		if row.Attr == attr.Label {
			continue
		}
		h := desk(t)
		key := made(t, h, aes256, without(row.Flag))[0]
		session, settable := can[row.Attr]
		if !settable {
			for _, session := range []uint64{asAlice, asAdmin} {
				require.Equal(t, error(hsm.AttrReadOnly), h.SetAttribute(session, key, row.Attr, "1"), row.Name)
			}
			continue
		}
		before := h.At(key)
		require.NoError(t, h.SetAttribute(session, key, row.Attr, "0"), row.Name)
		require.Same(t, before, h.At(key), "no change, no row")
		require.NoError(t, h.SetAttribute(session, key, row.Attr, "1"), row.Name)
		require.Equal(t, before.Flags|row.Flag, h.At(key).Flags, row.Name)
		back := h.SetAttribute(session, key, row.Attr, "0")
		if row.Attr == attr.WrapWithTrusted {
			require.Equal(t, error(hsm.AttrReadOnly), back, "never again off")
			require.NoError(t, h.SetAttribute(session, key, row.Attr, "1"))
			continue
		}
		require.NoError(t, back, row.Name)
		require.Equal(t, before.Flags, h.At(key).Flags, row.Name)
	}
}

func TestWhatHasNoAttribute(t *testing.T) {
	h := desk(t)
	pair := made(t, h, p256)
	require.Equal(t, error(hsm.AttrReadOnly), h.SetAttribute(asAlice, pair[0], attr.Derive, "1"), "a public key derives nothing")
	require.NoError(t, h.SetAttribute(asAlice, pair[1], attr.Derive, "1"))
	require.Equal(t, error(hsm.AttrReadOnly), h.SetAttribute(asAlice, pair[1], 9999, "1"))
}

func TestLabels(t *testing.T) {
	h := desk(t)
	key := made(t, h, aes256)[0]
	require.NoError(t, h.SetAttribute(asAlice, key, attr.Label, "new"))
	require.Equal(t, "new", h.At(key).Label)
	label, _ := attr.Lookup(attr.Label)
	sign, _ := attr.Lookup(attr.Sign)
	for _, row := range []struct {
		row   attr.Row
		value string
		takes bool
	}{
		{label, "", false}, {label, "a b", false}, {label, "a\tb", false}, {label, "ab", true},
		{label, string(make([]byte, 127)), true}, {label, string(make([]byte, 128)), false},
		{sign, "0", true}, {sign, "1", true}, {sign, "2", false}, {sign, "", false},
	} {
		require.Equal(t, row.takes, hsm.Takes(row.row, row.value), "%s %q", row.row.Name, row.value)
	}
}

func TestValuesOfAKey(t *testing.T) {
	h := desk(t)
	pair, key := made(t, h, rsa2k), made(t, h, aes256, inSession, func(k *hsm.Key) { k.Label, k.ID = "l", "i" })[0]
	for _, row := range []struct {
		key  uint32
		a    attr.Attr
		want hsm.Value
		has  bool
	}{
		{pair[0], attr.ClassAttr, hsm.Value{Number: 2}, true}, {pair[1], attr.ClassAttr, hsm.Value{Number: 3}, true},
		{key, attr.KeyTypeAttr, hsm.Value{Number: 31}, true}, {key, attr.ValueLen, hsm.Value{Number: 32}, true},
		{pair[0], attr.ModulusBits, hsm.Value{Number: 2048}, true}, {key, attr.ModulusBits, hsm.Value{}, false},
		{key, attr.Label, hsm.Value{Text: "l"}, true}, {key, attr.ID, hsm.Value{Text: "i"}, true},
		{pair[0], attr.Modulus, hsm.Value{Bytes: h.At(pair[0]).Material.Modulus}, true}, {key, attr.Modulus, hsm.Value{}, false},
		{pair[0], attr.PublicExponent, hsm.Value{Bytes: []byte{1, 0, 1}}, true}, {key, attr.PublicExponent, hsm.Value{}, false},
		{key, attr.KCV, hsm.Value{Bytes: h.At(key).Material.KCV}, true},
		{pair[0], attr.Token, hsm.Value{Number: 1}, true}, {key, attr.Token, hsm.Value{}, true},
		{key, attr.Local, hsm.Value{Number: 1}, true}, {key, attr.Trusted, hsm.Value{}, true}, {key, attr.All, hsm.Value{}, false},
	} {
		r, _ := attr.Lookup(row.a)
		value, has := h.At(row.key).Value(r)
		require.Equal(t, row.has, has, r.Name)
		require.Equal(t, row.want, value, r.Name)
	}
}

package hsm_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
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
				refusedFor(t, hsm.ReadOnly, h.SetAttribute(session, key, row.Attr, "1"), row.Name)
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
			refusedFor(t, hsm.ReadOnly, back, "never again off")
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
	refusedFor(t, hsm.ReadOnly, h.SetAttribute(asAlice, pair[0], attr.Derive, "1"), "a public key derives nothing")
	require.NoError(t, h.SetAttribute(asAlice, pair[1], attr.Derive, "1"))
	require.Equal(t, error(hsm.Refusal{Reason: hsm.ReadOnly, Handle: pair[1], Attr: 9999}), h.SetAttribute(asAlice, pair[1], 9999, "1"))
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

// What is read through the daemon, and by an officer's tool.
func TestReadingAttributes(t *testing.T) {
	h := desk(t)
	key, pair := made(t, h, aes256)[0], made(t, h, p256)
	for _, row := range []struct {
		handle  uint32
		a       attr.Attr
		want    any // nil where it is read
		officer any
	}{
		{key, attr.Sign, nil, nil},
		{key, attr.All, nil, nil},
		{pair[0], attr.Modulus, nil, nil},
		{key, attr.Modulus, hsm.AttributeLacking, hsm.AttributeAbsent},
		{key, attr.WrapTemplate, hsm.AttributeLacking, hsm.AttributeAbsent},
		{key, 9999, hsm.NoSuchAttribute, hsm.AttributeAbsent},
		{99, attr.Sign, hsm.NoSuchKey, hsm.NoSuchKey},
		{99, attr.All, hsm.NoSuchKey, hsm.NoSuchKey},
	} {
		name := fmt.Sprint(row.handle, " ", row.a)
		k, err := h.Attribute(asAlice, row.handle, row.a)
		if row.want == nil {
			require.NoError(t, err, name)
			require.Same(t, h.At(row.handle), k, name)
		} else {
			refusedFor(t, row.want, err, name)
		}
		k, err = h.ReadAttribute(asAlice, row.handle, row.a)
		refusedFor(t, row.officer, err, name)
		require.Equal(t, err == nil, k != nil, name)
	}
	_, err := h.Attribute(asBob, key, attr.Sign)
	refusedFor(t, hsm.NoSuchKey, err, "bob")
	_, err = h.ReadAttribute(asBob, key, attr.Sign)
	refusedFor(t, hsm.NotOwner, err, "bob")
}

// spec/kmu.md 3.28: a session key becomes a token key, and that is all.
func TestSessionKeysBecomeTokenKeys(t *testing.T) {
	h := desk(t)
	key, token, theirs := made(t, h, aes256, inSession)[0], made(t, h, aes256, shared)[0], made(t, h, aes256, func(k *hsm.Key) { k.Owner, k.Shared = 4, []int{3} })[0]
	require.NoError(t, h.Settable(asAlice, key, attr.Token))
	for _, row := range []struct {
		name    string
		session uint64
		handle  uint32
		on      bool
		want    any
	}{
		{"no login", asNobody, key, true, retcode.UserNotReady},
		{"another session", asBob, key, true, hsm.NoSuchKey},
		{"somebody else's", asAlice, theirs, true, hsm.NotOwner},
		{"off", asAlice, key, false, hsm.TokenStays},
		{"a token key off", asAlice, token, false, hsm.TokenStays},
		{"off without a login", asNobody, key, false, retcode.UserNotReady},
	} {
		k, changed, err := h.SetToken(row.session, row.handle, row.on)
		refusedFor(t, row.want, err, row.name)
		require.Nil(t, k)
		require.False(t, changed)
		if row.on {
			refusedFor(t, row.want, h.Settable(row.session, row.handle, attr.Token), row.name)
		}
	}
	refusedFor(t, hsm.OnlyToken, h.Settable(asAlice, key, attr.Label), "another attribute")
	refusedFor(t, hsm.NotOwner, h.Settable(asAlice, theirs, attr.Label), "whose it is comes first")

	before, recorded := *h.At(key), len(h.Audit.Entries)
	k, changed, err := h.SetToken(asAlice, key, true)
	require.NoError(t, err)
	require.True(t, changed)
	before.Session = 0
	require.Equal(t, &before, h.At(key))
	require.Same(t, k, h.At(key))
	again, changed, err := h.SetToken(asAlice, key, true)
	require.NoError(t, err)
	require.False(t, changed)
	require.Same(t, k, again)
	require.Equal(t, []line{{hsm.CNModifyObject, retcode.Success, [2]uint32{key, 0}}}, lines(h.Audit.Entries[recorded:]))
}

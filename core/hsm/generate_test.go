package hsm_test

import (
	"context"
	"crypto/rsa"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// material returned as it is, without any computing.
type ready []*mech.Material

func (r ready) Make(context.Context, mech.Source) ([]*mech.Material, error) { return r, nil }
func (r ready) Slow() bool                                                  { return false }

// generate asks for keys of templates, which have material of their class and no more.
func generate(h *hsm.HSM, session uint64, ts ...hsm.Template) *hsm.Job[[]*hsm.Key] {
	var made ready
	for _, tm := range ts {
		made = append(made, material(tm.Class))
	}
	return h.Generate(session, hsm.GenerateRequest{Recipe: made, Templates: ts})
}

// aPair are the templates of an EC pair, changed.
func aPair(change func(*hsm.Template)) []hsm.Template {
	ts := []hsm.Template{{Class: attr.Public, Type: attr.EC, Curve: curve("secp384r1")}, {Class: attr.PrivateKey, Type: attr.EC, Curve: curve("secp384r1")}}
	for i := range ts {
		change(&ts[i])
	}
	return ts
}

func TestAPairIsMadeByOneHSM(t *testing.T) {
	h := desk(t)
	h.Node = 1
	made(t, h, aes128, func(k *hsm.Key) { k.Handle = hsm.Handle(1, 7) })
	job := h.Generate(asAlice, hsm.GenerateRequest{Recipe: p256, Templates: []hsm.Template{
		{Class: attr.Public, Type: attr.EC, Curve: curve("prime256v1"), Label: "l"},
		{Class: attr.PrivateKey, Type: attr.EC, Curve: curve("prime256v1"), Label: "l", Shared: []int{4}}}})
	require.NoError(t, job.Err)
	require.False(t, job.Slow)
	require.Nil(t, h.At(hsm.Handle(1, 6)), "nothing is there before the end")
	keys, err := done(job)
	require.NoError(t, err)
	require.Equal(t, []uint32{hsm.Handle(1, 6), hsm.Handle(1, 8)}, []uint32{keys[0].Handle, keys[1].Handle}, "the free slots")
	for i, class := range []attr.Class{attr.Public, attr.PrivateKey} {
		require.Same(t, keys[i], h.At(keys[i].Handle))
		require.Equal(t, class, keys[i].Material.Class)
		require.Equal(t, attr.DefaultFlags(class, attr.EC).Generated(class), keys[i].Flags)
		require.Equal(t, []any{3, "l", uint64(0)}, []any{keys[i].Owner, keys[i].Label, keys[i].Session})
	}
	require.Equal(t, []int{4}, keys[1].Shared)
	require.Equal(t, keys[0].Material.SPKI, keys[1].Material.SPKI)
}

func TestWhoMakesKeys(t *testing.T) {
	h := desk(t)
	for session, want := range map[uint64]any{unopened: retcode.BadSession, asNobody: retcode.UserNotReady,
		asAdmin: retcode.AccessDenied} {
		refusedFor(t, want, generate(h, session, aPair(func(*hsm.Template) {})...).Err, fmt.Sprint(session))
	}
	keys, err := done(generate(h, asBob, aPair(func(tm *hsm.Template) { tm.InSession = true })...))
	require.NoError(t, err)
	require.Equal(t, []any{4, uint64(asBob)}, []any{keys[1].Owner, keys[1].Session})
}

func TestWhatIsNotMade(t *testing.T) {
	for _, row := range []struct {
		name   string
		change func(*hsm.Template)
		want   hsm.Refusal // nothing where it is made
	}{
		{"a curve that FIPS mode has not", func(tm *hsm.Template) { tm.Curve = curve("secp521r1") },
			hsm.Refusal{Reason: hsm.SizeNotAllowed, Type: attr.EC, Curve: curve("secp521r1")}},
		{"a long label", func(tm *hsm.Template) { tm.Label = strings.Repeat("l", 128) }, hsm.Refusal{Reason: hsm.LabelTooLong, Size: 128, Max: 127}},
		{"the longest label", func(tm *hsm.Template) { tm.Label = strings.Repeat("l", 127) }, hsm.Refusal{}},
		{"shared with oneself", func(tm *hsm.Template) { tm.Shared = []int{4, 3} }, hsm.Refusal{Reason: hsm.SharedWithSelf, User: 3}},
		{"shared with an officer", func(tm *hsm.Template) { tm.Shared = []int{4, 1} }, hsm.Refusal{Reason: hsm.NotCryptoUser, User: 1}},
		{"shared with nobody", func(tm *hsm.Template) { tm.Shared = []int{99} }, hsm.Refusal{Reason: hsm.NotCryptoUser, User: 99}},
		{"a quorum of more than there are", func(tm *hsm.Template) { tm.Shared, tm.MValue = []int{4, 4}, 3 }, hsm.Refusal{Reason: hsm.MValueTooHigh, MValue: 3}},
		{"a quorum of all", func(tm *hsm.Template) { tm.Shared, tm.MValue = []int{4}, 2 }, hsm.Refusal{}},
		{"a quorum of oneself", func(tm *hsm.Template) { tm.MValue = 1 }, hsm.Refusal{Reason: hsm.MValueTooHigh, MValue: 1}},
		{"a quorum of fewer than none", func(tm *hsm.Template) { tm.Shared, tm.MValue = []int{4}, -1 }, hsm.Refusal{Reason: hsm.MValueTooHigh, MValue: -1}},
		{"an id that is taken", func(tm *hsm.Template) { tm.ID = "taken" }, hsm.Refusal{Reason: hsm.IDTaken, ID: "taken"}},
		{"from a password", func(tm *hsm.Template) { tm.FromPassword = true },
			hsm.Refusal{Reason: hsm.PasswordBased, Class: attr.Public, Type: attr.EC}},
		{"a file's key on a curve that nobody has", func(tm *hsm.Template) { tm.Unfit = mech.ErrUnsupportedCurve },
			hsm.Refusal{Reason: hsm.KeyNotAllowed, Class: attr.Public, Type: attr.EC, Why: mech.ErrUnsupportedCurve}},
		{"a weak exponent", func(tm *hsm.Template) { tm.Unfit, tm.Exponent = mech.ErrWeakExponent, 3 },
			hsm.Refusal{Reason: hsm.ExponentRefused, Number: 3}},
		{"a file's key with a weak exponent", func(tm *hsm.Template) { tm.Unfit = mech.ErrWeakExponent },
			hsm.Refusal{Reason: hsm.KeyNotAllowed, Class: attr.Public, Type: attr.EC, Why: mech.ErrWeakExponent}},
	} {
		h := desk(t)
		made(t, h, aes128, func(k *hsm.Key) { k.ID = "taken" })
		job := generate(h, asAlice, aPair(row.change)...)
		if row.want.Reason == "" {
			require.NoError(t, job.Err, row.name)
			continue
		}
		require.Equal(t, error(row.want), job.Err, row.name)
		_, err := done(job)
		require.Equal(t, error(row.want), err, row.name)
		require.Equal(t, []line{{hsm.CNGenerateKeyPair, retcode.Policy, nil}}, lines(h.Audit.Entries[len(h.Audit.Entries)-1:]), row.name)
		require.Len(t, h.Keys, 7, row.name)
	}
}

func TestAFullHSMMakesNoKeys(t *testing.T) {
	h := desk(t)
	made(t, h, aes128)
	h.KeysMax = 3
	require.NoError(t, generate(h, asAlice, aPair(func(*hsm.Template) {})...).Err)
	h.KeysMax = 2
	require.Equal(t, error(hsm.Refusal{Reason: hsm.HSMFull, Max: 2}), generate(h, asAlice, aPair(func(*hsm.Template) {})...).Err)
}

// Making takes a while, and the HSM is asked once more in the end.
func TestWhatHasChangedWhileKeysWereMade(t *testing.T) {
	for _, row := range []struct {
		name   string
		change func(h *hsm.HSM)
		want   any
	}{
		{"the id was taken", func(h *hsm.HSM) { made(t, h, aes128, func(k *hsm.Key) { k.ID = "new" }) }, hsm.IDTaken},
		{"the user has logged out", func(h *hsm.HSM) { require.NoError(t, h.Logout(asAlice)) }, retcode.UserNotReady},
		{"the HSM has filled up", func(h *hsm.HSM) { h.KeysMax = 1 }, hsm.HSMFull},
	} {
		h := desk(t)
		job := generate(h, asAlice, aPair(func(tm *hsm.Template) { tm.ID = "new" })...)
		require.NoError(t, job.Err)
		row.change(h)
		keys := h.Keys
		_, err := done(job)
		refusedFor(t, row.want, err, row.name)
		require.Equal(t, keys, h.Keys, row.name)
	}
}

// What the cluster says counts once the HSM agrees; a recipe that fails makes nothing.
func TestTheClusterHasASay(t *testing.T) {
	h := desk(t)
	request := hsm.GenerateRequest{Recipe: rsa2k, Source: mech.Source{RSA: func(context.Context, int) (*rsa.PrivateKey, error) { return nil, context.Canceled }},
		Templates: []hsm.Template{{Class: attr.Public, Type: attr.RSA, Size: 2048}, {Class: attr.PrivateKey, Type: attr.RSA, Size: 2048}}}
	asked := 0
	request.Elsewhere = func() error { asked++; return nil }
	request.Free = func(from int) int { return from + 20 }
	job := h.Generate(asAlice, request)
	require.True(t, job.Slow)
	recorded := len(h.Audit.Entries)
	_, err := done(job)
	require.ErrorIs(t, err, context.Canceled)
	require.Len(t, h.Audit.Entries, recorded)
	require.Empty(t, h.Keys)

	request.Source = readyRSA
	keys, err := done(h.Generate(asAlice, request))
	require.NoError(t, err)
	require.Equal(t, []uint32{26, 46}, []uint32{keys[0].Handle, keys[1].Handle})
	require.Equal(t, 3, asked, "twice where the keys were made, once before a recipe that failed")

	request.Elsewhere = func() error { return retcode.Policy }
	require.Equal(t, error(retcode.Policy), h.Generate(asAlice, request).Err)
	require.Equal(t, error(retcode.UserNotReady), h.Generate(asNobody, request).Err)
}

func TestIDsAreUniqueButForTheHalvesOfAPair(t *testing.T) {
	h := fresh()
	h.Put(&hsm.Key{Handle: 6, ID: "1", Material: material(attr.PrivateKey)})
	for _, row := range []struct {
		name  string
		key   hsm.Template
		taken bool
	}{
		{"no id", hsm.Template{Class: attr.PrivateKey, Type: attr.EC}, false},
		{"another id", hsm.Template{Class: attr.PrivateKey, Type: attr.EC, ID: "2"}, false},
		{"the same", hsm.Template{Class: attr.PrivateKey, Type: attr.EC, ID: "1", Origin: hsm.Imported}, true},
		{"the other half, imported", hsm.Template{Class: attr.Public, Type: attr.EC, ID: "1", Origin: hsm.Imported}, false},
		{"the other half, generated", hsm.Template{Class: attr.Public, Type: attr.EC, ID: "1"}, true},
		{"another type", hsm.Template{Class: attr.Public, Type: attr.RSA, ID: "1", Origin: hsm.Imported}, true},
		{"a secret key", hsm.Template{Class: attr.Secret, Type: attr.EC, ID: "1"}, true},
	} {
		require.Equal(t, row.taken, h.IDTaken(row.key), row.name)
	}
}

func TestSizesThatThePolicyAllows(t *testing.T) {
	for _, row := range []struct {
		kind     attr.KeyType
		size     int  // of EC: key_mgmt_util's number of the curve
		fips, no bool // allowed in FIPS mode, and without
	}{
		{attr.EC, 2, true, true}, {attr.EC, 14, true, true}, {attr.EC, 16, true, true},
		{attr.EC, 1, false, false}, {attr.EC, 0, false, false}, {attr.EC, 17, false, false}, {attr.EC, 15, false, true},
		{attr.RSA, 1024, false, false}, {attr.RSA, 1792, false, false}, {attr.RSA, 2047, false, false}, {attr.RSA, 2048, true, true}, {attr.RSA, 2304, true, true}, {attr.RSA, 2300, false, false},
		{attr.RSA, 4096, true, true}, {attr.RSA, 4352, false, false},
		{attr.DSA, 1024, false, false}, {attr.DSA, 2048, true, true}, {attr.DSA, 3072, false, false},
		{attr.AES, 15, false, false}, {attr.AES, 16, true, true}, {attr.AES, 24, true, true}, {attr.AES, 32, true, true}, {attr.AES, 64, false, false},
		{attr.DES3, 24, true, true}, {attr.DES3, 16, false, false},
		{attr.GenericSecret, 0, false, false}, {attr.GenericSecret, 1, true, true}, {attr.GenericSecret, 3583, true, true}, {attr.GenericSecret, 3584, false, false},
		{attr.RC4, 16, false, true}, {attr.RC4, 257, false, false},
		{attr.KeyType(99), 16, false, false},
	} {
		tm := hsm.Template{Type: row.kind, Size: row.size}
		if row.kind == attr.EC && row.size > 0 && row.size <= len(mech.Curves) {
			tm.Curve = mech.Curves[row.size-1]
		}
		require.Equal(t, row.fips, hsm.Policy{FIPS: true}.Allows(tm), "FIPS %v %d", row.kind, row.size)
		require.Equal(t, row.no, hsm.Policy{}.Allows(tm), "%v %d", row.kind, row.size)
	}
}

func TestAnIDIsTakenOnce(t *testing.T) {
	h := fresh()
	logIn(t, h, 1, hsm.CU, "alice")
	want := hsm.Template{Class: attr.Secret, Type: attr.AES, Size: 16, ID: "one"}
	require.NoError(t, generate(h, 1, want).Err)
	h.Put(&hsm.Key{Handle: 6, Owner: 4, ID: "one", Material: material(attr.Secret)})
	require.ErrorIs(t, generate(h, 1, want).Err, hsm.Refusal{Reason: hsm.IDTaken, ID: "one"})
}

// spec/kmu.md 3.13: the exponent is odd, 65537 or more, and below 2³¹.
func TestExponentsOfRSAPairs(t *testing.T) {
	h := desk(t)
	for exponent, want := range map[int64]bool{65537: true, 65539: true, 1<<31 - 1: true, 3: false, 65535: false, 65538: false,
		1<<31 + 1: false, -65537: false} {
		err := generate(h, asAlice, hsm.Template{Class: attr.PrivateKey, Type: attr.RSA, Size: 2048, Exponent: exponent}).Err
		if want {
			require.NoError(t, err, "%d", exponent)
			continue
		}
		require.Equal(t, hsm.Refusal{Reason: hsm.ExponentRefused, Number: exponent}, err)
	}
}

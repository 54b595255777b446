package hsm_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// The matrix of spec/cmu.md 2.6, written down a second time: who may do what.
func TestTheMatrixOfRights(t *testing.T) {
	const n, s, o, u, q, a = hsm.Never, hsm.OnSelf, hsm.OnOwn, hsm.OnUsable, hsm.OnQuorate, hsm.Always
	types := []hsm.UserType{"", hsm.PRECO, hsm.CO, hsm.CU, hsm.AU}
	want := map[hsm.Op][5]hsm.Scope{
		hsm.OpLogIn: {n, a, a, a, n}, hsm.OpChangeOwn: {n, s, s, s, s}, hsm.OpChangePassword: {n, n, a, n, n},
		hsm.OpManageUsers: {n, n, a, n, n}, hsm.OpRegisterKey: {n, n, s, s, n}, hsm.OpSetM: {n, n, a, n, n},
		hsm.OpGetM: {n, a, a, a, a}, hsm.OpListTokens: {n, a, a, a, a}, hsm.OpToken: {n, n, a, q, n},
		hsm.OpListKeys: {n, n, a, n, a}, hsm.OpReadKey: {n, n, n, u, n}, hsm.OpTrust: {n, n, a, n, n},
		hsm.OpSetAttribute: {n, n, n, o, n}, hsm.OpShare: {n, n, n, o, n}, hsm.OpSyncUser: {n, n, a, n, n},
		hsm.OpSyncKey: {n, n, a, o, n},
	}
	require.Len(t, hsm.Rights, len(want))
	for _, row := range hsm.Rights {
		for i, kind := range types {
			require.Equal(t, want[row.Op][i], hsm.Allowed(row.Op, kind), "%s by %q", row.Op, kind)
		}
	}
}

// asked are the sessions of a desk by what each is answered: nobody's, bob's, alice's, and the
// officer's.
// Each is a reason, a bare code, or nil.
type asked struct{ nobody, bob, alice, admin any }

func (a asked) check(t *testing.T, name string, ask func(session uint64) error) {
	t.Helper()
	refusedFor(t, a.nobody, ask(asNobody), name+" by nobody")
	refusedFor(t, a.nobody, ask(unopened), name+" without a session")
	refusedFor(t, a.bob, ask(asBob), name+" by bob")
	refusedFor(t, a.admin, ask(asAdmin), name+" by the officer")
	refusedFor(t, a.alice, ask(asAlice), name+" by alice")
}

func TestWhoDoesWhatWithAKey(t *testing.T) {
	const denied, no = hsm.NotOwner, hsm.NotPermitted
	for _, row := range []struct {
		name   string
		change func(*hsm.Key)
		want   asked
		ask    func(h *hsm.HSM, session uint64, k uint32) error
	}{
		{"read", nil, asked{hsm.NotLoggedIn, denied, nil, no}, read},
		{"read a shared one", shared, asked{hsm.NotLoggedIn, nil, nil, no}, read},
		{"read a session key", inSession, asked{hsm.NotLoggedIn, hsm.NoSuchKey, nil, no}, read},
		{"set an attribute", nil, asked{hsm.NotLoggedIn, denied, nil, no}, setSign},
		{"set a shared one's", shared, asked{hsm.NotLoggedIn, denied, nil, no}, setSign},
		{"set a session key's", inSession, asked{hsm.NotLoggedIn, denied, hsm.SessionKey, no}, setSign},
		{"trust", nil, asked{hsm.NotLoggedIn, no, no, nil}, trust},
		{"trust a session key", inSession, asked{hsm.NotLoggedIn, no, no, hsm.SessionKey}, trust},
		{"set what is read only", nil, asked{hsm.NotLoggedIn, hsm.ReadOnly, hsm.ReadOnly, hsm.ReadOnly},
			func(h *hsm.HSM, s uint64, k uint32) error { return h.SetAttribute(s, k, attr.Local, "0") }},
		{"share", nil, asked{hsm.NotLoggedIn, denied, nil, no}, share},
		{"share a session key", inSession, asked{hsm.NotLoggedIn, denied, hsm.SessionKey, no}, share},
		{"share a shared one", shared, asked{hsm.NotLoggedIn, denied, nil, no}, share},
		{"extract", nil, asked{hsm.NotLoggedIn, denied, nil, nil}, extract},
		{"extract a shared one", shared, asked{hsm.NotLoggedIn, denied, nil, nil}, extract},
		{"extract a session key", inSession, asked{hsm.NotLoggedIn, denied, hsm.SessionKey, hsm.SessionKey}, extract},
	} {
		h := desk(t)
		changes := []func(*hsm.Key){without(attr.FlagSign)}
		if row.change != nil {
			changes = append(changes, row.change)
		}
		key := made(t, h, aes256, changes...)[0]
		row.want.check(t, row.name, func(session uint64) error { return row.ask(h, session, key) })
		if row.want.alice != hsm.ReadOnly {
			refusedFor(t, hsm.NoSuchKey, row.ask(h, first(row.want), 99), row.name)
		}
	}
}

// first is a session that may do something with some keys.
func first(a asked) uint64 {
	if a.alice == hsm.NotPermitted {
		return asAdmin
	}
	return asAlice
}

func read(h *hsm.HSM, session uint64, k uint32) error {
	_, err := h.ReadKey(session, k)
	return err
}

func setSign(h *hsm.HSM, session uint64, k uint32) error {
	return h.SetAttribute(session, k, attr.Sign, "1")
}
func trust(h *hsm.HSM, session uint64, k uint32) error {
	return h.SetAttribute(session, k, attr.Trusted, "1")
}
func share(h *hsm.HSM, session uint64, k uint32) error { return h.Share(session, k, []int{4}, true) }
func extract(h *hsm.HSM, session uint64, k uint32) error {
	_, err := h.ExtractKey(session, k)
	return err
}

func TestWhoDeletesAKey(t *testing.T) {
	h := desk(t)
	key, kept := made(t, h, aes256, shared)[0], made(t, h, aes256, without(attr.FlagDestroyable))[0]
	for session, want := range map[uint64]any{unopened: retcode.BadSession, asNobody: retcode.UserNotReady,
		asAdmin: hsm.NotPermitted, asBob: hsm.NotOwner} {
		_, err := h.Delete(session, key)
		refusedFor(t, want, err, fmt.Sprint(session))
		require.NotNil(t, h.At(key))
	}
	_, err := h.Delete(asAlice, 99)
	refusedFor(t, hsm.NoSuchKey, err, "no key")
	_, err = h.Delete(asAlice, kept)
	require.Equal(t, error(hsm.Refusal{Reason: hsm.NotDestroyable, Handle: kept, Attr: attr.Destroyable}), err)
	require.NotNil(t, h.At(kept))

	k, recorded := h.At(key), len(h.Audit.Entries)
	gone, err := h.Delete(asAlice, key)
	require.NoError(t, err)
	require.Same(t, k, gone)
	require.Nil(t, h.At(key))
	require.Equal(t, []line{{hsm.CNDestroyObject, retcode.Success, [2]uint32{key, 0}}}, lines(h.Audit.Entries[recorded:]))
}

// Where another HSM has deleted a key, this one follows, whoever is logged in; once.
func TestAnHSMFollowsInDeleting(t *testing.T) {
	h := desk(t)
	key, recorded := made(t, h, aes256, without(attr.FlagDestroyable))[0], len(h.Audit.Entries)
	k := h.At(key)
	for range 2 {
		h.DeleteToo(asNobody, k)
		require.Nil(t, h.At(key))
		require.Len(t, h.Audit.Entries, recorded+1)
	}
}

func TestWhoListsKeys(t *testing.T) {
	h := desk(t)
	own, given := made(t, h, aes256)[0], made(t, h, aes256, shared)[0]
	made(t, h, aes256, inSession)
	asked{hsm.NotLoggedIn, hsm.NotPermitted, hsm.NotPermitted, nil}.check(t, "list", func(session uint64) error {
		_, err := h.KeysOf(session, 0)
		return err
	})
	for user, want := range map[int][]hsm.Listed{3: {{own, true}, {given, true}}, 4: {{given, false}}, 0: {{own, true}, {given, true}}} {
		keys, err := h.KeysOf(asAdmin, user)
		require.NoError(t, err)
		require.Equal(t, want, keys, "user %d", user)
	}
}

func TestWhatSharingTakes(t *testing.T) {
	h := desk(t)
	h.PutUser(&hsm.User{ID: 5, Type: hsm.CU, Name: "carol"})
	key := made(t, h, aes256, shared)[0]
	three := made(t, h, aes256, func(k *hsm.Key) { k.Shared, k.MValue = []int{4, 5}, 3 })[0]
	manage := made(t, h, aes256, func(k *hsm.Key) { k.Shared, k.Manage = []int{4, 5}, 3 })[0]
	two := made(t, h, aes256, func(k *hsm.Key) { k.Shared, k.MValue = []int{4, 5}, 2 })[0]
	for _, row := range []struct {
		what   string
		handle uint32
		users  []int
		share  bool
		want   hsm.Refusal
	}{
		{"no key", 99, []int{4}, true, hsm.Refusal{Reason: hsm.NoSuchKey}},
		{"a session key", made(t, h, aes256, inSession)[0], []int{4}, true, hsm.Refusal{Reason: hsm.SessionKey}},
		{"a public key", made(t, h, p256)[0], []int{4}, true, hsm.Refusal{Reason: hsm.PublicNotShared}},
		{"a public key, back", made(t, h, p256)[0], []int{4}, false, hsm.Refusal{Reason: hsm.PublicNotShared}},
		{"a fixed key", made(t, h, aes256, with(attr.FlagFixed))[0], []int{4}, true, hsm.Refusal{Reason: hsm.NotModifiable}},
		{"with an officer", key, []int{4, 1}, true, hsm.Refusal{Reason: hsm.NoSuchSharer, User: 1}},
		{"with oneself", key, []int{3}, true, hsm.Refusal{Reason: hsm.NoSuchSharer, User: 3}},
		{"back from nobody", key, []int{77}, false, hsm.Refusal{Reason: hsm.NoSuchSharer, User: 77}},
		{"too few to approve a use", three, []int{5}, false, hsm.Refusal{Reason: hsm.TooFewSharers, MValue: 3}},
		{"too few to approve a change, and nobody has", manage, []int{4}, false, hsm.Refusal{Reason: hsm.ApprovalsMissing, MValue: 3}},
		{"without approvals", two, []int{5}, false, hsm.Refusal{Reason: hsm.ApprovalsMissing, MValue: 2}},
	} {
		row.want.Handle = row.handle
		before := h.At(row.handle)
		require.Equal(t, error(row.want), h.Share(asAlice, row.handle, row.users, row.share), row.what)
		require.Same(t, before, h.At(row.handle), row.what)
	}
	require.NoError(t, h.Share(asAlice, key, []int{5, 4}, true))
	require.Equal(t, []int{4, 5}, h.At(key).Shared)
	require.NoError(t, h.Share(asAlice, key, []int{4}, false))
	require.Equal(t, []int{5}, h.At(key).Shared)
}

func TestCopiesFromOtherHSMs(t *testing.T) {
	from, h := desk(t), desk(t)
	key := made(t, from, aes256, shared)[0]
	k := from.At(key)
	asked{hsm.NotLoggedIn, nil, nil, nil}.check(t, "insert", func(session uint64) error {
		h.Erase(key)
		return h.InsertKey(session, from, k)
	})
	require.Same(t, k, h.At(key))
	require.Equal(t, error(hsm.Refusal{Reason: hsm.HandleTaken, Handle: key}), h.InsertKey(asAdmin, from, k))
	h.Erase(key)
	h.KeysMax = 0
	require.Equal(t, error(hsm.Refusal{Reason: hsm.NoRoomForCopy, Handle: key}), h.InsertKey(asAdmin, from, k))
	h.KeysMax = 10
	strange := *k
	strange.Owner = 77
	require.Equal(t, error(retcode.UserNotReady), h.InsertKey(asAdmin, from, &strange), "nobody would own it")
}

package hsm_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// people adds the types of users that [fresh] lacks: one of each, and keys of alice's: 6 hers
// alone, 7 shared with bob, who has 8, which asks for one approval.
func people(t *testing.T) *hsm.HSM {
	h := fresh()
	h.SessMax = 10
	for _, u := range []hsm.User{{ID: 8, Type: hsm.PRECO, Name: "first"}, {ID: 9, Type: hsm.AU, Name: "app"}} {
		u.Salt = []byte{byte(u.ID)}
		u.Verifier = hsm.Derive("password", u.Salt)
		h.PutUser(&u)
	}
	for _, k := range []hsm.Key{{Handle: 6, Owner: 3}, {Handle: 7, Owner: 3, Shared: []int{4}}, {Handle: 8, Owner: 4, MValue: 1}} {
		k.Material = material(attr.PrivateKey)
		h.Put(&k)
	}
	return h
}

// TestWhoMayDoWhatThroughTheOfficersTool is the matrix of spec/cmu.md 2.6, asked of an HSM. The
// columns are nobody, PRECO, CO, CU, AU: n is refused for want of a login, x for the type of user,
// k for the key, and - is not refused.
func TestWhoMayDoWhatThroughTheOfficersTool(t *testing.T) {
	secret := func() hsm.Secret { return hsm.Secret{Salt: []byte{1}, Verifier: []byte{2}} }
	other := fresh()
	names := map[hsm.UserType]string{hsm.PRECO: "first", hsm.CO: "admin", hsm.CU: "alice", hsm.AU: "app"}
	for _, row := range []struct {
		what, want string
		do         func(h *hsm.HSM, me hsm.UserType) error
	}{
		{"change one's own password", "n----", func(h *hsm.HSM, me hsm.UserType) error {
			return h.ChangePassword(1, me, names[me], secret())
		}},
		{"change somebody else's", "nx-xx", func(h *hsm.HSM, _ hsm.UserType) error {
			return h.ChangePassword(1, hsm.CU, "bob", secret())
		}},
		{"make a user", "nx-xx", func(h *hsm.HSM, _ hsm.UserType) error {
			return h.CreateUser(1, hsm.NewUser{Type: hsm.CU, Name: "carol", Secret: secret()})
		}},
		{"delete a user", "nx-xx", func(h *hsm.HSM, _ hsm.UserType) error {
			h.Erase(8)
			_, err := h.DeleteUser(1, hsm.CU, "bob")
			return err
		}},
		{"register a key", "nx--x", func(h *hsm.HSM, me hsm.UserType) error {
			return h.RegisterKey(1, me, names[me], nil, nil, nil)
		}},
		{"set an M value", "nx-xx", func(h *hsm.HSM, _ hsm.UserType) error { return h.SetM(1, hsm.UserMgmt, 2) }},
		{"read an M value", "n----", func(h *hsm.HSM, _ hsm.UserType) error { _, err := h.M(1, hsm.UserMgmt); return err }},
		{"list tokens", "n----", func(h *hsm.HSM, _ hsm.UserType) error { _, err := h.ListTokens(1); return err }},
		{"get a token for a service", "nx-xx", func(h *hsm.HSM, me hsm.UserType) error {
			_, err := h.NewToken(1, hsm.Request{Service: hsm.UserMgmt, Name: names[me]})
			return err
		}},
		{"delete tokens", "nx--x", func(h *hsm.HSM, _ hsm.UserType) error { return h.DeleteTokens(1, true) }},
		{"list the keys of all", "nx-x-", func(h *hsm.HSM, _ hsm.UserType) error { _, err := h.KeysOf(1, 0); return err }},
		{"read a key", "nxx-x", func(h *hsm.HSM, _ hsm.UserType) error { _, err := h.ReadKey(1, 6); return err }},
		{"read somebody else's key", "nxxkx", func(h *hsm.HSM, _ hsm.UserType) error { _, err := h.ReadKey(1, 8); return err }},
		{"trust a key", "nx-xx", func(h *hsm.HSM, _ hsm.UserType) error { return h.SetAttribute(1, 6, attr.Trusted, "1") }},
		{"change an attribute", "nxx-x", func(h *hsm.HSM, _ hsm.UserType) error { return h.SetAttribute(1, 6, attr.Encrypt, "1") }},
		{"change somebody else's key", "nxxkx", func(h *hsm.HSM, _ hsm.UserType) error { return h.SetAttribute(1, 8, attr.Encrypt, "1") }},
		{"share a key", "nxx-x", func(h *hsm.HSM, _ hsm.UserType) error { return h.Share(1, 6, []int{4}, true) }},
		{"share somebody else's key", "nxxkx", func(h *hsm.HSM, _ hsm.UserType) error { return h.Share(1, 8, []int{3}, true) }},
		{"copy a user out", "nx-xx", func(h *hsm.HSM, _ hsm.UserType) error { _, err := h.ExtractUser(1, 4); return err }},
		{"copy a user in", "nx-xx", func(h *hsm.HSM, _ hsm.UserType) error {
			return h.InsertUser(1, &hsm.User{ID: 20, Type: hsm.CU, Name: "carol"})
		}},
		{"copy a key out", "nx--x", func(h *hsm.HSM, _ hsm.UserType) error { _, err := h.ExtractKey(1, 6); return err }},
		{"copy somebody else's key out", "nx-kx", func(h *hsm.HSM, _ hsm.UserType) error { _, err := h.ExtractKey(1, 8); return err }},
		{"copy a key in", "nx--x", func(h *hsm.HSM, _ hsm.UserType) error {
			return h.InsertKey(1, other, &hsm.Key{Handle: 9, Owner: 4, Material: material(attr.PrivateKey)})
		}},
	} {
		t.Run(row.what, func(t *testing.T) {
			got := ""
			for _, me := range []hsm.UserType{"", hsm.PRECO, hsm.CO, hsm.CU, hsm.AU} {
				h := people(t)
				require.NoError(t, h.OpenSession(1))
				if me != "" {
					require.NoError(t, h.Login(1, me, names[me], proof("password")))
				}
				got += answered(row.do(h, me))
			}
			require.Equal(t, row.want, got)
		})
	}
}

// answered is the letter of an answer in the matrix.
func answered(err error) string {
	switch {
	case errors.Is(err, hsm.NotLoggedIn):
		return "n"
	case errors.Is(err, hsm.NotPermitted):
		return "x"
	case errors.Is(err, retcode.AccessDenied):
		return "k"
	}
	return "-" // what else is wrong is not about rights
}

func TestWhoLogsInToTheOfficersTool(t *testing.T) {
	h := people(t)
	for i, row := range []struct {
		as   hsm.UserType
		name string
		want error
	}{
		{hsm.PRECO, "first", nil}, {hsm.CO, "admin", nil}, {hsm.CU, "alice", nil}, {hsm.AU, "app", retcode.BadUserType},
	} {
		session := uint64(i + 1)
		require.NoError(t, h.OpenSession(session))
		require.Equal(t, row.want, h.LogInSigned(session, row.as, row.name, proof("password"), nil), row.name)
		require.Equal(t, row.want == nil, h.LoggedIn(session), row.name)
	}
}

// TestWhoMayUseAKey is spec/kmu.md 2.8: what a session sees of keys, by whose they are.
func TestWhoMayUseAKey(t *testing.T) {
	h := people(t)
	for session, name := range map[uint64]string{1: "alice", 2: "bob", 3: "alice"} {
		logIn(t, h, session, hsm.CU, name)
	}
	h.Put(&hsm.Key{Handle: 9, Owner: 3, Session: 1, Material: material(attr.PrivateKey)})
	h.Put(&hsm.Key{Handle: 10, Owner: 3, Material: material(attr.Public)})
	h.Put(&hsm.Key{Handle: 11, Owner: 3, Session: 1, Material: material(attr.Public)})
	use := func(session uint64, handle uint32) error { _, err := h.Key(session, handle); return err }
	own := func(session uint64, handle uint32) error { _, err := h.OwnKey(session, handle); return err }
	for _, row := range []struct {
		what     string
		handle   uint32
		use, own string // by alice, bob, and alice in another session: y, n for no such key, d for denied
	}{
		{"one's own", 6, "yny", "yny"},
		{"shared", 7, "yyy", "ydy"},
		{"in a session", 9, "ynn", "ynn"},
		{"public", 10, "yyy", "ydy"},
		{"public in a session", 11, "ynn", "ynn"},
		{"none", 12, "nnn", "nnn"},
	} {
		got := [2]string{}
		for i, ask := range []func(uint64, uint32) error{use, own} {
			for session := range uint64(3) {
				got[i] += map[retcode.Code]string{retcode.BadHandle: "n", retcode.AccessDenied: "d", retcode.Success: "y"}[retcode.Of(ask(session+1, row.handle))]
			}
		}
		require.Equal(t, [2]string{row.use, row.own}, got, row.what)
		found, err := h.Find(2, func(k *hsm.Key) bool { return k.Handle == row.handle })
		require.NoError(t, err)
		require.Equal(t, strings.Count(row.use[1:2], "y"), len(found), row.what)
	}
	logIn(t, h, 4, hsm.CO, "admin")
	require.Equal(t, hsm.NotPermitted, use(4, 10))
}

package hsm_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// fresh returns an HSM with an officer, two crypto users and room for ten keys.
func fresh() *hsm.HSM {
	h := &hsm.HSM{Policy: hsm.Policy{FIPS: true}, KeysMax: 10, SessMax: 3}
	for _, u := range []hsm.User{{ID: 1, Type: hsm.CO, Name: "admin"}, {ID: 3, Type: hsm.CU, Name: "alice"}, {ID: 4, Type: hsm.CU, Name: "bob"}} {
		u.Salt = []byte{byte(u.ID)}
		u.Verifier = hsm.Derive("password", u.Salt)
		h.PutUser(&u)
	}
	return h
}

func proof(password string) hsm.Prover {
	return func(salt []byte) []byte { return hsm.Derive(password, salt) }
}

// logIn opens a session with a login.
func logIn(t *testing.T, h *hsm.HSM, session uint64, kind hsm.UserType, name string) *hsm.Session {
	require.NoError(t, h.OpenSession(session))
	require.NoError(t, h.Login(session, kind, name, proof("password")))
	return h.Sessions[len(h.Sessions)-1]
}

func material(class attr.Class) *mech.Material { return &mech.Material{Class: class, Type: attr.EC} }

func TestHandlesAreNodeAndSlot(t *testing.T) {
	for _, row := range []struct {
		node, slot int
		handle     uint32
	}{{0, 6, 6}, {1, 6, 262150}, {2, 16, 524304}, {8, 3025, 2100177}, {27, 3305, 7081193}} {
		require.Equal(t, row.handle, hsm.Handle(row.node, row.slot))
		require.Equal(t, row.slot, hsm.Slot(row.handle))
	}
}

func TestASlotTakesOneKey(t *testing.T) {
	h := fresh()
	require.Nil(t, h.At(262150))
	h.Put(&hsm.Key{Handle: 262150, Material: material(attr.Public)})
	require.NotNil(t, h.At(262150))
	require.Nil(t, h.At(6))
	require.Panics(t, func() { h.Put(&hsm.Key{Handle: 6}) })
	h.Erase(6) // another key: stays
	require.NotNil(t, h.At(262150))
	h.Erase(262150)
	require.Nil(t, h.At(262150))
	h.Put(&hsm.Key{Handle: 6, Material: material(attr.Public)})
	h.Put(&hsm.Key{Handle: 7, Session: 1, Material: material(attr.Public)})
	token, session := h.Count()
	require.Equal(t, []int{1, 1, 8}, []int{token, session, h.Room()})
}

// TestKeysFitInFreeSlots fills the ten places with gaps between them, as deleted keys leave them.
func TestKeysFitInFreeSlots(t *testing.T) {
	h := fresh()
	for i := range 9 {
		require.True(t, h.Fits(10-i))
		require.False(t, h.Fits(11-i))
		h.Put(&hsm.Key{Handle: uint32(hsm.FirstSlot + 3*i), Material: material(attr.Public)})
	}
	require.True(t, h.Fits(1))
	require.False(t, h.Fits(2))
	h.Erase(hsm.FirstSlot)
	require.True(t, h.Fits(2))
	require.False(t, h.Fits(3))
}

func TestACopySharesRowsAndNoTables(t *testing.T) {
	h := fresh()
	s := logIn(t, h, 1, hsm.CU, "alice")
	k := hsm.Template{Class: attr.Public, Type: attr.EC, InSession: true}.Key(6, s, material(attr.Public))
	h.Put(k)
	c := h.Copy()
	require.Equal(t, h, c)
	require.Same(t, h.Keys[6], c.Keys[6])
	c.Restart()
	c.PutUser(&hsm.User{ID: 2, Type: hsm.AU, Name: "app_user"})
	require.Same(t, k, h.At(6))
	require.Len(t, h.Users, 3)
	require.Len(t, h.Sessions, 1)
	require.Nil(t, c.At(6))
}

func TestFlagsOfAFreshKey(t *testing.T) {
	const made = attr.FlagLocal | attr.FlagAlwaysSensitive
	private := attr.DefaultFlags(attr.PrivateKey, attr.EC)
	public := attr.DefaultFlags(attr.Public, attr.EC)
	for _, row := range []struct {
		name string
		from hsm.Template
		want attr.Flags
	}{
		{"private", hsm.Template{Class: attr.PrivateKey}, private | made},
		{"private -nex", hsm.Template{Class: attr.PrivateKey, NotExtractable: true},
			private&^attr.FlagExtractable | made | attr.FlagNeverExtractable},
		{"public -nex stays extractable", hsm.Template{Class: attr.Public, NotExtractable: true}, public | attr.FlagLocal},
		{"imported", hsm.Template{Class: attr.PrivateKey, Origin: hsm.Imported}, private},
		{"imported -nex", hsm.Template{Class: attr.PrivateKey, Origin: hsm.Imported, NotExtractable: true}, private &^ attr.FlagExtractable},
		{"given flags", hsm.Template{Class: attr.PrivateKey, Origin: hsm.Imported, Flags: attr.FlagWrap}, attr.FlagWrap},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.from.Type = attr.EC
			require.Equal(t, row.want, row.from.Key(6, &hsm.Session{User: 3}, material(row.from.Class)).Flags)
		})
	}
}

func TestSharersAreOfPrivateAndSecretKeys(t *testing.T) {
	s := &hsm.Session{ID: 9, User: 3}
	from := hsm.Template{Class: attr.PrivateKey, Type: attr.EC, Shared: []int{6, 4, 6}, MValue: 2, Label: "l", ID: "i"}
	k := from.Key(6, s, material(attr.PrivateKey))
	require.Equal(t, []int{6, 4}, k.Shared, "in the order of sharing")
	require.Equal(t, []int{6, 4, 6}, from.Shared)
	require.Equal(t, 2, k.MValue)
	require.Equal(t, []any{3, "l", "i", uint64(0)}, []any{k.Owner, k.Label, k.ID, k.Session})
	from.Class, from.InSession = attr.Public, true
	k = from.Key(6, s, material(attr.Public))
	require.Empty(t, k.Shared)
	require.Zero(t, k.MValue)
	require.Equal(t, s.ID, k.Session)
}

func TestASessionEndsWithItsKeys(t *testing.T) {
	for _, row := range []struct {
		name string
		end  func(*hsm.HSM)
		left int // sessions
	}{
		{"log out", func(h *hsm.HSM) { require.NoError(t, h.Logout(1)) }, 2},
		{"close", func(h *hsm.HSM) { h.CloseSession(1) }, 1},
		{"restart", (*hsm.HSM).Restart, 0},
		{"lost connection", (*hsm.HSM).Disconnect, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			h := fresh()
			alice, bob := logIn(t, h, 1, hsm.CU, "alice"), logIn(t, h, 2, hsm.CU, "bob")
			one := hsm.Template{Class: attr.PrivateKey, Type: attr.EC, InSession: true}
			h.Put(one.Key(6, alice, material(attr.PrivateKey)))
			h.Put(one.Key(7, bob, material(attr.PrivateKey)))
			one.InSession = false
			h.Put(one.Key(8, alice, material(attr.PrivateKey)))
			row.end(h)
			require.Len(t, h.Sessions, row.left)
			require.Nil(t, h.At(6))
			require.Equal(t, row.left > 0, h.At(7) != nil)
			require.NotNil(t, h.At(8))
			require.False(t, h.LoggedIn(1))
		})
	}
}

func TestSessionsAreLimitedAndOpenedOnce(t *testing.T) {
	h := fresh()
	for _, id := range []uint64{1, 2, 2, 3} {
		require.NoError(t, h.OpenSession(id))
	}
	require.Equal(t, retcode.MaxSessions, h.OpenSession(4))
	require.Len(t, h.Sessions, 3)
	require.Equal(t, retcode.BadSession, h.Login(4, hsm.CU, "alice", proof("password")))
	require.Equal(t, retcode.UserNotReady, h.Logout(1))
	require.Equal(t, retcode.BadSession, h.Logout(4))
}

func TestARowOfAUserIsReplacedNotChanged(t *testing.T) {
	h := fresh()
	require.NoError(t, h.OpenSession(1))
	before := h.UserByID(3)
	require.Equal(t, retcode.LoginFailure, h.Login(1, hsm.CU, "alice", proof("wrong")))
	require.Zero(t, before.Failures)
	require.Equal(t, 1, h.UserByID(3).Failures)
	require.NoError(t, h.Login(1, hsm.CU, "ALICE", proof("password")))
	require.Zero(t, h.UserByID(3).Failures)
}

func TestALockedUserIsRefusedWithTheRightPassword(t *testing.T) {
	h := fresh()
	require.NoError(t, h.OpenSession(1))
	for wrong := 1; wrong <= hsm.LoginsWrongMax+1; wrong++ {
		require.False(t, h.UserByID(3).Locked())
		require.Equal(t, retcode.LoginFailure, h.Login(1, hsm.CU, "alice", proof("wrong")))
	}
	require.True(t, h.UserByID(3).Locked())
	require.Equal(t, retcode.LoginFailure, h.Login(1, hsm.CU, "alice", proof("password")))
	require.Equal(t, hsm.LoginsWrongMax+1, h.UserByID(3).Failures)
	require.NoError(t, h.Login(1, hsm.CU, "bob", proof("password")))
}

func TestUsersStandByID(t *testing.T) {
	h := fresh()
	h.PutUser(&hsm.User{ID: 2, Name: "app_user", Type: hsm.AU})
	h.PutUser(&hsm.User{ID: 9, Name: "last", Type: hsm.CU})
	h.PutUser(&hsm.User{ID: 3, Name: "carol", Type: hsm.CU})
	var ids []int
	for _, u := range h.Users {
		ids = append(ids, u.ID)
	}
	require.Equal(t, []int{1, 2, 3, 4, 9}, ids)
	require.Equal(t, "carol", h.UserByID(3).Name)
	require.Nil(t, h.UserByID(5))
	require.Nil(t, h.UserNamed(hsm.CU, "admin"))
	require.NotNil(t, h.UserNamed(hsm.CO, "Admin"))
	require.NoError(t, h.Check())
}

func TestCopiesNeedAnOwnerAndRoom(t *testing.T) {
	h := fresh()
	of := func(owner int) *hsm.Key {
		return &hsm.Key{Handle: 6, Owner: owner, Material: material(attr.PrivateKey)}
	}
	require.True(t, h.Accepts(h, of(3)))
	require.False(t, h.Accepts(h, of(3), of(5)))
	require.False(t, h.Accepts(h, of(1)), "an officer owns no keys")
	h.KeysMax = 1
	require.False(t, h.Accepts(h, of(3), of(4)))
}

func TestRefusalsAreErrorsWithTheCodeInside(t *testing.T) {
	require.ErrorIs(t, hsm.Refusal{Reason: hsm.IDTaken}, retcode.Policy)
	require.Equal(t, retcode.Policy.Error()+" (id)", hsm.Refusal{Reason: hsm.IDTaken}.Error())
	require.ErrorIs(t, hsm.Refusal{Reason: hsm.QuorumMissing, MValue: 2}, retcode.NotApproved)
	require.ErrorIs(t, hsm.Refusal{Reason: hsm.NameTaken, User: 3}, hsm.UserExists)
	require.EqualError(t, hsm.UserExists, "HSM Error: This user is already created")
}

// curve returns the curve of a name.
func curve(name string) *mech.Curve {
	c, _ := mech.CurveNamed(name)
	return c
}

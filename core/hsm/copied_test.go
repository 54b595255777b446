package hsm_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// The number 7 is ann on one HSM and carol on another, since users are not synchronised.
func TestACopyOfAKeyGoesByName(t *testing.T) {
	ann := func(owner int, shared ...int) *hsm.Key {
		return &hsm.Key{Handle: 6, Owner: owner, Shared: shared, Material: material(attr.PrivateKey)}
	}
	here, there := fresh(), fresh()
	there.PutUser(&hsm.User{ID: 7, Name: "ann", Type: hsm.CU})
	require.False(t, here.Accepts(there, ann(7)), "nobody has the number")
	here.PutUser(&hsm.User{ID: 7, Name: "carol", Type: hsm.CU})
	require.False(t, here.Accepts(there, ann(7)), "somebody else has the number")

	shared := ann(3, 4, 7)
	require.True(t, here.Accepts(there, shared))
	here.PutCopy(there, shared)
	require.Equal(t, []int{4}, here.At(6).Shared)
	require.Equal(t, []int{4, 7}, shared.Shared, "rows are not changed in place")

	here.PutUser(&hsm.User{ID: 7, Name: "Ann", Type: hsm.CU})
	here.PutCopy(there, shared)
	require.Same(t, shared, here.At(6), "capital letters do not count, and equal rows are one")
}

func TestACopyLandsInAFreeSlotOnly(t *testing.T) {
	there := fresh()
	taken := hsm.Refusal{Reason: hsm.HandleTaken, Handle: 6}
	for _, row := range []struct {
		name string
		held uint32
		want error
	}{
		{"the key itself", 6, taken},
		{"another HSM's key in the slot", hsm.Handle(1, 6), taken},
		{"a key in the slot beside", 7, nil},
	} {
		here := fresh()
		here.Put(&hsm.Key{Handle: row.held, Owner: 3, Material: material(attr.PrivateKey)})
		logIn(t, here, 1, hsm.CO, "admin")
		k := &hsm.Key{Handle: 6, Owner: 4, Material: material(attr.PrivateKey)}
		require.Equal(t, row.want, here.InsertKey(1, there, k), row.name)
		require.Equal(t, row.want == nil, here.At(6) == k, row.name)
	}
}

func TestWhoLosesAKeyLosesHisApprovalsOfIt(t *testing.T) {
	h := fresh()
	logIn(t, h, 1, hsm.CU, "alice")
	for _, handle := range []uint32{6, 7} {
		h.Put(&hsm.Key{Handle: handle, Owner: 3, Shared: []int{4}, Material: material(attr.PrivateKey)})
		h.Quorum.Tokens = append(h.Quorum.Tokens, &hsm.Token{ID: int(handle), Handle: handle, User: 3, Session: 1, Approvers: []int{3, 4}})
	}
	require.NoError(t, h.Share(1, 6, []int{4}, false))
	require.Equal(t, []int{3}, h.Quorum.Tokens[0].Approvers)
	require.Equal(t, []int{3, 4}, h.Quorum.Tokens[1].Approvers)
}

// A copy of a user comes over himself or is new; it never becomes somebody else, nor himself with
// another type.
func TestACopyOfAUserComesOverHimself(t *testing.T) {
	for _, row := range []struct {
		what string
		u    hsm.User
		want error
	}{
		{"himself", hsm.User{ID: 4, Type: hsm.CU, Name: "bob"}, nil},
		{"himself, in capital letters", hsm.User{ID: 4, Type: hsm.CU, Name: "BOB"}, nil},
		{"new", hsm.User{ID: 7, Type: hsm.CU, Name: "ann"}, nil},
		{"of another type", hsm.User{ID: 4, Type: hsm.CO, Name: "bob"}, hsm.Refusal{Reason: hsm.NameTaken, User: 4}},
		{"of another name", hsm.User{ID: 4, Type: hsm.CU, Name: "ann"}, hsm.Refusal{Reason: hsm.NameTaken, User: 4}},
		{"of another number", hsm.User{ID: 7, Type: hsm.CU, Name: "bob"}, hsm.Refusal{Reason: hsm.NameTaken, User: 4}},
		{"two others", hsm.User{ID: 3, Type: hsm.CU, Name: "bob"}, hsm.Refusal{Reason: hsm.NameTaken, User: 3}},
	} {
		h := fresh()
		logIn(t, h, 1, hsm.CO, "admin")
		before := slices.Clone(h.Users)
		row.u.Verifier, row.u.Failures = []byte{1}, 2
		require.Equal(t, row.want, h.InsertUser(1, &row.u), row.what)
		if row.want != nil {
			require.Equal(t, before, h.Users, row.what)
			continue
		}
		row.u.Failures = 0 // they were counted elsewhere
		require.Equal(t, &row.u, h.UserByID(row.u.ID), row.what)
	}
}

func TestAFullHSMTakesNoNewUser(t *testing.T) {
	h := fresh()
	logIn(t, h, 1, hsm.CO, "admin")
	for id := 10; len(h.Users) < hsm.UsersMax; id++ {
		h.PutUser(&hsm.User{ID: id, Type: hsm.CU, Name: fmt.Sprint("user", id)})
	}
	require.Equal(t, hsm.TooManyUsers, h.InsertUser(1, &hsm.User{ID: 7, Type: hsm.CU, Name: "ann"}))
	require.Equal(t, hsm.TooManyUsers, h.CreateUser(1, hsm.NewUser{Type: hsm.CU, Name: "ann"}))
	require.NoError(t, h.InsertUser(1, &hsm.User{ID: 4, Type: hsm.CU, Name: "bob"}), "he is there")
	require.Len(t, h.Users, hsm.UsersMax)
}

func TestWhichUsersAreCopied(t *testing.T) {
	h := fresh()
	logIn(t, h, 1, hsm.CO, "admin")
	h.PutUser(&hsm.User{ID: 5, Type: hsm.AU, Name: "app_user"})
	for id, want := range map[int]error{1: nil, 3: nil, 5: hsm.NotPermitted, 9: retcode.UserNotReady} {
		u, err := h.ExtractUser(1, id)
		require.Equal(t, want, err, id)
		require.Equal(t, want == nil, u != nil, id)
	}
}

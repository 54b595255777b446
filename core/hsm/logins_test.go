package hsm_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
)

func TestANewPasswordUnlocks(t *testing.T) {
	h := fresh()
	require.NoError(t, h.OpenSession(1))
	for range hsm.LoginsWrongMax + 1 {
		require.Error(t, h.Login(1, hsm.CU, "alice", proof("wrong")))
	}
	require.True(t, h.UserByID(3).Locked())
	logIn(t, h, 2, hsm.CO, "admin")
	salt := []byte{9}
	require.NoError(t, h.ChangePassword(2, hsm.CU, "alice", hsm.Secret{Salt: salt, Verifier: hsm.Derive("another1", salt)}))
	require.Zero(t, h.UserByID(3).Failures)
	require.NoError(t, h.Login(1, hsm.CU, "alice", proof("another1")))
}

func TestATokenIsOneLogins(t *testing.T) {
	h := fresh()
	logIn(t, h, 1, hsm.CU, "alice")
	logIn(t, h, 2, hsm.CU, "alice")
	h.Put(&hsm.Key{Handle: 6, Owner: 3, Shared: []int{4}, MValue: 1, Material: material(attr.PrivateKey)})
	h.Quorum.Tokens = []*hsm.Token{{ID: 1, Service: hsm.UserMgmt, Handle: 6, User: 3, Session: 1, Approvers: []int{4}}}
	refusedFor(t, hsm.ApprovalsMissing, h.Share(2, 6, []int{4}, true), "the same user, another login")
	require.NoError(t, h.Share(1, 6, []int{4}, true))
}

func TestASessionIsOneUsers(t *testing.T) {
	h := fresh()
	logIn(t, h, 1, hsm.CU, "alice")
	require.Equal(t, error(hsm.OtherLoggedIn), h.Login(1, hsm.CU, "bob", proof("password")))
	require.Equal(t, error(hsm.OtherLoggedIn), h.Login(1, hsm.CO, "admin", proof("wrong")), "no password is looked at")
	require.Zero(t, h.UserByID(1).Failures)
	require.NoError(t, h.Login(1, hsm.CU, "alice", proof("password")), "once more")
	require.Equal(t, 3, h.SessionUser(1).ID)
}

func TestAUserWhoIsLoggedInIsNotDeleted(t *testing.T) {
	h := fresh()
	logIn(t, h, 1, hsm.CO, "admin")
	logIn(t, h, 2, hsm.CU, "bob")
	_, err := h.DeleteUser(1, hsm.CU, "bob")
	require.Equal(t, hsm.UserActive, err)
	_, err = h.DeleteUser(1, hsm.CO, "admin")
	require.Equal(t, hsm.UserActive, err, "himself")
	require.NoError(t, h.Logout(2))
	_, err = h.DeleteUser(1, hsm.CU, "bob")
	require.NoError(t, err)
	require.Nil(t, h.UserByID(4))
}

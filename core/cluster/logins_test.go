package cluster_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

func TestNobodyElseLogsInWhereOnlyOthersHaveLetTheUserIn(t *testing.T) {
	c := cluster.New(cluster.Options{})
	drift(c, 1, 3)
	cl, err := c.Connect()
	require.NoError(t, err)
	require.NoError(t, cluster.Accepted(cl.LogIn(hsm.CU, "example_user", "aws")))
	require.False(t, c.Node(1).HSM.LoggedIn(cl.Session))
	for _, a := range cl.LogIn(hsm.CU, "user4", "aws") {
		require.Equal(t, hsm.Refusal{Reason: hsm.LoggedInOther}, a.Err, "node %d", a.Node)
	}
	require.Equal(t, "example_user", cl.Login.Name)
	require.False(t, c.Node(1).HSM.LoggedIn(cl.Session))
}

func TestLoginLogoutAndSessionKeys(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl, err := c.Connect()
	require.NoError(t, err)
	for _, row := range []struct {
		userType       hsm.UserType
		name, password string
		err            error
	}{
		{hsm.CU, "nobody", "aws", retcode.NoSuchUser},
		{hsm.CU, "admin", "password", retcode.NoSuchUser},
		{hsm.CU, "example_user", "AWS", retcode.LoginFailure},
		{hsm.AU, "app_user", "", hsm.Refusal{Reason: hsm.OnlyCryptoUsers}},
		{hsm.CO, "admin", "password", hsm.Refusal{Reason: hsm.OnlyCryptoUsers}},
		{hsm.PRECO, "admin", "password", hsm.Refusal{Reason: hsm.OnlyCryptoUsers}},
		{hsm.CU, "EXAMPLE_user", "aws", nil},
		{hsm.CU, "user4", "aws", hsm.Refusal{Reason: hsm.LoggedInOther}},
		{hsm.CO, "admin", "password", hsm.Refusal{Reason: hsm.OnlyCryptoUsers}},
		{hsm.CU, "example_user", "aws", nil},
	} {
		answers := cl.LogIn(row.userType, row.name, row.password)
		require.Len(t, answers, 3)
		require.Equal(t, row.err, cluster.FirstError(answers), "%s %s", row.name, row.password)
	}
	require.Equal(t, &cluster.Login{ID: 3, Name: "example_user", Type: hsm.CU}, cl.Login)
	require.True(t, cl.Login.Named("Example_User"))
	made(t, cl, inSession(pair(1)))
	require.NoError(t, cluster.FirstError(cl.LogOut()))
	require.Nil(t, cl.Login)
	require.Equal(t, retcode.UserNotReady, cluster.FirstError(cl.LogOut()))
	picture(t, `
node 0 up:
node 1 up:
node 2 up:
`, c)
}

// The rows of a fresh cluster hold the verifiers of its public passwords.
func TestToyVerifiers(t *testing.T) {
	for _, s := range cluster.Seeds {
		u := cluster.New(cluster.Options{}).Node(0).HSM.UserByID(s.ID)
		for password, verifier := range map[string][]byte{s.Password: u.Verifier, s.Other: u.Other} {
			if password == "" {
				require.Empty(t, verifier, s.Name)
			} else {
				require.Equal(t, hsm.Derive(password, u.Salt), verifier, "%s: %s", s.Name, password)
			}
		}
	}
}

// The documentation logs example_user in with two passwords (spec/kmu.md 1.3); a new password ends
// both.
func TestBothDocumentedPasswordsLogIn(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	cl, err := c.Connect()
	require.NoError(t, err)
	for _, password := range []string{"aws", "example_pwd"} {
		require.NoError(t, cluster.FirstError(cl.LogIn(hsm.CU, "example_user", password)), password)
		require.NoError(t, cluster.FirstError(cl.LogOut()))
	}
	require.Equal(t, retcode.LoginFailure, cluster.FirstError(cl.LogIn(hsm.CU, "user4", "example_pwd")))

	s, err := dial(c, c.Node(0).IP)
	require.NoError(t, err)
	require.NoError(t, s.LogIn(hsm.CU, "example_user", cluster.Prove("example_pwd"), nil))
	require.NoError(t, s.ChangePassword(hsm.CU, "example_user", c.NewSecret("ownpassword")))
	for _, password := range []string{"aws", "example_pwd"} {
		require.Equal(t, retcode.LoginFailure, cl.LogIn(hsm.CU, "example_user", password)[0].Code(), password)
	}
}

func TestTheSixthWrongPasswordLocksPerHSM(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	cl, err := c.Connect()
	require.NoError(t, err)
	try := func(password string) []cluster.Answer { return cl.LogIn(hsm.CU, "user4", password) }
	for range hsm.LoginsWrongMax {
		require.Equal(t, retcode.LoginFailure, cluster.FirstError(try("wrong")))
	}
	require.NoError(t, cluster.FirstError(try("aws"))) // forgiven
	cl.LogOut()
	require.Zero(t, c.Node(1).HSM.UserByID(4).Failures)

	require.NoError(t, c.Stop(1))
	for range hsm.LoginsWrongMax + 1 {
		try("wrong")
	}
	require.True(t, c.Node(0).HSM.UserByID(4).Locked())
	require.NoError(t, c.Start(1))
	answers := try("aws")
	require.Equal(t, retcode.LoginFailure, answers[0].Code())
	require.Equal(t, retcode.Success, answers[1].Code())
	require.Equal(t, "user4", cl.Login.Name)
}

func TestUsersAreOneListAcrossHSMs(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	extra := *c.Node(2).HSM.UserByID(4)
	extra.ID, extra.Name = 9, "only_here"
	c.Node(2).HSM.PutUser(&extra)
	later := *c.Node(2).HSM.UserByID(4)
	later.Failures = 2
	c.Node(2).HSM.PutUser(&later)
	drift(c, 0, 5)
	users, err := cl.Users()
	require.NoError(t, err)
	var ids []int
	for _, u := range users {
		ids = append(ids, u.ID)
	}
	require.Equal(t, []int{1, 2, 3, 4, 5, 6, 9}, ids)
	require.Zero(t, users[3].Failures, "the first HSM's row counts")
	cl.LogOut()
	_, err = cl.Users()
	require.Equal(t, retcode.UserNotReady, err)
}

func TestAnHSMHasSoManySessions(t *testing.T) {
	c := cluster.New(cluster.Options{SessMax: 2})
	one, err := c.Connect()
	require.NoError(t, err)
	_, err = c.Connect()
	require.NoError(t, err)
	_, err = c.Connect()
	require.Equal(t, retcode.MaxSessions, err)
	one.Close()
	_, err = c.Connect()
	require.NoError(t, err)
	require.Len(t, c.Node(2).HSM.Sessions, 2)
}

func TestNoToolConnectsWhenNoHSMIsReached(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 1})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Isolate(0))
	_, err := c.Connect()
	require.Equal(t, retcode.DaemonSocket, err)
	_, err = cl.Key(6)
	require.Equal(t, retcode.ConnectionLost, err)
	require.Equal(t, retcode.ConnectionLost, cl.Fault())
	require.Equal(t, retcode.ServerUnavailable, cluster.FirstError(cl.Where(6)))
}

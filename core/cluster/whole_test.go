package cluster_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// joining is how Client SDK 5 is configured for a cluster.
func joining(g *cluster.Group, least int) cluster.Joining {
	return cluster.Joining{Addresses: []string{g.Nodes[0].IP}, Anchor: mech.CertificatePEM(g.CustomerRoot()), Least: least}
}

// joined connects to a whole cluster and logs in with the toy password.
func joined(t *testing.T, c *cluster.Cluster, g *cluster.Group, kind hsm.UserType, name string) *cluster.Client {
	t.Helper()
	cl, err := c.Join(joining(g, 2))
	require.NoError(t, err)
	_, err = cl.Authenticate(credentials(kind, name))
	require.NoError(t, err)
	return cl
}

func credentials(kind hsm.UserType, name string) cluster.Credentials {
	password := "aws"
	if kind == hsm.CO {
		password = "password"
	}
	return cluster.Credentials{Type: kind, Name: name, Password: password}
}

func reason(t *testing.T, want hsm.Reason, err error) {
	t.Helper()
	var refusal hsm.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, want, refusal.Reason)
}

func TestAClientOfTheWholeClusterConnectsWithoutTheDaemon(t *testing.T) {
	c := cluster.New(cluster.Options{})
	c.SetDaemon(false)
	require.NoError(t, c.Stop(2))
	cl := joined(t, c, c.Group, hsm.CU, "example_user")
	require.Len(t, cl.Reached(), 2)
	require.Equal(t, c.ID, cl.ID())
	require.NoError(t, c.Start(2))
	require.Len(t, cl.Reached(), 3, "an HSM that comes back is connected to")
	require.True(t, c.Node(2).HSM.LoggedIn(cl.Session), "and the login is renewed there")
	id, err := c.Add()
	require.NoError(t, err)
	require.True(t, c.Node(id).HSM.LoggedIn(cl.Session), "as on one that joins")
	for _, n := range c.Nodes {
		require.NoError(t, c.Isolate(n.HSM.Node))
	}
	require.Error(t, cl.Fault())
	require.Equal(t, error(retcode.ServerUnavailable), cl.SignOut())
}

func TestWhyAClientCannotConnectToAWholeCluster(t *testing.T) {
	c := cluster.New(cluster.Options{SessMax: 1})
	g, err := c.Beside(cluster.Options{})
	require.NoError(t, err)
	j := joining(c.Group, 2)
	_, err = c.Join(cluster.Joining{Addresses: []string{"10.9.9.9"}, Anchor: j.Anchor})
	require.Equal(t, cluster.ErrNoAnswer, err)
	_, err = c.Join(cluster.Joining{Addresses: []string{"10.9.9.9", c.Nodes[1].IP}, Anchor: j.Anchor})
	require.NoError(t, err, "the next address answers")
	_, err = c.Join(j)
	require.Equal(t, retcode.MaxSessions, retcode.Of(err))
	_, err = c.Join(cluster.Joining{Addresses: []string{g.Nodes[0].IP}, Anchor: j.Anchor})
	require.Equal(t, cluster.ErrUntrusted, err, "another cluster's anchor")
	j.Chain = []byte("no certificate")
	_, err = c.Join(j)
	require.Equal(t, cluster.ErrBadChain, err)
}

func TestOneUserPerClusterAndClient(t *testing.T) {
	c := cluster.New(cluster.Options{})
	g, err := c.Beside(cluster.Options{Nodes: 1})
	require.NoError(t, err)
	cl := joined(t, c, c.Group, hsm.CO, "ADMIN")
	require.Equal(t, "admin", cl.Login.Name)
	_, err = cl.Authenticate(credentials(hsm.CU, "user4"))
	reason(t, hsm.LoggedInOther, err)
	_, err = cl.Authenticate(credentials(hsm.CO, "admin"))
	reason(t, hsm.LoggedInOther, err)
	other := joined(t, c, g, hsm.CU, "user4")
	require.NoError(t, other.SignOut())
	require.Equal(t, error(hsm.NotLoggedIn), other.SignOut())
	require.NoError(t, cl.SignOut())
	for _, n := range c.All() {
		require.Nil(t, n.HSM.SessionUser(cl.Session))
	}
}

func TestWrongPasswordsCountOnEachHSM(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl, err := c.Join(joining(c.Group, 2))
	require.NoError(t, err)
	wrong := cluster.Credentials{Type: hsm.CU, Name: "user4", Password: "wrong"}
	for range 3 {
		_, err = cl.Authenticate(wrong)
		require.Equal(t, retcode.LoginFailure, retcode.Of(err))
	}
	require.NoError(t, c.Isolate(2))
	for range 3 {
		_, err = cl.Authenticate(wrong)
		require.Error(t, err)
	}
	require.NoError(t, c.Heal(2))
	p, err := cl.Person("USER4")
	require.NoError(t, err)
	require.Equal(t, cluster.Person{Name: "user4", Type: hsm.CU, Locked: cluster.Partly, Coverage: cluster.Full}, p)
	answers, err := cl.Authenticate(credentials(hsm.CU, "user4"))
	require.NoError(t, err, "HSM 2 has seen three of them only")
	require.Equal(t, []bool{true, true, false}, []bool{answers[0].Err != nil, answers[1].Err != nil, answers[2].Err != nil})
	require.NoError(t, cl.SignOut())
	admin := joined(t, c, c.Group, hsm.CO, "admin")
	require.NoError(t, admin.ChangeUser(hsm.CU, "user4", cluster.PasswordChange{Password: "password4"}))
	p, err = cl.Person("user4")
	require.NoError(t, err)
	require.Equal(t, cluster.None, p.Locked, "a new password unlocks")
}

func TestPeopleAreListedByRole(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := joined(t, c, c.Group, hsm.CO, "admin")
	require.NoError(t, cl.AddUser(hsm.NewUser{Type: hsm.CO, Name: "Boss", Secret: cl.NewUserSecret("password")}))
	people, err := cl.People()
	require.NoError(t, err)
	var names []string
	for _, p := range people {
		names = append(names, p.Name+" "+p.Type.Role())
	}
	require.Equal(t, []string{"admin admin", "boss admin", "example_user crypto-user", "user4 crypto-user", "user5 crypto-user",
		"user6 crypto-user", "app_user internal(APPLIANCE_USER)"}, names)
	require.ErrorIs(t, cl.AddUser(hsm.NewUser{Type: hsm.CO, Name: "boss", Secret: cl.NewUserSecret("password")}), hsm.UserExists)
	require.ErrorIs(t, cl.AddUser(hsm.NewUser{Type: hsm.CU, Name: "new", Secret: cl.NewUserSecret("seven77")}), hsm.PasswordLength)
	require.Equal(t, cluster.ErrNoUser, cl.RemoveUser(hsm.CU, "boss"), "in this role")
	require.Equal(t, error(hsm.UserActive), cl.RemoveUser(hsm.CO, "admin"))
	require.NoError(t, cl.RemoveUser(hsm.CO, "BOSS"))
}

func TestAHalfMadeUserIsRepaired(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := joined(t, c, c.Group, hsm.CO, "admin")
	carol := hsm.NewUser{Type: hsm.CU, Name: "carol", Secret: cl.NewUserSecret("password")}
	require.NoError(t, c.Isolate(1))
	require.NoError(t, cl.AddUser(carol))
	require.NoError(t, c.Heal(1))
	p, err := cl.Person("carol")
	require.NoError(t, err)
	require.Equal(t, cluster.Partly, p.Coverage)
	c.Node(1).HSM.PutUser(&hsm.User{ID: 8, Name: "somebody", Type: hsm.CU})
	require.NoError(t, cl.AddUser(carol))
	p, err = cl.Person("carol")
	require.NoError(t, err)
	require.Equal(t, cluster.Full, p.Coverage)
	require.Equal(t, c.Node(0).HSM.UserNamed(hsm.CU, "carol").ID, c.Node(1).HSM.UserNamed(hsm.CU, "carol").ID, "keys find their owner")
	require.ErrorIs(t, cl.AddUser(carol), hsm.UserExists)
}

func TestRolesThatHSMsDisagreeAbout(t *testing.T) {
	c := cluster.New(cluster.Options{})
	c.Node(2).HSM.PutUser(&hsm.User{ID: 9, Name: "dave", Type: hsm.CO})
	c.Node(1).HSM.PutUser(&hsm.User{ID: 9, Name: "dave", Type: hsm.CU})
	cl := joined(t, c, c.Group, hsm.CO, "admin")
	p, err := cl.Person("dave")
	require.NoError(t, err)
	require.Equal(t, cluster.Person{Name: "dave", Coverage: cluster.Partly}, p)
	require.ErrorIs(t, cl.AddUser(hsm.NewUser{Type: hsm.CU, Name: "dave", Secret: cl.NewUserSecret("password")}), hsm.UserExists)
	require.NoError(t, cl.RemoveUser(hsm.CO, "dave"))
	require.NoError(t, cl.RemoveUser(hsm.CU, "dave"))
	_, err = cl.Person("dave")
	require.Equal(t, cluster.ErrNoUser, err)
}

func TestAUserIsDeletedEverywhereOrNowhere(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := joined(t, c, c.Group, hsm.CO, "admin")
	c.Node(2).HSM.Put(&hsm.Key{Handle: 600, Owner: 4, Material: &mech.Material{Class: attr.Secret}})
	require.ErrorIs(t, cl.RemoveUser(hsm.CU, "user4"), hsm.OwnsKeys)
	p, err := cl.Person("user4")
	require.NoError(t, err)
	require.Equal(t, cluster.Full, p.Coverage)
}

func TestWhoMayChangeAPassword(t *testing.T) {
	c := cluster.New(cluster.Options{})
	alice := joined(t, c, c.Group, hsm.CU, "user4")
	to := cluster.PasswordChange{Password: "password"}
	require.Equal(t, error(hsm.NotPermitted), alice.ChangeUser(hsm.CU, "user5", to))
	admin := joined(t, c, c.Group, hsm.CO, "admin")
	require.Equal(t, error(hsm.UserActive), admin.ChangeUser(hsm.CU, "user4", to), "somebody who is logged in elsewhere")
	require.NoError(t, alice.ChangeUser(hsm.CU, "user4", to))
	require.NoError(t, c.Stop(0))
	require.NoError(t, c.Start(0))
	require.True(t, c.Node(0).HSM.LoggedIn(alice.Session), "the login is renewed with the new password")
}

func TestTokenKeysNeedTwoHSMs(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	cl := joined(t, c, c.Group, hsm.CU, "user4")
	k := made(t, cl, single(1, attr.PrivateKey))[0]
	require.NoError(t, c.Stop(1))
	refused := func(r cluster.Request) error {
		cr := cl.Create(r)
		require.True(t, cr.Done(), "it does not wait")
		return cr.Err
	}
	require.Equal(t, cluster.NotAvailable{Have: 1, Need: 2}, refused(single(1, attr.PrivateKey)))
	require.Equal(t, cluster.NotAvailable{Have: 1, Need: 2}, cl.Enough())
	require.Len(t, made(t, cl, inSession(single(1, attr.PrivateKey))), 1, "a session key is on one HSM")
	call := cl.Sign(hsm.SignRequest{Handle: k.Handle, Mechanism: mech.Mechanism{Scheme: mech.ECDSA}})
	require.NotNil(t, call.Refused())
	require.NoError(t, c.Start(1))
	c.Node(1).HSM.KeysMax = 0
	require.Equal(t, cluster.NotAvailable{Have: 1, Need: 2}, refused(single(1, attr.PrivateKey)), "the other HSM is full")
	c.Node(1).HSM.KeysMax = 3300
	require.NoError(t, cl.Enough())
	cl.Least = 1
	require.NoError(t, c.Stop(1))
	require.Len(t, made(t, cl, single(1, attr.PrivateKey)), 1)
}

func TestKeysAreDescribedOverAllHSMs(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := joined(t, c, c.Group, hsm.CU, "user4")
	k := made(t, cl, single(1, attr.PrivateKey))[0]
	require.NoError(t, cl.ShareKey(k.Handle, "USER6", true))
	require.NoError(t, cl.ShareKey(k.Handle, "user5", true))
	require.Equal(t, cluster.ErrNoUser, cl.ShareKey(k.Handle, "nobody", true))
	row := cl.Describe(k)
	require.Equal(t, cluster.Holder{Name: "user4", Coverage: cluster.Full}, row.Owner)
	require.ElementsMatch(t, []cluster.Holder{{"user6", cluster.Full}, {"user5", cluster.Full}}, row.Sharers)
	require.Equal(t, cluster.Full, row.Coverage)
	other := *c.Node(1).HSM.At(k.Handle)
	other.Shared, other.Flags, other.Label = nil, other.Flags^attr.FlagSign, "another"
	c.Node(1).HSM.Put(&other)
	c.Node(2).HSM.Erase(k.Handle)
	row = cl.Describe(k)
	require.Equal(t, []cluster.Agreement{cluster.Partly, cluster.Partly, cluster.Partly},
		[]cluster.Agreement{row.Coverage, row.Owner.Coverage, row.Sharers[0].Coverage})
	require.Equal(t, attr.FlagSign, row.Differ)
	require.True(t, row.Label)
	require.False(t, row.ID)
	session := made(t, cl, inSession(single(1, attr.PrivateKey)))[0]
	row = cl.Describe(session)
	require.Equal(t, []cluster.Agreement{cluster.Full, cluster.Full}, []cluster.Agreement{row.Coverage, row.Owner.Coverage})
}

func TestWhatIsSeenOfKeys(t *testing.T) {
	c := cluster.New(cluster.Options{})
	owner, other := joined(t, c, c.Group, hsm.CU, "user4"), joined(t, c, c.Group, hsm.CU, "user5")
	keys := made(t, owner, pair(1))
	made(t, owner, inSession(pair(1)))
	seen := func(cl *cluster.Client) int {
		keys, err := cl.Seen()
		require.NoError(t, err)
		return len(keys)
	}
	admin := joined(t, c, c.Group, hsm.CO, "admin")
	require.Equal(t, []int{4, 1, 1}, []int{seen(owner), seen(other), seen(admin)})
	k, err := admin.Referred(keys[1].Handle)
	require.NoError(t, err)
	require.Equal(t, keys[1].Handle, k.Handle)
	_, err = other.Referred(keys[1].Handle)
	require.Equal(t, error(hsm.NotPermitted), err)
	require.NoError(t, owner.SignOut())
	_, err = owner.Seen()
	require.Equal(t, error(hsm.NotLoggedIn), err)
	require.Equal(t, 2, len(admin.InSession(0)), "session keys are gone with the login")
}

func TestAChangeThatOneHSMRefusesIsTakenBack(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := joined(t, c, c.Group, hsm.CU, "user4")
	k := made(t, cl, single(1, attr.PrivateKey))[0]
	n := c.Node(2).HSM
	n.Users = n.Users[:4] // without user5
	require.Equal(t, cluster.ErrNoUser, cl.ShareKey(k.Handle, "user5", true))
	require.Empty(t, c.Node(0).HSM.At(k.Handle).Shared)
	require.NoError(t, cl.ChangeKey(k.Handle, attr.Setting{Attr: attr.Label, Text: "new"}))
	require.Equal(t, "new", c.Node(2).HSM.At(k.Handle).Label)
	reason(t, hsm.NoSuchKey, cl.ChangeKey(9999, attr.Setting{Attr: attr.Label, Text: "new"}))
}

func TestASessionKeyBecomesATokenKeyEverywhere(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := joined(t, c, c.Group, hsm.CU, "user4")
	brief := single(1, attr.PrivateKey)
	brief.Templates[0].InSession = true
	k := made(t, cl, brief)[0]
	token := attr.Setting{Attr: attr.Token, On: true}
	require.NoError(t, cl.ChangeKey(k.Handle, token))
	for _, n := range c.Nodes {
		require.Zero(t, n.HSM.At(k.Handle).Session)
	}
	require.NoError(t, cl.ChangeKey(k.Handle, token), "it is one already")
	reason(t, hsm.AttributeRefused, cl.ChangeKey(k.Handle, attr.Setting{Attr: attr.Token}))
}

func TestAClusterIsActivated(t *testing.T) {
	activated(t, false)
	activated(t, true)
}

// activated goes from a fresh cluster to an active one, without a login or with the officer's own.
func activated(t *testing.T, own bool) {
	t.Helper()
	c := cluster.New(cluster.Options{Uninitialized: true})
	require.NoError(t, c.InitializeFor(nil))
	cl, err := c.Join(joining(c.Group, 2))
	require.NoError(t, err)
	_, err = cl.Authenticate(credentials(hsm.CO, "admin"))
	require.NoError(t, err)
	p, err := cl.Person("admin")
	require.NoError(t, err)
	require.Equal(t, "unactivated-admin", p.Type.Role())
	require.ErrorIs(t, cl.Activate("short"), hsm.PasswordLength)
	require.NotNil(t, cl.Login, "who is logged in stays so")
	require.NoError(t, cl.SignOut())
	require.ErrorIs(t, cl.Activate("short"), hsm.PasswordLength)
	require.Nil(t, cl.Login)
	if own {
		_, err = cl.Authenticate(credentials(hsm.CO, "admin"))
		require.NoError(t, err)
	}
	require.NoError(t, cl.Activate("longenough"))
	require.Nil(t, cl.Login, "he has another role now")
	require.Equal(t, cluster.Active, c.State())
	require.Equal(t, cluster.ErrActive, cl.Activate("longenough"))
	_, err = cl.Authenticate(cluster.Credentials{Type: hsm.CO, Name: "admin", Password: "longenough"})
	require.NoError(t, err)
}

func TestOlderToolsDoNotReachTheSecondType(t *testing.T) {
	c := cluster.New(cluster.Options{Model: hsm.HSM2})
	require.False(t, c.Daemon)
	c.SetDaemon(true)
	_, err := c.Connect()
	require.Error(t, err)
	_, err = c.Dial(c.Nodes[0].IP)
	require.Equal(t, error(retcode.ServerUnavailable), err)
	cl := joined(t, c, c.Group, hsm.CO, "admin")
	require.Equal(t, hsm.HSM2, cl.Model())
	require.Equal(t, 16666, c.Nodes[0].HSM.KeysMax)
	b, err := c.BackUp(c.Group)
	require.NoError(t, err)
	g, err := c.Clone(b)
	require.NoError(t, err)
	require.Equal(t, hsm.HSM2, g.Model())
}

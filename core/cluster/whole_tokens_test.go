package cluster_test

import (
	"crypto"
	"crypto/sha256"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// registeredOfficers makes officers beside admin, all with one key for approvals, and returns admin's client
// and that key.
func registeredOfficers(t *testing.T, c *cluster.Cluster, names ...string) (*cluster.Client, signer) {
	key := newSigner(t)
	cl := joined(t, c, c.Group, hsm.CO, "admin")
	for _, name := range names {
		require.NoError(t, cl.AddUser(hsm.NewUser{Type: hsm.CO, Name: name, Secret: cl.NewUserSecret("password")}))
	}
	for _, name := range append(names, "admin") {
		officer := cl
		if name != "admin" {
			officer = joined(t, c, c.Group, hsm.CO, name)
		}
		registration, err := officer.RegistrationToken()
		require.NoError(t, err)
		require.LessOrEqual(t, len(registration.Data), 245, "spec/cloudhsm-cli.md 5.2")
		require.NoError(t, officer.RegisterQuorum(key.public(), registration.Data, key.digest(registration.Digest[:])))
		if officer != cl {
			officer.Close()
		}
	}
	return cl, key
}

// approvedBy is a token's file with the approvals of users.
func approvedBy(key signer, kind hsm.UserType, token cluster.TokenData, names ...string) cluster.TokenFile {
	f := cluster.TokenFile{Data: token.Data}
	for _, name := range names {
		f.Approvals = append(f.Approvals, hsm.Approval{Type: kind, Name: name, Signature: key.digest(token.Digest[:])})
	}
	return f
}

func TestUsersAreManagedUnderApprovals(t *testing.T) {
	c := cluster.New(cluster.Options{Wall: 1_700_000_000_000})
	cl, key := registeredOfficers(t, c, "boss", "deputy")
	carol := hsm.NewUser{Type: hsm.CU, Name: "carol", Secret: cl.NewUserSecret("password")}
	require.NoError(t, cl.SetQuorum(hsm.UserMgmt, 2))
	require.Equal(t, error(hsm.NotApproved), cl.AddUser(carol))
	token, err := cl.NewToken(hsm.UserMgmt, 0)
	require.NoError(t, err)
	require.Len(t, token.Data, 3*hsm.RecordSize)
	require.Equal(t, sha256.Sum256(token.Data), token.Digest)
	_, err = cl.NewToken(hsm.UserMgmt, 0)
	reason(t, hsm.TokenExists, err)
	_, err = cl.NewToken(hsm.MiscCO, 0)
	require.NoError(t, err, "another service")
	reason(t, hsm.TooFewApprovals, cl.AddUser(carol, approvedBy(key, hsm.CO, token, "boss")))
	two := approvedBy(key, hsm.CO, token, "boss", "admin")
	require.ErrorIs(t, cl.AddUser(hsm.NewUser{Type: hsm.CU, Name: "user4", Secret: cl.NewUserSecret("password")}, two), hsm.UserExists)
	require.Equal(t, error(hsm.NotApproved), cl.AddUser(carol), "approvals are for the command that they come with")
	list, err := cl.TokenList()
	require.NoError(t, err)
	require.Equal(t, []cluster.TokenRow{
		{User: "admin", Service: hsm.MiscCO, Required: 1, Left: hsm.TokenLife, Coverage: cluster.Full},
		{User: "admin", Service: hsm.UserMgmt, Required: 2, Left: hsm.TokenLife, Coverage: cluster.Full}}, list)
	require.NoError(t, cl.AddUser(carol, two))
	reason(t, hsm.TokenOver, cl.RemoveUser(hsm.CU, "carol", two))
	require.NoError(t, cl.ChangeUser(hsm.CO, "admin", cluster.PasswordChange{Password: "password"}), "one's own takes none")
	require.Equal(t, error(hsm.NotApproved), cl.ChangeUser(hsm.CU, "carol", cluster.PasswordChange{Password: "password"}))
}

// What one HSM has done before another one refuses is taken back, and so is what it has spent.
func TestACommandThatFailsHalfWayCostsNoToken(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl, key := registeredOfficers(t, c, "boss")
	require.NoError(t, cl.SetQuorum(hsm.UserMgmt, 2))
	token, err := cl.NewToken(hsm.UserMgmt, 0)
	require.NoError(t, err)
	both := approvedBy(key, hsm.CO, token, "boss", "admin")
	last := c.Node(2).HSM
	last.Put(&hsm.Key{Handle: 600, Owner: last.UserNamed(hsm.CU, "user6").ID, Material: &mech.Material{Class: attr.Secret}})
	require.ErrorIs(t, cl.RemoveUser(hsm.CU, "user6", both), hsm.OwnsKeys)
	list, err := cl.TokenList()
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, cluster.Full, list[0].Coverage)
	last.Erase(600)
	require.NoError(t, cl.RemoveUser(hsm.CU, "user6", both))
}

func TestATokenOfTheWholeClusterEndsByTimeAndWithTheLogin(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl, key := registeredOfficers(t, c, "boss")
	require.NoError(t, cl.SetQuorum(hsm.UserMgmt, 2))
	token, err := cl.NewToken(hsm.UserMgmt, 0)
	require.NoError(t, err)
	c.Advance(hsm.TokenLife - 1000)
	list, err := cl.TokenList()
	require.NoError(t, err)
	require.EqualValues(t, 1000, list[0].Left)
	c.Advance(1000)
	list, err = cl.TokenList()
	require.NoError(t, err)
	require.Empty(t, list)
	both := approvedBy(key, hsm.CO, token, "boss", "admin")
	reason(t, hsm.TokenOver, cl.RemoveUser(hsm.CU, "user6", both))
	token, err = cl.NewToken(hsm.UserMgmt, 0)
	require.NoError(t, err, "the expired one makes room")
	require.NoError(t, cl.SignOut())
	_, err = cl.Authenticate(credentials(hsm.CO, "admin"))
	require.NoError(t, err)
	reason(t, hsm.TokenOver, cl.RemoveUser(hsm.CU, "user6", approvedBy(key, hsm.CO, token, "boss", "admin")))
	token, err = cl.NewToken(hsm.UserMgmt, 0)
	require.NoError(t, err)
	other := joined(t, c, c.Group, hsm.CO, "boss")
	reason(t, hsm.TokenOver, other.RemoveUser(hsm.CU, "user6", approvedBy(key, hsm.CO, token, "boss", "admin")))
	require.NoError(t, c.Isolate(1))
	require.NoError(t, c.Heal(1))
	list, err = cl.TokenList()
	require.NoError(t, err)
	require.Equal(t, cluster.Partly, list[0].Coverage, "a lost connection takes it along")
	require.NoError(t, cl.DropTokens(false))
	list, err = cl.TokenList()
	require.NoError(t, err)
	require.Empty(t, list)
}

func TestQuorumValuesOfTheWholeCluster(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl, key := registeredOfficers(t, c, "boss")
	values := func() []cluster.QuorumValue {
		list, err := cl.QuorumValues()
		require.NoError(t, err)
		return list
	}
	require.NoError(t, cl.SetQuorum(hsm.UserMgmt, 2))
	require.NoError(t, cl.SetQuorum(hsm.MiscCO, 2))
	require.Equal(t, error(hsm.NotApproved), cl.SetQuorum(hsm.UserMgmt, 1))
	require.Equal(t, []cluster.QuorumValue{{Service: hsm.UserMgmt, Value: 2}, {Service: hsm.MiscCO, Value: 2}}, values())
	token, err := cl.NewToken(hsm.MiscCO, 0)
	require.NoError(t, err)
	reason(t, hsm.QuorumValue, cl.SetQuorum(hsm.MiscCO, 3, approvedBy(key, hsm.CO, token, "boss", "admin")))
	require.NoError(t, cl.SetQuorum(hsm.MiscCO, 1, approvedBy(key, hsm.CO, token, "boss", "admin")), "a refusal has cost nothing")
	n := c.Node(2).HSM
	n.Users = n.Users[:len(n.Users)-1] // without boss
	reason(t, hsm.QuorumValue, cl.SetQuorum(hsm.MiscCO, 2))
	require.Equal(t, 1, c.Node(0).HSM.MValue(hsm.MiscCO), "what one refuses is taken back on the others")
}

// What cloudhsm_mgmt_util has set counts here, and what was set here there.
func TestQuorumIsOneWorldForBothTools(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl, _ := registeredOfficers(t, c, "boss")
	older, err := c.Dial(c.Nodes[0].IP, c.Nodes[1].IP, c.Nodes[2].IP)
	require.NoError(t, err)
	require.NoError(t, cluster.FirstError(older.LogInSigned(hsm.CO, "boss", cluster.Prove("password"), nil)))
	require.NoError(t, cluster.FirstError(older.SetM(hsm.UserMgmt, 2)))
	require.Equal(t, error(hsm.NotApproved), cl.RemoveUser(hsm.CU, "user6"), "no other tool grants what one was refused")
	require.NoError(t, cl.SetQuorum(hsm.UserMgmt, 1))
	require.NoError(t, cluster.FirstError(cluster.Answers(older.DeleteUser(hsm.CU, "user6"))))
	require.NoError(t, cl.SetQuorum(hsm.MiscCO, 2))
	require.Equal(t, error(hsm.NotApproved), cluster.FirstError(older.SetM(hsm.MiscCO, 2)))
}

func TestKeysAreUsedAndManagedUnderApprovals(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl, key := joined(t, c, c.Group, hsm.CU, "example_user"), newSigner(t)
	registered(c, key)
	r := pair(1)
	r.Recipe = mech.EC{Curve: p384()}
	r.Templates[1].Shared, r.Templates[1].MValue, r.Templates[1].Manage = []int{4}, 2, 2
	handle := made(t, cl, r)[1].Handle
	sign := func() error {
		call := cl.Sign(hsm.SignRequest{Handle: handle, Mechanism: mech.ECDSAWith(crypto.SHA256), Message: []byte("data")})
		call.Work()
		_, err := call.Finish()
		return err
	}
	token := func(service hsm.Service) cluster.TokenFile {
		t.Helper()
		made, err := cl.NewToken(service, handle)
		require.NoError(t, err)
		return approvedBy(key, hsm.CU, made, "example_user", "user4")
	}
	reason(t, hsm.QuorumMissing, sign())
	use := token(hsm.KeyUsage)
	token(hsm.KeyUsage)
	list, err := cl.TokenList()
	require.NoError(t, err)
	require.Equal(t, []any{"example_user", hsm.KeyUsage, handle, 2}, []any{list[0].User, list[0].Service, list[0].Handle, list[0].Least})
	require.NoError(t, cl.Present(use))
	require.NoError(t, sign())
	cl.Withdraw()
	reason(t, hsm.TokenOver, cl.Present(use))
	reason(t, hsm.QuorumMissing, sign())
	for _, n := range tokens(c) {
		require.Equal(t, 1, n, "one of two is spent on each HSM")
	}
	label := attr.Setting{Attr: attr.Label, Text: "new"}
	reason(t, hsm.ApprovalsMissing, cl.ChangeKey(handle, label))
	reason(t, hsm.ApprovalsMissing, cl.ChangeKey(handle, label, token(hsm.KeyUsage))) // approved for use only
	require.NoError(t, cl.ChangeKey(handle, label, token(hsm.KeyMgmt)))
	require.Equal(t, "new", c.Node(2).HSM.At(handle).Label)
}

func TestASecondFactorSignsEachHSMsChallenge(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl, key := joined(t, c, c.Group, hsm.CO, "admin"), newSigner(t)
	answers := func(challenges []cluster.Challenge) *cluster.Response {
		r := &cluster.Response{Key: key.public()}
		for _, one := range challenges {
			r.Signed = append(r.Signed, cluster.Signed{Digest: one.Digest, Signature: key.digest(one.Digest)})
		}
		return r
	}
	to := cluster.PasswordChange{Password: "password", Second: answers(cl.Challenges())}
	to.Second.Signed[2].Signature = []byte("no signature")
	require.Equal(t, error(hsm.BadSignature), cl.ChangeUser(hsm.CO, "admin", to))
	require.Nil(t, c.Node(0).HSM.UserByID(1).TwoFA, "taken back on those that accepted")
	to.Second = answers(cl.Challenges())
	require.NoError(t, cl.ChangeUser(hsm.CO, "admin", to))
	p, err := cl.Person("admin")
	require.NoError(t, err)
	require.Equal(t, []cluster.Agreement{cluster.Full, cluster.None}, []cluster.Agreement{p.Second, p.Quorum})
	require.NoError(t, cl.SignOut())
	require.True(t, cl.NeedsSecond(hsm.CO, "admin"))
	who := credentials(hsm.CO, "admin")
	_, err = cl.Authenticate(who)
	require.Equal(t, retcode.LoginFailure, retcode.Of(err), "without one")
	challenges := cl.Challenges()
	require.NotEqual(t, challenges[0].Digest, challenges[1].Digest)
	who.Second = answers(challenges)
	cl.Challenges()
	_, err = cl.Authenticate(who)
	require.Error(t, err, "challenges of before")
	who.Second = answers(cl.Challenges())
	_, err = cl.Authenticate(who)
	require.NoError(t, err)
	require.NoError(t, cl.ChangeUser(hsm.CO, "admin", cluster.PasswordChange{Password: "password", DropSecond: true}))
	require.False(t, cl.NeedsSecond(hsm.CO, "admin"))
}

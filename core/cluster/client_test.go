package cluster_test

import (
	"crypto"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

func anyKey(*hsm.Key) bool { return true }

func TestWhoMayWhat(t *testing.T) {
	c := cluster.New(cluster.Options{})
	owner := as(t, c, "example_user")
	r := pair(1)
	r.Templates[1].Shared = []int{4}
	made(t, owner, r)
	mine := inSession(pair(1))
	made(t, owner, mine)
	none, err := c.Connect()
	require.NoError(t, err)
	officer, err := c.Connect()
	require.NoError(t, err)
	for _, n := range c.Nodes {
		require.NoError(t, n.HSM.Login(officer.Session, hsm.CO, "admin", cluster.Prove("password")))
	}

	const public, private, sessionPublic, sessionPrivate = 6, 7, 8, 9
	ok := error(nil)
	for _, who := range []struct {
		name     string
		client   *cluster.Client
		see, own [4]error // public, private, session public, session private
	}{
		{"owner", owner, [4]error{ok, ok, ok, ok}, [4]error{ok, ok, ok, ok}},
		{"owner elsewhere", as(t, c, "example_user"), [4]error{ok, ok, retcode.BadHandle, retcode.BadHandle},
			[4]error{ok, ok, retcode.BadHandle, retcode.BadHandle}},
		{"shared", as(t, c, "user4"), [4]error{ok, ok, retcode.BadHandle, retcode.BadHandle},
			[4]error{retcode.AccessDenied, retcode.AccessDenied, retcode.BadHandle, retcode.BadHandle}},
		{"other", as(t, c, "user5"), [4]error{ok, retcode.BadHandle, retcode.BadHandle, retcode.BadHandle},
			[4]error{retcode.AccessDenied, retcode.BadHandle, retcode.BadHandle, retcode.BadHandle}},
		{"officer", officer, [4]error{hsm.NotPermitted, hsm.NotPermitted, hsm.NotPermitted, hsm.NotPermitted},
			[4]error{hsm.NotPermitted, hsm.NotPermitted, hsm.NotPermitted, hsm.NotPermitted}},
		{"nobody", none, [4]error{retcode.UserNotReady, retcode.UserNotReady, retcode.UserNotReady, retcode.UserNotReady},
			[4]error{retcode.UserNotReady, retcode.UserNotReady, retcode.UserNotReady, retcode.UserNotReady}},
	} {
		t.Run(who.name, func(t *testing.T) {
			for i, handle := range []uint32{public, private, sessionPublic, sessionPrivate} {
				_, err := who.client.Key(handle)
				require.ErrorIs(t, err, who.see[i], "see %d", handle)
				_, err = who.client.OwnKey(handle)
				require.ErrorIs(t, err, who.own[i], "own %d", handle)
				if who.own[i] != nil {
					_, err = who.client.Delete(handle)
					require.ErrorIs(t, err, who.own[i], "delete %d", handle)
					_, err = who.client.SetToken(handle, true)
					require.ErrorIs(t, err, who.own[i], "make token %d", handle)
				}
			}
			_, err := who.client.Key(12345)
			require.Error(t, err)
		})
	}
}

func TestAServiceIsTheFirstHSMsThatHasTheKey(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Stop(0))
	r := request(1, attr.Public, attr.PrivateKey)
	r.Recipe = mech.EC{Curve: p384()}
	keys := made(t, cl, inSession(r)) // on node 1 alone
	require.NoError(t, c.Start(0))
	from := c.LastEvent()
	call := cl.Sign(hsm.SignRequest{Handle: keys[1].Handle, Mechanism: mech.ECDSAWith(crypto.SHA384), Message: []byte("m")})
	require.NoError(t, call.Refused())
	require.False(t, call.Slow())
	call.Work()
	signature, err := call.Finish()
	require.NoError(t, err)
	require.NoError(t, mech.Verify(keys[0].Material, mech.ECDSAWith(crypto.SHA384), []byte("m"), signature))
	var codes []retcode.Code
	for _, e := range c.Events(from) {
		if e.Op == "sign" {
			codes = append(codes, e.Code)
		}
	}
	require.Equal(t, []retcode.Code{retcode.BadHandle, retcode.Success}, codes, "node 0 has no such key")

	require.ErrorIs(t, cl.Sign(hsm.SignRequest{Handle: keys[0].Handle}).Refused(), retcode.BadHandle, "a public key signs nothing")
	cl.LogOut()
	require.ErrorIs(t, cl.Sign(hsm.SignRequest{Handle: keys[1].Handle}).Refused(), retcode.UserNotReady)
	c.Daemon = false
	_, err = cl.Sign(hsm.SignRequest{Handle: keys[1].Handle}).Finish()
	require.ErrorIs(t, err, retcode.DaemonSocket)
}

func TestFindListsEachKeyOnceBySlot(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	made(t, cl, pair(1))
	require.NoError(t, c.Stop(0))
	made(t, cl, single(1, attr.PrivateKey))
	require.NoError(t, c.Start(0))
	found, answers := cl.Find(anyKey)
	require.Equal(t, []int{0, 1, 2}, nodesOf(answers))
	var handles []uint32
	for _, k := range found {
		handles = append(handles, k.Handle)
	}
	require.Equal(t, []uint32{6, 7, 262152}, handles)

	for _, a := range cl.Where(262152) {
		if a.Node == 0 {
			require.Equal(t, retcode.BadHandle, a.Code())
		} else {
			require.Equal(t, retcode.Success, a.Code())
		}
	}
	require.Equal(t, retcode.BadHandle, retcode.Of(cluster.FirstError(cl.Where(262152))))
	k, err := cl.Key(262152) // the first HSM lacks it, the next one has it
	require.NoError(t, err)
	require.EqualValues(t, 262152, k.Handle)
}

func TestDeleteLeavesTheOtherHalf(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	made(t, cl, pair(1))
	answers, err := cl.Delete(7)
	require.NoError(t, err)
	require.NoError(t, cluster.FirstError(answers))
	require.Equal(t, []int{0, 1, 2}, nodesOf(answers))
	picture(t, `
node 0 up: 6
node 1 up: 6
node 2 up: 6
`, c)
}

func TestAKeyThatMustNotBeDestroyedIsNotDeleted(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	r := single(1, attr.PrivateKey)
	r.Templates[0].Flags = attr.FlagSign | attr.FlagPrivate
	made(t, cl, r)
	_, err := cl.Delete(6)
	require.ErrorIs(t, err, retcode.Policy)
	require.Len(t, cl.Where(6), 3)
}

func TestDeleteReachesHSMsWithoutALogin(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	made(t, cl, pair(1))
	require.NoError(t, c.Stop(2))
	drift(c, 2, 3)
	require.NoError(t, c.Start(2))
	answers, err := cl.Delete(6)
	require.NoError(t, err)
	require.NoError(t, cluster.FirstError(answers))
	for _, n := range c.Nodes {
		last := n.HSM.Audit.Entries[len(n.HSM.Audit.Entries)-1]
		require.Equal(t, hsm.CNDestroyObject, last.Opcode, "node %d", n.HSM.Node)
	}
	c.Advance(600_000)
	picture(t, `
node 0 up: 7
node 1 up: 7
node 2 up: 7
`, c)
}

func TestSetTokenCopiesTheKeyUnderTheSameHandle(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	made(t, cl, inSession(pair(1)))
	answers, err := cl.SetToken(7, true)
	require.NoError(t, err)
	require.NoError(t, cluster.FirstError(answers))
	picture(t, `
node 0 up: 6s 7
node 1 up: 7
node 2 up: 7
`, c)
	row := c.Node(0).HSM.At(7)
	require.Same(t, row, c.Node(2).HSM.At(7))
	_, err = cl.SetToken(7, true)
	require.NoError(t, err)
	require.Same(t, row, c.Node(0).HSM.At(7))
	cl.Close()
	picture(t, `
node 0 up: 7
node 1 up: 7
node 2 up: 7
`, c)
}

func TestSetTokenPassesOverAnHSMThatIsFull(t *testing.T) {
	c := cluster.New(cluster.Options{KeysMax: 2})
	cl := as(t, c, "example_user")
	made(t, cl, inSession(pair(1)))
	c.Node(1).HSM.KeysMax = 0
	answers, err := cl.SetToken(7, true)
	require.NoError(t, err)
	require.Equal(t, []cluster.Answer{{Node: 0}, {Node: 1, Err: hsm.TooManyKeys}, {Node: 2}}, answers)
	picture(t, `
node 0 up: 6s 7
node 1 up:
node 2 up: 7
`, c)
}

func TestSessionKeysMakeRoomWhenTheirToolEnds(t *testing.T) {
	for name, end := range map[string]func(*cluster.Client){
		"log out": func(cl *cluster.Client) { cl.LogOut() },
		"close":   func(cl *cluster.Client) { cl.Close() },
	} {
		c := cluster.New(cluster.Options{Nodes: 2})
		cl := as(t, c, "example_user")
		made(t, cl, inSession(single(1, attr.PrivateKey)))
		handle := made(t, as(t, c, "user4"), single(1, attr.PrivateKey))[0].Handle
		require.NoError(t, c.Isolate(1))
		c.Node(0).HSM.Erase(handle)
		c.Node(0).HSM.KeysMax = 1
		require.NoError(t, c.Heal(1))
		require.Zero(t, c.Due(), "%s: node 0 is full", name)
		end(cl)
		require.NotZero(t, c.Due(), "%s: there is room for the key", name)
	}
}

func TestFindTakesTheFirstHSMsRow(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	made(t, cl, single(1, attr.PrivateKey))
	require.NoError(t, cluster.FirstError(withNode(t, c, 2).SetAttribute(6, attr.Label, "later")))
	keys, answers := cl.Find(anyKey)
	require.NoError(t, cluster.FirstError(answers))
	require.Same(t, c.Node(0).HSM.At(6), keys[0])
	require.Equal(t, "later", c.Node(2).HSM.At(6).Label)
}

// withNode connects to one HSM alone, as the documentation's crypto user.
func withNode(t *testing.T, c *cluster.Cluster, node int) *cluster.Client {
	cl, err := c.Dial(c.Node(node).IP)
	require.NoError(t, err)
	require.NoError(t, cluster.FirstError(cl.LogInSigned(hsm.CU, "example_user", cluster.Prove("aws"), nil)))
	return cl
}

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

func TestCallsAreEventsWithoutSecrets(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	c.Command = 7
	cl := as(t, c, "example_user")
	require.Equal(t, []cluster.Event{
		{Seq: 1, Command: 7, From: cluster.FromClient, Node: 0, Op: "login", Detail: "example_user"},
		{Seq: 2, Command: 7, From: cluster.FromClient, Node: 1, Op: "login", Detail: "example_user"},
	}, c.Events(0))
	c.Advance(5)
	made(t, cl, single(1, attr.PrivateKey))
	require.Equal(t, []cluster.Event{
		{Seq: 3, Command: 7, Time: 5, From: cluster.FromClient, Node: 0, Op: "generate", Detail: "6"},
		{Seq: 4, Command: 7, Time: 5, From: 0, Node: 1, Op: "copy", Detail: "6"},
	}, c.Events(2))
	require.EqualValues(t, 4, c.LastEvent())
	for range 5000 {
		_, _ = cl.Key(6)
	}
	events := c.Events(0)
	require.Less(t, len(events), 2000)
	require.Equal(t, c.LastEvent(), events[len(events)-1].Seq)
	require.Empty(t, c.Events(c.LastEvent()))
}

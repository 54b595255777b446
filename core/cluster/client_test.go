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

func TestCallsAreEventsWithoutSecrets(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	c.Command = 7
	cl := as(t, c, "example_user")
	who := []cluster.Arg{{Name: "type", Value: "CU"}, {Name: "password", Value: "3 characters", Secret: true}}
	require.Equal(t, []cluster.Event{
		{Seq: 1, Command: 7, From: cluster.FromClient, Node: 0, Op: "login", Detail: "example_user", Args: who},
		{Seq: 2, Command: 7, From: cluster.FromClient, Node: 1, Op: "login", Detail: "example_user", Args: who},
	}, c.Events(0))
	c.Advance(5)
	made(t, cl, single(1, attr.PrivateKey))
	require.Equal(t, []cluster.Event{
		{Seq: 3, Command: 7, Time: 5, From: cluster.FromClient, Node: 0, Op: "generate", Detail: "6", Args: []cluster.Arg{
			{Name: "kind", Value: "EC private key"}, {Name: "curve", Value: "secp384r1"}, {Name: "label", Value: "k"}, {Name: "servers", Value: "1"}}},
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

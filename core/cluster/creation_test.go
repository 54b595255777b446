package cluster_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
	"hsmplay/core/retcode"
)

func nodesOf(answers []cluster.Answer) (nodes []int) {
	for _, a := range answers {
		nodes = append(nodes, a.Node)
	}
	return nodes
}

func TestTokenKeysAreOnAllHSMsInTheLowestSlotsPublicFirst(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	cr := cl.Create(pair(1))
	require.True(t, cr.Done())
	require.Equal(t, []int{0, 1, 2}, nodesOf(cr.Answers))
	require.Equal(t, 3, cr.Holders())
	picture(t, `
node 0 up: 6 7
node 1 up: 6 7
node 2 up: 6 7
`, c)
	_, err := cl.Delete(6)
	require.NoError(t, err)
	made(t, cl, pair(1)) // the freed slot, then the next one
	picture(t, `
node 0 up: 6 7 8
node 1 up: 6 7 8
node 2 up: 6 7 8
`, c)
	require.Equal(t, attr.Public, c.Node(1).HSM.At(6).Material.Class)
	require.Equal(t, attr.PrivateKey, c.Node(1).HSM.At(8).Material.Class)
	require.Same(t, c.Node(0).HSM.At(8), c.Node(2).HSM.At(8))
}

func TestAHandleNamesTheHSMThatMadeTheKey(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Stop(0))
	made(t, cl, pair(1))
	picture(t, `
node 0 down:
node 1 up: 262150 262151
node 2 up: 262150 262151
`, c)
}

func TestASlotIsTakenAlsoWhereTheHSMIsDown(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Stop(1))
	made(t, cl, single(1, attr.PrivateKey))
	require.NoError(t, c.Stop(0))
	require.NoError(t, c.Start(1))
	made(t, cl, single(1, attr.PrivateKey))
	require.NoError(t, c.Start(0))
	c.Advance(cluster.SyncPeriod)
	picture(t, `
node 0 up: 6 262151
node 1 up: 6 262151
`, c)
}

// Behind a slot that is free, an HSM that is down may have another key.
func TestASlotIsTakenAlsoBehindOneThatIsFree(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Stop(1))
	first := made(t, cl, single(1, attr.PrivateKey))[0].Handle
	made(t, cl, single(1, attr.PrivateKey))
	_, err := cl.Delete(first)
	require.NoError(t, err)
	require.NoError(t, c.Stop(0))
	require.NoError(t, c.Start(1))
	made(t, cl, single(1, attr.PrivateKey))
	made(t, cl, single(1, attr.PrivateKey))
	require.NoError(t, c.Start(0))
	c.Advance(cluster.SyncPeriod)
	picture(t, `
node 0 up: 262150 7 262152
node 1 up: 262150 7 262152
`, c)
}

func TestSessionKeysStayOnOneHSM(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	cr := cl.Create(inSession(pair(3)))
	require.True(t, cr.Done())
	require.NoError(t, cr.Err)
	require.Equal(t, []int{0}, nodesOf(cr.Answers))
	c.Advance(600_000)
	picture(t, `
node 0 up: 6s 7s
node 1 up:
node 2 up:
`, c)
}

func TestWhatIsTakenBackIsTheKeyItselfOnly(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Stop(2))
	cr := cl.Create(within(single(3, attr.PrivateKey), 5000))
	require.NoError(t, c.Delay(1, 10_000)) // no second copy in time
	other := *c.Node(1).HSM.At(6)
	material := *other.Material
	other.Material = &material
	c.Node(1).HSM.Put(&other)
	c.Advance(5000)
	require.True(t, cr.Done())
	require.Nil(t, c.Node(0).HSM.At(6))
	require.Equal(t, &other, c.Node(1).HSM.At(6), "another key in the slot")
}

func TestRefusalsShowOneHSMAsUnavailable(t *testing.T) {
	c := cluster.New(cluster.Options{KeysMax: 4})
	cl := as(t, c, "example_user")
	with := func(change func(*hsm.Template)) cluster.Request {
		r := single(1, attr.PrivateKey)
		change(&r.Templates[0])
		return r
	}
	taken := with(func(k *hsm.Template) { k.ID = "k1" })
	made(t, cl, taken)
	for _, row := range []struct {
		request cluster.Request
		reason  hsm.Reason
	}{
		{with(func(k *hsm.Template) { k.Curve = mech.Curves[0] }), hsm.SizeNotAllowed},
		{with(func(k *hsm.Template) { k.Curve = nil }), hsm.SizeNotAllowed},
		{with(func(k *hsm.Template) { k.ID = "k1" }), hsm.IDTaken},
		{with(func(k *hsm.Template) { k.Label = string(make([]byte, 128)) }), hsm.LabelTooLong},
		{with(func(k *hsm.Template) { k.Shared = []int{3} }), hsm.SharedWithSelf},
		{with(func(k *hsm.Template) { k.Shared = []int{4, 99} }), hsm.NotCryptoUser},
		{with(func(k *hsm.Template) { k.Shared = []int{1} }), hsm.NotCryptoUser},
		{with(func(k *hsm.Template) { k.MValue = 1 }), hsm.MValueTooHigh},
		{with(func(k *hsm.Template) { k.Shared, k.MValue = []int{4, 4}, 3 }), hsm.MValueTooHigh},
		{with(func(k *hsm.Template) { k.Shared, k.MValue = []int{4}, -1 }), hsm.MValueTooHigh},
		{request(1, attr.Public, attr.PrivateKey, attr.Public, attr.PrivateKey), hsm.HSMFull},
	} {
		cr := cl.Create(row.request)
		require.True(t, cr.Done())
		var refusal hsm.Refusal
		require.True(t, errors.As(cr.Err, &refusal), "%v", row.reason)
		require.Equal(t, row.reason, refusal.Reason)
		require.ErrorIs(t, cr.Err, retcode.Policy)
		require.Equal(t, []cluster.Answer{{Node: 0, Err: retcode.ServerUnavailable}}, cr.Answers)
	}
	require.Equal(t, "\nnode 0 up: 6\nnode 1 up: 6\nnode 2 up: 6\n", "\n"+c.String())
}

func TestAnIDIsTakenAlsoOnAnHSMThatIsDown(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	cl := as(t, c, "example_user")
	r := single(1, attr.PrivateKey)
	r.Templates[0].ID = "k1"
	require.NoError(t, c.Stop(0))
	made(t, cl, r)
	require.NoError(t, c.Start(0))
	require.NoError(t, c.Stop(1))
	cr := cl.Create(r)
	require.True(t, cr.Done())
	require.ErrorIs(t, cr.Err, hsm.Refusal{Reason: hsm.IDTaken, ID: "k1"})
}

func TestWithoutALoginNothingIsMade(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl, err := c.Connect()
	require.NoError(t, err)
	cr := cl.Create(pair(1))
	require.True(t, cr.Done())
	require.ErrorIs(t, cr.Err, retcode.UserNotReady)
	require.Empty(t, cr.Answers)
	for _, n := range c.Nodes {
		require.NoError(t, c.Stop(n.HSM.Node))
	}
	cr = cl.Create(pair(1))
	require.ErrorIs(t, cr.Err, retcode.ConnectionLost)
}

func TestAnHSMThatDoesNotKnowTheOwnerGetsNoCopy(t *testing.T) {
	c := cluster.New(cluster.Options{})
	drift(c, 2, 3)
	cl, err := c.Connect()
	require.NoError(t, err)
	cl.LogIn(hsm.CU, "example_user", "aws")
	cr := cl.Create(pair(1))
	require.True(t, cr.Done())
	require.NoError(t, cr.Err)
	require.Equal(t, []int{0, 1}, nodesOf(cr.Answers))
	require.Zero(t, c.Due())

	drift(c, 0, 3) // the first HSM logs nobody in any more: another one makes the keys
	require.NoError(t, c.Stop(0))
	require.NoError(t, c.Start(0))
	made(t, cl, single(1, attr.PrivateKey))
	picture(t, `
node 0 up: 6 7
node 1 up: 6 7 262152
node 2 up:
`, c)
}

// drift takes a user from one HSM.
func drift(c *cluster.Cluster, node, user int) {
	h := c.Node(node).HSM
	var left []*hsm.User
	for _, u := range h.Users {
		if u.ID != user {
			left = append(left, u)
		}
	}
	h.Users = left
}

// given is the recipe of a key that exists.
type given struct{ material *mech.Material }

func (g given) Make(context.Context, mech.Source) ([]*mech.Material, error) {
	return []*mech.Material{g.material}, nil
}

func (g given) Slow() bool { return false }

func TestAGivenKeyIsImported(t *testing.T) {
	material, err := secret.New(attr.AES, make([]byte, 32))
	require.NoError(t, err)
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	keys := made(t, cl, cluster.Request{Recipe: given{material}, Templates: []hsm.Template{
		{Class: attr.Secret, Type: attr.AES, Size: 32, Origin: hsm.Imported, NotExtractable: true}}})
	require.Same(t, material, c.Node(2).HSM.At(keys[0].Handle).Material)
	require.False(t, keys[0].Has(attr.FlagLocal))
	require.False(t, keys[0].Has(attr.FlagExtractable))
}

// TestKeysOfOwnConnectionsStayInTheirCluster: they are made, copied and deleted among the HSMs that
// the client has dialled.
func TestKeysOfOwnConnectionsStayInTheirCluster(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	g, err := c.Beside(cluster.Options{Nodes: 3})
	require.NoError(t, err)
	cl, err := c.Dial(g.Nodes[0].IP, g.Nodes[1].IP)
	require.NoError(t, err)
	require.NoError(t, cluster.FirstError(cl.LogInSigned(hsm.CU, "example_user", cluster.Prove("aws"), nil)))
	k := made(t, cl, single(2, attr.PrivateKey))[0]
	picture(t, `
node 0 up:
node 1 up:
---
node 2 up: 524294
node 3 up: 524294
node 4 up:
`, c)
	c.Advance(cluster.SyncPeriod)
	require.NotNil(t, g.Nodes[2].HSM.At(k.Handle), "the HSMs do the rest")
	require.NoError(t, c.Isolate(g.Nodes[2].HSM.Node))
	_, err = cl.Delete(k.Handle)
	require.NoError(t, err)
	require.Equal(t, []uint32{k.Handle}, g.Tombstones)
	require.NoError(t, c.Heal(g.Nodes[2].HSM.Node))
	require.Nil(t, g.Nodes[2].HSM.At(k.Handle))
}

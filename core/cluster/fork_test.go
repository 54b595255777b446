package cluster_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
)

func TestAForkGoesItsOwnWay(t *testing.T) {
	c := cluster.New(cluster.Options{Seed: 5})
	cl := as(t, c, "example_user")
	made(t, cl, pair(1))
	made(t, cl, inSession(single(1, attr.PrivateKey)))
	require.NoError(t, c.Stop(2))
	_, err := cl.Delete(7)
	require.NoError(t, err)
	before := c.Snapshot()

	f := c.Fork()
	require.Equal(t, before, f.Snapshot())
	require.Equal(t, c.Events(0), f.Events(0))
	back := f.Reattach(cl.Session, nil)
	require.Equal(t, cl.Login, back.Login, "whoever was logged in still is")
	require.Same(t, back, f.Reattach(cl.Session, nil))
	f.EndOrphans()
	made(t, back, pair(1))
	require.NoError(t, f.Start(2))
	_, err = back.Delete(6)
	require.NoError(t, err)
	f.Advance(cluster.SyncPeriod)
	require.NoError(t, f.Node(0).HSM.Audit.Verify())
	require.Equal(t, before, c.Snapshot())

	made(t, cl, pair(1))
	require.NoError(t, c.Node(0).HSM.Audit.Verify())
	require.Equal(t, "node 0 up: 6 8s 9 10\nnode 1 up: 6 9 10\nnode 2 down: 6 7\nburied: 7\n", c.String())
	require.Equal(t, "node 0 up: 8s 9 10\nnode 1 up: 9 10\nnode 2 up: 9 10\n", f.String())
}

// An HSM that comes back in a fork is told the password, as in the origin; a wrong one counts there
// alone.
func TestAForkKnowsThePasswordOfItsLogins(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Stop(1))
	f := c.Fork()
	f.Reattach(cl.Session, cl.Login)
	u := *f.Node(1).HSM.UserNamed(hsm.CU, "example_user")
	u.Verifier, u.Other = []byte("another one"), nil
	f.Node(1).HSM.PutUser(&u)
	require.NoError(t, f.Start(1))
	require.False(t, f.Node(1).HSM.LoggedIn(cl.Session))
	require.Equal(t, 1, f.Node(1).HSM.UserByID(u.ID).Failures)
	require.Zero(t, c.Node(1).HSM.UserByID(u.ID).Failures)
	require.NoError(t, c.Start(1))
	require.True(t, c.Node(1).HSM.LoggedIn(cl.Session))
}

func TestWhatNoToolAsksForEndsInAFork(t *testing.T) {
	c := cluster.New(cluster.Options{})
	as(t, c, "example_user")
	s, err := c.Dial("10.0.1.10")
	require.NoError(t, err)
	c.Node(2).Delay = 500
	cr := as(t, c, "user4").Create(pair(3))
	require.False(t, cr.Done())
	f := c.Fork()
	require.Equal(t, "node 0 up:\nnode 1 up:\nnode 2 up:\n", f.String(), "what is half made stays behind")
	require.True(t, f.Redial(s.Session, s.Node()).Connected())
	f.EndOrphans()
	require.Len(t, f.Node(0).HSM.Sessions, 1)
	require.Empty(t, f.Node(1).HSM.Sessions)
	c.Advance(500)
	require.True(t, cr.Done())
	require.NoError(t, cr.Err)
	require.Zero(t, f.Due())
}

package cluster_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

func TestAHalfMadeKeyThatIsDeletedEndsItsCreation(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl, other := as(t, c, "example_user"), as(t, c, "example_user")
	require.NoError(t, c.Stop(2))
	cr := cl.Create(single(3, attr.PrivateKey))
	require.False(t, cr.Done())

	_, err := other.Delete(6)
	require.NoError(t, err)
	made(t, other, single(1, attr.PrivateKey)) // takes the slot and the handle

	require.True(t, cr.Done())
	require.ErrorIs(t, cr.Err, retcode.ServerUnavailable)
	picture(t, `
node 0 up: 6
node 1 up: 6
node 2 down:
`, c)
}

func TestAKeyThatIsLostWithItsOnlyHSMEndsItsCreation(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Delay(0, 500))
	cr := cl.Create(pair(1))
	require.False(t, cr.Done())
	require.NoError(t, c.Remove(0))
	require.True(t, cr.Done())
	require.ErrorIs(t, cr.Err, retcode.ServerUnavailable)
	c.Advance(60_000)
	picture(t, `
node 1 up:
node 2 up:
`, c)
}

func TestTheTombstoneOfARemovedHSMSparesTheNextKeyInTheSlot(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	made(t, cl, single(1, attr.PrivateKey))
	require.NoError(t, c.Stop(2))
	_, err := cl.Delete(6)
	require.NoError(t, err)
	picture(t, `
node 0 up:
node 1 up:
node 2 down: 6
buried: 6
`, c)
	require.NoError(t, c.Remove(2))
	made(t, cl, single(1, attr.PrivateKey))
	require.NoError(t, c.Stop(1))
	require.NoError(t, c.Start(1))
	picture(t, `
node 0 up: 6
node 1 up: 6
`, c)
}

func TestADeletedKeyStaysDeletedWhenAnHSMComesBack(t *testing.T) {
	for _, away := range []struct {
		name       string
		leave, end func(*cluster.Cluster, int) error
	}{
		{"stopped", (*cluster.Cluster).Stop, (*cluster.Cluster).Start},
		{"isolated", (*cluster.Cluster).Isolate, (*cluster.Cluster).Heal},
	} {
		t.Run(away.name, func(t *testing.T) {
			c := cluster.New(cluster.Options{})
			cl := as(t, c, "example_user")
			made(t, cl, pair(1))
			require.NoError(t, away.leave(c, 1))
			_, err := cl.Delete(7)
			require.NoError(t, err)
			require.NoError(t, away.end(c, 1))
			c.Advance(600_000)
			picture(t, `
node 0 up: 6
node 1 up: 6
node 2 up: 6
`, c)
		})
	}
}

func TestALostConnectionEndsTheSessionThere(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	made(t, cl, inSession(pair(1)))
	require.NoError(t, c.Isolate(0))
	cl.LogOut()
	require.NoError(t, cluster.FirstError(cl.LogIn(hsm.CU, "user4", "aws")))
	require.NoError(t, c.Heal(0))
	found, answers := cl.Find(func(*hsm.Key) bool { return true })
	require.NoError(t, cluster.FirstError(answers))
	require.Len(t, answers, 3)
	require.Empty(t, found)
	picture(t, `
node 0 up:
node 1 up:
node 2 up:
`, c)
}

func TestAToolLogsInAgainAfterTheDaemonWasStopped(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	made(t, cl, inSession(pair(1)))
	c.SetDaemon(false)
	require.Nil(t, cl.Login)
	_, err := c.Connect()
	require.ErrorIs(t, err, retcode.DaemonSocket)
	_, err = cl.Key(6)
	require.ErrorIs(t, err, retcode.DaemonSocket)
	c.SetDaemon(true)
	_, err = cl.Key(6)
	require.ErrorIs(t, err, retcode.UserNotReady)
	require.NoError(t, cluster.FirstError(cl.LogIn(hsm.CU, "example_user", "aws")))
	picture(t, `
node 0 up:
node 1 up:
node 2 up:
`, c)
}

func TestTheDaemonLogsInAgainOnAnHSMThatComesBack(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	made(t, cl, pair(1))
	require.NoError(t, c.Stop(2))
	require.NoError(t, c.Start(2))
	require.NoError(t, cluster.FirstError(cl.Where(7)))
	require.Len(t, cl.Where(7), 3)
}

func TestTheDaemonDoesNotLogInWhereThePasswordIsAnotherOne(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Stop(2))
	row := *c.Node(2).HSM.UserByID(3)
	row.Verifier = hsm.Derive("another1", row.Salt)
	c.Node(2).HSM.PutUser(&row)
	require.NoError(t, c.Start(2))
	_, err := c.Node(2).HSM.Key(cl.Session, 6)
	require.ErrorIs(t, err, retcode.UserNotReady)
	require.Equal(t, 1, c.Node(2).HSM.UserByID(3).Failures)
}

func TestAddedHSMIsTheBackupOfAnother(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Stop(0))
	made(t, cl, pair(1))
	require.NoError(t, c.Start(0))
	id, err := c.Add()
	require.NoError(t, err)
	require.Equal(t, 2, id)
	picture(t, `
node 0 up:
node 1 up: 262150 262151
node 2 up:
`, c)
	require.Equal(t, c.Now+cluster.SyncPeriod, c.Due())
	c.Advance(cluster.SyncPeriod)
	id, err = c.Add()
	require.NoError(t, err)
	picture(t, `
node 0 up: 262150 262151
node 1 up: 262150 262151
node 2 up: 262150 262151
node 3 up: 262150 262151
`, c)
	require.Zero(t, c.Due())
	require.Equal(t, c.Node(0).HSM.Users, c.Node(id).HSM.Users)
	require.NoError(t, cluster.FirstError(cl.Where(262151)))
}

func TestAClusterHasOneTo28HSMs(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 1000})
	require.Len(t, c.Nodes, cluster.NodesMax)
	_, err := c.Add()
	require.ErrorIs(t, err, cluster.ErrLargest)

	c = cluster.New(cluster.Options{Nodes: -1})
	require.Len(t, c.Nodes, 3)
	require.NoError(t, c.Remove(1))
	require.NoError(t, c.Remove(0))
	require.ErrorIs(t, c.Remove(2), cluster.ErrSmallest)
	require.ErrorIs(t, c.Remove(1), cluster.ErrNoSuchNode)
	for _, verb := range []func(int) error{c.Stop, c.Start, c.Isolate, c.Heal, c.Tamper,
		func(id int) error { return c.Delay(id, 1) }} {
		require.ErrorIs(t, verb(7), cluster.ErrNoSuchNode)
	}
}

func TestATamperedHSMFailsTheAttestation(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Tamper(1))
	r := pair(1)
	r.Attest = true
	cr := cl.Create(r)
	require.True(t, cr.Done())
	require.ErrorIs(t, cr.Err, retcode.Policy)
	require.ErrorIs(t, cr.Err, cluster.BadFirmware{Node: 1})
	require.NoError(t, c.Tamper(1))
	made(t, cl, r)
}

func TestNoDelayIsNegativeAndNoTimeOverflows(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Delay(1, -1<<62))
	made(t, cl, pair(3))
	require.NoError(t, c.Delay(1, 1<<62))
	require.NoError(t, c.Delay(2, 1<<62))
	cr := cl.Create(within(pair(3), 1<<62))
	require.False(t, cr.Done())
	for range 10 {
		c.Advance(1 << 62)
		require.Positive(t, c.Now)
	}
	require.True(t, cr.Done())
}

func TestRenewLeavesToolsConnectedAndLoggedOut(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	made(t, cl, pair(1))
	c.Renew(cluster.Options{Nodes: 2})
	require.Nil(t, cl.Login)
	picture(t, `
node 0 up:
node 1 up:
`, c)
	require.NoError(t, cluster.FirstError(cl.LogIn(hsm.CU, "example_user", "aws")))
}

package cluster_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
)

func TestSynchronisationIsOnTheClockOnlyWhileAnHSMLacksKeys(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	require.Zero(t, c.Due())
	require.NoError(t, c.Stop(2))
	made(t, cl, pair(1))
	require.Zero(t, c.Due())
	c.Advance(100)
	require.NoError(t, c.Start(2))
	require.EqualValues(t, 100+cluster.SyncPeriod, c.Due())
	require.NoError(t, c.Isolate(2))
	require.Zero(t, c.Due())
	c.Advance(1000)
	require.NoError(t, c.Heal(2))
	require.EqualValues(t, 1100+cluster.SyncPeriod, c.Due())
	c.Advance(cluster.SyncPeriod - 1)
	picture(t, `
node 0 up: 6 7
node 1 up: 6 7
node 2 up:
`, c)
	c.Advance(1)
	picture(t, `
node 0 up: 6 7
node 1 up: 6 7
node 2 up: 6 7
`, c)
	require.Zero(t, c.Due())
	require.Same(t, c.Node(0).HSM.At(6), c.Node(2).HSM.At(6))
	events := c.Events(c.LastEvent() - 1)
	require.Equal(t, "sync", events[0].Op)
	require.Equal(t, "2", events[0].Detail)
}

func TestSynchronisationIsSlowerToASlowHSM(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Stop(1))
	made(t, cl, single(1, attr.PrivateKey))
	require.NoError(t, c.Delay(1, 700))
	require.NoError(t, c.Start(1))
	require.EqualValues(t, cluster.SyncPeriod+700, c.Due())
}

func TestDeletingTheMissingKeyTakesTheSynchronisationOffTheClock(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Stop(2))
	made(t, cl, single(1, attr.PrivateKey))
	require.NoError(t, c.Start(2))
	require.Positive(t, c.Due())
	_, err := cl.Delete(6)
	require.NoError(t, err)
	require.Zero(t, c.Due())
}

func TestAFullHSMIsNotSynchronised(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2, KeysMax: 3})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Stop(0))
	made(t, cl, inSession(pair(1)))
	require.NoError(t, c.Start(0))
	require.NoError(t, c.Stop(1)) // its session keys are gone
	made(t, cl, pair(1))
	require.NoError(t, c.Start(1))
	c.Node(1).HSM.KeysMax = 1
	require.NoError(t, c.Heal(1))
	c.Advance(10 * cluster.SyncPeriod)
	picture(t, `
node 0 up: 6 7
node 1 up: 6
`, c)
	require.Zero(t, c.Due())
}

func TestAKeyThatIsBeingMadeIsNotSynchronised(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Delay(2, 2*cluster.SyncPeriod))
	cr := cl.Create(pair(1))
	require.NoError(t, c.Isolate(1))
	require.NoError(t, c.Heal(1)) // has its copy already
	require.Zero(t, c.Node(2).SyncAt, "the creation sends the copy, nobody else")
	c.Advance(cluster.SyncPeriod + 1)
	require.False(t, cr.Done())
	picture(t, `
node 0 up: 6 7
node 1 up: 6 7
node 2 up:
`, c)
}

func TestRoomThatALogoutMakesIsUsed(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2, KeysMax: 3})
	cl := as(t, c, "example_user")
	made(t, cl, inSession(pair(1)))
	other := as(t, c, "example_user")
	require.NoError(t, c.Stop(0))
	require.NoError(t, c.Start(0))
	made(t, cl, inSession(pair(1)))
	require.NoError(t, c.Isolate(0)) // its session keys are gone
	made(t, other, pair(1))
	made(t, cl, inSession(single(1, attr.PrivateKey)))
	require.NoError(t, c.Heal(0))
	c.Advance(cluster.SyncPeriod)
	made(t, cl, inSession(single(1, attr.PrivateKey)))
	picture(t, `
node 0 up: 262150 262151 9s
node 1 up: 262150 262151 262152s
`, c)
	require.NoError(t, c.Stop(1))
	cl.LogOut()
	made(t, other, single(1, attr.PrivateKey))
	require.NoError(t, c.Start(1))
	require.Positive(t, c.Due())
	c.Advance(cluster.SyncPeriod)
	picture(t, `
node 0 up: 262150 262151 8
node 1 up: 262150 262151 8
`, c)
}

func TestCopiesOnTheirWayDoNotOverfillAnHSM(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2, KeysMax: 3})
	cl := as(t, c, "example_user")
	c.Node(0).HSM.KeysMax = 10
	require.NoError(t, c.Delay(1, 500))
	one, two := cl.Create(pair(1)), cl.Create(pair(2))
	c.Advance(500)
	require.True(t, one.Done())
	require.NoError(t, one.Err)
	require.False(t, two.Done())
	two.Abandon()
	picture(t, `
node 0 up: 6 7
node 1 up: 6 7
`, c)
}

func TestASynchronisedUserLetsAnHSMTakeHisKeys(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	drift(c, 1, 3)
	cl, err := c.Connect()
	require.NoError(t, err)
	cl.LogIn(hsm.CU, "example_user", "aws")
	made(t, cl, pair(1))
	c.Advance(10 * cluster.SyncPeriod)
	picture(t, `
node 0 up: 6 7
node 1 up:
`, c)

	var servers []*server
	for _, n := range c.Nodes {
		s, err := dial(c, n.IP)
		require.NoError(t, err)
		require.NoError(t, s.LogIn(hsm.CO, "admin", cluster.Prove("password"), nil))
		servers = append(servers, s)
	}
	u, err := servers[0].ExtractUser(3)
	require.NoError(t, err)
	require.NoError(t, servers[1].InsertUser(servers[0], u))
	c.Advance(cluster.SyncPeriod)
	picture(t, `
node 0 up: 6 7
node 1 up: 6 7
`, c)
}

func TestAnAddedHSMHasTheMValuesOfTheOthers(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 1})
	c.Node(0).HSM.Quorum.M[hsm.UserMgmt] = 2
	id, err := c.Add()
	require.NoError(t, err)
	require.Equal(t, 2, c.Node(id).HSM.MValue(hsm.UserMgmt))
}

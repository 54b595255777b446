package cluster_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

func TestACreationWaitsForMinSrv(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Stop(2))
	cr := cl.Create(pair(3))
	require.False(t, cr.Done())
	require.Zero(t, cr.Due())
	c.Advance(1 << 40)
	require.False(t, cr.Done())
	require.Equal(t, 2, cr.Holders())
	require.NoError(t, c.Start(2))
	require.True(t, cr.Done())
	require.NoError(t, cr.Err)
	require.Equal(t, []int{0, 1, 2}, nodesOf(cr.Answers))
}

func TestAnExpiredTimeoutLeavesNoKeyAnywhere(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Stop(2))
	cr := cl.Create(within(pair(3), 5000))
	require.False(t, cr.Done())
	require.EqualValues(t, 5000, c.Due())
	c.Advance(4999)
	picture(t, `
node 0 up: 6 7
node 1 up: 6 7
node 2 down:
`, c)
	require.False(t, cr.Done())
	c.Advance(1)
	require.True(t, cr.Done())
	require.ErrorIs(t, cr.Err, retcode.ServerUnavailable)
	require.Equal(t, []int{0, 1}, nodesOf(cr.Answers))
	picture(t, `
node 0 up:
node 1 up:
node 2 down:
`, c)
}

func TestAFailedCreationIsBuriedWhereAnHSMIsAway(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Stop(2))
	cr := cl.Create(within(pair(3), 5000))
	require.NoError(t, c.Isolate(1))
	c.Advance(5000)
	require.True(t, cr.Done())
	picture(t, `
node 0 up:
node 1 isolated: 6 7
node 2 down:
buried: 6 7
`, c)
	require.NoError(t, c.Heal(1))
	picture(t, `
node 0 up:
node 1 up:
node 2 down:
`, c)
}

func TestACreationWithDelayWaitsForAllAndSucceedsWithMinSrvInTime(t *testing.T) {
	for _, row := range []struct {
		name    string
		request cluster.Request
		after   int64 // it has ended then, and not a millisecond before
		nodes   []int
		err     error
	}{
		{"all", pair(1), 900, []int{0, 1, 2}, nil},
		{"in time", within(pair(2), 400), 400, []int{0, 1}, nil},
		{"too late", within(pair(3), 800), 800, []int{0, 1, 2}, retcode.ServerUnavailable},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := cluster.New(cluster.Options{})
			cl := as(t, c, "example_user")
			require.NoError(t, c.Delay(1, 300))
			require.NoError(t, c.Delay(2, 900))
			cr := cl.Create(row.request)
			c.Advance(row.after - 1)
			require.False(t, cr.Done())
			c.Advance(1)
			require.True(t, cr.Done())
			require.ErrorIs(t, cr.Err, row.err)
			require.Equal(t, row.nodes, nodesOf(cr.Answers))
		})
	}
}

func TestAKeyHalfWayIsOnSomeHSMs(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Delay(2, 500))
	cr := cl.Create(pair(1))
	c.Advance(250)
	picture(t, `
node 0 up: 6 7
node 1 up: 6 7
node 2 up:
`, c)
	require.True(t, c.Receiving(c.Node(2)))
	require.False(t, c.Receiving(c.Node(1)))
	c.Advance(250)
	require.True(t, cr.Done())
	require.False(t, c.Receiving(c.Node(2)))
	picture(t, `
node 0 up: 6 7
node 1 up: 6 7
node 2 up: 6 7
`, c)
}

func TestACopyOnItsWayIsOfTheKeyAsItIsNow(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Delay(2, 500))
	cl.Create(single(1, attr.PrivateKey))
	row := *c.Node(0).HSM.At(6)
	row.Label = "changed"
	c.Node(0).HSM.Put(&row)
	c.Advance(500)
	require.Equal(t, "changed", c.Node(2).HSM.At(6).Label)
}

func TestAnAbandonedCreationLeavesNoKey(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	cr := cl.Create(pair(4))
	require.False(t, cr.Done())
	cr.Abandon()
	require.True(t, cr.Done())
	require.ErrorIs(t, cr.Err, retcode.ServerUnavailable)
	require.Equal(t, []int{0, 1, 2}, nodesOf(cr.Answers))

	cr = cl.Create(pair(4))
	cl.Close()
	require.ErrorIs(t, cr.Err, retcode.ServerUnavailable)
	cr.Abandon() // once more changes nothing
	picture(t, `
node 0 up:
node 1 up:
node 2 up:
`, c)
}

func TestMaterialThatTakesTime(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	cr := cl.Create(slowly(pair(1)))
	require.True(t, cr.Slow())
	c.Advance(1000)
	require.False(t, cr.Done())
	cr.Work(context.Background())
	require.False(t, cr.Slow())
	require.True(t, cr.Done())
	require.NoError(t, cr.Err)

	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	cr = cl.Create(slowly(pair(1)))
	cr.Work(canceled)
	require.True(t, cr.Done())
	require.ErrorIs(t, cr.Err, retcode.ServerUnavailable)
	require.True(t, cr.Stopped)
}

func TestMaterialThatComesTooLateMakesNoKey(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	cr := cl.Create(slowly(within(pair(1), 1000)))
	c.Advance(5000)
	require.False(t, cr.Slow())
	require.True(t, cr.Done())
	cr.Work(context.Background())
	require.True(t, cr.Done())
	require.ErrorIs(t, cr.Err, retcode.ServerUnavailable)
	picture(t, `
node 0 up:
node 1 up:
node 2 up:
`, c)
}

func TestTheWorldIsAskedAgainWhenSlowMaterialIsThere(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	r := pair(1)
	r.Templates[0].ID, r.Templates[1].ID = "k1", "k1"
	late := cl.Create(slowly(r))
	made(t, cl, r)
	late.Work(context.Background())
	require.True(t, late.Done())
	require.ErrorIs(t, late.Err, hsm.Refusal{Reason: hsm.IDTaken, ID: "k1"})
}

func TestALogoutEndsWhatIsHalfMade(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	cr := cl.Create(slowly(pair(1)))
	cl.LogOut()
	require.NoError(t, cluster.FirstError(cl.LogIn(hsm.CU, "user4", "aws")))
	cr.Work(context.Background())
	require.True(t, cr.Done())
	require.ErrorIs(t, cr.Err, retcode.ServerUnavailable)
	found, _ := cl.Find(anyKey)
	require.Empty(t, found)
}

// counted is a slow recipe that counts how often it is carried out.
type counted struct {
	quick
	times *int
}

func (c counted) Make(ctx context.Context, source mech.Source) ([]*mech.Material, error) {
	*c.times++
	return c.quick.Make(ctx, source)
}

// Where the HSM that was asked is away by then, another one takes what was made.
func TestAnotherHSMTakesWhatWasMade(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	r, times := slowly(pair(1)), 0
	r.Recipe = counted{r.Recipe.(quick), &times}
	cr := cl.Create(r)
	require.NoError(t, c.Stop(0))
	cr.Work(t.Context())
	require.True(t, cr.Done())
	require.NoError(t, cr.Err)
	require.Equal(t, 1, times)
	require.Equal(t, []uint32{262150, 262151}, []uint32{cr.Keys[0].Handle, cr.Keys[1].Handle})
	picture(t, `
node 0 down:
node 1 up: 262150 262151
node 2 up: 262150 262151
`, c)
}

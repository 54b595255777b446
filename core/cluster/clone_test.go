package cluster_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// cloned returns the number of the HSM of a new clone.
func cloned(t require.TestingT, c *cluster.Cluster, b *cluster.Backup) (*cluster.Group, int) {
	g, err := c.Clone(b)
	require.NoError(t, err)
	require.Len(t, g.Nodes, 1)
	return g, g.Nodes[0].HSM.Node
}

func TestACloneIsAClusterOfItsOwn(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	keys := made(t, cl, pair(1))
	g, id := cloned(t, c, backedUp(t, c))
	require.Equal(t, 3, id)
	require.Regexp(t, `^cluster-[a-z2-7]{11}$`, g.ID)
	require.NotEqual(t, c.ID, g.ID)
	require.Equal(t, "10.0.4.13", g.Nodes[0].IP)
	require.Equal(t, c.CustomerRoot(), g.CustomerRoot(), "it is not initialized again")
	require.Equal(t, cluster.Active, g.State())

	made(t, cl, pair(3))
	_, err := cl.Delete(keys[0].Handle)
	require.NoError(t, err)
	c.Advance(10 * cluster.SyncPeriod)
	picture(t, `
node 0 up: 7 8 9
node 1 up: 7 8 9
node 2 up: 7 8 9
---
node 3 up: 6 7
`, c)

	// the daemon of the client machine is pointed at the clone
	c.SetDaemon(false)
	c.Serve(g)
	c.SetDaemon(true)
	require.NoError(t, cluster.FirstError(cl.LogIn(hsm.CU, "example_user", "aws")))
	made(t, cl, pair(1))
	_, err = c.AddTo(g)
	require.NoError(t, err)
	picture(t, `
node 0 up: 7 8 9
node 1 up: 7 8 9
node 2 up: 7 8 9
---
node 3 up: 6 7 786442 786443
node 4 up: 6 7 786442 786443
`, c)
	require.ErrorIs(t, c.Remove(99), cluster.ErrNoSuchNode)
}

func TestMaskedObjectsOpenInACloneAndInNoOtherCluster(t *testing.T) {
	c, cl, handle := maskable(t)
	g, _ := cloned(t, c, backedUp(t, c))
	stranger, err := c.Beside(cluster.Options{Nodes: 1})
	require.NoError(t, err)
	object, err := cl.Mask(handle)
	require.NoError(t, err)
	for _, row := range []struct {
		at   *cluster.Group
		want error
	}{{g, nil}, {stranger, retcode.BadHandle}, {c.Groups[0], nil}} {
		c.SetDaemon(false)
		c.Serve(row.at)
		c.SetDaemon(true)
		require.NoError(t, cluster.FirstError(cl.LogIn(hsm.CU, "example_user", "aws")))
		_, _, err := cl.Unmask(object)
		require.ErrorIs(t, err, row.want)
	}
}

// opens copies a user from one HSM to another, which it can open or not.
func opens(t require.TestingT, to, from *server) error {
	u, err := from.ExtractUser(3)
	require.NoError(t, err)
	return to.InsertUser(from, u)
}

func TestHSMsOfUnrelatedClustersDoNotOpenEachOthersObjects(t *testing.T) {
	c := cluster.New(cluster.Options{})
	_, clone := cloned(t, c, backedUp(t, c))
	stranger, err := c.Beside(cluster.Options{Nodes: 1})
	require.NoError(t, err)
	from := officer(t, c, 0)
	require.NoError(t, opens(t, officer(t, c, 1), from))
	require.NoError(t, opens(t, officer(t, c, clone), from))
	other := stranger.Nodes[0].HSM
	require.ErrorIs(t, opens(t, officer(t, c, other.Node), from), hsm.BadMask)
	last := other.Audit.Entries[len(other.Audit.Entries)-1]
	require.Equal(t, hsm.CNInsertMasked, last.Opcode)
	require.Equal(t, hsm.BadMask, error(last.Code))
}

func TestACloneWithTheBackupOfAStrangerIsTheStrangersKin(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 1})
	stranger, err := c.Beside(cluster.Options{Nodes: 1})
	require.NoError(t, err)
	id := c.ID
	c.RestoreTo(c.Group, c.Newest(stranger))
	require.NoError(t, opens(t, officer(t, c, 0), officer(t, c, 1)))
	require.Equal(t, id, c.ID, "the cluster is the same one")
}

func TestClustersTogetherHaveAtMost28HSMs(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 27})
	cloned(t, c, c.Backups[0])
	_, err := c.Clone(c.Backups[0])
	require.ErrorIs(t, err, cluster.ErrFull)
	_, err = c.Beside(cluster.Options{Nodes: 1})
	require.ErrorIs(t, err, cluster.ErrFull)
	_, err = c.Add()
	require.ErrorIs(t, err, cluster.ErrLargest)
}

func TestTheLastHSMOfTheDaemonsClusterStays(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 1})
	_, id := cloned(t, c, c.Backups[0])
	require.ErrorIs(t, c.Remove(0), cluster.ErrSmallest)
	require.NoError(t, c.Remove(id))
	require.Len(t, c.Groups, 1)
}

func TestBackupsAndClonesAreInASnapshot(t *testing.T) {
	c := cluster.New(cluster.Options{})
	made(t, as(t, c, "example_user"), pair(1))
	g, _ := cloned(t, c, backedUp(t, c))
	c.SetDaemon(false)
	c.Serve(g)
	restored, _, err := cluster.Restore(c.Snapshot(), mech.Source{})
	require.NoError(t, err)
	require.Equal(t, c.Snapshot(), restored.Snapshot())
	require.Equal(t, g.ID, restored.ID)
}

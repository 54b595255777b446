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

const day = cluster.BackupPeriod

// whys are the occasions of the backups of all clusters, the oldest first.
func whys(c *cluster.Cluster) (list []cluster.Why) {
	for _, b := range c.Backups {
		list = append(list, b.Why)
	}
	return list
}

// officer dials an HSM as the first officer.
func officer(t require.TestingT, c *cluster.Cluster, node int) *server {
	s, err := dial(c, c.Node(node).IP)
	require.NoError(t, err)
	require.NoError(t, s.LogIn(hsm.CO, "admin", cluster.Prove("password"), nil))
	return s
}

// backedUp returns the backup of a cluster by hand.
func backedUp(t require.TestingT, c *cluster.Cluster) *cluster.Backup {
	b, err := c.BackUp(c.Group)
	require.NoError(t, err)
	return b
}

func TestARestoreGivesExactlyTheImage(t *testing.T) {
	c := cluster.New(cluster.Options{KeysMax: 40})
	cl := as(t, c, "example_user")
	keys := made(t, cl, pair(1))
	made(t, cl, inSession(single(1, attr.Public)))
	c.Node(0).HSM.Quorum.M[hsm.UserMgmt] = 2
	b := backedUp(t, c)
	want := c.Node(0).HSM.Copy()
	lastID := c.Node(0).HSM.ID()

	_, err := cl.Delete(keys[0].Handle)
	require.NoError(t, err)
	made(t, cl, pair(1))
	s := officer(t, c, 0)
	require.NoError(t, s.LogOut())
	c.Node(1).HSM.Users = c.Node(1).HSM.Users[:2]
	c.Node(0).HSM.Quorum.M[hsm.UserMgmt] = 3
	require.NoError(t, c.Tamper(1))
	require.NoError(t, c.Stop(2))
	c.RestoreTo(c.Group, b)

	picture(t, `
node 0 up: 6 7
node 1 up: 6 7
node 2 up: 6 7
`, c)
	for _, n := range c.Nodes {
		require.Equal(t, want.Users, n.HSM.Users)
		require.Equal(t, want.Quorum.M, n.HSM.Quorum.M)
		require.Equal(t, want.KeysMax, n.HSM.KeysMax)
		require.Equal(t, cluster.Firmware, n.HSM.Firmware, "new HSMs are genuine")
		for _, k := range keys {
			require.Same(t, k, n.HSM.At(k.Handle))
		}
	}
	require.NotEqual(t, lastID, c.Node(0).HSM.ID(), "the HSMs are new ones")
	require.False(t, s.Connected(), "officers' connections are lost")
	require.Zero(t, c.Due())
}

func TestARestoreLogsEverybodyOut(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	b := backedUp(t, c)
	waiting := cl.Create(pair(4))
	require.False(t, waiting.Done())
	c.RestoreTo(c.Group, b)
	require.True(t, waiting.Done())
	require.Error(t, waiting.Err)
	require.Nil(t, cl.Login)
	_, err := cl.Key(6)
	require.ErrorIs(t, err, retcode.UserNotReady)
	require.NoError(t, cluster.FirstError(cl.LogIn(hsm.CU, "example_user", "aws")))
	made(t, cl, pair(1))
}

func TestHalfMadeKeysAreInNoBackup(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	waiting := cl.Create(pair(4))
	b := backedUp(t, c)
	_, keys := b.Count()
	require.Zero(t, keys)
	waiting.Abandon()
}

func TestARestoreForgetsTombstones(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	keys := made(t, cl, single(1, attr.PrivateKey))
	b := backedUp(t, c)
	require.NoError(t, c.Stop(2))
	_, err := cl.Delete(keys[0].Handle)
	require.NoError(t, err)
	c.RestoreTo(c.Group, b)
	picture(t, `
node 0 up: 6
node 1 up: 6
node 2 up: 6
`, c)
}

func TestTheServiceMakesBackupsByItself(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 1})
	require.Equal(t, []cluster.Why{cluster.Activated}, whys(c))
	c.Advance(day - 1)
	require.Len(t, c.Backups, 1)
	c.Advance(1)
	require.Equal(t, []cluster.Why{cluster.Activated, cluster.Daily}, whys(c))
	require.EqualValues(t, day, c.Backups[1].Time)
	id, err := c.Add()
	require.NoError(t, err)
	require.NoError(t, c.Remove(id))
	require.Equal(t, []cluster.Why{cluster.Activated, cluster.Daily, cluster.HSMAdded, cluster.Removed}, whys(c))
	require.Equal(t, id, c.Backups[3].Node, "of the HSM that goes: what only it holds is kept")
}

func TestADailyBackupThatTellsNothingNewTakesThePlaceOfTheOneBefore(t *testing.T) {
	c := cluster.New(cluster.Options{})
	c.Advance(1000 * day)
	require.Equal(t, []cluster.Why{cluster.Activated, cluster.Daily}, whys(c))
	require.EqualValues(t, 1000*day, c.Backups[1].Time)
	made(t, as(t, c, "example_user"), pair(1))
	c.Advance(day)
	require.Equal(t, []cluster.Why{cluster.Activated, cluster.Daily, cluster.Daily}, whys(c))
}

func TestNoDailyBackupIsMadeWhileNoHSMIsReached(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 1})
	require.NoError(t, c.Isolate(0))
	c.Advance(3 * day)
	require.Len(t, c.Backups, 1)
	_, err := c.BackUp(c.Group)
	require.ErrorIs(t, err, cluster.ErrNoneReached)
	require.NoError(t, c.Heal(0))
	c.Advance(day)
	require.Len(t, c.Backups, 2)
}

func TestTheNewestBackupsAreKept(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 1})
	for range 3 * cluster.BackupsKept {
		backedUp(t, c)
	}
	require.Len(t, c.Backups, cluster.BackupsKept)
	ids := map[string]bool{}
	for _, b := range c.Backups {
		require.Regexp(t, `^backup-[a-z2-7]{11}$`, b.ID)
		ids[b.ID] = true
		require.Same(t, b, c.Backup(b.ID))
	}
	require.Len(t, ids, cluster.BackupsKept)
	require.Nil(t, c.Backup("backup-aaaaaaaaaaa"))
}

func TestClonesThatComeAndGoLeaveFewBackups(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 1})
	first := c.Backups[0]
	for range 100 {
		_, id := cloned(t, c, first)
		require.NoError(t, c.Remove(id))
	}
	require.Len(t, c.Groups, 1)
	require.Equal(t, cluster.NodesMax+4, len(c.Backups))
	require.Same(t, first, c.Newest(c.Group), "the last one of a cluster stays")
}

func TestBackupsShareWhatIsTheSame(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 1})
	cl := as(t, c, "example_user")
	for range cluster.PageSize {
		made(t, cl, pair(1))
	}
	one := backedUp(t, c)
	made(t, cl, pair(1))
	two := backedUp(t, c)
	require.Same(t, one.Pages[0], two.Pages[0])
	require.NotSame(t, one.Pages[2], two.Pages[2])
}

func TestABrokenBackupIsNotRestored(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 1})
	made(t, as(t, c, "example_user"), pair(1))
	b := *backedUp(t, c)
	for name, broken := range map[string][]*hsm.Key{
		"no key":      {nil},
		"one slot":    {b.Pages[0].Keys[0], b.Pages[0].Keys[0]},
		"no material": {{Handle: 6}},
	} {
		b.Pages = []*cluster.Page{{Keys: broken}}
		s := c.Snapshot()
		s.Backups = []*cluster.Backup{&b}
		_, _, err := cluster.Restore(s, mech.Source{})
		require.ErrorIs(t, err, hsm.ErrBroken, name)
	}
}

package cluster_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

func TestASnapshotGoesItsOwnWay(t *testing.T) {
	c := cluster.New(cluster.Options{Seed: 5})
	cl := as(t, c, "example_user")
	made(t, cl, pair(1))
	made(t, cl, inSession(single(1, attr.PrivateKey)))
	require.NoError(t, c.Stop(2))
	_, err := cl.Delete(7)
	require.NoError(t, err)
	c.Advance(77)

	before := c.Snapshot()
	restored, gone, err := cluster.Restore(before, mech.Source{})
	require.NoError(t, err)
	require.Zero(t, gone)
	require.Equal(t, before, restored.Snapshot())

	back := restored.Reattach(cl.Session, cl.Login)
	restored.EndOrphans()
	_, err = back.OwnKey(8) // its session key is there
	require.NoError(t, err)
	made(t, back, pair(1))
	require.NoError(t, restored.Start(2))
	require.Equal(t, before, c.Snapshot())
	require.Equal(t, c.String(), "node 0 up: 6 8s\nnode 1 up: 6\nnode 2 down: 6 7\nburied: 7\n")
	require.Equal(t, restored.String(), "node 0 up: 6 8s 9 10\nnode 1 up: 6 9 10\nnode 2 up: 6\n")
}

func TestSessionsOfToolsThatDoNotComeBackEnd(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	made(t, cl, inSession(pair(1)))
	restored, _, err := cluster.Restore(c.Snapshot(), mech.Source{})
	require.NoError(t, err)
	restored.EndOrphans()
	picture(t, `
node 0 up:
node 1 up:
node 2 up:
`, restored)
	require.Empty(t, restored.Node(0).HSM.Sessions)
	next, err := restored.Connect()
	require.NoError(t, err)
	require.Greater(t, next.Session, cl.Session)
}

func TestHalfMadeKeysAreRemovedOnLoad(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Isolate(2))
	made(t, cl, single(1, attr.PrivateKey))
	cl.Create(pair(3))
	snapshot := c.Snapshot()
	require.Equal(t, []uint32{7, 8}, snapshot.HalfMade)
	restored, gone, err := cluster.Restore(snapshot, mech.Source{})
	require.NoError(t, err)
	require.Equal(t, 2, gone)
	picture(t, `
node 0 up: 6
node 1 up: 6
node 2 isolated:
`, restored)
	picture(t, `
node 0 up: 6 7 8
node 1 up: 6 7 8
node 2 isolated:
`, c)
}

func TestTheSameSeedMakesTheSameCluster(t *testing.T) {
	one, two := cluster.New(cluster.Options{Seed: 7}), cluster.New(cluster.Options{Seed: 7})
	require.Equal(t, one.ID, two.ID)
	require.Equal(t, one.Node(1).HSM.Serial, two.Node(1).HSM.Serial)
	require.Equal(t, one.Node(1).HSM.Users, two.Node(1).HSM.Users)
	require.NotEqual(t, one.ID, cluster.New(cluster.Options{Seed: 8}).ID)
	require.Equal(t, "aws", cluster.SeedPassword(one.Node(0).HSM.UserByID(3)))
	changed := *one.Node(0).HSM.UserByID(3)
	changed.Seeded = false
	require.Empty(t, cluster.SeedPassword(&changed))
}

func TestADamagedSnapshotIsRefused(t *testing.T) {
	private := func() *hsm.Key {
		return &hsm.Key{Handle: 6, Owner: 3, Material: &mech.Material{Class: attr.PrivateKey, Type: attr.EC}}
	}
	for _, row := range []struct {
		name   string
		damage func(*cluster.Snapshot)
	}{
		{"no nodes", func(s *cluster.Snapshot) { s.Nodes = nil }},
		{"too many nodes", func(s *cluster.Snapshot) { s.Nodes = make([]cluster.Node, 29) }},
		{"no HSM", func(s *cluster.Snapshot) { s.Nodes[1].HSM = nil }},
		{"node twice", func(s *cluster.Snapshot) { s.Nodes[1].HSM.Node = 0 }},
		{"negative node", func(s *cluster.Snapshot) { s.Nodes[0].HSM.Node = -1 }},
		{"no chance", func(s *cluster.Snapshot) { s.Chance = nil }},
		{"negative time", func(s *cluster.Snapshot) { s.Now = -1 }},
		{"time too late", func(s *cluster.Snapshot) { s.Now = 1 << 62 }},
		{"negative delay", func(s *cluster.Snapshot) { s.Nodes[0].Delay = -1 }},
		{"sync too late", func(s *cluster.Snapshot) { s.Nodes[0].SyncAt = 1 << 62 }},
		{"nil user", func(s *cluster.Snapshot) { s.Nodes[0].HSM.Users[0] = nil }},
		{"users not by id", func(s *cluster.Snapshot) { s.Nodes[0].HSM.Users[0] = s.Nodes[0].HSM.Users[1] }},
		{"nil session", func(s *cluster.Snapshot) { s.Nodes[0].HSM.Sessions = []*hsm.Session{nil} }},
		{"key in a wrong slot", func(s *cluster.Snapshot) { s.Nodes[0].HSM.Keys = []*hsm.Key{private()} }},
		{"key in a slot of the HSM's own", func(s *cluster.Snapshot) {
			k := private()
			k.Handle = 1
			s.Nodes[0].HSM.Keys = []*hsm.Key{nil, k}
		}},
		{"key without material", func(s *cluster.Snapshot) {
			k := private()
			k.Material = nil
			s.Nodes[0].HSM.Put(k)
		}},
		{"two keys in a slot", func(s *cluster.Snapshot) {
			s.Nodes[0].HSM.Put(private())
			k := private()
			k.Handle = hsm.Handle(1, 6)
			s.Nodes[1].HSM.Put(k)
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := cluster.New(cluster.Options{}).Snapshot()
			row.damage(&s)
			_, _, err := cluster.Restore(s, mech.Source{})
			require.Error(t, err)
		})
	}
}

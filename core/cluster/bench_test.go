package cluster_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// full returns a cluster whose HSMs are full of token keys but for some room, and a tool on it.
func full(b *testing.B, nodes, room int) (*cluster.Cluster, *cluster.Client) {
	c := cluster.New(cluster.Options{Nodes: nodes})
	cl := as(b, c, "example_user")
	for range hsm.KeysMax - room {
		made(b, cl, single(1, attr.PrivateKey))
	}
	b.ResetTimer()
	return c, cl
}

func BenchmarkFind3300KeysOn28HSMs(b *testing.B) {
	_, cl := full(b, 28, 0)
	for b.Loop() {
		keys, _ := cl.Find(func(k *hsm.Key) bool { return k.Label == "k" })
		require.Len(b, keys, hsm.KeysMax)
	}
}

func benchmarkCreate(b *testing.B, c *cluster.Cluster, cl *cluster.Client, recipe mech.Recipe) {
	request := pair(len(c.Nodes))
	request.Recipe = recipe
	for b.Loop() {
		for _, k := range made(b, cl, request) {
			_, err := cl.Delete(k.Handle)
			require.NoError(b, err)
		}
	}
}

func BenchmarkCreateAndDeleteP384PairOn3HSMs(b *testing.B) {
	c, cl := full(b, 3, hsm.KeysMax)
	benchmarkCreate(b, c, cl, mech.EC{Curve: p384()})
}

func BenchmarkCreateAndDeletePairOn3HSMsWithoutMath(b *testing.B) {
	c, cl := full(b, 3, hsm.KeysMax)
	benchmarkCreate(b, c, cl, pair(1).Recipe)
}

func BenchmarkCreateAndDeletePairOn3FullHSMsWithoutMath(b *testing.B) {
	c, cl := full(b, 3, 2)
	benchmarkCreate(b, c, cl, pair(1).Recipe)
}

func BenchmarkCreateAndDeletePairOn28FullHSMsWithoutMath(b *testing.B) {
	c, cl := full(b, 28, 2)
	benchmarkCreate(b, c, cl, pair(1).Recipe)
}

func BenchmarkSnapshotOf3HSMsWith3300Keys(b *testing.B) {
	c, _ := full(b, 3, 0)
	for b.Loop() {
		c.Snapshot()
	}
}

func BenchmarkSynchroniseANewHSMWith3300Keys(b *testing.B) {
	c, _ := full(b, 3, 0)
	for b.Loop() {
		id, err := c.Add()
		require.NoError(b, err)
		c.Advance(cluster.SyncPeriod)
		require.Len(b, c.Node(id).HSM.Keys, hsm.FirstSlot+hsm.KeysMax)
		require.NoError(b, c.Remove(id))
	}
}

package cluster_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

func TestDeleteLeavesTheOtherHalf(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	made(t, cl, pair(1))
	answers, err := cl.Delete(7)
	require.NoError(t, err)
	require.NoError(t, cluster.FirstError(answers))
	require.Equal(t, []int{0, 1, 2}, nodesOf(answers))
	picture(t, `
node 0 up: 6
node 1 up: 6
node 2 up: 6
`, c)
}

func TestAKeyThatMustNotBeDestroyedIsNotDeleted(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	r := single(1, attr.PrivateKey)
	r.Templates[0].Flags = attr.FlagSign | attr.FlagPrivate
	made(t, cl, r)
	_, err := cl.Delete(6)
	require.ErrorIs(t, err, retcode.Policy)
	require.Len(t, cl.Where(6), 3)
}

func TestDeleteReachesHSMsWithoutALogin(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	made(t, cl, pair(1))
	require.NoError(t, c.Stop(2))
	drift(c, 2, 3)
	require.NoError(t, c.Start(2))
	answers, err := cl.Delete(6)
	require.NoError(t, err)
	require.NoError(t, cluster.FirstError(answers))
	for _, n := range c.Nodes {
		last := n.HSM.Audit.Entries[len(n.HSM.Audit.Entries)-1]
		require.Equal(t, hsm.CNDestroyObject, last.Opcode, "node %d", n.HSM.Node)
	}
	c.Advance(600_000)
	picture(t, `
node 0 up: 7
node 1 up: 7
node 2 up: 7
`, c)
}

func TestSetTokenCopiesTheKeyUnderTheSameHandle(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	made(t, cl, inSession(pair(1)))
	answers, err := cl.SetToken(7, true)
	require.NoError(t, err)
	require.NoError(t, cluster.FirstError(answers))
	picture(t, `
node 0 up: 6s 7
node 1 up: 7
node 2 up: 7
`, c)
	row := c.Node(0).HSM.At(7)
	require.Same(t, row, c.Node(2).HSM.At(7))
	_, err = cl.SetToken(7, true)
	require.NoError(t, err)
	require.Same(t, row, c.Node(0).HSM.At(7))
	cl.Close()
	picture(t, `
node 0 up: 7
node 1 up: 7
node 2 up: 7
`, c)
}

func TestSetTokenPassesOverAnHSMThatIsFull(t *testing.T) {
	c := cluster.New(cluster.Options{KeysMax: 2})
	cl := as(t, c, "example_user")
	made(t, cl, inSession(pair(1)))
	c.Node(1).HSM.KeysMax = 0
	answers, err := cl.SetToken(7, true)
	require.NoError(t, err)
	require.Equal(t, []cluster.Answer{{Node: 0}, {Node: 1, Err: hsm.Refusal{Reason: hsm.NoRoomForCopy, Handle: 7}}, {Node: 2}}, answers)
	picture(t, `
node 0 up: 6s 7
node 1 up:
node 2 up: 7
`, c)
}

func TestSessionKeysMakeRoomWhenTheirToolEnds(t *testing.T) {
	for name, end := range map[string]func(*cluster.Client){
		"log out": func(cl *cluster.Client) { cl.LogOut() },
		"close":   func(cl *cluster.Client) { cl.Close() },
	} {
		c := cluster.New(cluster.Options{Nodes: 2})
		cl := as(t, c, "example_user")
		made(t, cl, inSession(single(1, attr.PrivateKey)))
		handle := made(t, as(t, c, "user4"), single(1, attr.PrivateKey))[0].Handle
		require.NoError(t, c.Isolate(1))
		c.Node(0).HSM.Erase(handle)
		c.Node(0).HSM.KeysMax = 1
		require.NoError(t, c.Heal(1))
		require.Zero(t, c.Due(), "%s: node 0 is full", name)
		end(cl)
		require.NotZero(t, c.Due(), "%s: there is room for the key", name)
	}
}

package cluster_test

import (
	"crypto"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// since returns what the log of a node says after so many entries, in short.
func since(c *cluster.Cluster, node int, seq uint64) (short []string) {
	for _, e := range c.Node(node).HSM.Audit.Entries {
		if e.Seq < seq {
			continue
		}
		line := string(e.Opcode)
		if e.User != "" {
			line += " " + e.User
		}
		if e.Keys[0] != 0 {
			line += fmt.Sprint(" ", e.Keys)
		}
		if e.Code != 0 {
			line += fmt.Sprintf(" 0x%x", uint32(e.Code))
		}
		short = append(short, line)
	}
	return short
}

// What each action logs: spec/cmu.md 7.4.
func TestWhatTheHSMsLog(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2, Wall: 1_513_717_277_000})
	require.Equal(t, []string{"CN_INIT_TOKEN", "CN_GEN_PSWD_ENC_KEY", "CN_CREATE_APPLIANCE_USER app_user", "CN_INIT_DONE",
		"CN_LOGIN admin", "CN_CHANGE_PSWD admin", "CN_LOGOUT admin"}, since(c, 0, 0))
	require.Empty(t, since(c, 1, 0))

	var cl *cluster.Client
	for _, row := range []struct {
		name  string
		do    func()
		nodes [2][]string
	}{
		{"log in", func() { cl = as(t, c, "example_user") }, [2][]string{{"CN_LOGIN example_user"}, {"CN_LOGIN example_user"}}},
		{"a pair", func() { made(t, cl, pair(1)) }, [2][]string{
			{"CN_GENERATE_KEY_PAIR [7 6]", "CN_EXTRACT_MASKED_OBJECT_USER [6 0]", "CN_EXTRACT_MASKED_OBJECT_USER [7 0]"},
			{"CN_INSERT_MASKED_OBJECT_USER [6 0]", "CN_INSERT_MASKED_OBJECT_USER [7 0]"}}},
		{"a session key", func() { made(t, cl, inSession(single(1, attr.PrivateKey))) }, [2][]string{{"CN_GENERATE_KEY [8 0]"}, nil}},
		{"make it a token key", func() { _, _ = cl.SetToken(8, true) }, [2][]string{
			{"CN_MODIFY_OBJECT [8 0]", "CN_EXTRACT_MASKED_OBJECT_USER [8 0]"}, {"CN_INSERT_MASKED_OBJECT_USER [8 0]"}}},
		{"a refused curve", func() {
			r := single(1, attr.PrivateKey)
			r.Templates[0].Curve = nil
			cl.Create(r)
		}, [2][]string{{"CN_GENERATE_KEY 0xb3"}, nil}},
		{"an abandoned creation", func() { cl.Create(single(3, attr.PrivateKey)).Abandon() }, [2][]string{
			{"CN_GENERATE_KEY [9 0]", "CN_EXTRACT_MASKED_OBJECT_USER [9 0]", "CN_TOMBSTONE_OBJECT [9 0]"},
			{"CN_INSERT_MASKED_OBJECT_USER [9 0]", "CN_TOMBSTONE_OBJECT [9 0]"}}},
		{"reading and signing", func() {
			_, _ = cl.Key(7)
			call := cl.Sign(hsm.SignRequest{Handle: 7, Mechanism: mech.ECDSAWith(crypto.SHA384)})
			call.Work()
			_, _ = call.Finish()
			cl.Find(anyKey)
			cl.Where(7)
		}, [2][]string{}},
		{"wrapping", func() {
			cl.Wrap(hsm.WrapRequest{Handle: 7, With: 8, Params: mech.WrapParams{Wrapping: mech.WrapPad}})
		}, [2][]string{{"CN_WRAP_KEY [7 0] 0xa8"}, nil}},
		{"masking", func() { _, _ = cl.Mask(7) }, [2][]string{{"CN_EXTRACT_MASKED_OBJECT_USER [7 0]"}, nil}},
		{"delete", func() { _, _ = cl.Delete(7) }, [2][]string{{"CN_DESTROY_OBJECT [7 0]"}, {"CN_DESTROY_OBJECT [7 0]"}}},
		{"log out", func() { cl.LogOut() }, [2][]string{{"CN_LOGOUT example_user"}, nil}},
		{"exit without logout", func() { as(t, c, "user4").Close() }, [2][]string{
			{"CN_LOGIN user4", "CN_CLOSE_SESSION user4"}, {"CN_LOGIN user4", "CN_CLOSE_SESSION user4"}}},
	} {
		t.Run(row.name, func(t *testing.T) {
			from := [2]uint64{c.Node(0).HSM.Audit.Next, c.Node(1).HSM.Audit.Next}
			row.do()
			for node, want := range row.nodes {
				require.Equal(t, want, since(c, node, from[node]), "node %d", node)
			}
		})
	}
	for _, n := range c.Nodes {
		require.NoError(t, n.HSM.Audit.Verify())
	}
}

func TestTheLogTellsTheTime(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 1, Wall: 1_513_717_277_174})
	c.Advance(1500)
	as(t, c, "example_user")
	entries := c.Node(0).HSM.Audit.Entries
	require.EqualValues(t, 1_513_717_278_674_000, entries[len(entries)-1].Time)
	restored, _, err := cluster.Restore(c.Snapshot(), mech.Source{})
	require.NoError(t, err)
	id, err := restored.Add()
	require.NoError(t, err)
	as(t, restored, "example_user")
	entries = restored.Node(id).HSM.Audit.Entries
	require.EqualValues(t, 0, entries[0].Seq)
	require.Equal(t, hsm.CNLogin, entries[0].Opcode)
	require.EqualValues(t, 1_513_717_278_674_000, entries[0].Time)
}

func TestTheServicesSynchronisationIsNotLogged(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	require.NoError(t, c.Stop(2))
	made(t, cl, pair(1))
	require.NoError(t, c.Start(2))
	c.Advance(cluster.SyncPeriod)
	require.Equal(t, []string{"CN_LOGIN example_user", "CN_LOGIN example_user"}, since(c, 2, 0))
	require.EqualValues(t, 1, c.Node(2).HSM.Audit.Reboots)
	require.Len(t, c.Node(2).HSM.Keys, 8)
}

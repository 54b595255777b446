package cluster_test

import (
	"crypto"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// TestTheAvailabilityCheckOfOwnConnections: without the daemon it is the client that says on how
// many HSMs a key must be.
func TestTheAvailabilityCheckOfOwnConnections(t *testing.T) {
	for _, row := range []struct {
		name    string
		least   int
		daemons int // create_object_minimum_nodes
		servers int
		away    []int
		want    error
		holders []int
	}{
		{"all are there", 2, 0, 1, nil, nil, []int{0, 1, 2}},
		{"two are", 2, 0, 1, []int{0}, nil, []int{1, 2}},
		{"one is", 2, 0, 1, []int{0, 1}, retcode.ServerUnavailable, nil},
		{"switched off", 1, 0, 1, []int{0, 1}, nil, []int{2}},
		{"none given", 0, 0, 0, []int{0, 1}, nil, []int{2}},
		{"the daemon's is another matter", 1, 3, 1, []int{0}, nil, []int{1, 2}},
		{"a command may ask for more", 2, 0, 3, []int{0}, retcode.ServerUnavailable, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := cluster.New(cluster.Options{})
			c.Settings.MinServers = row.daemons
			cl := without(t, c, hsm.CU, "example_user", "aws")
			cl.Least = row.least
			for _, id := range row.away {
				require.NoError(t, c.Isolate(id))
			}
			cr := cl.Create(within(pair(row.servers), 1000))
			c.Advance(2000)
			require.True(t, cr.Done())
			require.Equal(t, row.want, cr.Err)
			if row.want == nil {
				require.Equal(t, row.holders, nodesOf(cr.Answers))
				require.Equal(t, len(row.holders), cl.KeyCoverage(cr.Keys[0].Handle).Have)
				return
			}
			for _, n := range c.Nodes {
				tokens, _ := n.HSM.Count()
				require.Zero(t, tokens, "nothing is left on node %d", n.HSM.Node)
			}
		})
	}
}

// A client with connections of its own does not use a token key that too few HSMs have, also not as
// a wrapper; through the daemon every key is used that is there.
func TestTheAvailabilityCheckAtUse(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := without(t, c, hsm.CU, "example_user", "aws")
	daemons := as(t, c, "example_user")
	aes := func(change func(*hsm.Template)) uint32 {
		tm := hsm.Template{Class: attr.Secret, Type: attr.AES, Size: 32}
		change(&tm)
		return made(t, cl, cluster.Request{Recipe: mech.SecretKey{Type: attr.AES, Size: 32}, Templates: []hsm.Template{tm}})[0].Handle
	}
	everywhere, rare := aes(func(*hsm.Template) {}), aes(func(*hsm.Template) {})
	own := aes(func(tm *hsm.Template) { tm.InSession = true })
	pair := request(1, attr.Public, attr.PrivateKey)
	pair.Recipe = mech.EC{Curve: p384()}
	signer := made(t, cl, pair)[1].Handle
	for _, node := range []int{1, 2} {
		for _, handle := range []uint32{rare, signer} {
			c.Node(node).HSM.Erase(handle)
		}
	}
	wrap := func(cl *cluster.Client, handle, with uint32) error {
		return cl.Wrap(hsm.WrapRequest{Handle: handle, With: with, Params: mech.WrapParams{Wrapping: mech.WrapPad}}).Refused()
	}
	sign := func(cl *cluster.Client) error {
		return cl.Sign(hsm.SignRequest{Handle: signer, Mechanism: mech.ECDSAWith(crypto.SHA384), Message: []byte("m")}).Refused()
	}
	few := func(handle uint32) error { return cluster.NotAvailable{Handle: handle, Have: 1, Need: 2} }
	for _, row := range []struct {
		name string
		want error // with an availability of 2
		use  func(*cluster.Client) error
	}{
		{"a key that all have", nil, func(cl *cluster.Client) error { return wrap(cl, everywhere, everywhere) }},
		{"a key that one has", few(rare), func(cl *cluster.Client) error { return wrap(cl, rare, everywhere) }},
		{"a wrapper that one has", few(rare), func(cl *cluster.Client) error { return wrap(cl, everywhere, rare) }},
		{"a signer that one has", few(signer), sign},
		{"a session key", nil, func(cl *cluster.Client) error { return wrap(cl, own, everywhere) }},
	} {
		for _, least := range []int{0, 1} {
			cl.Least = least
			require.NoError(t, row.use(cl), row.name)
		}
		cl.Least = 2
		require.Equal(t, row.want, row.use(cl), row.name)
	}
	require.ErrorIs(t, sign(cl), retcode.ServerUnavailable)
	require.Equal(t, retcode.ServerUnavailable, c.Events(c.LastEvent() - 1)[0].Code, "the call is on record")
	require.Error(t, wrap(cl, 999, everywhere), "an HSM refuses first")
	require.NotErrorIs(t, wrap(cl, 999, everywhere), retcode.ServerUnavailable)
	c.Settings.MinServers = 3
	require.NoError(t, sign(daemons), "create_object_minimum_nodes is about making keys")

	f := c.Fork()
	require.Equal(t, 2, f.Redial(cl.Session, 0, 1, 2).Least, "a fork's client has the policy, too")
}

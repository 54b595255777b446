package sim

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// What Client SDK 5 has made of a world is saved and comes back: types of HSMs, quorum values,
// tokens, trust anchors, and a client with its login.
func TestWhatClientSDK5HasMadeIsSaved(t *testing.T) {
	w := New(Options{Seed: 7, Model: hsm.HSM2, NonFIPS: true})
	defer w.Shut()
	anchor := mech.CertificatePEM(w.cluster.CustomerRoot())
	joining := cluster.Joining{Addresses: addresses(w.cluster.Group), Anchor: anchor, Least: 2}
	cl, err := w.cluster.Join(joining)
	require.NoError(t, err)
	_, err = cl.Authenticate(cluster.Credentials{Type: hsm.CO, Name: "admin", Password: "password"})
	require.NoError(t, err)
	require.NoError(t, cl.AddUser(hsm.NewUser{Type: hsm.CO, Name: "boss", Secret: cl.NewUserSecret("password")}))
	_, err = cl.AddAnchor(anchor)
	require.NoError(t, err)
	require.NoError(t, cl.SetQuorum(hsm.ClusterMgmt, 2))
	_, err = cl.NewToken(hsm.ClusterMgmt, 0)
	require.NoError(t, err)
	_, err = w.cluster.BackUp(w.cluster.Group)
	require.NoError(t, err)
	rows := w.Save()
	back, err := Load(rows, Options{})
	require.NoError(t, err)
	defer back.Shut()
	h := back.cluster.Nodes[1].HSM
	require.Equal(t, hsm.Policy{Model: hsm.HSM2}, h.Policy)
	require.Equal(t, 2, h.MValue(hsm.ClusterMgmt))
	require.Equal(t, anchor, h.MTLS.Anchors[0].PEM)
	require.True(t, h.MTLS.Same(back.cluster.Newest(back.cluster.Group).MTLS), "the backup has it too")
	require.False(t, back.cluster.Daemon)
	require.Nil(t, h.SessionUser(cl.Session), "nobody has asked for the session")

	c, _, err := cluster.Restore(w.cluster.Snapshot(), mech.Source{})
	require.NoError(t, err)
	again := c.Rejoin(cl.Session, cl.ID(), cl.Login, joining)
	c.EndOrphans()
	list, err := again.TokenList()
	require.NoError(t, err)
	require.Equal(t, []any{"admin", hsm.ClusterMgmt, 2, int64(hsm.TokenLife)}, []any{list[0].User, list[0].Service, list[0].Required, list[0].Left})
	require.Equal(t, "admin", again.Login.Name)
}

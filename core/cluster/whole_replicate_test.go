package cluster_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
)

// withClone returns a cluster and its clone with two HSMs.
func withClone(t *testing.T) (*cluster.Cluster, *cluster.Group) {
	c := cluster.New(cluster.Options{})
	b, err := c.BackUp(c.Group)
	require.NoError(t, err)
	g, err := c.Clone(b)
	require.NoError(t, err)
	_, err = c.AddTo(g)
	require.NoError(t, err)
	return c, g
}

func TestAKeyIsReplicatedToAClone(t *testing.T) {
	c, g := withClone(t)
	owner := joined(t, c, c.Group, hsm.CU, "user4")
	r := single(1, attr.PrivateKey)
	r.Templates[0].Shared = []int{5}
	k := made(t, owner, r)[0]
	admin := joined(t, c, c.Group, hsm.CO, "admin")
	_, err := admin.ReplicateKey(admin, k.Handle)
	require.Equal(t, cluster.ErrSameCluster, err)
	there, err := c.Join(joining(g, 2))
	require.NoError(t, err)
	_, err = admin.ReplicateKey(there, k.Handle)
	require.Equal(t, error(hsm.NotLoggedIn), err)
	_, err = there.Authenticate(credentials(hsm.CO, "admin"))
	require.NoError(t, err)
	_, err = admin.ReplicateKey(there, 4711)
	require.Equal(t, cluster.ErrNoKey, err)
	user5 := g.Nodes[1].HSM.UserNamed(hsm.CU, "user5")
	require.NoError(t, there.RemoveUser(hsm.CU, "user5"))
	_, err = admin.ReplicateKey(there, k.Handle)
	require.Equal(t, cluster.ErrStrangers, err)
	require.NoError(t, there.AddUser(hsm.NewUser{Type: hsm.CU, Name: "other", ID: user5.ID, Secret: there.NewUserSecret("password")}))
	require.NoError(t, there.AddUser(hsm.NewUser{Type: hsm.CU, Name: "USER5", Secret: there.NewUserSecret("password")}))
	row, err := admin.ReplicateKey(there, k.Handle)
	require.NoError(t, err)
	require.Equal(t, k.Handle, row.Handle)
	require.Equal(t, []cluster.Holder{{Name: "user5", Coverage: cluster.Full}}, row.Sharers, "by name, whatever the numbers are")
	require.Equal(t, cluster.Full, row.Coverage)
	_, err = admin.ReplicateKey(there, k.Handle)
	require.NoError(t, err, "it is there")
	c.Node(1).HSM.Erase(k.Handle)
	_, err = admin.ReplicateKey(there, k.Handle)
	require.Equal(t, cluster.ErrKeyMissing, err)
}

func TestAReplicationThatSomeHSMsRefuse(t *testing.T) {
	c, g := withClone(t)
	k := made(t, joined(t, c, c.Group, hsm.CU, "user4"), single(1, attr.PrivateKey))[0]
	g.Nodes[1].HSM.KeysMax = 0
	_, err := joined(t, c, c.Group, hsm.CO, "admin").ReplicateKey(joined(t, c, g, hsm.CO, "admin"), k.Handle)
	var partly cluster.Replicated
	require.ErrorAs(t, err, &partly)
	require.Equal(t, []int{1, 2}, []int{partly.Failed, partly.Of})
	_, err = joined(t, c, c.Group, hsm.CU, "user5").ReplicateKey(joined(t, c, g, hsm.CU, "user5"), k.Handle)
	require.Error(t, err, "somebody else's")
	g, err = c.Beside(cluster.Options{Nodes: 1})
	require.NoError(t, err)
	_, err = joined(t, c, c.Group, hsm.CO, "admin").ReplicateKey(joined(t, c, g, hsm.CO, "admin"), k.Handle)
	require.Equal(t, cluster.ErrNotClones, err)
}

func TestAUserIsReplicatedToAClone(t *testing.T) {
	c, g := withClone(t)
	here, there := joined(t, c, c.Group, hsm.CO, "admin"), joined(t, c, g, hsm.CO, "admin")
	require.NoError(t, c.Isolate(2))
	require.NoError(t, here.AddUser(hsm.NewUser{Type: hsm.CU, Name: "carol", Secret: here.NewUserSecret("password")}))
	require.NoError(t, c.Heal(2))
	_, err := here.ReplicateUser(there, hsm.CU, "carol")
	require.Equal(t, cluster.ErrUserMissing, err)
	require.NoError(t, here.AddUser(hsm.NewUser{Type: hsm.CU, Name: "carol", Secret: here.NewUserSecret("password")}))
	_, err = here.ReplicateUser(there, hsm.CO, "carol")
	require.Equal(t, cluster.ErrNoUser, err, "in another role")
	p, err := here.ReplicateUser(there, hsm.CU, "CAROL")
	require.NoError(t, err)
	require.Equal(t, cluster.Person{Name: "carol", Type: hsm.CU, Coverage: cluster.Full}, p)
	require.NoError(t, there.SignOut())
	_, err = there.Authenticate(cluster.Credentials{Type: hsm.CU, Name: "carol", Password: "password"})
	require.NoError(t, err)
	_, err = here.ReplicateUser(there, hsm.CU, "user4")
	var partly cluster.Replicated
	require.ErrorAs(t, err, &partly, "a crypto user there")
	require.Equal(t, []any{2, 2}, []any{partly.Failed, partly.Of})
}

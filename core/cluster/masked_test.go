package cluster_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// maskable returns a cluster with a client and a secret key of the user.
func maskable(t testing.TB) (*cluster.Cluster, *cluster.Client, uint32) {
	t.Helper()
	c := cluster.New(cluster.Options{})
	cl, err := c.Connect()
	require.NoError(t, err)
	require.NoError(t, cluster.FirstError(cl.LogIn(hsm.CU, "example_user", "aws")))
	cr := cl.Create(cluster.Request{Recipe: mech.SecretKey{Type: attr.AES, Size: 32},
		Templates: []hsm.Template{{Class: attr.Secret, Type: attr.AES, Size: 32, Label: "aes", ID: "one", Shared: []int{4, 5}, MValue: 2, NotExtractable: true}}})
	require.True(t, cr.Done())
	require.NoError(t, cr.Err)
	return c, cl, cr.Keys[0].Handle
}

func TestAMaskedObjectBringsEverythingBack(t *testing.T) {
	c, cl, handle := maskable(t)
	object, err := cl.Mask(handle)
	require.NoError(t, err)
	template, arrival, err := cl.Unmask(object)
	require.NoError(t, err)
	key := c.Nodes[0].HSM.At(handle)
	materials, err := arrival.Make(t.Context(), mech.Source{})
	require.NoError(t, err)
	require.Equal(t, []*mech.Material{key.Material}, materials)
	require.Equal(t, key, template.Key(handle, &hsm.Session{User: 3}, key.Material))

	restored, _, err := cluster.Restore(c.Snapshot(), mech.Source{})
	require.NoError(t, err)
	_, _, err = restored.Reattach(cl.Session, cl.Login).Unmask(object)
	require.NoError(t, err, "a clone of the cluster opens it")
	require.Equal(t, c.KEK(), restored.KEK())
}

func TestAMaskedObjectIsForItsClusterAndOwner(t *testing.T) {
	_, cl, handle := maskable(t)
	object, err := cl.Mask(handle)
	require.NoError(t, err)
	_, other, _ := maskable(t)
	_, _, err = other.Unmask(object)
	require.Equal(t, retcode.BadHandle, retcode.Of(err), "clusters of one seed too")

	cl.LogOut()
	_, _, err = cl.Unmask(object)
	require.Equal(t, retcode.UserNotReady, retcode.Of(err))
	cl.LogIn(hsm.CU, "user4", "aws")
	_, _, err = cl.Unmask(object)
	require.Equal(t, retcode.AccessDenied, retcode.Of(err))
	_, err = cl.Mask(handle)
	require.Equal(t, retcode.AccessDenied, retcode.Of(err), "who shares a key does not own it")
}

func TestADamagedMaskedObjectDoesNotOpen(t *testing.T) {
	_, cl, handle := maskable(t)
	object, err := cl.Mask(handle)
	require.NoError(t, err)
	for i := range object {
		damaged := bytes.Clone(object)
		damaged[i] ^= 0x40
		_, _, err := cl.Unmask(damaged)
		require.Error(t, err, "byte %d", i)
		_, _, err = cl.Unmask(object[:i])
		require.Equal(t, retcode.BadPKCSData, retcode.Of(err), "cut to %d", i)
	}
}

func FuzzUnmask(f *testing.F) {
	_, cl, handle := maskable(f)
	object, err := cl.Mask(handle)
	require.NoError(f, err)
	f.Add(object)
	f.Add(object[:60])
	f.Add([]byte("HSMPLAY MASKED 2\n\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _, err := cl.Unmask(data)
		if !bytes.Equal(data, object) {
			require.Error(t, err)
		}
	})
}

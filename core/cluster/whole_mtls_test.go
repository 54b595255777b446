package cluster_test

import (
	"bytes"
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// issued returns the PEM of a root, and of a certificate that it has issued.
func issued(t *testing.T) (root, leaf []byte) {
	spec := func(name string, key *mech.Material) mech.CertificateSpec {
		subject, err := mech.ParseName("/CN=" + name)
		require.NoError(t, err)
		return mech.CertificateSpec{Serial: big.NewInt(1), Subject: subject, Public: key, NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<32, 0), CA: name == "root"}
	}
	ca, own := hsm.NewIdentity(), hsm.NewIdentity()
	rootDER, err := ca.Certify(spec("root", ca.Public()), nil)
	require.NoError(t, err)
	parsed, err := mech.ParseCertificate(rootDER)
	require.NoError(t, err)
	leafDER, err := ca.Certify(spec("leaf", own.Public()), parsed)
	require.NoError(t, err)
	return mech.CertificatePEM(rootDER), mech.CertificatePEM(leafDER)
}

func TestTrustAnchorsAreAtMostTwo(t *testing.T) {
	c := cluster.New(cluster.Options{Model: hsm.HSM2})
	cl := joined(t, c, c.Group, hsm.CO, "admin")
	var roots [3][]byte
	for i := range roots {
		roots[i], _ = issued(t)
	}
	row, err := cl.AddAnchor(roots[0])
	require.NoError(t, err)
	require.Equal(t, cluster.AnchorRow{Reference: 1, PEM: roots[0], Coverage: cluster.Full}, row)
	_, err = cl.AddAnchor(roots[0])
	reason(t, hsm.AnchorKnown, err)
	_, err = cl.AddAnchor([]byte("no certificate"))
	reason(t, hsm.AnchorBad, err)
	_, err = cl.AddAnchor(bytes.Repeat([]byte{'x'}, hsm.AnchorSize+1))
	reason(t, hsm.AnchorTooLong, err)
	_, err = cl.AddAnchor(roots[1])
	require.NoError(t, err)
	_, err = cl.AddAnchor(roots[2])
	reason(t, hsm.AnchorsFull, err)
	require.Equal(t, cluster.ErrNoSuchAnchor, cl.DropAnchor(3))
	require.NoError(t, cl.DropAnchor(1))
	row, err = cl.AddAnchor(roots[2])
	require.NoError(t, err)
	require.Equal(t, 1, row.Reference)
	_, err = joined(t, c, c.Group, hsm.CU, "user4").AddAnchor(roots[0])
	require.Equal(t, error(hsm.NotPermitted), err)
	require.NoError(t, cl.SignOut())
	_, err = cl.AddAnchor(roots[0])
	require.Equal(t, error(hsm.NotLoggedIn), err)
}

func TestATrustAnchorThatSomeHSMsLackIsRepaired(t *testing.T) {
	c := cluster.New(cluster.Options{Model: hsm.HSM2})
	cl := joined(t, c, c.Group, hsm.CO, "admin")
	root, _ := issued(t)
	require.NoError(t, c.Stop(1))
	_, err := cl.AddAnchor(root)
	require.NoError(t, err)
	require.NoError(t, c.Start(1))
	rows, err := cl.TrustAnchors()
	require.NoError(t, err)
	require.Equal(t, cluster.Partly, rows[0].Coverage)
	_, err = cl.AddAnchor(root)
	require.Equal(t, cluster.ErrAnchorRepaired, err)
	rows, err = cl.TrustAnchors()
	require.NoError(t, err)
	require.Equal(t, cluster.Full, rows[0].Coverage)
}

func TestMutualTLSIsEnforced(t *testing.T) {
	c := cluster.New(cluster.Options{Model: hsm.HSM2})
	plain := joined(t, c, c.Group, hsm.CO, "admin")
	root, leaf := issued(t)
	_, err := plain.AddAnchor(root)
	require.NoError(t, err)
	reason(t, hsm.NotMutual, plain.Enforce(true))
	j := joining(c.Group, 2)
	j.Chain = leaf
	mutual := func(kind hsm.UserType, name, password string) *cluster.Client {
		cl, err := c.Join(j)
		require.NoError(t, err)
		_, err = cl.Authenticate(cluster.Credentials{Type: kind, Name: name, Password: password})
		require.NoError(t, err)
		return cl
	}
	require.NoError(t, plain.AddUser(hsm.NewUser{Type: hsm.CO, Name: "boss", Secret: plain.NewUserSecret("password")}))
	reason(t, hsm.NotTheAdmin, mutual(hsm.CO, "boss", "password").Enforce(true))
	admin := mutual(hsm.CO, "admin", "password")
	require.NoError(t, admin.Enforce(true))
	_, err = c.Join(joining(c.Group, 2))
	require.ErrorIs(t, err, cluster.ErrMTLS)
	_, other := issued(t)
	_, err = c.Join(cluster.Joining{Addresses: j.Addresses, Anchor: j.Anchor, Chain: other})
	require.ErrorIs(t, err, cluster.ErrMTLS, "a certificate of somebody else's")
	require.NoError(t, c.Stop(0))
	require.NoError(t, c.Start(0))
	require.Len(t, plain.Reached(), 2, "it does not come back without one")
	require.Len(t, admin.Reached(), 3)
	id, err := c.Add()
	require.NoError(t, err)
	require.True(t, c.Node(id).HSM.MTLS.Enforced, "an HSM that is made from a backup is no way around it")
	reason(t, hsm.AnchorNeeded, admin.DropAnchor(1))
	require.NoError(t, admin.Enforce(false))
	require.NoError(t, admin.DropAnchor(1))
	require.False(t, admin.Connected(), "the connections that led to it are gone")
	require.True(t, plain.Connected())
}

func TestMutualTLSTakesApprovals(t *testing.T) {
	c := cluster.New(cluster.Options{Model: hsm.HSM2})
	cl, key := registeredOfficers(t, c, "boss")
	require.NoError(t, cl.SetQuorum(hsm.ClusterMgmt, 2))
	root, _ := issued(t)
	_, err := cl.AddAnchor(root)
	require.Equal(t, error(hsm.NotApproved), err)
	token, err := cl.NewToken(hsm.ClusterMgmt, 0)
	require.NoError(t, err)
	_, err = cl.AddAnchor(root, approvedBy(key, hsm.CO, token, "boss", "admin"))
	require.NoError(t, err)
	require.Equal(t, error(hsm.NotApproved), cl.DropAnchor(1))
}

func TestTheFirstTypeKnowsNoMutualTLS(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := joined(t, c, c.Group, hsm.CO, "admin")
	root, _ := issued(t)
	_, err := cl.AddAnchor(root)
	reason(t, hsm.NoMTLS, err)
	_, err = cl.TrustAnchors()
	reason(t, hsm.NoMTLS, err)
	reason(t, hsm.NoMTLS, cl.Enforce(true))
	require.Equal(t, error(hsm.NotPermitted), cl.SetQuorum(hsm.ClusterMgmt, 1))
}

package cluster_test

import (
	"crypto/rsa"
	"crypto/x509"
	"math/big"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
	"hsmplay/core/retcode"
)

// customer is a CA of the test's own.
type customer struct {
	t    *testing.T
	key  *mech.Material
	root *mech.Certificate
}

// newCustomer reads a private key and certifies it by itself.
func newCustomer(t *testing.T, file string, ca bool) customer {
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	key, err := secret.PrivateFromPEM(data)
	require.NoError(t, err)
	c := customer{t: t, key: key}
	c.root = c.certify(key, "/CN=customer", ca)
	return c
}

// certify signs a certificate.
func (c customer) certify(public *mech.Material, subject string, ca bool) *mech.Certificate {
	name, err := mech.ParseName(subject)
	require.NoError(c.t, err)
	der, err := secret.NewCertificate(mech.CertificateSpec{Serial: big.NewInt(1), Subject: name, Public: public, CA: ca,
		NotBefore: time.Unix(0, 0), NotAfter: time.Unix(2e9, 0)}, c.root, c.key)
	require.NoError(c.t, err)
	certificate, err := mech.ParseCertificate(der)
	require.NoError(c.t, err)
	return certificate
}

const (
	rsa2048      = "../mech/internal/material/testdata/rsa2048_1.pem"
	otherRSA2048 = "../mech/internal/material/testdata/rsa2048_2.pem"
	rsa1024      = "../kmu/testdata/keys/rsa1024.pem"
	p256         = "../kmu/testdata/keys/ec-p256.pem"
)

// beginning returns a cluster that is not initialized, and what its request asks for.
func beginning(t *testing.T) (*cluster.Cluster, *mech.Request) {
	c := cluster.New(cluster.Options{Uninitialized: true, Nodes: 3})
	require.Equal(t, cluster.Uninitialized, c.State())
	request, err := mech.ParseRequest(c.Request())
	require.NoError(t, err)
	return c, request
}

// TestTheLifeOfACluster goes through the states of spec/cmu.md 6.2 and what may be done in each.
func TestTheLifeOfACluster(t *testing.T) {
	c, request := beginning(t)
	h := c.Nodes[0].HSM
	require.Equal(t, "C = US, ST = CA, O = Cavium, OU = N3FIPS, L = SanJose, CN = HSM:"+h.ID()+":PARTN:1, for FIPS mode", request.Subject.String())
	require.Empty(t, h.Users)
	require.Empty(t, h.Audit.Entries)
	require.Len(t, c.Nodes, 1)
	_, err := c.Connect()
	require.ErrorIs(t, err, retcode.DaemonSocket)
	_, err = c.Add()
	require.ErrorIs(t, err, cluster.ErrNotActive)

	owner := newCustomer(t, rsa2048, true)
	require.False(t, c.Trusts(mech.CertificatePEM(owner.root.DER)))
	require.NoError(t, c.Stop(0))
	require.ErrorIs(t, c.Initialize(owner.root, owner.root), cluster.ErrNoneReached)
	require.NoError(t, c.Start(0))
	require.NoError(t, c.Initialize(owner.certify(request.Public, "/CN=cluster", false), owner.root))
	require.Equal(t, cluster.Initialized, c.State())
	require.True(t, c.Trusts(mech.CertificatePEM(owner.root.DER)))
	require.ErrorIs(t, c.Initialize(owner.root, owner.root), cluster.ErrInitialized)
	_, err = c.Add()
	require.ErrorIs(t, err, cluster.ErrNotActive)

	link, err := dial(c, c.Nodes[0].IP)
	require.NoError(t, err)
	users, err := link.Users()
	require.NoError(t, err)
	require.Equal(t, []hsm.UserType{hsm.PRECO, hsm.AU}, []hsm.UserType{users[0].Type, users[1].Type})
	require.ErrorIs(t, link.LogIn(hsm.CO, "admin", cluster.Prove("password"), nil), retcode.NoSuchUser)
	require.NoError(t, link.LogIn(hsm.PRECO, "admin", cluster.Prove("password"), nil))
	require.ErrorIs(t, link.CreateUser(hsm.NewUser{Type: hsm.CU, Name: "bob"}), hsm.NotPermitted)
	require.NoError(t, link.ChangePassword(hsm.PRECO, "admin", c.NewSecret("P55w0rd1")))
	require.Equal(t, cluster.Active, c.State())
	require.True(t, h.UserByID(1).First, "key_mgmt_util calls him PCO")
	require.NoError(t, h.Audit.Verify())

	added, err := c.Add()
	require.NoError(t, err)
	require.Equal(t, h.Users, c.Node(added).HSM.Users)
}

// TestAnAnchorMayBeTakenAsItIs: a machine has its certificate, and the key is in a safe elsewhere.
func TestAnAnchorMayBeTakenAsItIs(t *testing.T) {
	owner, other := newCustomer(t, rsa2048, true), newCustomer(t, otherRSA2048, true)
	mine := mech.CertificatePEM(owner.root.DER)
	trusted := func(c *cluster.Cluster) []bool {
		var all []bool
		for _, anchor := range [][]byte{mine, mech.CertificatePEM(other.root.DER), mech.CertificatePEM(c.CustomerRoot())} {
			all = append(all, c.Trusts(anchor))
		}
		return all
	}
	c, _ := beginning(t)
	require.NoError(t, c.InitializeFor(owner.root))
	require.Equal(t, cluster.Initialized, c.State())
	require.Equal(t, []bool{true, false, true}, trusted(c))
	require.ErrorIs(t, c.InitializeFor(owner.root), cluster.ErrInitialized)
	own, err := mech.ParseCertificate(c.HandedOut(cluster.ClusterByCustomer))
	require.NoError(t, err)
	require.Error(t, own.VerifyBy(owner.root), "its key is not here")

	c, _ = beginning(t)
	require.NoError(t, c.InitializeFor(nil))
	require.Equal(t, []bool{false, false, true}, trusted(c))
	own, err = mech.ParseCertificate(c.HandedOut(cluster.ClusterByCustomer))
	require.NoError(t, err)
	root, err := mech.ParseCertificate(c.CustomerRoot())
	require.NoError(t, err)
	require.NoError(t, own.VerifyBy(root))

	c = cluster.New(cluster.Options{})
	before := mech.CertificatePEM(c.CustomerRoot())
	c.Adopt(owner.root)
	require.Equal(t, []bool{true, false, true}, trusted(c))
	require.False(t, c.Trusts(before))
}

func TestWhatTheCustomerBringsMustFit(t *testing.T) {
	c, request := beginning(t)
	owner, other := newCustomer(t, rsa2048, true), newCustomer(t, otherRSA2048, true)
	good := owner.certify(request.Public, "/CN=cluster", false)
	signed := owner.certify(other.key, "/CN=customer", true) // has the owner's name, and is for another key
	for _, row := range []struct {
		name                string
		certificate, anchor *mech.Certificate
		want                error
	}{
		{"the files are exchanged", owner.root, good, cluster.ErrOtherKey},
		{"a certificate for another cluster", owner.certify(other.key, "/CN=cluster", false), owner.root, cluster.ErrOtherKey},
		{"a small key", good, newCustomer(t, rsa1024, true).root, cluster.ErrAnchorKey},
		{"a key of another kind", good, newCustomer(t, p256, true).root, cluster.ErrAnchorKey},
		{"no CA", good, newCustomer(t, rsa2048, false).root, cluster.ErrConstraints},
		{"signed by somebody else", good, signed, cluster.ErrNotSelf},
		{"another CA with the same name", good, other.root, cluster.ErrOtherIssuer},
	} {
		require.ErrorIs(t, c.Initialize(row.certificate, row.anchor), row.want, row.name)
		require.Equal(t, cluster.Uninitialized, c.State(), row.name)
	}
	require.NoError(t, c.Initialize(good, owner.root))
}

// A key of 4096 bits gets past the check of the key, to that of its signature.
func TestAnAnchorMayHave4096Bits(t *testing.T) {
	c, request := beginning(t)
	modulus := new(big.Int).Lsh(big.NewInt(1), 4095)
	der, err := x509.MarshalPKIXPublicKey(&rsa.PublicKey{N: modulus.SetBit(modulus, 0, 1), E: 65537})
	require.NoError(t, err)
	public, err := mech.ParsePublic(der)
	require.NoError(t, err)
	anchor := *newCustomer(t, rsa2048, true).root
	anchor.Public = public
	certificate := &mech.Certificate{Public: request.Public}
	require.ErrorIs(t, c.Initialize(certificate, &anchor), cluster.ErrNotSelf)
}

func TestEveryStateIsRestored(t *testing.T) {
	c, request := beginning(t)
	restored := func(want cluster.State) {
		t.Helper()
		before := c.Snapshot()
		r, _, err := cluster.Restore(before, mech.Source{})
		require.NoError(t, err)
		require.Equal(t, want, r.State())
		require.Equal(t, before, r.Snapshot())
		c = r
	}
	restored(cluster.Uninitialized)
	owner := newCustomer(t, rsa2048, true)
	require.NoError(t, c.Initialize(owner.certify(request.Public, "/CN=cluster", false), owner.root))
	restored(cluster.Initialized)
	link, err := dial(c, c.Nodes[0].IP)
	require.NoError(t, err)
	require.NoError(t, link.LogIn(hsm.PRECO, "admin", cluster.Prove("password"), nil))
	require.NoError(t, link.ChangePassword(hsm.PRECO, "admin", c.NewSecret("P55w0rd1")))
	link.Close()
	restored(cluster.Active)
	require.True(t, c.Trusts(mech.CertificatePEM(owner.root.DER)))
}

// A tool that is connected while the cluster is replaced finds the daemon down, and goes on once it
// is up.
func TestARenewedClusterBeginsItsLifeWithoutTheDaemon(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	c.Renew(cluster.Options{Uninitialized: true})
	_, err := cl.Certificate(cluster.CustomerRoot)
	require.ErrorIs(t, err, retcode.DaemonSocket)
	require.Empty(t, c.Nodes[0].HSM.Sessions)
	c.SetDaemon(true)
	_, err = cl.Certificate(cluster.CustomerRoot)
	require.ErrorIs(t, err, retcode.BadHandle)
	der, err := cl.Certificate(cluster.ClusterByMaker)
	require.NoError(t, err)
	certificate, err := mech.ParseCertificate(der)
	require.NoError(t, err)
	require.Equal(t, attr.EC, certificate.Public.Type)
}

package cluster

import (
	"context"
	"crypto/rand"
	"math/big"
	"time"

	"hsmplay/core/mech"
)

// The certificates of a cluster, by the vendor's numbers (spec/kmu.md 3.33).
const (
	ManufacturerRoot     = 1
	ManufacturerHardware = 2
	CustomerRoot         = 4
	ClusterByCustomer    = 8
	ClusterByMaker       = 16
)

// Certificate is one certificate of the cluster as data.
type Certificate struct {
	Number int
	DER    []byte
}

// validity is how long certificates are valid before and after the cluster was made.
const (
	validBefore = 24 * time.Hour
	validAfter  = 20 * 365 * 24 * time.Hour
)

// issuing says who is certified by whom, with a key of its own on which curve. The names are made up. The cluster's two
// certificates are of one key.
var issuing = []struct {
	number, by int // by itself: a root
	key        int // whose key is certified
	curve      int
	name       string
}{
	{ManufacturerRoot, ManufacturerRoot, ManufacturerRoot, 2, "/O=hsmplay/OU=manufacturer/CN=Manufacturer Root"},
	{ManufacturerHardware, ManufacturerRoot, ManufacturerHardware, 2, "/O=hsmplay/OU=hardware/CN=HSM "},
	{CustomerRoot, CustomerRoot, CustomerRoot, 2, "/O=hsmplay/OU=customer/CN=Customer Root"},
	{ClusterByCustomer, CustomerRoot, ClusterByCustomer, 2, "/O=hsmplay/OU=cluster/CN="},
	{ClusterByMaker, ManufacturerRoot, ClusterByCustomer, 2, "/O=hsmplay/OU=cluster/CN="},
}

// Certificate returns the DER of one of the cluster's certificates. It needs no login. It fails with
// retcode.ServerUnavailable where no HSM is reached.
func (cl *Client) Certificate(number int) ([]byte, error) {
	h, err := cl.Partition()
	if err != nil {
		return nil, err
	}
	return cl.cluster.certificate(h.Serial, number), nil
}

// certificate returns the DER of one of the cluster's certificates. The chain is made the first time, for the HSM with the
// serial number.
func (c *Cluster) certificate(serial string, number int) []byte {
	if len(c.Certificates) == 0 {
		c.Certificates = c.certify(serial)
	}
	for _, row := range c.Certificates {
		if row.Number == number {
			return row.DER
		}
	}
	panic("cluster: no certificate has this number")
}

// certify makes the chain, once in the life of a cluster; the keys are not kept.
func (c *Cluster) certify(serial string) []Certificate {
	keys := map[int]*mech.Material{}
	issuers := map[int]*mech.Certificate{}
	names := map[int]string{ManufacturerHardware: serial, ClusterByCustomer: c.ID, ClusterByMaker: c.ID}
	var chain []Certificate
	for _, row := range issuing {
		if keys[row.key] == nil {
			keys[row.key] = newKey(row.curve)
		}
		spec := c.certificateSpec(row.name+names[row.number], keys[row.key])
		spec.CA = row.by == row.number
		der := must(mech.NewCertificate(spec, issuers[row.by], keys[row.by]))
		issuers[row.number] = must(mech.ParseCertificate(der))
		chain = append(chain, Certificate{row.number, der})
	}
	return chain
}

func (c *Cluster) certificateSpec(name string, key *mech.Material) mech.CertificateSpec {
	made := time.UnixMilli(c.Wall).UTC()
	return mech.CertificateSpec{Serial: newSerial(), Subject: must(mech.ParseName(name)), Public: key,
		NotBefore: made.Add(-validBefore), NotAfter: made.Add(validAfter)}
}

func newKey(curve int) *mech.Material {
	return must(mech.EC{Curve: curve}.Make(context.Background(), nil))[1]
}

// newSerial returns a positive number of 63 bits.
func newSerial() *big.Int {
	n := must(rand.Int(rand.Reader, big.NewInt(1<<62)))
	return n.Add(n, big.NewInt(1))
}

// must passes on what cannot fail: names and keys of our own making.
func must[T any](value T, err error) T {
	if err != nil {
		panic("cluster: " + err.Error())
	}
	return value
}

// CustomerRoot returns the DER of the certificate with which the customer has signed the cluster's: the trust anchor of
// the client machine.
func (c *Cluster) CustomerRoot() []byte { return c.certificate(c.Nodes[0].HSM.Serial, CustomerRoot) }

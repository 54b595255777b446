package cluster

import (
	"crypto/rand"
	"math/big"
	"time"

	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// The certificates of a cluster, by the vendor's numbers (spec/kmu.md 3.33); behind them, by our
// own, what the service hands out beside them before the initialization (spec/cmu.md 6.2).
const (
	ManufacturerRoot     = 1
	ManufacturerHardware = 2
	CustomerRoot         = 4
	ClusterByCustomer    = 8
	ClusterByMaker       = 16
	ServiceRoot          = 32
	ServiceHardware      = 64
	ClusterRequest       = 128 // a request, no certificate
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

// issuing says who is certified by whom, with a key of its own on P-256. The names are made up. The
// cluster's two certificates are of one key, and so are those of the hardware.
var issuing = []struct {
	number, by int // by itself: a root
	key        int // whose key is certified
	name       string
	only       State // made in this state, "" for always
}{
	{ManufacturerRoot, ManufacturerRoot, ManufacturerRoot, "/O=hsmplay/OU=manufacturer/CN=Manufacturer Root", ""},
	{ManufacturerHardware, ManufacturerRoot, ManufacturerHardware, "/O=hsmplay/OU=hardware/CN=HSM ", ""},
	{CustomerRoot, CustomerRoot, CustomerRoot, "/O=hsmplay/OU=customer/CN=Customer Root", Active},
	{ClusterByCustomer, CustomerRoot, ClusterByCustomer, "/O=hsmplay/OU=cluster/CN=", Active},
	{ClusterByMaker, ManufacturerHardware, ClusterByCustomer, "/O=hsmplay/OU=cluster/CN=", ""},
	{ServiceRoot, ServiceRoot, ServiceRoot, "/O=hsmplay/OU=service/CN=Service Root", Uninitialized},
	{ServiceHardware, ServiceRoot, ManufacturerHardware, "/O=hsmplay/OU=hardware/CN=HSM ", Uninitialized},
}

// Certificate returns the DER of one of the cluster's certificates. It needs no login. It fails
// with retcode.ServerUnavailable where no HSM is reached, and with retcode.BadHandle for one that
// is not there.
func (cl *Client) Certificate(number int) ([]byte, error) {
	n, err := cl.primary()
	if err != nil {
		return nil, err
	}
	der, err := cl.group().stored(n.HSM, number)
	cl.cluster.record(Event{From: FromClient, Node: n.HSM.Node, Op: "info", Code: retcode.Of(err)})
	return der, err
}

// stored returns the DER of a certificate that an HSM holds. Before the initialization it has none
// of the customer's, and it fails with retcode.BadHandle (provisional).
func (g *Group) stored(h *hsm.HSM, number int) ([]byte, error) {
	if der := g.certificate(h.Serial, number); der != nil {
		return der, nil
	}
	return nil, retcode.BadHandle
}

// certificate returns the DER of one of the cluster's certificates, nil where it has none of this
// number. The chain is made the first time, for the HSM with the serial number.
func (g *Group) certificate(serial string, number int) []byte {
	if len(g.Certificates) == 0 {
		g.Certificates = g.certify(serial)
	}
	for _, row := range g.Certificates {
		if row.Number == number {
			return row.DER
		}
	}
	return nil
}

// certify makes the chain, once in the life of a cluster; the keys are not kept. Of a cluster that
// is not initialized yet the customer's part is missing, and there is a request for it.
func (g *Group) certify(serial string) []Certificate {
	keys := map[int]hsm.Identity{}
	issuers := map[int]*mech.Certificate{}
	names := map[int]string{ManufacturerHardware: serial, ServiceHardware: serial, ClusterByCustomer: g.ID, ClusterByMaker: g.ID}
	fresh := g.State() == Uninitialized
	var chain []Certificate
	for _, row := range issuing {
		if row.only != "" && fresh != (row.only == Uninitialized) {
			continue
		}
		if _, made := keys[row.key]; !made {
			g.rehearsal.Stop()
			keys[row.key] = hsm.NewIdentity()
		}
		spec := g.certificateSpec(row.name+names[row.number], keys[row.key].Public())
		spec.CA = row.by == row.number || row.key == ManufacturerHardware
		der := must(keys[row.by].Certify(spec, issuers[row.by]))
		issuers[row.number] = must(mech.ParseCertificate(der))
		chain = append(chain, Certificate{row.number, der})
	}
	if fresh {
		chain = append(chain, Certificate{ClusterRequest, g.newRequest(g.Nodes[0].HSM, keys[ClusterByCustomer])})
	}
	return chain
}

func (g *Group) certificateSpec(name string, key *mech.Material) mech.CertificateSpec {
	made := time.UnixMilli(g.Since).UTC()
	return mech.CertificateSpec{Serial: newSerial(), Subject: must(mech.ParseName(name)), Public: key,
		NotBefore: made.Add(-validBefore), NotAfter: made.Add(validAfter)}
}

// newSerial returns a positive number of 63 bits.
func newSerial() *big.Int {
	n := must(rand.Int(rand.Reader, big.NewInt(1<<62)))
	return n.Add(n, big.NewInt(1))
}

// must passes on what cannot fail: names, keys and plain data of our own making. Another answer is
// a fault of this program.
func must[T any](value T, err error) T {
	if err != nil {
		panic("cluster: " + err.Error())
	}
	return value
}

// CustomerRoot returns the DER of the certificate with which the customer has signed the cluster's:
// the trust anchor of the client machine; nil before the initialization.
func (g *Group) CustomerRoot() []byte { return g.certificate(g.Nodes[0].HSM.Serial, CustomerRoot) }

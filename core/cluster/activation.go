package cluster

import (
	"errors"
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// State is how far a cluster is in its life (spec/cmu.md 6.2). The states with a service at work
// take no time here.
type State string

// The states of a cluster.
const (
	Uninitialized State = "UNINITIALIZED" // one HSM, which knows nobody, and a request for the customer's signature
	Initialized   State = "INITIALIZED"   // certified by the customer; the first officer has the service's password
	Active        State = "ACTIVE"        // the first officer has one of his own
)

// State returns how far the cluster is: it follows from whom its first HSM knows.
func (g *Group) State() State {
	users := g.Nodes[0].HSM.Users
	switch {
	case len(users) == 0:
		return Uninitialized
	case slices.ContainsFunc(users, func(u *hsm.User) bool { return u.Type == hsm.PRECO }):
		return Initialized
	}
	return Active
}

// Errors of the time before a cluster is active: the playground's own.
var (
	ErrNotActive   = errors.New("the cluster is not active yet")
	ErrInitialized = errors.New("the cluster is initialized already")
	ErrOtherKey    = errors.New("the certificate is not for the key of the cluster's request")
	ErrNotSelf     = errors.New("the trust anchor is not self-signed")
	ErrAnchorKey   = errors.New("the trust anchor's key is not RSA with 2048 or 4096 bits")
	ErrConstraints = errors.New("the trust anchor has extensions, but no Basic Constraints that make it a CA")
	ErrOtherIssuer = errors.New("the certificate is not signed by the trust anchor")
)

// initializing are the checks of what the customer brings, in their order (spec/cmu.md 6.2).
var initializing = []struct {
	err error
	ok  func(own, certificate, anchor *mech.Certificate) bool
}{
	{ErrOtherKey, func(own, certificate, _ *mech.Certificate) bool {
		return slices.Equal(own.Public.SPKI, certificate.Public.SPKI)
	}},
	{ErrAnchorKey, func(_, _, anchor *mech.Certificate) bool {
		return anchor.Public.Type == attr.RSA && (anchor.Public.Bits == 2048 || anchor.Public.Bits == 4096)
	}},
	{ErrConstraints, func(_, _, anchor *mech.Certificate) bool { return anchor.Version == 1 || anchor.CA }},
	{ErrNotSelf, func(_, _, anchor *mech.Certificate) bool { return anchor.VerifyBy(anchor) == nil }},
	{ErrOtherIssuer, func(_, certificate, anchor *mech.Certificate) bool { return certificate.VerifyBy(anchor) == nil }},
}

// Initialize gives an uninitialized cluster the certificate that the customer has signed for its
// request, and the trust anchor that has signed it: the service's initialize-cluster. The HSM then
// knows the first officer, before activation, and the appliance user. It fails with ErrInitialized,
// ErrNoneReached and the errors of the checks.
func (c *Cluster) Initialize(certificate, anchor *mech.Certificate) error {
	if c.State() != Uninitialized {
		return ErrInitialized
	}
	if len(c.Reached()) == 0 {
		return ErrNoneReached
	}
	h := c.Nodes[0].HSM
	own := must(mech.ParseCertificate(c.certificate(h.Serial, ClusterByMaker)))
	for _, check := range initializing {
		if !check.ok(own, certificate, anchor) {
			return check.err
		}
	}
	c.Certificates = append(slices.Clip(c.Certificates), Certificate{CustomerRoot, anchor.DER}, Certificate{ClusterByCustomer, certificate.DER})
	c.beginLife()
	return nil
}

// beginLife lets the HSM of a cluster that was certified know its first users.
func (c *Cluster) beginLife() {
	h := c.Nodes[0].HSM
	for _, u := range freshUsers(c.Chance)[:2] {
		if u.First {
			u.Type, u.First = hsm.PRECO, false
		}
		h.PutUser(u)
	}
	auditInit(h)
}

// InitializeFor is Initialize where the customer's part needs no doing: in the name of a trust
// anchor, see [Cluster.Adopt], or of one that is made here, for nil. It fails with ErrInitialized
// and ErrNoneReached.
func (c *Cluster) InitializeFor(anchor *mech.Certificate) error {
	switch {
	case c.State() != Uninitialized:
		return ErrInitialized
	case len(c.Reached()) == 0:
		return ErrNoneReached
	}
	if anchor == nil {
		c.adopt(c.newAnchor())
	} else {
		c.Adopt(anchor)
	}
	c.beginLife()
	return nil
}

// Adopt makes a certificate of the customer's the cluster's trust anchor, as if its key had
// certified the cluster. That key is not here, so the cluster's certificate in the customer's name
// has a signature that is none.
func (c *Cluster) Adopt(anchor *mech.Certificate) { c.adopt(anchor, hsm.NewIdentity()) }

// adopt puts the customer's part into the chain, signed in the anchor's name with a key that need
// not be the anchor's.
func (c *Cluster) adopt(anchor *mech.Certificate, key hsm.Identity) {
	c.rehearsal.Stop()
	own := must(mech.ParseCertificate(c.HandedOut(ClusterByMaker)))
	issuer := *anchor
	issuer.Public = key.Public()
	signed := must(key.Certify(c.certificateSpec("/O=hsmplay/OU=cluster/CN="+c.ID, own.Public), &issuer))
	chain := slices.DeleteFunc(slices.Clone(c.Certificates), func(row Certificate) bool {
		return row.Number == CustomerRoot || row.Number == ClusterByCustomer
	})
	c.Certificates = append(chain, Certificate{CustomerRoot, anchor.DER}, Certificate{ClusterByCustomer, signed})
}

// newAnchor makes a trust anchor and its key.
func (c *Cluster) newAnchor() (*mech.Certificate, hsm.Identity) {
	c.rehearsal.Stop()
	key := hsm.NewIdentity()
	spec := c.certificateSpec("/O=hsmplay/OU=customer/CN=Customer Root", key.Public())
	spec.CA = true
	return must(mech.ParseCertificate(must(key.Certify(spec, nil)))), key
}

// Request returns the DER of the cluster's certificate signing request, nil for a cluster that was
// made active.
func (c *Cluster) Request() []byte { return c.HandedOut(ClusterRequest) }

// HandedOut returns the DER of one of the files that the service hands out, by number; nil where
// the cluster has none.
func (c *Cluster) HandedOut(number int) []byte { return c.certificate(c.Nodes[0].HSM.Serial, number) }

// newRequest makes the certificate signing request of the cluster's key; the subject is the
// vendor's (spec/cmu.md 6.2).
func (g *Group) newRequest(h *hsm.HSM, key hsm.Identity) []byte {
	mode := "FIPS"
	if !h.Policy.FIPS {
		mode = "non-FIPS"
	}
	subject := "/C=US/ST=CA/O=Cavium/OU=N3FIPS/L=SanJose/CN=HSM:" + h.ID() + ":PARTN:1, for " + mode + " mode"
	return must(key.Request(must(mech.ParseName(subject))))
}

package cluster

import (
	"bytes"
	"encoding/pem"

	"hsmplay/core/mech"
)

// Trusts reports whether a file of certificates, PEM, holds one that has certified the cluster, or
// that the cluster has adopted. None has before the initialization.
func (g *Group) Trusts(anchor []byte) bool {
	own, err := mech.ParseCertificate(g.certificate(g.Nodes[0].HSM.Serial, ClusterByCustomer))
	if err != nil {
		return false
	}
	root := g.CustomerRoot()
	for len(anchor) <= mech.MaxFile {
		block, rest := pem.Decode(anchor)
		if block == nil {
			return false
		}
		if ca, err := mech.ParseCertificate(block.Bytes); err == nil && (bytes.Equal(ca.DER, root) || own.VerifyBy(ca) == nil) {
			return true
		}
		anchor = rest
	}
	return false
}

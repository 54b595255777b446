package cluster

import (
	"encoding/pem"

	"hsmplay/core/mech"
)

// Trusts reports whether a file of certificates, PEM, holds one that has certified the cluster. None has before the
// initialization.
func (g *Group) Trusts(anchor []byte) bool {
	own, err := mech.ParseCertificate(g.certificate(g.Nodes[0].HSM.Serial, ClusterByCustomer))
	if err != nil {
		return false
	}
	for len(anchor) <= mech.MaxFile {
		block, rest := pem.Decode(anchor)
		if block == nil {
			return false
		}
		if ca, err := mech.ParseCertificate(block.Bytes); err == nil && own.VerifyBy(ca) == nil {
			return true
		}
		anchor = rest
	}
	return false
}

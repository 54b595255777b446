package hsm

import (
	"context"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
)

// Identity is a key that certificates are about: an HSM's, its maker's or its customer's. Only
// certificates come out of it.
type Identity struct{ key *mech.Material }

// NewIdentity makes an identity on P-256.
func NewIdentity() Identity {
	p256, _ := mech.CurveNamed("prime256v1")
	pair, err := mech.EC{Curve: p256}.Make(context.Background(), mech.Source{})
	if err != nil { // only chance could be missing
		panic("hsm: " + err.Error())
	}
	return Identity{pair[1]}
}

// Public returns the public key.
func (i Identity) Public() *mech.Material { return i.key.Public() }

// Certify returns the DER of a certificate that the identity signs. A nil issuer makes it
// self-signed.
func (i Identity) Certify(spec mech.CertificateSpec, issuer *mech.Certificate) ([]byte, error) {
	return secret.NewCertificate(spec, issuer, i.key)
}

// Request returns the DER of a request for a certificate of the identity.
func (i Identity) Request(subject mech.Name) ([]byte, error) {
	return secret.NewRequest(subject, i.key)
}

// BuiltIn returns the built-in wrapping key of a cluster's HSMs from its value of 32 bytes.
func BuiltIn(value []byte) (*mech.Material, error) { return secret.New(attr.AES, value) }

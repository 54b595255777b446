package cmu

import (
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
)

// signInFile signs with the private key of a PEM file of the client machine, and returns the public
// key too. What the key cannot sign has no signature. Errors as secret.PrivateFromPEM.
func signInFile(pem []byte, mechanism mech.Mechanism, message []byte) (public *mech.Material, signature []byte, err error) {
	private, err := secret.PrivateFromPEM(pem)
	if err != nil {
		return nil, nil, err
	}
	signature, err = secret.Sign(private, mechanism, message)
	if err != nil {
		signature = nil // of a key of another type, which is the HSM's to refuse
	}
	return private.Public(), signature, nil
}

package kmu

import (
	"hsmplay/core/attr"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
)

// privateInFile reads a private key from a PEM file of the client machine, before it goes into an
// HSM. Errors as secret.PrivateFromPEM.
func privateInFile(data []byte) (*mech.Material, error) { return secret.PrivateFromPEM(data) }

// shapeInFile is privateInFile for a rehearsal, which computes nothing with the key.
func shapeInFile(data []byte) (*mech.Material, error) { return secret.ShapeFromPEM(data) }

// holdsPrivate reports whether a file of the client machine holds a private key of any kind.
func holdsPrivate(data []byte) bool { return secret.HoldsPrivate(data) }

// secretInFile reads a secret key from a file of raw bytes. Errors: mech.ErrKeyLength.
func secretInFile(t attr.KeyType, data []byte) (*mech.Material, error) { return secret.New(t, data) }

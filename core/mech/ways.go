package mech

import (
	"crypto"

	"hsmplay/core/mech/internal/material"
)

type (
	// Scheme is a way to sign, the hash aside.
	Scheme = material.Scheme
	// Input is what a mechanism is given to sign.
	Input = material.Input
	// Mechanism is a way to sign and verify. Mechanisms are compared by value.
	Mechanism = material.Mechanism
	// Prehashed says how a digest is signed that somebody else has computed, whatever the key.
	Prehashed = material.Prehashed
	// Wrapping is a way to encrypt keys.
	Wrapping = material.Wrapping
	// WrapRow is one line of the table of wrappings, with the options that go with it.
	WrapRow = material.WrapRow
	// WrapParams are the options of wrapping and unwrapping. A zero value stands for an option that
	// was not given.
	WrapParams = material.WrapParams
)

// The schemes.
const (
	RSAPKCS1 = material.RSAPKCS1
	RSAPSS   = material.RSAPSS
	ECDSA    = material.ECDSA

	Ed25519   = material.Ed25519
	Ed25519ph = material.Ed25519ph
	MLDSA     = material.MLDSA
)

// The inputs.
const (
	Message    = material.Message
	Digest     = material.Digest
	DigestInfo = material.DigestInfo
	Mu         = material.Mu
)

// NoSalt is a salt of PSS of no bytes; MuSize the length of what stands for a message in ML-DSA.
const (
	NoSalt = material.NoSalt
	MuSize = material.MuSize
)

// The wrappings.
const (
	WrapPKCS5       = material.WrapPKCS5
	WrapNoPad       = material.WrapNoPad
	WrapPad         = material.WrapPad
	WrapRSAAES      = material.WrapRSAAES
	WrapOAEP        = material.WrapOAEP
	WrapGCM         = material.WrapGCM
	WrapGCMPrefixed = material.WrapGCMPrefixed
	WrapPKCS1       = material.WrapPKCS1
)

// The sizes of GCM's tag and IV in bytes (spec/kmu.md 3.25).
const (
	MinTagSize     = material.MinTagSize
	DefaultTagSize = material.DefaultTagSize
	GCMIVSize      = material.GCMIVSize
)

// The tables.
var (
	// Hashes lists the hashes that mechanisms know, for signing and for OAEP.
	Hashes = material.Hashes
	// Wrappings lists the wrappings.
	Wrappings = material.Wrappings
)

// PKCS1 is RSA PKCS#1 v1.5 over a hash.
func PKCS1(hash crypto.Hash) Mechanism { return material.PKCS1(hash) }

// PSS is RSA PSS over a hash, with a salt as long as the hash (FIPS 186-5, 5.4 allows no longer
// one).
func PSS(hash crypto.Hash) Mechanism { return material.PSS(hash) }

// ECDSAWith is ECDSA over a hash.
func ECDSAWith(hash crypto.Hash) Mechanism { return material.ECDSAWith(hash) }

// Verify returns nil if the signature is one of the message. Errors: ErrUnknownMechanism,
// ErrKeyType, ErrBadSignature.
func Verify(with *Material, m Mechanism, message, signature []byte) error {
	return material.Verify(with, m, message, signature)
}

// Package mech is what everybody may know and compute of keys: the facts of key material, the
// identities of curves, mechanisms and wrappings and their tables, public encodings (SPKI, PEM,
// X.509, PKCS#10, fake PEM), key check values, and verifying. No tool's number or name is in it.
// What takes a secret is core/mech/secret's, which few may import; a private or secret key's
// [Material] goes through here closed.
package mech

import (
	"encoding/asn1"

	"hsmplay/core/mech/internal/material"
)

type (
	// Material is the material of one key, never changed once made, and shared by the HSMs that
	// hold the key. Its fields are public facts.
	Material = material.Material
	// RSASource makes an RSA key of so many bits with e = 65537.
	RSASource = material.RSASource
	// Source is where key material comes from that others make faster, or ahead of time: the page's
	// is SubtleCrypto, a test's a ready-made key. What a nil field would make, Go's library makes.
	Source = material.Source
	// Recipe says how to make key material: public before private.
	Recipe = material.Recipe
	// RSA is the recipe of an RSA key pair.
	RSA = material.RSA
	// DSA is the recipe of a DSA key pair in a ready-made group with a q of 256 bits.
	DSA = material.DSA
	// EC is the recipe of an EC key pair.
	EC = material.EC
	// Edwards is the recipe of an Ed25519 key pair.
	Edwards = material.Edwards
	// Montgomery is the recipe of an X25519 key pair.
	Montgomery = material.Montgomery
	// Lattice is one parameter set of ML-DSA, and the recipe of a key pair of it. Its row is its
	// identity.
	Lattice = material.Lattice
	// SecretKey is the recipe of a random secret.
	SecretKey = material.SecretKey
	// Curve is one elliptic curve. Its row is its identity: there is one per curve.
	Curve = material.Curve
)

// Curves lists the curves.
var Curves = material.Curves

// Lattices lists the parameter sets of ML-DSA.
var Lattices = material.Lattices

// MaxFile is the largest key file or DER that is looked at, in bytes.
const MaxFile = material.MaxFile

// CurveNamed returns the curve of a name and whether there is one.
func CurveNamed(name string) (*Curve, bool) { return material.CurveNamed(name) }

// LatticeNamed returns the parameter set of ML-DSA of a name, such as ML-DSA-65, and whether there
// is one.
func LatticeNamed(name string) (*Lattice, bool) { return material.LatticeNamed(name) }

// CurveByOID returns the curve of an object identifier and whether it is in the table.
func CurveByOID(oid asn1.ObjectIdentifier) (*Curve, bool) { return material.CurveByOID(oid) }

// CurveByNID returns the curve of OpenSSL's number, Material.Bits of an EC key, and whether it is
// in the table.
func CurveByNID(nid int) (*Curve, bool) { return material.CurveByNID(nid) }

// ExponentOK reports whether an RSA public exponent is taken: odd, 65537 … 2³¹-1
// (spec/kmu.md 3.13).
func ExponentOK(e int64) bool { return material.ExponentOK(e) }

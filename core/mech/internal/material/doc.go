// Package material is key material and what is computed with it: generate, parse, encode (SPKI,
// PKCS#8, SEC 1, PKCS#1, raw), key check values, wrap and unwrap, sign and verify, and the tables
// of curves and mechanisms. It knows no HSM, user or policy: it says what can be computed, core/hsm
// says what is allowed.
//
// The halves of a pair share their encodings and their arithmetic, so they are one package with two
// doors: core/mech for what everybody may do, and core/mech/secret for what takes the secret.
package material

//go:build !js

package wycheproof_test

import (
	"crypto"
	"crypto/sha3"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
)

// plain is ECDSA with r and s side by side.
func plain(hash crypto.Hash) mech.Mechanism {
	m := mech.ECDSAWith(hash)
	m.Plain = true
	return m
}

func TestSignatures(t *testing.T) {
	for _, row := range []struct {
		mechanism mech.Mechanism
		files     []string
	}{
		{mech.PKCS1(crypto.SHA256), []string{"rsa_signature_2048_sha256", "rsa_signature_3072_sha256", "rsa_signature_4096_sha256"}},
		{mech.PKCS1(crypto.SHA384), []string{"rsa_signature_2048_sha384", "rsa_signature_3072_sha384", "rsa_signature_4096_sha384"}},
		{mech.PKCS1(crypto.SHA512), []string{"rsa_signature_2048_sha512", "rsa_signature_3072_sha512", "rsa_signature_4096_sha512"}},
		{mech.PKCS1(crypto.SHA224), []string{"rsa_signature_2048_sha224"}},
		{mech.PSS(crypto.SHA1), []string{"rsa_pss_2048_sha1_mgf1_20"}},
		{mech.PSS(crypto.SHA256), []string{"rsa_pss_2048_sha256_mgf1_32", "rsa_pss_3072_sha256_mgf1_32", "rsa_pss_4096_sha256_mgf1_32"}},
		{mech.PSS(crypto.SHA384), []string{"rsa_pss_2048_sha384_mgf1_48", "rsa_pss_4096_sha384_mgf1_48"}},
		{mech.PSS(crypto.SHA512), []string{"rsa_pss_4096_sha512_mgf1_64"}},
		{mech.Mechanism{Scheme: mech.RSAPSS, Hash: crypto.SHA256, Salt: mech.NoSalt}, []string{"rsa_pss_2048_sha256_mgf1_0"}},
		{mech.ECDSAWith(crypto.SHA224), []string{"ecdsa_secp224r1_sha224"}},
		{mech.ECDSAWith(crypto.SHA256), []string{"ecdsa_secp224r1_sha256", "ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha256",
			"ecdsa_secp256k1_sha256"}},
		{mech.ECDSAWith(crypto.SHA384), []string{"ecdsa_secp384r1_sha384"}},
		{mech.ECDSAWith(crypto.SHA512), []string{"ecdsa_secp224r1_sha512", "ecdsa_secp256r1_sha512", "ecdsa_secp384r1_sha512",
			"ecdsa_secp521r1_sha512", "ecdsa_secp256k1_sha512"}},
		{plain(crypto.SHA224), []string{"ecdsa_secp224r1_sha224_p1363"}},
		{plain(crypto.SHA256), []string{"ecdsa_secp224r1_sha256_p1363", "ecdsa_secp256r1_sha256_p1363", "ecdsa_secp256k1_sha256_p1363"}},
		{plain(crypto.SHA384), []string{"ecdsa_secp384r1_sha384_p1363"}},
		{plain(crypto.SHA512), []string{"ecdsa_secp224r1_sha512_p1363", "ecdsa_secp256r1_sha512_p1363", "ecdsa_secp384r1_sha512_p1363",
			"ecdsa_secp521r1_sha512_p1363", "ecdsa_secp256k1_sha512_p1363"}},
		{mech.Mechanism{Scheme: mech.Ed25519}, []string{"ed25519"}},
	} {
		for _, name := range row.files {
			t.Run(name, func(t *testing.T) {
				each(t, name, func(g group) func(vector) {
					public, err := mech.ParseAnyPublic(g.PublicKeyDER)
					if len(g.PublicKey.Exponent) == 1 {
						require.ErrorIs(t, err, mech.ErrWeakExponent)
						return func(vector) {} // no key with e = 3 gets into an HSM
					}
					require.NoError(t, err)
					return func(v vector) {
						err := mech.Verify(public, row.mechanism, v.Message, v.Signature)
						check(t, v, v.Message, err)
					}
				})
			})
		}
	}
}

// Messages with a context are passed over: HSMs of this family give none.
func TestMLDSA(t *testing.T) {
	pure, mu := mech.Mechanism{Scheme: mech.MLDSA}, mech.Mechanism{Scheme: mech.MLDSA, Input: mech.Mu}
	for i, set := range []string{"mldsa_44", "mldsa_65", "mldsa_87"} {
		t.Run(set, func(t *testing.T) {
			each(t, set+"_verify", func(g group) func(vector) {
				public, parsed := mech.ParseAnyPublic(g.PublicKeyDER)
				return func(v vector) {
					if len(v.Context) > 0 {
						return
					}
					err := parsed
					if err == nil {
						err = mech.Verify(public, pure, v.Message, v.Signature)
						other := mech.Verify(public, mu, muOf(g.PublicKeyDER, v.Message), v.Signature)
						require.Equal(t, err, other, "vector %d", v.ID)
					}
					check(t, v, v.Message, err)
				}
			})
			each(t, set+"_sign_seed", func(g group) func(vector) {
				private, parsed := secret.ParseAnyPrivate(slices.Concat(mldsaHead, []byte{17 + byte(i), 0x04, 34, 0x80, 32}, g.PrivateSeed))
				return func(v vector) {
					if v.Result == "invalid" {
						return // what a signer is to refuse: contexts and lengths that ours never has
					}
					require.NoError(t, parsed)
					require.NoError(t, mech.Verify(private.Public(), mu, v.Mu, v.Signature))
					signature, err := secret.Sign(private, mu, v.Mu)
					require.NoError(t, err)
					require.NoError(t, mech.Verify(private.Public(), mu, v.Mu, signature))
					if len(v.Context) == 0 && len(v.Message) > 0 {
						require.NoError(t, mech.Verify(private.Public(), pure, v.Message, signature))
					}
				}
			})
		})
	}
}

// mldsaHead begins a PKCS#8 with a seed, up to the last number of the parameter set's OID.
var mldsaHead = []byte{0x30, 0x34, 0x02, 0x01, 0x00, 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03}

// muOf is what stands for a message without a context (FIPS 204, algorithms 2 and 7); the key is
// behind 22 bytes of the SubjectPublicKeyInfo.
func muOf(spki, message []byte) []byte {
	tr := sha3.SumSHAKE256(spki[22:], 64)
	return sha3.SumSHAKE256(slices.Concat(tr, []byte{0, 0}, message), 64)
}

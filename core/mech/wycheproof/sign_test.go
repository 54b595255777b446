//go:build !js

package wycheproof_test

import (
	"crypto"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/mech"
)

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
		{mech.ECDSAWith(crypto.SHA224), []string{"ecdsa_secp224r1_sha224"}},
		{mech.ECDSAWith(crypto.SHA256), []string{"ecdsa_secp224r1_sha256", "ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha256",
			"ecdsa_secp256k1_sha256"}},
		{mech.ECDSAWith(crypto.SHA384), []string{"ecdsa_secp384r1_sha384"}},
		{mech.ECDSAWith(crypto.SHA512), []string{"ecdsa_secp224r1_sha512", "ecdsa_secp256r1_sha512", "ecdsa_secp384r1_sha512",
			"ecdsa_secp521r1_sha512", "ecdsa_secp256k1_sha512"}},
	} {
		for _, name := range row.files {
			t.Run(name, func(t *testing.T) {
				each(t, name, func(g group) func(vector) {
					public, err := mech.ParsePublic(g.PublicKeyDER)
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

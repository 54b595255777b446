//go:build !js

package wycheproof_test

import (
	"crypto"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
)

func TestAESWrapping(t *testing.T) {
	for _, row := range []struct {
		file     string
		wrapping mech.Wrapping
	}{
		{"aes_wrap", mech.WrapNoPad}, {"aes_kwp", mech.WrapPad}, {"aes_gcm", mech.WrapGCM},
	} {
		t.Run(row.file, func(t *testing.T) {
			each(t, row.file, func(g group) func(vector) {
				return func(v vector) {
					key, err := secret.New(attr.AES, v.Key)
					require.NoError(t, err)
					p := mech.WrapParams{Wrapping: row.wrapping}
					if row.wrapping == mech.WrapGCM {
						p.IV, p.AAD, p.TagSize = v.IV, v.AAD, g.TagSize/8
					}
					plain, err := secret.Unwrap(key, slices.Concat(v.Ciphertext, v.Tag), p)
					if len(v.IV) > 0 && len(v.IV) != mech.GCMIVSize {
						require.ErrorIs(t, err, mech.ErrWrapParams, "vector %d", v.ID)
						return // an HSM draws IVs of 12 bytes and takes no other
					}
					check(t, v, plain, err)
				}
			})
		})
	}
}

func TestRSAWrapping(t *testing.T) {
	for _, row := range []struct {
		file     string
		wrapping mech.Wrapping
		hash     crypto.Hash
	}{
		{"rsa_oaep_2048_sha1_mgf1sha1", mech.WrapOAEP, crypto.SHA1},
		{"rsa_oaep_2048_sha224_mgf1sha224", mech.WrapOAEP, crypto.SHA224},
		{"rsa_oaep_2048_sha256_mgf1sha256", mech.WrapOAEP, crypto.SHA256},
		{"rsa_oaep_2048_sha384_mgf1sha384", mech.WrapOAEP, crypto.SHA384},
		{"rsa_oaep_2048_sha512_mgf1sha512", mech.WrapOAEP, crypto.SHA512},
		{"rsa_oaep_3072_sha256_mgf1sha256", mech.WrapOAEP, crypto.SHA256},
		{"rsa_oaep_3072_sha512_mgf1sha512", mech.WrapOAEP, crypto.SHA512},
		{"rsa_oaep_4096_sha256_mgf1sha256", mech.WrapOAEP, crypto.SHA256},
		{"rsa_pkcs1_2048", mech.WrapPKCS1, 0},
	} {
		t.Run(row.file, func(t *testing.T) {
			each(t, row.file, func(g group) func(vector) {
				key, err := secret.ParsePrivate(g.PrivateKeyPKCS8)
				require.NoError(t, err)
				p := mech.WrapParams{Wrapping: row.wrapping, Hash: row.hash}
				return func(v vector) {
					if len(v.Label) > 0 {
						return // HSMs of this family give OAEP no label
					}
					plain, err := secret.Unwrap(key, v.Ciphertext, p)
					check(t, v, plain, err)
				}
			})
		})
	}
}

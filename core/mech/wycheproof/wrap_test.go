//go:build !js

package wycheproof_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
)

func TestAESWrapping(t *testing.T) {
	for _, row := range []struct {
		file      string
		mechanism int
	}{
		{"aes_wrap", 5}, {"aes_kwp", 6}, {"aes_gcm", 10},
	} {
		t.Run(row.file, func(t *testing.T) {
			each(t, row.file, func(g group) func(vector) {
				return func(v vector) {
					key, err := mech.NewSecret(attr.AES, v.Key)
					require.NoError(t, err)
					p := mech.WrapParams{Mechanism: row.mechanism}
					if row.mechanism == 10 {
						p.IV, p.AAD, p.TagSize = v.IV, v.AAD, g.TagSize/8
					}
					plain, err := mech.Unwrap(key, slices.Concat(v.Ciphertext, v.Tag), p)
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
		file            string
		mechanism, hash int
	}{
		{"rsa_oaep_2048_sha1_mgf1sha1", 8, 2},
		{"rsa_oaep_2048_sha224_mgf1sha224", 8, 6},
		{"rsa_oaep_2048_sha256_mgf1sha256", 8, 3},
		{"rsa_oaep_2048_sha384_mgf1sha384", 8, 4},
		{"rsa_oaep_2048_sha512_mgf1sha512", 8, 5},
		{"rsa_oaep_3072_sha256_mgf1sha256", 8, 3},
		{"rsa_oaep_3072_sha512_mgf1sha512", 8, 5},
		{"rsa_oaep_4096_sha256_mgf1sha256", 8, 3},
		{"rsa_pkcs1_2048", 12, 0},
	} {
		t.Run(row.file, func(t *testing.T) {
			each(t, row.file, func(g group) func(vector) {
				key, err := mech.ParsePrivate(g.PrivateKeyPKCS8)
				require.NoError(t, err)
				p := mech.WrapParams{Mechanism: row.mechanism, Hash: row.hash}
				return func(v vector) {
					if len(v.Label) > 0 {
						return // HSMs of this family give OAEP no label
					}
					plain, err := mech.Unwrap(key, v.Ciphertext, p)
					check(t, v, plain, err)
				}
			})
		})
	}
}

//go:build !js

package wycheproof_test

import (
	"crypto"
	"errors"
	"slices"
	"strings"
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

// ours are the hashes of OAEP that HSMs of this family have, by the names of the vectors.
var ours = map[string]crypto.Hash{"SHA-1": crypto.SHA1, "SHA-224": crypto.SHA224, "SHA-256": crypto.SHA256, "SHA-384": crypto.SHA384, "SHA-512": crypto.SHA512}

// TestOAEP reads every file about OAEP: with the mask of the same hash vectors open as they are to,
// with another mask nothing does, and keys of three primes get into no HSM.
func TestOAEP(t *testing.T) {
	for _, name := range named(t, "rsa_*oaep_*") {
		t.Run(name, func(t *testing.T) {
			each(t, name, func(g group) func(vector) {
				key, err := secret.ParsePrivate(g.PrivateKeyPKCS8)
				if strings.HasPrefix(name, "rsa_three_primes") {
					require.ErrorIs(t, err, mech.ErrVersion)
					return func(vector) {}
				}
				if errors.Is(err, mech.ErrModulusSize) {
					require.Equal(t, "rsa_oaep_misc", name)
					return func(vector) {}
				}
				require.NoError(t, err)
				hash, known := ours[g.Hash]
				p := mech.WrapParams{Wrapping: mech.WrapOAEP, Hash: hash}
				return func(v vector) {
					if len(v.Label) > 0 || !known {
						return // HSMs of this family give OAEP no label
					}
					plain, err := secret.Unwrap(key, v.Ciphertext, p)
					if g.MaskHash != g.Hash {
						require.Error(t, err, "vector %d", v.ID)
						return
					}
					check(t, v, plain, err)
				}
			})
		})
	}
}

func TestPKCS1Wrapping(t *testing.T) {
	for _, name := range []string{"rsa_pkcs1_2048", "rsa_pkcs1_3072", "rsa_pkcs1_4096"} {
		t.Run(name, func(t *testing.T) {
			each(t, name, func(g group) func(vector) {
				key, err := secret.ParsePrivate(g.PrivateKeyPKCS8)
				require.NoError(t, err)
				return func(v vector) {
					plain, err := secret.Unwrap(key, v.Ciphertext, mech.WrapParams{Wrapping: mech.WrapPKCS1})
					check(t, v, plain, err)
				}
			})
		})
	}
}

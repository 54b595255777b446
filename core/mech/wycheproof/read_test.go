//go:build !js

// Package wycheproof_test holds core/mech to the vectors of C2SP/wycheproof. The vectors are 109 MB
// inside the test binary, so they have a package of their own, which js/wasm does not build: there
// the known answers of core/mech/internal/material/testdata do.
package wycheproof_test

import (
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"github.com/c2sp/wycheproof"
	"github.com/stretchr/testify/require"
)

// blob is a value in hexadecimal digits.
type blob []byte

// UnmarshalText decodes the digits.
func (b *blob) UnmarshalText(text []byte) (err error) {
	*b, err = hex.DecodeString(string(text))
	return err
}

// file is what the schemas of signatures, key wrapping, AEAD and RSA decryption have between them.
type file struct {
	TestGroups []group
}

type group struct {
	PublicKey       publicKey // of ML-DSA the bytes, which PublicKeyDER has too
	PublicKeyDER    blob      `json:"publicKeyDer"`
	PrivateKeyPKCS8 blob      `json:"privateKeyPkcs8"`
	PrivateSeed     blob
	TagSize         int    // in bits
	Hash            string `json:"sha"`    // of OAEP
	MaskHash        string `json:"mgfSha"` // of its mask
	Tests           []vector
}

// publicKey is what is read of an RSA key; that of a decryption file is the private key's.
type publicKey struct {
	Exponent blob
}

// UnmarshalJSON passes over what is not written in parts.
func (k *publicKey) UnmarshalJSON(text []byte) error {
	var parts struct{ PublicExponent blob }
	if err := json.Unmarshal(text, &parts); err == nil {
		k.Exponent = parts.PublicExponent
	}
	return nil
}

type vector struct {
	ID      int `json:"tcId"`
	Comment string
	Result  string

	Message    blob `json:"msg"`
	Signature  blob `json:"sig"`
	Key        blob
	IV         blob
	AAD        blob
	Ciphertext blob `json:"ct"`
	Tag        blob
	Label      blob
	Context    blob `json:"ctx"`
	Mu         blob
}

// named are the files that a pattern fits, without what all of them end in.
func named(t *testing.T, pattern string) []string {
	t.Helper()
	const end = "_test.json"
	names, err := fs.Glob(wycheproof.TestVectors, pattern+end)
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for i := range names {
		names[i] = strings.TrimSuffix(names[i], end)
	}
	return names
}

// each reads a file of the module, and calls what f returns for a group with each vector of it.
func each(t *testing.T, name string, f func(g group) func(v vector)) {
	t.Helper()
	data, err := fs.ReadFile(wycheproof.TestVectors, name+"_test.json")
	require.NoError(t, err)
	var set file
	require.NoError(t, json.Unmarshal(data, &set))
	require.NotEmpty(t, set.TestGroups)
	for _, g := range set.TestGroups {
		require.NotEmpty(t, g.Tests)
		try := f(g)
		for _, v := range g.Tests {
			try(v)
		}
	}
}

// check compares an outcome, and what was decrypted if it is a good one, with a vector's;
// acceptable ones may go either way.
func check(t *testing.T, v vector, plain []byte, err error) {
	t.Helper()
	switch v.Result {
	case "valid":
		require.NoError(t, err, "vector %d: %s", v.ID, v.Comment)
	case "invalid":
		require.Error(t, err, "vector %d: %s", v.ID, v.Comment)
	default:
		require.Equal(t, "acceptable", v.Result)
	}
	if err == nil {
		require.Equal(t, hex.EncodeToString(v.Message), hex.EncodeToString(plain))
	}
}

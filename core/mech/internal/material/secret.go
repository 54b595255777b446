package material

import (
	"bytes"
	"context"
	"crypto/rand"
	"slices"

	"hsmplay/core/attr"
)

// SecretRow says which values a type of secret key has.
type SecretRow struct {
	Type  attr.KeyType
	Sizes []int // the only lengths, in bytes; empty: Least … Most
	Least int
	Most  int
}

// Secrets lists the types of secret keys (spec/kmu.md 3.17; the range of RC4 is the cipher's own).
var Secrets = []SecretRow{
	{Type: attr.GenericSecret, Least: 1, Most: 3583},
	{Type: attr.RC4, Least: 1, Most: 256},
	{Type: attr.DES3, Sizes: []int{24}},
	{Type: attr.AES, Sizes: []int{16, 24, 32}},
}

// SecretSizeOK reports whether the type is one of secret keys and has keys of so many bytes.
func SecretSizeOK(t attr.KeyType, size int) bool {
	for _, row := range Secrets {
		if row.Type == t {
			return slices.Contains(row.Sizes, size) ||
				len(row.Sizes) == 0 && row.Least <= size && size <= row.Most
		}
	}
	return false
}

// NewSecret returns the material of a secret value, which it copies. Errors: ErrKeyLength.
func NewSecret(t attr.KeyType, value []byte) (*Material, error) {
	if !SecretSizeOK(t, len(value)) {
		return nil, ErrKeyLength
	}
	return &Material{
		Class:    attr.Secret,
		Type:     t,
		value:    bytes.Clone(value),
		KCV:      secretKCV(t, value),
		ValueLen: len(value),
	}, nil
}

// SecretKey is the recipe of a random secret of Size bytes. Parity bits of 3DES keys are left as
// they fall, as the real HSM does (spec/kmu.md 3.17).
type SecretKey struct {
	Type attr.KeyType
	Size int // bytes
}

// Make returns the one key. Errors: ErrKeyLength.
func (s SecretKey) Make(context.Context, Source) ([]*Material, error) {
	if !SecretSizeOK(s.Type, s.Size) {
		return nil, ErrKeyLength
	}
	value := make([]byte, s.Size)
	if _, err := rand.Read(value); err != nil {
		return nil, err
	}
	m, err := NewSecret(s.Type, value)
	return []*Material{m}, err
}

// Slow reports false.
func (s SecretKey) Slow() bool { return false }

package material

import (
	"bytes"
	"crypto"
	"encoding/binary"
	"math/big"
)

// PSS without a salt (RFC 8017, 9.1, sLen = 0): crypto/rsa counts a salt of 0 bytes as the longest
// one. There is one such encoding of a digest, so to verify is to compare.

func signUnsalted(with *Material, hash crypto.Hash, digest []byte) ([]byte, error) {
	encoded, ok := encodeUnsalted(with, hash, digest)
	if !ok {
		return nil, ErrTooLong
	}
	key, err := with.rsaPrivateKey()
	if err != nil {
		return nil, err
	}
	signature := new(big.Int).Exp(new(big.Int).SetBytes(encoded), key.D, key.N)
	return signature.FillBytes(make([]byte, key.Size())), nil
}

func verifyUnsalted(with *Material, hash crypto.Hash, digest, signature []byte) bool {
	key := with.rsaPublicKey()
	s := new(big.Int).SetBytes(signature)
	encoded, ok := encodeUnsalted(with, hash, digest)
	if !ok || len(signature) != key.Size() || s.Cmp(key.N) >= 0 {
		return false
	}
	opened := s.Exp(s, big.NewInt(int64(key.E)), key.N)
	return opened.Cmp(new(big.Int).SetBytes(encoded)) == 0
}

// encodeUnsalted is EMSA-PSS (RFC 8017, 9.1.1), false where the digest has no room.
func encodeUnsalted(with *Material, hash crypto.Hash, digest []byte) ([]byte, bool) {
	bits := with.Bits - 1
	size := (bits + 7) / 8
	if len(digest) != hash.Size() || size < hash.Size()+2 {
		return nil, false
	}
	h := hash.New()
	h.Write(make([]byte, 8))
	h.Write(digest)
	check := h.Sum(nil)
	block := make([]byte, size-len(check)-1)
	block[len(block)-1] = 1
	for i, b := range mask(hash, check, len(block)) {
		block[i] ^= b
	}
	block[0] &= 0xff >> (8*size - bits)
	return bytes.Join([][]byte{block, check, {0xbc}}, nil), true
}

// mask is MGF1 (RFC 8017, B.2.1).
func mask(hash crypto.Hash, seed []byte, size int) []byte {
	var out []byte
	for counter := uint32(0); len(out) < size; counter++ {
		h := hash.New()
		h.Write(seed)
		h.Write(binary.BigEndian.AppendUint32(nil, counter))
		out = h.Sum(out)
	}
	return out[:size]
}

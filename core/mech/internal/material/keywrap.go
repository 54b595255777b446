package material

import (
	"crypto/cipher"
	"crypto/subtle"
	"encoding/binary"
)

// semiblock is the unit of AES key wrap, in bytes (RFC 3394, 2).
const semiblock = 8

// defaultIV is the initial value of RFC 3394, 2.2.3.1.
var defaultIV = [semiblock]byte{0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6}

// kwpIV begins the alternative initial value of RFC 5649, 3; the length follows it.
var kwpIV = [4]byte{0xa6, 0x59, 0x59, 0xa6}

// aesKeyWrap is RFC 3394, 2.2.1 with the initial value: 8 bytes longer than the plain text, which
// is a multiple of 8 and at least 16 bytes. Errors: ErrTooShort, ErrNotMultipleOf8.
func aesKeyWrap(kek cipher.Block, iv [semiblock]byte, plain []byte) ([]byte, error) {
	if len(plain)%semiblock != 0 {
		return nil, ErrNotMultipleOf8
	}
	if len(plain) < 2*semiblock {
		return nil, ErrTooShort
	}
	return wrapSemiblocks(kek, iv, plain), nil
}

// aesKeyUnwrap is RFC 3394, 2.2.2. Errors: ErrIntegrity.
func aesKeyUnwrap(kek cipher.Block, iv [semiblock]byte, blob []byte) ([]byte, error) {
	if len(blob)%semiblock != 0 || len(blob) < 3*semiblock {
		return nil, ErrIntegrity
	}
	got, plain := unwrapSemiblocks(kek, blob)
	if subtle.ConstantTimeCompare(got[:], iv[:]) != 1 {
		return nil, ErrIntegrity
	}
	return plain, nil
}

// aesKeyWrapPKCS5 is the vendor's mechanism 4 and aesWrapUnwrap: 1 to 8 bytes of PKCS#5 padding,
// then RFC 3394 (spec/kmu.md 3.25, 3.38). Plain text of 7 bytes or less pads to one semiblock, for
// which RFC 3394 has no wrapping; the documented lengths take its loop all the same.
func aesKeyWrapPKCS5(kek cipher.Block, iv [semiblock]byte, plain []byte) []byte {
	fill := semiblock - len(plain)%semiblock
	padded := make([]byte, len(plain)+fill)
	copy(padded, plain)
	for i := len(plain); i < len(padded); i++ {
		padded[i] = byte(fill)
	}
	return wrapSemiblocks(kek, iv, padded)
}

// aesKeyUnwrapPKCS5 opens what aesKeyWrapPKCS5 made. Errors: ErrIntegrity.
func aesKeyUnwrapPKCS5(kek cipher.Block, iv [semiblock]byte, blob []byte) ([]byte, error) {
	if len(blob)%semiblock != 0 || len(blob) < 2*semiblock {
		return nil, ErrIntegrity
	}
	got, padded := unwrapSemiblocks(kek, blob)
	fill := int(padded[len(padded)-1])
	good := subtle.ConstantTimeCompare(got[:], iv[:])
	good &= subtle.ConstantTimeLessOrEq(1, fill) & subtle.ConstantTimeLessOrEq(fill, semiblock)
	for i, b := range padded[len(padded)-semiblock:] {
		inFill := subtle.ConstantTimeLessOrEq(semiblock-fill, i)
		good &= 1 - inFill&(1-subtle.ConstantTimeByteEq(b, byte(fill)))
	}
	if good != 1 {
		return nil, ErrIntegrity
	}
	return padded[:len(padded)-fill], nil
}

// aesKeyWrapPad is RFC 5649, 4.1: the plain text at the next multiple of 8, and 8 bytes more.
// Errors: ErrTooShort.
func aesKeyWrapPad(kek cipher.Block, plain []byte) ([]byte, error) {
	if len(plain) == 0 {
		return nil, ErrTooShort
	}
	iv := paddedIV(len(plain))
	padded := make([]byte, (len(plain)+semiblock-1)/semiblock*semiblock)
	copy(padded, plain)
	if len(padded) == semiblock {
		block := append(iv[:], padded...)
		kek.Encrypt(block, block)
		return block, nil
	}
	return wrapSemiblocks(kek, iv, padded), nil
}

// aesKeyUnwrapPad is RFC 5649, 4.2. Errors: ErrIntegrity.
func aesKeyUnwrapPad(kek cipher.Block, blob []byte) ([]byte, error) {
	if len(blob)%semiblock != 0 || len(blob) < 2*semiblock {
		return nil, ErrIntegrity
	}
	var iv [semiblock]byte
	var padded []byte
	if len(blob) == 2*semiblock {
		block := make([]byte, 2*semiblock)
		kek.Decrypt(block, blob)
		iv, padded = [semiblock]byte(block), block[semiblock:]
	} else {
		iv, padded = unwrapSemiblocks(kek, blob)
	}
	size := int(binary.BigEndian.Uint32(iv[4:]))
	good := subtle.ConstantTimeCompare(iv[:4], kwpIV[:])
	if size <= len(padded)-semiblock || size > len(padded) {
		return nil, ErrIntegrity
	}
	for _, b := range padded[size:] {
		good &= subtle.ConstantTimeByteEq(b, 0)
	}
	if good != 1 {
		return nil, ErrIntegrity
	}
	return padded[:size], nil
}

func paddedIV(size int) (iv [semiblock]byte) {
	copy(iv[:], kwpIV[:])
	binary.BigEndian.PutUint32(iv[4:], uint32(size))
	return iv
}

// wrapSemiblocks is the loop of RFC 3394, 2.2.1 (index-based).
func wrapSemiblocks(kek cipher.Block, iv [semiblock]byte, plain []byte) []byte {
	out := append(iv[:], plain...)
	n := len(plain) / semiblock
	var block [2 * semiblock]byte
	copy(block[:], iv[:])
	for t := range 6 * n {
		r := out[(t%n+1)*semiblock:][:semiblock]
		copy(block[semiblock:], r)
		kek.Encrypt(block[:], block[:])
		xorCounter(&block, t+1)
		copy(r, block[semiblock:])
	}
	copy(out, block[:semiblock])
	return out
}

// unwrapSemiblocks is the loop of RFC 3394, 2.2.2 (index-based).
func unwrapSemiblocks(kek cipher.Block, blob []byte) (iv [semiblock]byte, plain []byte) {
	plain = append([]byte(nil), blob[semiblock:]...)
	n := len(plain) / semiblock
	var block [2 * semiblock]byte
	copy(block[:], blob[:semiblock])
	for t := 6*n - 1; t >= 0; t-- {
		r := plain[t%n*semiblock:][:semiblock]
		copy(block[semiblock:], r)
		xorCounter(&block, t+1)
		kek.Decrypt(block[:], block[:])
		copy(r, block[semiblock:])
	}
	return [semiblock]byte(block[:]), plain
}

func xorCounter(block *[2 * semiblock]byte, t int) {
	a := binary.BigEndian.Uint64(block[:])
	binary.BigEndian.PutUint64(block[:], a^uint64(t))
}

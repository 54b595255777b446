package material

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/big"

	"golang.org/x/crypto/cryptobyte"

	"hsmplay/core/attr"
)

// ErrNotFake is a file that is a readable key, but not a fake PEM.
var ErrNotFake = errors.New("no handle in the key file")

// fakeMarker stands before and after the handle in every private field of a fake PEM
// (spec/kmu.md 3.40).
var fakeMarker = []byte{0xea, 0xfc, 0xfc, 0xee}

// fakePatternSize is the length of marker, handle and marker in bytes.
const fakePatternSize = 4 + 8 + 4

// FakePEM returns a reference to a private key in the form of a private key: the public parts are
// real, each private field holds the marker, the handle in 8 bytes little endian and the marker,
// again and again (spec/kmu.md 3.40; RSA in the same manner is a choice). No secret is in it.
// Errors: ErrKeyType for anything but an RSA or EC private key.
func FakePEM(m *Material, handle uint64) ([]byte, error) {
	if m.Class != attr.PrivateKey {
		return nil, ErrKeyType
	}
	switch m.Type {
	case attr.EC:
		fake := fakeField(handle, m.Curve().math.scalarSize())
		return encodePEM("EC PRIVATE KEY", writeSEC1(m.Curve(), fake, m.Modulus)), nil
	case attr.RSA:
		return encodePEM("RSA PRIVATE KEY", fakePKCS1(m, handle)), nil
	}
	return nil, ErrKeyType
}

// ParseFakePEM returns the handle and the public key of a fake PEM. Errors: ErrNotFake for a real
// private key, else the reason for which the file is no key at all (errors.go).
func ParseFakePEM(data []byte) (handle uint64, public *Material, err error) {
	blocks, err := readPEM(data)
	if err != nil {
		return 0, nil, err
	}
	if len(blocks) > 1 {
		return 0, nil, ErrSeveralKeys
	}
	switch blocks[0].Type {
	case "EC PRIVATE KEY":
		return parseFakeSEC1(blocks[0].Bytes)
	case "RSA PRIVATE KEY":
		return parseFakePKCS1(blocks[0].Bytes)
	case "PRIVATE KEY", "DSA PRIVATE KEY":
		return 0, nil, ErrNotFake
	}
	return 0, nil, ErrWrongBlock
}

// fakeField repeats the pattern up to size bytes.
func fakeField(handle uint64, size int) []byte {
	var pattern []byte
	pattern = append(pattern, fakeMarker...)
	pattern = binary.LittleEndian.AppendUint64(pattern, handle)
	pattern = append(pattern, fakeMarker...)
	return bytes.Repeat(pattern, size/fakePatternSize+1)[:size]
}

// readFakeField returns the handle in a private field, and whether all of the field is the pattern.
func readFakeField(field []byte) (handle uint64, ok bool) {
	if len(field) < fakePatternSize {
		return 0, false
	}
	handle = binary.LittleEndian.Uint64(field[len(fakeMarker):])
	return handle, bytes.Equal(field, fakeField(handle, len(field)))
}

func parseFakeSEC1(key []byte) (handle uint64, public *Material, err error) {
	parts, err := parseSEC1(key)
	if err != nil {
		return 0, nil, err
	}
	curve, err := readCurve(parts.params)
	if err != nil {
		return 0, nil, err
	}
	handle, ok := readFakeField(parts.scalar)
	if !ok || parts.point == nil {
		return 0, nil, ErrNotFake
	}
	point, err := curve.math.decode(parts.point)
	if err != nil {
		return 0, nil, err
	}
	return handle, ecPublic(curve, point), nil
}

// fakePKCS1 fills d with the pattern at the modulus' length and the other five fields at half of
// it.
func fakePKCS1(m *Material, handle uint64) []byte {
	size := len(m.Modulus)
	return sequence(func(b *cryptobyte.Builder) {
		b.AddASN1Uint64(0)
		fields := [][]byte{m.Modulus, m.Exponent, fakeField(handle, size)}
		for range 5 {
			fields = append(fields, fakeField(handle, size/2))
		}
		for _, field := range fields {
			b.AddASN1BigInt(new(big.Int).SetBytes(field))
		}
	})
}

func parseFakePKCS1(key []byte) (handle uint64, public *Material, err error) {
	parts, err := readRSANumbers(key)
	if err != nil {
		return 0, nil, err
	}
	handle, ok := readFakeField(parts.d.Bytes())
	if !ok {
		return 0, nil, ErrNotFake
	}
	checked, err := checkRSAPublic(&parts.n, &parts.e)
	if err != nil {
		return 0, nil, err
	}
	return handle, rsaPublic(checked), nil
}
